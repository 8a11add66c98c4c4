//! A YAML or JSON text as a stream of tokens with their bytes.

use saphyr_parser::{Event, Parser};
use std::borrow::Cow;
use std::ops::Range;

/// What begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Map,
    List,
    End,
    /// A scalar or an alias, with the text that it means.
    Scalar(Cow<'a, str>),
}

type Tokens<'a> = Box<dyn Iterator<Item = (Token<'a>, Range<usize>)> + 'a>;

/// The tokens of a text up to the first place that cannot be read.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    if text.trim_start().starts_with(['{', '[']) {
        Box::new(Json { text, place: 0 })
    } else {
        Box::new(yaml(text))
    }
}

fn yaml(text: &str) -> impl Iterator<Item = (Token<'_>, Range<usize>)> {
    let mut parser = Parser::new_from_str(text);
    let mut bytes = Bytes::new(text);
    std::iter::from_fn(move || {
        loop {
            let (event, span) = parser.next_event()?.ok()?;
            let token = match event {
                Event::MappingStart(..) => Token::Map,
                Event::SequenceStart(..) => Token::List,
                Event::MappingEnd | Event::SequenceEnd => Token::End,
                Event::Scalar(text, ..) => Token::Scalar(text),
                Event::Alias(_) => Token::Scalar(Cow::Borrowed("")),
                Event::StreamEnd => return None,
                _ => continue,
            };
            let start = bytes.of(span.start.index());
            let end = bytes.of(span.end.index());
            return Some((token, start..end));
        }
    })
}

/// Counts the bytes of characters, which is what `saphyr-parser` counts. It looks from the last answer, so that a whole
/// walk costs one pass; an ASCII text costs nothing.
pub(super) struct Bytes<'a> {
    text: &'a str,
    is_ascii: bool,
    chars: usize,
    byte: usize,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Bytes {
            text,
            is_ascii: text.is_ascii(),
            chars: 0,
            byte: 0,
        }
    }

    pub(super) fn of(&mut self, index: usize) -> usize {
        if self.is_ascii {
            return index.min(self.text.len());
        }
        let (before, after) = self.text.split_at(self.byte);
        if index < self.chars {
            // Events overlap by a few characters, so the way back is short.
            let back = self.chars - index;
            self.byte = before
                .char_indices()
                .nth_back(back - 1)
                .map_or(0, |(byte, _)| byte);
        } else {
            let forward = index - self.chars;
            self.byte += after
                .char_indices()
                .nth(forward)
                .map_or(after.len(), |(byte, _)| byte);
        }
        self.chars = index;
        self.byte
    }
}

/// A scanner of JSON that knows brackets, strings and words, and takes everything else for white space.
struct Json<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> Iterator for Json<'a> {
    type Item = (Token<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.place;
            let byte = bytes.get(start)?;
            self.place += 1;
            let token = match byte {
                b'{' => Token::Map,
                b'[' => Token::List,
                b'}' | b']' => Token::End,
                b'"' => self.string(start),
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => continue,
                _ => self.word(start),
            };
            return Some((token, start..self.place));
        }
    }
}

impl<'a> Json<'a> {
    fn string(&mut self, start: usize) -> Token<'a> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.place) {
            self.place += 1;
            match byte {
                b'\\' => self.place += 1,
                b'"' => break,
                _ => {}
            }
        }
        self.place = super::floor(self.text, self.place);
        let quoted = self.text.get(start..self.place).unwrap_or_default();
        if quoted.contains('\\') {
            Token::Scalar(Cow::Owned(serde_json::from_str(quoted).unwrap_or_default()))
        } else {
            Token::Scalar(Cow::Borrowed(quoted.trim_matches('"')))
        }
    }

    fn word(&mut self, start: usize) -> Token<'a> {
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest
            .find(|c: char| c.is_whitespace() || "{}[],:\"".contains(c))
            .unwrap_or(rest.len());
        // A space that only Unicode knows is skipped as a word of its own.
        let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
        self.place = start + length;
        Token::Scalar(Cow::Borrowed(rest.get(..length).unwrap_or_default()))
    }
}
