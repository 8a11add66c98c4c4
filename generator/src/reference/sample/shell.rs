//! The encoders for POSIX shells.

use super::code::Part;

/// A text between single quotes, which keep everything but themselves. A backslash before a quote goes outside, since
/// not every reader of shell code knows that it means nothing within.
pub fn string(text: &str) -> String {
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

/// Literals and variables within double quotes.
pub fn interpolation(parts: &[Part<'_>]) -> String {
    let literals: Option<String> = parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => Some(*text),
            _ => None,
        })
        .collect();
    if let Some(text) = literals {
        return string(&text);
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
