//! Code of a language, which only its dialect makes.

use super::dialect::{Dialect, Json};
use super::json::json_text;
use crate::reference::call::{Call, Pair, Piece, VariableId};
use crate::reference::encode::is_invisible;
use serde::Serialize;
use serde_json::Value;

/// A piece of code, or of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code(String);

/// A part of a text in a sample.
pub enum Part<'a> {
    /// Text that stays.
    Literal(&'a str),
    /// The value of a variable as it is.
    Variable(&'a str),
    /// The value of a variable, percent-encoded.
    Encoded(&'a str),
}

impl Code {
    /// A word of ours, or a name that is an identifier in every language.
    pub fn own(code: &str) -> Self {
        Code(code.to_owned())
    }

    /// The text of a comment: one line, without what a reader cannot see, what a language could take for the end of a
    /// comment or of a program, and what tools look for in comments.
    pub fn comment(text: &str) -> Self {
        let line: String = text
            .chars()
            .map(|c| if is_invisible(c) { ' ' } else { c })
            .collect();
        let mut line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        // Java reads `\u000a` as a line break even here; `?>` ends a program in PHP.
        for (found, instead) in [("*/", "* /"), ("?>", "? >"), ("\\u", "\\ u")] {
            line = line.replace(found, instead);
        }
        // Python takes a word after this for the encoding of the file.
        for mark in [':', '='] {
            for word in ["coding", "Coding", "CODING"] {
                line = line.replace(&format!("{word}{mark}"), &format!("{word} {mark}"));
            }
        }
        Code(line)
    }
}

/// Writes code of one language for one call.
pub struct Writer<'a> {
    /// The language.
    pub dialect: &'static Dialect,
    /// The call.
    pub call: &'a Call,
    /// What each variable is called where expressions stand, if it is not its own name.
    pub names: Option<&'a [String]>,
}

impl Writer<'_> {
    /// A variable, with its sigil.
    pub fn variable(&self, id: VariableId) -> Code {
        Code(format!("{}{}", self.dialect.sigil, self.name(id)))
    }

    /// A string literal.
    pub fn string(&self, text: &str) -> Code {
        Code(self.dialect.string(text))
    }

    /// A text that a shell reads as it is if it is made of letters, else a literal.
    pub fn word(&self, text: &str) -> Code {
        match text.chars().all(|c| c.is_ascii_alphanumeric()) {
            true => Code::own(text),
            false => self.string(text),
        }
    }

    /// A literal of a JSON value, if the language has values of its own and can say it exactly.
    pub fn value(&self, value: &Value) -> Option<Code> {
        match &self.dialect.json {
            Json::Values(values) => values.literal(value, 1).map(Code),
            Json::Text(_) => None,
        }
    }

    /// A literal of the text of a JSON value.
    pub fn json(&self, value: &Value) -> Code {
        match &self.dialect.json {
            Json::Values(_) => self.string(&json_text(value)),
            Json::Text(literal) => Code(literal(value)),
        }
    }

    /// The URL.
    pub fn url(&self) -> Code {
        let mut parts = vec![Part::Variable(self.name(self.call.base_url))];
        self.push(&self.call.path, true, &mut parts);
        for (index, pair) in self.call.query.iter().enumerate() {
            parts.push(Part::Literal(if index == 0 { "?" } else { "&" }));
            parts.push(Part::Literal(&pair.name));
            parts.push(Part::Literal("="));
            self.push(&pair.value, true, &mut parts);
        }
        Code(self.dialect.concatenation(&parts))
    }

    /// The value of a header.
    pub fn header_value(&self, header: &Pair) -> Code {
        let mut parts = Vec::new();
        self.push(&header.value, false, &mut parts);
        Code(self.dialect.concatenation(&parts))
    }

    /// Name and value of a header in one text.
    pub fn header_line(&self, header: &Pair) -> Code {
        let mut parts = vec![Part::Literal(&header.name), Part::Literal(": ")];
        self.push(&header.value, false, &mut parts);
        Code(self.dialect.concatenation(&parts))
    }

    fn name(&self, id: VariableId) -> &str {
        if let Some(name) = self.names.and_then(|names| names.get(id.index())) {
            return name;
        }
        self.call.variable(id).map_or("", |variable| &variable.name)
    }

    fn push<'a>(&'a self, pieces: &'a [Piece], in_url: bool, parts: &mut Vec<Part<'a>>) {
        parts.extend(pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => Part::Literal(text),
            Piece::Variable(id) if !in_url => Part::Variable(self.name(*id)),
            Piece::Variable(id) | Piece::Encoded(id) => Part::Encoded(self.name(*id)),
        }));
    }
}
