//! Inheritance: a component with a discriminator and no alternatives of its own, and the components that extend it by
//! allOf. Where such a component is referred to, a value of any of them may stand.

use super::context::{Lowering, component_name};
use super::keywords::{Keywords, Node, Part};
use super::names::Names;
use super::schema::Outcome;
use crate::diagnostic::Code;
use crate::model::{Constraints, Decision, Docs, Shape, Type, Union, Variant, WireName};
use crate::source::Pointer;
use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The extension by which documents of Azure give an extending schema its tag.
const TAG: &str = "x-ms-discriminator-value";

/// Which components extend which.
#[derive(Debug, Default)]
pub(super) struct Inheritance<'d> {
    /// The components that extend one directly, in the order of the document.
    children: HashMap<&'d str, Vec<&'d str>>,
    /// The components that others extend, each with its discriminator and the place of it.
    bases: HashMap<&'d str, (&'d Discriminator, Pointer)>,
    /// The components that extend a base, or one that lists them as its variants, however far.
    members: HashSet<&'d str>,
}

impl<'d> Inheritance<'d> {
    /// Whether one component extends another and is told apart from it, so that it is a type of its own even if it says
    /// nothing more.
    pub(super) fn are_apart(&self, child: &str, parent: &str) -> bool {
        self.members.contains(child) && self.extends(child, parent)
    }

    fn extends(&self, child: &str, parent: &str) -> bool {
        let children = self.children.get(parent);
        children.is_some_and(|children| children.contains(&child))
    }

    fn property(&self, base: &str) -> Option<&'d str> {
        let (discriminator, _) = self.bases.get(base)?;
        Some(discriminator.property_name.as_str())
    }
}

impl<'d> Lowering<'d> {
    /// Finds out which components extend which.
    pub(super) fn learn_inheritance(&mut self) {
        let Some(components) = self.components() else {
            return;
        };
        let mut found = Inheritance::default();
        for (name, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else {
                continue;
            };
            for parent in self.parents(schema) {
                let children = found.children.entry(parent).or_default();
                if parent != name && children.last() != Some(&name.as_str()) {
                    children.push(name);
                }
            }
        }
        for (name, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else {
                continue;
            };
            let at = Self::schema_pointer(name);
            let Some((discriminator, at)) = lone_discriminator(schema, &at) else {
                continue;
            };
            let targets = discriminator.mapping.values();
            let mut mapped = targets.filter_map(|target| self.mapped_component(target));
            if found.children.contains_key(name.as_str()) || mapped.any(|target| target != name) {
                found.bases.insert(name, (discriminator, at));
            }
        }
        let mut open: Vec<&'d str> = found.bases.keys().copied().collect();
        for (name, schema) in &components.schemas {
            if let ReferenceOr::Item(schema) = schema
                && let Some(children) = found.children.get(name.as_str())
            {
                let listed = self.listed_components(schema);
                if children.iter().any(|child| listed.contains(child)) {
                    open.push(name);
                }
            }
        }
        while let Some(name) = open.pop() {
            for child in found.children.get(name).into_iter().flatten() {
                if found.members.insert(child) {
                    open.push(child);
                }
            }
        }
        self.inheritance = found;
    }

    /// Whether a component extends the schema at a place, however far.
    pub(super) fn extends_place(&self, name: &'d str, at: &Pointer) -> bool {
        let mut open = vec![name];
        let mut seen = HashSet::new();
        while let Some(name) = open.pop() {
            let Some((_, ReferenceOr::Item(schema))) = self.schema_entry(name) else {
                continue;
            };
            for parent in self.parents(schema) {
                if Self::schema_pointer(parent) == *at {
                    return true;
                }
                if seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    /// The components that a schema extends.
    fn parents(&self, schema: &'d Schema) -> Vec<&'d str> {
        let mut found = Vec::new();
        for member in Keywords::of(schema).all_of {
            match Node::from(member) {
                Node::Reference(reference) => {
                    found.extend(self.schema_component(reference).map(|(name, _)| name));
                }
                Node::Schema(inner) => {
                    for member in Keywords::of(inner).all_of {
                        if let Node::Reference(reference) = Node::from(member) {
                            found.extend(self.schema_component(reference).map(|(name, _)| name));
                        }
                    }
                }
            }
        }
        found
    }

    /// The components that a schema lists as its variants.
    fn listed_components(&self, schema: &'d Schema) -> Vec<&'d str> {
        let keywords = Keywords::of(schema);
        let variants = keywords.one_of.iter().chain(keywords.any_of);
        let named = variants.filter_map(|variant| match Node::from(variant) {
            Node::Reference(reference) => self.schema_component(reference),
            Node::Schema(_) => None,
        });
        named.map(|(name, _)| name).collect()
    }

    /// The component that a mapping names or refers to.
    pub(super) fn mapped_component(&self, target: &str) -> Option<&'d str> {
        let name = component_name(target, "schemas").unwrap_or_else(|| target.to_owned());
        let (name, _) = self.components()?.schemas.get_key_value(&name)?;
        Some(name)
    }

    /// The union of the components that extend this one, if it is one that stands for them.
    pub(super) fn lower_base(&mut self, name: &'d str) -> Option<Outcome> {
        let (discriminator, at) = self.inheritance.bases.get(name)?.clone();
        let property = discriminator.property_name.as_str();
        let mut members = self.descendants(name, property);
        for (tag, target) in &discriminator.mapping {
            match self.mapped_component(target) {
                Some(target) if !members.contains(&target) => members.push(target),
                Some(_) => {}
                None => {
                    let at = at.child("mapping").child(tag);
                    let message =
                        format!("`{target}` is no schema; the tag `{tag}` is read as unknown");
                    self.report(Code::UnresolvedReference, &at, message);
                }
            }
        }
        let mut known = HashSet::new();
        let mut variants = Vec::with_capacity(members.len());
        for member in members {
            let mut tags = self.tags_of(member, discriminator);
            tags.retain(|tag| {
                let is_new = known.insert(tag.clone());
                if !is_new {
                    let message = format!(
                        "the tag `{tag}` stands for more than one schema; it is read as the first"
                    );
                    self.report(Code::AmbiguousUnion, &at, message);
                }
                is_new
            });
            variants.push(Variant {
                ty: self.member_type(name, member, property),
                tags: tags.into_iter().map(WireName::new).collect(),
                is_default: false,
                name: None,
                docs: Docs::default(),
                constraints: Constraints::default(),
                origin: self.origin(&Self::schema_pointer(member)),
            });
        }
        let decision = Decision::Tag(WireName::new(property));
        Some(Outcome::Shape(Shape::Union(Union { variants, decision })))
    }

    /// The components that extend one, however far. One that has a discriminator of its own stands for those that extend
    /// it, unless the property is the same and one decision does for both.
    fn descendants(&self, base: &'d str, property: &str) -> Vec<&'d str> {
        let mut found = Vec::new();
        let mut open: Vec<&'d str> = self.children_in_reverse(base);
        while let Some(name) = open.pop() {
            if name == base || found.contains(&name) {
                continue;
            }
            match self.inheritance.property(name) {
                Some(other) if other != property => found.push(name),
                Some(_) => open.extend(self.children_in_reverse(name)),
                None => {
                    found.push(name);
                    open.extend(self.children_in_reverse(name));
                }
            }
        }
        let mut seen = HashSet::new();
        found.retain(|name| seen.insert(*name));
        found
    }

    fn children_in_reverse(&self, base: &str) -> Vec<&'d str> {
        let children = self.inheritance.children.get(base);
        children.into_iter().flatten().rev().copied().collect()
    }

    /// The tags of a component: those that the mapping gives it, or its own, or the constant of its property, or its name.
    fn tags_of(&mut self, member: &'d str, discriminator: &'d Discriminator) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for (tag, target) in &discriminator.mapping {
            if self.mapped_component(target) == Some(member) {
                tags.push(tag.clone());
            }
        }
        if !tags.is_empty() {
            return tags;
        }
        let Some((_, schema)) = self.schema_entry(member) else {
            return vec![member.to_owned()];
        };
        let part = Part::whole(schema, Self::schema_pointer(member));
        if let Some(schema) = schema.as_item()
            && let Some(Value::String(tag)) = extension(schema, TAG)
        {
            return vec![tag.clone()];
        }
        match self.constants_of(&[part], &discriminator.property_name) {
            constants if constants.len() == 1 => constants,
            _ => vec![member.to_owned()],
        }
    }

    fn schema_entry(&self, name: &str) -> Option<(&'d str, &'d ReferenceOr<Schema>)> {
        let (name, schema) = self.components()?.schemas.get_key_value(name)?;
        Some((name, schema))
    }

    /// The type of a component as a variant of the one that it extends.
    fn member_type(&mut self, base: &'d str, member: &'d str, property: &str) -> Type {
        let stands_for_others = self.inheritance.property(member) == Some(property);
        if member == base || stands_for_others {
            return self.lower_base_itself(member);
        }
        if !self.inheritance.members.contains(member)
            && let Some(ty) = self.lower_stranger(base, member)
        {
            return ty;
        }
        match self.component_ids.get(member) {
            Some(id) => Type::Named(*id),
            None => Type::Json,
        }
    }

    /// A schema that a mapping names and that does not extend the one with the mapping: as a variant it is both, unless
    /// it has all properties anyway.
    fn lower_stranger(&mut self, base: &'d str, member: &'d str) -> Option<Type> {
        let (_, base_schema) = self.schema_entry(base)?;
        let (_, schema) = self.schema_entry(member)?;
        let own = Part::whole(schema, Self::schema_pointer(member));
        let common = Part::whole(base_schema, Self::schema_pointer(base));
        let facets = self.dereference(std::slice::from_ref(&common), None);
        let mut properties = facets
            .iter()
            .flat_map(|facet| facet.keywords.properties.into_iter().flatten());
        let lacks_one =
            properties.any(|(name, _)| !self.declares(std::slice::from_ref(&own), name));
        if !lacks_one {
            return None;
        }
        let parts = [own, common];
        let names = Names::root(base);
        let names = names.child(member);
        let outcome = self.lower_conjunction(&parts, Some(base), &names);
        Some(self.name_outcome(outcome, None, &parts, &names))
    }

    /// What a component with a discriminator says itself, for values that are nothing more than that.
    fn lower_base_itself(&mut self, name: &'d str) -> Type {
        let Some((_, schema)) = self.schema_entry(name) else {
            return Type::Json;
        };
        let parts = [Part::whole(schema, Self::schema_pointer(name))];
        let names = Names::root(name);
        let names = names.child("base");
        let outcome = self.lower_conjunction(&parts, Some(name), &names);
        self.name_outcome(outcome, None, &parts, &names)
    }
}

/// The discriminator of a schema that names no alternatives, and its place.
fn lone_discriminator<'d>(
    schema: &'d Schema,
    at: &Pointer,
) -> Option<(&'d Discriminator, Pointer)> {
    let keywords = Keywords::of(schema);
    if !keywords.one_of.is_empty() || !keywords.any_of.is_empty() {
        return None;
    }
    if let Some(discriminator) = &keywords.data.discriminator {
        return Some((discriminator, at.child("discriminator")));
    }
    let at = at.child("allOf");
    let mut members = keywords.all_of.iter().enumerate();
    members.find_map(|(index, member)| {
        let discriminator = member.as_item()?.schema_data.discriminator.as_ref()?;
        Some((discriminator, at.index(index).child("discriminator")))
    })
}

/// An extension of a schema or of a member of its allOf.
fn extension<'d>(schema: &'d Schema, name: &str) -> Option<&'d Value> {
    let own = schema.schema_data.extensions.get(name);
    let mut members = Keywords::of(schema).all_of.iter();
    own.or_else(|| members.find_map(|member| member.as_item()?.schema_data.extensions.get(name)))
}
