//! Reads JSON into slots. One reader serves every type.

use std::borrow::Cow;
use std::fmt;

use super::codec::{
    Decode, DecodeError, FieldSpec, IntSlot, Json, ListSlot, MapSlot, OptionalSlot, RecordSlot,
    Slot, TextSlot,
};
use super::fields::{Seen, find_field};
use super::json::{Cursor, Failed, Number};
use super::trail::{Step, Trail};
use super::unions;

/// How deep values of known types may nest; serde_json has the same limit for what has none.
const DEPTH: usize = 127;

/// How many times its length may be read in vain, by variants of unions that turn out not to be the one.
const WASTE: usize = 64;

/// Reads JSON into a value.
pub(super) fn read_json(target: &mut dyn Decode, json: &[u8]) -> Result<(), DecodeError> {
    let text = match std::str::from_utf8(json) {
        Ok(text) => text,
        Err(error) => return Err(DecodeError::new(String::new(), not_json(&error))),
    };
    let mut trail = Trail::default();
    let mut reader = Reader {
        cursor: Cursor::new(text),
        depth: 0,
        waste: json.len().saturating_mul(WASTE),
        trail: &mut trail,
    };
    let result = reader.read(target.slot());
    match result.and_then(|()| reader.cursor.end()) {
        Ok(()) => Ok(()),
        Err(Failed) => Err(trail.into_error(|| what_is_wrong(text))),
    }
}

/// What serde_json says of a text that the reader could not follow.
fn what_is_wrong(text: &str) -> String {
    match serde_json::from_str::<Json>(text) {
        Err(error) => not_json(&error),
        Ok(_) => "a value that JSON spells, and the reader does not know".to_owned(),
    }
}

fn not_json(error: &dyn fmt::Display) -> String {
    format!("not valid JSON: {error}")
}

/// Reads from a place into slots.
pub(super) struct Reader<'j, 't> {
    pub(super) cursor: Cursor<'j>,
    depth: usize,
    /// How many bytes may still be read in vain.
    waste: usize,
    trail: &'t mut Trail,
}

impl<'j> Reader<'j, '_> {
    /// Reads the next value into a slot.
    pub(super) fn read(&mut self, slot: Slot<'_>) -> Result<(), Failed> {
        let found = self.cursor.peek();
        match (slot, found) {
            (Slot::String(target), b'"') => *target = self.cursor.text()?.into_owned(),
            (Slot::Text(target), b'"') => self.read_text(target)?,
            (Slot::Int(target), b'-' | b'0'..=b'9') => self.read_integer(target)?,
            (Slot::Float(target), b'-' | b'0'..=b'9') => *target = self.read_number()?,
            (Slot::Single(target), b'-' | b'0'..=b'9') => *target = self.read_single()?,
            (Slot::Number(target), b'-' | b'0'..=b'9') => self.read_spelled(target)?,
            (Slot::Bool(target), b't') => {
                self.cursor.eat_word("true")?;
                *target = true;
            }
            (Slot::Bool(target), b'f') => {
                self.cursor.eat_word("false")?;
                *target = false;
            }
            (Slot::Optional(target), b'n') => self.read_null(target)?,
            (Slot::Optional(target), _) => return self.read(target.fill()),
            (Slot::Record(target), b'{') => self.read_record(target, None)?,
            (Slot::List(target), b'[') => self.read_list(target)?,
            (Slot::Map(target), b'{') => self.read_map(target)?,
            (Slot::Union(target), _) => return unions::read_union(target, self),
            (Slot::Json(target), _) => *target = self.cursor.json()?,
            (slot, _) => return Err(self.mismatch(&slot)),
        }
        Ok(())
    }

    fn read_text(&mut self, target: &mut dyn TextSlot) -> Result<(), Failed> {
        let text = self.cursor.text()?;
        if target.put(&text) {
            return Ok(());
        }
        self.trail.mismatch(target.expected(), "another string");
        Err(Failed)
    }

    fn read_spelled(&mut self, target: &mut dyn TextSlot) -> Result<(), Failed> {
        let start = self.cursor;
        self.cursor.number()?;
        if target.put(self.cursor.text_since(start)) {
            return Ok(());
        }
        self.trail.mismatch(target.expected(), "another number");
        Err(Failed)
    }

    /// JSON knows no integers: `1.0` is one where one is wanted.
    fn read_integer(&mut self, target: &mut dyn IntSlot) -> Result<(), Failed> {
        let value = match self.cursor.number()? {
            Number::Integer(value) => value,
            Number::Other(spelled) => match spelled.parse::<f64>() {
                Ok(value) if value.is_finite() && value.fract() != 0.0 => {
                    self.trail.mismatch(target.expected(), "a number");
                    return Err(Failed);
                }
                // What is out of the range of one is out of the range of the other.
                Ok(value) => value as i128,
                Err(_) => return Err(Failed),
            },
        };
        if target.put(value) {
            return Ok(());
        }
        self.trail.mismatch(target.expected(), "one out of range");
        Err(Failed)
    }

    fn read_number(&mut self) -> Result<f64, Failed> {
        let value = match self.cursor.number()? {
            Number::Integer(value) => value as f64,
            Number::Other(spelled) => spelled.parse().map_err(|_| Failed)?,
        };
        self.finite(value, value.is_finite())
    }

    fn read_single(&mut self) -> Result<f32, Failed> {
        let value = match self.cursor.number()? {
            Number::Integer(value) => value as f32,
            Number::Other(spelled) => spelled.parse().map_err(|_| Failed)?,
        };
        self.finite(value, value.is_finite())
    }

    fn finite<T>(&mut self, value: T, is_finite: bool) -> Result<T, Failed> {
        if is_finite {
            return Ok(value);
        }
        self.trail.mismatch("a number", "one out of range");
        Err(Failed)
    }

    fn read_null(&mut self, target: &mut dyn OptionalSlot) -> Result<(), Failed> {
        self.cursor.eat_word("null")?;
        put_null(target);
        Ok(())
    }

    fn read_list(&mut self, list: &mut dyn ListSlot) -> Result<(), Failed> {
        list.clear();
        self.enter(b'[')?;
        let mut count = 0;
        while self.cursor.next_item(count == 0)? {
            let result = match list.next(count) {
                Some(slot) => self.read(slot),
                // A server that is newer than its document may send more items than a tuple has.
                None => self.cursor.skip(),
            };
            if result.is_err() {
                self.trail.leave(Step::Item(count));
                return result;
            }
            count += 1;
        }
        self.depth -= 1;
        match list.fixed() {
            Some(fixed) if count < fixed => {
                let problem = format!("expected {fixed} items, found {count}");
                self.trail.fail(problem);
                Err(Failed)
            }
            _ => Ok(()),
        }
    }

    fn read_map(&mut self, map: &mut dyn MapSlot) -> Result<(), Failed> {
        map.clear();
        self.enter(b'{')?;
        let mut is_first = true;
        while let Some(key) = self.cursor.next_key(is_first)? {
            self.read_entry(map, key)?;
            is_first = false;
        }
        self.depth -= 1;
        Ok(())
    }

    fn read_entry(&mut self, map: &mut dyn MapSlot, key: Cow<'_, str>) -> Result<(), Failed> {
        let result = match map.expects(&key) {
            None => self.read(map.entry(key.clone().into_owned())),
            Some(expected) => {
                self.trail.mismatch(expected, "another key");
                Err(Failed)
            }
        };
        if result.is_err() {
            self.trail.leave(Step::Key(Cow::Owned(key.into_owned())));
        }
        result
    }

    /// Reads a record. The property that made a union choose it is passed over if the record does not have it.
    pub(super) fn read_record(
        &mut self,
        record: &mut dyn RecordSlot,
        tag: Option<&str>,
    ) -> Result<(), Failed> {
        let fields = record.spec().fields;
        self.enter(b'{')?;
        let mut seen = Seen::new(fields.len());
        let mut next = 0;
        let mut is_first = true;
        while let Some(key) = self.cursor.next_key(is_first)? {
            is_first = false;
            if let Some(index) = find_field(fields, next, &key) {
                next = index + 1;
                if seen.mark(index) {
                    record.field_slot(index).reset();
                }
                if self.cursor.peek() == b'n' && is_as_if_absent(record, index) {
                    self.cursor.eat_word("null")?;
                    seen.forget(index);
                    continue;
                }
                if let Err(failed) = self.read(record.field_slot(index)) {
                    let name = fields.get(index).map_or("", |field| field.name());
                    self.trail.leave(Step::Key(Cow::Borrowed(name)));
                    return Err(failed);
                }
            } else if let Some(rest) = record.rest_slot()
                && tag != Some(&*key)
            {
                self.read_entry(rest, key)?;
            } else {
                self.cursor.skip()?;
            }
        }
        self.depth -= 1;
        for (index, field) in fields.iter().enumerate() {
            match field {
                FieldSpec::Required(name) if !seen.has(index) => {
                    let problem = format!("the required field `{name}` is missing");
                    self.trail.fail(problem);
                    return Err(Failed);
                }
                FieldSpec::Defaulted(_, json) if !seen.has(index) => {
                    fill_in(record.field_slot(index), json);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads into a slot what may turn out not to be of its type; if so, goes back to where it was, for another try.
    pub(super) fn try_read(&mut self, slot: Slot<'_>) -> Result<(), Failed> {
        let (start, depth) = (self.cursor, self.depth);
        let result = self.read(slot);
        if result.is_err() {
            self.trail.clear();
            self.waste = self.waste.saturating_sub(self.cursor.distance_from(start));
            (self.cursor, self.depth) = (start, depth);
        }
        result
    }

    /// Whether reading in vain has gone on for so long that trying is over.
    pub(super) fn is_tired(&self) -> bool {
        self.waste == 0
    }

    fn enter(&mut self, byte: u8) -> Result<(), Failed> {
        self.cursor.eat(byte)?;
        self.depth += 1;
        // Deeper than this is deeper than serde_json goes too, which says so.
        if self.depth > DEPTH {
            return Err(Failed);
        }
        Ok(())
    }

    /// Notes that a value of another kind was found, unless it is no value at all.
    fn mismatch(&mut self, slot: &Slot<'_>) -> Failed {
        let mut end = self.cursor;
        if let (Some(kind), Ok(())) = (self.cursor.kind(), end.skip()) {
            self.trail.mismatch(slot.expected(), kind);
        }
        Failed
    }
}

/// Reads the default of a field that has not come. It was compared with the type when the client was made, as was how far
/// the defaults of its own fields go; what cannot be read all the same stays as it is.
fn fill_in(slot: Slot<'_>, json: &str) {
    let mut trail = Trail::default();
    let mut reader = Reader {
        cursor: Cursor::new(json),
        depth: 0,
        waste: json.len().saturating_mul(WASTE),
        trail: &mut trail,
    };
    let _ = reader.read(slot);
}

/// Whether `null` for this field says no more than nothing does: it has a default, and its type has no null.
fn is_as_if_absent(record: &mut dyn RecordSlot, index: usize) -> bool {
    matches!(
        record.spec().fields.get(index),
        Some(FieldSpec::Defaulted(..))
    ) && !matches!(record.field_slot(index), Slot::Optional(_) | Slot::Json(_))
}

/// Takes `null`. An inner option or any JSON has a null of its own, which differs from absence.
fn put_null(target: &mut dyn OptionalSlot) {
    match target.fill() {
        Slot::Optional(inner) => put_null(inner),
        Slot::Json(inner) => *inner = Json::Null,
        _ => target.clear(),
    }
}

impl Slot<'_> {
    /// What it takes, as in "expected a string".
    fn expected(&self) -> &'static str {
        match self {
            Slot::Bool(_) => "a boolean",
            Slot::Int(slot) => slot.expected(),
            Slot::Single(_) | Slot::Float(_) => "a number",
            Slot::String(_) => "a string",
            Slot::Number(slot) | Slot::Text(slot) => slot.expected(),
            Slot::Optional(_) => "a value or null",
            Slot::List(_) => "an array",
            Slot::Map(_) | Slot::Record(_) => "an object",
            Slot::Union(_) | Slot::Json(_) => "a value",
        }
    }

    /// Forgets what a former value of the same key has left.
    fn reset(self) {
        match self {
            Slot::Optional(slot) => slot.clear(),
            Slot::Record(record) => {
                for index in 0..record.spec().fields.len() {
                    record.field_slot(index).reset();
                }
                if let Some(rest) = record.rest_slot() {
                    rest.clear();
                }
            }
            // The others are overwritten whole by whatever is read into them.
            _ => {}
        }
    }
}
