//! Text forms: what is read is written back as it came, whichever crate has the type.

use std::net::Ipv6Addr;

use serde_json::Value;

use crate::emitted::runtime::base64::Base64;
use crate::emitted::runtime::codec::{Decode, decode, encode};
use crate::emitted::runtime::net::Ipv6;
use crate::emitted::runtime::rust_decimal::Decimal;
use crate::emitted::runtime::url::Url;
use crate::emitted::runtime::{chrono, inspect, jiff, time};

fn written<T: Decode>(text: &str) -> Result<String, String> {
    let json = Value::from(text).to_string();
    let value: T = decode(json.as_bytes()).map_err(|error| error.to_string())?;
    let bytes = encode(&value).unwrap();
    let written: Value = serde_json::from_slice(&bytes).unwrap();
    Ok(written.as_str().unwrap().to_owned())
}

fn assert_kept<T: Decode>(texts: &[&str]) {
    for text in texts {
        assert_eq!(written::<T>(text).as_deref(), Ok(*text));
    }
}

fn assert_refused<T: Decode>(texts: &[&str], expected: &str) {
    for text in texts {
        let message = format!("expected {expected}, found another string");
        assert_eq!(written::<T>(text), Err(message), "{text}");
    }
}

#[test]
fn points_in_time_are_written_as_they_came() {
    let texts = [
        "2024-02-29T23:59:59Z",
        "2024-02-29T23:59:59.5+02:00",
        "2024-02-29T23:59:59.000Z",
        "2024-02-29T23:59:59.120+00:00",
        "2024-02-29t23:59:59z",
        "2024-02-29 23:59:59.123456789-11:30",
        "2024-02-29T23:59:59.1234567890123Z",
        "2016-12-31T23:59:60Z",
        "0001-01-01T00:00:00Z",
        "2024-02-29T23:59:59+0000",
        "2024-02-29T23:59:59-00:00",
    ];
    assert_kept::<time::DateTime>(&texts);
    assert_kept::<jiff::DateTime>(&texts);
    assert_kept::<chrono::DateTime>(&texts);
    let wrong = [
        "2023-02-29T00:00:00Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29T23:59:59",
        "2024-02-29T23:59Z",
        "2024-02-29T23:59:59.Z",
        "2024-02-29",
        "1709251199",
        "2024-02-29T23:59:59Zé",
        "",
    ];
    let expected = "a date and time as in RFC 3339";
    assert_refused::<time::DateTime>(&wrong, expected);
    assert_refused::<jiff::DateTime>(&wrong, expected);
    assert_refused::<chrono::DateTime>(&wrong, expected);
}

#[test]
fn days_and_times_of_day() {
    let days = ["2024-02-29", "0001-01-01", "9999-12-31"];
    assert_kept::<::time::Date>(&days);
    assert_kept::<::jiff::civil::Date>(&days);
    assert_kept::<::chrono::NaiveDate>(&days);
    let no_days = [
        "2023-02-29",
        "2024-2-29",
        "+024-02-29",
        "2024-02-29T",
        "20240229",
        "é024-02-29",
    ];
    assert_refused::<::time::Date>(&no_days, "a date as in RFC 3339");
    assert_refused::<::jiff::civil::Date>(&no_days, "a date as in RFC 3339");
    assert_refused::<::chrono::NaiveDate>(&no_days, "a date as in RFC 3339");
    let times = [
        "09:30:00",
        "09:30:00Z",
        "09:30:00.250+01:00",
        "23:59:59.999999999",
    ];
    assert_kept::<time::TimeOfDay>(&times);
    assert_kept::<jiff::TimeOfDay>(&times);
    assert_kept::<chrono::TimeOfDay>(&times);
    let no_times = ["24:00:00", "09:60:00", "9:30:00", "09:30:00x"];
    assert_refused::<time::TimeOfDay>(&no_times, "a time as in RFC 3339");
    assert_refused::<jiff::TimeOfDay>(&no_times, "a time as in RFC 3339");
    assert_refused::<chrono::TimeOfDay>(&no_times, "a time as in RFC 3339");
}

#[test]
fn durations() {
    let fixed = [
        "PT0S",
        "PT90M",
        "P1DT2H3M4.500S",
        "P2W",
        "-PT1.25S",
        "PT36H",
        "P1D",
    ];
    assert_kept::<time::Span>(&fixed);
    assert_kept::<jiff::Span>(&fixed);
    assert_kept::<chrono::Span>(&fixed);
    assert_kept::<jiff::Span>(&["P1Y2M3DT4H", "P18M"]);
    let expected = "a duration as in ISO 8601";
    assert_refused::<time::Span>(&["P1Y", "P1M"], expected);
    assert_refused::<chrono::Span>(&["P1Y", "P1M"], expected);
    let wrong = [
        "P",
        "PT",
        "1D",
        "P1",
        "P1H",
        "PT1D",
        "PT1.5M",
        "PT1.S",
        "P1D1D",
        "P99999999999999999999D",
    ];
    assert_refused::<time::Span>(&wrong, expected);
    assert_refused::<jiff::Span>(&wrong, expected);
    assert_refused::<chrono::Span>(&wrong, expected);
    assert_refused::<jiff::Span>(&["P99999999Y"], expected);
    assert_eq!(
        *decoded::<time::Span>("P1DT1S"),
        ::time::Duration::seconds(86_401)
    );
    assert_eq!(
        *decoded::<chrono::Span>("-PT0.5S"),
        ::chrono::TimeDelta::milliseconds(-500)
    );
}

fn decoded<T: Decode>(text: &str) -> T {
    decode(Value::from(text).to_string().as_bytes()).unwrap()
}

#[test]
fn the_types_hold_what_was_said() {
    let text = "2024-02-29T23:59:59.500+02:00";
    let at: time::DateTime = text.parse().unwrap();
    assert_eq!(
        (at.hour(), at.millisecond(), at.offset().whole_hours()),
        (23, 500, 2)
    );
    assert_eq!(at.to_string(), text);
    let seconds = at.unix_timestamp();
    assert_eq!(decoded::<jiff::DateTime>(text).as_second(), seconds);
    assert_eq!(decoded::<chrono::DateTime>(text).timestamp(), seconds);
    assert_eq!(
        decoded::<jiff::DateTime>("1969-12-31T23:59:59.5Z").as_millisecond(),
        -500
    );
    // A value that is made here is spelled in the usual way, and equal whatever its spelling.
    let plain = time::DateTime::from(at.clone().into_inner());
    assert_eq!(plain.to_string(), "2024-02-29T23:59:59.5+02:00");
    assert_eq!(plain, at);
    assert!(inspect::equal(&plain, &at));
    assert!("yesterday".parse::<time::DateTime>().is_err());
}

#[test]
fn addresses_urls_and_decimals() {
    assert_kept::<Url>(&[
        "https://example.com",
        "HTTPS://Example.com/a b",
        "urn:isbn:1",
    ]);
    assert_eq!(decoded::<Url>("https://example.com/a?b").path(), "/a");
    assert_refused::<Url>(&["/relative", "https://"], "a URL");
    assert_kept::<Decimal>(&["1.50", "-0.10", "79228162514264337593543950335"]);
    assert_refused::<Decimal>(
        &["1e400", "x", "0.12345678901234567890123456789012345"],
        "a decimal number of at most 28 digits",
    );
    assert_kept::<std::net::Ipv4Addr>(&["192.0.2.1"]);
    assert_refused::<std::net::Ipv4Addr>(&["192.0.2", "192.0.2.256"], "an IPv4 address");
    assert_kept::<Ipv6>(&["2001:db8::1", "2001:DB8:0::1", "::ffff:192.0.2.1"]);
    assert_eq!(
        "2001:DB8:0::1".parse::<Ipv6>().unwrap(),
        "2001:db8::1".parse::<Ipv6Addr>().unwrap()
    );
    assert_refused::<Ipv6>(&["x"], "an IPv6 address");
}

#[test]
fn bytes_are_read_from_what_servers_take_for_base64() {
    let texts = ["-_8=", "-_8", "+/8", "+/8=", "+/\r\n8=\n", "+/9=", ""];
    assert_kept::<Base64>(&texts);
    for text in &texts[..6] {
        assert_eq!(**text.parse::<Base64>().unwrap(), [0xfb, 0xff], "{text}");
    }
    assert_eq!(Base64::from(vec![0xfb, 0xff]).to_string(), "+/8=");
    assert_refused::<Base64>(&["*", "a", "+_8=", "a=b="], "Base64");
}
