//! Unions find their variant, keep what they do not know, and write back what they read.

use serde_json::{Value, json};

use crate::emitted::runtime::codec::{DecodeError, Encode, decode, encode};
use crate::emitted::types::{Animal, Card, Cat, Decided, Node, Pet, Source};

fn pet(value: &Value) -> Result<Pet, DecodeError> {
    decode(value.to_string().as_bytes())
}

fn source(value: Value) -> Source {
    let source: Source = decode(value.to_string().as_bytes()).unwrap();
    assert_eq!(written(&source), value);
    source
}

fn written(value: &dyn Encode) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

#[test]
fn an_object_of_no_known_tag_is_the_default_variant() {
    for (value, is_other) in [
        (json!({"petType": "dog", "bark": true}), false),
        (json!({"petType": "other", "id": 1}), true),
        (json!({"petType": "fish", "id": 2}), true),
        (json!({"id": 3}), true),
        (json!({"petType": "fish", "id": "no number"}), false),
        (json!(["no object"]), false),
    ] {
        let animal: Animal = decode(value.to_string().as_bytes()).unwrap();
        assert_eq!(matches!(animal, Animal::Other(_)), is_other, "{value}");
        assert_eq!(written(&animal), value);
    }
}

#[test]
fn a_tag_decides() {
    for value in [
        json!({"petType": "cat", "lives": 9}),
        json!({"petType": "puppy", "bark": true}),
        json!({"petType": "bag", "id": 1, "other": [1]}),
        json!({"petType": "fish", "fins": 2}),
        json!(["not even an object"]),
    ] {
        assert_eq!(written(&pet(&value).unwrap()), value);
    }
    assert!(
        matches!(pet(&json!({"petType": "puppy", "bark": true})), Ok(Pet::Dog(dog)) if dog.pet_type == "puppy")
    );
    assert!(matches!(
        pet(&json!({"petType": "fish"})),
        Ok(Pet::Unknown(_))
    ));
    // The tag is not among what the record keeps.
    assert!(
        matches!(pet(&json!({"petType": "bag", "x": [1]})), Ok(Pet::Bag(bag)) if bag.rest.len() == 1)
    );
}

#[test]
fn what_the_tag_promises_must_hold() {
    let error = pet(&json!({"petType": "cat", "lives": "many"})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`lives`: expected an integer of 64 bits, found a string"
    );
    let error = pet(&json!({"petType": "dog"})).unwrap_err();
    assert_eq!(error.to_string(), "the required field `bark` is missing");
}

#[test]
fn the_tag_is_added_where_the_variant_has_none() {
    let cat = Pet::Cat(Box::new(Cat { lives: 9 }));
    assert_eq!(written(&cat), json!({"petType": "cat", "lives": 9}));
    let bag = Pet::Bag(Box::default());
    assert_eq!(written(&bag), json!({"petType": "bag"}));
    assert_eq!(format!("{cat:?}"), "Cat(Cat { lives: 9 })");
    assert_eq!(cat, cat.clone());
    assert_ne!(cat, bag);
}

#[test]
fn the_shape_decides() {
    assert!(matches!(source(json!(3)), Source::Number(3)));
    assert!(matches!(source(json!("card_1")), Source::Id(_)));
    assert!(matches!(source(json!([true])), Source::List(_)));
    // A constant that matches is worth more than the order of the document; one that differs rules a variant out.
    assert!(matches!(source(json!({"object": "card"})), Source::Card(_)));
    assert!(matches!(source(json!({"object": "bank"})), Source::Bank(_)));
    assert!(matches!(
        source(json!({"object": "bank", "bank": "b"})),
        Source::Bank(_)
    ));
    assert!(matches!(source(json!({"nothing": 1})), Source::Unknown(_)));
    assert!(matches!(source(json!([1])), Source::Unknown(_)));
    assert!(matches!(source(json!(1.5)), Source::Unknown(_)));
    assert!(matches!(source(json!(null)), Source::Unknown(_)));
    assert_eq!(Card::from("card"), Card::Card);
}

/// A value that is read as some variant and comes back as it was.
fn decided(json: &str) -> Decided {
    let decided: Decided = decode(json.as_bytes()).unwrap();
    assert_eq!(
        written(&decided),
        serde_json::from_str::<Value>(json).unwrap()
    );
    decided
}

#[test]
fn what_the_table_says_decides() {
    assert!(matches!(decided(r#""x""#), Decided::Id(_)));
    assert!(matches!(decided("3"), Decided::Count(3)));
    assert!(matches!(decided("3.5"), Decided::Ratio(_)));
    assert!(matches!(decided("true"), Decided::Flag(true)));
    assert!(matches!(decided(r#"{"object": "card"}"#), Decided::Card(_)));
    // A property goes before what properties there are, and both before the kind of the value.
    let card: Decided = decode(br#"{"bank": "b", "object": "card"}"#).unwrap();
    assert!(matches!(card, Decided::Card(_)));
    assert!(matches!(
        decided(r#"{"bank": "b", "object": "x"}"#),
        Decided::Bank(_)
    ));
    assert!(matches!(decided(r#"{"lives": 7}"#), Decided::Cat(_)));
    // What the kind or the properties promised did not hold.
    assert!(matches!(
        decided(r#"{"lives": "many"}"#),
        Decided::Unknown(_)
    ));
    assert!(matches!(
        decided(r#"{"bank": 1, "object": "x"}"#),
        Decided::Unknown(_)
    ));
    assert!(matches!(decided("null"), Decided::Unknown(_)));
    assert!(matches!(decided(r#"[{"new": 1}, [], "x"]"#), Decided::List(list) if list.len() == 3));
    // What a property names must be of its variant; a value that is no text is compared as it is spelled.
    for (json, error) in [
        (
            r#"{"object": "card", "last4": 4}"#,
            "`last4`: expected a string, found an integer",
        ),
        (
            r#"{"object": 7}"#,
            "`object`: expected a string, found an integer",
        ),
    ] {
        assert_eq!(
            decode::<Decided>(json.as_bytes()).unwrap_err().to_string(),
            error
        );
    }
    assert!(decode::<Decided>(br#"{"object": "card""#).is_err());
}

#[test]
fn a_tag_is_found_wherever_it_stands_and_written_once() {
    for json in [
        r#"{"petType":"dog","bark":true}"#,
        r#"{"bark":true,"new":{"petType":"cat"},"petType":"dog"}"#,
        r#" { "pet\u0054ype" : "dog" , "bark" : true } "#,
    ] {
        let dog: Pet = decode(json.as_bytes()).unwrap();
        assert!(
            matches!(&dog, Pet::Dog(dog) if dog.pet_type == "dog"),
            "{json}"
        );
        let text = String::from_utf8(encode(&dog).unwrap()).unwrap();
        assert_eq!(text, r#"{"petType":"dog","bark":true}"#);
    }
}

#[test]
fn trying_comes_to_an_end() {
    // Each level could be either of two variants, and neither fits: without a limit that is 2 to the power of 60.
    let mut json = "1".to_owned();
    for _ in 0..60 {
        json = format!(r#"{{"next":{json},"end":"x"}}"#);
    }
    assert_eq!(
        written(&source_of_nodes(&json)),
        serde_json::from_str::<Value>(&json).unwrap()
    );
}

fn source_of_nodes(json: &str) -> Node {
    decode(json.as_bytes()).unwrap()
}
