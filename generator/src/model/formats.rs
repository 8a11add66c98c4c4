//! What the formats say that values are. Formats that are not here, such as `email` or `hostname`, are notes for people.

use super::{IntegerKind, Scalar};

/// The width of an integer. Without a sign of its own, a format says nothing of numbers below 0.
pub fn integer_format(format: &str) -> Option<IntegerKind> {
    Some(match format {
        "int8" => IntegerKind::I8,
        "int16" => IntegerKind::I16,
        "int32" => IntegerKind::I32,
        "int64" => IntegerKind::I64,
        "uint8" => IntegerKind::U8,
        "uint16" => IntegerKind::U16,
        "uint32" => IntegerKind::U32,
        "uint64" | "uint" => IntegerKind::U64,
        "bigint" | "big-int" | "biginteger" | "big-integer" | "int128" | "uint128" | "int256"
        | "uint256" | "decimal" | "decimal128" => IntegerKind::Big,
        _ => return None,
    })
}

/// What a number is.
pub fn number_format(format: &str) -> Option<Scalar> {
    Some(match format {
        "float" => Scalar::Float,
        "double" => Scalar::Double,
        // Every digit of these counts.
        "decimal" | "decimal128" | "bignumber" | "big-number" | "bigdecimal" | "big-decimal" => {
            Scalar::BigNumber
        }
        _ => return None,
    })
}

/// What a string is.
pub fn string_format(format: &str) -> Option<Scalar> {
    Some(match format {
        "uuid" => Scalar::Uuid,
        "date" => Scalar::Date,
        "date-time" => Scalar::DateTime,
        "byte" => Scalar::Base64,
        "binary" => Scalar::Binary,
        "password" => Scalar::Secret,
        "uri" | "url" => Scalar::Uri,
        "time" => Scalar::Time,
        "duration" => Scalar::Duration,
        "decimal" => Scalar::Decimal,
        "ipv4" => Scalar::Ipv4,
        "ipv6" => Scalar::Ipv6,
        _ => return None,
    })
}
