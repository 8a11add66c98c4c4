//! Whether a value is one of a type.

use crate::model::{
    Additional, Api, Decision, Enumeration, IntegerKind, MapKey, Record, Scalar, Shape, Type,
    TypeId, Union, is_clock, is_day, is_offset,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::net::{Ipv4Addr, Ipv6Addr};
use serde_json::{Map, Value};

/// More steps than any sensible value takes; a guard against types that only name each other.
const MOST_STEPS: usize = 20_000;

/// Whether `value` is one of `ty`. Fields that are not listed are no fault where the record is not closed.
pub fn fits(api: &Api, ty: &Type, value: &Value) -> bool {
    let mut check = Check { api, steps: 0 };
    check.value(ty, value)
}

struct Check<'a> {
    api: &'a Api,
    steps: usize,
}

impl Check<'_> {
    /// The recursion follows the value, whose depth is limited, or an alias, whose number is.
    fn value(&mut self, ty: &Type, value: &Value) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        match (ty, value) {
            (Type::Json, _) => true,
            (Type::Nullable(_), Value::Null) => true,
            (Type::Nullable(inner), value) => self.value(inner, value),
            (Type::Scalar(scalar), value) => scalar_fits(*scalar, value),
            (Type::List(item), Value::Array(items)) => {
                items.iter().all(|value| self.value(item, value))
            }
            (Type::Map(key, ty), Value::Object(members)) => {
                let key = match key {
                    MapKey::Text => None,
                    MapKey::Scalar(scalar) => Some(Type::Scalar(*scalar)),
                    MapKey::Named(id) => Some(Type::Named(*id)),
                };
                let are_keys = key.is_none_or(|key| {
                    let mut names = members.keys();
                    names.all(|name| self.value(&key, &Value::from(name.as_str())))
                });
                are_keys && members.values().all(|value| self.value(ty, value))
            }
            (Type::Tuple(types), Value::Array(items)) => {
                types.len() == items.len()
                    && types
                        .iter()
                        .zip(items)
                        .all(|(ty, value)| self.value(ty, value))
            }
            (Type::Named(id), value) => self.named(*id, value),
            _ => false,
        }
    }

    fn named(&mut self, id: TypeId, value: &Value) -> bool {
        let api = self.api;
        match (&api.types[id].shape, value) {
            (Shape::Alias(ty), value) => self.aliased(ty, value),
            (Shape::Record(record), Value::Object(members)) => self.record(record, members),
            (Shape::Enumeration(Enumeration::Strings(values)), Value::String(text)) => {
                values.iter().any(|known| known.value == *text)
            }
            (Shape::Enumeration(Enumeration::Integers(values)), value) => value
                .as_i64()
                .is_some_and(|number| values.iter().any(|known| known.value == number)),
            (Shape::Union(union), value) => self.union(union, value),
            _ => false,
        }
    }

    /// Aliases may name each other in a circle without the value growing shorter.
    fn aliased(&mut self, ty: &Type, value: &Value) -> bool {
        let mut ty = ty;
        for _ in 0..=self.api.types.len() {
            match ty {
                Type::Named(id) => match &self.api.types[*id].shape {
                    Shape::Alias(inner) => ty = inner,
                    _ => return self.value(ty, value),
                },
                _ => return self.value(ty, value),
            }
        }
        false
    }

    fn record(&mut self, record: &Record, members: &Map<String, Value>) -> bool {
        let known = record
            .fields
            .iter()
            .all(|field| match members.get(field.name.as_str()) {
                Some(value) => self.value(&field.ty, value),
                None => !field.presence.is_required(),
            });
        known
            && members
                .iter()
                .filter(|(name, _)| {
                    !record
                        .fields
                        .iter()
                        .any(|field| field.name.as_str() == *name)
                })
                .all(|(_, value)| match &record.additional {
                    Additional::Ignored => true,
                    Additional::Kept(ty) => self.value(ty, value),
                    Additional::Forbidden => false,
                })
    }

    fn union(&mut self, union: &Union, value: &Value) -> bool {
        match &union.decision {
            Decision::Tag(property) => {
                let Some(tag) = value.get(property.as_str()).and_then(Value::as_str) else {
                    return false;
                };
                union
                    .variants
                    .iter()
                    .filter(|variant| variant.tags.iter().any(|known| known.as_str() == tag))
                    .any(|variant| self.value(&variant.ty, value))
            }
            Decision::Open => true,
            Decision::Shape => union
                .variants
                .iter()
                .any(|variant| self.value(&variant.ty, value)),
        }
    }
}

fn scalar_fits(scalar: Scalar, value: &Value) -> bool {
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(_)) => true,
        (Scalar::Integer(kind), Value::Number(_)) => integer_fits(kind, value),
        (Scalar::Float | Scalar::Double | Scalar::BigNumber, Value::Number(_)) => true,
        (Scalar::String | Scalar::Secret | Scalar::Binary, Value::String(_)) => true,
        (Scalar::Uri, Value::String(text)) => !text.is_empty(),
        (Scalar::Uuid, Value::String(text)) => is_uuid(text),
        (Scalar::Date, Value::String(text)) => is_day(text),
        (Scalar::DateTime, Value::String(text)) => is_date_time(text),
        (Scalar::Base64, Value::String(text)) => is_base64(text),
        (Scalar::Ipv4, Value::String(text)) => text.parse::<Ipv4Addr>().is_ok(),
        (Scalar::Ipv6, Value::String(text)) => text.parse::<Ipv6Addr>().is_ok(),
        (Scalar::Time, Value::String(text)) => is_date_time(&format!("2026-01-31T{text}")),
        (Scalar::Duration, Value::String(text)) => is_duration(text),
        (Scalar::Decimal, Value::String(text)) => is_decimal(text),
        _ => false,
    }
}

fn integer_fits(kind: IntegerKind, value: &Value) -> bool {
    let signed = |min: i64, max: i64| value.as_i64().is_some_and(|n| (min..=max).contains(&n));
    let unsigned = |max: u64| value.as_u64().is_some_and(|n| n <= max);
    match kind {
        IntegerKind::I8 => signed(i8::MIN.into(), i8::MAX.into()),
        IntegerKind::I16 => signed(i16::MIN.into(), i16::MAX.into()),
        IntegerKind::I32 => signed(i32::MIN.into(), i32::MAX.into()),
        IntegerKind::I64 => value.is_i64(),
        IntegerKind::Big => !value.is_f64(),
        IntegerKind::U8 => unsigned(u8::MAX.into()),
        IntegerKind::U16 => unsigned(u16::MAX.into()),
        IntegerKind::U32 => unsigned(u32::MAX.into()),
        IntegerKind::U64 => value.is_u64(),
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// RFC 3339, section 5.6.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let Some(end) = time.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = time.split_at(end);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    is_day(date)
        && is_clock(clock)
        && !fraction.is_empty()
        && fraction.len() <= 9
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && is_offset(offset)
}

/// A duration of ISO 8601 without years and months, in whole numbers, which every type can hold.
fn is_duration(text: &str) -> bool {
    let units = text.strip_prefix('P').unwrap_or_default();
    let (days, time) = units.split_once('T').unwrap_or((units, "0S"));
    let part = |part: &str, units: &[char]| {
        part.bytes()
            .all(|b| b.is_ascii_digit() || units.contains(&char::from(b)))
            && (part.is_empty() || part.ends_with(units))
    };
    !units.is_empty() && part(days, &['D']) && !time.is_empty() && part(time, &['H', 'M', 'S'])
}

/// A decimal number that every type can hold.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number(whole) && is_number(fraction) && text.len() <= 28
}

fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok()
}
