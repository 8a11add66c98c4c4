//! Values without parts: formats, and enumerations of them.

use super::context::Lowering;
use super::keywords::Kind;
use super::schema::{Facet, Outcome};
use crate::model::{IntegerKind, Scalar, Shape, Type};
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
            Kind::Integer => Scalar::Integer(integer_kind(format, is_never_negative(facets))),
            Kind::Number if format == Some("float") => Scalar::Float,
            Kind::Number => Scalar::Double,
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
    match (format, is_unsigned) {
        (Some("int8"), false) => IntegerKind::I8,
        (Some("int16"), false) => IntegerKind::I16,
        (Some("int32"), false) => IntegerKind::I32,
        (Some("int8" | "uint8"), _) => IntegerKind::U8,
        (Some("int16" | "uint16"), _) => IntegerKind::U16,
        (Some("int32" | "uint32"), _) => IntegerKind::U32,
        (Some("uint64" | "uint"), _) | (_, true) => IntegerKind::U64,
        (_, false) => IntegerKind::I64,
    }
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
    match format {
        Some("uuid") => Scalar::Uuid,
        Some("date") => Scalar::Date,
        Some("date-time") => Scalar::DateTime,
        Some("byte") => Scalar::Base64,
        Some("binary") => Scalar::Binary,
        Some("password") => Scalar::Secret,
        Some("uri" | "url") => Scalar::Uri,
        Some("time") => Scalar::Time,
        Some("duration") => Scalar::Duration,
        Some("decimal") => Scalar::Decimal,
        Some("ipv4") => Scalar::Ipv4,
        Some("ipv6") => Scalar::Ipv6,
        _ => Scalar::String,
    }
}
