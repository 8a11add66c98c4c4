//! What the variants of a oneOf or an anyOf are called where they have no name of their own.

use super::context::Lowering;
use super::keywords::{Keywords, Kind, Node, Part};
use crate::model::WireName;
use openapiv3::ReferenceOr;
use serde_json::Value;
use std::collections::HashMap;

/// A required property that is fixed to one text: its name and the text.
type Constant<'d> = (&'d str, String);

/// So many properties that a variant fixes are looked at for a name.
const MOST_CONSTANTS: usize = 3;

/// What the variants of a union have, counted once for all of them.
#[derive(Debug, Default)]
pub(super) struct Rivals<'d> {
    objects: usize,
    /// Among those that stand in the union itself.
    kinds: HashMap<Kind, usize>,
    properties: HashMap<&'d str, usize>,
    constants: HashMap<Constant<'d>, usize>,
    /// The properties beside a constant.
    beside: HashMap<(Constant<'d>, &'d str), usize>,
}

impl<'d> Lowering<'d> {
    /// Counts what the variants of a union have.
    pub(super) fn rivals(&self, variants: &[Part<'d>]) -> Rivals<'d> {
        let mut rivals = Rivals::default();
        for variant in variants {
            if let Some(kind) = variant.keywords().and_then(|own| own.implied_kind()) {
                *rivals.kinds.entry(kind).or_default() += 1;
            }
            if let Some(keywords) = self.resolved_part(variant).and_then(|part| part.keywords()) {
                rivals.add(&keywords);
            }
        }
        rivals
    }

    /// The last name of the type of an inline variant.
    pub(super) fn variant_segment(
        &self,
        variant: &Part<'d>,
        rivals: &Rivals<'d>,
        tags: &[WireName],
        index: usize,
    ) -> String {
        if let Node::Reference(reference) = variant.node
            && let Some((name, _)) = self.schema_component(reference)
        {
            return name.to_owned();
        }
        if let [tag] = tags {
            return tag.as_str().to_owned();
        }
        let Some(keywords) = variant.keywords() else {
            return "variant".to_owned();
        };
        if let Some(name) = own_name(&keywords) {
            return name.to_owned();
        }
        if let [Value::String(only)] = keywords.enumeration.as_slice() {
            return only.clone();
        }
        if let Some(name) = rivals.distinct_constant(&keywords) {
            return name;
        }
        if let Some(name) = rivals.distinct_property(&keywords) {
            return name.to_owned();
        }
        if let Some(text) = rivals.shared_constant(&keywords) {
            return format!("{text} {}", index + 1);
        }
        match keywords.implied_kind() {
            Some(kind) if rivals.kinds.get(&kind) == Some(&1) => kind.as_str().to_owned(),
            _ => format!("variant{}", index + 1),
        }
    }
}

impl<'d> Rivals<'d> {
    fn add(&mut self, keywords: &Keywords<'d>) {
        self.objects += usize::from(keywords.implied_kind() == Some(Kind::Object));
        let properties = || keywords.properties.into_iter().flat_map(|all| all.keys());
        for name in properties() {
            *self.properties.entry(name).or_default() += 1;
        }
        for constant in constants(keywords) {
            for name in properties() {
                let beside = (constant.clone(), name.as_str());
                *self.beside.entry(beside).or_default() += 1;
            }
            *self.constants.entry(constant).or_default() += 1;
        }
    }

    /// The text that a variant fixes a property to, unless another variant fixes it to the same: then together with a
    /// property that only this one of them has.
    fn distinct_constant(&self, keywords: &Keywords<'d>) -> Option<String> {
        let mut constants = constants(keywords);
        let is_own = |constant: &Constant<'d>| self.constants.get(constant) == Some(&1);
        if let Some((_, text)) = constants.clone().find(is_own) {
            return Some(text);
        }
        constants.find_map(|constant| {
            let mut names = required_properties(keywords);
            let is_own = |name: &&'d str| self.beside.get(&(constant.clone(), *name)) == Some(&1);
            let name = names.find(is_own)?;
            Some(format!("{} {name}", constant.1))
        })
    }

    /// The first text that a variant fixes a property to and some other does not.
    fn shared_constant(&self, keywords: &Keywords<'d>) -> Option<String> {
        let is_of_some = |constant: &Constant<'d>| {
            self.constants
                .get(constant)
                .is_some_and(|uses| *uses < self.objects)
        };
        let (_, text) = constants(keywords).find(is_of_some)?;
        Some(text)
    }

    /// The first property that a variant requires and no other has.
    fn distinct_property(&self, keywords: &Keywords<'d>) -> Option<&'d str> {
        let is_object = keywords.implied_kind() == Some(Kind::Object);
        if self.objects == usize::from(is_object) {
            return None;
        }
        required_properties(keywords).find(|name| self.properties.get(name) == Some(&1))
    }
}

/// The required properties that a schema fixes to one text.
fn constants<'d>(keywords: &Keywords<'d>) -> impl Iterator<Item = Constant<'d>> + Clone {
    let properties = keywords.properties;
    let constants = required_properties(keywords).filter_map(move |name| {
        let ReferenceOr::Item(schema) = properties?.get(name)? else {
            return None;
        };
        match Keywords::of(schema).enumeration.as_slice() {
            [Value::String(only)] if !only.trim().is_empty() => Some((name, only.clone())),
            _ => None,
        }
    });
    constants.take(MOST_CONSTANTS)
}

fn required_properties<'d>(keywords: &Keywords<'d>) -> impl Iterator<Item = &'d str> + Clone {
    let properties = keywords.properties;
    let required = keywords.required.iter().map(String::as_str);
    required.filter(move |name| properties.is_some_and(|all| all.contains_key(*name)))
}

/// The name that an inline variant brings along: its title, or its only property where that is required, as in
/// `{"circle": {"radius": 1}}`.
pub(super) fn own_name<'d>(keywords: &Keywords<'d>) -> Option<&'d str> {
    let title = keywords.data.title.as_deref();
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        return Some(title);
    }
    let properties = keywords
        .properties
        .filter(|properties| properties.len() == 1)?;
    let (name, _) = properties.first()?;
    keywords.required.contains(name).then_some(name)
}
