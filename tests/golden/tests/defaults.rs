//! What is left out is what the document says that the server takes for it, and nothing of it is sent.

#![allow(clippy::unwrap_used)]

use golden::types_defaults::runtime::codec::encode;
use golden::types_defaults::types::{Settings, SettingsMode};
use serde_json::{Value, json};

fn as_json(value: &impl golden::types_defaults::runtime::codec::Encode) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

#[test]
fn a_default_of_every_type_is_at_hand() {
    let settings = Settings::default();
    assert_eq!(settings.text_or_default(), "say \"hi\"");
    assert_eq!(settings.mode_or_default(), SettingsMode::Safe);
    assert!(settings.tags_or_default().is_empty());
    assert_eq!(settings.modes_or_default().len(), 1);
    assert_eq!(settings.day_or_default().to_string(), "2024-02-29");
    assert_eq!(settings.maybe_or_default().as_deref(), Some("yes"));
    assert_eq!(settings.inner_or_default().size, 3);
    assert_eq!(as_json(&settings.either_or_default()), json!(7));
    let large = as_json(&settings.large_or_default()).to_string();
    assert_eq!(large, "12345678901234567890123");
    assert_eq!(settings.any_or_default(), json!([1, null]));
    assert_eq!(encode(&settings).unwrap(), b"{}");
}

#[test]
fn what_is_given_is_stronger_than_a_default() {
    let settings = Settings {
        maybe: Some(None),
        tags: Some(vec!["a".to_owned()]),
        ..Settings::default()
    };
    assert_eq!(settings.maybe_or_default(), None);
    assert_eq!(settings.tags_or_default(), ["a"]);
}
