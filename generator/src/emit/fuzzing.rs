//! What fuzz targets see of emitting: how prose becomes documentation.

use super::doc_text::DocText;
use crate::rust::Prose;

/// The lines of a doc comment.
pub fn doc_lines(prose: &str) -> Vec<String> {
    let prose = Prose::new(prose);
    prose.map_or_else(Vec::new, |prose| DocText::prose(&prose).lines().to_vec())
}

/// The text of the document as code within a doc comment.
pub fn doc_code(text: &str) -> String {
    DocText::code(text)
}

/// One line of a manifest.
pub fn manifest_line(prose: &str) -> String {
    let prose = Prose::new(prose);
    prose.map_or_else(String::new, |prose| DocText::line(&prose))
}
