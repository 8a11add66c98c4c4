//! The type `null` and lists of types.

use crate::diagnostic::Code;
use crate::load::carrier;
use crate::load::upgrade::Upgrade;
use crate::source::Pointer;
use serde_json::{Map, Value};

/// Which keywords belong to which types.
const OF_STRINGS: &[&str] = &["minLength", "maxLength", "pattern"];
const OF_NUMBERS: &[&str] = &[
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
];
const OF_ARRAYS: &[&str] = &[
    "items",
    "prefixItems",
    "additionalItems",
    "minItems",
    "maxItems",
    "uniqueItems",
];
const OF_OBJECTS: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
];

/// Makes `nullable` of the type `null` and an anyOf of several types.
pub(super) fn upgrade(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    mend_null(upgrade, schema, at);
    let names: Vec<(usize, String)> = match schema.get("type") {
        Some(Value::String(name)) if name == "null" => vec![(0, name.clone())],
        Some(Value::Array(names)) if names.iter().all(Value::is_string) => names
            .iter()
            .enumerate()
            .filter_map(|(index, name)| Some((index, name.as_str()?.to_owned())))
            .collect(),
        // Lists of anything else are mistakes, which decoding knows what to make of.
        _ => return,
    };
    schema.shift_remove("type");
    let allows_null = names.iter().any(|(_, name)| name == "null");
    let mut others: Vec<(usize, String)> = Vec::new();
    for (index, name) in names {
        if name != "null" && !others.iter().any(|(_, known)| *known == name) {
            others.push((index, name));
        }
    }
    // Every integer is a number.
    if others.iter().any(|(_, name)| name == "number") {
        others.retain(|(_, name)| name != "integer");
    }
    if allows_null {
        schema.insert("nullable".to_owned(), Value::Bool(true));
        upgrade.made(&at.child("type"), &at.child("nullable"));
        if others.is_empty() {
            // Only null: values of an enumeration say no more. Its type is that of any JSON.
            schema.shift_remove("enum");
            let words = Map::from_iter([("const".to_owned(), Value::Null)]);
            carrier::add_demand(schema, words, true);
        }
    }
    match others.as_slice() {
        [] => {}
        [(_, one)] => {
            schema.insert("type".to_owned(), Value::from(one.as_str()));
        }
        // What follows says which types there are, one by one.
        _ if schema.contains_key("oneOf") || schema.contains_key("anyOf") => {}
        _ if allows_all(&others) && !says_more(schema) => {}
        _ => split(upgrade, schema, &others, at),
    }
}

/// In YAML, `null` without quotes is no text.
fn mend_null(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    let Some(Value::Array(names)) = schema.get_mut("type") else {
        return;
    };
    for (index, name) in names.iter_mut().enumerate() {
        if name.is_null() {
            *name = Value::from("null");
            let message = "the type `null` must be in quotes; it is taken for it";
            upgrade.warn(Code::WrongType, &at.child("type").index(index), message);
        }
    }
}

/// Whether the list has every type, so that any value is allowed.
fn allows_all(names: &[(usize, String)]) -> bool {
    ["string", "number", "boolean", "array", "object"]
        .iter()
        .all(|name| names.iter().any(|(_, known)| known == name))
}

fn says_more(schema: &Map<String, Value>) -> bool {
    [
        OF_STRINGS,
        OF_NUMBERS,
        OF_ARRAYS,
        OF_OBJECTS,
        &["format", "enum"],
    ]
    .concat()
    .iter()
    .any(|word| schema.contains_key(*word))
}

/// One variant for each type, with the keywords and values of that type.
fn split(
    upgrade: &mut Upgrade<'_>,
    schema: &mut Map<String, Value>,
    names: &[(usize, String)],
    at: &Pointer,
) {
    let values = match schema.shift_remove("enum") {
        Some(Value::Array(values)) => Some(values),
        Some(other) => {
            schema.insert("enum".to_owned(), other);
            None
        }
        None => None,
    };
    let mut variants = Vec::new();
    for (index, name) in names {
        let mut variant = Map::new();
        variant.insert("type".to_owned(), Value::from(name.as_str()));
        let place = at.child("anyOf").index(variants.len());
        let own = values.as_ref().map(|values| {
            let own = values.iter().filter(|value| is_of(value, name));
            own.cloned().collect::<Vec<_>>()
        });
        if let Some(own) = own {
            if own.is_empty() {
                continue;
            }
            variant.insert("enum".to_owned(), Value::Array(own));
        }
        upgrade.made(at, &place);
        upgrade.made(&at.child("type").index(*index), &place.child("type"));
        let words = match name.as_str() {
            "string" => OF_STRINGS,
            "number" | "integer" => OF_NUMBERS,
            "array" => OF_ARRAYS,
            "object" => OF_OBJECTS,
            _ => &[],
        };
        for word in words {
            if let Some(value) = schema.shift_remove(*word) {
                variant.insert((*word).to_owned(), value);
                upgrade.moved(&at.child(word), &place.child(word));
            }
        }
        if let Some(format) = schema.get("format").and_then(Value::as_str)
            && fits(format, name)
        {
            variant.insert("format".to_owned(), Value::from(format));
        }
        variants.push(Value::Object(variant));
    }
    schema.shift_remove("format");
    // Keywords of types that are not in the list say nothing.
    for word in [OF_STRINGS, OF_NUMBERS, OF_ARRAYS, OF_OBJECTS].concat() {
        schema.shift_remove(word);
    }
    schema.insert("anyOf".to_owned(), Value::Array(variants));
}

fn is_of(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

fn fits(format: &str, name: &str) -> bool {
    let is_numeric = matches!(
        format,
        "int8"
            | "int16"
            | "int32"
            | "int64"
            | "uint8"
            | "uint16"
            | "uint32"
            | "uint64"
            | "float"
            | "double"
    );
    match name {
        "integer" | "number" => is_numeric,
        "string" => !is_numeric,
        _ => false,
    }
}
