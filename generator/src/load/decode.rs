//! Makes typed objects of the value that was parsed, piece by piece.
//!
//! One walk along the tables of the specification looks at every object and mends or takes out what `openapiv3` could
//! not read, so that one bad schema spoils one schema and every finding has its place. What is left decodes as a whole.

mod exact;
mod objects;
mod pieces;
mod place;
mod scalars;
mod schema;
mod walk;

use super::bundle::Bundle;
use super::files::Addresses;
use super::objects::{Kind, Shape};
use super::origins::Origins;
use super::{Document, carrier};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, Sources, locate};
use exact::Exact;
use openapiv3::{OpenAPI, Operation, ReferenceOr};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use walk::{Verdict, Walker};

/// Decodes the document.
pub(super) fn decode(
    sources: &Sources,
    mut value: Value,
    bundle: Bundle,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let mut walker = Walker::new(bundle, diagnostics);
    let verdict = walker.visit(&mut value, Shape::Object(Kind::OpenApi), &place::ROOT);
    let (origins, spelled) = walker.finish();
    if matches!(verdict, Verdict::Drop) {
        // Why it is of no use was said where it was found.
        return None;
    }
    spell(sources, &mut value, spelled);
    if let Ok(openapi) = OpenAPI::deserialize(Exact(&value)) {
        return Some(complete(openapi, origins, diagnostics));
    }
    // The tables promise what `openapiv3` reads, so this is a construct that they do not foresee.
    pieces::leave_out(&mut value, &origins, diagnostics);
    match OpenAPI::deserialize(Exact(&value)) {
        Ok(openapi) => Some(complete(openapi, origins, diagnostics)),
        Err(error) => {
            let origin = Origin::new(FileId::ENTRY, Pointer::root());
            let message = format!("the document cannot be decoded: {error}");
            diagnostics.push(Diagnostic::new(Code::WrongType, origin, message).error());
            None
        }
    }
}

/// The document with the operations that `openapiv3` has no fields for.
fn complete(mut openapi: OpenAPI, origins: Origins, diagnostics: &mut Diagnostics) -> Document {
    let mut operations = HashMap::new();
    for (path, item) in &mut openapi.paths.paths {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        let mut decoded = Vec::new();
        for (method, value) in carrier::take_operations(item) {
            let at = [carrier::OPERATIONS, &method];
            let at = at
                .iter()
                .fold(Pointer::root().child("paths").child(path), |at, key| {
                    at.child(key)
                });
            match Operation::deserialize(Exact(&value)) {
                Ok(operation) => decoded.push((method, at, operation)),
                Err(error) => {
                    let message = format!("`{method}` cannot be decoded and is left out: {error}");
                    let origin = origins.origin(&at);
                    diagnostics.push(Diagnostic::new(Code::WrongType, origin, message));
                }
            }
        }
        if !decoded.is_empty() {
            operations.insert(path.clone(), decoded);
        }
    }
    Document {
        openapi,
        operations,
        origins,
        addresses: Addresses::default(),
    }
}

/// Gives strings that the document wrote as numbers their spelling: a version `1.10` must not become `1.1`.
fn spell(sources: &Sources, value: &mut Value, spelled: Vec<(Pointer, Origin)>) {
    let mut by_file: BTreeMap<FileId, Vec<(Pointer, Pointer)>> = BTreeMap::new();
    for (place, origin) in spelled {
        let list = by_file.entry(origin.file).or_default();
        list.push((place, origin.pointer));
    }
    for (file, list) in by_file {
        let Some(file) = sources.get(file) else {
            continue;
        };
        let origins: Vec<Pointer> = list.iter().map(|(_, origin)| origin.clone()).collect();
        for ((place, _), raw) in list.iter().zip(locate::scalar_texts(&file.text, &origins)) {
            if let (Some(Value::String(text)), Some(raw)) = (value.pointer_mut(place.as_str()), raw)
            {
                *text = raw;
            }
        }
    }
}

#[cfg(test)]
mod tests;
