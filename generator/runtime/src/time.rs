//! Dates and points in time (RFC 3339) as values of the codec.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};

impl Encode for OffsetDateTime {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl Format for OffsetDateTime {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        match OffsetDateTime::format(*self, &Rfc3339) {
            Ok(text) => out.write_str(&text),
            // RFC 3339 has no spelling for years beyond 9999 and for offsets with seconds; the server may refuse this.
            Err(_) => write!(out, "{self}"),
        }
    }
}

impl Decode for OffsetDateTime {
    fn blank() -> Self {
        OffsetDateTime::UNIX_EPOCH
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for OffsetDateTime {
    fn put(&mut self, text: &str) -> bool {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|time| *self = time)
            .is_ok()
    }
    fn expected(&self) -> &'static str {
        "a date and time as in RFC 3339"
    }
}

impl Encode for Date {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl Format for Date {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let (year, month, day) = self.to_calendar_date();
        write!(out, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

impl Decode for Date {
    fn blank() -> Self {
        OffsetDateTime::UNIX_EPOCH.date()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for Date {
    fn put(&mut self, text: &str) -> bool {
        parse_date(text).map(|date| *self = date).is_some()
    }
    fn expected(&self) -> &'static str {
        "a date as in RFC 3339"
    }
}

/// A `full-date` of RFC 3339: four digits, two, two.
fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = |length: usize| {
        let digits = parts.next()?;
        let is_plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()
}
