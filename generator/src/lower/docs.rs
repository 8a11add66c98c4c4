//! What the document says to people, and the other annotations of schemas.

use super::context::Lowering;
use super::keywords::{Keywords, Kind, Node, Part, is_marked_secret};
use crate::model::{Access, Constraints, Docs, ExternalDocs, Prose, integer_format, number_format};
use crate::source::Pointer;
use openapiv3::{ExternalDocumentation, SchemaData};
use serde_json::Value;

/// What the schemas of one place say beside the type.
#[derive(Debug, Clone)]
pub(super) struct Annotations {
    pub(super) docs: Docs,
    pub(super) constraints: Constraints,
    pub(super) example: Option<Value>,
    pub(super) default: Option<(Value, Pointer)>,
    pub(super) access: Access,
    pub(super) is_secret: bool,
}

impl<'d> Lowering<'d> {
    /// Collects the annotations of the parts of a place. Of a component that is referred to, only that is taken which holds
    /// for every value of it; its docs stay its own.
    pub(super) fn annotations(&self, parts: &[Part<'d>]) -> Annotations {
        let mut found = Annotations {
            docs: Docs::default(),
            constraints: Constraints::default(),
            example: None,
            default: None,
            access: Access::Both,
            is_secret: false,
        };
        for part in parts {
            self.annotate(part, &mut found, true);
        }
        found.constraints.settle();
        found
    }

    fn annotate(&self, part: &Part<'d>, found: &mut Annotations, is_own: bool) {
        let Node::Schema(schema) = part.node else {
            if let Some(target) = self.resolved_part(part) {
                self.annotate_from(&target, found, false, &[]);
            }
            return;
        };
        let keywords = Keywords::of(schema);
        self.annotate_from(part, found, is_own, keywords.all_of);
    }

    fn annotate_from(
        &self,
        part: &Part<'d>,
        found: &mut Annotations,
        is_own: bool,
        all_of: &'d [openapiv3::ReferenceOr<openapiv3::Schema>],
    ) {
        let Some(keywords) = part.keywords() else {
            return;
        };
        let data = keywords.data;
        if is_own {
            add_docs(&mut found.docs, data);
            found.example = found.example.take().or_else(|| data.example.clone());
        }
        found.docs.deprecated |= data.deprecated && is_own;
        found.is_secret |= is_marked_secret(data);
        if found.default.is_none() {
            let default = data.default.clone();
            found.default = default.map(|value| (value, part.at.child("default")));
        }
        match (data.read_only, data.write_only) {
            (true, false) => found.access = Access::ReadOnly,
            (false, true) => found.access = Access::WriteOnly,
            _ => {}
        }
        found
            .constraints
            .gather(&self.demands(part, &keywords, is_own));
        let members = part.at.child("allOf");
        for (index, member) in all_of.iter().enumerate() {
            let is_wrapper = all_of.len() == 1;
            let part = Part::whole(member, members.index(index));
            match (part.node, is_wrapper) {
                (Node::Reference(_), false) => {
                    let target = self.resolved_part(&part);
                    if let Some(keywords) = target.and_then(|target| target.keywords()) {
                        found.constraints.gather(&keywords.constraints);
                    }
                }
                _ => self.annotate(&part, found, is_own),
            }
        }
    }

    /// What a schema demands of a value and, where it is its own, of the items or values in it; a component says the
    /// latter itself.
    fn demands(&self, part: &Part<'d>, keywords: &Keywords<'d>, is_own: bool) -> Constraints {
        let mut demands = keywords.constraints.clone();
        let unsaid = keywords.format.filter(|format| !is_said(keywords, format));
        demands.format = unsaid.and_then(Prose::new);
        demands.listed = listed(keywords);
        let items = keywords.items.map(|items| (items, part.at.child("items")));
        let values = keywords.values(&part.at);
        for (node, at) in items.into_iter().chain(values).filter(|_| is_own) {
            let part = Part::whole(node, at);
            let each = self.annotations(&[part]).constraints;
            if !each.is_empty() {
                demands.each.get_or_insert_default().add(&each);
            }
        }
        demands
    }
}

/// Whether the type of a number says its format, whatever the user chooses. Of strings that is the user's choice.
fn is_said(keywords: &Keywords<'_>, format: &str) -> bool {
    match keywords.implied_kind() {
        Some(Kind::Integer) => integer_format(format).is_some(),
        Some(Kind::Number) => number_format(format).is_some(),
        _ => false,
    }
}

/// The values of a list of numbers or of booleans, which no type says. A single value is a constant, and both booleans
/// are any.
fn listed(keywords: &Keywords<'_>) -> Vec<Value> {
    let values: Vec<Value> = keywords
        .enumeration
        .iter()
        .filter(|value| !value.is_null())
        .cloned()
        .collect();
    match keywords.implied_kind() {
        Some(Kind::Number) => of(values, Value::is_number),
        Some(Kind::Boolean) => {
            let values = of(values, Value::is_boolean);
            if values.len() == 1 {
                values
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

/// Values of one type; others are mistakes, and left out.
fn of(mut values: Vec<Value>, is_of: fn(&Value) -> bool) -> Vec<Value> {
    values.retain(is_of);
    values
}

/// The docs of a schema.
fn add_docs(docs: &mut Docs, data: &SchemaData) {
    if docs.summary.is_none() {
        docs.summary = data.title.as_deref().and_then(Prose::new);
    }
    if docs.description.is_none() {
        docs.description = data.description.as_deref().and_then(Prose::new);
    }
    if docs.external.is_none() {
        docs.external = external_docs(data.external_docs.as_ref());
    }
}

/// A page with more.
pub(super) fn external_docs(external: Option<&ExternalDocumentation>) -> Option<ExternalDocs> {
    let external = external?;
    Some(ExternalDocs {
        url: Prose::new(external.url.as_str())?,
        description: prose(external.description.as_deref()),
    })
}

/// A text that the document may leave out.
pub(super) fn prose(text: Option<&str>) -> Option<Prose> {
    text.and_then(Prose::new)
}

/// Docs of a description alone.
pub(super) fn described(description: Option<&str>) -> Docs {
    Docs {
        description: prose(description),
        ..Docs::default()
    }
}
