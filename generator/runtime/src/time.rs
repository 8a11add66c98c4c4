//! Dates, times and durations as types of the crate `time`.

use std::fmt;

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};
use super::iso8601::{self, DurationParts};
use super::rfc3339::{self, DateParts, TimeParts};
use super::spelled::{Spelled, TextForm, text_values};

/// An [`OffsetDateTime`], and how the server spelled it.
pub type DateTime = Spelled<OffsetDateTime>;
/// A [`Time`], and how the server spelled it.
pub type TimeOfDay = Spelled<Time>;
/// A [`Duration`], and how the server spelled it.
pub type Span = Spelled<Duration>;

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
        OffsetDateTime::UNIX_EPOCH.date()
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
        Time::MIDNIGHT
    }
}

impl TextForm for OffsetDateTime {
    const EXPECTED: &'static str = rfc3339::A_DATE_TIME;

    fn read(text: &str) -> Option<Self> {
        let (day, clock, offset) = rfc3339::read_date_time(text)?;
        let offset = UtcOffset::from_whole_seconds(offset).ok()?;
        Some(OffsetDateTime::new_in_offset(
            date(day)?,
            time(clock)?,
            offset,
        ))
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let offset = self.offset().whole_seconds();
        let parts = (date_parts(self.date()), time_parts(self.time()), offset);
        rfc3339::write_date_time(parts, out)
    }
    fn some() -> Self {
        OffsetDateTime::UNIX_EPOCH
    }
}

impl TextForm for Duration {
    const EXPECTED: &'static str = iso8601::A_DURATION;

    fn read(text: &str) -> Option<Self> {
        let parts = iso8601::read_duration(text)?;
        let (seconds, nanoseconds) = parts.fixed()?;
        let length =
            Duration::seconds(seconds).checked_add(Duration::nanoseconds(nanoseconds.into()))?;
        Some(if parts.is_negative { -length } else { length })
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let seconds = self.whole_seconds().unsigned_abs();
        let nanoseconds = self.subsec_nanoseconds().unsigned_abs();
        let parts = DurationParts::of(self.is_negative(), seconds, nanoseconds);
        iso8601::write_duration(parts, out)
    }
    fn some() -> Self {
        Duration::ZERO
    }
}

fn date(parts: DateParts) -> Option<Date> {
    let month = Month::try_from(parts.month).ok()?;
    Date::from_calendar_date(parts.year.into(), month, parts.day).ok()
}

fn date_parts(date: Date) -> DateParts {
    DateParts {
        // The crate's years have four digits unless a feature says otherwise.
        year: i16::try_from(date.year()).unwrap_or(i16::MAX),
        month: date.month().into(),
        day: date.day(),
    }
}

fn time(parts: TimeParts) -> Option<Time> {
    Time::from_hms_nano(parts.hour, parts.minute, parts.second, parts.nanosecond).ok()
}

fn time_parts(time: Time) -> TimeParts {
    TimeParts {
        hour: time.hour(),
        minute: time.minute(),
        second: time.second(),
        nanosecond: time.nanosecond(),
    }
}
