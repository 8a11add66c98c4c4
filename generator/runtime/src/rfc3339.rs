//! Dates and times as RFC 3339 spells them, section 5.6, for types of any crate.

use std::fmt::{self, Write};

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
pub fn write_date(date: DateParts, out: &mut dyn Write) -> fmt::Result {
    let mut text = Ascii::default();
    text.date(date)?;
    out.write_str(text.as_str())
}

/// Writes a time, with no more digits than it has.
pub fn write_time(time: TimeParts, out: &mut dyn Write) -> fmt::Result {
    let mut text = Ascii::default();
    text.time(time)?;
    out.write_str(text.as_str())
}

/// Writes a date and time, with `Z` for UTC. The RFC has no seconds in an offset; they are left out.
pub fn write_date_time(parts: DateTimeParts, out: &mut dyn Write) -> fmt::Result {
    let (date, time, offset) = parts;
    let mut text = Ascii::default();
    text.date(date)?;
    text.write_char('T')?;
    text.time(time)?;
    let minutes = offset.unsigned_abs() / 60;
    if minutes == 0 {
        text.write_char('Z')?;
    } else {
        text.write_char(if offset < 0 { '-' } else { '+' })?;
        text.digits(minutes / 60, 2)?;
        text.write_char(':')?;
        text.digits(minutes % 60, 2)?;
    }
    out.write_str(text.as_str())
}

/// A short text on its way out: the macros of formatting take several times as long to pad a number, and dates are
/// written whenever one is read, to see whether the server spelled it in the usual way.
#[derive(Default)]
struct Ascii {
    bytes: [u8; 32],
    length: usize,
}

/// As many places as the largest number of digits asked for.
const PLACES: [u32; 9] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];

impl Ascii {
    fn date(&mut self, date: DateParts) -> fmt::Result {
        match u32::try_from(date.year) {
            Ok(year @ 0..=9999) => self.digits(year, 4)?,
            _ => write!(self, "{:04}", date.year)?,
        }
        self.write_char('-')?;
        self.digits(date.month.into(), 2)?;
        self.write_char('-')?;
        self.digits(date.day.into(), 2)
    }

    fn time(&mut self, time: TimeParts) -> fmt::Result {
        self.digits(time.hour.into(), 2)?;
        self.write_char(':')?;
        self.digits(time.minute.into(), 2)?;
        self.write_char(':')?;
        self.digits(time.second.into(), 2)?;
        if time.nanosecond > 0 {
            self.write_char('.')?;
            self.digits(time.nanosecond, 9)?;
            self.length = self.as_str().trim_end_matches('0').len();
        }
        Ok(())
    }

    /// The last digits of a number, with zeros in front.
    fn digits(&mut self, number: u32, count: usize) -> fmt::Result {
        for place in PLACES.iter().take(count).rev() {
            let digit = u8::try_from(number / place % 10).unwrap_or_default();
            self.byte(b'0' + digit)?;
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) -> fmt::Result {
        let place = self.bytes.get_mut(self.length).ok_or(fmt::Error)?;
        *place = byte;
        self.length += 1;
        Ok(())
    }

    fn as_str(&self) -> &str {
        let written = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }
}

impl Write for Ascii {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.bytes().try_for_each(|byte| self.byte(byte))
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
