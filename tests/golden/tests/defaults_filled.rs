//! Where the configuration asks for it, what is left out is what the document says, and is sent.

#![allow(clippy::unwrap_used)]

use golden::types_defaults_filled::runtime::codec::{Decode, Encode, decode, encode};
use golden::types_defaults_filled::types::{
    Cat, Choice, Dog, Drawing, Inner, Mode, Node, Order, Pet, Receipt, Settings, SettingsEither,
    SettingsLevel, SettingsOpen, Shape, Square,
};
use golden::types_defaults_filled::webhooks;
use serde_json::{Value, json};

fn read<T: Decode>(value: Value) -> T {
    decode(value.to_string().as_bytes()).unwrap()
}

fn written(value: &impl Encode) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

/// What is sent of settings of which nobody said anything.
fn settings() -> Value {
    let large: Value = serde_json::from_str("12345678901234567890123").unwrap();
    json!({
        "on": true, "off": false, "limit": 10, "large": large, "ratio": 0.5, "single": 0.25, "text": "say \"hi\"",
        "mode": "safe", "level": 2, "open": "green", "at": "2024-02-29T12:00:00Z", "day": "2024-02-29",
        "none": [], "modes": ["safe", "fast"], "empty": {}, "labels": {"a": "b"},
        "inner": {"size": 3, "unit": "cm"}, "maybe": "yes", "either": 7, "any": [1, null], "hint": "none"
    })
}

#[test]
fn a_default_of_every_type_is_filled_in() {
    let read: Settings = read(json!({}));
    assert!(read.on && !read.off);
    assert_eq!((read.limit, read.ratio, read.single), (10, 0.5, 0.25));
    assert_eq!(read.text, "say \"hi\"");
    assert_eq!((&read.mode, &read.level), (&Mode::Safe, &SettingsLevel::V2));
    assert_eq!(read.open, SettingsOpen::Green);
    assert_eq!(read.day.to_string(), "2024-02-29");
    assert_eq!(read.modes, [Mode::Safe, Mode::Fast]);
    assert_eq!(read.labels["a"], "b");
    assert_eq!(read.inner, Inner::new(3));
    assert_eq!(read.maybe.as_deref(), Some("yes"));
    assert_eq!(read.either, SettingsEither::Integer(7));
    assert_eq!(read.any, json!([1, null]));
    assert_eq!(written(&read), settings());
    assert_eq!(written(&Settings::default()), settings());
    assert_eq!(format!("{read:?}"), format!("{:?}", Settings::default()));
}

#[test]
fn what_is_no_more_than_said_stays_absent() {
    let settings = Settings::default();
    assert!(settings.secret.is_none() && settings.nothing.is_none() && settings.never.is_none());
    // A request must not have it, and this type travels both ways.
    assert_eq!(settings.state_or_default(), "new");
    assert_eq!(written(&Choice::default()), json!({}));
}

#[test]
fn what_is_given_is_stronger_than_a_default() {
    let mut given = settings();
    given["on"] = json!(false);
    given["limit"] = json!(3);
    given["mode"] = json!("newer");
    given["open"] = json!("blue");
    given["modes"] = json!([]);
    given["labels"] = json!({});
    given["inner"] = json!({"size": 1, "unit": "m"});
    given["maybe"] = json!(null);
    given["either"] = json!("seven");
    given["any"] = json!(null);
    given["note"] = json!("n");
    let read: Settings = read(given.clone());
    assert_eq!((read.on, read.limit, &read.maybe), (false, 3, &None));
    assert_eq!(written(&read), given);
    let made = Settings {
        limit: 3,
        maybe: None,
        ..Settings::default()
    };
    assert_eq!(written(&made)["limit"], json!(3));
    assert_eq!(written(&made)["maybe"], json!(null));
}

#[test]
fn null_is_as_good_as_nothing_where_it_may_not_stand() {
    let read: Settings = read(json!({"limit": null, "modes": null, "inner": null, "either": null}));
    assert_eq!(written(&read), settings());
    // The last of several counts, and what came before leaves nothing.
    let twice = r#"{"limit": 3, "inner": {"size": 9, "unit": "m"}, "limit": null, "inner": null}"#;
    let read: Settings = decode(twice.as_bytes()).unwrap();
    assert_eq!(written(&read), settings());
    let wrong = decode::<Settings>(br#"{"limit": "3"}"#).unwrap_err();
    assert!(
        wrong
            .to_string()
            .starts_with("`limit`: expected an integer"),
        "{wrong}"
    );
}

#[test]
fn a_record_with_required_fields_is_made_of_those() {
    let order = Order::new("tea");
    let all = json!({"item": "tea", "count": 1, "gift": false, "tags": ["new", "web"]});
    assert_eq!(written(&order), all);
    assert_eq!(read::<Order>(json!({"item": "tea"})), order);
    assert!(decode::<Order>(b"{}").is_err());
    // Merged of several schemas; only answers have its state, and it is only in answers.
    let receipt: Receipt = read(json!({"item": "tea", "id": "r1"}));
    assert_eq!((receipt.state.as_str(), receipt.count), ("open", 1));
    assert!(receipt.rest.is_empty());
}

#[test]
fn a_default_that_leads_to_itself_is_not_followed() {
    let node: Node = read(json!({"child": {}}));
    assert_eq!((node.name.as_str(), node.nodes.len()), ("root", 0));
    let child = node.child.as_ref().unwrap();
    assert!(child.child.is_none() && child.next.is_none());
    assert_eq!(child.next_or_default().far.size, 1);
    let made = json!({"name": "root", "nodes": []});
    assert_eq!(written(&Node::default()), made);
}

#[test]
fn a_variant_is_recognised_as_it_was() {
    let cat: Pet = read(json!({"kind": "cat"}));
    assert_eq!(cat, Pet::from(Cat::default()));
    assert_eq!(written(&cat), json!({"kind": "cat", "lives": 9}));
    // The default of its own kind would say that it is something else.
    let dog = Pet::from(Dog::default());
    assert_eq!(written(&dog), json!({"kind": "dog", "tricks": 0}));
    assert!(matches!(read(json!({"kind": "dog"})), Pet::Dog(_)));
    let square: Shape = read(json!({"side": 2}));
    assert_eq!(square, Shape::from(Square::new(2.0)));
    assert!(matches!(read(json!({"color": "red"})), Shape::Unknown(_)));
    let drawing = Drawing::default();
    assert_eq!((&drawing.shape, &drawing.pet), (&square, &cat));
    assert_eq!(read::<Drawing>(json!({})), drawing);
    assert_eq!(read::<Drawing>(written(&drawing)), drawing);
}

#[test]
fn demands_hold_of_what_is_filled_in() {
    assert!(Settings::default().validate().is_ok());
    assert!(Choice::default().validate().is_ok());
    let settings = Settings {
        limit: 0,
        ..Settings::default()
    };
    let error = settings.validate().unwrap_err().to_string();
    assert!(error.contains("limit"), "{error}");
}

#[test]
fn a_received_form_is_filled_in_too() {
    let request = |body: &'static str| {
        let request = http::Request::post("/hook");
        let media_type = "application/x-www-form-urlencoded";
        let request = request.header("content-type", media_type);
        webhooks::changed(&request.body(body).unwrap()).unwrap()
    };
    assert_eq!((request("seats=2").seats, request("name=a").seats), (2, 5));
    assert_eq!(request("seats=2").name, "free");
}
