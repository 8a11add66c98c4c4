//! Where references may stand in a document of any version, before it is upgraded.

use crate::load::objects::{Kind, Shape};
use Shape::{List, Map, Object, Referable};
use serde_json::Value;

const SCHEMA: Shape = Referable(Kind::Schema);

/// What may stand under a key of an object, in any version.
pub(super) fn of_key(kind: Kind, key: &str) -> Option<Shape> {
    kind.table().shape(key).or_else(|| beyond(kind, key))
}

/// What the tables of OpenAPI 3.0 do not have.
fn beyond(kind: Kind, key: &str) -> Option<Shape> {
    Some(match (kind, key) {
        (Kind::OpenApi, "webhooks" | "x-webhooks") | (Kind::Components, "pathItems") => {
            Map(&Referable(Kind::PathItem))
        }
        (Kind::OpenApi, "definitions") => Map(&SCHEMA),
        (Kind::OpenApi, "parameters") => Map(&Referable(Kind::Parameter)),
        (Kind::OpenApi, "responses") => Map(&Referable(Kind::Response)),
        (Kind::OpenApi, "securityDefinitions") => Map(&Referable(Kind::SecurityScheme)),
        (Kind::Components, "mediaTypes") => Map(&Object(Kind::MediaType)),
        (Kind::PathItem, "query") => Object(Kind::Operation),
        (Kind::PathItem, "additionalOperations") => Map(&Object(Kind::Operation)),
        (Kind::Response, "schema") | (Kind::MediaType, "itemSchema") => SCHEMA,
        (Kind::MediaType | Kind::Encoding, "prefixEncoding") => List(&Object(Kind::Encoding)),
        (Kind::MediaType | Kind::Encoding, "itemEncoding") => Object(Kind::Encoding),
        (Kind::Encoding, "encoding") => Map(&Object(Kind::Encoding)),
        (Kind::Schema, key) => of_schema(key)?,
        _ => return None,
    })
}

fn of_schema(key: &str) -> Option<Shape> {
    Some(match key {
        "$defs" | "definitions" | "patternProperties" | "dependentSchemas" => Map(&SCHEMA),
        "prefixItems" => List(&SCHEMA),
        "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "additionalItems"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => SCHEMA,
        _ => return None,
    })
}

/// The shape in its simplest form, for the value that stands there.
pub(super) fn simple(shape: Shape, value: &Value) -> Shape {
    match shape {
        // Before 2020-12 the items by position stood under `items`.
        Shape::SchemaOrFlag | Object(Kind::Schema) | SCHEMA if value.is_array() => List(&SCHEMA),
        Shape::SchemaOrFlag | Object(Kind::Schema) => SCHEMA,
        other => other,
    }
}

/// What stands at a place if it is a reference: the key and what it says.
///
/// Only some objects may be references by the specification, but people put a `$ref` wherever something is long, and tools
/// follow it. In a map of texts and in an example it is one of the keys.
pub(super) fn reference(shape: Shape, value: &Value) -> Option<(&'static str, &str)> {
    let object = value.as_object()?;
    let keys: &[&'static str] = match shape {
        Shape::Any | Map(Shape::Any | Shape::Text) => return None,
        SCHEMA => &["$ref", "$dynamicRef", "$recursiveRef"],
        _ => &["$ref"],
    };
    keys.iter()
        .find_map(|key| Some((*key, object.get(*key)?.as_str()?)))
}

/// Whether a value of the mapping of a discriminator is a reference rather than the name of a component.
pub(super) fn is_reference(target: &str) -> bool {
    target.contains(['#', '/'])
        || [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| target.ends_with(end))
}

/// Whether what a reference leads to can stand where it does.
pub(super) fn fits(shape: Shape, value: &Value) -> bool {
    match shape {
        SCHEMA => value.is_object() || value.is_boolean(),
        Referable(_) | Object(_) | Map(_) => value.is_object(),
        List(_) => value.is_array(),
        _ => !value.is_object() && !value.is_array() && !value.is_null(),
    }
}

/// What stands at a place, for a message.
pub(super) fn describe(shape: Shape) -> String {
    match shape {
        Referable(kind) | Object(kind) => format!("an object of the kind {}", kind.table().title),
        Map(_) => "an object".to_owned(),
        List(_) => "an array".to_owned(),
        _ => "a text, a number or a flag".to_owned(),
    }
}
