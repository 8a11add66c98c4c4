//! Lets the types of the client travel through anything that speaks serde.

use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::codec::{
    Decode, Encode, FieldSpec, Json, ListView, MapView, RecordView, UnionView, View,
};
use super::read;
use super::write::{Formatted, NOT_FINITE, added_tag};

/// Writes a value.
///
/// # Errors
///
/// If the format cannot spell it.
pub fn serialize<S: Serializer>(value: &dyn Encode, output: S) -> Result<S::Ok, S::Error> {
    Writer(value.view()).serialize(output)
}

/// Reads into a value, by way of JSON: there is one reader, so what it accepts does not depend on the format.
///
/// # Errors
///
/// If the input is not of its type. The error says where.
pub fn deserialize<'de, D: Deserializer<'de>>(
    target: &mut dyn Decode,
    input: D,
) -> Result<(), D::Error> {
    let json = Json::deserialize(input)?.to_string();
    read::read_json(target, json.as_bytes()).map_err(D::Error::custom)
}

/// Implements serde's traits: `serde_impls!(Pet, Owner);`
#[allow(unused_macros, reason = "a client may have no types")]
macro_rules! serde_impls {
    ($($name:ident),* $(,)?) => { $(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                output: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                runtime::serde::serialize(self, output)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                input: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let mut value = <Self as runtime::codec::Decode>::blank();
                runtime::serde::deserialize(&mut value, input)?;
                ::std::result::Result::Ok(value)
            }
        }
    )* };
}

#[allow(unused_imports, reason = "a client may have no types")]
pub(crate) use serde_impls;

/// Writes a view.
struct Writer<'a>(View<'a>);

impl Serialize for Writer<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            View::Absent | View::Null => output.serialize_unit(),
            View::Bool(value) => output.serialize_bool(value),
            View::Int(value) => output.serialize_i64(value),
            View::Uint(value) => output.serialize_u64(value),
            View::Single(value) if value.is_finite() => output.serialize_f32(value),
            View::Float(value) if value.is_finite() => output.serialize_f64(value),
            View::Single(_) | View::Float(_) => Err(S::Error::custom(NOT_FINITE)),
            View::Number(spelled) => write_number(spelled, output),
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

/// Serde has integers of 128 bits; of any other number it is given the nearest of 64 bits.
fn write_number<S: Serializer>(spelled: &str, output: S) -> Result<S::Ok, S::Error> {
    if let Ok(integer) = spelled.parse::<i128>() {
        return output.serialize_i128(integer);
    }
    match spelled.parse::<f64>() {
        Ok(value) if value.is_finite() => output.serialize_f64(value),
        _ => Err(S::Error::custom(NOT_FINITE)),
    }
}

fn write_list<S: Serializer>(list: &dyn ListView, output: S) -> Result<S::Ok, S::Error> {
    let count = list.count();
    let mut items = output.serialize_seq(Some(count))?;
    for index in 0..count {
        if let Some(item) = list.item(index) {
            items.serialize_element(&Writer(item))?;
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
        entries.serialize_entry(key, &Writer(value))?;
    }
    Ok(())
}

fn write_fields<M: SerializeMap>(record: &dyn RecordView, entries: &mut M) -> Result<(), M::Error> {
    for (index, field) in record.spec().fields.iter().enumerate() {
        match (record.field(index), field) {
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
    let view = union.value();
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
