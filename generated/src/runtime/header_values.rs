//! Reads headers of answers (OpenAPI, "Style Values": `simple`).

use http::HeaderMap;

use super::codec::{self, Decode, DecodeError, Json, ListSlot, RecordSlot, Slot};

/// A header in the style `simple`; `None` if there is none.
pub(super) fn header<V: Decode>(headers: &HeaderMap, name: &str) -> Result<Option<V>, DecodeError> {
    match header_text(headers, name)? {
        Some(text) => decode_header(name, &json_of(V::blank().slot(), &text)),
        None => Ok(None),
    }
}

/// A header that is JSON; `None` if there is none.
pub(super) fn json_header<V: Decode>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<V>, DecodeError> {
    match header_text(headers, name)? {
        Some(text) => decode_header(name, text.as_bytes()),
        None => Ok(None),
    }
}

/// What is wrong with a header.
pub(super) fn wrong(name: &str, message: &str) -> DecodeError {
    DecodeError::new(format!("header {name}"), message.to_owned())
}

fn decode_header<V: Decode>(name: &str, json: &[u8]) -> Result<Option<V>, DecodeError> {
    match codec::decode(json) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(wrong(name, error.message())),
    }
}

/// The lines of a header as one (RFC 9110, section 5.3).
fn header_text(headers: &HeaderMap, name: &str) -> Result<Option<String>, DecodeError> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        let line = std::str::from_utf8(line.as_bytes());
        lines.push(line.map_err(|_| wrong(name, "expected text in UTF-8"))?);
    }
    Ok((!lines.is_empty()).then(|| lines.join(",")))
}

/// The JSON of what a header says, by what is to take it: items stand between commas, and the members of an object are
/// `k=v` or, without `explode`, `k,v`.
fn json_of(slot: Slot<'_>, text: &str) -> Vec<u8> {
    value_of(slot, text.trim()).to_string().into_bytes()
}

/// What a text says, by what is to take it.
pub(super) fn value_of(slot: Slot<'_>, text: &str) -> Json {
    match slot {
        Slot::Bool(_) | Slot::Int(_) | Slot::Single(_) | Slot::Float(_) | Slot::Number(_) => {
            plain(text)
        }
        Slot::String(_) | Slot::Text(_) => Json::String(text.to_owned()),
        Slot::Optional(inner) => value_of(inner.fill(), text),
        Slot::List(list) => list_of(list, items(text, ',')),
        Slot::Map(map) => members(text, &mut |key, text| {
            value_of(map.entry(key.to_owned()), text)
        }),
        Slot::Record(record) => record_of(record, text),
        // Which of several types it is, is said by how it looks.
        Slot::Union(_) | Slot::Json(_) => plain(text),
    }
}

/// A number or a boolean as such, anything else as text: whoever is to take it says what is wrong with that.
fn plain(text: &str) -> Json {
    match serde_json::from_str(text) {
        Ok(value @ (Json::Number(_) | Json::Bool(_))) => value,
        _ => Json::String(text.to_owned()),
    }
}

/// The items that stand between marks. An empty list and a list of an empty text look the same; the former is the usual
/// one.
pub(super) fn items(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let items = text.split(mark).map(str::trim);
    items.filter(|item| !item.is_empty())
}

/// The list of what texts say.
pub(super) fn list_of<'t>(list: &mut dyn ListSlot, texts: impl Iterator<Item = &'t str>) -> Json {
    let items = texts.enumerate();
    let items = items.map(|(index, item)| match list.next(index) {
        Some(slot) => value_of(slot, item),
        None => plain(item),
    });
    Json::Array(items.collect())
}

fn record_of(record: &mut dyn RecordSlot, text: &str) -> Json {
    let fields = record.spec().fields;
    members(
        text,
        &mut |key, text| match fields.iter().position(|field| field.name() == key) {
            Some(index) => value_of(record.field_slot(index), text),
            None => plain(text),
        },
    )
}

fn members(text: &str, value: &mut dyn FnMut(&str, &str) -> Json) -> Json {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let exploded: Option<Vec<(&str, &str)>> =
        parts.iter().map(|part| part.split_once('=')).collect();
    let pairs = exploded.unwrap_or_else(|| {
        let pairs = parts.chunks_exact(2);
        pairs
            .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
            .collect()
    });
    let pairs = pairs.into_iter();
    Json::Object(
        pairs
            .map(|(key, text)| (key.to_owned(), value(key, text)))
            .collect(),
    )
}
