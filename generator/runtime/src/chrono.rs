//! Dates, times and durations as types of the crate `chrono`.

use std::fmt;

use chrono::{
    Datelike as _, FixedOffset, NaiveDate, NaiveTime, Offset as _, TimeDelta, TimeZone as _,
    Timelike as _,
};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};
use super::iso8601::{self, DurationParts};
use super::rfc3339::{self, DateParts, TimeParts};
use super::spelled::{Spelled, TextForm, text_values};

/// A [`chrono::DateTime`], and how the server spelled it.
pub type DateTime = Spelled<chrono::DateTime<FixedOffset>>;
/// A [`NaiveTime`], and how the server spelled it.
pub type TimeOfDay = Spelled<NaiveTime>;
/// A [`TimeDelta`], and how the server spelled it.
pub type Span = Spelled<TimeDelta>;

text_values!(NaiveDate);

impl TextForm for NaiveDate {
    const EXPECTED: &'static str = rfc3339::A_DATE;

    fn read(text: &str) -> Option<Self> {
        date(rfc3339::read_date(text)?)
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_date(date_parts(*self), out)
    }
    fn some() -> Self {
        NaiveDate::MIN
    }
}

impl TextForm for NaiveTime {
    const EXPECTED: &'static str = rfc3339::A_TIME;

    fn read(text: &str) -> Option<Self> {
        time(rfc3339::read_time(text)?)
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        rfc3339::write_time(time_parts(*self), out)
    }
    fn some() -> Self {
        NaiveTime::MIN
    }
}

impl TextForm for chrono::DateTime<FixedOffset> {
    const EXPECTED: &'static str = rfc3339::A_DATE_TIME;

    fn read(text: &str) -> Option<Self> {
        let (day, clock, offset) = rfc3339::read_date_time(text)?;
        let offset = FixedOffset::east_opt(offset)?;
        let local = date(day)?.and_time(time(clock)?);
        offset.from_local_datetime(&local).single()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let local = self.naive_local();
        let offset = self.offset().fix().local_minus_utc();
        let parts = (date_parts(local.date()), time_parts(local.time()), offset);
        rfc3339::write_date_time(parts, out)
    }
    fn some() -> Self {
        chrono::DateTime::UNIX_EPOCH.fixed_offset()
    }
}

impl TextForm for TimeDelta {
    const EXPECTED: &'static str = iso8601::A_DURATION;

    fn read(text: &str) -> Option<Self> {
        let parts = iso8601::read_duration(text)?;
        let (seconds, nanoseconds) = parts.fixed()?;
        let length = TimeDelta::new(seconds, nanoseconds)?;
        Some(if parts.is_negative { -length } else { length })
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let is_negative = *self < TimeDelta::zero();
        let length = self.abs();
        let seconds = length.num_seconds().unsigned_abs();
        let nanoseconds = length.subsec_nanos().unsigned_abs();
        iso8601::write_duration(DurationParts::of(is_negative, seconds, nanoseconds), out)
    }
    fn some() -> Self {
        TimeDelta::zero()
    }
}

fn date(parts: DateParts) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(parts.year.into(), parts.month.into(), parts.day.into())
}

fn date_parts(date: NaiveDate) -> DateParts {
    let part = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
    DateParts {
        // RFC 3339 has no spelling for years beyond 9999; the server may refuse this.
        year: i16::try_from(date.year()).unwrap_or(i16::MAX),
        month: part(date.month()),
        day: part(date.day()),
    }
}

fn time(parts: TimeParts) -> Option<NaiveTime> {
    let (hour, minute, second) = (parts.hour.into(), parts.minute.into(), parts.second.into());
    NaiveTime::from_hms_nano_opt(hour, minute, second, parts.nanosecond)
}

fn time_parts(time: NaiveTime) -> TimeParts {
    let part = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
    TimeParts {
        hour: part(time.hour()),
        minute: part(time.minute()),
        second: part(time.second()),
        // The crate counts a leap second as nanoseconds beyond a second.
        nanosecond: time.nanosecond().min(999_999_999),
    }
}
