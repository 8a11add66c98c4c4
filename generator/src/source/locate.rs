//! Finds the place of a JSON Pointer in a text, which is only needed when a diagnostic is printed.
//!
//! The text is read again as a stream of tokens: YAML by the events of `saphyr-parser`, JSON by a scanner of a few lines
//! that does not mind errors. One walk finds any number of pointers.

mod tokens;
mod walk;

use super::Pointer;
use std::ops::Range;
use tokens::{Bytes, Token, tokens};
use walk::Walk;

/// The bytes that show each pointer best: `key: value` where that is short, the key where the value is long, the
/// beginning of an item of an array. A pointer that leads nowhere is shown at its nearest ancestor.
pub fn locate(text: &str, pointers: &[Pointer]) -> Vec<Range<usize>> {
    let mut walk = Walk::new(pointers);
    for (token, span) in tokens(text) {
        walk.visit(token, span);
    }
    pointers
        .iter()
        .map(|pointer| walk.best(text, pointer))
        .collect()
}

/// The bytes of every key that stands at each pointer, of which there is more than one when it is a duplicate.
pub fn key_places(text: &str, pointers: &[Pointer]) -> Vec<Vec<Range<usize>>> {
    if pointers.is_empty() {
        return Vec::new();
    }
    let mut walk = Walk::new(pointers);
    for (token, span) in tokens(text) {
        walk.visit(token, span);
    }
    pointers.iter().map(|pointer| walk.keys(pointer)).collect()
}

/// The byte at which the first key of the object at each pointer begins; `None` where there is no object with a key.
pub fn first_keys(text: &str, pointers: &[Pointer]) -> Vec<Option<usize>> {
    let mut walk = Walk::new(pointers);
    for (token, span) in tokens(text) {
        walk.visit(token, span);
    }
    pointers
        .iter()
        .map(|pointer| walk.first_key(pointer))
        .collect()
}

/// The scalar at each pointer as the text spells it, without quotes: `1.10` stays `1.10`.
pub fn scalar_texts(text: &str, pointers: &[Pointer]) -> Vec<Option<String>> {
    let mut walk = Walk::new(pointers);
    for (token, span) in tokens(text) {
        walk.visit(token, span);
    }
    pointers
        .iter()
        .map(|pointer| walk.scalar(pointer))
        .collect()
}

/// The pointer of the value that a byte of the text belongs to.
pub fn pointer_at(text: &str, place: usize) -> Pointer {
    let mut walk = Walk::new(&[]);
    for (token, span) in tokens(text) {
        if span.start >= place && !matches!(token, Token::End) {
            break;
        }
        walk.visit(token, span);
    }
    walk.here()
}

/// The line and the column of a byte, both from 1, the column in characters.
pub fn line_column(text: &str, place: usize) -> (usize, usize) {
    let before = text.get(..floor(text, place)).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The byte at a line from 1 and a byte column from 1, as `serde_json` counts them.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    floor(text, start.saturating_add(column.saturating_sub(1)))
}

/// The bytes of ranges of characters, which is what `saphyr-parser` counts.
pub fn bytes_of_chars(text: &str, chars: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut places: Vec<usize> = chars
        .iter()
        .flat_map(|range| [range.start, range.end])
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut bytes = Bytes::new(text);
    let found: Vec<usize> = places.iter().map(|place| bytes.of(*place)).collect();
    let byte = |char: usize| {
        let index = places.binary_search(&char).unwrap_or_default();
        found.get(index).copied().unwrap_or_default()
    };
    chars
        .iter()
        .map(|range| byte(range.start)..byte(range.end))
        .collect()
}

/// The nearest byte at or before a place where a character begins.
fn floor(text: &str, place: usize) -> usize {
    let mut place = place.min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

    use super::{first_keys, key_places, line_column, locate, offset, pointer_at, scalar_texts};
    use crate::source::Pointer;

    const YAML: &str =
        "openapi: 3.0.3\ninfo:\n  title: Käse\n  version: 1.10\ntags:\n  - name: a\n  - name: b\n";
    const JSON: &str = "{\"info\": {\"title\": \"K\\u00e4se\", \"x/y\": [1, {\"deep\": true}]}}";

    fn shown<'a>(text: &'a str, pointer: &str) -> &'a str {
        let spans = locate(text, &[Pointer::from_escaped(pointer)]);
        &text[spans[0].clone()]
    }

    #[test]
    fn a_member_is_shown_with_its_key() {
        assert_eq!(shown(YAML, "/info/version"), "version: 1.10");
        assert_eq!(shown(YAML, "/info"), "info");
        assert_eq!(shown(YAML, "/tags/1"), "name");
        assert_eq!(shown(YAML, "/tags/1/name"), "name: b");
        assert_eq!(shown(JSON, "/info/title"), "\"title\": \"K\\u00e4se\"");
        assert_eq!(shown(JSON, "/info/x~1y"), "\"x/y\"");
        assert_eq!(shown(JSON, "/info/x~1y/0"), "1");
        assert_eq!(shown(JSON, "/info/x~1y/1/deep"), "\"deep\": true");
    }

    #[test]
    fn a_pointer_that_leads_nowhere_is_shown_at_its_ancestor() {
        assert_eq!(shown(YAML, "/info/contact/email"), "info");
        assert_eq!(shown(YAML, "/nothing"), "openapi");
        assert_eq!(shown(JSON, ""), "\"info\"");
    }

    #[test]
    fn places_count_bytes_whatever_the_line_ends() {
        let text = "a: 'ä'\r\nb: 2\r\n";
        assert_eq!(shown(text, "/b"), "b: 2");
    }

    #[test]
    fn the_first_key_of_an_object_is_found() {
        let first = |text: &str, pointer: &str| first_keys(text, &[Pointer::from_escaped(pointer)]);
        assert_eq!(first(YAML, "/info"), [YAML.find("title")]);
        assert_eq!(first(JSON, "/info/x~1y/1"), [JSON.find("\"deep\"")]);
        assert_eq!(first(YAML, "/tags"), [None]);
        assert_eq!(first(YAML, "/openapi"), [None]);
        assert_eq!(first("{\"a\": {}, \"b\": 1}", "/a"), [None]);
    }

    #[test]
    fn a_scalar_keeps_its_spelling() {
        let raw = |text: &str, pointer: &str| scalar_texts(text, &[Pointer::from_escaped(pointer)]);
        assert_eq!(raw(YAML, "/info/version"), [Some("1.10".to_owned())]);
        assert_eq!(raw(JSON, "/info/x~1y/0"), [Some("1".to_owned())]);
    }

    #[test]
    fn both_keys_of_a_duplicate_are_found() {
        let places = key_places(
            "{\"a\": {\"b\": 1, \"c\": 2, \"b\": 3}}",
            &[Pointer::from_escaped("/a/b")],
        );
        assert_eq!(places, [vec![7..10, 23..26]]);
    }

    #[test]
    fn lines_and_columns_go_both_ways() {
        assert_eq!(line_column("a\nä: b", 5), (2, 3));
        assert_eq!(offset("a\nb: c", 2, 4), 5);
        assert_eq!(
            pointer_at(JSON, JSON.find("true").expect("there")).as_str(),
            "/info/x~1y/1/deep"
        );
    }
}
