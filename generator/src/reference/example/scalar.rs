//! Values without parts, within their constraints.

use crate::model::{Constraints, IntegerKind, Scalar};
use serde_json::{Number, Value};

/// A value of a scalar type.
pub fn value(scalar: Scalar, constraints: &Constraints) -> Value {
    match scalar {
        Scalar::Bool => Value::Bool(true),
        Scalar::Integer(kind) => Value::from(integer(kind, constraints)),
        Scalar::Float | Scalar::Double => satisfying(constraints),
        Scalar::String => Value::from(sized("string", constraints)),
        Scalar::Secret => Value::from(secret(constraints)),
        Scalar::Uuid => Value::from("123e4567-e89b-42d3-a456-426614174000"),
        Scalar::Date => Value::from("2026-01-31"),
        Scalar::DateTime => Value::from("2026-01-31T09:30:00Z"),
        Scalar::Base64 => Value::from("aGVsbG8="),
        Scalar::Uri => Value::from("https://example.com"),
        Scalar::Time => Value::from("09:30:00Z"),
        Scalar::Duration => Value::from("PT1H30M"),
        Scalar::BigNumber => satisfying(constraints),
        Scalar::Decimal => Value::from("9.95"),
        Scalar::Ipv4 => Value::from("192.0.2.1"),
        Scalar::Ipv6 => Value::from("2001:db8::1"),
        Scalar::Binary => Value::from("bytes"),
    }
}

/// A placeholder for a secret.
pub fn secret(constraints: &Constraints) -> String {
    sized("your-secret", constraints)
}

/// Whether a value keeps to its constraints; patterns are not tried.
pub fn satisfies(constraints: &Constraints, value: &Value) -> bool {
    let sized = match value {
        Value::String(text) => Some((text.chars().count(), constraints.length)),
        Value::Array(items) => Some((items.len(), constraints.items)),
        Value::Object(members) => Some((members.len(), constraints.properties)),
        _ => None,
    };
    if let Some((size, sizes)) = sized
        && !u64::try_from(size).is_ok_and(|size| sizes.allow(size))
    {
        return false;
    }
    let Some(number) = value.as_f64() else {
        return true;
    };
    let above = bound(&constraints.minimum)
        .is_none_or(|(min, excluded)| number > min || (!excluded && number == min));
    let below = bound(&constraints.maximum)
        .is_none_or(|(max, excluded)| number < max || (!excluded && number == max));
    above && below
}

fn bound(bound: &Option<(Number, bool)>) -> Option<(f64, bool)> {
    let (number, excluded) = bound.as_ref()?;
    Some((number.as_f64()?, *excluded))
}

/// A word of an allowed length.
fn sized(word: &str, constraints: &Constraints) -> String {
    let limit = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
    let length = word.len();
    let min = constraints.length.min.map_or(0, limit).min(4096);
    let max = constraints.length.max.map_or(usize::MAX, limit);
    let wanted = length.max(min).min(max);
    word.chars().cycle().take(wanted).collect()
}

fn integer(kind: IntegerKind, constraints: &Constraints) -> i64 {
    let lowest = bound(&constraints.minimum)
        .map(|(min, excluded)| min.ceil() + f64::from(u8::from(excluded && min.fract() == 0.0)));
    let highest = bound(&constraints.maximum)
        .map(|(max, excluded)| max.floor() - f64::from(u8::from(excluded && max.fract() == 0.0)));
    let step = constraints
        .multiple_of
        .first()
        .and_then(Number::as_f64)
        .filter(|step| *step >= 1.0);
    let value = within(1.0, lowest, highest, step);
    // The cast saturates, which is what an absurd bound deserves.
    let value = value as i64;
    match kind {
        IntegerKind::I8 => value.clamp(-128, 127),
        IntegerKind::U8 => value.clamp(0, 255),
        _ => value,
    }
}

fn satisfying(constraints: &Constraints) -> Value {
    Number::from_f64(number(constraints)).map_or(Value::from(0), Value::Number)
}

fn number(constraints: &Constraints) -> f64 {
    let nudge = |(value, excluded): (f64, bool), by: f64| if excluded { value + by } else { value };
    let lowest = bound(&constraints.minimum);
    let highest = bound(&constraints.maximum);
    let width = match (lowest, highest) {
        (Some((low, _)), Some((high, _))) => (high - low) / 2.0,
        _ => 1.0,
    };
    let step = constraints.multiple_of.first().and_then(Number::as_f64);
    within(
        1.5,
        lowest.map(|low| nudge(low, width.min(1.0))),
        highest.map(|high| nudge(high, -width.min(1.0))),
        step.filter(|step| *step > 0.0),
    )
}

/// The wanted value, brought between two bounds and up to a multiple of a step.
fn within(wanted: f64, lowest: Option<f64>, highest: Option<f64>, step: Option<f64>) -> f64 {
    let value = match (lowest, highest) {
        (Some(low), _) if wanted < low => low,
        (_, Some(high)) if wanted > high => high,
        _ => wanted,
    };
    let Some(step) = step else {
        return value;
    };
    let up = (value / step).ceil() * step;
    match highest {
        Some(high) if up > high => (high / step).floor() * step,
        _ => up,
    }
}
