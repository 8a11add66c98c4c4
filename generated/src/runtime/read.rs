//! Reads JSON, or anything else that serde reads, into slots.
//!
//! One visitor serves every type. It overrides every kind of value, since serde's own messages quote what was found.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::codec::{Decode, DecodeError, Json, ListSlot, MapSlot, RecordSlot, Slot};
use super::fields::{Key, KeyReader, Seen};
use super::trail::{Step, Trail};
use super::unions;

/// Reads JSON into a value. The parser limits the depth to 128 levels.
pub(super) fn read_json(target: &mut dyn Decode, json: &[u8]) -> Result<(), DecodeError> {
    let mut trail = Trail::default();
    let mut parser = serde_json::Deserializer::from_slice(json);
    let reader = Reader::new(target.slot(), &mut trail);
    match reader.deserialize(&mut parser).and_then(|()| parser.end()) {
        Ok(()) => Ok(()),
        Err(error) => {
            trail.settle(&error);
            Err(trail.into_error())
        }
    }
}

/// Reads into a slot; what goes wrong is in the trail, and the error itself says nothing.
pub struct Reader<'s, 't> {
    slot: Slot<'s>,
    trail: &'t mut Trail,
}

impl<'s, 't> Reader<'s, 't> {
    /// A reader into this slot.
    pub fn new(slot: Slot<'s>, trail: &'t mut Trail) -> Self {
        Reader { slot, trail }
    }

    fn put_bool(self, value: bool) -> Result<(), ()> {
        match self.slot {
            Slot::Bool(target) => *target = value,
            slot => return mismatch(&slot, "a boolean", self.trail),
        }
        Ok(())
    }

    fn put_integer(self, value: i128) -> Result<(), ()> {
        match self.slot {
            Slot::Int(target) => {
                if !target.put(value) {
                    self.trail.mismatch(target.expected(), "one out of range");
                    return Err(());
                }
            }
            Slot::Float(target) => *target = value as f64,
            Slot::Single(target) => *target = value as f32,
            slot => return mismatch(&slot, "an integer", self.trail),
        }
        Ok(())
    }

    /// JSON knows no integers: `1.0` is one where one is wanted.
    fn put_float(self, value: f64) -> Result<(), ()> {
        match self.slot {
            Slot::Float(target) => *target = value,
            Slot::Single(target) => *target = value as f32,
            Slot::Int(_) if value.fract() == 0.0 && value.abs() < 1e20 => {
                return self.put_integer(value as i128);
            }
            slot => return mismatch(&slot, "a number", self.trail),
        }
        Ok(())
    }

    fn put_text(self, text: Cow<'_, str>) -> Result<(), ()> {
        match self.slot {
            Slot::String(target) => *target = text.into_owned(),
            Slot::Text(target) => {
                if !target.put(&text) {
                    self.trail.mismatch(target.expected(), "another string");
                    return Err(());
                }
            }
            slot => return mismatch(&slot, "a string", self.trail),
        }
        Ok(())
    }

    fn put_null(self) -> Result<(), ()> {
        match self.slot {
            Slot::Optional(target) => {
                // An inner option or any JSON has a null of its own, which differs from absence.
                match target.fill().slot() {
                    slot @ (Slot::Optional(_) | Slot::Json(_)) => {
                        return Reader::new(slot, self.trail).put_null();
                    }
                    _ => target.clear(),
                }
            }
            Slot::Json(target) => *target = Json::Null,
            slot => return mismatch(&slot, "null", self.trail),
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        match self.slot {
            // The hint keeps numbers numbers where some other crate has switched on serde_json's arbitrary precision.
            Slot::Int(_) | Slot::Float(_) | Slot::Single(_) => {
                let expected = self.slot.expected();
                let trail = &mut *self.trail;
                let reader = Reader::new(self.slot, trail);
                let result = input.deserialize_i64(reader);
                if result.is_err() {
                    self.trail.wanted(expected);
                }
                result
            }
            Slot::Optional(_) => input.deserialize_option(self),
            Slot::Json(target) => {
                *target = Json::deserialize(input)?;
                Ok(())
            }
            Slot::Union(union) => {
                let value = Json::deserialize(input)?;
                unions::read_union(union, value, self.trail).map_err(silent)
            }
            _ => input.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put_bool(value).map_err(silent)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put_integer(value.into()).map_err(silent)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put_integer(value.into()).map_err(silent)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.put_float(value).map_err(silent)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.put_text(Cow::Borrowed(text)).map_err(silent)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        self.put_text(Cow::Owned(text)).map_err(silent)
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<(), E> {
        mismatch(&self.slot, "bytes", self.trail).map_err(silent)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.put_null().map_err(silent)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.put_null().map_err(silent)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Optional(target) => {
                Reader::new(target.fill().slot(), self.trail).deserialize(input)
            }
            slot => Reader::new(slot, self.trail).deserialize(input),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.deserialize(input)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::List(target) => read_list(target, items, self.trail),
            slot => mismatch(&slot, "an array", self.trail).map_err(silent),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::Record(target) => read_record(target, entries, self.trail),
            Slot::Map(target) => read_map(target, entries, self.trail),
            slot => mismatch(&slot, "an object", self.trail).map_err(silent),
        }
    }
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn ListSlot,
    mut items: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    list.clear();
    let mut count = 0;
    loop {
        let reader = ItemReader {
            list: &mut *list,
            index: count,
            trail: &mut *trail,
        };
        match items.next_element_seed(reader) {
            Ok(Some(())) => count += 1,
            Ok(None) => break,
            Err(error) => {
                trail.leave(Step::Item(count));
                return Err(error);
            }
        }
    }
    match list.fixed() {
        Some(fixed) if count < fixed => {
            trail.fail(format!("expected {fixed} items, found {count}"));
            Err(silent(()))
        }
        _ => Ok(()),
    }
}

/// Makes room for an item only when there is one.
struct ItemReader<'s, 't> {
    list: &'s mut dyn ListSlot,
    index: usize,
    trail: &'t mut Trail,
}

impl<'de> DeserializeSeed<'de> for ItemReader<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        match self.list.next(self.index) {
            Some(item) => Reader::new(item.slot(), self.trail).deserialize(input),
            // A server that is newer than its document may send more items than a tuple has.
            None => IgnoredAny::deserialize(input).map(drop),
        }
    }
}

fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn MapSlot,
    mut entries: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    map.clear();
    while let Some(key) = entries.next_key::<String>()? {
        read_entry(map, key, &mut entries, trail)?;
    }
    Ok(())
}

fn read_entry<'de, A: MapAccess<'de>>(
    map: &mut dyn MapSlot,
    key: String,
    entries: &mut A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    let slot = map.entry(key.clone()).slot();
    let result = entries.next_value_seed(Reader::new(slot, trail));
    if result.is_err() {
        trail.leave(Step::Key(Cow::Owned(key)));
    }
    result
}

fn read_record<'de, A: MapAccess<'de>>(
    record: &mut dyn RecordSlot,
    mut entries: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    let fields = record.spec().fields;
    let keep = record.rest_slot().is_some();
    let mut seen = Seen::new(fields.len());
    let mut next = 0;
    while let Some(key) = entries.next_key_seed(KeyReader { fields, next, keep })? {
        match key {
            Key::Field(index, name) => {
                next = index + 1;
                let mut slot = record.field_slot(index).slot();
                if seen.mark(index) {
                    slot.reset();
                    slot = record.field_slot(index).slot();
                }
                if let Err(error) = entries.next_value_seed(Reader::new(slot, trail)) {
                    trail.leave(Step::Key(Cow::Borrowed(name)));
                    return Err(error);
                }
            }
            Key::Other(Some(key)) => {
                if let Some(rest) = record.rest_slot() {
                    read_entry(rest, key, &mut entries, trail)?;
                }
            }
            Key::Other(None) => {
                entries.next_value::<IgnoredAny>()?;
            }
        }
    }
    match seen.missing(fields) {
        None => Ok(()),
        Some(name) => {
            trail.fail(format!("the required field `{name}` is missing"));
            Err(silent(()))
        }
    }
}

impl Slot<'_> {
    /// What it takes, as in "expected a string".
    pub(super) fn expected(&self) -> &'static str {
        match self {
            Slot::Bool(_) => "a boolean",
            Slot::Int(slot) => slot.expected(),
            Slot::Single(_) | Slot::Float(_) => "a number",
            Slot::String(_) => "a string",
            Slot::Text(slot) => slot.expected(),
            Slot::Optional(_) => "a value or null",
            Slot::List(_) => "an array",
            Slot::Map(_) | Slot::Record(_) => "an object",
            Slot::Union(_) | Slot::Json(_) => "a value",
        }
    }

    /// Forgets what a former value of the same key has left.
    fn reset(&mut self) {
        match self {
            Slot::Optional(slot) => slot.clear(),
            Slot::Record(record) => {
                for index in 0..record.spec().fields.len() {
                    record.field_slot(index).slot().reset();
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

fn mismatch(slot: &Slot<'_>, found: &str, trail: &mut Trail) -> Result<(), ()> {
    trail.mismatch(slot.expected(), found);
    Err(())
}

/// The error that goes through serde while the trail holds the real one.
fn silent<E: Error>((): ()) -> E {
    E::custom("")
}
