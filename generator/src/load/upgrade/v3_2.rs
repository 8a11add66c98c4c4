//! What OpenAPI 3.2 adds to the objects of 3.1.
//!
//! <https://spec.openapis.org/oas/v3.2.0.html>

use super::{Upgrade, fill_in};
use crate::diagnostic::Code;
use crate::load::objects::Kind;
use crate::load::{Sequence, carrier, fragment, sequence};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Mends an object before its fields are looked at.
pub(super) fn prepare(
    upgrade: &mut Upgrade<'_>,
    object: &mut Map<String, Value>,
    kind: Kind,
    at: &Pointer,
    media_types: &Map<String, Value>,
) {
    match kind {
        Kind::Server => fill_in(object, "name", "description"),
        Kind::Tag => prepare_tag(upgrade, object, at),
        Kind::Response => prepare_response(object),
        Kind::PathItem => prepare_path_item(upgrade, object, at),
        Kind::Parameter => prepare_parameter(upgrade, object, at),
        Kind::MediaType => prepare_media_type(upgrade, object, at, media_types),
        Kind::Encoding => {
            for (word, carried) in [
                ("encoding", carrier::NESTED_ENCODING),
                ("prefixEncoding", carrier::PREFIX_ENCODING),
                ("itemEncoding", carrier::ITEM_ENCODING),
            ] {
                if let Some(encoding) = object.shift_remove(word) {
                    object.insert(carried.to_owned(), encoding);
                    upgrade.moved(&at.child(word), &at.child(carried));
                }
            }
        }
        Kind::Example => prepare_example(object),
        Kind::SecurityScheme => {
            object.shift_remove("deprecated");
            if let Some(url) = object.shift_remove("oauth2MetadataUrl") {
                carrier::keep_metadata_url(object, url);
            }
        }
        Kind::OAuthFlows => {
            if let Some(flow) = object.shift_remove("deviceAuthorization") {
                carrier::keep_device_flow(object, flow);
            }
        }
        Kind::Discriminator => {
            if let Some(target) = object.shift_remove("defaultMapping") {
                let word = carrier::keep_default_mapping(object, target);
                upgrade.made(&at.child("defaultMapping"), &at.child(word));
            }
        }
        Kind::Xml => {
            if let Some(kind) = object.shift_remove("nodeType") {
                object.insert(carrier::NODE_TYPE.to_owned(), kind);
                upgrade.moved(&at.child("nodeType"), &at.child(carrier::NODE_TYPE));
            }
        }
        _ => {}
    }
}

/// A security requirement may name a scheme by its URI, which is that of a component of this document or of another one.
pub(super) fn name_schemes(
    upgrade: &mut Upgrade<'_>,
    object: &mut Map<String, Value>,
    own_uri: &str,
    at: &Pointer,
) {
    let Some(Value::Array(requirements)) = object.get_mut("security") else {
        return;
    };
    let place = at.child("security");
    for (index, requirement) in requirements.iter_mut().enumerate() {
        let Some(schemes) = requirement.as_object_mut() else {
            continue;
        };
        let place = place.index(index);
        let named = std::mem::take(schemes).into_iter().map(|(key, scopes)| {
            let here = key.strip_prefix(own_uri).unwrap_or(&key);
            match here.strip_prefix("#/components/securitySchemes/") {
                Some(token) => {
                    let name = fragment::percent_decode(token);
                    let name = name.and_then(|name| fragment::unescape(&name));
                    let name = name.unwrap_or_else(|| key.clone());
                    upgrade.made(&place.child(&key), &place.child(&name));
                    (name, scopes)
                }
                None => (key, scopes),
            }
        });
        *schemes = named.collect();
    }
}

/// Takes a field out and says what is lost.
fn lose(
    upgrade: &mut Upgrade<'_>,
    object: &mut Map<String, Value>,
    word: &str,
    at: &Pointer,
    loss: &str,
) {
    if object.shift_remove(word).is_some() {
        let message = format!("`{word}` is not carried: {loss}");
        upgrade.warn(Code::NotSupported, &at.child(word), message);
    }
}

fn prepare_tag(upgrade: &mut Upgrade<'_>, tag: &mut Map<String, Value>, at: &Pointer) {
    let mut details = Map::new();
    for word in ["summary", "parent", "kind"] {
        match tag.shift_remove(word) {
            Some(text @ Value::String(_)) => {
                details.insert(word.to_owned(), text);
            }
            Some(_) => {
                let message = format!("`{word}` must be a string; it is ignored");
                upgrade.warn(Code::WrongType, &at.child(word), message);
            }
            None => {}
        }
    }
    if !details.is_empty() {
        tag.insert(carrier::TAG.to_owned(), Value::Object(details));
    }
}

fn prepare_response(response: &mut Map<String, Value>) {
    fill_in(response, "summary", "description");
    // From 3.2 on a response need not be described.
    response
        .entry("description")
        .or_insert_with(|| Value::from(""));
}

fn prepare_path_item(upgrade: &mut Upgrade<'_>, item: &mut Map<String, Value>, at: &Pointer) {
    let place = at.child(carrier::OPERATIONS);
    let mut carried = Map::new();
    if let Some(operation) = item.shift_remove("query") {
        carried.insert("QUERY".to_owned(), operation);
        upgrade.moved(&at.child("query"), &place.child("QUERY"));
    }
    let from = at.child("additionalOperations");
    match item.shift_remove("additionalOperations") {
        Some(Value::Object(operations)) => {
            for (method, operation) in operations {
                let from = from.child(&method);
                if has_field(&method) {
                    let message = format!(
                        "`{method}` has a field of its own in a Path Item Object; this operation is left out"
                    );
                    upgrade.warn(Code::OperationLeftOut, &from, message);
                    continue;
                }
                upgrade.moved(&from, &place.child(&method));
                carried.insert(method, operation);
            }
        }
        Some(_) => upgrade.warn(
            Code::WrongType,
            &from,
            "`additionalOperations` must be an object; it is ignored",
        ),
        None => {}
    }
    if !carried.is_empty() {
        item.insert(carrier::OPERATIONS.to_owned(), Value::Object(carried));
    }
}

/// Whether a Path Item Object of 3.2 has a field for a method, which therefore is none of the additional ones.
fn has_field(method: &str) -> bool {
    const FIELDS: [&str; 9] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
    ];
    FIELDS.contains(&method)
}

/// The query string as a whole is what an exploded object is, if it is a form. Otherwise it is a parameter with a content,
/// of which lowering says what becomes of it.
fn prepare_parameter(upgrade: &mut Upgrade<'_>, parameter: &mut Map<String, Value>, at: &Pointer) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let is_elsewhere = matches!(text("in"), Some("path" | "cookie"));
    let is_plain = text("style") == Some("cookie");
    let is_whole = text("in") == Some("querystring");
    if is_elsewhere && !is_plain && parameter.get("allowReserved") == Some(&Value::Bool(true)) {
        carrier::mark_reserved(parameter);
    }
    if is_plain {
        parameter.insert("style".to_owned(), Value::from("form"));
        carrier::mark_plain_cookie(parameter);
        return;
    }
    if !is_whole {
        return;
    }
    parameter.insert("in".to_owned(), Value::from("query"));
    const FORM: &str = "application/x-www-form-urlencoded";
    let schema = parameter
        .get("content")
        .and_then(|content| content.get(FORM))
        .and_then(|media_type| media_type.get("schema"))
        .cloned();
    if let Some(schema) = schema {
        parameter.shift_remove("content");
        parameter.insert("schema".to_owned(), schema);
        parameter.insert("style".to_owned(), Value::from("form"));
        parameter.insert("explode".to_owned(), Value::Bool(true));
        let from = at.child("content").child(FORM).child("schema");
        upgrade.moved(&from, &at.child("schema"));
        return;
    }
    carrier::mark_whole_query(parameter);
}

fn prepare_media_type(
    upgrade: &mut Upgrade<'_>,
    media_type: &mut Map<String, Value>,
    at: &Pointer,
    media_types: &Map<String, Value>,
) {
    const SHELF: &str = "#/components/mediaTypes/";
    let target = media_type.get("$ref").and_then(Value::as_str);
    if let Some(name) = target.and_then(|target| target.strip_prefix(SHELF)) {
        let name = name.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(found)) = media_types.get(&name) {
            *media_type = found.clone();
            let from = Pointer::root()
                .child("components")
                .child("mediaTypes")
                .child(&name);
            upgrade.made(&from, at);
        }
    }
    if media_type.contains_key("$ref") {
        media_type.shift_remove("$ref");
        upgrade.warn(
            Code::UnresolvedReference,
            &at.child("$ref"),
            "this reference leads to no component for media types; the body accepts any value",
        );
    }
    carry_item_schema(upgrade, media_type, at);
    carry_sent_items(upgrade, media_type, at);
    carry_positions(upgrade, media_type, at);
    lose(
        upgrade,
        media_type,
        "itemSchema",
        at,
        "this media type is no sequence of items that the client reads or writes one by one",
    );
    for word in ["prefixEncoding", "itemEncoding"] {
        lose(
            upgrade,
            media_type,
            word,
            at,
            "parts are sent in their usual form",
        );
    }
}

/// The items of a body that is sent, one after the other, are those of an array.
fn carry_sent_items(upgrade: &mut Upgrade<'_>, media_type: &mut Map<String, Value>, at: &Pointer) {
    let tokens: Vec<String> = at.tokens().collect();
    let name = tokens.last().map(String::as_str).unwrap_or_default();
    let is_sequential = sequence(name).is_some_and(|kind| kind != Sequence::Events);
    let is_sent = !tokens
        .iter()
        .any(|token| matches!(token.as_str(), "responses" | "callbacks" | "webhooks"));
    if is_sequential && is_sent {
        carry_as_array(upgrade, media_type, at);
    }
}

/// Puts an array of the items in the place of a schema.
fn carry_as_array(upgrade: &mut Upgrade<'_>, media_type: &mut Map<String, Value>, at: &Pointer) {
    let Some(item) = media_type.shift_remove("itemSchema") else {
        return;
    };
    let schema = json!({"type": "array", "items": item});
    media_type.insert("schema".to_owned(), schema);
    let to = at.child("schema").child("items");
    upgrade.moved(&at.child("itemSchema"), &to);
}

/// The parts of a body are the items of an array; those of one that is sent are each made by its position.
fn carry_positions(upgrade: &mut Upgrade<'_>, media_type: &mut Map<String, Value>, at: &Pointer) {
    let tokens: Vec<String> = at.tokens().collect();
    let is_multipart = tokens
        .last()
        .is_some_and(|name| name.starts_with("multipart/"));
    if !is_multipart {
        return;
    }
    if !media_type.contains_key("schema") {
        carry_as_array(upgrade, media_type, at);
    }
    if tokens.iter().any(|token| token == "responses") {
        return;
    }
    for (word, carried) in [
        ("prefixEncoding", carrier::PREFIX_ENCODING),
        ("itemEncoding", carrier::ITEM_ENCODING),
    ] {
        if let Some(encoding) = media_type.shift_remove(word) {
            media_type.insert(carried.to_owned(), encoding);
            upgrade.moved(&at.child(word), &at.child(carried));
        }
    }
}

/// The schema of an item of an answer is the schema of a stream, as documents of 3.0 have it. That of a server-sent event
/// describes all fields of the event; what is carried is its data.
fn carry_item_schema(upgrade: &mut Upgrade<'_>, media_type: &mut Map<String, Value>, at: &Pointer) {
    let data = carrier::take_inlined(media_type, "itemSchema");
    let tokens: Vec<String> = at.tokens().collect();
    let name = tokens.last().map(String::as_str).unwrap_or_default();
    if sequence(name).is_none() || !tokens.iter().any(|token| token == "responses") {
        return;
    }
    let Some(item) = media_type.shift_remove("itemSchema") else {
        return;
    };
    media_type.insert("schema".to_owned(), data.unwrap_or(item));
    upgrade.moved(&at.child("itemSchema"), &at.child("schema"));
}

/// 3.2 tells an example's value from how it is written.
fn prepare_example(example: &mut Map<String, Value>) {
    fill_in(example, "dataValue", "value");
    fill_in(example, "serializedValue", "value");
}
