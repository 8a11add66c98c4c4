//! Webhooks: a map of path items, which is what a Callback Object is, so they become a callback of the components.

use super::Upgrade;
use crate::load::carrier;
use crate::source::Pointer;
use serde_json::{Map, Value};

/// Puts the webhooks that stand in a field of the document among the callbacks of the components.
pub(super) fn shelve(upgrade: &mut Upgrade<'_>, root: &mut Map<String, Value>, field: &str) {
    if !root.get(field).is_some_and(Value::is_object) {
        return;
    }
    let components = root
        .entry("components")
        .or_insert_with(|| Value::Object(Map::new()));
    let Some(components) = components.as_object_mut() else {
        return;
    };
    let callbacks = components
        .entry("callbacks")
        .or_insert_with(|| Value::Object(Map::new()));
    let Some(callbacks) = callbacks.as_object_mut() else {
        return;
    };
    let mut name = "webhooks".to_owned();
    while callbacks.contains_key(&name) {
        name.push('_');
    }
    let place = Pointer::root().child("components").child("callbacks");
    upgrade.moved(&Pointer::root().child(field), &place.child(&name));
    callbacks.insert(name.clone(), Value::Null);
    if let Some(webhooks) = root.shift_remove(field)
        && let Some(place) = root.get_mut("components")
        && let Some(place) = place.get_mut("callbacks")
        && let Some(place) = place.get_mut(&name)
    {
        *place = webhooks;
    }
    carrier::keep_webhooks(root, &name);
}
