//! Numbers that 64 bits do not hold are written back with every digit that they were read with.

#![allow(clippy::unwrap_used)]

use golden::types_big_numbers::runtime::codec::{decode, encode};
use golden::types_big_numbers::runtime::number::{BigInteger, BigNumber};
use golden::types_big_numbers::types::{Entry, EntryEither};

const ENTRY: &str = r#"{"id":1180591620717411303424,"amount":0.123456789012345678901234567890,"fee":1.10,"supply":115792089237316195423570985008687907853269984665640564039457584007913129639935,"debt":-1180591620717411303424,"either":1180591620717411303425,"anything":{"big":1180591620717411303424,"exact":0.123456789012345678901234567890,"huge":1e+400}}"#;

#[test]
fn every_digit_comes_back() {
    let entry: Entry = decode(ENTRY.as_bytes()).unwrap();
    assert_eq!(entry.id.to_i128(), Some(1 << 70));
    assert_eq!(entry.amount.to_f64(), 0.12345678901234568);
    assert_eq!(entry.fee, Some("1.1".parse().unwrap()));
    assert!(matches!(entry.either, Some(EntryEither::Integer(_))));
    assert_eq!(String::from_utf8(encode(&entry).unwrap()).unwrap(), ENTRY);
    entry.validate().unwrap();
}

#[test]
fn bounds_are_compared_digit_by_digit() {
    let mut entry = Entry::new(1_i64.into(), 1_i64.into());
    let most = ENTRY.split("\"supply\":").nth(1).unwrap();
    let more = most.split(',').next().unwrap().replace("935", "936");
    entry.supply = Some(more.parse().unwrap());
    let error = entry.validate().unwrap_err();
    assert_eq!(error.violations().len(), 1, "{error}");
    assert_eq!(error.violations()[0].path(), "supply");
}

#[test]
fn only_numbers_of_json_are_numbers() {
    for text in ["", "+1", ".5", "1.", "01", "1 ", "NaN", "0x10"] {
        assert!(text.parse::<BigNumber>().is_err(), "{text}");
    }
    assert!("1.5".parse::<BigInteger>().is_err());
    assert_eq!("1e3".parse::<BigInteger>().unwrap(), 1000_i64.into());
    let error = decode::<Entry>(br#"{"id": 1.5, "amount": 1}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`id`: expected an integer, found another number"
    );
}
