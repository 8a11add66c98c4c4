//! The names that schemas give themselves: `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, section 8.2).

use super::Address;
use super::sites::Base;
use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The identifiers in one file.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// The places with an `$id`, in the order of the file.
    pub(super) resources: BTreeMap<Pointer, Address>,
    /// The places with an `$anchor`, by the resource that they stand in and their name.
    pub(super) anchors: BTreeMap<(Pointer, String), Pointer>,
}

impl Identifiers {
    /// Looks through a whole file, of which nothing is known but that it has identifiers.
    pub(super) fn of(value: &Value, address: &Address) -> Self {
        let mut identifiers = Identifiers::default();
        let base = Base {
            address: address.clone(),
            resource: Pointer::root(),
        };
        identifiers.visit(value, &base, &Pointer::root());
        identifiers
    }

    /// Recursion is bounded by the limit of depth.
    fn visit(&mut self, value: &Value, base: &Base, at: &Pointer) {
        let mut own = None;
        match value {
            Value::Object(object) => {
                let text = |key: &str| object.get(key).and_then(Value::as_str);
                if let Some(id) = text("$id")
                    && let Ok(address) = base.address.join(id.split('#').next().unwrap_or_default())
                {
                    self.resources.insert(at.clone(), address.clone());
                    own = Some(Base {
                        address,
                        resource: at.clone(),
                    });
                }
                let base = own.as_ref().unwrap_or(base);
                for word in ["$anchor", "$dynamicAnchor"] {
                    if let Some(name) = text(word) {
                        let key = (base.resource.clone(), name.to_owned());
                        self.anchors.insert(key, at.clone());
                    }
                }
                for (key, value) in object {
                    if value.is_object() || value.is_array() {
                        self.visit(value, base, &at.child(key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.visit(value, base, &at.index(index));
                }
            }
            _ => {}
        }
    }

    /// The resource that a place stands in; nothing if it is the file itself.
    pub(super) fn base(&self, at: &Pointer) -> Option<Rc<Base>> {
        let mut text = at.as_str();
        loop {
            let pointer = Pointer::from_escaped(text);
            if let Some(address) = self.resources.get(&pointer) {
                return Some(Rc::new(Base {
                    address: address.clone(),
                    resource: pointer,
                }));
            }
            text = text.get(..text.rfind('/')?)?;
        }
    }

    /// The place of an anchor in a resource.
    pub(super) fn anchor(&self, resource: &Pointer, name: &str) -> Option<&Pointer> {
        self.anchors.get(&(resource.clone(), name.to_owned()))
    }
}
