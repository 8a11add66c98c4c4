//! What demands measure of a value: its text, its number, its sizes. A value that is of another kind has none.

use std::borrow::Cow;

use super::codec::{FieldSpec, Json, View};
use super::decimal::Decimal;
use super::write::Formatted;

impl<'a> View<'a> {
    /// The text of a text.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            View::Text(text) | View::Secret(text) => Some(Cow::Borrowed(text)),
            View::Json(Json::String(text)) => Some(Cow::Borrowed(text)),
            View::Format(value) => Some(Cow::Owned(Formatted(value).to_string())),
            _ => None,
        }
    }

    /// The text of a text or an integer.
    pub(super) fn plain_text(self) -> Option<Cow<'a, str>> {
        match self {
            View::Int(value) => Some(Cow::Owned(value.to_string())),
            View::Uint(value) => Some(Cow::Owned(value.to_string())),
            _ => self.text(),
        }
    }

    /// How many Unicode code points a text has.
    pub(super) fn characters(self) -> Option<usize> {
        Some(self.text()?.chars().count())
    }

    /// The number, as its shortest spelling has it.
    pub(super) fn decimal(self) -> Option<Decimal> {
        match self {
            View::Int(value) => Decimal::parse(&value.to_string()),
            View::Uint(value) => Decimal::parse(&value.to_string()),
            View::Single(value) => Decimal::parse(&format!("{value:e}")),
            View::Float(value) => Decimal::parse(&format!("{value:e}")),
            View::Number(spelled) => Decimal::parse(spelled),
            View::Json(Json::Number(number)) => Decimal::parse(&number.to_string()),
            _ => None,
        }
    }

    /// How many items an array has.
    pub(super) fn items(self) -> Option<usize> {
        match self {
            View::List(list) => Some(list.count()),
            View::Json(Json::Array(items)) => Some(items.len()),
            _ => None,
        }
    }

    /// How many properties an object has.
    pub(super) fn properties(self) -> Option<usize> {
        match self {
            View::Map(map) => Some(map.entries().count()),
            View::Json(Json::Object(entries)) => Some(entries.len()),
            View::Record(record) => {
                let fields = record.spec().fields.iter().enumerate();
                let present = fields.filter(|(index, field)| {
                    let may_be_absent = matches!(field, FieldSpec::Optional(_));
                    !may_be_absent || !matches!(record.field(*index), View::Absent)
                });
                let rest = record.rest().map_or(0, |rest| rest.entries().count());
                Some(present.count() + rest)
            }
            _ => None,
        }
    }
}
