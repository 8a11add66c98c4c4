//! Writes views as JSON, or as anything else that serde writes.

use std::fmt;

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::codec::{
    Encode, EncodeError, FieldSpec, Format, ListView, MapView, RecordView, UnionView, View,
};

/// Writes a value as JSON.
pub(super) fn write_json(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Writer(value.view())).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes a view.
pub struct Writer<'a>(pub View<'a>);

impl Serialize for Writer<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            View::Absent | View::Null => output.serialize_unit(),
            View::Bool(value) => output.serialize_bool(value),
            View::Int(value) => output.serialize_i64(value),
            View::Uint(value) => output.serialize_u64(value),
            View::Single(value) if value.is_finite() => output.serialize_f32(value),
            View::Float(value) if value.is_finite() => output.serialize_f64(value),
            View::Single(_) | View::Float(_) => Err(S::Error::custom(
                "a number is infinite or not a number, which JSON cannot spell",
            )),
            View::Text(text) | View::Secret(text) => output.serialize_str(text),
            View::Format(value) => output.collect_str(&Formatted(value)),
            View::List(list) => write_list(list, output),
            View::Map(map) => write_map(map, output),
            View::Record(record) => {
                let mut entries = output.serialize_map(None)?;
                write_fields(record, &mut entries)?;
                entries.end()
            }
            View::Union(union) => write_union(union, output),
            View::Json(value) => value.serialize(output),
        }
    }
}

/// The text form of a value.
pub struct Formatted<'a>(pub &'a dyn Format);

impl fmt::Display for Formatted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format(f)
    }
}

fn write_list<S: Serializer>(list: &dyn ListView, output: S) -> Result<S::Ok, S::Error> {
    let count = list.count();
    let mut items = output.serialize_seq(Some(count))?;
    for index in 0..count {
        if let Some(item) = list.item(index) {
            items.serialize_element(&Writer(item.view()))?;
        }
    }
    items.end()
}

fn write_map<S: Serializer>(map: &dyn MapView, output: S) -> Result<S::Ok, S::Error> {
    let mut entries = output.serialize_map(None)?;
    write_entries(map, &mut entries)?;
    entries.end()
}

fn write_entries<M: SerializeMap>(map: &dyn MapView, entries: &mut M) -> Result<(), M::Error> {
    for (key, value) in map.entries() {
        entries.serialize_entry(key, &Writer(value.view()))?;
    }
    Ok(())
}

fn write_fields<M: SerializeMap>(record: &dyn RecordView, entries: &mut M) -> Result<(), M::Error> {
    for (index, field) in record.spec().fields.iter().enumerate() {
        match (record.field(index).view(), field) {
            (View::Absent, FieldSpec::Optional(_)) => {}
            (view, field) => entries.serialize_entry(field.name(), &Writer(view))?,
        }
    }
    match record.rest() {
        Some(rest) => write_entries(rest, entries),
        None => Ok(()),
    }
}

/// A variant whose type does not say which one it is gets the deciding property in front of its own.
fn write_union<S: Serializer>(union: &dyn UnionView, output: S) -> Result<S::Ok, S::Error> {
    let view = union.value().view();
    match (added_tag(union), view) {
        (Some((tag, value)), View::Record(record)) => {
            let mut entries = output.serialize_map(None)?;
            entries.serialize_entry(tag, value)?;
            write_fields(record, &mut entries)?;
            entries.end()
        }
        (Some((tag, value)), View::Map(map)) => {
            let mut entries = output.serialize_map(None)?;
            entries.serialize_entry(tag, value)?;
            write_entries(map, &mut entries)?;
            entries.end()
        }
        _ => Writer(view).serialize(output),
    }
}

/// The deciding property and its value, where the variant does not have it itself.
pub(super) fn added_tag(union: &dyn UnionView) -> Option<(&'static str, &'static str)> {
    let spec = union.spec();
    let tag = spec.tag?;
    let value = spec.variants.get(union.variant()?)?.tags.first()?;
    let is_there = match union.value().view() {
        View::Record(record) => has_field(record, tag),
        View::Map(map) => map.has(tag),
        _ => true,
    };
    (!is_there).then_some((tag, *value))
}

fn has_field(record: &dyn RecordView, name: &str) -> bool {
    let mut fields = record.spec().fields.iter();
    match fields.position(|field| field.name() == name) {
        Some(index) => !matches!(record.field(index).view(), View::Absent),
        None => record.rest().is_some_and(|rest| rest.has(name)),
    }
}
