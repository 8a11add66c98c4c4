//! Operations: the parameters that are bodies, and what they consume and produce.

use super::parameter::{is_of_body, take_type};
use super::{Walk, choose, content, mend_lists};
use crate::diagnostic::Code;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that is a body or a field of a form, and where it stands.
type Part = (Map<String, Value>, Pointer);

impl Walk<'_, '_> {
    /// Upgrades the operations of a path.
    pub(super) fn path_item(&mut self, value: &mut Value, at: &Pointer) {
        let Some(item) = value.as_object_mut() else {
            return;
        };
        if item.get("$ref").is_some_and(Value::is_string) {
            self.reference(at);
        }
        let shared = self.parameters(item, at);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(*method) {
                self.operation(operation, &shared, &at.child(method));
            }
        }
    }

    fn operation(&mut self, operation: &mut Map<String, Value>, shared: &[Part], at: &Pointer) {
        let own = self.parameters(operation, at);
        mend_lists(self.upgrade, operation, at);
        let consumes = choose(operation.shift_remove("consumes"), &self.consumes);
        let produces = choose(operation.shift_remove("produces"), &self.produces);
        if let Some(schemes) = operation.shift_remove("schemes") {
            let place = at.child("schemes");
            if let Some(servers) = self.servers.list_for(&schemes, &place, self.upgrade) {
                operation.insert("servers".to_owned(), servers);
                self.upgrade.made(&place, &at.child("servers"));
            }
        }
        // What an operation says of a parameter replaces what its path says of one of the same name and place.
        let is_replaced = |part: &Part| own.iter().any(|known| key(known) == key(part));
        let mut parts: Vec<Part> = shared
            .iter()
            .filter(|part| !is_replaced(part))
            .cloned()
            .collect();
        parts.extend(own);
        if let Some(body) = self.body(parts, &consumes, at) {
            operation.insert("requestBody".to_owned(), body);
        }
        let place = at.child("responses");
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            if !status.starts_with("x-") {
                self.response(response, &produces, &place.child(status));
            }
        }
    }

    /// Upgrades the parameters of a path or an operation, and takes out those of bodies and forms.
    fn parameters(&mut self, holder: &mut Map<String, Value>, at: &Pointer) -> Vec<Part> {
        let Some(Value::Array(parameters)) = holder.get_mut("parameters") else {
            return Vec::new();
        };
        let place = at.child("parameters");
        let mut parts = Vec::new();
        let mut kept = Vec::new();
        for (index, mut parameter) in std::mem::take(parameters).into_iter().enumerate() {
            let from = place.index(index);
            let shelved = self.shelved(&parameter);
            let (target, source) = match &shelved {
                Some((target, source)) => (target, source),
                None => (&parameter, &from),
            };
            if is_of_body(target)
                && let Some(part) = target.as_object()
            {
                parts.push((part.clone(), source.clone()));
                continue;
            }
            let to = place.index(kept.len());
            if to != from {
                self.upgrade.placed(&from, &to);
            }
            self.parameter(&mut parameter, &to);
            kept.push(parameter);
        }
        *parameters = kept;
        parts
    }

    /// The parameter that a reference leads to, and where it stands.
    fn shelved(&self, parameter: &Value) -> Option<(Value, Pointer)> {
        let target = parameter.get("$ref")?.as_str()?;
        let name = target.strip_prefix("#/parameters/")?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let found = self.parameters.get(&name)?;
        let at = Pointer::root().child("parameters").child(&name);
        Some((found.clone(), at))
    }

    fn body(&mut self, parts: Vec<Part>, consumes: &[String], at: &Pointer) -> Option<Value> {
        let is_body = |(part, _): &Part| part.get("in").and_then(Value::as_str) == Some("body");
        let (bodies, fields): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_body);
        let place = at.child("requestBody");
        let mut bodies = bodies.into_iter();
        let Some((body, from)) = bodies.next() else {
            return self.form(fields, consumes, &place);
        };
        let others = bodies
            .map(|(_, from)| from)
            .chain(fields.into_iter().map(|(_, from)| from));
        for other in others {
            self.upgrade.warn_of(
                Code::WrongType,
                &other,
                "an operation has one body; this one is left out",
            );
        }
        self.upgrade.placed(&from, &place);
        let schema = body.get("schema").cloned().unwrap_or_else(|| json!({}));
        let to = place.child("content");
        self.upgrade.placed(&from.child("schema"), &to);
        let content = content(self, consumes, &schema, &from.child("schema"), &to);
        let mut request = Map::new();
        for key in ["description", "required"] {
            if let Some(value) = body.get(key) {
                request.insert(key.to_owned(), value.clone());
            }
        }
        for (key, value) in body.iter().filter(|(key, _)| key.starts_with("x-")) {
            request.insert(key.clone(), value.clone());
        }
        request.insert("content".to_owned(), content);
        Some(Value::Object(request))
    }

    /// The fields of a form as the properties of an object.
    fn form(&mut self, fields: Vec<Part>, consumes: &[String], at: &Pointer) -> Option<Value> {
        let (_, first) = fields.first()?;
        let has_file = fields
            .iter()
            .any(|(field, _)| field.get("type").and_then(Value::as_str) == Some("file"));
        let takes = |name: &str| consumes.iter().any(|known| known == name);
        let media_type = match has_file || (takes(MULTIPART) && !takes(FORM)) {
            true => MULTIPART,
            false => FORM,
        };
        self.upgrade.placed(first, at);
        let place = at.child("content").child(media_type);
        let (mut properties, mut encoding, mut required) = (Map::new(), Map::new(), Vec::new());
        for (mut field, from) in fields {
            let Some(Value::String(name)) = field.get("name").cloned() else {
                self.upgrade.warn_of(
                    Code::MissingField,
                    &from,
                    "this field of a form has no `name`; it is left out",
                );
                continue;
            };
            let to = place.child("schema").child("properties").child(&name);
            self.upgrade.placed(&from, &to);
            let mut schema = take_type(&mut field);
            let format = field.shift_remove("collectionFormat");
            if schema.get("type").and_then(Value::as_str) == Some("array") {
                let mut spelling = Map::new();
                let spot = place.child("encoding").child(&name);
                self.upgrade.placed(&from, &spot);
                self.spell_array(&mut spelling, format.as_ref(), true, &spot);
                encoding.insert(name.clone(), Value::Object(spelling));
            }
            if let Some(description) = field.shift_remove("description") {
                schema.insert("description".to_owned(), description);
            }
            self.lift_items(&mut schema, &to);
            if field.get("required") == Some(&Value::Bool(true)) {
                required.push(Value::from(name.as_str()));
            }
            properties.insert(name, Value::Object(schema));
        }
        let is_required = !required.is_empty();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), Value::from("object"));
        if is_required {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        let mut body = Map::new();
        body.insert("schema".to_owned(), Value::Object(schema));
        if !encoding.is_empty() && media_type == FORM {
            body.insert("encoding".to_owned(), Value::Object(encoding));
        }
        Some(json!({ "required": is_required, "content": { media_type: body } }))
    }
}

/// What tells parameters apart: all bodies are the same one.
fn key((part, _): &Part) -> Option<&str> {
    match part.get("in").and_then(Value::as_str) {
        Some("body") => None,
        _ => part.get("name").and_then(Value::as_str),
    }
}
