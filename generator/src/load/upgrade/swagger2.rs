//! Swagger 2.0: the document. Operations, parameters, responses and schemas have files of their own.
//!
//! <https://spec.openapis.org/oas/v2.0.html>

mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use super::Upgrade;
use super::references::Base;
use crate::diagnostic::Code;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// The media type of a body where the document says nothing.
const JSON: &str = "application/json";

/// Upgrades a document of Swagger 2.0.
pub(super) fn upgrade(value: &mut Value, upgrade: &mut Upgrade<'_>) {
    let Some(root) = value.as_object_mut() else {
        return;
    };
    let mut old = std::mem::take(root);
    old.shift_remove("swagger");
    mend_lists(upgrade, &mut old, &Pointer::root());
    let base = upgrade.references.document("");
    let mut walk = Walk {
        upgrade,
        base,
        servers: server::Parts::of(&mut old),
        consumes: media_types(old.shift_remove("consumes")),
        produces: media_types(old.shift_remove("produces")),
        parameters: section(&mut old, "parameters"),
    };
    root.insert("openapi".to_owned(), Value::from("3.0.4"));
    let at = Pointer::root();
    walk.upgrade
        .made(&at.child("swagger"), &at.child("openapi"));
    let servers = walk.servers.list(walk.upgrade);
    root.insert("servers".to_owned(), servers);
    let components = walk.components(&mut old);
    for (key, mut value) in old {
        if key == "paths" {
            walk.paths(&mut value);
        }
        root.insert(key, value);
    }
    root.insert("components".to_owned(), Value::Object(components));
}

/// A walk along the objects of a document.
struct Walk<'u, 'd> {
    upgrade: &'u mut Upgrade<'d>,
    /// The document, which references are relative to.
    base: Base,
    servers: server::Parts,
    consumes: Vec<String>,
    produces: Vec<String>,
    /// The parameters that operations may refer to.
    parameters: Map<String, Value>,
}

impl Walk<'_, '_> {
    /// What can be referred to stands at the root in 2.0.
    fn components(&mut self, old: &mut Map<String, Value>) -> Map<String, Value> {
        let mut components = Map::new();
        let (root, place) = (Pointer::root(), Pointer::root().child("components"));
        for (from, to) in [
            ("definitions", "schemas"),
            ("parameters", "parameters"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            let at = place.child(to);
            self.upgrade.moved(&root.child(from), &at);
            let mut members = match from {
                // Those of bodies and forms are put where they are referred to: they become no parameters.
                "parameters" => {
                    let mut members = self.parameters.clone();
                    members.retain(|_, member| !parameter::is_of_body(member));
                    members
                }
                _ => section(old, from),
            };
            for (name, member) in &mut members {
                let at = at.child(name);
                match from {
                    "definitions" => self.schema(member, &at),
                    "parameters" => self.parameter(member, &at),
                    "responses" => {
                        let produces = choose(None, &self.produces);
                        self.response(member, &produces, &at);
                    }
                    _ => self.scheme(member, &at),
                }
            }
            components.insert(to.to_owned(), Value::Object(members));
        }
        components
    }

    fn paths(&mut self, paths: &mut Value) {
        let at = Pointer::root().child("paths");
        for (path, item) in paths.as_object_mut().into_iter().flatten() {
            if path.starts_with('/') {
                self.path_item(item, &at.child(path));
            }
        }
    }

    /// Notes a reference, which is rewritten when it is known what was moved.
    fn reference(&mut self, at: &Pointer) {
        self.upgrade.references.site(at.child("$ref"), self.base);
    }
}

/// A section of the root, which may be of a wrong type.
fn section(root: &mut Map<String, Value>, name: &str) -> Map<String, Value> {
    match root.shift_remove(name) {
        Some(Value::Object(members)) => members,
        Some(other) => {
            // Where it stays, decoding reports it as a field that is not known.
            if !other.is_null() {
                root.insert(name.to_owned(), other);
            }
            Map::new()
        }
        None => Map::new(),
    }
}

/// One text in the place of a list of them.
fn mend_lists(upgrade: &mut Upgrade<'_>, object: &mut Map<String, Value>, at: &Pointer) {
    for word in ["consumes", "produces", "schemes"] {
        if let Some(one) = object.get_mut(word).filter(|value| value.is_string()) {
            let message = format!("`{word}` must be an array; it is taken for one of one item");
            upgrade.warn(Code::WrongType, &at.child(word), message);
            *one = Value::Array(vec![one.take()]);
        }
    }
}

/// A list of media types, without what is none.
fn media_types(value: Option<Value>) -> Vec<String> {
    let types = match value {
        Some(Value::Array(types)) => types,
        _ => Vec::new(),
    };
    let texts = types.iter().filter_map(Value::as_str);
    texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The media types of an operation, else those of the document, else JSON.
///
/// An empty list clears the document's, which leaves nothing that a body could be; so it counts as none.
fn choose(own: Option<Value>, all: &[String]) -> Vec<String> {
    let own = media_types(own);
    match (own.is_empty(), all.is_empty()) {
        (false, _) => own,
        (true, false) => all.to_vec(),
        (true, true) => vec![JSON.to_owned()],
    }
}

/// A content of one schema for each media type. All of them are made of the same place of the source.
fn content(
    walk: &mut Walk<'_, '_>,
    types: &[String],
    schema: &Value,
    source: &Pointer,
    at: &Pointer,
) -> Value {
    let mut content = Vec::new();
    // References to the schema lead to that of the first, which is the last to be noted.
    for name in types.iter().rev() {
        let mut schema = schema.clone();
        let place = at.child(name).child("schema");
        walk.upgrade.placed(source, &place);
        walk.schema(&mut schema, &place);
        content.push((name.clone(), json!({ "schema": schema })));
    }
    Value::Object(content.into_iter().rev().collect())
}
