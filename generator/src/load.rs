//! Reads a document into its one canonical form.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, Sources};
use openapiv3::OpenAPI;

/// A document in canonical form: OpenAPI 3.0, single-file, every reference leading to a component.
#[derive(Debug, Clone)]
pub struct Document {
    /// The document.
    pub openapi: OpenAPI,
}

impl Document {
    /// Where in the input a place of the canonical form came from.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        Origin::new(FileId::ENTRY, pointer.clone())
    }
}

/// Decodes the entry document, collecting what is wrong with it.
pub fn decode_document(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let file = sources.get(FileId::ENTRY)?;
    match serde_yaml::from_str::<OpenAPI>(&file.text) {
        Ok(openapi) => Some(Document { openapi }),
        Err(error) => {
            let origin = Origin::new(FileId::ENTRY, Pointer::root());
            diagnostics.push(Diagnostic::new(Code::Syntax, origin, error.to_string()));
            None
        }
    }
}
