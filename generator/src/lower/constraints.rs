//! What a schema demands beyond its type.

use crate::load::{demands, exact_limit, is_readable};
use crate::model::{Constraints, Prose, SchemaDemand, Sizes};
use openapiv3::{AnySchema, SchemaData, Type};
use regress::Regex;
use serde_json::{Number, Value};

/// The constraints of a schema of one type.
pub(super) fn type_constraints(ty: &Type) -> Constraints {
    let mut constraints = Constraints::default();
    match ty {
        Type::String(string) => {
            constraints.length = sizes(string.min_length, string.max_length);
            constraints.patterns = pattern(string.pattern.as_deref());
        }
        Type::Number(number) => {
            constraints.minimum = bound(number.minimum.and_then(decimal), number.exclusive_minimum);
            constraints.maximum = bound(number.maximum.and_then(decimal), number.exclusive_maximum);
            constraints.multiple_of = step(number.multiple_of.and_then(decimal));
        }
        Type::Integer(integer) => {
            constraints.minimum =
                bound(integer.minimum.map(Number::from), integer.exclusive_minimum);
            constraints.maximum =
                bound(integer.maximum.map(Number::from), integer.exclusive_maximum);
            constraints.multiple_of = step(integer.multiple_of.map(Number::from));
        }
        Type::Object(object) => {
            constraints.properties = sizes(object.min_properties, object.max_properties);
        }
        Type::Array(array) => {
            constraints.items = sizes(array.min_items, array.max_items);
            constraints.unique_items = array.unique_items;
        }
        Type::Boolean(_) => {}
    }
    constraints
}

/// The constraints of a schema that mixes the keywords of several types.
pub(super) fn any_constraints(any: &AnySchema) -> Constraints {
    Constraints {
        length: sizes(any.min_length, any.max_length),
        items: sizes(any.min_items, any.max_items),
        properties: sizes(any.min_properties, any.max_properties),
        minimum: bound(
            any.minimum.and_then(decimal),
            any.exclusive_minimum.unwrap_or_default(),
        ),
        maximum: bound(
            any.maximum.and_then(decimal),
            any.exclusive_maximum.unwrap_or_default(),
        ),
        multiple_of: step(any.multiple_of.and_then(decimal)),
        patterns: pattern(any.pattern.as_deref()),
        unique_items: any.unique_items.unwrap_or_default(),
        ..Constraints::default()
    }
}

/// What a newer version says in words that 3.0 does not have.
pub(super) fn carried_demands(data: &SchemaData) -> impl Iterator<Item = SchemaDemand> {
    demands(data).map(|(words, is_checked)| SchemaDemand {
        schema: words.clone(),
        is_checked,
    })
}

impl Constraints {
    /// Takes the limits that `openapiv3` would have rounded, with all their digits.
    pub(super) fn take_exact_limits(&mut self, data: &SchemaData) {
        let take = |limit: &mut Option<(Number, bool)>, word: &str| {
            if let Some(exact) = exact_limit(data, word) {
                let excluded = limit.as_ref().is_some_and(|(_, excluded)| *excluded);
                *limit = Some((exact.clone(), excluded));
            }
        };
        take(&mut self.minimum, "minimum");
        take(&mut self.maximum, "maximum");
        if let Some(exact) = exact_limit(data, "multipleOf") {
            self.multiple_of = step(Some(exact.clone()));
        }
    }
}

impl SchemaDemand {
    /// A demand to which values are held if the schema can be read.
    pub(super) fn of(schema: Value) -> Self {
        SchemaDemand {
            is_checked: is_readable(&schema),
            schema,
        }
    }
}

/// Says why a pattern is no regular expression. JSON Schema asks for the grammar of ECMA 262 with or without its
/// Unicode mode, so that what either takes is right. Nothing is matched, so that no pattern costs time.
pub(super) fn check_pattern(pattern: &Prose) -> Result<(), String> {
    let text = pattern.as_str();
    match Regex::new(text).or_else(|_| Regex::with_flags(text, "u")) {
        Ok(_) => Ok(()),
        Err(error) => {
            let reason = error.text.trim_end_matches('.');
            let mut letters = reason.chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            Err(first.into_iter().chain(letters).collect())
        }
    }
}

fn sizes(min: Option<usize>, max: Option<usize>) -> Sizes {
    let size = |size: Option<usize>| size.and_then(|size| u64::try_from(size).ok());
    Sizes {
        min: size(min),
        max: size(max),
    }
}

fn pattern(pattern: Option<&str>) -> Vec<Prose> {
    pattern.and_then(Prose::new).into_iter().collect()
}

/// JSON Schema allows steps above 0 alone; others say nothing.
fn step(step: Option<Number>) -> Vec<Number> {
    let is_step = |step: &Number| step.as_f64().is_some_and(|step| step > 0.0);
    step.into_iter().filter(is_step).collect()
}

fn bound(limit: Option<Number>, excluded: bool) -> Option<(Number, bool)> {
    limit.map(|limit| (limit, excluded))
}

/// A number without the `.0` that `openapiv3` gives to bounds written as integers.
fn decimal(value: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "integral and below 2^53")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}
