//! Writes views as JSON.

use std::fmt;

use super::codec::{
    Encode, EncodeError, FieldSpec, Format, ListView, MapView, RecordView, UnionView, View,
};

/// Writes a value as JSON.
pub(super) fn write_json(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(256);
    match write_view(value.view(), &mut out) {
        Ok(()) => Ok(out),
        Err(NotFinite) => Err(EncodeError::new(NOT_FINITE.to_owned())),
    }
}

/// A number that JSON cannot spell. Smaller than the error that tells of it, since every step returns one or none.
struct NotFinite;

fn write_view(view: View<'_>, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    match view {
        View::Absent | View::Null => out.extend_from_slice(b"null"),
        View::Bool(true) => out.extend_from_slice(b"true"),
        View::Bool(false) => out.extend_from_slice(b"false"),
        View::Int(value) => return write_plain(&value, out),
        View::Uint(value) => return write_plain(&value, out),
        View::Single(value) if value.is_finite() => return write_plain(&value, out),
        View::Float(value) if value.is_finite() => return write_plain(&value, out),
        View::Single(_) | View::Float(_) => {
            return Err(NotFinite);
        }
        View::Text(text) | View::Secret(text) => return write_text(text, out),
        View::Format(value) => return write_text(&Formatted(value).to_string(), out),
        View::List(list) => return write_list(list, out),
        View::Map(map) => return write_object(out, |out| write_entries(map, out)),
        View::Record(record) => return write_object(out, |out| write_fields(record, out)),
        View::Union(union) => return write_union(union, out),
        View::Json(value) => return write_plain(value, out),
    }
    Ok(())
}

/// What is wrong with a number that JSON cannot spell.
pub(super) const NOT_FINITE: &str = "a number is infinite or not a number, which JSON cannot spell";

/// Numbers, and what needs care, are written by the library.
fn write_plain<T: serde::Serialize>(value: &T, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    serde_json::to_writer(out, value).map_err(|_| NotFinite)
}

/// Most texts need no escapes, which is quickly seen; they are copied whole.
fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    let needs_escape = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
    // Without an early exit in a block the compiler looks at all of its bytes at a time.
    let bytes = text.as_bytes();
    let (blocks, tail) = bytes.as_chunks::<16>();
    let dirty_block = |block: &[u8; 16]| {
        block
            .iter()
            .fold(false, |found, byte| found | needs_escape(*byte))
    };
    if blocks.iter().any(dirty_block) || tail.iter().any(|byte| needs_escape(*byte)) {
        return write_plain(&text, out);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(bytes);
    out.push(b'"');
    Ok(())
}

fn write_list(list: &dyn ListView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    out.push(b'[');
    for index in 0..list.count() {
        if index > 0 {
            out.push(b',');
        }
        if let Some(item) = list.item(index) {
            write_view(item.view(), out)?;
        }
    }
    out.push(b']');
    Ok(())
}

/// Braces around entries, each of which has a comma behind it.
fn write_object(
    out: &mut Vec<u8>,
    entries: impl FnOnce(&mut Vec<u8>) -> Result<(), NotFinite>,
) -> Result<(), NotFinite> {
    out.push(b'{');
    entries(out)?;
    if out.last() == Some(&b',') {
        out.pop();
    }
    out.push(b'}');
    Ok(())
}

fn write_entry(key: &str, value: View<'_>, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    write_text(key, out)?;
    out.push(b':');
    write_view(value, out)?;
    out.push(b',');
    Ok(())
}

fn write_entries(map: &dyn MapView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    for (key, value) in map.entries() {
        write_entry(key, value.view(), out)?;
    }
    Ok(())
}

fn write_fields(record: &dyn RecordView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    for (index, field) in record.spec().fields.iter().enumerate() {
        match (record.field(index).view(), field) {
            (View::Absent, FieldSpec::Optional(_)) => {}
            (view, field) => write_entry(field.name(), view, out)?,
        }
    }
    match record.rest() {
        Some(rest) => write_entries(rest, out),
        None => Ok(()),
    }
}

/// A variant whose type does not say which one it is gets the deciding property in front of its own.
fn write_union(union: &dyn UnionView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    let view = union.value().view();
    let Some((tag, value)) = added_tag(union) else {
        return write_view(view, out);
    };
    write_object(out, |out| {
        write_entry(tag, View::Text(value), out)?;
        match view {
            View::Record(record) => write_fields(record, out),
            View::Map(map) => write_entries(map, out),
            // Nothing else gets a tag added.
            _ => Ok(()),
        }
    })
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

/// The text form of a value.
pub struct Formatted<'a>(pub &'a dyn Format);

impl fmt::Display for Formatted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format(f)
    }
}
