//! Durations as ISO 8601 spells them (RFC 3339, appendix A), for types of any crate.

use std::fmt;

/// What a reader of durations expects.
pub const A_DURATION: &str = "a duration as in ISO 8601";

/// A duration in its units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct DurationParts {
    pub is_negative: bool,
    pub years: u64,
    pub months: u64,
    pub weeks: u64,
    pub days: u64,
    pub hours: u64,
    pub minutes: u64,
    pub seconds: u64,
    pub nanoseconds: u32,
}

impl DurationParts {
    /// Seconds and nanoseconds; `None` where years and months are in it, which have no fixed length.
    pub fn fixed(self) -> Option<(i64, u32)> {
        let mut seconds = self.seconds;
        for (count, length) in [
            (self.weeks, 604_800),
            (self.days, 86_400),
            (self.hours, 3_600),
            (self.minutes, 60),
        ] {
            seconds = seconds.checked_add(count.checked_mul(length)?)?;
        }
        let is_fixed = self.years == 0 && self.months == 0;
        is_fixed.then_some((i64::try_from(seconds).ok()?, self.nanoseconds))
    }

    /// So many seconds and nanoseconds, in days, hours, minutes and seconds.
    pub fn of(is_negative: bool, seconds: u64, nanoseconds: u32) -> Self {
        DurationParts {
            is_negative,
            days: seconds / 86_400,
            hours: seconds / 3_600 % 24,
            minutes: seconds / 60 % 60,
            seconds: seconds % 60,
            nanoseconds,
            ..DurationParts::default()
        }
    }
}

/// Reads a duration such as `P3DT4H`. Only seconds may have a fraction.
pub fn read_duration(text: &str) -> Option<DurationParts> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let text = text.strip_prefix('P')?;
    let (date, time) = match text.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut parts = DurationParts {
        is_negative,
        ..DurationParts::default()
    };
    let in_date = read_units(date, &['Y', 'M', 'W', 'D'], &mut |unit, count, _| {
        *match unit {
            'Y' => &mut parts.years,
            'M' => &mut parts.months,
            'W' => &mut parts.weeks,
            _ => &mut parts.days,
        } = count;
    })?;
    let in_time = read_units(time, &['H', 'M', 'S'], &mut |unit, count, nanoseconds| {
        *match unit {
            'H' => &mut parts.hours,
            'M' => &mut parts.minutes,
            _ => &mut parts.seconds,
        } = count;
        parts.nanoseconds = nanoseconds;
    })?;
    (in_date + in_time > 0).then_some(parts)
}

/// Writes a duration: every unit that is not zero.
pub fn write_duration(parts: DurationParts, out: &mut dyn fmt::Write) -> fmt::Result {
    let units = |out: &mut dyn fmt::Write, units: &[(u64, char)]| -> fmt::Result {
        let mut written = units.iter().filter(|(count, _)| *count > 0);
        written.try_for_each(|(count, unit)| write!(out, "{count}{unit}"))
    };
    if parts.is_negative {
        out.write_char('-')?;
    }
    out.write_char('P')?;
    units(
        out,
        &[
            (parts.years, 'Y'),
            (parts.months, 'M'),
            (parts.weeks, 'W'),
            (parts.days, 'D'),
        ],
    )?;
    let is_timeless = DurationParts {
        years: 0,
        months: 0,
        weeks: 0,
        days: 0,
        is_negative: false,
        ..parts
    } == DurationParts::default();
    if is_timeless {
        let is_nothing = parts.years + parts.months + parts.weeks + parts.days == 0;
        return out.write_str(if is_nothing { "T0S" } else { "" });
    }
    out.write_char('T')?;
    units(out, &[(parts.hours, 'H'), (parts.minutes, 'M')])?;
    if parts.nanoseconds > 0 {
        let fraction = format!("{:09}", parts.nanoseconds);
        return write!(out, "{}.{}S", parts.seconds, fraction.trim_end_matches('0'));
    }
    units(out, &[(parts.seconds, 'S')])
}

/// Counts with their units, which come in this order; how many there are. The last may have a fraction.
fn read_units(
    mut text: &str,
    mut units: &[char],
    put: &mut dyn FnMut(char, u64, u32),
) -> Option<usize> {
    let mut found = 0;
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (number, rest) = text.split_at_checked(end)?;
        let unit = rest.chars().next()?;
        let place = units.iter().position(|known| *known == unit)?;
        units = units.get(place + 1..)?;
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let has_fraction = whole.len() < number.len();
        let nanoseconds = match has_fraction {
            true if unit != 'S' || fraction.is_empty() => return None,
            true => format!("{fraction:0<9}").get(..9)?.parse().ok()?,
            false => 0,
        };
        put(unit, whole.parse().ok()?, nanoseconds);
        text = rest.strip_prefix(unit)?;
        found += 1;
    }
    Some(found)
}
