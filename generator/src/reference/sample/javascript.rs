//! The encoder for JavaScript.

use super::python::lines;
use super::{Language, Part, merged};
use crate::reference::encode::is_invisible;
use serde_json::{Number, Value};

/// JavaScript with `fetch`, as Node 18 and browsers have it.
pub struct JavaScript;

/// The largest integer that a JavaScript number holds exactly together with its neighbours.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

impl Language for JavaScript {
    const TEMPLATE: &'static str = "samples/javascript.jinja";

    fn string(text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    out.push('\\');
                    out.push(c);
                }
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                // So that the text cannot end the element of a page that holds the sample.
                '<' => out.push_str("\\u003c"),
                c if is_invisible(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
        }
        out.push('"');
        out
    }

    fn concatenation(parts: &[Part<'_>]) -> String {
        let parts: Vec<String> = merged(parts)
            .into_iter()
            .map(|(part, literal)| match part {
                Some(Part::Variable(name)) => (*name).to_owned(),
                Some(Part::Encoded(name)) => format!("encodeURIComponent({name})"),
                _ => JavaScript::string(&literal),
            })
            .collect();
        parts.join(" + ")
    }

    fn value(value: &Value, depth: usize) -> Option<String> {
        Some(match value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => is_exact(number).then(|| number.to_string())?,
            Value::String(text) => JavaScript::string(text),
            Value::Array(items) => {
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|item| JavaScript::value(item, depth + 1))
                    .collect();
                lines("[", items?, "]", depth, "  ")
            }
            Value::Object(members) => {
                // In a literal this key would set the prototype, and keys that are numbers would be sorted.
                if members
                    .keys()
                    .any(|key| key == "__proto__" || is_index(key))
                {
                    return None;
                }
                let members: Option<Vec<String>> = members
                    .iter()
                    .map(|(key, value)| {
                        let value = JavaScript::value(value, depth + 1)?;
                        Some(format!("{}: {value}", property(key)))
                    })
                    .collect();
                lines("{", members?, "}", depth, "  ")
            }
        })
    }
}

fn is_exact(number: &Number) -> bool {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => number <= MAX_SAFE_INTEGER,
        (None, Some(number)) => number.unsigned_abs() <= MAX_SAFE_INTEGER,
        // `1.0` would be sent as `1`, which is the same number.
        (None, None) => true,
    }
}

fn is_index(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// A key of a literal: without quotes if it is a plain word.
fn property(key: &str) -> String {
    let plain = key.len() <= 40
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain {
        key.to_owned()
    } else {
        JavaScript::string(key)
    }
}
