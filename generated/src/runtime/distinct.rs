//! Finds items that are the same: equal as JSON, whatever the order of their properties and the spelling of their numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::codec::{Json, View, encode_view};
use super::decimal::Decimal;

/// The first two items of an array that are the same, by their places.
pub(super) fn first_pair(view: View<'_>) -> Option<(usize, usize)> {
    // What JSON cannot spell is found when it is sent.
    first_same(json_of(view)?.as_array()?)
}

/// The first two items that are the same, by their places.
pub(super) fn first_same(items: &[Json]) -> Option<(usize, usize)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(before) = seen.insert(canonical(item), index) {
            return Some((before, index));
        }
    }
    None
}

/// What is sent for a value. `None` if JSON cannot spell it.
pub(super) fn json_of(view: View<'_>) -> Option<Json> {
    serde_json::from_slice(&encode_view(view).ok()?).ok()
}

/// A text that is the same for equal values.
pub(super) fn canonical(value: &Json) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

/// Spells equal values alike.
fn write_canonical(value: &Json, out: &mut String) {
    match value {
        Json::Number(number) => {
            let text = number.to_string();
            // Writing to a String cannot fail.
            let _ = match Decimal::parse(&text) {
                Some(decimal) => write!(out, "{decimal:?}"),
                None => write!(out, "{text}"),
            };
        }
        Json::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Json::Object(entries) => {
            let sorted: BTreeMap<&String, &Json> = entries.iter().collect();
            out.push('{');
            for (key, value) in sorted {
                let _ = write!(out, "{key:?}:");
                write_canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
}
