//! Values as parameters and forms see them: nothing, a text, a list or an object.

use std::borrow::Cow;

use super::codec::{FieldSpec, Json, View};
use super::write::{Formatted, added_tag};

/// A view as parameters see it: nothing, a text, a list or an object.
pub(super) enum Parts<'a> {
    None,
    Plain(Cow<'a, str>),
    Items(Vec<View<'a>>),
    Entries(Vec<(Cow<'a, str>, View<'a>)>),
}

/// The view as parameters see it.
pub(super) fn parts(view: View<'_>) -> Parts<'_> {
    match view {
        View::Absent | View::Null => Parts::None,
        View::Bool(value) => Parts::Plain(Cow::Borrowed(if value { "true" } else { "false" })),
        View::Int(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Uint(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Single(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Float(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Number(text) | View::Text(text) | View::Secret(text) => {
            Parts::Plain(Cow::Borrowed(text))
        }
        View::Format(value) => Parts::Plain(Cow::Owned(Formatted(value).to_string())),
        View::List(list) => Parts::Items(
            (0..list.count())
                .filter_map(|index| list.item(index))
                .collect(),
        ),
        View::Map(map) => Parts::Entries(
            map.entries()
                .map(|(key, value)| (Cow::Borrowed(key), value))
                .collect(),
        ),
        View::Record(record) => {
            let mut entries = Vec::new();
            for (index, field) in record.spec().fields.iter().enumerate() {
                match (record.field(index), field) {
                    (View::Absent, FieldSpec::Optional(_)) => {}
                    (view, field) => entries.push((Cow::Borrowed(field.name()), view)),
                }
            }
            if let Some(rest) = record.rest() {
                let rest = rest.entries();
                entries.extend(rest.map(|(key, value)| (Cow::Borrowed(key), value)));
            }
            Parts::Entries(entries)
        }
        View::Union(union) => match (added_tag(union), parts(union.value())) {
            (Some((tag, value)), Parts::Entries(mut entries)) => {
                entries.insert(0, (Cow::Borrowed(tag), View::Text(value)));
                Parts::Entries(entries)
            }
            (_, parts) => parts,
        },
        View::Json(value) => json_parts(value),
    }
}

fn json_parts(value: &Json) -> Parts<'_> {
    match value {
        Json::Null => Parts::None,
        Json::Bool(value) => parts(View::Bool(*value)),
        Json::Number(number) => Parts::Plain(Cow::Owned(number.to_string())),
        Json::String(text) => Parts::Plain(Cow::Borrowed(text)),
        Json::Array(items) => Parts::Items(items.iter().map(View::Json).collect()),
        Json::Object(entries) => Parts::Entries(
            entries
                .iter()
                .map(|(key, value)| (Cow::Borrowed(key.as_str()), View::Json(value)))
                .collect(),
        ),
    }
}
