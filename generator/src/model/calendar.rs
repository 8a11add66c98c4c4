//! Days and times of day as texts (RFC 3339, section 5.6).

/// Whether a text is a day of the calendar: `2024-02-29`.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether a text is a time of day to the second, without a fraction: `23:59:59`.
pub fn is_clock(text: &str) -> bool {
    has_parts(text, &[23, 59, 59])
}

/// Whether a text is how far a time is ahead of UTC: `Z`, `+01:00`.
pub fn is_offset(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        Some(offset) => has_parts(offset, &[23, 59]),
        None => matches!(text, "Z" | "z"),
    }
}

/// Whether a text has as many numbers of two digits, none larger than its limit.
fn has_parts(text: &str, limits: &[u32]) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    parts.len() == limits.len()
        && parts
            .iter()
            .zip(limits)
            .all(|(part, limit)| digits(part, 2).is_some_and(|number| number <= *limit))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}
