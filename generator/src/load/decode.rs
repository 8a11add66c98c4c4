//! Makes typed objects of the value that was parsed, piece by piece.
//!
//! One walk along the tables of the specification looks at every object and mends or takes out what `openapiv3` could
//! not read, so that one bad schema spoils one schema and every finding has its place. What is left decodes as a whole.

mod objects;
mod pieces;
mod scalars;
mod schema;
mod walk;

use super::Document;
use super::bundle::Bundle;
use super::objects::{Kind, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, locate};
use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
use walk::{Verdict, Walker};

/// Decodes the document.
pub(super) fn decode(
    file: FileId,
    text: &str,
    mut value: Value,
    bundle: Bundle,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut walker = Walker::new(bundle, diagnostics);
    let verdict = walker.visit(&mut value, Shape::Object(Kind::OpenApi), &walk::ROOT);
    let (origins, spelled) = walker.finish();
    if matches!(verdict, Verdict::Drop) {
        // Why it is of no use was said where it was found.
        return None;
    }
    spell(text, &mut value, &spelled);
    if let Ok(openapi) = OpenAPI::deserialize(&value) {
        return Some(Document { openapi, origins });
    }
    // The tables promise what `openapiv3` reads, so this is a construct that they do not foresee.
    pieces::leave_out(&mut value, &origins, diagnostics);
    match OpenAPI::deserialize(&value) {
        Ok(openapi) => Some(Document { openapi, origins }),
        Err(error) => {
            let origin = Origin::new(file, Pointer::root());
            let message = format!("the document cannot be decoded: {error}");
            diagnostics.push(Diagnostic::new(Code::WrongType, origin, message).error());
            None
        }
    }
}

/// Gives strings that the document wrote as numbers their spelling: a version `1.10` must not become `1.1`.
fn spell(text: &str, value: &mut Value, spelled: &[(Pointer, Pointer)]) {
    if spelled.is_empty() {
        return;
    }
    let sources: Vec<Pointer> = spelled.iter().map(|(_, source)| source.clone()).collect();
    for ((pointer, _), raw) in spelled.iter().zip(locate::scalar_texts(text, &sources)) {
        if let (Some(Value::String(place)), Some(raw)) = (value.pointer_mut(pointer.as_str()), raw)
        {
            *place = raw;
        }
    }
}

#[cfg(test)]
mod tests;
