//! Which types of Rust stand for the formats of strings.

use crate::model::{Scalar, string_format};
use crate::rust::{DateCrate, RustType};

/// The type of each format of a string that has a choice. `None` and `false` are `String`, and so are formats that no
/// type stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats {
    /// `date-time`.
    pub date_time: Option<DateCrate>,
    /// `date`.
    pub date: Option<DateCrate>,
    /// `time`.
    pub time: Option<DateCrate>,
    /// `duration`. Text unless chosen, since many documents mean something else than ISO 8601 by it.
    pub duration: Option<DateCrate>,
    /// `uuid`: whether it is `uuid::Uuid`.
    pub uuid: bool,
    /// `byte`: whether it is bytes.
    pub byte: bool,
    /// `uri` and `url`: whether it is `url::Url`, which brings thirty crates.
    pub uri: bool,
    /// `decimal`: whether it is `rust_decimal::Decimal`, which holds 28 digits.
    pub decimal: bool,
    /// `ipv4`: whether it is `std::net::Ipv4Addr`.
    pub ipv4: bool,
    /// `ipv6`: whether it is `std::net::Ipv6Addr`, which remembers how it was spelled.
    pub ipv6: bool,
}

impl Default for Formats {
    fn default() -> Self {
        Formats {
            date_time: Some(DateCrate::Time),
            date: Some(DateCrate::Time),
            time: Some(DateCrate::Time),
            duration: None,
            uuid: true,
            byte: true,
            uri: false,
            decimal: false,
            ipv4: true,
            ipv6: true,
        }
    }
}

impl Formats {
    /// Chooses by words: a format, and the crate that has its type, or `string`. The format `dates` stands for all of
    /// `date-time`, `date`, `time` and `duration`.
    ///
    /// # Errors
    ///
    /// If there is no such format, or no such type for it. The message says what there is.
    pub fn set(&mut self, format: &str, ty: &str) -> Result<(), String> {
        match format {
            "date-time" => self.date_time = date_crate(format, ty)?,
            "date" => self.date = date_crate(format, ty)?,
            "time" => self.time = date_crate(format, ty)?,
            "duration" => self.duration = date_crate(format, ty)?,
            "dates" => {
                let all = date_crate(format, ty)?;
                (self.date_time, self.date, self.time, self.duration) = (all, all, all, all);
            }
            "uuid" => self.uuid = is_typed(format, ty, "uuid")?,
            "byte" => self.byte = is_typed(format, ty, "base64")?,
            "uri" => self.uri = is_typed(format, ty, "url")?,
            "decimal" => self.decimal = is_typed(format, ty, "rust_decimal")?,
            "ipv4" => self.ipv4 = is_typed(format, ty, "std")?,
            "ipv6" => self.ipv6 = is_typed(format, ty, "std")?,
            _ => {
                return Err(format!(
                    "the format {format:?} has no choice of types; those that have are date-time, date, time, \
                     duration, dates (all of these), uuid, byte, uri, decimal, ipv4 and ipv6"
                ));
            }
        }
        Ok(())
    }

    /// The type of a scalar, if a format decides it.
    pub(super) fn of(&self, scalar: Scalar) -> Option<RustType> {
        let typed = |is_typed: bool, ty: RustType| is_typed.then_some(ty);
        let ty = match scalar {
            Scalar::DateTime => self.date_time.map(RustType::DateTime),
            Scalar::Date => self.date.map(RustType::Date),
            Scalar::Time => self.time.map(RustType::Time),
            Scalar::Duration => self.duration.map(RustType::Duration),
            Scalar::Uuid => typed(self.uuid, RustType::Uuid),
            Scalar::Base64 => typed(self.byte, RustType::Base64),
            Scalar::Uri => typed(self.uri, RustType::Url),
            Scalar::Decimal => typed(self.decimal, RustType::Decimal),
            Scalar::Ipv4 => typed(self.ipv4, RustType::Ipv4),
            Scalar::Ipv6 => typed(self.ipv6, RustType::Ipv6),
            _ => return None,
        };
        Some(ty.unwrap_or(RustType::String))
    }

    /// Whether the type of a string says its format, so that the documentation need not.
    pub(super) fn say(&self, format: &str) -> bool {
        let scalar = string_format(format);
        scalar.is_some_and(|scalar| self.of(scalar) != Some(RustType::String))
    }
}

fn date_crate(format: &str, ty: &str) -> Result<Option<DateCrate>, String> {
    match ty {
        "time" => Ok(Some(DateCrate::Time)),
        "jiff" => Ok(Some(DateCrate::Jiff)),
        "chrono" => Ok(Some(DateCrate::Chrono)),
        "string" => Ok(None),
        _ => Err(format!(
            "{format:?} may be time, jiff, chrono or string, not {ty:?}"
        )),
    }
}

fn is_typed(format: &str, ty: &str, typed: &str) -> Result<bool, String> {
    match ty {
        "string" => Ok(false),
        _ if ty == typed => Ok(true),
        _ => Err(format!("{format:?} may be {typed} or string, not {ty:?}")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Formats;
    use crate::rust::DateCrate;

    #[test]
    fn a_choice_is_a_crate_or_string() {
        let mut formats = Formats::default();
        formats.set("dates", "jiff").unwrap();
        formats.set("date", "string").unwrap();
        formats.set("uri", "url").unwrap();
        assert_eq!(formats.date_time, Some(DateCrate::Jiff));
        assert_eq!(formats.date, None);
        assert!(formats.uri);
        let wrong = formats.set("uuid", "jiff").unwrap_err();
        assert_eq!(wrong, "\"uuid\" may be uuid or string, not \"jiff\"");
        assert!(formats.set("email", "string").unwrap_err().contains("ipv4"));
    }
}
