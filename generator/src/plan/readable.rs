//! Whether the types that stand for formats read what a document gives for them.

use super::convert::Types;
use crate::model::{Decision, Record, Shape, Type, Union, is_clock, is_day, is_offset};
use crate::rust::RustType;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether the type that stands for a format reads what the document gives for it: a default that is filled in is sent,
/// so a blank value must not take its place. That the value fits otherwise is known. The recursion follows a value whose
/// depth the analysis has limited.
pub(super) fn is_readable(types: &Types<'_>, ty: &Type, value: &Value) -> bool {
    let inner = |ty: &Type, value: &Value| is_readable(types, ty, value);
    match (types.resolve(ty), value) {
        (Type::Scalar(scalar), value) => reads(&types.plan_scalar(*scalar), value),
        (Type::Nullable(some), value) => value.is_null() || inner(some, value),
        (Type::List(item), Value::Array(items)) => items.iter().all(|value| inner(item, value)),
        (Type::Tuple(of), Value::Array(items)) => {
            of.iter().zip(items).all(|(ty, value)| inner(ty, value))
        }
        (map @ Type::Map(_, of), Value::Object(members)) => {
            let has_any_keys = matches!(types.plan_type(map), RustType::Map(_));
            let mut values = members.values();
            members.is_empty() || (has_any_keys && values.all(|value| inner(of, value)))
        }
        (Type::Named(id), value) => match &types.api.types[*id].shape {
            Shape::Alias(ty) => inner(ty, value),
            Shape::Record(record) => reads_record(types, record, value),
            Shape::Union(union) => reads_union(types, union, value),
            Shape::Enumeration(_) => true,
        },
        _ => true,
    }
}

fn reads_record(types: &Types<'_>, record: &Record, value: &Value) -> bool {
    let mut fields = record.fields.iter();
    fields.all(|field| match value.get(field.name.as_str()) {
        Some(value) => is_readable(types, &field.ty, value),
        None => true,
    })
}

/// Whether a variant takes a value, or the union itself does.
fn reads_union(types: &Types<'_>, union: &Union, value: &Value) -> bool {
    let reads = |ty: &Type| is_readable(types, ty, value);
    let mut variants = union.variants.iter();
    let Decision::Tag(tag) = &union.decision else {
        return variants.any(|variant| reads(&variant.ty));
    };
    let said = value.get(tag.as_str()).and_then(Value::as_str);
    let named = variants.find(|variant| variant.tags.iter().any(|tag| Some(tag.as_str()) == said));
    named.is_none_or(|variant| reads(&variant.ty))
}

/// Whether a type without parts reads a value that has its form. Of those whose grammar is a matter of another crate
/// nothing is known.
fn reads(ty: &RustType, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match ty {
        RustType::F32 => value.to_string().parse().is_ok_and(f32::is_finite),
        RustType::F64 => value.to_string().parse().is_ok_and(f64::is_finite),
        RustType::Date(_) => is_known_day(text),
        RustType::DateTime(_) => text.split_at_checked(10).is_some_and(|(date, time)| {
            let clock = time.get(1..).unwrap_or_default();
            is_known_day(date) && after_clock(clock).is_some_and(is_offset)
        }),
        RustType::Time(_) => {
            after_clock(text).is_some_and(|rest| rest.is_empty() || is_offset(rest))
        }
        RustType::Base64 => STANDARD.decode(text).is_ok(),
        RustType::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        RustType::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        RustType::Duration(_)
        | RustType::Url
        | RustType::Decimal
        | RustType::Secret
        | RustType::File => false,
        _ => true,
    }
}

/// What follows a time of day.
fn after_clock(text: &str) -> Option<&str> {
    let (clock, rest) = text.split_at_checked(8)?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            (after.len() < fraction.len()).then_some(after)?
        }
        None => rest,
    };
    is_clock(clock).then_some(rest)
}

/// Whether a text is a day that every crate of dates knows, none of which has a year 0.
fn is_known_day(text: &str) -> bool {
    is_day(text) && !text.starts_with("0000")
}

#[cfg(test)]
mod tests {
    use super::reads;
    use crate::rust::{DateCrate, RustType};
    use serde_json::{Value, json};

    fn read<'v>(ty: &RustType, values: &'v [&'v str]) -> Vec<&'v str> {
        let mut values = values.to_vec();
        values.retain(|text| reads(ty, &json!(text)));
        values
    }

    #[test]
    fn a_day_or_a_time_is_one_that_there_is() {
        let days = [
            "2024-02-29",
            "2023-02-29",
            "2024-13-01",
            "2024-04-31",
            "0000-01-01",
        ];
        assert_eq!(
            read(&RustType::Date(DateCrate::Time), &days),
            ["2024-02-29"]
        );
        let times = [
            "2024-02-29T12:00:00Z",
            "2024-02-29 23:59:59.5+01:00",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:00:00",
            "2024-02-30T12:00:00Z",
            "2024-02-29T12:00:00.Z",
            "2024-02-29T12:00:00+1:00",
            "2024-02-29",
        ];
        let ty = RustType::DateTime(DateCrate::Time);
        assert_eq!(read(&ty, &times), &times[..2]);
        let clocks = ["12:00:00", "12:00:00Z", "12:00", "12:60:00", "+1:00:00"];
        let ty = RustType::Time(DateCrate::Time);
        assert_eq!(read(&ty, &clocks), &clocks[..2]);
    }

    #[test]
    fn other_forms_are_read_as_well() {
        assert_eq!(
            read(&RustType::Ipv4, &["::1", "127.0.0.1", "localhost"]),
            ["127.0.0.1"]
        );
        assert_eq!(read(&RustType::Base64, &["AAH/", "no base64"]), ["AAH/"]);
        assert!(reads(&RustType::F32, &json!(0.25)));
        let large: Value = serde_json::from_str("1e999").unwrap_or_default();
        assert!(!reads(&RustType::F64, &large));
        assert!(!reads(&RustType::Url, &json!("https://example.com/")));
    }
}
