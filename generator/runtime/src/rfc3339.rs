//! Dates and times as RFC 3339 spells them, section 5.6, for types of any crate.

use std::fmt;

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct DateParts {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct TimeParts {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub nanosecond: u32,
}

/// A date, a time, and how many seconds that is ahead of UTC.
pub type DateTimeParts = (DateParts, TimeParts, i32);

/// What a reader of dates expects.
pub const A_DATE: &str = "a date as in RFC 3339";
/// What a reader of times expects.
pub const A_TIME: &str = "a time as in RFC 3339";
/// What a reader of dates and times expects.
pub const A_DATE_TIME: &str = "a date and time as in RFC 3339";

/// Reads `full-date`: four digits, two, two. Whether there is such a day is for the type to say.
pub fn read_date(text: &str) -> Option<DateParts> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    rest.is_empty().then_some(DateParts {
        year: i16::try_from(year).ok()?,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    })
}

/// Reads `full-time`, with or without its offset, since many documents mean a time of day by it.
pub fn read_time(text: &str) -> Option<TimeParts> {
    let (time, rest) = clock(text)?;
    (rest.is_empty() || offset(rest).is_some()).then_some(time)
}

/// Reads `date-time`. A space may stand for the `T`, as the RFC allows.
pub fn read_date_time(text: &str) -> Option<DateTimeParts> {
    let (date, rest) = text.split_at_checked(10)?;
    let (time, rest) = clock(rest.strip_prefix(['T', 't', ' '])?)?;
    Some((read_date(date)?, time, offset(rest)?))
}

/// Writes a date.
pub fn write_date(date: DateParts, out: &mut dyn fmt::Write) -> fmt::Result {
    let DateParts { year, month, day } = date;
    write!(out, "{year:04}-{month:02}-{day:02}")
}

/// Writes a time, with no more digits than it has.
pub fn write_time(time: TimeParts, out: &mut dyn fmt::Write) -> fmt::Result {
    let TimeParts {
        hour,
        minute,
        second,
        nanosecond,
    } = time;
    write!(out, "{hour:02}:{minute:02}:{second:02}")?;
    if nanosecond == 0 {
        return Ok(());
    }
    let fraction = format!("{nanosecond:09}");
    write!(out, ".{}", fraction.trim_end_matches('0'))
}

/// Writes a date and time, with `Z` for UTC. The RFC has no seconds in an offset; they are left out.
pub fn write_date_time(parts: DateTimeParts, out: &mut dyn fmt::Write) -> fmt::Result {
    let (date, time, offset) = parts;
    write_date(date, out)?;
    out.write_char('T')?;
    write_time(time, out)?;
    let minutes = offset.unsigned_abs() / 60;
    match (minutes, offset < 0) {
        (0, _) => out.write_char('Z'),
        (_, true) => write!(out, "-{:02}:{:02}", minutes / 60, minutes % 60),
        (_, false) => write!(out, "+{:02}:{:02}", minutes / 60, minutes % 60),
    }
}

/// A time and what follows it. A leap second is the second before it.
fn clock(text: &str) -> Option<(TimeParts, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (nanosecond, rest) = match rest.strip_prefix('.') {
        Some(fraction) => nanoseconds(fraction)?,
        None => (0, rest),
    };
    let is_time = hour < 24 && minute < 60 && second <= 60;
    let time = TimeParts {
        hour: u8::try_from(hour).ok()?,
        minute: u8::try_from(minute).ok()?,
        second: u8::try_from(second.min(59)).ok()?,
        nanosecond,
    };
    is_time.then_some((time, rest))
}

/// The digits of a fraction, of which nine count.
fn nanoseconds(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (fraction, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let mut nanoseconds = 0;
    for place in 0..9 {
        let digit = fraction.as_bytes().get(place).map_or(0, |byte| byte - b'0');
        nanoseconds = nanoseconds * 10 + u32::from(digit);
    }
    (!fraction.is_empty()).then_some((nanoseconds, rest))
}

/// Seconds ahead of UTC: `Z`, or hours and minutes.
fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = digits(rest, 2)?;
    let (minutes, rest) = digits(rest.strip_prefix(':').unwrap_or(rest), 2)?;
    let is_offset = rest.is_empty() && hours < 24 && minutes < 60;
    is_offset.then_some(sign * i32::from(hours * 60 + minutes) * 60)
}

/// A number of so many digits, and what follows it.
fn digits(text: &str, count: usize) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((is_number.then(|| digits.parse().ok())??, rest))
}
