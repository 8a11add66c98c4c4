//! What the whole of lowering shares: the document, the types made so far, and where findings go.

use super::inheritance::Inheritance;
use super::keywords::{Node, Part, Scope};
use super::sharing::Sharing;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::load::Document;
use crate::model::{Arena, Type, TypeDef, TypeId};
use crate::source::{Origin, Pointer};
use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr, Schema};
use std::collections::{HashMap, HashSet};

/// How many references in a row are followed before they are taken for a circle.
const REFERENCE_HOPS: usize = 32;

/// A conjunction of schemas, by the places of its parts.
pub(super) type PartsKey = Vec<(Pointer, Scope)>;

/// What is known of a conjunction that was met before.
#[derive(Debug, Clone)]
pub(super) enum Memo {
    /// It is being lowered; it has an id if it was met again inside itself.
    Open(Option<TypeId>),
    /// It is this type.
    Done(Type),
}

/// The state of one run.
pub(super) struct Lowering<'d> {
    /// Whether bodies of XML are of types.
    pub(super) has_xml: bool,
    pub(super) document: &'d Document,
    pub(super) types: Arena<TypeDef>,
    pub(super) sharing: Sharing,
    pub(super) memo: HashMap<PartsKey, Memo>,
    pub(super) component_ids: HashMap<&'d str, TypeId>,
    pub(super) component_nullability: HashMap<&'d str, bool>,
    pub(super) inheritance: Inheritance<'d>,
    /// How many conjunctions of several schemas were lowered.
    pub(super) merges: usize,
    diagnostics: &'d mut Diagnostics,
    reported: HashSet<(Code, Pointer, String)>,
}

/// An object that may have been reached through references.
#[derive(Debug)]
pub(super) struct Resolved<'d, T> {
    /// The object.
    pub(super) item: &'d T,
    /// Where it stands.
    pub(super) at: Pointer,
    /// The component that it is, if it was referred to.
    pub(super) component: Option<&'d str>,
}

impl<'d> Lowering<'d> {
    /// A run that has seen nothing yet.
    pub(super) fn new(document: &'d Document, diagnostics: &'d mut Diagnostics) -> Self {
        Lowering {
            document,
            types: Arena::default(),
            sharing: Sharing::default(),
            memo: HashMap::new(),
            component_ids: HashMap::new(),
            component_nullability: HashMap::new(),
            inheritance: Inheritance::default(),
            merges: 0,
            diagnostics,
            reported: HashSet::new(),
            has_xml: false,
        }
    }

    /// The components of the document.
    pub(super) fn components(&self) -> Option<&'d Components> {
        self.document.openapi.components.as_ref()
    }

    /// Where in the input a place came from.
    pub(super) fn origin(&self, at: &Pointer) -> Origin {
        self.document.origin(at)
    }

    /// Reports a finding at a place.
    pub(super) fn report(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, self.origin(at), message);
        self.report_diagnostic(diagnostic);
    }

    /// Says what is carried in another way than the document has it.
    pub(super) fn note(&mut self, at: &Pointer, message: impl Into<String>) {
        let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origin(at), message);
        diagnostic.severity = Severity::Note;
        self.report_diagnostic(diagnostic);
    }

    /// Reports a finding, unless the same was said of the same place: a component is looked at from many places.
    pub(super) fn report_diagnostic(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.primary.pointer.clone(),
            diagnostic.message.clone(),
        );
        if self.reported.insert(key) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The schema component that a reference names, with its key.
    pub(super) fn schema_component(
        &self,
        reference: &str,
    ) -> Option<(&'d str, &'d ReferenceOr<Schema>)> {
        let name = component_name(reference, "schemas")?;
        let (key, schema) = self.components()?.schemas.get_key_value(&name)?;
        Some((key, schema))
    }

    /// The place of a schema component.
    pub(super) fn schema_pointer(name: &str) -> Pointer {
        component_pointer("schemas", name)
    }

    /// Follows references until a schema; `None` where they lead nowhere, which is reported elsewhere.
    pub(super) fn schema_of(&self, node: Node<'d>, at: &Pointer) -> Option<(&'d Schema, Pointer)> {
        let (mut node, mut at) = (node, at.clone());
        for _ in 0..REFERENCE_HOPS {
            match node {
                Node::Schema(schema) => return Some((schema, at)),
                Node::Reference(reference) => {
                    let (name, schema) = self.schema_component(reference)?;
                    at = Self::schema_pointer(name);
                    node = Node::from(schema);
                }
            }
        }
        None
    }

    /// A part with its references followed.
    pub(super) fn resolved_part(&self, part: &Part<'d>) -> Option<Part<'d>> {
        let (schema, at) = self.schema_of(part.node, &part.at)?;
        Some(Part {
            node: Node::Schema(schema),
            at,
            scope: part.scope,
        })
    }

    /// Follows references to a component of any kind but schemas, and reports those that lead nowhere.
    pub(super) fn resolve<T>(
        &mut self,
        node: &'d ReferenceOr<T>,
        at: &Pointer,
        kind: &str,
        list: impl Fn(&'d Components) -> &'d IndexMap<String, ReferenceOr<T>>,
    ) -> Option<Resolved<'d, T>> {
        let mut current = node;
        let mut place = at.clone();
        let mut component = None;
        for _ in 0..REFERENCE_HOPS {
            let reference = match current {
                ReferenceOr::Item(item) => {
                    return Some(Resolved {
                        item,
                        at: place,
                        component,
                    });
                }
                ReferenceOr::Reference { reference } => reference,
            };
            let found = component_name(reference, kind).and_then(|name| {
                let components = self.components()?;
                list(components).get_key_value(&name)
            });
            let Some((key, next)) = found else {
                self.report_unresolved(reference, &place);
                return None;
            };
            component = Some(key.as_str());
            place = component_pointer(kind, key);
            current = next;
        }
        let message = "these references lead in a circle and never reach an object";
        self.report(Code::CircularReference, at, message);
        None
    }

    /// Reports a reference that leads nowhere.
    pub(super) fn report_unresolved(&mut self, reference: &str, at: &Pointer) {
        let message = format!("`{reference}` leads nowhere");
        self.report(Code::UnresolvedReference, at, message);
    }
}

/// The place of a component.
pub(super) fn component_pointer(kind: &str, name: &str) -> Pointer {
    Pointer::root().child("components").child(kind).child(name)
}

/// The name of the component that a reference leads to, if it is one of a kind.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}
