//! What a scalar of YAML means, by the core schema of YAML 1.2 (section 10.3.2).

use serde_json::{Number, Value};

/// What a plain scalar means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A value that JSON has, too.
    Value(Value),
    /// Infinite or not a number: JSON has no value for it.
    Unspeakable,
}

/// Decides what a scalar without quotes and tag means.
pub(super) fn plain(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Value(Value::Null),
        "true" | "True" | "TRUE" => return Meaning::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Meaning::Value(Value::Bool(false)),
        _ => {}
    }
    // Most scalars are words, which this decides without looking at more than one character.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return string(text);
    }
    number(text).unwrap_or_else(|| string(text))
}

fn number(text: &str) -> Option<Meaning> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Meaning::Unspeakable);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(rest) = text.strip_prefix(prefix) {
            let is_digits = !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix));
            let value = is_digits
                .then(|| u64::from_str_radix(rest, radix).ok())
                .flatten()?;
            return Some(Meaning::Value(Value::from(value)));
        }
    }
    if !is_decimal(digits) {
        return None;
    }
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
    // `007` is a number for some readers, an octal one for others, and for its author most likely neither.
    if is_integer && digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    let spelled = text.strip_prefix('+').unwrap_or(text);
    if is_integer {
        if let Ok(value) = spelled.parse::<i64>() {
            return Some(Meaning::Value(Value::from(value)));
        }
        if let (false, Ok(value)) = (is_negative, spelled.parse::<u64>()) {
            return Some(Meaning::Value(Value::from(value)));
        }
    }
    // What JSON spells otherwise (`.5`, `1.`, `01.5`) is written as JSON does.
    let as_written = spelled.parse::<Number>().ok();
    let value = as_written.or_else(|| Number::from_f64(spelled.parse().ok()?));
    Some(value.map_or(Meaning::Unspeakable, |value| {
        Meaning::Value(Value::Number(value))
    }))
}

/// Whether a text is `12`, `1.5`, `.5`, `1.` or one of them with an exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        !digits.is_empty() && is_digits(digits)
    };
    has_digits && is_digits(whole) && is_digits(fraction) && exponent.is_none_or(is_exponent)
}

fn string(text: &str) -> Meaning {
    Meaning::Value(Value::from(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Meaning, plain};
    use serde_json::{Value, json};

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, value) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("true", json!(true)),
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("12", json!(12)),
            ("+5", json!(5)),
            ("-3", json!(-3)),
            ("18446744073709551615", json!(u64::MAX)),
            ("1.5", json!(1.5)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("007", json!("007")),
            ("1_000", json!("1_000")),
            ("190:20:30", json!("190:20:30")),
            ("1.2.3", json!("1.2.3")),
            ("2020-01-01", json!("2020-01-01")),
            ("-", json!("-")),
            (".", json!(".")),
            ("e5", json!("e5")),
        ] {
            assert_eq!(plain(text), Meaning::Value(value), "{text}");
        }
    }

    #[test]
    fn what_json_cannot_say_is_told_apart() {
        for text in [".nan", ".inf", "-.Inf", "01e400"] {
            assert_eq!(plain(text), Meaning::Unspeakable, "{text}");
        }
    }

    #[test]
    fn every_digit_of_a_number_is_kept() {
        for text in ["12345678901234567890123", "-1e+400", "1.50", "1e+3"] {
            let value = Value::Number(text.parse().unwrap());
            assert_eq!(value.to_string(), text);
            assert_eq!(plain(text), Meaning::Value(value));
        }
    }
}
