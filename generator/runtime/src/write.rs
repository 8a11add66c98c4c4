//! Writes views as JSON.

use std::borrow::Cow;
use std::fmt;

use super::codec::{
    EncodeError, FieldSpec, Format, ListView, MapView, RecordView, UnionView, View, When,
};
use super::json::plain_length;
use super::trail::{Step, Trail};

/// Writes a value as JSON.
pub(super) fn write_json(value: View<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(256);
    match write_view(value, &mut out) {
        Ok(()) => Ok(out),
        Err(NotFinite) => {
            let mut trail = Trail::default();
            trace(value, &mut trail);
            Err(EncodeError::new(trail.path(), NOT_FINITE.to_owned()))
        }
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
        View::Number(spelled) => out.extend_from_slice(spelled.as_bytes()),
        View::Text(text) | View::Secret(text) => return write_text(text, out),
        View::Format(value) => return write_format(value, out),
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
    let bytes = text.as_bytes();
    if plain_length(bytes) < bytes.len() {
        return write_plain(&text, out);
    }
    // The colon or comma that follows has room too.
    out.reserve(bytes.len() + 4);
    out.push(b'"');
    out.extend_from_slice(bytes);
    out.push(b'"');
    Ok(())
}

/// The text form goes right to where it belongs, and is only written anew if it needs escapes, which few forms do.
fn write_format(value: &dyn Format, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    let start = out.len();
    out.push(b'"');
    // Writing into memory does not fail, and a form that fails for a reason of its own ends where it does.
    let _ = value.format(&mut Utf8(out));
    out.push(b'"');
    let bytes = out.get(start + 1..out.len() - 1).unwrap_or_default();
    if plain_length(bytes) == bytes.len() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    out.truncate(start);
    write_plain(&text, out)
}

/// Bytes that take text.
struct Utf8<'a>(&'a mut Vec<u8>);

impl fmt::Write for Utf8<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

fn write_list(list: &dyn ListView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    out.push(b'[');
    for index in 0..list.count() {
        if index > 0 {
            out.push(b',');
        }
        if let Some(item) = list.item(index) {
            write_view(item, out)?;
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
        write_entry(key, value, out)?;
    }
    Ok(())
}

fn write_fields(record: &dyn RecordView, out: &mut Vec<u8>) -> Result<(), NotFinite> {
    for (index, field) in record.spec().fields.iter().enumerate() {
        match (record.field(index), field) {
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
    let view = union.value();
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

/// Leaves the way to the first number that JSON cannot spell in the trail, if there is one. It is looked for only then,
/// so that writing need not note where it is.
fn trace(view: View<'_>, trail: &mut Trail) -> bool {
    match view {
        View::Single(value) => !value.is_finite(),
        View::Float(value) => !value.is_finite(),
        View::List(list) => (0..list.count()).any(|index| {
            let item = list.item(index);
            let found = item.is_some_and(|item| trace(item, trail));
            if found {
                trail.leave(Step::Item(index));
            }
            found
        }),
        View::Map(map) => trace_entries(map, trail),
        View::Record(record) => {
            let mut fields = record.spec().fields.iter().enumerate();
            let found = fields.find(|(index, _)| trace(record.field(*index), trail));
            match found {
                Some((_, field)) => {
                    trail.leave(Step::Key(Cow::Borrowed(field.name())));
                    true
                }
                None => record.rest().is_some_and(|rest| trace_entries(rest, trail)),
            }
        }
        View::Union(union) => trace(union.value(), trail),
        _ => false,
    }
}

fn trace_entries(map: &dyn MapView, trail: &mut Trail) -> bool {
    let found = map.entries().find(|(_, value)| trace(*value, trail));
    if let Some((key, _)) = found {
        trail.leave(Step::Key(Cow::Owned(key.to_owned())));
    }
    found.is_some()
}

/// The deciding property and its value, where the variant does not have it itself.
pub(super) fn added_tag(union: &dyn UnionView) -> Option<(&'static str, &'static str)> {
    let spec = union.spec();
    let tag = spec.tag?;
    let variant = spec.variants.get(union.variant()?)?;
    // What has no tag is this variant anyway, so that its own field says whether it is sent.
    if variant.when == When::Object && has_place(union.value(), tag) {
        return None;
    }
    let value = variant.tags.first()?;
    let is_there = match union.value() {
        View::Record(record) => has_field(record, tag),
        View::Map(map) => map.has(tag),
        _ => true,
    };
    (!is_there).then_some((tag, *value))
}

fn has_place(view: View<'_>, name: &str) -> bool {
    match view {
        View::Record(record) => record
            .spec()
            .fields
            .iter()
            .any(|field| field.name() == name),
        _ => true,
    }
}

fn has_field(record: &dyn RecordView, name: &str) -> bool {
    let mut fields = record.spec().fields.iter();
    match fields.position(|field| field.name() == name) {
        Some(index) => !matches!(record.field(index), View::Absent),
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
