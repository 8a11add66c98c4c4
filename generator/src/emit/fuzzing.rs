//! What fuzz targets see of emitting: how prose becomes documentation.

use super::doc_text::DocText;
use crate::model::Prose;

/// The lines of a doc comment.
pub fn doc_lines(prose: &str) -> Vec<String> {
    DocText::prose(&Prose::new(prose)).lines().to_vec()
}

/// The text of the document as code within a doc comment.
pub fn doc_code(text: &str) -> String {
    DocText::code(text)
}

/// One line of a manifest.
pub fn manifest_line(prose: &str) -> String {
    DocText::line(&Prose::new(prose))
}
