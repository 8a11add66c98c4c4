//! Finds items that are the same: equal as JSON, whatever the order of their properties and the spelling of their numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::codec::{Json, View, encode_view};
use super::decimal::Decimal;

/// The first two items of an array that are the same, by their places.
pub(super) fn first_pair(view: View<'_>) -> Option<(usize, usize)> {
    // What JSON cannot spell is found when it is sent.
    let json: Json = serde_json::from_slice(&encode_view(view).ok()?).ok()?;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, item) in json.as_array()?.iter().enumerate() {
        let mut text = String::new();
        write_canonical(item, &mut text);
        if let Some(before) = seen.insert(text, index) {
            return Some((before, index));
        }
    }
    None
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
