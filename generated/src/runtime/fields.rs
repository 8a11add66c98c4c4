//! Which of a record's fields a key means, and which have come.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::codec::FieldSpec;

/// Which fields have come.
pub(super) struct Seen {
    first: u128,
    more: Vec<bool>,
}

impl Seen {
    /// None yet, of so many.
    pub(super) fn new(fields: usize) -> Self {
        Seen {
            first: 0,
            more: vec![false; fields.saturating_sub(128)],
        }
    }

    /// Notes a field; whether it had come before.
    pub(super) fn mark(&mut self, index: usize) -> bool {
        if index < 128 {
            let bit = 1 << index;
            let before = self.first & bit != 0;
            self.first |= bit;
            before
        } else {
            let before = self.more.get_mut(index - 128);
            before.is_some_and(|before| std::mem::replace(before, true))
        }
    }

    fn has(&self, index: usize) -> bool {
        if index < 128 {
            self.first & (1 << index) != 0
        } else {
            self.more.get(index - 128).copied().unwrap_or_default()
        }
    }

    /// The first required field that has not come.
    pub(super) fn missing(&self, fields: &[FieldSpec]) -> Option<&'static str> {
        let mut missing = fields.iter().enumerate();
        missing
            .find(|(index, field)| field.is_required() && !self.has(*index))
            .map(|(_, field)| field.name())
    }
}

/// A key of a record.
pub(super) enum Key {
    /// A field, with its index and its name.
    Field(usize, &'static str),
    /// One that the record does not list, if it keeps those.
    Other(Option<String>),
}

/// Recognises the keys of a record, trying the field after the last one first.
pub(super) struct KeyReader {
    pub(super) fields: &'static [FieldSpec],
    pub(super) next: usize,
    pub(super) keep: bool,
}

impl<'de> DeserializeSeed<'de> for KeyReader {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Key, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyReader {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        let from_next = self.fields.iter().enumerate().skip(self.next);
        let from_first = self.fields.iter().enumerate().take(self.next);
        for (index, field) in from_next.chain(from_first) {
            if field.name() == key {
                return Ok(Key::Field(index, field.name()));
            }
        }
        Ok(Key::Other(self.keep.then(|| key.to_owned())))
    }
}
