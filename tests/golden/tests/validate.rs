//! What `validate` of the types of a client finds.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::types_constraints::runtime::codec::{Decode, decode};
use golden::types_constraints::types::{Contact, Level, Line, Order, Priority, Tree};
use golden::types_constraints::{ValidationError, Violation};
use serde_json::{Value, json};

fn read<T: Decode>(value: &Value) -> T {
    decode(value.to_string().as_bytes()).unwrap()
}

fn order() -> Value {
    json!({"number": "AB-1", "lines": [{"amount": 0.01}]})
}

fn order_with(key: &str, value: Value) -> Order {
    let mut order = order();
    order[key] = value;
    read(&order)
}

/// What is found, one line for each.
fn found(result: Result<(), ValidationError>) -> Vec<String> {
    let error = result.err();
    let violations: Vec<Violation> = error.map_or(Vec::new(), |error| error.violations().to_vec());
    violations.iter().map(Violation::to_string).collect()
}

#[test]
fn what_the_document_allows_passes() {
    let order = json!({
        "number": "AB-17", "lines": [{"amount": 99.99, "count": 10, "label": null, "extra": 0}],
        "tags": ["a", "b"], "notes": {"a": "12345"}, "priority": "low", "contact": "a@b",
        "parent": order(), "token": "12345678", "anything": [1]
    });
    assert_eq!(found(read::<Order>(&order).validate()), [""; 0]);
}

#[test]
fn every_failure_is_listed_with_its_path() {
    let order = json!({
        "number": "ab-17",
        "lines": [{"amount": 0.015, "count": 11, "label": "long"}, {"amount": 0}],
        "tags": ["", "123456789", ""],
        "notes": {"a b": "123456", "b": "", "c": ""},
        "contact": 99,
        "parent": {"number": "AB-1", "lines": []},
        "token": "1234567"
    });
    let expected = [
        "`number`: must match the pattern ^[A-Z]{2}-\\d+$",
        "`lines[0].amount`: must be a multiple of 0.01",
        "`lines[0].count`: must be at most 10",
        "`lines[0].label`: must have at most 3 characters, has 4",
        "`lines[1].amount`: must be more than 0",
        "`tags`: must have items that differ, but those at 0 and 2 are the same",
        "`tags[0]`: must have at least 1 character, has 0",
        "`tags[1]`: must have at most 8 characters, has 9",
        "`tags[2]`: must have at least 1 character, has 0",
        "`notes`: must have at most 2 properties, has 3",
        "`notes[\"a b\"]`: must have at most 5 characters, has 6",
        "`contact`: must be at least 100",
        "`parent.lines`: must have at least 1 item, has 0",
        "`token`: must have at least 8 characters, has 7",
    ];
    assert_eq!(found(read::<Order>(&order).validate()), expected);
}

/// An integer that cannot be negative is unsigned, so that its type refuses what `validate` would have found.
#[test]
fn a_lower_bound_of_zero_is_held_by_the_type() {
    let error = decode::<Line>(br#"{"amount": 1, "extra": -1}"#).unwrap_err();
    assert_eq!(error.path(), "extra");
}

#[test]
fn an_error_says_all_of_it_and_never_a_value() {
    let mut order = order_with("token", json!("hunter2"));
    order.lines.clear();
    let error = order.validate().unwrap_err();
    let text = "`lines`: must have at least 1 item, has 0; `token`: must have at least 8 characters, has 7";
    assert_eq!(error.to_string(), text);
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn lengths_are_code_points_and_steps_are_exact() {
    let accented = order_with("notes", json!({"a": "ééé\u{1F600}\u{1F600}"}));
    assert_eq!(found(accented.validate()), [""; 0]);
    for amount in [0.07, 1.1, 4.35, 64.01, 99.99, 1e-2] {
        let line = read::<Line>(&json!({"amount": amount}));
        assert_eq!(found(line.validate()), [""; 0], "{amount}");
    }
    for amount in [0.075, 1e-3, 0.01000001] {
        let line = read::<Line>(&json!({"amount": amount}));
        assert_eq!(found(line.validate()).len(), 1, "{amount}");
    }
}

#[test]
fn types_without_fields_are_checked_too() {
    let unnamed = "must be one of the values that the document names";
    assert_eq!(found(Priority::from("urgent").validate()), [unnamed]);
    assert_eq!(found(Level::from(3).validate()), [unnamed]);
    assert_eq!(found(Level::V2.validate()), [""; 0]);
    let unread = found(read::<Contact>(&json!(true)).validate());
    assert_eq!(
        unread,
        ["must be one of the variants that the document names"]
    );
    let tree = read::<Tree>(&json!([[[], [], []]]));
    assert_eq!(
        found(tree.validate()),
        ["`[0]`: must have at most 2 items, has 3"]
    );
}

#[test]
fn a_value_of_no_type_is_held_to_what_speaks_of_it() {
    for (value, count) in [
        (json!("a"), 1),
        (json!(0.5), 1),
        (json!("ab"), 0),
        (json!({}), 0),
    ] {
        let order = order_with("anything", value.clone());
        assert_eq!(found(order.validate()).len(), count, "{value}");
    }
}
