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
    let Some(callbacks) = callbacks_of(root) else {
        return;
    };
    let mut name = "webhooks".to_owned();
    while callbacks.contains_key(&name) {
        name.push('_');
    }
    let place = Pointer::root().child("components").child("callbacks");
    upgrade.moved(&Pointer::root().child(field), &place.child(&name));
    let webhooks = root.shift_remove(field);
    if let (Some(webhooks), Some(callbacks)) = (webhooks, callbacks_of(root)) {
        callbacks.insert(name.clone(), webhooks);
    }
    carrier::keep_webhooks(root, &name);
}

/// The callbacks of the components; `None` if what stands in their place is no object.
fn callbacks_of(root: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    let empty = || Value::Object(Map::new());
    let components = root.entry("components").or_insert_with(empty);
    let callbacks = components.as_object_mut()?.entry("callbacks");
    callbacks.or_insert_with(empty).as_object_mut()
}
