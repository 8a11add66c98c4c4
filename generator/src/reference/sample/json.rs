//! JSON as text that shows all that it holds.

use crate::reference::encode::is_invisible;
use serde_json::Value;

/// A value as JSON in lines. Characters that a reader cannot see are escaped.
pub fn json_text(value: &Value) -> String {
    // Serialising a value to a string cannot fail: its keys are strings and it is held in memory.
    escape(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A value as JSON in one line.
pub fn json_line(value: &Value) -> String {
    escape(&value.to_string())
}

/// JSON only has such characters within strings, but for the line breaks between its lines.
fn escape(json: &str) -> String {
    if !json.chars().any(|c| is_invisible(c) && c != '\n') {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_invisible(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}
