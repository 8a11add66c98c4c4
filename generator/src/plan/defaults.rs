//! Defaults and constants: how Rust says them, and whether a default is filled in or only said.

use super::convert::Types;
use super::types::plan_variant;
use crate::model::{Decision, Field, IntegerKind, Presence, Record, Scalar, Shape, Type, Union};
use crate::rust::{
    AccessorItem, DefaultItem, DefaultValue, KnownValue, RustName, RustType, TypeBody, TypeItem,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What becomes of the default of a property that may be absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Defaults {
    /// The field stays an `Option`, and an accessor says what the API takes where it is absent.
    #[default]
    Documented,
    /// The field has the default where it is absent, and where nobody gives another value. It is sent.
    Filled,
}

impl Defaults {
    /// Both, by the words that choose them.
    pub const ALL: [(&'static str, Defaults); 2] = [
        ("documented", Defaults::Documented),
        ("filled", Defaults::Filled),
    ];

    /// That of a word.
    pub fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(known, defaults)| (known == word).then_some(defaults))
    }
}

/// How long a default may be that is a text of the client.
const LONGEST_DEFAULT: usize = 1000;

/// What is made of the default of a field of this type, but for its options. `may_fill` says whether the analysis lets it
/// be filled in. A secret is never said, as it would be a text of the program.
pub(super) fn plan_default(
    types: &Types<'_>,
    field: &Field,
    ty: &RustType,
    name: &RustName,
    may_fill: bool,
) -> Option<DefaultItem> {
    let Presence::Defaulted(value) = &field.presence else {
        return None;
    };
    let accessor = plan_accessor(types, &field.ty, value, name)?;
    let plain = field.ty.without_null();
    let is_filled = types.defaults == Defaults::Filled
        && may_fill
        && value.to_string().len() <= LONGEST_DEFAULT
        && is_readable(types, plain, value);
    if !is_filled {
        return Some(DefaultItem::Documented(accessor));
    }
    let planned = match (ty, value) {
        (RustType::Vec(_), Value::Array(items)) if items.is_empty() => DefaultValue::Empty,
        (RustType::Map(_), Value::Object(members)) if members.is_empty() => DefaultValue::Empty,
        _ => {
            plan_value(types, plain, value).unwrap_or_else(|| DefaultValue::Json(value.to_string()))
        }
    };
    Some(DefaultItem::Filled(KnownValue {
        wire: value.clone(),
        value: planned,
    }))
}

/// The accessor of a default, which was compared with its type.
fn plan_accessor(
    types: &Types<'_>,
    ty: &Type,
    value: &Value,
    field: &RustName,
) -> Option<AccessorItem> {
    let value = match plan_value(types, ty, value) {
        Some(value) => value,
        None if matches!(
            types.resolve(ty.without_null()),
            Type::Scalar(Scalar::Secret)
        ) =>
        {
            return None;
        }
        // That null is what absence means says nothing that a type does not.
        None if value.is_null() => return None,
        None => {
            let text = value.to_string();
            DefaultValue::Json((text.len() <= LONGEST_DEFAULT).then_some(text)?)
        }
    };
    let plain = field.as_str().trim_start_matches("r#");
    Some(AccessorItem {
        name: RustName::new(format!("{plain}_or_default")),
        value,
    })
}

/// A value that a literal or a variant of Rust can say.
pub(super) fn plan_value(types: &Types<'_>, ty: &Type, value: &Value) -> Option<DefaultValue> {
    match types.resolve(ty) {
        Type::Scalar(scalar) if fits_scalar(types, *scalar, value) => {
            Some(DefaultValue::Literal(value.clone()))
        }
        Type::Named(id) => match &types.api.types[*id].shape {
            Shape::Enumeration(list) => Some(DefaultValue::Variant(plan_variant(list, value)?)),
            _ => None,
        },
        _ => None,
    }
}

fn fits_scalar(types: &Types<'_>, scalar: Scalar, value: &Value) -> bool {
    match scalar {
        Scalar::Bool => value.is_boolean(),
        Scalar::Integer(kind) => fits_integer(kind, value),
        Scalar::Double => value.is_number(),
        other => types.plan_scalar(other) == RustType::String && value.is_string(),
    }
}

fn fits_integer(kind: IntegerKind, value: &Value) -> bool {
    let signed = |low: i64, high: i64| value.as_i64().is_some_and(|n| (low..=high).contains(&n));
    match kind {
        IntegerKind::I8 => signed(i64::from(i8::MIN), i64::from(i8::MAX)),
        IntegerKind::I16 => signed(i64::from(i16::MIN), i64::from(i16::MAX)),
        IntegerKind::I32 => signed(i64::from(i32::MIN), i64::from(i32::MAX)),
        IntegerKind::I64 => value.is_i64(),
        IntegerKind::U8 => signed(0, i64::from(u8::MAX)),
        IntegerKind::U16 => signed(0, i64::from(u16::MAX)),
        IntegerKind::U32 => signed(0, i64::from(u32::MAX)),
        IntegerKind::U64 => value.is_u64(),
        // No literal of Rust says it.
        IntegerKind::Big => false,
    }
}

/// Whether the type that stands for a format reads what the document gives for it: a default that is filled in is sent,
/// so a blank value must not take its place. That the value fits otherwise is known. The recursion follows a value whose
/// depth the analysis has limited.
fn is_readable(types: &Types<'_>, ty: &Type, value: &Value) -> bool {
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
        RustType::Date(_) => is_day(text),
        RustType::DateTime(_) => text.split_at_checked(10).is_some_and(|(date, time)| {
            let clock = time.get(1..).unwrap_or_default();
            is_day(date) && after_clock(clock).is_some_and(is_offset)
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

/// Whether a date of the form `0000-00-00` is a day of the calendar.
fn is_day(text: &str) -> bool {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let mut next = || parts.next().flatten();
    let (Some(year), Some(month), Some(day)) = (next(), next(), next()) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    year > 0 && (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// What follows a time of day.
fn after_clock(text: &str) -> Option<&str> {
    let (clock, rest) = text.split_at_checked(8)?;
    let mut parts = clock.split(':').map(|part| match part.len() {
        2 => part.parse::<u8>().ok(),
        _ => None,
    });
    let mut next = || parts.next().flatten();
    let is_time = next()? < 24 && next()? < 60 && next()? < 60;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            (after.len() < fraction.len()).then_some(after)?
        }
        None => rest,
    };
    is_time.then_some(rest)
}

/// Whether a text is how far a time is ahead of UTC.
fn is_offset(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else {
        return matches!(text, "Z" | "z");
    };
    let parts = rest.split_once(':').map(|(hours, minutes)| {
        let within =
            |part: &str, end: u8| part.len() == 2 && part.parse().is_ok_and(|n: u8| n < end);
        within(hours, 24) && within(minutes, 60)
    });
    parts == Some(true)
}

/// Whether a field has a default that is read from JSON.
pub(super) fn has_json_defaults(types: &[TypeItem]) -> bool {
    let records = types.iter().filter_map(|item| match &item.body {
        TypeBody::Record(record) => Some(record),
        _ => None,
    });
    let mut values = records
        .flat_map(|record| &record.fields)
        .filter_map(|field| match field.default.as_ref()? {
            DefaultItem::Documented(accessor) => Some(&accessor.value),
            DefaultItem::Filled(known) => Some(&known.value),
        });
    values.any(|value| matches!(value, DefaultValue::Json(_)))
}
