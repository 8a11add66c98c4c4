//! Keywords of JSON Schema 2020-12 that 3.0 says otherwise, or that a client need not act on.

use super::schema_demands;
use crate::diagnostic::Code;
use crate::load::carrier;
use crate::load::upgrade::{Upgrade, dialect};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Keywords that are taken out, with what is lost.
const LOST: &[(&str, &str)] = &[(
    "$vocabulary",
    "schemas are read by the rules of draft 2020-12",
)];

/// Keywords that say nothing of their own.
const SILENT: &[&str] = &["$comment", "$recursiveAnchor"];

pub(super) fn upgrade(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    for word in SILENT {
        schema.shift_remove(*word);
    }
    for (word, loss) in LOST {
        if schema.shift_remove(*word).is_some() {
            let message = format!("`{word}` is not carried: {loss}");
            upgrade.warn(Code::NotSupported, &at.child(word), message);
        }
    }
    schema_demands::carry(upgrade, schema, at);
    lift_constant(upgrade, schema, at);
    for (exclusive, limit, is_upper) in [
        ("exclusiveMinimum", "minimum", false),
        ("exclusiveMaximum", "maximum", true),
    ] {
        lift_limit(upgrade, schema, exclusive, limit, is_upper, at);
    }
    lift_examples(upgrade, schema, at);
    lift_content(upgrade, schema, at);
    close_items(upgrade, schema, at);
    take_out_unevaluated(upgrade, schema, at);
    if let Some(named) = schema.shift_remove("$schema")
        && !named.as_str().is_some_and(dialect::is_known)
    {
        upgrade.warn(
            Code::NotSupported,
            &at.child("$schema"),
            "this dialect of JSON Schema is not known; the schema is read by the rules of draft 2020-12",
        );
    }
    if schema.contains_key("nullable") {
        upgrade.warn(
            Code::UnknownField,
            &at.child("nullable"),
            "`nullable` is no keyword since OpenAPI 3.1, which has the type `null`; it is taken as it was meant",
        );
    }
    drop_impossible(upgrade, schema, at);
}

/// A constant is an enumeration of one value.
fn lift_constant(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    if let Some(constant) = schema.shift_remove("const") {
        if constant.is_null() {
            schema.insert("type".to_owned(), Value::from("null"));
            return;
        }
        schema.insert("enum".to_owned(), Value::Array(vec![constant]));
        upgrade.made(&at.child("const"), &at.child("enum"));
        // Not `/const/0`: there is nothing below a constant.
        upgrade.made(&at.child("const"), &at.child("enum").index(0));
    }
}

/// An exclusive limit is a limit and a flag in 3.0; the stricter of two limits holds.
fn lift_limit(
    upgrade: &mut Upgrade<'_>,
    schema: &mut Map<String, Value>,
    exclusive: &str,
    limit: &str,
    is_upper: bool,
    at: &Pointer,
) {
    let Some(number @ Value::Number(_)) = schema.get(exclusive).cloned() else {
        return;
    };
    let bounds = (schema.get(limit).and_then(Value::as_f64), number.as_f64());
    let is_weaker = match bounds {
        (Some(inclusive), Some(exclusive)) if is_upper => inclusive < exclusive,
        (Some(inclusive), Some(exclusive)) => inclusive > exclusive,
        _ => false,
    };
    if is_weaker {
        schema.shift_remove(exclusive);
        return;
    }
    schema.insert(limit.to_owned(), number);
    schema.insert(exclusive.to_owned(), Value::Bool(true));
    upgrade.made(&at.child(exclusive), &at.child(limit));
}

/// The first of several examples is the one that is shown.
fn lift_examples(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    let Some(Value::Array(examples)) = schema.get("examples") else {
        return;
    };
    let first = examples.first().cloned();
    schema.shift_remove("examples");
    if let Some(first) = first
        && !schema.contains_key("example")
    {
        schema.insert("example".to_owned(), first);
        upgrade.made(&at.child("examples").index(0), &at.child("example"));
    }
}

/// What a string contains: bytes in base64, or bytes as they are.
fn lift_content(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    if let Some(content) = schema.shift_remove("contentSchema") {
        let message = "`contentSchema` is not carried: the value stays a string";
        upgrade.warn(Code::NotSupported, &at.child("contentSchema"), message);
        say_alone(schema, "contentSchema", content);
    }
    let encoding = schema.shift_remove("contentEncoding");
    let media_type = schema.shift_remove("contentMediaType");
    let format = match encoding
        .as_ref()
        .map(|encoding| encoding.as_str().unwrap_or_default())
    {
        Some("base64") => Some("byte"),
        // It is text as it is.
        Some("7bit" | "8bit" | "quoted-printable") => None,
        // It is not text, but the bytes that the media type says.
        None | Some("binary") => media_type
            .as_ref()
            .and_then(Value::as_str)
            .filter(|media_type| is_binary(media_type))
            .map(|_| "binary"),
        Some(other) => {
            let message =
                format!("the encoding `{other}` is not carried: the value stays a string");
            upgrade.warn(Code::NotSupported, &at.child("contentEncoding"), message);
            None
        }
    };
    let is_string = match schema.get("type") {
        None => true,
        Some(Value::String(name)) => name == "string",
        Some(Value::Array(names)) => names.iter().any(|name| name == "string"),
        _ => false,
    };
    if let (Some(format), true, false) = (format, is_string, schema.contains_key("format")) {
        let word = if encoding.is_some() {
            "contentEncoding"
        } else {
            "contentMediaType"
        };
        schema.entry("type").or_insert_with(|| json!("string"));
        schema.insert("format".to_owned(), Value::from(format));
        upgrade.made(&at.child(word), &at.child("format"));
    }
}

/// Whether a value of a media type is bytes rather than text.
fn is_binary(media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    let is_text = |word: &str| {
        matches!(
            word,
            "json" | "xml" | "yaml" | "x-yaml" | "javascript" | "jwt" | "sql" | "graphql" | "toml"
        )
    };
    match kind {
        "text" | "message" => false,
        "application" => !is_text(subtype) && !subtype.rsplit('+').next().is_some_and(is_text),
        _ => !subtype.ends_with("+xml"),
    }
}

/// An array that allows no item is empty.
fn close_items(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    if schema.get("items") == Some(&Value::Bool(false)) && !schema.contains_key("prefixItems") {
        schema.insert("items".to_owned(), json!({}));
        schema.insert("maxItems".to_owned(), json!(0));
        upgrade.made(&at.child("items"), &at.child("maxItems"));
    }
}

/// A client accepts what a newer server adds, so that nothing else may be there demands nothing of it. A schema for the
/// rest is one for additional properties, where no other schema says what they are.
fn take_out_unevaluated(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    for (word, plain, beside) in [
        (
            "unevaluatedProperties",
            "additionalProperties",
            "patternProperties",
        ),
        ("unevaluatedItems", "items", "prefixItems"),
    ] {
        let Some(rest) = schema.shift_remove(word) else {
            continue;
        };
        if schema.contains_key(plain) {
            continue;
        }
        if let Value::Bool(is_open) = rest {
            // That nothing follows the items by position says that they are all; so it does of names by pattern.
            if !is_open && schema.contains_key(beside) && !says_elsewhere(schema) {
                schema.insert(plain.to_owned(), rest);
            } else if !is_open {
                say_alone(schema, word, rest);
            }
            continue;
        }
        // The parts of an allOf are one record with what stands beside, and the rest is what none of them names.
        let is_one = plain == "additionalProperties"
            && !["oneOf", "anyOf"]
                .iter()
                .any(|word| schema.contains_key(*word));
        if says_elsewhere(schema) && !is_one {
            let message = format!("`{word}` is not carried: what else is there accepts any value");
            upgrade.warn(Code::NotSupported, &at.child(word), message);
            say_alone(schema, word, rest);
            continue;
        }
        schema.insert(plain.to_owned(), rest);
        upgrade.moved(&at.child(word), &at.child(plain));
    }
}

/// Whether other schemas say what properties and items there are.
fn says_elsewhere(schema: &Map<String, Value>) -> bool {
    let words = ["allOf", "oneOf", "anyOf", "$ref"];
    words.iter().any(|word| schema.contains_key(*word))
}

/// Carries a keyword to the documentation.
fn say_alone(schema: &mut Map<String, Value>, word: &str, value: Value) {
    let words = Map::from_iter([(word.to_owned(), value)]);
    carrier::add_demand(schema, words, false);
}

/// A property whose schema is `false` must not be there, so the client does not have it.
fn drop_impossible(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    let place = at.child("properties");
    properties.retain(|name, property| {
        let is_possible = *property != Value::Bool(false);
        if !is_possible {
            upgrade.note(
                &place.child(name),
                "the schema `false` forbids this property; the client does not have it",
            );
        }
        is_possible
    });
}
