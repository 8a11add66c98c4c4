//! The encoder for POSIX shells.

use super::{Language, Part, json_text};
use serde_json::Value;

/// `sh` with curl.
pub struct Shell;

impl Language for Shell {
    const TEMPLATE: &'static str = "samples/shell.jinja";

    /// Single quotes keep everything but themselves. A backslash before a quote goes outside, since not every reader
    /// of shell code knows that it means nothing within.
    fn string(text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('\'');
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\'' => out.push_str("'\\''"),
                '\\' if matches!(chars.peek(), None | Some('\'')) => out.push_str("'\\\\'"),
                '\0' => {}
                c => out.push(c),
            }
        }
        out.push('\'');
        out
    }

    fn concatenation(parts: &[Part<'_>]) -> String {
        let has_variable = parts.iter().any(|part| !matches!(part, Part::Literal(_)));
        if !has_variable {
            let text: String = parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => *text,
                    _ => "",
                })
                .collect();
            return Shell::string(&text);
        }
        let mut out = String::from("\"");
        for part in parts {
            match part {
                Part::Literal(text) => quote(text, &mut out),
                Part::Variable(name) => out.push_str(&format!("${{{name}}}")),
                Part::Encoded(name) => out.push_str(&format!("$(urlencode \"${name}\")")),
            }
        }
        out.push('"');
        out
    }

    fn value(value: &Value, _depth: usize) -> Option<String> {
        Some(Shell::string(&json_text(value)))
    }
}

/// Text within double quotes.
fn quote(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' | '\\' | '$' | '`' => {
                out.push('\\');
                out.push(c);
            }
            '\0' => {}
            c => out.push(c),
        }
    }
}
