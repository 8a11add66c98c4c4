//! The schemas of a document in the eyes of the jsonschema crate.

use crate::values::Files;
use jsonschema::{Draft, Registry};
use serde_json::{Map, Value, json};
use specwright::source::{FileId, Origin};
use std::path::Path;

/// The schemas of all files of a document.
pub struct Schemas {
    registry: Registry<'static>,
    draft: Draft,
    files: Vec<(FileId, String)>,
}

impl Schemas {
    /// Those of these files, the first of which says the version.
    pub fn new(files: &Files) -> Self {
        let (_, entry) = &files[&FileId::ENTRY];
        let draft = match entry.get("openapi").and_then(Value::as_str) {
            Some(version) if !version.starts_with("3.0") => Draft::Draft202012,
            // Of those before, the one whose `exclusiveMaximum` is a boolean and whose `$ref` stands alone.
            _ => Draft::Draft4,
        };
        let mut registry = Registry::new();
        let mut names = Vec::new();
        for (id, (name, document)) in files {
            let mut document = document.clone();
            in_json_schema(&mut document, draft);
            let uri = uri(name);
            registry = registry
                .add(uri.clone(), draft.create_resource(document))
                .unwrap();
            names.push((*id, uri));
        }
        Schemas {
            registry: registry.prepare().unwrap(),
            draft,
            files: names,
        }
    }

    /// Why a value is invalid, if it is; an error if the schema itself is.
    pub fn fault(&self, schema: &Origin, value: &Value) -> Result<Option<String>, String> {
        let (_, uri) = self
            .files
            .iter()
            .find(|(id, _)| *id == schema.file)
            .unwrap();
        let reference = format!("{uri}#{}", encoded(schema.pointer.as_str()));
        let validator = jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&json!({ "$ref": reference }))
            .map_err(|error| error.to_string())?;
        let mut errors = validator.iter_errors(value);
        Ok(errors
            .next()
            .map(|error| format!("{error} at {}", error.instance_path())))
    }
}

fn uri(name: &str) -> String {
    let path = std::fs::canonicalize(name).unwrap_or_else(|_| Path::new("/").join(name));
    format!("file://{}", encoded(path.to_str().unwrap()))
}

/// A text as it may stand in a fragment or in a path.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'_' | b'.' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Says in words of JSON Schema what OpenAPI says in its own.
fn in_json_schema(value: &mut Value, draft: Draft) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(node) => {
                if draft == Draft::Draft4 {
                    allow_null(node);
                    if node.get("type").is_some_and(|ty| ty == "file") {
                        node.remove("type");
                    }
                }
                limit_integer(node);
                open.extend(node.values_mut());
            }
            _ => {}
        }
    }
}

/// The widths of integers are formats of OpenAPI, of which JSON Schema says nothing.
fn limit_integer(node: &mut Map<String, Value>) {
    let (low, high) = match node.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        _ => return,
    };
    let limits = json!({ "minimum": low, "maximum": high });
    match node.entry("allOf").or_insert_with(|| json!([])) {
        Value::Array(parts) => parts.push(limits),
        other => *other = json!([limits]),
    }
}

fn allow_null(node: &mut Map<String, Value>) {
    let is_nullable = ["nullable", "x-nullable"]
        .iter()
        .any(|word| node.get(*word) == Some(&Value::Bool(true)));
    if !is_nullable {
        return;
    }
    if let Some(ty) = node.get_mut("type").filter(|ty| ty.is_string()) {
        *ty = json!([ty.clone(), "null"]);
        if let Some(Value::Array(values)) = node.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
    // Beside a composition, `nullable` is meant for all of it, though 3.0.3 has it say nothing there.
    for word in ["oneOf", "anyOf"] {
        if let Some(Value::Array(parts)) = node.get_mut(word) {
            parts.push(json!({ "type": "null" }));
        }
    }
    if let Some(parts) = node.remove("allOf") {
        node.insert(
            "anyOf".to_owned(),
            json!([{ "allOf": parts }, { "type": "null" }]),
        );
    }
}
