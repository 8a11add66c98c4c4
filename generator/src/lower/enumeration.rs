//! Lists of values.

use super::context::Lowering;
use super::keywords::Kind;
use super::schema::Facet;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Enumeration, EnumerationValue, Prose, WireName};
use crate::source::Pointer;
use serde_json::Value;

impl<'d> Lowering<'d> {
    /// The enumeration of some of the values of a facet; `None`, with a report, where they are neither strings nor integers.
    pub(super) fn lower_enumeration(
        &mut self,
        kind: Kind,
        facet: &Facet<'d>,
        values: &[Value],
    ) -> Option<Enumeration> {
        let at = facet.part.at.child("enum");
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let words = Words::of(facet);
        let enumeration = match kind {
            Kind::String => Some(Enumeration::Strings(self.strings(&values, &words, &at))),
            Kind::Integer => integers(&values, &words).map(Enumeration::Integers),
            _ => None,
        };
        if enumeration.is_none() {
            self.report_scalar_enum(kind, &values, &at);
        }
        enumeration
    }

    /// Numbers and booleans stay what they are. A boolean loses nothing by it.
    fn report_scalar_enum(&mut self, kind: Kind, values: &[&Value], at: &Pointer) {
        let message = format!(
            "an enum of type {} is carried as its type alone; its values are {}",
            kind.as_str(),
            list_values(values.iter().copied())
        );
        let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origin(at), message);
        if kind == Kind::Boolean {
            diagnostic.severity = Severity::Note;
        }
        self.report_diagnostic(diagnostic);
    }

    fn strings(
        &mut self,
        values: &[&Value],
        words: &Words,
        at: &Pointer,
    ) -> Vec<EnumerationValue<String>> {
        let mut list: Vec<EnumerationValue<String>> = Vec::with_capacity(values.len());
        for value in values {
            let text = match value {
                Value::String(text) => text.clone(),
                other => {
                    let message =
                        format!("the enum value `{other}` is no string; it is taken as one");
                    self.report(Code::InvalidValue, at, message);
                    other.to_string()
                }
            };
            if list.iter().all(|known| known.value != text) {
                list.push(words.describe(value, text));
            }
        }
        list
    }
}

fn integers(values: &[&Value], words: &Words) -> Option<Vec<EnumerationValue<i64>>> {
    let mut list: Vec<EnumerationValue<i64>> = Vec::with_capacity(values.len());
    for value in values {
        let number = value.as_i64()?;
        if list.iter().all(|known| known.value != number) {
            list.push(words.describe(value, number));
        }
    }
    Some(list)
}

/// The values in a message; long lists are cut.
pub(super) fn list_values<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    const SHOWN: usize = 8;
    let mut texts: Vec<String> = values
        .into_iter()
        .take(SHOWN + 1)
        .map(Value::to_string)
        .collect();
    if texts.len() > SHOWN {
        texts.truncate(SHOWN);
        texts.push("…".to_owned());
    }
    texts.join(", ")
}

/// The names and descriptions that a document gives to the values of an enum.
struct Words<'d> {
    values: Vec<Value>,
    names: Option<&'d Value>,
    descriptions: Option<&'d Value>,
}

impl<'d> Words<'d> {
    fn of(facet: &Facet<'d>) -> Self {
        let extensions = &facet.keywords.data.extensions;
        Words {
            values: facet.keywords.enumeration.clone(),
            names: extensions.get("x-enum-varnames"),
            descriptions: extensions.get("x-enum-descriptions"),
        }
    }

    fn describe<T>(&self, value: &Value, typed: T) -> EnumerationValue<T> {
        EnumerationValue {
            value: typed,
            name: self.word(self.names, value).map(WireName::new),
            description: self.word(self.descriptions, value).and_then(Prose::new),
        }
    }

    /// The word for a value: lists run beside `enum`, objects are keyed by value.
    fn word(&self, words: Option<&'d Value>, value: &Value) -> Option<&'d str> {
        match words? {
            Value::Array(list) => {
                let position = self.values.iter().position(|known| known == value)?;
                list.get(position)?.as_str()
            }
            Value::Object(map) => match value {
                Value::String(text) => map.get(text)?.as_str(),
                other => map.get(&other.to_string())?.as_str(),
            },
            _ => None,
        }
    }
}
