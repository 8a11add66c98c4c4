//! JSON as text that shows all that it holds.

use crate::reference::encode::is_invisible;
use serde_json::Value;

/// A value as JSON in lines. Characters that a reader cannot see are escaped.
pub fn json_text(value: &Value) -> String {
    // Serialising a value to a string cannot fail: its keys are strings and it is held in memory.
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    escape(&json, is_invisible)
}

/// A value as JSON in lines of ASCII.
pub fn json_ascii(value: &Value) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    escape(&json, |c| is_invisible(c) || !c.is_ascii())
}

/// A value as JSON in one line.
pub fn json_line(value: &Value) -> String {
    escape(&value.to_string(), is_invisible)
}

/// JSON only has such characters within strings, but for the line breaks between its lines.
fn escape(json: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let is_escaped = |c: char| c != '\n' && is_escaped(c);
    if !json.chars().any(is_escaped) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}
