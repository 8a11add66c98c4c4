//! OpenAPI 3.1: the objects. The schemas have files of their own.
//!
//! <https://spec.openapis.org/oas/v3.1.1.html>

mod schema;
mod schema_demands;
mod schema_keys;
mod schema_patterns;
mod schema_types;
mod schema_words;

use super::references::Base;
use super::{Upgrade, dialect, fill_in, v3_2, webhooks};
use crate::diagnostic::Code;
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::{Map, Value};

/// Upgrades a document of OpenAPI 3.1 or 3.2.
pub(super) fn upgrade(value: &mut Value, upgrade: &mut Upgrade<'_>) {
    let Some(root) = value.as_object_mut() else {
        return;
    };
    let id = root.shift_remove("$self");
    let own_uri = id.as_ref().and_then(Value::as_str).unwrap_or_default();
    let base = upgrade.references.document(own_uri);
    let media_types = root
        .get("components")
        .and_then(|components| components.get("mediaTypes"))
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let mut walk = Walk {
        upgrade,
        media_types,
        own_uri: own_uri.split('#').next().unwrap_or_default().to_owned(),
        base,
    };
    walk.visit(value, Shape::Object(Kind::OpenApi), &Pointer::root());
}

/// A walk along the tables of OpenAPI 3.0 and what newer versions add to them.
struct Walk<'u, 'd> {
    upgrade: &'u mut Upgrade<'d>,
    /// The components that a Media Type Object may refer to, which 3.0 does not have.
    media_types: Map<String, Value>,
    /// What the document calls itself, or nothing.
    own_uri: String,
    /// The schema resource or document that references are relative to.
    base: Base,
}

impl Walk<'_, '_> {
    /// Upgrades a value. Recursion is bounded by the limit of depth.
    fn visit(&mut self, value: &mut Value, shape: Shape, at: &Pointer) {
        match shape {
            Shape::Referable(Kind::Schema) | Shape::Object(Kind::Schema) => self.schema(value, at),
            Shape::SchemaOrFlag if !value.is_boolean() => self.schema(value, at),
            Shape::Referable(kind) => self.referable(value, kind, at),
            Shape::Object(kind) => self.object(value, kind, at),
            Shape::Map(shape) => {
                for (key, value) in value.as_object_mut().into_iter().flatten() {
                    self.visit(value, *shape, &at.child(key));
                }
            }
            Shape::List(shape) => {
                for (index, value) in value.as_array_mut().into_iter().flatten().enumerate() {
                    self.visit(value, *shape, &at.index(index));
                }
            }
            _ => {}
        }
    }

    fn referable(&mut self, value: &mut Value, kind: Kind, at: &Pointer) {
        let Some(object) = value.as_object_mut() else {
            return;
        };
        if !object.get("$ref").is_some_and(Value::is_string) {
            return self.object(value, kind, at);
        }
        self.reference(at);
        if kind == Kind::PathItem {
            return self.object(value, kind, at);
        }
        for key in ["summary", "description"] {
            if object.shift_remove(key).is_some() {
                let message = format!(
                    "the `{key}` of a reference is not carried: that of what it refers to is shown"
                );
                self.upgrade.note(&at.child(key), message);
            }
        }
    }

    /// Notes a reference, which is rewritten when it is known what was moved.
    fn reference(&mut self, at: &Pointer) {
        let base = self.base;
        self.upgrade.references.site(at.child("$ref"), base);
    }

    fn object(&mut self, value: &mut Value, kind: Kind, at: &Pointer) {
        let Some(object) = value.as_object_mut() else {
            return;
        };
        self.prepare(object, kind, at);
        let table = kind.table();
        for (key, value) in object.iter_mut() {
            let shape = table.shape(key).or_else(|| shelf(kind, key));
            if let Some(shape) = shape {
                self.visit(value, shape, &at.child(key));
            }
        }
    }

    /// What is particular about an object, before its fields are looked at.
    fn prepare(&mut self, object: &mut Map<String, Value>, kind: Kind, at: &Pointer) {
        v3_2::prepare(self.upgrade, object, kind, at, &self.media_types);
        if matches!(kind, Kind::OpenApi | Kind::Operation) {
            v3_2::name_schemes(self.upgrade, object, &self.own_uri, at);
        }
        match kind {
            Kind::OpenApi => self.prepare_document(object),
            Kind::Info => prepare_info(object),
            Kind::License => prepare_license(object),
            // From 3.1 on an operation need not say what it answers.
            Kind::Operation => {
                object
                    .entry("responses")
                    .or_insert_with(|| Value::Object(Map::new()));
            }
            // Lowering has a warning for every way of HTTP that it does not know, and this is one.
            Kind::SecurityScheme
                if object.get("type").and_then(Value::as_str) == Some("mutualTLS") =>
            {
                object.insert("type".to_owned(), Value::from("http"));
                object.insert("scheme".to_owned(), Value::from("mutualTLS"));
                self.upgrade.made(&at.child("type"), &at.child("scheme"));
            }
            _ => {}
        }
    }

    fn prepare_document(&mut self, root: &mut Map<String, Value>) {
        let at = Pointer::root();
        root.insert("openapi".to_owned(), Value::from("3.0.4"));
        if let Some(named) = root.shift_remove("jsonSchemaDialect")
            && !named.as_str().is_some_and(dialect::is_known)
        {
            self.upgrade.warn(
                Code::NotSupported,
                &at.child("jsonSchemaDialect"),
                "this dialect of JSON Schema is not known; schemas are read by the rules of draft 2020-12",
            );
        }
        if !root.contains_key("paths") {
            // Components or webhooks alone are a document from 3.1 on.
            root.insert("paths".to_owned(), Value::Object(Map::new()));
        }
        webhooks::shelve(self.upgrade, root, "webhooks");
    }
}

/// What newer versions have beside the fields of 3.0 and what is only there to be referred to.
fn shelf(kind: Kind, key: &str) -> Option<Shape> {
    match (kind, key) {
        (Kind::Components, "pathItems") => Some(Shape::Map(&Shape::Referable(Kind::PathItem))),
        (Kind::Components, "mediaTypes") => Some(Shape::Map(&Shape::Object(Kind::MediaType))),
        _ => None,
    }
}

fn prepare_info(info: &mut Map<String, Value>) {
    let summary = info.get("summary").and_then(Value::as_str);
    let description = info.get("description").and_then(Value::as_str);
    if let (Some(summary), Some(description)) = (summary, description) {
        let text = format!("{summary}\n\n{description}");
        info.insert("description".to_owned(), Value::from(text));
        info.shift_remove("summary");
    }
    fill_in(info, "summary", "description");
}

fn prepare_license(license: &mut Map<String, Value>) {
    let Some(Value::String(identifier)) = license.shift_remove("identifier") else {
        return;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    // An expression such as `MIT OR Apache-2.0` has no page of its own.
    if !license.contains_key("url") && !identifier.is_empty() && identifier.chars().all(is_plain) {
        let url = format!("https://spdx.org/licenses/{identifier}.html");
        license.insert("url".to_owned(), Value::from(url));
    }
}
