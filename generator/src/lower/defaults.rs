//! Defaults that their own type does not allow.

use super::context::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Arena, Enumeration, IntegerKind, Presence, Scalar, Shape, Type, TypeDef};
use crate::source::Origin;
use serde_json::Value;

/// How deep a default is compared with its type.
const DEPTH: usize = 16;

impl Lowering<'_> {
    /// Drops and reports the defaults of fields and parameters that do not fit. This needs all types, so it comes last.
    pub(super) fn check_defaults(&mut self, api: &mut Api) {
        let mut misfits = Vec::new();
        for (id, def) in api.types.iter() {
            let Shape::Record(record) = &def.shape else {
                continue;
            };
            for (position, field) in record.fields.iter().enumerate() {
                if let Presence::Defaulted(value) = &field.presence
                    && !fits(&api.types, &field.ty, value, DEPTH)
                {
                    misfits.push((id, position));
                }
            }
        }
        for (id, position) in misfits {
            let Some(TypeDef {
                shape: Shape::Record(record),
                ..
            }) = api.types.get_mut(id)
            else {
                continue;
            };
            if let Some(field) = record.fields.get_mut(position) {
                let presence = std::mem::replace(&mut field.presence, Presence::Optional);
                let origin = field.origin.child("default");
                self.report_misfit(presence, origin);
            }
        }
        for id in api.operations.ids() {
            let Some(operation) = api.operations.get_mut(id) else {
                continue;
            };
            for parameter in &mut operation.parameters {
                let is_misfit = matches!(&parameter.presence, Presence::Defaulted(value)
                    if !fits(&api.types, &parameter.ty, value, DEPTH));
                if is_misfit {
                    let presence = std::mem::replace(&mut parameter.presence, Presence::Optional);
                    let origin = parameter.origin.child("schema").child("default");
                    self.report_misfit(presence, origin);
                }
            }
        }
    }

    fn report_misfit(&mut self, presence: Presence, origin: Origin) {
        if let Presence::Defaulted(value) = presence {
            let text = shorten(&value.to_string());
            let message =
                format!("the default `{text}` does not fit its own schema; it is ignored");
            self.report_diagnostic(Diagnostic::new(Code::InvalidValue, origin, message));
        }
    }
}

/// Whether a value is one of a type.
pub(super) fn fits(types: &Arena<TypeDef>, ty: &Type, value: &Value, depth: usize) -> bool {
    if depth == 0 {
        return true;
    }
    let inner = |ty: &Type, value: &Value| fits(types, ty, value, depth - 1);
    match (ty, value) {
        (Type::Json, _) => true,
        (Type::Nullable(_), Value::Null) => true,
        (Type::Nullable(some), value) => inner(some, value),
        (Type::Scalar(scalar), value) => fits_scalar(*scalar, value),
        (Type::List(item), Value::Array(items)) => items.iter().all(|value| inner(item, value)),
        (Type::Map(_, of), Value::Object(map)) => map.values().all(|value| inner(of, value)),
        (Type::Tuple(of), Value::Array(items)) => {
            of.len() == items.len() && of.iter().zip(items).all(|(ty, value)| inner(ty, value))
        }
        (Type::List(_) | Type::Map(_, _) | Type::Tuple(_), _) => false,
        (Type::Named(id), value) => match &types[*id].shape {
            Shape::Alias(ty) => inner(ty, value),
            Shape::Enumeration(Enumeration::Strings(values)) => value
                .as_str()
                .is_some_and(|text| values.iter().any(|known| known.value == text)),
            Shape::Enumeration(Enumeration::Integers(values)) => value
                .as_i64()
                .is_some_and(|number| values.iter().any(|known| known.value == number)),
            Shape::Union(union) => union
                .variants
                .iter()
                .any(|variant| inner(&variant.ty, value)),
            Shape::Record(record) => value.as_object().is_some_and(|map| {
                record
                    .fields
                    .iter()
                    .all(|field| match map.get(field.name.as_str()) {
                        Some(value) => inner(&field.ty, value),
                        None => !field.presence.is_required(),
                    })
            }),
        },
    }
}

fn fits_scalar(scalar: Scalar, value: &Value) -> bool {
    match scalar {
        Scalar::Bool => value.is_boolean(),
        Scalar::Integer(kind) => fits_integer(kind, value),
        Scalar::Float | Scalar::Double | Scalar::BigNumber => value.is_number(),
        Scalar::Uuid => value.as_str().is_some_and(is_uuid),
        Scalar::Date => value.as_str().is_some_and(is_date),
        Scalar::DateTime => value.as_str().is_some_and(is_date_time),
        Scalar::String
        | Scalar::Secret
        | Scalar::Base64
        | Scalar::Uri
        | Scalar::Binary
        | Scalar::Time
        | Scalar::Duration
        | Scalar::Decimal
        | Scalar::Ipv4
        | Scalar::Ipv6 => value.is_string(),
    }
}

fn fits_integer(kind: IntegerKind, value: &Value) -> bool {
    if kind == IntegerKind::Big {
        return value.is_number() && !value.is_f64();
    }
    let Some(number) = value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
    else {
        return false;
    };
    let (least, most) = match kind {
        IntegerKind::I8 => (i128::from(i8::MIN), i128::from(i8::MAX)),
        IntegerKind::I16 => (i128::from(i16::MIN), i128::from(i16::MAX)),
        IntegerKind::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerKind::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerKind::U8 => (0, i128::from(u8::MAX)),
        IntegerKind::U16 => (0, i128::from(u16::MAX)),
        IntegerKind::U32 => (0, i128::from(u32::MAX)),
        IntegerKind::U64 => (0, i128::from(u64::MAX)),
        IntegerKind::Big => (i128::MIN, i128::MAX),
    };
    (least..=most).contains(&number)
}

/// Whether a text has the form of a pattern in which `0` is a digit, `x` a hexadecimal digit and the rest itself.
fn has_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.chars().zip(form.chars()).all(|(c, form)| match form {
            '0' => c.is_ascii_digit(),
            'x' => c.is_ascii_hexdigit(),
            other => c.eq_ignore_ascii_case(&other),
        })
}

fn is_uuid(text: &str) -> bool {
    has_form(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn is_date(text: &str) -> bool {
    has_form(text, "0000-00-00")
}

fn is_date_time(text: &str) -> bool {
    let mut at = text.splitn(2, ['T', 't', ' ']);
    let (Some(date), Some(time)) = (at.next(), at.next()) else {
        return false;
    };
    let clock: String = time.chars().take(8).collect();
    let has_zone = time.ends_with(['Z', 'z']) || time.chars().skip(8).any(|c| c == '+' || c == '-');
    is_date(date) && has_form(&clock, "00:00:00") && has_zone
}

fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
