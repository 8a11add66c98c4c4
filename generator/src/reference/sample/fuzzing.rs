//! What fuzz targets see of the samples: their literals and comments.

use super::code::Code;
use super::dialect::{Json, dialect};
use super::language::Language;
use serde_json::Value;

/// The literal of a text, if the samples of the language are made of literals.
pub fn literal(language: Language, text: &str) -> Option<String> {
    Some(dialect(language)?.string(text))
}

/// The literal of the text of a JSON value, if the language has one of its own for it.
pub fn json_literal(language: Language, value: &Value) -> Option<String> {
    match &dialect(language)?.json {
        Json::Values(_) => None,
        Json::Text(spell) => Some(spell(value)),
    }
}

/// The text of a comment.
pub fn comment(text: &str) -> Code {
    Code::comment(text)
}
