//! The types of formats by choice: each client reads the same sample and writes it back as it came.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

fn sample() -> Value {
    json!({
        "uuid": "67e55044-10b1-426f-9247-bb680e5fe0c8", "date": "2024-02-29",
        "dateTime": "2024-02-29T23:59:59.000+00:00", "int32": 1, "int64": 2, "plainInteger": 3, "float": 0.5,
        "double": 0.1, "plainNumber": 1.5, "byte": "AAH/", "uri": "https://example.com", "email": "a@b.c",
        "time": "09:30:00.250Z", "duration": "PT90M", "decimal": "1.50", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
        "flag": true
    })
}

/// The sample as the client of a choice writes what it reads; and what it says of one with another value.
macro_rules! client {
    ($client:ident) => {{
        use golden::$client::runtime::codec::{decode, encode};
        use golden::$client::types::Sample;
        let sample: Sample = decode(sample().to_string().as_bytes()).unwrap();
        let written: Value = serde_json::from_slice(&encode(&sample).unwrap()).unwrap();
        let with = |key: &str, value: &str| {
            let mut json = self::sample();
            json[key] = Value::from(value);
            decode::<Sample>(json.to_string().as_bytes())
                .err()
                .map(|error| error.to_string())
        };
        (sample, written, with)
    }};
}

#[test]
fn every_choice_writes_what_it_read() {
    let (usual, written, with) = client!(types_formats);
    assert_eq!(ordered(written), ordered(sample()));
    assert_eq!((usual.date_time.year(), usual.date.day()), (2024, 29));
    let no_offset = "`dateTime`: expected a date and time as in RFC 3339, found another string";
    assert_eq!(
        with("dateTime", "2024-02-29T23:59:59").as_deref(),
        Some(no_offset)
    );
    assert_eq!(with("duration", "two weeks"), None);

    let (jiff, written, with) = client!(formats_jiff);
    assert_eq!(ordered(written), ordered(sample()));
    assert_eq!(jiff.date_time.as_second(), 1_709_251_199);
    assert_eq!(jiff.duration.as_ref().unwrap().get_minutes(), 90);
    assert!(
        with("date", "2023-02-29")
            .unwrap()
            .starts_with("`date`: expected a date")
    );
    assert_eq!(with("duration", "P1Y2M"), None);

    let (chrono, written, with) = client!(formats_chrono);
    assert_eq!(ordered(written), ordered(sample()));
    assert_eq!(chrono.date_time.timestamp(), 1_709_251_199);
    assert!(
        with("duration", "P1Y2M")
            .unwrap()
            .starts_with("`duration`: expected")
    );

    let (time, written, with) = client!(formats_time);
    assert_eq!(ordered(written), ordered(sample()));
    assert_eq!(time.duration.as_ref().unwrap().whole_minutes(), 90);
    assert_eq!(time.uri.host_str(), Some("example.com"));
    assert_eq!(time.decimal.as_ref().unwrap().scale(), 2);
    assert_eq!(
        with("uri", "no url").as_deref(),
        Some("`uri`: expected a URL, found another string")
    );
    assert!(with("decimal", "1.2.3").is_some());

    let (texts, written, with) = client!(formats_texts);
    assert_eq!(ordered(written), ordered(sample()));
    let plain: [&str; 2] = [&texts.date_time, &texts.uuid];
    assert_eq!(plain[1], "67e55044-10b1-426f-9247-bb680e5fe0c8");
    assert_eq!(with("dateTime", "yesterday"), None);
}

/// The same with its properties in order, since those of a type have one of their own.
fn ordered(value: Value) -> Vec<(String, Value)> {
    let mut entries: Vec<_> = value.as_object().unwrap().clone().into_iter().collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries
}
