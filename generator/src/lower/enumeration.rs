//! Lists of values.

use super::context::Lowering;
use super::keywords::Kind;
use super::names::Names;
use super::schema::Facet;
use crate::diagnostic::Code;
use crate::model::{
    Constraints, Decision, Docs, Enumeration, EnumerationValue, Prose, Scalar, Shape, Type,
    TypeDef, Union, Variant, WireName,
};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

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
            Kind::Integer => {
                let meant = self.meant_integers(&values, &at);
                let meant: Vec<&Value> = meant.iter().collect();
                integers(&meant, &words).map(Enumeration::Integers)
            }
            _ => None,
        };
        match kind {
            // They stay what they are, with their values in the documentation.
            Kind::Boolean => self.report_others(&values, "boolean", Value::is_boolean, &at),
            Kind::Number => self.report_others(&values, "number", Value::is_number, &at),
            _ if enumeration.is_none() => self.report_scalar_enum(kind, &values, &at),
            _ => {}
        }
        enumeration
    }

    /// Values of other types than the schema's, or integers of more than 64 bits.
    fn report_scalar_enum(&mut self, kind: Kind, values: &[&Value], at: &Pointer) {
        let message = format!(
            "an enum of type {} is carried as its type alone; its values are {}",
            kind.as_str(),
            list_values(values.iter().copied())
        );
        self.report(Code::NotSupported, at, message);
    }

    /// The integers among the values, and those that texts spell.
    fn meant_integers(&mut self, values: &[&Value], at: &Pointer) -> Vec<Value> {
        let mut meant = Vec::with_capacity(values.len());
        for value in values {
            let spelled = value.as_str().and_then(|text| text.parse::<i64>().ok());
            let message = match spelled {
                _ if value.is_number() => {
                    meant.push((*value).clone());
                    continue;
                }
                Some(number) => {
                    meant.push(Value::from(number));
                    format!("the enum value `{value}` is no integer; it is taken as one")
                }
                None => format!("the enum value `{value}` is no integer; it is left out"),
            };
            self.report(Code::InvalidValue, at, message);
        }
        meant
    }

    fn report_others(
        &mut self,
        values: &[&Value],
        kind: &str,
        is_of: fn(&Value) -> bool,
        at: &Pointer,
    ) {
        for value in values.iter().filter(|value| !is_of(value)) {
            let message = format!("the enum value `{value}` is no {kind}; it is left out");
            self.report(Code::InvalidValue, at, message);
        }
    }

    fn strings(
        &mut self,
        values: &[&Value],
        words: &Words,
        at: &Pointer,
    ) -> Vec<EnumerationValue<String>> {
        let mut list: Vec<EnumerationValue<String>> = Vec::with_capacity(values.len());
        let mut known: HashSet<String> = HashSet::with_capacity(values.len());
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
            if known.insert(text.clone()) {
                list.push(words.describe(value, text));
            }
        }
        list
    }
}

fn integers(values: &[&Value], words: &Words) -> Option<Vec<EnumerationValue<i64>>> {
    let mut list: Vec<EnumerationValue<i64>> = Vec::with_capacity(values.len());
    let mut known: HashSet<i64> = HashSet::with_capacity(values.len());
    if values.is_empty() {
        return None;
    }
    for value in values {
        let number = value.as_i64()?;
        if known.insert(number) {
            list.push(words.describe(value, number));
        }
    }
    Some(list)
}

impl<'d> Lowering<'d> {
    /// Values of several types: a union with a variant for each type that has some.
    pub(super) fn lower_mixed_values(&mut self, facet: &Facet<'d>, names: &Names) -> Option<Union> {
        let at = facet.part.at.child("enum");
        let words = Words::of(facet);
        let all = facet.keywords.enumeration.iter();
        let of = |is: fn(&Value) -> bool| all.clone().filter(|value| is(value)).collect::<Vec<_>>();
        if all
            .clone()
            .any(|value| value.is_array() || value.is_object())
        {
            return None;
        }
        let mut found: Vec<(&str, Type)> = Vec::new();
        let strings = of(Value::is_string);
        if !strings.is_empty() {
            let shape =
                Shape::Enumeration(Enumeration::Strings(self.strings(&strings, &words, &at)));
            found.push(("string", self.inline(shape, &at, &names.child("string"))));
        }
        let is_fraction = |value: &Value| value.is_number() && !value.is_i64();
        if !of(is_fraction).is_empty() {
            found.push(("number", Type::Scalar(Scalar::Double)));
        } else if let Some(values) =
            integers(&of(Value::is_i64), &words).filter(|list| !list.is_empty())
        {
            let shape = Shape::Enumeration(Enumeration::Integers(values));
            found.push(("integer", self.inline(shape, &at, &names.child("integer"))));
        }
        if !of(Value::is_boolean).is_empty() {
            found.push(("boolean", Type::Scalar(Scalar::Bool)));
        }
        if found.len() < 2 {
            return None;
        }
        let variant = |(name, ty): (&str, Type)| Variant {
            ty,
            tags: Vec::new(),
            is_default: false,
            name: Some(WireName::new(name)),
            docs: Docs::default(),
            constraints: Constraints::default(),
            origin: self.origin(&at),
        };
        Some(Union {
            variants: found.into_iter().map(variant).collect(),
            decision: Decision::Shape,
        })
    }

    /// An inline type of a shape of our own.
    fn inline(&mut self, shape: Shape, at: &Pointer, names: &Names) -> Type {
        let def = TypeDef {
            name: names.to_type_name(),
            docs: Docs::default(),
            origin: self.origin(at),
            shape,
            constraints: Constraints::default(),
            example: None,
        };
        Type::Named(self.share(def))
    }
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
    /// Where each value stands first, by its spelling.
    positions: HashMap<String, usize>,
    names: Option<&'d Value>,
    descriptions: Option<&'d Value>,
}

impl<'d> Words<'d> {
    fn of(facet: &Facet<'d>) -> Self {
        let extensions = &facet.keywords.data.extensions;
        let of_any = |words: &[&str]| words.iter().find_map(|word| extensions.get(*word));
        let mut positions = HashMap::new();
        for (position, value) in facet.keywords.enumeration.iter().enumerate() {
            positions.entry(value.to_string()).or_insert(position);
        }
        Words {
            positions,
            names: of_any(&["x-enum-varnames", "x-enumNames"]),
            descriptions: of_any(&["x-enum-descriptions", "x-enumDescriptions"]),
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
                let position = self.positions.get(&value.to_string())?;
                list.get(*position)?.as_str()
            }
            Value::Object(map) => match value {
                Value::String(text) => map.get(text)?.as_str(),
                other => map.get(&other.to_string())?.as_str(),
            },
            _ => None,
        }
    }
}
