//! `allOf`: the parts that a value has to satisfy together.

use super::context::Lowering;
use super::keywords::{Kind, Node, Part, Scope};
use super::schema::Facet;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Shape, Type, TypeId};
use crate::source::Pointer;
use std::collections::{HashMap, HashSet};

/// How many components in a row may extend each other.
const MAX_CHAIN: usize = 128;

impl<'d> Lowering<'d> {
    /// The parts and the members of their allOfs, without those that only say something to people.
    pub(super) fn flatten(&mut self, parts: &[Part<'d>]) -> Vec<Part<'d>> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            self.flatten_part(part, &mut flat);
        }
        // `allOf: [A, A]` says no more than A.
        let mut references = HashSet::new();
        let mut places = HashSet::new();
        flat.retain(|part| match part.node {
            Node::Reference(reference) => references.insert(reference),
            Node::Schema(_) => places.insert((part.at.clone(), part.scope)),
        });
        flat
    }

    fn flatten_part(&mut self, part: &Part<'d>, flat: &mut Vec<Part<'d>>) {
        let Some(keywords) = part.keywords() else {
            flat.push(part.clone());
            return;
        };
        let own = if part.scope == Scope::Whole {
            part.scoped(Scope::WithoutAllOf)
        } else {
            part.clone()
        };
        let is_structural = own
            .keywords()
            .is_some_and(|own| own.is_structural() || own.not);
        // The members come first: a schema that is derived from others usually lists what they have before its own.
        let members = part.at.child("allOf");
        for (index, member) in keywords.all_of.iter().enumerate() {
            self.flatten_part(&Part::whole(member, members.index(index)), flat);
        }
        if is_structural {
            flat.push(own);
        }
    }

    /// The one reference among parts that say nothing else but its `type` once more.
    pub(super) fn only_reference(&self, parts: &[Part<'d>]) -> Option<(&'d str, Pointer)> {
        let mut reference = None;
        for part in parts {
            match part.node {
                Node::Reference(text) if reference.is_none() => {
                    reference = Some((text, part.at.clone()))
                }
                Node::Reference(_) => return None,
                Node::Schema(_) => {
                    let keywords = part.keywords()?;
                    if keywords.says_more_than_kind() || keywords.kind != Some(Kind::Object) {
                        return None;
                    }
                }
            }
        }
        reference
    }

    /// The facets of the parts, with the components that they refer to taken apart.
    pub(super) fn dereference(
        &mut self,
        parts: &[Part<'d>],
        owner: Option<&'d str>,
    ) -> Vec<Facet<'d>> {
        let mut facets = Vec::new();
        let mut chain: Vec<&'d str> = owner.into_iter().collect();
        let mut seen = HashSet::new();
        for part in parts {
            self.dereference_part(part, &mut chain, &mut seen, &mut facets);
        }
        facets
    }

    fn dereference_part(
        &mut self,
        part: &Part<'d>,
        chain: &mut Vec<&'d str>,
        seen: &mut HashSet<&'d str>,
        facets: &mut Vec<Facet<'d>>,
    ) {
        let Node::Reference(reference) = part.node else {
            let part = match self.lists_one_of(part, chain) {
                true => part.scoped(Scope::WithoutUnions),
                false => part.clone(),
            };
            if let Some(keywords) = part.keywords() {
                facets.push(Facet { part, keywords });
            }
            return;
        };
        let Some((name, schema)) = self.schema_component(reference) else {
            self.report_unresolved(reference, &part.at);
            return;
        };
        if chain.contains(&name) {
            let message = format!(
                "`{name}` is a part of its own allOf, which says nothing; it is left out there"
            );
            self.report(Code::Contradiction, &part.at, message);
            return;
        }
        if !seen.insert(name) {
            return;
        }
        if chain.len() > MAX_CHAIN {
            let message = format!(
                "more than {MAX_CHAIN} schemas extend each other with allOf; what `{name}` adds is left out"
            );
            self.report(Code::NotSupported, &part.at, message);
            return;
        }
        chain.push(name);
        let whole = Part::whole(schema, Self::schema_pointer(name));
        for part in self.flatten(&[whole]) {
            self.dereference_part(&part, chain, seen, facets);
        }
        chain.pop();
    }

    /// Whether the alternatives of a part list a component that is being put together. What extends a schema that lists
    /// what extends it has chosen its alternative.
    fn lists_one_of(&self, part: &Part<'d>, chain: &[&'d str]) -> bool {
        let Some(keywords) = part.keywords() else {
            return false;
        };
        let mut alternatives = keywords.one_of.iter().chain(keywords.any_of);
        alternatives.any(|alternative| {
            let reference = match Node::from(alternative) {
                Node::Reference(reference) => Some(reference),
                Node::Schema(_) => None,
            };
            let named = reference.and_then(|reference| self.schema_component(reference));
            named.is_some_and(|(name, _)| chain.contains(&name))
        })
    }

    /// Reports two parts of which no value satisfies both.
    pub(super) fn report_contradiction(
        &mut self,
        at: &Pointer,
        here: &str,
        first_at: &Pointer,
        first: &str,
    ) {
        let message = format!(
            "this is {here}, but another part of the same allOf is {first}; the first is kept"
        );
        let diagnostic = Diagnostic::new(Code::Contradiction, self.origin(at), message)
            .label(self.origin(first_at), format!("{first} here"));
        self.report_diagnostic(diagnostic);
    }

    /// Breaks circles of components that are only other names for each other, which never reach a type.
    pub(super) fn break_alias_circles(&mut self) {
        for id in self.alias_circles() {
            let at = match self.types.get_mut(id) {
                Some(def) => {
                    def.shape = Shape::Alias(Type::Json);
                    def.origin.clone()
                }
                None => continue,
            };
            let message = "this schema is only another name for itself and never reaches a type";
            self.report_diagnostic(Diagnostic::new(Code::CircularReference, at, message));
        }
    }

    /// The first schema of every circle. Each schema leads to one other at most, so each is walked through once.
    fn alias_circles(&self) -> Vec<TypeId> {
        let mut walks: HashMap<TypeId, TypeId> = HashMap::new();
        let mut found = Vec::new();
        for start in self.types.ids() {
            let mut path = Vec::new();
            let mut next = Some(start);
            while let Some(id) = next.filter(|id| !walks.contains_key(id)) {
                walks.insert(id, start);
                path.push(id);
                next = self.other_name(id);
            }
            // What was met in another walk was looked at then.
            let meeting = next.filter(|id| walks.get(id) == Some(&start));
            if let Some(meeting) = meeting {
                let circle = path.into_iter().skip_while(|id| *id != meeting);
                found.extend(circle.min_by_key(|id| id.index()));
            }
        }
        found.sort_by_key(|id| id.index());
        found
    }

    /// What a schema is only another name for.
    fn other_name(&self, id: TypeId) -> Option<TypeId> {
        match &self.types[id].shape {
            Shape::Alias(ty) => match ty.without_null() {
                Type::Named(next) => Some(*next),
                _ => None,
            },
            _ => None,
        }
    }
}
