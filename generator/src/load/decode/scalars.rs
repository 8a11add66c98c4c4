//! Values that are neither objects nor arrays.

use super::place::At;
use super::walk::{Verdict, Walker, describe};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::objects::Shape;
use serde_json::{Number, Value};

/// Looks at a scalar and mends it where it is obvious what was meant.
pub(super) fn visit(
    walker: &mut Walker<'_>,
    value: &mut Value,
    shape: Shape,
    at: &At<'_>,
) -> Verdict {
    match shape {
        Shape::Text => text(walker, value, at),
        Shape::Flag => flag(walker, value, at),
        Shape::Number => number(walker, value, at),
        Shape::Count => count(walker, value, at),
        Shape::Choice(words) => choice(walker, value, words, at),
        _ => Verdict::Keep,
    }
}

fn text(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) -> Verdict {
    let mended = match &*value {
        Value::String(_) => return Verdict::Keep,
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return refuse(walker, value, "a string", at),
    };
    // YAML writes strings without quotes, so this is nothing to warn about: nothing is lost.
    let message = format!(
        "this must be a string, and {} is taken for one",
        describe(value)
    );
    let diagnostic =
        Diagnostic::new(Code::UnquotedString, walker.origin(at), message).help("put it in quotes");
    walker.push(diagnostic);
    walker.respell(at);
    *value = Value::String(mended);
    Verdict::Keep
}

fn flag(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) -> Verdict {
    let mended = match &*value {
        Value::Bool(_) => return Verdict::Keep,
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => true,
            "false" | "no" => false,
            _ => return refuse(walker, value, "true or false", at),
        },
        _ => return refuse(walker, value, "true or false", at),
    };
    walker.warn(
        Code::WrongType,
        at,
        format!("this must be true or false; the string is taken for {mended}"),
    );
    *value = Value::Bool(mended);
    Verdict::Keep
}

fn number(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) -> Verdict {
    match &*value {
        Value::Number(_) => Verdict::Keep,
        Value::String(text) => match text.trim().parse::<Number>() {
            Ok(number) => {
                walker.warn(
                    Code::WrongType,
                    at,
                    format!("this must be a number; the string is taken for {number}"),
                );
                *value = Value::Number(number);
                Verdict::Keep
            }
            Err(_) => refuse(walker, value, "a number", at),
        },
        _ => refuse(walker, value, "a number", at),
    }
}

fn count(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) -> Verdict {
    if value.is_string() && number(walker, value, at) == Verdict::Drop {
        return Verdict::Drop;
    }
    if value.is_u64() {
        return Verdict::Keep;
    }
    // `1.0` and `1e3` are whole numbers, too.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.as_f64() {
        Some(float) if float.fract() == 0.0 && (0.0..=EXACT).contains(&float) => {
            *value = serde_json::from_str(&format!("{float:.0}")).unwrap_or(Value::Null);
            Verdict::Keep
        }
        _ => refuse(walker, value, "a whole number of at least 0", at),
    }
}

fn choice(walker: &mut Walker<'_>, value: &mut Value, words: &[&str], at: &At<'_>) -> Verdict {
    let Value::String(text) = &*value else {
        return refuse(walker, value, "a string", at);
    };
    if words.contains(&text.as_str()) {
        return Verdict::Keep;
    }
    let same = words.iter().find(|word| word.eq_ignore_ascii_case(text));
    if let Some(word) = same {
        walker.warn(
            Code::WrongType,
            at,
            format!("`{text}` is taken for `{word}`"),
        );
        *value = Value::from(*word);
        return Verdict::Keep;
    }
    let message = format!("`{text}` is none of {}; it is ignored", list(words));
    walker.warn(Code::WrongType, at, message);
    Verdict::Drop
}

fn refuse(walker: &mut Walker<'_>, value: &Value, expected: &str, at: &At<'_>) -> Verdict {
    walker.wrong_type(value, expected, at);
    Verdict::Drop
}

/// Words for a message: `a`, `b` or `c`.
pub(super) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}
