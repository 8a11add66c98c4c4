//! `oneOf` and `anyOf`: a value of one of several types.

use super::context::Lowering;
use super::keywords::{Keywords, Kind, Node, Part, Scope};
use super::names::Names;
use super::schema::{Facet, Outcome};
use super::variant_names::own_name;
use crate::diagnostic::Code;
use crate::load::is_open;
use crate::model::{
    Decision, Enumeration, EnumerationValue, Prose, Scalar, Shape, Type, Union, Variant, WireName,
};
use crate::source::Pointer;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;
use std::collections::HashMap;

impl<'d> Lowering<'d> {
    /// The type of a oneOf or an anyOf, each variant of it together with what stands beside.
    pub(super) fn lower_union(
        &mut self,
        facet: &Facet<'d>,
        beside: Vec<Facet<'d>>,
        names: &Names,
    ) -> Outcome {
        let variants = self.variants_of(facet);
        let mut rest: Vec<Part<'d>> = beside.into_iter().map(|facet| facet.part).collect();
        let own = facet.part.scoped(Scope::WithoutUnions);
        if own.keywords().is_some_and(|own| own.says_more_than_kind()) {
            rest.insert(0, own);
        }
        match variants.as_slice() {
            [_, ..] if is_open(facet.keywords.data) => {
                self.lower_variants(facet, variants, &rest, names)
            }
            [] => self.lower_conjunction(&rest, None, names),
            [only] => {
                let mut parts = vec![only.clone()];
                parts.extend(rest);
                self.lower_conjunction(&parts, None, names)
            }
            _ => {
                if rest.is_empty()
                    && let Some(outcome) = self
                        .lower_text_union(&variants)
                        .or_else(|| self.lower_integer_union(&variants))
                {
                    return outcome;
                }
                self.lower_variants(facet, variants, &rest, names)
            }
        }
    }

    /// The variants without those that only allow null, which [`Lowering::admits_null`] sees.
    fn variants_of(&mut self, facet: &Facet<'d>) -> Vec<Part<'d>> {
        let (keyword, list): (_, &'d [ReferenceOr<Schema>]) = if facet.keywords.one_of.is_empty() {
            ("anyOf", facet.keywords.any_of)
        } else {
            ("oneOf", facet.keywords.one_of)
        };
        if !facet.keywords.one_of.is_empty() && !facet.keywords.any_of.is_empty() {
            let at = facet.part.at.child("anyOf");
            let message =
                "an anyOf beside a oneOf is not carried into the types: only the oneOf is";
            self.report(Code::NotSupported, &at, message);
        }
        let place = facet.part.at.child(keyword);
        list.iter()
            .enumerate()
            .map(|(index, variant)| Part::whole(variant, place.index(index)))
            .filter(|part| {
                !part
                    .keywords()
                    .is_some_and(|keywords| keywords.is_null_only())
            })
            .collect()
    }

    fn lower_variants(
        &mut self,
        facet: &Facet<'d>,
        variants: Vec<Part<'d>>,
        rest: &[Part<'d>],
        names: &Names,
    ) -> Outcome {
        let conjunctions: Vec<Vec<Part<'d>>> = variants
            .iter()
            .map(|variant| {
                let mut parts = vec![variant.clone()];
                // What extends the schema that lists it says already what stands beside the list.
                let says_it = self
                    .component_of(variant)
                    .is_some_and(|name| self.extends_place(name, &facet.part.at));
                let beside = rest
                    .iter()
                    .filter(|part| !says_it || part.at != facet.part.at);
                parts.extend(beside.cloned());
                parts
            })
            .collect();
        let (decision, tags) = self.decide(facet, &conjunctions);
        let default = match &decision {
            Decision::Tag(_) => self.default_variant(facet, &conjunctions),
            Decision::Shape | Decision::Open => None,
        };
        let rivals = self.rivals(&variants);
        let mut lowered: Vec<Variant> = Vec::with_capacity(variants.len());
        let mut places = HashMap::with_capacity(variants.len());
        for (index, ((variant, parts), tags)) in
            variants.iter().zip(&conjunctions).zip(tags).enumerate()
        {
            let segment = self.variant_segment(variant, &rivals, &tags, index);
            let ty = self.lower_without_null(parts, &names.child(&segment));
            let ty = ty.without_null().clone();
            if ty == Type::Json {
                return Outcome::Type(Type::Json);
            }
            let is_default = default == Some(index);
            let place = *places.entry(ty.clone()).or_insert(lowered.len());
            match lowered.get_mut(place) {
                Some(known) => {
                    known.tags.extend(tags);
                    known.is_default |= is_default;
                }
                None => lowered.push(Variant {
                    is_default,
                    ..self.variant(variant, ty, tags)
                }),
            }
        }
        if is_open(facet.keywords.data) {
            let union = Union {
                variants: lowered,
                decision: Decision::Open,
            };
            return Outcome::Shape(Shape::Union(union));
        }
        match <[Variant; 1]>::try_from(lowered) {
            Ok([only]) => Outcome::Type(only.ty),
            Err(variants) => Outcome::Shape(Shape::Union(Union { variants, decision })),
        }
    }

    fn variant(&self, part: &Part<'d>, ty: Type, tags: Vec<WireName>) -> Variant {
        let keywords = part.keywords();
        let annotations = self.annotations(std::slice::from_ref(part));
        Variant {
            ty,
            tags,
            is_default: false,
            name: keywords.as_ref().and_then(own_name).map(WireName::new),
            docs: annotations.docs,
            constraints: annotations.constraints,
            origin: self.origin(&part.at),
        }
    }

    /// Variants that are all strings: a list of values where one names some, plain text where it names only the empty one.
    fn lower_text_union(&mut self, variants: &[Part<'d>]) -> Option<Outcome> {
        let mut values: Vec<EnumerationValue<String>> = Vec::new();
        let mut only_reference = None;
        let mut is_open = false;
        let mut lists = 0;
        for variant in variants {
            let resolved = self.resolved_part(variant)?;
            let keywords = resolved.keywords()?;
            let is_text = keywords.implied_kind() == Some(Kind::String)
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && keywords.all_of.is_empty()
                && !keywords.is_marked_secret();
            if !is_text {
                return None;
            }
            if keywords.enumeration.is_empty() {
                if keywords.format.is_some() {
                    return None;
                }
                is_open = true;
                continue;
            }
            lists += 1;
            if let Node::Reference(reference) = variant.node {
                only_reference = Some((reference, variant.at.clone()));
            }
            add_values(&mut values, &keywords)?;
        }
        if lists == 0 {
            return is_open.then_some(Outcome::Type(Type::Scalar(Scalar::String)));
        }
        if is_open && values.iter().all(|value| value.value.is_empty()) {
            return Some(Outcome::Type(Type::Scalar(Scalar::String)));
        }
        if let (1, Some((reference, at))) = (lists, only_reference) {
            return Some(Outcome::Type(self.lower_without_null(
                &[Part::whole(Node::Reference(reference), at)],
                &Names::root(""),
            )));
        }
        Some(Outcome::Shape(Shape::Enumeration(Enumeration::Strings(
            values,
        ))))
    }

    /// Variants that are all lists of integers: one list.
    fn lower_integer_union(&mut self, variants: &[Part<'d>]) -> Option<Outcome> {
        let mut values: Vec<EnumerationValue<i64>> = Vec::new();
        for variant in variants {
            let keywords = self.resolved_part(variant)?.keywords()?;
            let is_single = keywords.enumeration.len() == 1;
            if keywords.implied_kind() != Some(Kind::Integer) || keywords.enumeration.is_empty() {
                return None;
            }
            for value in &keywords.enumeration {
                let value = value.as_i64()?;
                if values.iter().all(|known| known.value != value) {
                    let (name, description) = words(&keywords, is_single);
                    values.push(EnumerationValue {
                        value,
                        name,
                        description,
                    });
                }
            }
        }
        Some(Outcome::Shape(Shape::Enumeration(Enumeration::Integers(
            values,
        ))))
    }

    /// Takes out alternatives that only demand that some properties are there, which the types do not say.
    pub(super) fn drop_validating_unions(&mut self, facets: &mut [Facet<'d>]) {
        for facet in facets {
            let at = facet.part.at.clone();
            if demands_only(facet.keywords.one_of) {
                facet.keywords.one_of = &[];
                facet.part.scope = Scope::WithoutUnions;
                self.report_demand(&at.child("oneOf"));
            }
            if demands_only(facet.keywords.any_of) {
                facet.keywords.any_of = &[];
                if facet.keywords.one_of.is_empty() {
                    facet.part.scope = Scope::WithoutUnions;
                }
                self.report_demand(&at.child("anyOf"));
            }
        }
    }

    fn report_demand(&mut self, at: &Pointer) {
        let message = "these alternatives only say which properties must be there together; the type does not say it";
        self.report(Code::NotSupported, at, message);
    }
}

/// Whether every variant says nothing but `required` or `not`.
fn demands_only(variants: &[ReferenceOr<Schema>]) -> bool {
    !variants.is_empty()
        && variants.iter().all(|variant| match variant {
            ReferenceOr::Reference { .. } => false,
            ReferenceOr::Item(schema) => {
                let keywords = Keywords::of(schema);
                let is_bare = keywords
                    .properties
                    .is_none_or(|properties| properties.is_empty())
                    && keywords.additional.is_none()
                    && keywords.items.is_none()
                    && keywords.enumeration.is_empty()
                    && keywords.all_of.is_empty()
                    && keywords.one_of.is_empty()
                    && keywords.any_of.is_empty()
                    && matches!(keywords.kind, None | Some(Kind::Object));
                is_bare && (!keywords.required.is_empty() || keywords.not)
            }
        })
}

/// Adds the values of a variant; the words for a single value are those of the variant.
fn add_values(values: &mut Vec<EnumerationValue<String>>, keywords: &Keywords<'_>) -> Option<()> {
    let is_single = keywords.enumeration.len() == 1;
    for value in &keywords.enumeration {
        let text = match value {
            Value::String(text) => text,
            Value::Null => continue,
            _ => return None,
        };
        if values.iter().any(|known| &known.value == text) {
            continue;
        }
        let (name, description) = words(keywords, is_single);
        values.push(EnumerationValue {
            value: text.clone(),
            name,
            description,
        });
    }
    Some(())
}

/// The name and the description that a variant gives to its only value.
fn words(keywords: &Keywords<'_>, is_single: bool) -> (Option<WireName>, Option<Prose>) {
    let description = keywords.data.description.as_deref().filter(|_| is_single);
    let title = keywords.data.title.as_deref().filter(|_| is_single);
    let title = title.filter(|title| !title.trim().is_empty());
    (title.map(WireName::new), description.and_then(Prose::new))
}

/// What a union without a way to tell its variants apart falls back to.
pub(super) fn by_shape(variants: usize) -> (Decision, Vec<Vec<WireName>>) {
    (Decision::Shape, vec![Vec::new(); variants])
}
