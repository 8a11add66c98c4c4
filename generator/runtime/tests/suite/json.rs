//! The reader takes what serde_json takes and refuses what it refuses, byte for byte; and so does what speaks serde.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::emitted::runtime::codec::{Decode, decode, encode};
use crate::emitted::types::{Item, Login, Pet, Tree};

/// What replaces each byte of a text in turn, and what comes before it.
const BYTES: &[u8] = b"\"\\{}[],: \n\t\x00\x1f-+.eE0198ntfu/\xc3\xa9";

/// Texts of JSON, each with one byte changed, added or left out.
fn mutants(json: &str) -> Vec<Vec<u8>> {
    let mut mutants = vec![json.as_bytes().to_vec()];
    for place in 0..json.len() {
        mutants.push(json.as_bytes()[..place].to_vec());
        let mut without = json.as_bytes().to_vec();
        without.remove(place);
        mutants.push(without);
        for byte in BYTES {
            let mut with = json.as_bytes().to_vec();
            with.insert(place, *byte);
            mutants.push(with.clone());
            with.remove(place + 1);
            mutants.push(with);
        }
    }
    mutants
}

fn assert_same<T: Decode + DeserializeOwned + PartialEq>(json: &str) {
    assert_alike::<T>(json, T::eq);
}

fn assert_alike<T: Decode + DeserializeOwned>(json: &str, is_same: fn(&T, &T) -> bool) {
    let mut accepted = 0;
    for mutant in mutants(json) {
        let ours = decode::<T>(&mutant).ok();
        let theirs = serde_json::from_slice::<T>(&mutant).ok();
        accepted += usize::from(ours.is_some());
        let is_same = match (ours, theirs) {
            (Some(ours), Some(theirs)) => is_same(&ours, &theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        assert!(is_same, "{}", String::from_utf8_lossy(&mutant));
    }
    assert!(accepted > 1, "{json} has no mutants that are JSON");
}

#[test]
fn what_is_json_is_what_serde_json_takes() {
    assert_same::<String>(r#" "a text \n of \"some\" \u00e9\ud83d\ude00 length \\/" "#);
    // Ours is the nearest number; that of serde_json may be a neighbour of it.
    let is_near = |ours: &f64, theirs: &f64| (ours - theirs).abs() <= ours.abs() * 1e-15;
    assert_alike::<f64>(" -12.5e+3 ", is_near);
    assert_alike::<f64>("0.25E-2", is_near);
    assert_same::<Vec<Option<bool>>>("[true, false ,null]");
    assert_same::<BTreeMap<String, Vec<f64>>>(r#"{"a b": [1, 20.5] , "\t": [], "c":[0]}"#);
    assert_same::<Value>(r#"{"a": [1, -2.5e3, "x\u0041", null, {"b": true}]}"#);
}

#[test]
fn what_nobody_wants_must_be_json_too() {
    for json in [
        r#"{"petType": "puppy", "bark": true, "x": {"y": ["\n", 1.5]}}"#,
        r#"[[], [[]]]"#,
    ] {
        for mutant in mutants(json) {
            let is_json = serde_json::from_slice::<Value>(&mutant).is_ok();
            let is_taken = decode::<Pet>(&mutant).is_ok();
            assert!(is_json || !is_taken, "{}", String::from_utf8_lossy(&mutant));
        }
    }
}

/// Reads the text with the codec and by way of serde: the same JSON comes out, or the same error.
fn assert_same_ways<T: Decode + DeserializeOwned>(json: &str) {
    let written = |value: T| encode(&value).unwrap();
    let ours = decode::<T>(json.as_bytes()).map(written);
    let theirs = serde_json::from_str::<Value>(json).unwrap();
    let theirs = serde_json::from_value::<T>(theirs).map(written);
    let error = |error: &dyn ToString| error.to_string();
    let ours = ours.map_err(|of| error(&of));
    assert_eq!(ours, theirs.map_err(|of| error(&of)), "{json}");
}

#[test]
fn serde_and_the_codec_read_alike() {
    for json in [
        r#"{"name": "a", "accessType": "READ", "nullable": 3, "details": {"x": [1, 2.5, null]}}"#,
        r#"{"name": "a", "accessType": "NEW", "nullable": null, "details": null, "parent": null, "more": null}"#,
        r#"{"name": "a", "accessType": "READ", "nullable": 3.0, "details": 18446744073709551615, "unknown": 1}"#,
        r#"{"name": 1, "accessType": "READ", "nullable": 3, "details": 1}"#,
        r#"{"name": "a", "accessType": "READ", "nullable": 3, "details": 1, "children": [{"name": "b"}]}"#,
        r#"{"name": "a", "accessType": "READ", "nullable": 3, "details": 1, "small": 256}"#,
        r#"{"name": "a", "accessType": "READ", "nullable": 99999999999999999999, "details": 1}"#,
        "[]",
        "{}",
    ] {
        assert_same_ways::<Item>(json);
    }
    for json in ["[[], [[]]]", "[[], [1]]", "null", "{}"] {
        assert_same_ways::<Tree>(json);
    }
    for json in [
        r#"{"petType": "cat", "lives": 9}"#,
        r#"{"lives": 9, "petType": "cat"}"#,
        r#"{"petType": "fish", "fins": [1]}"#,
        r#"{"petType": "bag", "id": 1, "x": [1]}"#,
        r#"{"petType": "dog"}"#,
        "3",
    ] {
        assert_same_ways::<Pet>(json);
    }
    assert_same_ways::<Login>(r#"{"user": "u", "password": "hunter2"}"#);
    assert_same_ways::<Login>(r#"{"user": "u", "password": 5}"#);
}

#[test]
fn numbers_keep_what_they_say() {
    for text in [
        "0",
        "-0",
        "1e2",
        "0.1",
        "1.7976931348623157e308",
        "5e-324",
        "123456789012345678901234567890",
    ] {
        let value: f64 = decode(text.as_bytes()).unwrap();
        assert_eq!(
            value.to_bits(),
            text.parse::<f64>().unwrap().to_bits(),
            "{text}"
        );
    }
    assert_eq!(
        decode::<f32>(b"16777217.000001").unwrap(),
        16777217.000001_f32
    );
    assert_eq!(decode::<i64>(b"-9223372036854775808").unwrap(), i64::MIN);
    assert_eq!(decode::<u64>(b"18446744073709551615").unwrap(), u64::MAX);
    for (json, expected) in [
        (
            "9223372036854775808",
            "expected an integer of 64 bits, found one out of range",
        ),
        (
            "1e400",
            "expected an integer of 64 bits, found one out of range",
        ),
        (
            "123456789012345678901234567890123456789012",
            "expected an integer of 64 bits, found one out of range",
        ),
    ] {
        assert_eq!(
            decode::<i64>(json.as_bytes()).unwrap_err().to_string(),
            expected
        );
    }
    assert_eq!(
        decode::<f64>(b"1e400").unwrap_err().to_string(),
        "expected a number, found one out of range"
    );
}
