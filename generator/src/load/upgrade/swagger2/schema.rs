//! Schemas of Swagger 2.0, which differ from those of 3.0 in a few words.

use super::Walk;
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

impl Walk<'_, '_> {
    /// Upgrades a schema, then those in it. Recursion is bounded by the limit of depth.
    pub(super) fn schema(&mut self, value: &mut Value, at: &Pointer) {
        let Some(schema) = value.as_object_mut() else {
            return;
        };
        if schema.get("$ref").is_some_and(Value::is_string) {
            return self.reference(at);
        }
        lift_words(schema);
        for (key, value) in schema.iter_mut() {
            let at = at.child(key);
            match Kind::Schema.table().shape(key) {
                Some(Shape::Referable(Kind::Schema) | Shape::SchemaOrFlag) => {
                    self.schema(value, &at);
                }
                Some(Shape::Map(Shape::Referable(_))) => {
                    for (name, value) in value.as_object_mut().into_iter().flatten() {
                        self.schema(value, &at.child(name));
                    }
                }
                Some(Shape::List(Shape::Referable(_))) => {
                    for (index, value) in value.as_array_mut().into_iter().flatten().enumerate() {
                        self.schema(value, &at.index(index));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Renames what has another name or form in 3.0. A null among the values of an enumeration needs no word here.
pub(super) fn lift_words(schema: &mut Map<String, Value>) {
    if let Some(Value::String(name)) = schema.get("discriminator") {
        let discriminator = json!({ "propertyName": name });
        schema.insert("discriminator".to_owned(), discriminator);
    }
    if schema.get("x-nullable") == Some(&Value::Bool(true)) {
        schema.entry("nullable").or_insert(Value::Bool(true));
    }
    if schema.get("type").and_then(Value::as_str) == Some("file") {
        schema.insert("type".to_owned(), Value::from("string"));
        schema.insert("format".to_owned(), Value::from("binary"));
    }
}
