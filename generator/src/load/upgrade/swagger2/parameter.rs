//! Parameters, whose type stands in a schema since 3.0.

use super::Walk;
use super::schema::lift_words;
use crate::diagnostic::Code;
use crate::source::Pointer;
use serde_json::{Map, Value};

/// The fields of a parameter, an item or a header that describe its type.
const TYPE_WORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "title",
    "nullable",
    "x-nullable",
    "x-enum-varnames",
    "x-enum-descriptions",
    "x-enumNames",
    "x-enumDescriptions",
    "x-specwright-secret",
];

/// Whether a parameter is a body or a field of a form.
pub(super) fn is_of_body(parameter: &Value) -> bool {
    matches!(
        parameter.get("in").and_then(Value::as_str),
        Some("body" | "formData")
    )
}

impl Walk<'_, '_> {
    /// Upgrades a parameter that is neither a body nor a field of a form.
    pub(super) fn parameter(&mut self, value: &mut Value, at: &Pointer) {
        let Some(parameter) = value.as_object_mut() else {
            return;
        };
        if parameter.get("$ref").is_some_and(Value::is_string) {
            return self.reference(at);
        }
        let format = parameter.shift_remove("collectionFormat");
        let location = parameter
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_query = location == "query";
        if parameter.get("type").and_then(Value::as_str) == Some("array") {
            self.spell_array(parameter, format.as_ref(), is_query, at);
        }
        if !parameter.contains_key("schema") && !parameter.contains_key("content") {
            let schema = self.lift_type(parameter, at);
            parameter.insert("schema".to_owned(), schema);
        } else if let Some(schema) = parameter.get_mut("schema") {
            // A schema is not allowed here, but it is clear what is meant.
            self.schema(schema, &at.child("schema"));
        }
    }

    /// Moves what describes a type into a schema.
    pub(super) fn lift_type(&mut self, object: &mut Map<String, Value>, at: &Pointer) -> Value {
        let mut schema = take_type(object);
        let place = at.child("schema");
        // Whatever is said of the schema is found in the object that it was.
        self.upgrade.made(at, &place);
        self.lift_items(&mut schema, &place);
        Value::Object(schema)
    }

    /// Items of items have formats of their own, of which only the usual one can be told.
    pub(super) fn lift_items(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        lift_words(schema);
        let Some(Value::Object(items)) = schema.get_mut("items") else {
            return;
        };
        let place = at.child("items");
        if let Some(format) = items.shift_remove("collectionFormat")
            && items.get("type").and_then(Value::as_str) == Some("array")
        {
            let message = format!(
                "`collectionFormat: {}` of an array within an array is not supported",
                text(&format)
            );
            self.upgrade.warn(
                Code::NotSupported,
                &place.child("collectionFormat"),
                message,
            );
        }
        if items.get("$ref").is_some_and(Value::is_string) {
            return self.reference(&place);
        }
        self.lift_items(items, &place);
    }

    /// `collectionFormat` as `style` and `explode`.
    pub(super) fn spell_array(
        &mut self,
        object: &mut Map<String, Value>,
        format: Option<&Value>,
        is_query: bool,
        at: &Pointer,
    ) {
        let name = format.map_or("csv", text);
        let (style, explode) = match (name, is_query) {
            ("csv", true) => ("form", false),
            ("multi", true) => ("form", true),
            ("ssv", true) => ("spaceDelimited", false),
            ("pipes", true) => ("pipeDelimited", false),
            // The usual styles of paths and headers separate by commas.
            ("csv", false) => return,
            (other, _) => {
                let message = format!(
                    "`collectionFormat: {other}` is not supported here: the items are separated by commas"
                );
                self.upgrade
                    .warn(Code::NotSupported, &at.child("collectionFormat"), message);
                match is_query {
                    true => ("form", false),
                    false => return,
                }
            }
        };
        object.insert("style".to_owned(), Value::from(style));
        object.insert("explode".to_owned(), Value::Bool(explode));
        let from = at.child("collectionFormat");
        self.upgrade.made(&from, &at.child("style"));
        self.upgrade.made(&from, &at.child("explode"));
    }
}

/// Takes the fields that describe a type out of an object.
pub(super) fn take_type(object: &mut Map<String, Value>) -> Map<String, Value> {
    let mut schema = Map::new();
    for word in TYPE_WORDS {
        if let Some(value) = object.shift_remove(*word) {
            schema.insert((*word).to_owned(), value);
        }
    }
    schema
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
