//! What is particular about schemas: the words of other versions of JSON Schema, and mistakes that are often made.

use super::place::At;
use super::walk::Walker;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::carrier;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Words of JSON Schema that OpenAPI 3.0 does not have, with what is lost when they are ignored.
const FOREIGN: &[(&str, &str)] = &[
    ("$anchor", "references to this name do not resolve"),
    ("$comment", "nothing is lost"),
    ("$dynamicAnchor", "references to this name do not resolve"),
    ("$dynamicRef", "this place accepts any value"),
    ("$id", "references relative to it do not resolve"),
    (
        "$schema",
        "the document is read by the rules of OpenAPI 3.0",
    ),
    (
        "additionalItems",
        "the items that it describes accept any value",
    ),
    ("contains", "that an item must match it is not checked"),
    ("contentEncoding", "the value stays a string"),
    ("contentMediaType", "the value stays a string"),
    ("contentSchema", "the value stays a string"),
    ("dependencies", "the condition is not checked"),
    ("dependentRequired", "the condition is not checked"),
    ("dependentSchemas", "the condition is not checked"),
    ("else", "the condition is not checked"),
    ("examples", "the examples are not shown"),
    ("if", "the condition is not checked"),
    ("maxContains", "the number of matching items is not checked"),
    ("minContains", "the number of matching items is not checked"),
    (
        "patternProperties",
        "the properties that it describes are not typed",
    ),
    (
        "prefixItems",
        "the items that it describes accept any value",
    ),
    ("propertyNames", "the names of properties are not checked"),
    ("then", "the condition is not checked"),
    ("unevaluatedItems", "further items are accepted"),
    ("unevaluatedProperties", "further properties are accepted"),
];

/// Types that people write, and what they mean by them.
const TYPES: &[(&str, &str)] = &[
    ("array", "array"),
    ("bool", "boolean"),
    ("boolean", "boolean"),
    ("dict", "object"),
    ("double", "number"),
    ("float", "number"),
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("integer", "integer"),
    ("list", "array"),
    ("long", "integer"),
    ("map", "object"),
    ("number", "number"),
    ("object", "object"),
    ("str", "string"),
    ("string", "string"),
    ("text", "string"),
];

/// Formats that people write as types, and what they mean by them.
const FORMATS: &[(&str, &str)] = &[
    ("binary", "binary"),
    ("byte", "byte"),
    ("date", "date"),
    ("date-time", "date-time"),
    ("datetime", "date-time"),
    ("duration", "duration"),
    ("email", "email"),
    ("guid", "uuid"),
    ("password", "password"),
    ("time", "time"),
    ("uri", "uri"),
    ("url", "uri"),
    ("uuid", "uuid"),
];

/// What is lost when a field of a schema is ignored, if it is a word of another version of JSON Schema.
pub(super) fn foreign(key: &str) -> Option<&'static str> {
    FOREIGN
        .iter()
        .find(|(word, _)| *word == key)
        .map(|(_, loss)| *loss)
}

/// Takes `true` and `false`, which are schemas from OpenAPI 3.1 on, for a schema that accepts everything.
pub(super) fn is_flag(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) -> bool {
    let Value::Bool(flag) = *value else {
        return false;
    };
    let message =
        format!("the schema `{flag}` belongs to OpenAPI 3.1; this place accepts any value");
    walker.warn(Code::NotSupported, at, message);
    *value = Value::Object(Map::new());
    true
}

/// Mends a schema before its fields are looked at.
pub(super) fn prepare(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    // They only hold what is referred to, and references lead to components by now.
    for shelf in ["$defs", "definitions"] {
        schema.shift_remove(shelf);
    }
    mend_type(walker, schema, at);
    mend_constant(walker, schema, at);
    mend_required(walker, schema, at);
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        mend_limit(walker, schema, exclusive, limit, at);
    }
    carrier::keep_exact_limits(schema);
    carrier::keep_xml(schema);
    mend_flags(walker, schema, at);
    drop_empty_lists(walker, schema, at);
    if let Some(Value::Array(_)) = schema.get("items") {
        let message = "an array of schemas under `items` belongs to older versions of JSON Schema; the items accept any value";
        walker.warn(Code::NotSupported, &at.key("items"), message);
        schema.insert("items".to_owned(), Value::Object(Map::new()));
    }
    if let (Some(Value::Array(examples)), false) =
        (schema.get("examples"), schema.contains_key("example"))
        && let Some(first) = examples.first().cloned()
    {
        walker.note(
            &at.key("examples"),
            "`examples` of a schema belongs to OpenAPI 3.1; the first is taken for its `example`",
        );
        schema.shift_remove("examples");
        schema.insert("example".to_owned(), first);
    }
}

fn mend_type(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    let known = match schema.get("type") {
        Some(Value::String(name)) => match TYPES.iter().find(|(known, _)| known == name) {
            Some((known, meant)) if known == meant => return,
            Some(_) => name.clone(),
            None => name.clone(),
        },
        Some(Value::Array(_)) => return mend_types(walker, schema, at),
        None => return take_format_for_type(walker, schema, at),
        _ => return,
    };
    let lower = known.trim().to_ascii_lowercase();
    let at = &at.key("type");
    if lower == "null" {
        walker.note(
            at,
            "the type `null` belongs to OpenAPI 3.1; it is taken for `nullable`",
        );
        schema.shift_remove("type");
        schema.insert("nullable".to_owned(), Value::Bool(true));
    } else if lower == "file" {
        walker.warn(
            Code::WrongType,
            at,
            "`file` is no type of OpenAPI 3.0; it is taken for a string of format `binary`",
        );
        schema.insert("type".to_owned(), Value::from("string"));
        schema.insert("format".to_owned(), Value::from("binary"));
    } else if let Some((_, meant)) = TYPES.iter().find(|(word, _)| *word == lower) {
        walker.warn(
            Code::WrongType,
            at,
            format!("`{known}` is no type; it is taken for `{meant}`"),
        );
        schema.insert("type".to_owned(), Value::from(*meant));
    } else if let Some((_, format)) = FORMATS.iter().find(|(word, _)| *word == lower) {
        let message =
            format!("`{known}` is no type; it is taken for a string of format `{format}`");
        walker.warn(Code::WrongType, at, message);
        schema.insert("type".to_owned(), Value::from("string"));
        schema
            .entry("format")
            .or_insert_with(|| Value::from(*format));
    } else {
        let message = match says_more(schema) {
            true => format!("`{known}` is no type; it is ignored"),
            false => format!("`{known}` is no type; this place accepts any value"),
        };
        let diagnostic = Diagnostic::new(Code::WrongType, walker.origin(at), message)
            .help("the types are `string`, `number`, `integer`, `boolean`, `array` and `object`");
        walker.push(diagnostic);
        schema.shift_remove("type");
    }
}

/// `format: string` is all that some say of the type.
fn take_format_for_type(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    let meant = match schema.get("format") {
        Some(Value::String(format)) => TYPES
            .iter()
            .find(|(word, meant)| word == meant && word == format),
        _ => None,
    };
    let Some((_, meant)) = meant.filter(|_| !says_more(schema)) else {
        return;
    };
    let message = format!("`{meant}` is no format; it is taken for the type");
    walker.warn(Code::WrongType, &at.key("format"), message);
    schema.shift_remove("format");
    schema.insert("type".to_owned(), Value::from(*meant));
}

/// Whether keywords other than `type` tell what the values are.
fn says_more(schema: &Map<String, Value>) -> bool {
    ["enum", "properties", "items", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|word| schema.contains_key(*word))
}

/// An array of types, as OpenAPI 3.1 has it.
fn mend_types(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    let Some(Value::Array(types)) = schema.shift_remove("type") else {
        return;
    };
    let names: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
    let others: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| *name != "null")
        .collect();
    if others.len() < names.len() || types.iter().any(Value::is_null) {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    if let [one] = others.as_slice() {
        schema.insert("type".to_owned(), Value::from(*one));
        let message = format!("an array of types belongs to OpenAPI 3.1; it is taken for `{one}`");
        walker.note(&at.key("type"), message);
    } else {
        let message = "an array of types belongs to OpenAPI 3.1; this place accepts any type";
        walker.warn(Code::NotSupported, &at.key("type"), message);
    }
    mend_type(walker, schema, at);
}

fn mend_constant(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    if let Some(constant) = schema.shift_remove("const") {
        walker.note(
            &at.key("const"),
            "`const` belongs to OpenAPI 3.1; it is taken for an `enum` of one value",
        );
        if !schema.contains_key("enum") {
            schema.insert("enum".to_owned(), Value::Array(vec![constant]));
        }
    }
}

/// `required: true` on a property was the way of JSON Schema draft 3; the object that holds the property says it now.
fn mend_required(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    let at_properties = at.key("properties");
    let mut names = Vec::new();
    for (name, property) in properties.iter_mut() {
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        let Some(Value::Bool(required)) = property.get("required") else {
            continue;
        };
        let required = *required;
        let message = if required {
            "`required` is a list of names in the object that holds the property; this property is taken for required"
        } else {
            "`required` is a list of names in the object that holds the property; it is ignored"
        };
        walker.warn(
            Code::WrongType,
            &at_properties.key(name).key("required"),
            message,
        );
        property.shift_remove("required");
        if required {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        return;
    }
    let list = schema
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        let known: BTreeSet<String> = list
            .iter()
            .filter_map(|known| Some(known.as_str()?.to_owned()))
            .collect();
        let new = names.into_iter().filter(|name| !known.contains(name));
        list.extend(new.map(Value::String));
    }
}

/// Values of a boolean in quotes.
fn mend_flags(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    if schema.get("type").and_then(Value::as_str) != Some("boolean") {
        return;
    }
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    for value in values {
        let meant = match value.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("true") => true,
            Some("false") => false,
            _ => continue,
        };
        let message = format!("the enum value `{value}` is no boolean; it is taken as one");
        walker.warn(Code::InvalidValue, &at.key("enum"), message);
        *value = Value::Bool(meant);
    }
}

/// No value satisfies one of none, which nobody means.
fn drop_empty_lists(walker: &mut Walker<'_>, schema: &mut Map<String, Value>, at: &At<'_>) {
    for word in ["oneOf", "anyOf", "allOf", "enum"] {
        if schema
            .get(word)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            let message = format!("`{word}` must have at least one item; it is ignored");
            walker.warn(Code::InvalidValue, &at.key(word), message);
            schema.shift_remove(word);
        }
    }
}

/// An exclusive limit is a flag in OpenAPI 3.0 and the limit itself in 3.1.
fn mend_limit(
    walker: &mut Walker<'_>,
    schema: &mut Map<String, Value>,
    exclusive: &str,
    limit: &str,
    at: &At<'_>,
) {
    let Some(number @ Value::Number(_)) = schema.get(exclusive).cloned() else {
        return;
    };
    let message = format!(
        "a number under `{exclusive}` belongs to OpenAPI 3.1; it is taken for an exclusive `{limit}`"
    );
    walker.note(&at.key(exclusive), message);
    schema.insert(limit.to_owned(), number);
    schema.insert(exclusive.to_owned(), Value::Bool(true));
}
