//! From the spelling of the wire to words of ASCII, from which identifiers are made.

use deunicode::deunicode_char;
use std::fmt::Write;

/// The longest name that is taken as it is; longer ones are cut and end in a hash of the whole.
const LONGEST: usize = 100;

/// A text whose letters and digits are ASCII, with a space wherever something else stood.
///
/// Letters of other scripts are transliterated, so that the same word in composed and decomposed form is the same and
/// no identifier is confusable with another. Marks that carry a meaning become words: `+1` is `plus 1`, `StartTime>` is
/// `StartTime gt`. A text of nothing but marks is spelled out.
pub(crate) fn words(text: &str) -> String {
    let plain = transliterate(text);
    let spelled = if plain.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        keep_meaning(&plain)
    } else {
        spell_out(&plain)
    };
    cut(spelled)
}

fn transliterate(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(c);
        } else if let Some(letters) = deunicode_char(c) {
            plain.push_str(letters);
        } else if !c.is_whitespace() && !c.is_control() {
            let _ = write!(plain, " u{:x} ", u32::from(c));
        }
    }
    plain
}

fn keep_meaning(plain: &str) -> String {
    let trimmed = plain.trim_start();
    let sign = match trimmed.as_bytes() {
        [b'+', ..] => "plus ",
        [b'-', ..] => "minus ",
        _ => "",
    };
    let mut words = String::with_capacity(plain.len() + sign.len());
    words.push_str(sign);
    for c in trimmed.chars() {
        match c {
            '<' => words.push_str(" lt "),
            '>' => words.push_str(" gt "),
            '\'' => {}
            other if other.is_ascii_alphanumeric() => words.push(other),
            _ => words.push(' '),
        }
    }
    words
}

fn spell_out(plain: &str) -> String {
    let mut words = String::new();
    for c in plain.chars() {
        let word = match c {
            '!' => "not",
            '"' => "quote",
            '#' => "hash",
            '$' => "dollar",
            '%' => "percent",
            '&' => "and",
            '\'' => "apostrophe",
            '(' | ')' => "parenthesis",
            '*' => "star",
            '+' => "plus",
            ',' => "comma",
            '-' => "minus",
            '.' => "dot",
            '/' => "slash",
            ':' => "colon",
            ';' => "semicolon",
            '<' => "lt",
            '=' => "eq",
            '>' => "gt",
            '?' => "question",
            '@' => "at",
            '[' | ']' => "bracket",
            '\\' => "backslash",
            '^' => "caret",
            '_' => "underscore",
            '`' => "backtick",
            '{' | '}' => "brace",
            '|' => "or",
            '~' => "tilde",
            ' ' => "space",
            _ => "control",
        };
        words.push(' ');
        words.push_str(word);
    }
    words
}

fn cut(words: String) -> String {
    match words.get(..LONGEST) {
        Some(head) if words.len() > LONGEST => format!("{head} x{:08x}", fnv(words.as_bytes())),
        _ => words,
    }
}

/// FNV-1a folded to 32 bits: stable over releases of Rust, which the standard hasher does not promise.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
