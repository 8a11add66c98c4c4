//! Reads headers of answers (OpenAPI, "Style Values": `simple`).

use super::codec::{Json, ListSlot, RecordSlot, Slot};

/// The JSON of what a header says, by what is to take it: items stand between commas, and the members of an object are
/// `k=v` or, without `explode`, `k,v`.
pub fn json_of(slot: Slot<'_>, text: &str) -> Vec<u8> {
    value_of(slot, text.trim()).to_string().into_bytes()
}

fn value_of(slot: Slot<'_>, text: &str) -> Json {
    match slot {
        Slot::Bool(_) | Slot::Int(_) | Slot::Single(_) | Slot::Float(_) | Slot::Number(_) => {
            plain(text)
        }
        Slot::String(_) | Slot::Text(_) => Json::String(text.to_owned()),
        Slot::Optional(inner) => value_of(inner.fill(), text),
        Slot::List(list) => list_of(list, text),
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

fn list_of(list: &mut dyn ListSlot, text: &str) -> Json {
    let items = text.split(',').map(str::trim);
    // An empty list and a list of an empty text look the same; the former is the usual one.
    let items = items.filter(|item| !item.is_empty()).enumerate();
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
