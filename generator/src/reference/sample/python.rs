//! The encoder for Python.

use super::{Language, Part, merged};
use crate::reference::encode::is_invisible;
use serde_json::Value;

/// Python 3 with its standard library.
pub struct Python;

impl Language for Python {
    const TEMPLATE: &'static str = "samples/python.jinja";

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
                Some(Part::Encoded(name)) => format!("encode({name})"),
                _ => Python::string(&literal),
            })
            .collect();
        parts.join(" + ")
    }

    fn value(value: &Value, depth: usize) -> Option<String> {
        Some(match value {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => Python::string(text),
            Value::Array(items) => {
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|item| Python::value(item, depth + 1))
                    .collect();
                lines("[", items?, "]", depth, "    ")
            }
            Value::Object(members) => {
                let members: Option<Vec<String>> = members
                    .iter()
                    .map(|(key, value)| {
                        let value = Python::value(value, depth + 1)?;
                        Some(format!("{}: {value}", Python::string(key)))
                    })
                    .collect();
                lines("{", members?, "}", depth, "    ")
            }
        })
    }
}

/// Items in lines of their own between brackets; nothing between them if there are none.
pub fn lines(open: &str, items: Vec<String>, close: &str, depth: usize, indent: &str) -> String {
    if items.is_empty() {
        return format!("{open}{close}");
    }
    let mut out = open.to_owned();
    for item in items {
        out.push_str(&format!("\n{}{item},", indent.repeat(depth)));
    }
    out.push_str(&format!(
        "\n{}{close}",
        indent.repeat(depth.saturating_sub(1))
    ));
    out
}
