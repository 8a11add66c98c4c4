//! Values of every kind survive a round trip, and errors say where and what.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::emitted::runtime::codec::{Decode, decode, encode};
use crate::emitted::types::{Access, Empty, Formats, Item, Open, Page, Priority, Tree};

/// Reads and writes a value; the JSON that comes out.
fn round_trip<T: Decode>(value: &Value) -> Value {
    let decoded: T = decode(value.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&encode(&decoded).unwrap()).unwrap()
}

fn assert_round_trip<T: Decode>(value: Value) {
    assert_eq!(round_trip::<T>(&value), value);
}

/// What is wrong with a value.
fn error<T: Decode>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(_) => panic!("{json} was accepted"),
        Err(error) => error.to_string(),
    }
}

fn item() -> Value {
    json!({"name": "a", "accessType": "READ", "nullable": 3, "details": {"x": [1, null]}})
}

fn item_with(key: &str, value: Value) -> Value {
    let mut item = item();
    item[key] = value;
    item
}

#[test]
fn absent_null_and_value_are_told_apart() {
    assert_round_trip::<Item>(item());
    assert_round_trip::<Item>(item_with("parent", Value::Null));
    assert_round_trip::<Item>(item_with("parent", json!("p")));
    assert_round_trip::<Item>(item_with("more", Value::Null));
    assert_round_trip::<Item>(item_with("more", json!({"a": 1})));
    assert_round_trip::<Item>(item_with("nullable", Value::Null));
    assert_round_trip::<Item>(item_with("details", Value::Null));
    // An optional field that cannot be null reads null as absent.
    assert_eq!(round_trip::<Item>(&item_with("note", Value::Null)), item());
}

#[test]
fn what_has_not_come_is_what_its_row_says() {
    let filled = json!({"title": "t", "size": 10, "order": "READ", "query": {"id": 1, "a": [2]}, "more": [true]});
    assert_eq!(round_trip::<Page>(&json!({"title": "t"})), filled);
    // Null is a value only where the type has one.
    let nulls = json!({"title": "t", "size": null, "order": null, "query": null, "more": null});
    let mut kept = filled.clone();
    kept["order"] = Value::Null;
    kept["more"] = Value::Null;
    assert_eq!(round_trip::<Page>(&nulls), kept);
    assert_round_trip::<Page>(
        json!({"title": "t", "size": 0, "order": "WRITE", "query": {}, "more": 1}),
    );
    let twice =
        br#"{"query": {"id": 5, "b": []}, "title": "t", "size": 3, "size": null, "query": null}"#;
    let page: Page = decode(twice).unwrap();
    let page: Value = serde_json::from_slice(&encode(&page).unwrap()).unwrap();
    assert_eq!(page, filled);
    let expected = "the required field `title` is missing";
    assert_eq!(error::<Page>("{}"), expected);
    assert_eq!(
        error::<Page>(r#"{"title": "t", "size": "1"}"#),
        "`size`: expected an integer of 64 bits, found a string"
    );
    assert!(error::<Page>(r#"{"title": "t", "size": nul}"#).starts_with("not valid JSON"));
}

#[test]
fn unknown_values_and_fields() {
    assert_round_trip::<Item>(item_with("accessType", json!("ADMIN")));
    assert_eq!(
        round_trip::<Item>(&item_with("brandNew", json!({"a": [{}]}))),
        item()
    );
    assert_round_trip::<Open>(json!({"id": 1, "other": [1, 2], "more": []}));
    assert_round_trip::<Empty>(json!({}));
    assert_round_trip::<Tree>(json!([[], [[], []]]));
    assert_eq!(Access::from("READ"), Access::Read);
    assert_eq!(Access::Unknown("x".to_owned()).to_string(), "x");
    assert_eq!(Priority::from(-2), Priority::High);
}

#[test]
fn formats() {
    let value = json!({
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "day": "2024-02-29", "at": "2024-02-29T23:59:59.5+02:00",
        "data": "AAH/", "ratio": 0.1, "pair": ["x", 1], "priority": 7
    });
    let formats: Formats = decode(value.to_string().as_bytes()).unwrap();
    assert_eq!(*formats.data, [0, 1, 255]);
    let written = String::from_utf8(encode(&formats).unwrap()).unwrap();
    assert_eq!(written, value.to_string());
    for (key, bad, expected) in [
        (
            "id",
            json!("no"),
            "`id`: expected a UUID, found another string",
        ),
        (
            "day",
            json!("2023-02-29"),
            "`day`: expected a date as in RFC 3339, found another string",
        ),
        (
            "day",
            json!("+023-02-09"),
            "`day`: expected a date as in RFC 3339, found another string",
        ),
        (
            "at",
            json!(5),
            "`at`: expected a date and time as in RFC 3339, found an integer",
        ),
        (
            "data",
            json!("*"),
            "`data`: expected Base64, found another string",
        ),
        (
            "ratio",
            json!("x"),
            "`ratio`: expected a number, found a string",
        ),
        ("pair", json!(["x"]), "`pair`: expected 2 items, found 1"),
        (
            "pair",
            json!(["x", "y"]),
            "`pair[1]`: expected an integer of 64 bits, found a string",
        ),
        (
            "priority",
            json!(1.5),
            "`priority`: expected an integer of 64 bits, found a number",
        ),
    ] {
        let mut value = value.clone();
        value[key] = bad;
        assert_eq!(error::<Formats>(&value.to_string()), expected);
    }
}

#[test]
fn numbers() {
    assert_eq!(
        round_trip::<Item>(&item_with("small", json!(255.0))),
        item_with("small", json!(255))
    );
    assert_eq!(
        error::<Item>(&item_with("small", json!(256)).to_string()),
        "`small`: expected an integer from 0 to 255, found one out of range"
    );
    assert_eq!(decode::<f64>(b"3").unwrap(), 3.0);
    assert_eq!(decode::<u64>(b"18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(decode::<i64>(b"1e3").unwrap(), 1000);
    // Its last digit is another one where it is read in haste.
    let exact = json!(37.769700101836364_f64);
    assert_eq!(decode::<Value>(b"37.769700101836364").unwrap(), exact);
    assert_eq!(round_trip::<f64>(&exact), exact);
    assert!(encode(&f64::NAN).is_err());
    assert!(encode(&f32::INFINITY).is_err());
}

#[test]
fn what_cannot_be_written_is_named_by_its_place() {
    let endless = BTreeMap::from([("a".to_owned(), vec![Some(1.0), None, Some(f64::INFINITY)])]);
    let error = encode(&endless).unwrap_err();
    assert_eq!(error.path(), "a[2]");
    assert_eq!(
        error.to_string(),
        "`a[2]`: a number is infinite or not a number, which JSON cannot spell"
    );
}

#[test]
fn errors_name_the_place_and_the_kind_but_never_the_value() {
    let broken = item_with(
        "children",
        json!([
            item(),
            item_with("children", json!([item_with("name", json!(12345))]))
        ]),
    );
    assert_eq!(
        error::<Item>(&broken.to_string()),
        "`children[1].children[0].name`: expected a string, found an integer"
    );
    assert_eq!(
        error::<Item>(&item_with("nullable", json!("hunter2")).to_string()),
        "`nullable`: expected an integer of 32 bits, found a string"
    );
    assert_eq!(
        error::<Item>(&item_with("name", Value::Null).to_string()),
        "`name`: expected a string, found null"
    );
    assert_eq!(
        error::<Item>(r#"{"name": "a", "accessType": "READ"}"#),
        "the required field `nullable` is missing"
    );
    assert_eq!(
        error::<Item>(r#"{"name": "a", "accessType": "READ", "nullable": null}"#),
        "the required field `details` is missing"
    );
    assert_eq!(error::<Item>("[]"), "expected an object, found an array");
    assert_eq!(
        error::<Open>(r#"{"a b": [1, true]}"#),
        r#"`["a b"][1]`: expected an integer of 64 bits, found a boolean"#
    );
    assert!(error::<Item>(r#"{"name": "a""#).starts_with("not valid JSON: EOF"));
    assert!(error::<Item>(r#"{} x"#).contains("missing"));
    assert!(error::<Open>("{} x").starts_with("not valid JSON: trailing characters"));
}

#[test]
fn the_last_of_duplicate_keys_wins() {
    let twice = r#"{"name": "a", "accessType": "READ", "nullable": 3, "details": 1, "note": "x", "note": null,
        "children": [{}], "children": null, "details": 2}"#;
    // The first list of children is wrong, and an error all the same.
    assert!(error::<Item>(twice).starts_with("`children[0]`"));
    let twice = twice.replace("[{}]", "[]");
    let item: Item = decode(twice.as_bytes()).unwrap();
    assert_eq!(item.note, None);
    assert_eq!(item.details, json!(2));
    let open: Open = decode(br#"{"a": [1], "a": [2]}"#).unwrap();
    assert_eq!(open.rest["a"], [2]);
}

#[test]
fn depth_is_limited() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(error::<Tree>(&deep).contains("recursion limit"));
    assert!(error::<Value>(&deep).contains("recursion limit"));
}

#[test]
fn equality_and_debug() {
    let one: Item = decode(item().to_string().as_bytes()).unwrap();
    let mut other = one.clone();
    assert_eq!(one, other);
    other.parent = Some(None);
    assert_ne!(one, other);
    assert_eq!(
        format!("{one:?}"),
        r#"Item { name: "a", accessType: "READ", note: None, parent: None, nullable: 3, details: {"x":[1,null]}, more: None, children: None, small: None }"#
    );
    assert_eq!(format!("{:?}", Tree(vec![Tree(vec![])])), "[[]]");
}

#[test]
fn serde_goes_through_the_same_description() {
    let one: Item = serde_json::from_value(item()).unwrap();
    assert_eq!(serde_json::to_value(&one).unwrap(), item());
    let wrong = serde_json::from_value::<Item>(item_with("name", json!(5))).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "`name`: expected a string, found an integer"
    );
}

#[test]
fn texts_are_escaped_wherever_it_is_needed() {
    for special in [
        '"',
        '\\',
        '\n',
        '\u{0}',
        '\u{1f}',
        ' ',
        '\u{7f}',
        'é',
        '\u{1F600}',
    ] {
        for length in 0..20 {
            for place in 0..=length {
                let mut text = "x".repeat(length);
                text.insert(place, special);
                let json = serde_json::to_vec(&text).unwrap();
                assert_eq!(encode(&text).unwrap(), json, "{text:?}");
                assert_eq!(decode::<String>(&json).unwrap(), text);
            }
        }
    }
}
