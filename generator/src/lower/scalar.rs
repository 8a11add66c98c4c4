//! Values without parts: formats, and enumerations of them.

use super::context::Lowering;
use super::keywords::Kind;
use super::schema::{Facet, Outcome};
use crate::model::{
    IntegerKind, Scalar, Shape, Type, integer_format, number_format, string_format,
};
use serde_json::Value;

impl<'d> Lowering<'d> {
    /// A boolean, a number or a string, or an enumeration of them.
    pub(super) fn lower_scalar(&mut self, kind: Kind, facets: &[Facet<'d>]) -> Outcome {
        let lists: Vec<&Facet<'d>> = facets
            .iter()
            .filter(|facet| {
                facet
                    .keywords
                    .enumeration
                    .iter()
                    .any(|value| !value.is_null())
            })
            .collect();
        if let Some((first, others)) = lists.split_first() {
            let values = self.common_values(first, others);
            if let Some(enumeration) = self.lower_enumeration(kind, first, &values) {
                return Outcome::Shape(Shape::Enumeration(enumeration));
            }
        }
        let format = facets.iter().find_map(|facet| facet.keywords.format);
        let is_secret = facets.iter().any(|facet| facet.keywords.is_marked_secret());
        let scalar = match kind {
            Kind::Boolean => Scalar::Bool,
            Kind::Integer if is_big(format, facets) => Scalar::Integer(IntegerKind::Big),
            Kind::Integer => Scalar::Integer(integer_kind(format, is_never_negative(facets))),
            Kind::Number => format.and_then(number_format).unwrap_or(Scalar::Double),
            _ if is_secret => Scalar::Secret,
            _ => string_scalar(format),
        };
        Outcome::Type(Type::Scalar(scalar))
    }

    /// The values that all lists have; those of the first if they have none in common.
    fn common_values(&mut self, first: &Facet<'d>, others: &[&Facet<'d>]) -> Vec<Value> {
        let mut values = first.keywords.enumeration.clone();
        for other in others {
            let common: Vec<Value> = values
                .iter()
                .filter(|value| other.keywords.enumeration.contains(value))
                .cloned()
                .collect();
            if common.is_empty() {
                let here = other.part.at.child("enum");
                let there = first.part.at.child("enum");
                self.report_contradiction(
                    &here,
                    "a list of other values",
                    &there,
                    "a list of values",
                );
            } else {
                values = common;
            }
        }
        values
    }
}

/// The width that a format gives, 64 bits where it says nothing of it; without a sign where no number is negative. A
/// maximum gives no width: one that is raised later would make an old client fail.
fn integer_kind(format: Option<&str>, is_unsigned: bool) -> IntegerKind {
    use IntegerKind::{I8, I16, I32, I64, U8, U16, U32, U64};
    match (format.and_then(integer_format), is_unsigned) {
        (Some(I8), true) => U8,
        (Some(I16), true) => U16,
        (Some(I32), true) => U32,
        (Some(I64) | None, true) => U64,
        (Some(kind), _) => kind,
        (None, false) => I64,
    }
}

/// Whether the document says that integers are larger than 64 bits: by a format, or by a bound or a value that is, be it
/// listed, the default or an example. A limit of 64 bits that somebody's JavaScript has rounded is none.
fn is_big(format: Option<&str>, facets: &[Facet<'_>]) -> bool {
    const SIGNED: f64 = 9_223_372_036_854_775_808.0;
    match format.and_then(integer_format) {
        Some(IntegerKind::Big) => return true,
        // A width that is named is meant, whatever the bounds.
        Some(_) => return false,
        None => {}
    }
    let most = if is_never_negative(facets) {
        SIGNED * 2.0
    } else {
        SIGNED
    };
    facets.iter().any(|facet| {
        let constraints = &facet.keywords.constraints;
        let bounds = [&constraints.minimum, &constraints.maximum];
        let sizes = bounds.into_iter().flatten().map(|(bound, _)| {
            let size = bound.as_f64().unwrap_or(f64::INFINITY).abs();
            // A fraction or an exponent is how somebody says "no limit".
            if bound.is_f64() { 0.0 } else { size }
        });
        let data = facet.keywords.data;
        let shown = [&data.default, &data.example].into_iter().flatten();
        let mut values = (facet.keywords.enumeration.iter().chain(shown))
            .filter(|value| value.is_number() && !value.is_f64());
        sizes.into_iter().any(|size| size > most)
            || values.any(|value| !(value.is_i64() || (most > SIGNED && value.is_u64())))
    })
}

fn is_never_negative(facets: &[Facet<'_>]) -> bool {
    let mut bounds = facets.iter().filter_map(|facet| {
        let (bound, excluded) = facet.keywords.constraints.minimum.as_ref()?;
        Some((bound.as_f64()?, *excluded))
    });
    bounds.any(|(bound, excluded)| bound >= 0.0 || (excluded && bound >= -1.0))
}

/// Formats that no type stands for, such as `email` or `hostname`, are notes for people.
pub(super) fn string_scalar(format: Option<&str>) -> Scalar {
    format.and_then(string_format).unwrap_or(Scalar::String)
}
