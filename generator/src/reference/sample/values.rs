//! Literals of JSON values in the languages that have them.

use super::literal::{COMMON_WIDE, JAVASCRIPT, Literal, PHP, RUBY};
use serde_json::{Number, Value, json};

/// How a language spells JSON values as its own.
pub struct Values {
    null: &'static str,
    no: &'static str,
    yes: &'static str,
    object: [&'static str; 2],
    empty_object: &'static str,
    /// What stands between a key and its value.
    pair: &'static str,
    indent: &'static str,
    key: fn(&str) -> String,
    string: &'static Literal,
    /// Whether the language keeps a value as it is, down to the order of its keys.
    keeps: fn(&Value) -> bool,
}

/// Python.
pub const PYTHON: Values = Values {
    null: "None",
    no: "False",
    yes: "True",
    object: ["{", "}"],
    empty_object: "{}",
    pair: ": ",
    indent: "    ",
    key: |key| COMMON_WIDE.encode(key),
    string: &COMMON_WIDE,
    keeps: |value| value.as_number().is_none_or(is_exact),
};

/// JavaScript and TypeScript.
pub const SCRIPT: Values = Values {
    null: "null",
    no: "false",
    yes: "true",
    object: ["{", "}"],
    empty_object: "{}",
    pair: ": ",
    indent: "  ",
    key: script_key,
    string: &JAVASCRIPT,
    keeps: |value| match value {
        Value::Number(number) => is_safe(number),
        // In a literal this key would set the prototype, and keys that are numbers would be sorted.
        Value::Object(members) => !members
            .keys()
            .any(|key| key == "__proto__" || is_index(key)),
        _ => true,
    },
};

/// Ruby.
pub const RUBY_VALUES: Values = Values {
    null: "nil",
    no: "false",
    yes: "true",
    object: ["{", "}"],
    empty_object: "{}",
    pair: " => ",
    indent: "  ",
    key: |key| RUBY.encode(key),
    string: &RUBY,
    keeps: |value| value.as_number().is_none_or(is_exact),
};

/// PHP.
pub const PHP_VALUES: Values = Values {
    null: "null",
    no: "false",
    yes: "true",
    object: ["[", "]"],
    empty_object: "new stdClass()",
    pair: " => ",
    indent: "    ",
    key: |key| PHP.encode(key),
    string: &PHP,
    keeps: |value| match value {
        Value::Number(number) => number.is_i64() || (number.is_f64() && is_double(number)),
        // Such keys become numbers, and an array that has all of them from 0 on a list.
        Value::Object(members) => !members.keys().any(|key| is_index(key)),
        _ => true,
    },
};

impl Values {
    /// The same as data, for the script of the site that writes samples of what a reader types. `name` is that of the
    /// rules that are no data: what is kept, and how keys are spelled.
    pub fn table(&self, name: &str) -> Value {
        json!({
            "null": self.null,
            "no": self.no,
            "yes": self.yes,
            "object": self.object,
            "empty_object": self.empty_object,
            "pair": self.pair,
            "indent": self.indent,
            "keeps": name,
        })
    }

    /// A literal of a value; `None` if the language cannot say it exactly. `depth` is how deep its parts are indented.
    pub fn literal(&self, value: &Value, depth: usize) -> Option<String> {
        if !(self.keeps)(value) {
            return None;
        }
        Some(match value {
            Value::Null => self.null.to_owned(),
            Value::Bool(false) => self.no.to_owned(),
            Value::Bool(true) => self.yes.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.string.encode(text),
            Value::Array(items) => {
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|item| self.literal(item, depth + 1))
                    .collect();
                self.lines(["[", "]"], items?, depth)
            }
            Value::Object(members) if members.is_empty() => self.empty_object.to_owned(),
            Value::Object(members) => {
                let members: Option<Vec<String>> = members
                    .iter()
                    .map(|(key, value)| {
                        let value = self.literal(value, depth + 1)?;
                        Some(format!("{}{}{value}", (self.key)(key), self.pair))
                    })
                    .collect();
                self.lines(self.object, members?, depth)
            }
        })
    }

    /// Items in lines of their own between brackets; nothing between them if there are none.
    fn lines(&self, [open, close]: [&str; 2], items: Vec<String>, depth: usize) -> String {
        if items.is_empty() {
            return format!("{open}{close}");
        }
        let mut out = open.to_owned();
        for item in items {
            out.push_str(&format!("\n{}{item},", self.indent.repeat(depth)));
        }
        let indent = self.indent.repeat(depth.saturating_sub(1));
        out.push_str(&format!("\n{indent}{close}"));
        out
    }
}

/// The largest integer that a JavaScript number holds exactly together with its neighbours.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

fn is_safe(number: &Number) -> bool {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => number <= MAX_SAFE_INTEGER,
        (None, Some(number)) => number.unsigned_abs() <= MAX_SAFE_INTEGER,
        // `1.0` would be sent as `1`, which is the same number.
        (None, None) => is_double(number),
    }
}

/// Whether a double has all digits of a number, or of one that languages keep as an integer of any size.
fn is_exact(number: &Number) -> bool {
    !number.is_f64() || is_double(number)
}

/// Whether a double has all digits of a number: fifteen always fit.
fn is_double(number: &Number) -> bool {
    let text = number.to_string();
    let digits = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = digits.trim_start_matches(['-', '0', '.']);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    count <= 15 && number.as_f64().is_some()
}

fn is_index(key: &str) -> bool {
    let digits = key.strip_prefix('-').unwrap_or(key);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A key of a literal: without quotes if it is a plain word.
fn script_key(key: &str) -> String {
    if is_word(key) {
        key.to_owned()
    } else {
        JAVASCRIPT.encode(key)
    }
}

/// Whether a name of a property needs no quotes, in JavaScript and in TypeScript.
pub fn is_word(key: &str) -> bool {
    key.len() <= 40
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
