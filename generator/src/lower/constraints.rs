//! What a schema demands beyond its type.

use crate::model::{Constraints, Prose};
use openapiv3::{AnySchema, Type};
use regress::Regex;
use serde_json::Number;

/// The constraints of a schema of one type.
pub(super) fn type_constraints(ty: &Type) -> Constraints {
    let mut constraints = Constraints::default();
    match ty {
        Type::String(string) => {
            constraints.min_size = size(string.min_length);
            constraints.max_size = size(string.max_length);
            constraints.pattern = string.pattern.clone().and_then(Prose::new);
        }
        Type::Number(number) => {
            constraints.minimum = bound(number.minimum.and_then(decimal), number.exclusive_minimum);
            constraints.maximum = bound(number.maximum.and_then(decimal), number.exclusive_maximum);
            constraints.multiple_of = number.multiple_of.and_then(decimal);
        }
        Type::Integer(integer) => {
            constraints.minimum =
                bound(integer.minimum.map(Number::from), integer.exclusive_minimum);
            constraints.maximum =
                bound(integer.maximum.map(Number::from), integer.exclusive_maximum);
            constraints.multiple_of = integer.multiple_of.map(Number::from);
        }
        Type::Object(object) => {
            constraints.min_size = size(object.min_properties);
            constraints.max_size = size(object.max_properties);
        }
        Type::Array(array) => {
            constraints.min_size = size(array.min_items);
            constraints.max_size = size(array.max_items);
            constraints.unique_items = array.unique_items;
        }
        Type::Boolean(_) => {}
    }
    constraints
}

/// The constraints of a schema that mixes the keywords of several types.
pub(super) fn any_constraints(any: &AnySchema) -> Constraints {
    Constraints {
        min_size: size(any.min_length.or(any.min_items).or(any.min_properties)),
        max_size: size(any.max_length.or(any.max_items).or(any.max_properties)),
        minimum: bound(
            any.minimum.and_then(decimal),
            any.exclusive_minimum.unwrap_or_default(),
        ),
        maximum: bound(
            any.maximum.and_then(decimal),
            any.exclusive_maximum.unwrap_or_default(),
        ),
        multiple_of: any.multiple_of.and_then(decimal),
        pattern: any.pattern.clone().and_then(Prose::new),
        unique_items: any.unique_items.unwrap_or_default(),
    }
}

/// Takes from `more` what `constraints` does not say; sizes take the tighter of both.
pub(super) fn add_constraints(constraints: &mut Constraints, more: Constraints) {
    constraints.min_size = constraints.min_size.max(more.min_size);
    constraints.max_size = match (constraints.max_size, more.max_size) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    constraints.minimum = constraints.minimum.take().or(more.minimum);
    constraints.maximum = constraints.maximum.take().or(more.maximum);
    constraints.multiple_of = constraints.multiple_of.take().or(more.multiple_of);
    constraints.pattern = constraints.pattern.take().or(more.pattern);
    constraints.unique_items |= more.unique_items;
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

fn size(size: Option<usize>) -> Option<u64> {
    size.and_then(|size| u64::try_from(size).ok())
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
