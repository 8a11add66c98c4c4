//! The schemas of a document in the eyes of the jsonschema crate.

use crate::values::Files;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry};
use serde_json::{Map, Value, json};
use specwright::source::{FileId, Origin};
use std::collections::BTreeSet;
use std::path::Path;

/// The schemas of all files of a document.
pub struct Schemas {
    registry: Registry<'static>,
    draft: Draft,
    files: Vec<(FileId, String)>,
}

/// Marks the schemas of values whose types do not hold all of their spelling, which SUPPORTED.md says: numbers of single
/// precision, UUIDs in capitals. What is no keyword is an annotation.
const COARSE: &str = "x-coarse";

/// What holds schemas, or what holds them, by names that are no keywords.
const BY_NAME: &[&str] = &[
    "$defs",
    "definitions",
    "patternProperties",
    "properties",
    "schemas",
];

/// What a schema says of a value.
pub enum Verdict {
    /// Why it does not hold, and where.
    Invalid(String),
    /// It holds. The sets are of JSON pointers into the value.
    Valid {
        /// The members that some schema which holds declares.
        declared: BTreeSet<String>,
        /// The values whose types do not hold all of their spelling.
        coarse: BTreeSet<String>,
    },
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

    /// What the schema at a place says of a value, which is invalid if the schema is; an error if it refers to nothing.
    pub fn judge(&self, schema: &Origin, value: &Value) -> Result<Verdict, String> {
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
            // Formats of OpenAPI, or of later versions of JSON Schema than a document before 3.1 has.
            .with_format("byte", is_base64)
            .with_format("uuid", is_uuid)
            .build(&json!({ "$ref": reference }));
        let validator = match validator {
            Ok(validator) => validator,
            Err(error) if matches!(error.kind(), ValidationErrorKind::Referencing(_)) => {
                return Err(error.to_string());
            }
            Err(error) => return Ok(Verdict::Invalid(format!("the schema is none: {error}"))),
        };
        if let Some(error) = validator.iter_errors(value).next() {
            let at = error.instance_path();
            return Ok(Verdict::Invalid(format!("{error} at {at}")));
        }
        // Keywords annotate the object with the names of the members that they look at, where its schema holds.
        let mut declared = BTreeSet::new();
        let mut coarse = BTreeSet::new();
        for entry in validator.evaluate(value).iter_annotations() {
            let keyword = entry.schema_location.rsplit('/').next().unwrap();
            let at = entry.instance_location.as_str();
            match entry.annotations.value() {
                Value::Array(names) if keyword.ends_with("roperties") => {
                    let names = names.iter().filter_map(Value::as_str);
                    declared.extend(names.map(|name| member(at, name)));
                }
                Value::Object(unknown) if unknown.contains_key(COARSE) => {
                    coarse.insert(at.to_owned());
                }
                _ => {}
            }
        }
        Ok(Verdict::Valid { declared, coarse })
    }
}

/// RFC 4648, in any of the ways in which it is written.
fn is_base64(text: &str) -> bool {
    let text: String = text.split_ascii_whitespace().collect();
    let digits = text.trim_end_matches('=');
    let is_standard = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let is_for_urls = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (digits.bytes().all(is_standard) || digits.bytes().all(is_for_urls))
        && digits.len() % 4 != 1
        && text.len() - digits.len() < 3
}

/// RFC 9562, section 4.
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| {
        let is_hex = group.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then_some(group.len())
    });
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

/// The JSON pointer to a member of the object at another.
pub fn member(at: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("{at}/{name}")
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
    let mut open = vec![(value, false)];
    while let Some((value, is_by_name)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (item, false))),
            Value::Object(node) => {
                if !is_by_name {
                    mend_schema(node, draft);
                }
                open.extend(node.iter_mut().map(|(key, value)| {
                    let is_by_name = !is_by_name && BY_NAME.contains(&key.as_str());
                    (value, is_by_name)
                }));
            }
            _ => {}
        }
    }
}

fn mend_schema(node: &mut Map<String, Value>, draft: Draft) {
    say_type(node);
    if draft == Draft::Draft4 {
        allow_null(node);
        if node.get("type").is_some_and(|ty| ty == "file") {
            node.remove("type");
        }
    }
    limit_integer(node);
    let format = node.get("format");
    if format.is_some_and(|format| format == "float" || format == "uuid") {
        node.insert(COARSE.to_owned(), Value::Bool(true));
    }
}

/// What has properties or items and no type is meant to be an object or an array, and read as such: SUPPORTED.md says so
/// of those who leave the type out.
fn say_type(node: &mut Map<String, Value>) {
    const OTHERS: [&str; 7] = ["type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"];
    if OTHERS.iter().any(|word| node.contains_key(*word)) {
        return;
    }
    let ty = match (node.get("properties"), node.get("items")) {
        (Some(_), None) => "object",
        (None, Some(_)) => "array",
        _ => return,
    };
    node.insert("type".to_owned(), Value::from(ty));
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
