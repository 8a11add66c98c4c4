//! The walk along the tables.

use super::place::At;
use super::{objects, scalars, schema};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::load::bundle::Bundle;
use crate::load::objects::{Field, Kind, Need, Rest, Shape, Table};
use crate::load::origins::Origins;
use crate::source::{Origin, Pointer};
use serde_json::{Map, Value};

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// It cannot be used and was reported: whoever holds it leaves it out.
    Drop,
}

/// Walks a document, mends it and reports what it did.
pub(super) struct Walker<'d> {
    bundle: Bundle,
    diagnostics: &'d mut Diagnostics,
    /// Strings that were numbers: where they stand now and where they stood in the source.
    spelled: Vec<(Pointer, Origin)>,
}

impl<'d> Walker<'d> {
    pub(super) fn new(bundle: Bundle, diagnostics: &'d mut Diagnostics) -> Self {
        Walker {
            bundle,
            diagnostics,
            spelled: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> (Origins, Vec<(Pointer, Origin)>) {
        (self.bundle.origins, self.spelled)
    }

    /// Looks at a value. Recursion is bounded by the limit of depth.
    pub(super) fn visit(&mut self, value: &mut Value, shape: Shape, at: &At<'_>) -> Verdict {
        match shape {
            Shape::Any => Verdict::Keep,
            Shape::Text | Shape::Flag | Shape::Number | Shape::Count | Shape::Choice(_) => {
                scalars::visit(self, value, shape, at)
            }
            Shape::Object(kind) => self.object(value, kind, &at.within(kind)),
            Shape::Referable(kind) => self.referable(value, kind, &at.within(kind)),
            Shape::SchemaOrFlag => match value {
                Value::Bool(_) => Verdict::Keep,
                Value::String(text) if matches!(text.as_str(), "true" | "false") => {
                    scalars::visit(self, value, Shape::Flag, at)
                }
                _ => self.referable(value, Kind::Schema, &at.within(Kind::Schema)),
            },
            Shape::List(shape) => self.list(value, *shape, at),
            Shape::Map(shape) => self.map(value, *shape, at),
        }
    }

    fn referable(&mut self, value: &mut Value, kind: Kind, at: &At<'_>) -> Verdict {
        let Value::Object(object) = value else {
            return self.object(value, kind, at);
        };
        match object.get("$ref") {
            None => self.object(value, kind, at),
            Some(Value::String(target)) if self.is_broken(kind, target) => {
                self.replace(value, kind)
            }
            Some(Value::String(_)) => {
                self.note_siblings(object, at);
                Verdict::Keep
            }
            Some(other) => {
                let message = format!("`$ref` must be a string, not {}", describe(other));
                self.warn(Code::WrongType, &at.key("$ref"), message);
                object.shift_remove("$ref");
                self.object(value, kind, at)
            }
        }
    }

    /// A schema that cannot be used is replaced by one that allows everything; anything else is left out.
    pub(super) fn replace(&mut self, value: &mut Value, kind: Kind) -> Verdict {
        if kind != Kind::Schema {
            return Verdict::Drop;
        }
        *value = Value::Object(Map::new());
        Verdict::Keep
    }

    fn note_siblings(&mut self, object: &Map<String, Value>, at: &At<'_>) {
        for key in object.keys() {
            if key != "$ref" && !key.starts_with("x-") {
                let message = format!("`{key}` beside `$ref` is ignored, as OpenAPI 3.0 demands");
                let diagnostic =
                    Diagnostic::new(Code::ReferenceSibling, self.origin(&at.key(key)), message);
                self.push(diagnostic);
            }
        }
    }

    fn object(&mut self, value: &mut Value, kind: Kind, at: &At<'_>) -> Verdict {
        if kind == Kind::Schema && schema::is_flag(self, value, at) {
            return Verdict::Keep;
        }
        if kind == Kind::Discriminator {
            objects::lift_discriminator(self, value, at);
        }
        let Value::Object(object) = value else {
            self.wrong_type(value, "an object", at);
            return self.replace(value, kind);
        };
        objects::prepare(self, object, kind, at);
        let table = kind.table();
        object.retain(|key, value| {
            let at = at.key(key);
            self.member(table, key, value, &at) == Verdict::Keep
        });
        let verdict = self.complete(object, table, at);
        match verdict {
            Verdict::Keep => objects::finish(self, object, kind, at),
            Verdict::Drop => verdict,
        }
    }

    fn member(
        &mut self,
        table: &'static Table,
        key: &str,
        value: &mut Value,
        at: &At<'_>,
    ) -> Verdict {
        if let Some(field) = table.field(key) {
            // A null where nothing was meant is as good as no field; where a value is missed, `complete` says so.
            if value.is_null() && !matches!(field.shape, Shape::Any) {
                if matches!(field.need, Need::Optional) {
                    self.warn(
                        Code::WrongType,
                        at,
                        format!("`{key}` is null, which is taken for its absence"),
                    );
                }
                return Verdict::Drop;
            }
            return self.visit(value, field.shape, at);
        }
        if key.starts_with("x-") {
            // An extension of a Callback Object would be taken for an expression.
            return match table.rest {
                Rest::Expressions => Verdict::Drop,
                _ => Verdict::Keep,
            };
        }
        match table.rest {
            Rest::Extensions => {
                objects::unknown_field(self, table, key, at);
                Verdict::Drop
            }
            Rest::Paths => objects::path(self, key, value, at),
            Rest::Statuses => objects::status(self, key, value, at),
            Rest::Expressions => self.visit(value, Shape::Referable(Kind::PathItem), at),
        }
    }

    /// Fills in what must be there.
    fn complete(
        &mut self,
        object: &mut Map<String, Value>,
        table: &'static Table,
        at: &At<'_>,
    ) -> Verdict {
        let mut verdict = Verdict::Keep;
        for field in table.fields {
            if object.contains_key(field.name) {
                continue;
            }
            let filling = match field.need {
                Need::Optional => continue,
                Need::Must => {
                    self.missing(field, table, at, true);
                    verdict = Verdict::Drop;
                    continue;
                }
                Need::Text(text) => Value::from(text),
                Need::Empty => Value::Object(Map::new()),
            };
            self.missing(field, table, at, false);
            object.insert(field.name.to_owned(), filling);
        }
        verdict
    }

    fn missing(&mut self, field: &Field, table: &Table, at: &At<'_>, is_lost: bool) {
        let end = if is_lost { "; it is left out" } else { "" };
        let message = format!("this {} Object has no `{}`{end}", table.title, field.name);
        let mut diagnostic = Diagnostic::new(Code::MissingField, self.origin(at), message);
        if is_lost && at.is_root() {
            diagnostic = diagnostic.error();
            diagnostic.message = format!("the document has no `{}`", field.name);
        }
        self.push(diagnostic);
    }

    fn list(&mut self, value: &mut Value, shape: Shape, at: &At<'_>) -> Verdict {
        if is_item(shape, value) {
            self.warn(
                Code::WrongType,
                at,
                format!(
                    "{} must be an array; it is taken for one of one item",
                    at.name()
                ),
            );
            let pointer = at.pointer();
            let before = self.bundle.origins.before(&pointer);
            self.bundle.origins.note(&pointer.index(0), &before);
            *value = Value::Array(vec![value.take()]);
        }
        let Value::Array(items) = value else {
            self.wrong_type(value, "an array", at);
            return Verdict::Drop;
        };
        let mut kept = 0;
        let mut verdicts = Vec::new();
        for (index, item) in items.iter_mut().enumerate() {
            let verdict = self.visit(item, shape, &at.index(index));
            if verdict == Verdict::Drop {
                verdicts.resize(index, Verdict::Keep);
                verdicts.push(Verdict::Drop);
            }
        }
        if verdicts.is_empty() {
            return Verdict::Keep;
        }
        // What is left out moves the items behind it, whose origins must stay what they were.
        let pointer = at.pointer();
        for index in 0..items.len() {
            if verdicts.get(index) == Some(&Verdict::Drop) {
                continue;
            }
            if kept != index {
                let before = self.bundle.origins.before(&pointer.index(index));
                self.bundle.origins.note(&pointer.index(kept), &before);
            }
            kept += 1;
        }
        let mut index = 0;
        items.retain(|_| {
            index += 1;
            verdicts.get(index - 1) != Some(&Verdict::Drop)
        });
        Verdict::Keep
    }

    fn map(&mut self, value: &mut Value, shape: Shape, at: &At<'_>) -> Verdict {
        let Value::Object(object) = value else {
            self.wrong_type(value, "an object", at);
            return Verdict::Drop;
        };
        object.retain(|key, value| self.visit(value, shape, &at.key(key)) == Verdict::Keep);
        Verdict::Keep
    }

    /// Reports a value of a wrong type that is left out. Outside of schemas, losing a whole object or array would leave
    /// a client that sends something else than the document says, so that is an error.
    pub(super) fn wrong_type(&mut self, value: &Value, expected: &str, at: &At<'_>) {
        let is_structure = matches!(expected, "an object" | "an array");
        let loses = (value.is_object() || value.is_array()) && is_structure;
        let message = format!("{} must be {expected}, not {}", at.name(), describe(value));
        let mut diagnostic = Diagnostic::new(Code::WrongType, self.origin(at), message);
        if loses && at.kind != Kind::Schema {
            diagnostic = diagnostic.error();
        } else {
            diagnostic.message.push_str("; it is ignored");
        }
        self.push(diagnostic);
    }

    /// Whether a reference leads nowhere, which was reported.
    pub(super) fn is_broken(&self, kind: Kind, target: &str) -> bool {
        self.bundle.broken.holds(kind, target)
    }

    /// Notes that a string was a number in the source.
    pub(super) fn respell(&mut self, at: &At<'_>) {
        let pointer = at.pointer();
        let source = self.bundle.origins.origin(&pointer);
        self.spelled.push((pointer, source));
    }

    pub(super) fn warn(&mut self, code: Code, at: &At<'_>, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, self.origin(at), message);
        self.push(diagnostic);
    }

    /// Says what is taken for words of 3.0 that say the same.
    pub(super) fn note(&mut self, at: &At<'_>, message: impl Into<String>) {
        let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origin(at), message);
        diagnostic.severity = Severity::Note;
        self.push(diagnostic);
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn origin(&self, at: &At<'_>) -> Origin {
        self.bundle.origins.origin(&at.pointer())
    }
}

/// Whether a value stands where a list of its kind must stand: a text, a server, a tag, a security requirement. What may
/// hold references is none, since these were not looked at.
fn is_item(shape: Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Text, Value::String(_)) | (Shape::Map(Shape::List(_)), Value::Object(_)) => true,
        (Shape::Object(kind), Value::Object(object)) => {
            let table = kind.table();
            object.keys().any(|key| table.field(key).is_some())
        }
        _ => false,
    }
}

/// What a value is, for a message.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(value) => format!("the number {value}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
