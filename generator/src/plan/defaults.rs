//! Defaults and constants: how Rust says them, and whether a default is filled in or only said.

use super::convert::Types;
use super::readable::is_readable;
use super::types::plan_variant;
use crate::model::{Field, IntegerKind, Presence, Scalar, Shape, Type};
use crate::rust::{
    AccessorItem, DefaultItem, DefaultValue, KnownValue, RustName, RustType, TypeBody, TypeItem,
};
use serde_json::Value;

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

#[cfg(test)]
mod tests {
    use super::Defaults;

    #[test]
    fn each_way_has_its_word() {
        assert_eq!(Defaults::parse("filled"), Some(Defaults::Filled));
        assert_eq!(Defaults::parse("documented"), Some(Defaults::default()));
        assert_eq!(Defaults::parse("Filled"), None);
    }
}
