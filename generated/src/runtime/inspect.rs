//! Shows and compares values through their views: `Debug` without secrets, and `PartialEq`.

use std::fmt;

use super::codec::{Encode, Format, ListView, MapView, RecordView, UnionView, View};
use super::write::Formatted;

/// Writes a value as derived code would, but for secrets, and with the names that the wire knows.
///
/// # Errors
///
/// If the formatter fails.
pub fn debug(value: &dyn Encode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&Shown(value.view()), f)
}

/// Whether two values of one type are equal. Secrets never are.
pub fn equal(left: &dyn Encode, right: &dyn Encode) -> bool {
    same(left.view(), right.view())
}

struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent => f.write_str("None"),
            View::Null => f.write_str("null"),
            View::Bool(value) => fmt::Debug::fmt(&value, f),
            View::Int(value) => fmt::Debug::fmt(&value, f),
            View::Uint(value) => fmt::Debug::fmt(&value, f),
            View::Single(value) => fmt::Debug::fmt(&value, f),
            View::Float(value) => fmt::Debug::fmt(&value, f),
            View::Number(spelled) => f.write_str(spelled),
            View::Text(text) => fmt::Debug::fmt(text, f),
            View::Format(value) => fmt::Display::fmt(&Formatted(value), f),
            View::Secret(_) => fmt::Debug::fmt(&Redacted, f),
            View::List(list) => debug_list(list, f),
            View::Map(map) => debug_map(map, f),
            View::Record(record) => debug_record(record, f),
            View::Union(union) => debug_union(union, f),
            View::Json(value) => fmt::Display::fmt(value, f),
        }
    }
}

/// Stands where a secret is.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

fn debug_list(list: &dyn ListView, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let items = (0..list.count()).filter_map(|index| list.item(index));
    f.debug_list().entries(items.map(Shown)).finish()
}

fn debug_map(map: &dyn MapView, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let entries = map.entries();
    f.debug_map()
        .entries(entries.map(|(key, value)| (key, Shown(value))))
        .finish()
}

fn debug_record(record: &dyn RecordView, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let spec = record.spec();
    let mut output = f.debug_struct(spec.name);
    for (index, field) in spec.fields.iter().enumerate() {
        output.field(field.name(), &Shown(record.field(index)));
    }
    if let Some(rest) = record.rest() {
        output.field("..", &Shown(View::Map(rest)));
    }
    output.finish()
}

fn debug_union(union: &dyn UnionView, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let spec = union.spec();
    let variant = union.variant().and_then(|index| spec.variants.get(index));
    let mut output = f.debug_tuple(variant.map_or("Unknown", |variant| variant.name));
    match variant {
        // A newer variant of a union of credentials is most likely one more credential.
        None if spec.has_secrets => output.field(&Redacted),
        _ => output.field(&Shown(union.value())),
    };
    output.finish()
}

fn same(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::Int(left), View::Int(right)) => left == right,
        (View::Uint(left), View::Uint(right)) => left == right,
        (View::Single(left), View::Single(right)) => left == right,
        (View::Float(left), View::Float(right)) => left == right,
        (View::Number(left), View::Number(right)) => left == right,
        (View::Text(left), View::Text(right)) => left == right,
        (View::Format(left), View::Format(right)) => {
            Usual(left).to_string() == Usual(right).to_string()
        }
        (View::List(left), View::List(right)) => same_lists(left, right),
        (View::Map(left), View::Map(right)) => same_maps(left, right),
        (View::Record(left), View::Record(right)) => same_records(left, right),
        (View::Union(left), View::Union(right)) => {
            left.variant() == right.variant() && same(left.value(), right.value())
        }
        (View::Json(left), View::Json(right)) => left == right,
        _ => false,
    }
}

/// The text form of a value, whatever way it was spelled.
struct Usual<'a>(&'a dyn Format);

impl fmt::Display for Usual<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format_usual(f)
    }
}

fn same_lists(left: &dyn ListView, right: &dyn ListView) -> bool {
    left.count() == right.count()
        && (0..left.count()).all(|index| match (left.item(index), right.item(index)) {
            (Some(left), Some(right)) => same(left, right),
            _ => false,
        })
}

fn same_maps(left: &dyn MapView, right: &dyn MapView) -> bool {
    let mut right = right.entries();
    left.entries().all(|(key, value)| {
        right
            .next()
            .is_some_and(|(other, other_value)| key == other && same(value, other_value))
    }) && right.next().is_none()
}

fn same_records(left: &dyn RecordView, right: &dyn RecordView) -> bool {
    let fields = left.spec().fields.len();
    let rests = match (left.rest(), right.rest()) {
        (Some(left), Some(right)) => same_maps(left, right),
        (left, right) => left.is_none() && right.is_none(),
    };
    rests && (0..fields).all(|index| same(left.field(index), right.field(index)))
}
