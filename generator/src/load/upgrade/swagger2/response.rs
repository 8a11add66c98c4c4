//! Responses, whose schema stands under a media type since 3.0.

use super::{Walk, content};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

impl Walk<'_, '_> {
    /// Upgrades a response of the media types that its operation produces.
    pub(super) fn response(&mut self, value: &mut Value, produces: &[String], at: &Pointer) {
        let Some(response) = value.as_object_mut() else {
            return;
        };
        if response.get("$ref").is_some_and(Value::is_string) {
            return self.reference(at);
        }
        self.headers(response, at);
        let schema = response.shift_remove("schema");
        let examples = response.shift_remove("examples");
        let mut bodies = match schema {
            Some(schema) => {
                let types = types_of(&schema, produces);
                let place = at.child("content");
                let source = self.upgrade.before(&at.child("schema"));
                self.upgrade.placed(&source, &place);
                content(self, &types, &schema, &source, &place)
            }
            None => json!({}),
        };
        if let (Some(Value::Object(examples)), Some(bodies)) = (examples, bodies.as_object_mut()) {
            for (name, example) in examples {
                // Without a schema, an example is all that is known of the body.
                if name.contains('/') && (bodies.is_empty() || bodies.contains_key(&name)) {
                    let body = bodies.entry(name.clone()).or_insert_with(|| json!({}));
                    if let Some(body) = body.as_object_mut() {
                        body.insert("example".to_owned(), example);
                    }
                    let to = at.child("content").child(&name).child("example");
                    self.upgrade.made(&at.child("examples").child(&name), &to);
                }
            }
        }
        if bodies.as_object().is_some_and(|bodies| !bodies.is_empty()) {
            response.insert("content".to_owned(), bodies);
        }
    }

    fn headers(&mut self, response: &mut Map<String, Value>, at: &Pointer) {
        let place = at.child("headers");
        let headers = response.get_mut("headers").and_then(Value::as_object_mut);
        for (name, header) in headers.into_iter().flatten() {
            let at = place.child(name);
            if let Some(header) = header.as_object_mut() {
                header.shift_remove("collectionFormat");
                let schema = self.lift_type(header, &at);
                header.insert("schema".to_owned(), schema);
            }
        }
    }
}

/// A file is of whatever media type the operation produces, unless that is the usual one of everything else.
fn types_of(schema: &Value, produces: &[String]) -> Vec<String> {
    let is_file = schema.get("type").and_then(Value::as_str) == Some("file");
    let is_json = |name: &String| name == super::JSON || name.ends_with("+json");
    match is_file && produces.iter().all(is_json) {
        true => vec!["application/octet-stream".to_owned()],
        false => produces.to_vec(),
    }
}
