//! Schemas to types.
//!
//! Everything is a conjunction: a schema is a conjunction of one, `allOf` adds parts to it, a property that several parts
//! of an `allOf` declare is a conjunction of its declarations, and a variant of a `oneOf` that stands beside properties is a
//! conjunction of the variant and what stands beside.

use super::constraints::check_pattern;
use super::context::{Lowering, Memo, PartsKey};
use super::enumeration::list_values;
use super::keywords::{Keywords, Kind, Node, Part};
use super::names::Names;
use super::null::nullable;
use crate::diagnostic::Code;
use crate::model::{Constraints, Docs, Scalar, Shape, Type, TypeDef, TypeId, TypeName, WireName};
use crate::source::Pointer;

/// Inline schemas that stand deeper are not given types of their own. Documents are nested far less; only schemas that
/// grow by merging themselves into themselves get here.
const MAX_NAME_DEPTH: usize = 48;

/// How many conjunctions of several schemas are lowered. Merging is the one thing here that can make more types than the
/// document has schemas; GitHub's whole API needs a few hundred.
const MAX_MERGES: usize = 50_000;

/// What a conjunction of schemas comes to: a type, or a shape that still needs a name.
#[derive(Debug)]
pub(super) enum Outcome {
    Type(Type),
    Shape(Shape),
}

/// A part that is a schema, with its keywords laid out.
#[derive(Debug, Clone)]
pub(super) struct Facet<'d> {
    pub(super) part: Part<'d>,
    pub(super) keywords: Keywords<'d>,
}

impl<'d> Lowering<'d> {
    /// Gives every schema component an id, then its shape. References between components need the ids first.
    pub(super) fn lower_components(&mut self) {
        let Some(components) = self.components() else {
            return;
        };
        for name in components.schemas.keys() {
            let at = Self::schema_pointer(name);
            let id = self.types.push(TypeDef {
                name: TypeName::Component(WireName::new(name)),
                docs: Docs::default(),
                origin: self.origin(&at),
                shape: Shape::Alias(Type::Json),
                constraints: Constraints::default(),
                example: None,
            });
            self.component_ids.insert(name, id);
        }
        self.learn_inheritance();
        for (name, schema) in &components.schemas {
            let at = Self::schema_pointer(name);
            let part = Part::whole(schema, at);
            let outcome = match self.lower_base(name) {
                Some(union) => union,
                None => self.lower_conjunction(
                    std::slice::from_ref(&part),
                    Some(name),
                    &Names::root(name),
                ),
            };
            let annotations = self.annotations(&[part]);
            let shape = match outcome {
                Outcome::Shape(shape) => shape,
                Outcome::Type(Type::Scalar(Scalar::String)) if annotations.is_secret => {
                    Shape::Alias(Type::Scalar(Scalar::Secret))
                }
                Outcome::Type(ty) => Shape::Alias(ty),
            };
            let id = self.component_ids.get(name.as_str()).copied();
            if let Some(def) = id.and_then(|id| self.types.get_mut(id)) {
                def.docs = annotations.docs;
                def.shape = shape;
                def.constraints = annotations.constraints;
                def.example = annotations.example;
            }
        }
        self.break_alias_circles();
    }

    /// The type of a schema, with null if it allows null.
    pub(super) fn lower_type(
        &mut self,
        node: impl Into<Node<'d>>,
        at: &Pointer,
        names: &Names,
    ) -> Type {
        self.lower_parts(&[Part::whole(node, at.clone())], names)
    }

    /// The type of what satisfies every part, with null if all of them allow null.
    pub(super) fn lower_parts(&mut self, parts: &[Part<'d>], names: &Names) -> Type {
        let ty = self.lower_without_null(parts, names);
        if parts.iter().all(|part| self.admits_null(part)) {
            nullable(ty)
        } else {
            ty
        }
    }

    /// The type of what satisfies every part and is not null.
    pub(super) fn lower_without_null(&mut self, parts: &[Part<'d>], names: &Names) -> Type {
        if let [
            Part {
                node: Node::Reference(reference),
                at,
                ..
            },
        ] = parts
        {
            return self.lower_reference(reference, at);
        }
        let key: PartsKey = parts
            .iter()
            .map(|part| (part.at.clone(), part.scope))
            .collect();
        match self.memo.get(&key) {
            Some(Memo::Done(ty)) => return ty.clone(),
            Some(Memo::Open(Some(id))) => return Type::Named(*id),
            Some(Memo::Open(None)) => {
                let id = self.types.push(self.blank(parts, names));
                self.memo.insert(key, Memo::Open(Some(id)));
                return Type::Named(id);
            }
            None => {}
        }
        if parts.len() > 1 {
            self.merges += 1;
        }
        if names.depth() > MAX_NAME_DEPTH || self.merges > MAX_MERGES {
            if let Some(part) = parts.first() {
                let message = "this schema grows without end by merging itself into itself; it is read as any JSON";
                self.report(Code::NotSupported, &part.at.clone(), message);
            }
            return Type::Json;
        }
        self.memo.insert(key.clone(), Memo::Open(None));
        let outcome = self.lower_conjunction(parts, None, names);
        let open = match self.memo.get(&key) {
            Some(Memo::Open(id)) => *id,
            _ => None,
        };
        let ty = self.name_outcome(outcome, open, parts, names);
        self.memo.insert(key, Memo::Done(ty.clone()));
        ty
    }

    pub(super) fn name_outcome(
        &mut self,
        outcome: Outcome,
        open: Option<TypeId>,
        parts: &[Part<'d>],
        names: &Names,
    ) -> Type {
        let shape = match (outcome, open) {
            (Outcome::Type(ty), None) => return ty,
            (Outcome::Type(ty), Some(_)) => Shape::Alias(ty),
            (Outcome::Shape(shape), _) => shape,
        };
        let annotations = self.annotations(parts);
        let mut def = self.blank(parts, names);
        def.docs = annotations.docs;
        def.example = annotations.example;
        def.constraints = annotations.constraints;
        def.shape = shape;
        match open {
            Some(id) => {
                if let Some(place) = self.types.get_mut(id) {
                    *place = def;
                }
                Type::Named(id)
            }
            None => Type::Named(self.share(def)),
        }
    }

    fn blank(&self, parts: &[Part<'d>], names: &Names) -> TypeDef {
        let at = parts
            .first()
            .map(|part| part.at.clone())
            .unwrap_or_default();
        TypeDef {
            name: names.to_type_name(),
            docs: Docs::default(),
            origin: self.origin(&at),
            shape: Shape::Alias(Type::Json),
            constraints: Constraints::default(),
            example: None,
        }
    }

    /// The type of a component, without the null that it may allow.
    fn lower_reference(&mut self, reference: &str, at: &Pointer) -> Type {
        let found = self
            .schema_component(reference)
            .and_then(|(name, _)| self.component_ids.get(name).copied());
        match found {
            Some(id) => Type::Named(id),
            None => {
                self.report_unresolved(reference, at);
                Type::Json
            }
        }
    }

    /// What the parts come to together. `owner` is the component that is being lowered, if they are the whole of it.
    pub(super) fn lower_conjunction(
        &mut self,
        parts: &[Part<'d>],
        owner: Option<&'d str>,
        names: &Names,
    ) -> Outcome {
        let flat = self.flatten(parts);
        match flat.as_slice() {
            [] => Outcome::Type(Type::Json),
            [
                Part {
                    node: Node::Reference(reference),
                    at,
                    ..
                },
            ] if !self.is_extension(reference, owner) => {
                let at = at.clone();
                Outcome::Type(self.lower_reference(reference, &at))
            }
            [
                part @ Part {
                    node: Node::Schema(_),
                    ..
                },
            ] => match part.keywords() {
                Some(keywords) => {
                    let part = part.clone();
                    self.report_lone_discriminator(&part, &keywords, owner);
                    self.lower_facets(vec![Facet { part, keywords }], names)
                }
                None => Outcome::Type(Type::Json),
            },
            many => {
                if let Some((reference, at)) = self.only_reference(many)
                    && !self.is_extension(reference, owner)
                {
                    return Outcome::Type(self.lower_reference(reference, &at));
                }
                let facets = self.dereference(&flat, owner);
                self.lower_facets(facets, names)
            }
        }
    }

    /// What schemas come to together that refer to no others at their top.
    pub(super) fn lower_facets(&mut self, mut facets: Vec<Facet<'d>>, names: &Names) -> Outcome {
        for facet in &facets {
            self.report_unsaid(facet);
        }
        self.drop_validating_unions(&mut facets);
        let union = facets.iter().position(|facet| {
            !facet.keywords.one_of.is_empty() || !facet.keywords.any_of.is_empty()
        });
        if let Some(position) = union {
            let facet = facets.remove(position);
            return self.lower_union(&facet, facets, names);
        }
        let Some(kind) = self.agree_on_kind(&mut facets) else {
            return self.lower_untyped(&facets, names);
        };
        self.report_contradictions(&facets);
        match kind {
            Kind::Object => self.lower_object(&facets, names),
            Kind::Array if self.is_tuple(&facets) => self.lower_tuple(&facets, names),
            Kind::Array => {
                let items: Vec<Part<'d>> = facets
                    .iter()
                    .filter_map(|facet| {
                        let items = facet.keywords.items?;
                        Some(Part::whole(items, facet.part.at.child("items")))
                    })
                    .collect();
                let item = if items.is_empty() {
                    Type::Json
                } else {
                    self.lower_parts(&items, &names.child("item"))
                };
                Outcome::Type(Type::List(Box::new(item)))
            }
            Kind::Null => Outcome::Type(Type::Json),
            Kind::Boolean | Kind::Integer | Kind::Number | Kind::String => {
                self.lower_scalar(kind, &facets)
            }
        }
    }

    fn lower_untyped(&mut self, facets: &[Facet<'d>], names: &Names) -> Outcome {
        let listed = facets.iter().find(|facet| {
            facet
                .keywords
                .enumeration
                .iter()
                .any(|value| !value.is_null())
        });
        if let Some(facet) = listed {
            if let Some(union) = self.lower_mixed_values(facet, names) {
                return Outcome::Shape(Shape::Union(union));
            }
            let at = facet.part.at.child("enum");
            let values = list_values(&facet.keywords.enumeration);
            let message = format!(
                "an enum of objects or arrays is read as any JSON, which `validate` holds to its values: {values}"
            );
            self.note(&at, message);
        }
        Outcome::Type(Type::Json)
    }

    /// The type that all facets have; facets that contradict the first are reported and taken out.
    fn agree_on_kind(&mut self, facets: &mut Vec<Facet<'d>>) -> Option<Kind> {
        let mut agreed: Option<(Kind, Pointer)> = None;
        let mut contradictions = Vec::new();
        facets.retain(|facet| {
            let Some(kind) = facet.keywords.implied_kind() else {
                return true;
            };
            match &agreed {
                None => agreed = Some((kind, facet.part.at.clone())),
                Some((first, _)) if *first == kind => {}
                Some((Kind::Number, _)) if kind == Kind::Integer => {
                    agreed = Some((kind, facet.part.at.clone()));
                }
                Some((Kind::Integer, _)) if kind == Kind::Number => {}
                Some((first, at)) => {
                    contradictions.push((facet.part.at.clone(), kind, *first, at.clone()));
                    return false;
                }
            }
            true
        });
        for (at, kind, first, first_at) in contradictions {
            self.report_contradiction(&at, kind.as_str(), &first_at, first.as_str());
        }
        agreed.map(|(kind, _)| kind)
    }

    /// Reports keywords that the types do not say.
    fn report_unsaid(&mut self, facet: &Facet<'d>) {
        if facet.keywords.not {
            let at = facet.part.at.child("not");
            match facet.keywords.is_not_lost {
                true => {
                    let message = "`not` is not carried into the types, and `validate` cannot follow the references in it: values that it forbids are not refused";
                    self.report(Code::NotSupported, &at, message);
                }
                false => self.note(&at, "no type says `not`: `validate` holds values to it"),
            }
        }
        for pattern in &facet.keywords.constraints.patterns {
            let Err(reason) = check_pattern(pattern) else {
                continue;
            };
            let at = facet.part.at.child("pattern");
            let message = format!("this is no regular expression of ECMA 262: {reason}");
            self.report(Code::InvalidPattern, &at, message);
        }
        if let Some(kind) = facet.keywords.unknown_kind {
            let at = facet.part.at.child("type");
            let message = format!("`{kind}` is no type of OpenAPI; the schema is read without it");
            self.report(Code::WrongType, &at, message);
        }
    }

    /// Whether the reference is the one by which a component extends another from which a discriminator tells it apart.
    fn is_extension(&self, reference: &str, owner: Option<&str>) -> bool {
        let target = self.schema_component(reference);
        owner
            .zip(target)
            .is_some_and(|(owner, (target, _))| self.inheritance.are_apart(owner, target))
    }

    /// A discriminator without alternatives announces types that extend this one. Only components can be extended.
    fn report_lone_discriminator(
        &mut self,
        part: &Part<'d>,
        keywords: &Keywords<'d>,
        owner: Option<&str>,
    ) {
        let is_alone = keywords.one_of.is_empty() && keywords.any_of.is_empty();
        if is_alone && keywords.data.discriminator.is_some() && owner.is_none() {
            let at = part.at.child("discriminator");
            let message = "a discriminator without oneOf or anyOf has an effect on components alone, which others can extend; here it is ignored";
            self.report(Code::NotSupported, &at, message);
        }
    }
}
