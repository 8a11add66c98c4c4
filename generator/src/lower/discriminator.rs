//! How a value of a union says which variant it is.

use super::context::{Lowering, component_name};
use super::keywords::{Keywords, Kind, Node, Part};
use super::schema::Facet;
use super::union::by_shape;
use crate::diagnostic::Code;
use crate::load::default_mapping;
use crate::model::{Decision, WireName};
use crate::source::Pointer;
use openapiv3::Discriminator;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How deep variants are searched for the property of a discriminator.
const SEARCH_DEPTH: usize = 16;

/// How many schemas are looked at in one such search. Unions of unions of unions grow fast.
const SEARCH_BUDGET: usize = 2_000;

/// A property as the parts of an object declare it.
#[derive(Debug, Default)]
struct Property<'d> {
    /// What its declarations say, all of which hold; of each, what the variants of a union say, one of which holds.
    declarations: Vec<Vec<Part<'d>>>,
    is_required: bool,
    looked_at: usize,
}

impl<'d> Lowering<'d> {
    /// How the variants of a union are told apart, and the tags of each.
    pub(super) fn decide(
        &mut self,
        facet: &Facet<'d>,
        variants: &[Vec<Part<'d>>],
    ) -> (Decision, Vec<Vec<WireName>>) {
        let decided = match &facet.keywords.data.discriminator {
            Some(discriminator) => {
                let at = facet.part.at.child("discriminator");
                self.decide_by_discriminator(discriminator, &at, variants)
            }
            None => self.decide_by_constants(variants),
        };
        decided.unwrap_or_else(|| by_shape(variants.len()))
    }

    fn decide_by_discriminator(
        &mut self,
        discriminator: &'d Discriminator,
        at: &Pointer,
        variants: &[Vec<Part<'d>>],
    ) -> Option<(Decision, Vec<Vec<WireName>>)> {
        let property = discriminator.property_name.as_str();
        let mut tags: Vec<Vec<WireName>> = vec![Vec::new(); variants.len()];
        let implicit: Vec<Option<&'d str>> = variants
            .iter()
            .map(|parts| self.component_of(parts.first()?))
            .collect();
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for (position, name) in implicit.iter().enumerate() {
            if let Some(name) = name {
                positions.entry(name).or_insert(position);
            }
        }
        for (tag, target) in &discriminator.mapping {
            let name = component_name(target, "schemas").unwrap_or_else(|| target.clone());
            let position = positions.get(name.as_str()).copied();
            match position.and_then(|position| tags.get_mut(position)) {
                Some(tags) => tags.push(WireName::new(tag)),
                None => {
                    let at = at.child("mapping").child(tag);
                    let message = format!(
                        "`{target}` is no variant of this union; the tag `{tag}` is read as unknown"
                    );
                    self.report(Code::UnresolvedReference, &at, message);
                }
            }
        }
        let mut constants: Vec<Vec<String>> = Vec::with_capacity(variants.len());
        let default = self.default_position(discriminator, variants);
        for (index, parts) in variants.iter().enumerate() {
            let Some(declared) = self.property_of(parts, property, SEARCH_DEPTH) else {
                if default == Some(index) {
                    constants.push(Vec::new());
                    continue;
                }
                let message = format!(
                    "not every variant is an object with the text property `{property}`, so the variants are told apart by their shape"
                );
                self.report(Code::NotSupported, at, message);
                return None;
            };
            constants.push(self.constants(&declared));
        }
        let are_own = are_disjoint(&constants);
        for ((implicit, tags), constants) in implicit.iter().zip(&mut tags).zip(constants) {
            if !tags.is_empty() {
                continue;
            }
            if !constants.is_empty() && (are_own || constants.len() == 1) {
                tags.extend(constants.into_iter().map(WireName::new));
            } else if let Some(name) = implicit {
                tags.push(WireName::new(*name));
            } else {
                let message = "a variant has neither a name nor a tag, so the variants are told apart by their shape";
                self.report(Code::NotSupported, at, message);
                return None;
            }
        }
        let mut seen = HashSet::new();
        if let Some(twice) = tags.iter().flatten().find(|tag| !seen.insert(tag.as_str())) {
            let message = format!(
                "the tag `{}` stands for more than one variant, so the variants are told apart by their shape",
                twice.as_str()
            );
            self.report(Code::AmbiguousUnion, at, message);
            return None;
        }
        Some((Decision::Tag(WireName::new(property)), tags))
    }

    /// The variant of objects whose discriminator has an unknown value or is not there.
    pub(super) fn default_variant(
        &mut self,
        facet: &Facet<'d>,
        variants: &[Vec<Part<'d>>],
    ) -> Option<usize> {
        let discriminator = facet.keywords.data.discriminator.as_ref()?;
        let target = default_mapping(discriminator)?;
        let position = self.default_position(discriminator, variants);
        if position.is_none() {
            let at = facet.part.at.child("discriminator").child("defaultMapping");
            let message = format!(
                "`{target}` is no variant of this union; a value without a known tag is kept as it is"
            );
            self.report(Code::UnresolvedReference, &at, message);
        }
        position
    }

    fn default_position(
        &self,
        discriminator: &'d Discriminator,
        variants: &[Vec<Part<'d>>],
    ) -> Option<usize> {
        let target = default_mapping(discriminator)?;
        let name = component_name(target, "schemas").unwrap_or_else(|| target.to_owned());
        variants.iter().position(|parts| {
            parts.first().and_then(|part| self.component_of(part)) == Some(name.as_str())
        })
    }

    /// A property that every variant requires and in which each has constants of its own is as good as a discriminator.
    fn decide_by_constants(
        &mut self,
        variants: &[Vec<Part<'d>>],
    ) -> Option<(Decision, Vec<Vec<WireName>>)> {
        let first = variants.first()?;
        for property in self.required_names(first) {
            let mut tags: Vec<Vec<WireName>> = Vec::with_capacity(variants.len());
            let mut seen: HashSet<String> = HashSet::new();
            for parts in variants {
                let Some(declared) = self.property_of(parts, property, SEARCH_DEPTH) else {
                    break;
                };
                let constants = self.constants(&declared);
                let is_own = !constants.is_empty()
                    && declared.is_required
                    && constants
                        .iter()
                        .all(|constant| seen.insert(constant.clone()));
                if !is_own {
                    break;
                }
                tags.push(constants.into_iter().map(WireName::new).collect());
            }
            if tags.len() == variants.len() {
                return Some((Decision::Tag(WireName::new(property)), tags));
            }
        }
        None
    }

    /// The names that the parts of a variant require, in order.
    fn required_names(&mut self, parts: &[Part<'d>]) -> Vec<&'d str> {
        let flat = self.flatten(parts);
        let facets = self.dereference(&flat, None);
        let names = facets.iter().flat_map(|facet| facet.keywords.required);
        names.map(String::as_str).collect()
    }

    /// A property of what satisfies the parts; `None` if it is no object or has no such property of text.
    fn property_of(
        &mut self,
        parts: &[Part<'d>],
        name: &str,
        depth: usize,
    ) -> Option<Property<'d>> {
        let mut property = Property::default();
        self.search_property(parts, name, depth, &mut property);
        if property.declarations.is_empty() || property.looked_at > SEARCH_BUDGET {
            return None;
        }
        let declarations = property.declarations.clone();
        let is_text = declarations.iter().flatten().all(|part| {
            let schema = self.schema_of(part.node, &part.at);
            schema.is_some_and(|(schema, _)| {
                let keywords = Keywords::of(schema);
                let is_wrapper = !keywords.all_of.is_empty()
                    || !keywords.one_of.is_empty()
                    || !keywords.any_of.is_empty();
                is_wrapper || matches!(keywords.implied_kind(), None | Some(Kind::String))
            })
        });
        is_text.then_some(property)
    }

    fn search_property(
        &mut self,
        parts: &[Part<'d>],
        name: &str,
        depth: usize,
        property: &mut Property<'d>,
    ) {
        property.looked_at += 1;
        if depth == 0 || property.looked_at > SEARCH_BUDGET {
            return;
        }
        let flat = self.flatten(parts);
        for Facet { part, keywords } in self.dereference(&flat, None) {
            property.is_required |= keywords.required.iter().any(|required| required == name);
            let declared = keywords
                .properties
                .and_then(|properties| properties.get(name));
            if let Some(schema) = declared {
                let at = part.at.child("properties").child(name);
                property.declarations.push(vec![Part::whole(schema, at)]);
            }
            self.search_alternatives(&part, &keywords, name, depth, property);
        }
    }

    /// A union has the property if each of its variants has it.
    fn search_alternatives(
        &mut self,
        part: &Part<'d>,
        keywords: &Keywords<'d>,
        name: &str,
        depth: usize,
        property: &mut Property<'d>,
    ) {
        for (keyword, list) in [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)] {
            let place = part.at.child(keyword);
            let mut found = Vec::new();
            for (index, variant) in list.iter().enumerate() {
                let variant = Part::whole(variant, place.index(index));
                let mut inner = Property {
                    looked_at: property.looked_at,
                    ..Property::default()
                };
                self.search_property(&[variant], name, depth - 1, &mut inner);
                property.looked_at = inner.looked_at;
                found.push(inner);
            }
            let has_all =
                !found.is_empty() && found.iter().all(|inner| !inner.declarations.is_empty());
            if has_all {
                property.is_required |= found.iter().all(|inner| inner.is_required);
                let alternatives = found.into_iter().flat_map(|inner| inner.declarations);
                property.declarations.push(alternatives.flatten().collect());
            }
        }
    }

    /// Whether what satisfies the parts has a property.
    pub(super) fn declares(&mut self, parts: &[Part<'d>], name: &str) -> bool {
        let mut property = Property::default();
        self.search_property(parts, name, SEARCH_DEPTH, &mut property);
        !property.declarations.is_empty()
    }

    /// The strings that a property of the parts may be, if they are listed.
    pub(super) fn constants_of(&mut self, parts: &[Part<'d>], property: &str) -> Vec<String> {
        match self.property_of(parts, property, SEARCH_DEPTH) {
            Some(declared) => self.constants(&declared),
            None => Vec::new(),
        }
    }

    /// The strings that every declaration of a property lists, where one does.
    fn constants(&mut self, property: &Property<'d>) -> Vec<String> {
        let mut common: Option<Vec<String>> = None;
        for alternatives in &property.declarations {
            let Some(listed) = self.listed(alternatives) else {
                continue;
            };
            common = Some(match common {
                None => listed,
                Some(known) => {
                    let both = |text: &String| listed.contains(text);
                    known.into_iter().filter(both).collect()
                }
            });
        }
        common.unwrap_or_default()
    }

    /// The strings that the declarations list together; `None` if one of them allows others.
    fn listed(&mut self, alternatives: &[Part<'d>]) -> Option<Vec<String>> {
        let mut listed = Vec::new();
        for part in alternatives {
            let parts = self.flatten(std::slice::from_ref(part));
            let resolved = self.resolved_part(parts.first()?)?;
            let values = resolved.keywords()?.enumeration;
            if values.is_empty() {
                return None;
            }
            for value in values {
                match value {
                    Value::String(text) if listed.contains(&text) => {}
                    Value::String(text) => listed.push(text),
                    _ => return None,
                }
            }
        }
        Some(listed)
    }

    /// The component that a part refers to.
    pub(super) fn component_of(&self, part: &Part<'d>) -> Option<&'d str> {
        match part.node {
            Node::Reference(reference) => self.schema_component(reference).map(|(name, _)| name),
            Node::Schema(schema) => match Keywords::of(schema).all_of {
                [only] => match Node::from(only) {
                    Node::Reference(reference) => {
                        self.schema_component(reference).map(|(name, _)| name)
                    }
                    Node::Schema(_) => None,
                },
                _ => None,
            },
        }
    }
}

/// Whether no text is in two of the lists.
fn are_disjoint(lists: &[Vec<String>]) -> bool {
    let mut seen = HashSet::new();
    lists.iter().flatten().all(|text| seen.insert(text))
}
