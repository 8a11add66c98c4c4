#![allow(clippy::unwrap_used)]

use super::{Direction, body, fits};
use crate::model::{
    Constraints, Content, ContentKind, Decision, Docs, IntegerKind, Scalar, Shape, Type, Union,
    Variant, WireName,
};
use crate::reference::fixture;
use serde_json::{Value, json};

fn json_body(ty: Type, examples: Vec<Value>) -> Content {
    Content {
        media_type: WireName::new("application/json"),
        synonyms: Vec::new(),
        xml: Vec::new(),
        kind: ContentKind::Json(ty),
        examples: examples.into_iter().map(|value| (None, value)).collect(),
    }
}

#[test]
fn a_documented_example_wins_only_if_it_fits() {
    let (api, ids) = fixture::pets();
    let shown = json!({"id": 7, "name": "Rex", "kind": "dog"});
    let right = json_body(Type::Named(ids.pet), vec![shown.clone()]);
    assert_eq!(body(&api, &right, Direction::Response), shown);
    let wrong = json_body(Type::Named(ids.pet), vec![json!({"id": "seven"})]);
    assert_eq!(
        body(&api, &wrong, Direction::Response),
        json!({"id": 1, "name": "Tom", "kind": "cat", "parent": {"id": 1, "name": "Tom", "kind": "cat"}})
            .as_object()
            .map(|pet| {
                let mut pet = pet.clone();
                pet.remove("parent");
                Value::Object(pet)
            })
            .unwrap()
    );
}

#[test]
fn read_only_fields_are_left_out_of_requests_and_secrets_are_placeholders() {
    let (api, ids) = fixture::pets();
    let content = json_body(Type::Named(ids.pet), vec![]);
    let value = body(&api, &content, Direction::Request);
    assert_eq!(
        value,
        json!({"name": "Tom", "kind": "cat", "chip": "your-secret"})
    );
}

/// A variant that a tag tells from the others stands in the place of its union: what it may have is shown, as if it were
/// the body itself. Without a tag it could make the value fit another variant as well.
#[test]
fn a_variant_of_a_union_is_shown_in_full_if_a_tag_tells_it() {
    let by_tag = Decision::Tag(WireName::new("kind"));
    assert_eq!(
        union_body(by_tag),
        json!({"name": "Tom", "kind": "cat", "chip": "your-secret"})
    );
    // What has an example is shown in any case.
    let bare = json!({"name": "Tom", "kind": "cat"});
    assert_eq!(union_body(Decision::Shape), bare);
}

fn union_body(decision: Decision) -> Value {
    let (mut api, ids) = fixture::pets();
    let variant = Variant {
        ty: Type::Named(ids.pet),
        tags: vec![WireName::new("cat")],
        is_default: false,
        name: None,
        docs: Docs::default(),
        constraints: Constraints::default(),
        origin: fixture::origin(),
    };
    let union = Union {
        variants: vec![variant],
        decision,
    };
    let union = api.types.push(fixture::def("Animal", Shape::Union(union)));
    let content = json_body(Type::Named(union), vec![]);
    body(&api, &content, Direction::Request)
}

#[test]
fn formats_are_checked() {
    let (api, _) = fixture::pets();
    let cases = [
        (Scalar::Date, json!("2024-02-29"), true),
        (Scalar::Date, json!("2023-02-29"), false),
        (Scalar::DateTime, json!("2024-02-29T23:59:59.5+02:00"), true),
        (Scalar::DateTime, json!("2024-02-29 23:59:59"), false),
        (
            Scalar::Uuid,
            json!("123e4567-e89b-42d3-a456-426614174000"),
            true,
        ),
        (Scalar::Uuid, json!("123"), false),
        (Scalar::Integer(IntegerKind::U8), json!(256), false),
        (Scalar::Base64, json!("aGk="), true),
        (Scalar::Base64, json!("aGk"), false),
    ];
    for (scalar, value, expected) in cases {
        assert_eq!(
            fits(&api, &Type::Scalar(scalar), &value),
            expected,
            "{value}"
        );
    }
}
