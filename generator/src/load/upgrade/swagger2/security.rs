//! Security definitions as security schemes.

use super::Walk;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

impl Walk<'_, '_> {
    /// Upgrades a security scheme.
    pub(super) fn scheme(&mut self, value: &mut Value, at: &Pointer) {
        let Some(scheme) = value.as_object_mut() else {
            return;
        };
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), Value::from("http"));
                scheme.insert("scheme".to_owned(), Value::from("basic"));
            }
            Some("oauth2") => self.flow(scheme, at),
            _ => {}
        }
    }

    /// A scheme has one flow in 2.0, and is one flow.
    fn flow(&mut self, scheme: &mut Map<String, Value>, at: &Pointer) {
        let flow = scheme.shift_remove("flow");
        let name = match flow.as_ref().and_then(Value::as_str) {
            Some("implicit") => "implicit",
            Some("password") => "password",
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            // Without a flow that is known, decoding says that the scheme has none.
            _ => return,
        };
        let place = at.child("flows").child(name);
        self.upgrade.made(&at.child("flow"), &at.child("flows"));
        self.upgrade.made(&at.child("flow"), &place);
        let mut fields = Map::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(value) = scheme.shift_remove(key) {
                self.upgrade.moved(&at.child(key), &place.child(key));
                fields.insert(key.to_owned(), value);
            }
        }
        scheme.insert("flows".to_owned(), json!({ name: fields }));
    }
}
