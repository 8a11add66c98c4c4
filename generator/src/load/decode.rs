//! Makes typed objects of the value that was parsed.

use super::Document;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer};
use openapiv3::OpenAPI;
use serde_json::Value;

/// Decodes the document.
pub(super) fn decode(
    file: FileId,
    value: Value,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    match serde_json::from_value::<OpenAPI>(value) {
        Ok(openapi) => Some(Document { openapi }),
        Err(error) => {
            let origin = Origin::new(file, Pointer::root());
            diagnostics.push(Diagnostic::new(Code::WrongType, origin, error.to_string()).error());
            None
        }
    }
}
