//! How forms are spelled.

use super::convert::Types;
use crate::model::{Additional, FormStyle, Record, Shape, Type, WireName};
use crate::rust::BodyCodec;

/// The codec of a form. Where all that is nested is spelled like `deepObject`, as in APIs that know no other form, the
/// client says so once instead of naming each property.
pub(super) fn plan_form(
    types: &Types<'_>,
    ty: &Type,
    styles: &[(WireName, FormStyle)],
) -> BodyCodec {
    let is_deep = record_of(types, ty).is_some_and(|record| is_deep(types, record, styles));
    if is_deep {
        BodyCodec::DeepForm
    } else {
        BodyCodec::Form(styles.to_vec())
    }
}

fn is_deep(types: &Types<'_>, record: &Record, styles: &[(WireName, FormStyle)]) -> bool {
    let all_deep = styles
        .iter()
        .all(|(_, style)| *style == FormStyle::DeepObject);
    let is_named = |name: &WireName| styles.iter().any(|(other, _)| other == name);
    !styles.is_empty()
        && all_deep
        && !matches!(record.additional, Additional::Kept(_))
        && record
            .fields
            .iter()
            .all(|field| is_named(&field.name) || is_plain(types, &field.ty))
}

fn record_of<'t>(types: &'t Types<'_>, ty: &'t Type) -> Option<&'t Record> {
    match types.resolve(ty) {
        Type::Named(id) => match &types.api.types[*id].shape {
            Shape::Record(record) => Some(record),
            _ => None,
        },
        _ => None,
    }
}

/// Whether values of the type are a single pair in every style.
fn is_plain(types: &Types<'_>, ty: &Type) -> bool {
    match types.resolve(ty.without_null()) {
        Type::Scalar(_) => true,
        Type::Named(id) => matches!(types.api.types[*id].shape, Shape::Enumeration(_)),
        _ => false,
    }
}
