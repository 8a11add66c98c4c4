//! Dates, times and durations as types of the crate `jiff`.

use std::fmt;

use jiff::civil::{Date, DateTime as Civil, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span as Length, Timestamp};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};
use super::iso8601;
use super::rfc3339::{self, DateParts, TimeParts};
use super::spelled::{Spelled, TextForm, text_values};

/// A [`Timestamp`], and how the server spelled it, its offset among it.
pub type DateTime = Spelled<Timestamp>;
/// A [`Time`], and how the server spelled it.
pub type TimeOfDay = Spelled<Time>;
/// A [`jiff::Span`], and how the server spelled it.
pub type Span = Spelled<Length>;

text_values!(Date);

impl TextForm for Date {
    const EXPECTED: &'static str = rfc3339::A_DATE;

    fn read(text: &str) -> Option<Self> {
        date(rfc3339::read_date(text)?)
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_date(date_parts(*self), out)
    }
    fn some() -> Self {
        Date::ZERO
    }
}

impl TextForm for Time {
    const EXPECTED: &'static str = rfc3339::A_TIME;

    fn read(text: &str) -> Option<Self> {
        time(rfc3339::read_time(text)?)
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_time(time_parts(*self), out)
    }
    fn some() -> Self {
        Time::midnight()
    }
}

impl TextForm for Timestamp {
    const EXPECTED: &'static str = rfc3339::A_DATE_TIME;

    fn read(text: &str) -> Option<Self> {
        let (day, clock, offset) = rfc3339::read_date_time(text)?;
        let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
        let civil = Civil::from_parts(date(day)?, time(clock)?);
        Some(civil.to_zoned(zone).ok()?.timestamp())
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let civil = Offset::UTC.to_datetime(*self);
        rfc3339::write_date_time((date_parts(civil.date()), time_parts(civil.time()), 0), out)
    }
    fn some() -> Self {
        Timestamp::UNIX_EPOCH
    }
}

impl TextForm for Length {
    const EXPECTED: &'static str = iso8601::A_DURATION;

    fn read(text: &str) -> Option<Self> {
        let parts = iso8601::read_duration(text)?;
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let length = Length::new()
            .try_years(count(parts.years))
            .and_then(|length| length.try_months(count(parts.months)))
            .and_then(|length| length.try_weeks(count(parts.weeks)))
            .and_then(|length| length.try_days(count(parts.days)))
            .and_then(|length| length.try_hours(count(parts.hours)))
            .and_then(|length| length.try_minutes(count(parts.minutes)))
            .and_then(|length| length.try_seconds(count(parts.seconds)))
            .and_then(|length| length.try_nanoseconds(i64::from(parts.nanoseconds)))
            .ok()?;
        Some(if parts.is_negative {
            length.negate()
        } else {
            length
        })
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
    fn some() -> Self {
        Length::new()
    }
}

fn date(parts: DateParts) -> Option<Date> {
    let (month, day) = (
        i8::try_from(parts.month).ok()?,
        i8::try_from(parts.day).ok()?,
    );
    Date::new(parts.year, month, day).ok()
}

fn date_parts(date: Date) -> DateParts {
    DateParts {
        year: date.year(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

fn time(parts: TimeParts) -> Option<Time> {
    let part = |part: u8| i8::try_from(part).ok();
    let nanosecond = i32::try_from(parts.nanosecond).ok()?;
    Time::new(
        part(parts.hour)?,
        part(parts.minute)?,
        part(parts.second)?,
        nanosecond,
    )
    .ok()
}

fn time_parts(time: Time) -> TimeParts {
    TimeParts {
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        nanosecond: time.subsec_nanosecond().unsigned_abs(),
    }
}
