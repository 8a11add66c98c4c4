//! Inline schemas that say the same share one type.
//!
//! Big documents repeat the same inline object or list of values hundreds of times; a type for each of them would cost
//! their users compile time and teach them nothing. Two inline types are one if they have the same structure, demand the same, and either the
//! same docs or the same last name. The first place in the document gives the name and the docs.

use super::context::Lowering;
use crate::model::{
    Additional, Docs, Enumeration, Field, Record, Shape, Type, TypeDef, TypeId, TypeName, Union,
};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The inline types made so far, by a hash of their structure. Only looked up, never walked.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    by_structure: HashMap<u64, Vec<TypeId>>,
}

impl Lowering<'_> {
    /// The id of an inline type: that of an earlier one that says the same, or a new one.
    pub(super) fn share(&mut self, def: TypeDef) -> TypeId {
        let hash = structure_hash(&def.shape);
        let known = self.sharing.by_structure.entry(hash).or_default();
        for id in known.iter() {
            let other = &self.types[*id];
            let is_same_place = last_segment(&other.name) == last_segment(&def.name);
            // Numbers say nothing by themselves: the same list may mean anything elsewhere.
            let says_little = matches!(def.shape, Shape::Enumeration(Enumeration::Integers(_)));
            if same_structure(&other.shape, &def.shape)
                && other.constraints == def.constraints
                && (is_same_place
                    || !says_little
                        && (other.docs == def.docs && same_docs(&other.shape, &def.shape)))
            {
                return *id;
            }
        }
        let id = self.types.push(def);
        known.push(id);
        id
    }
}

fn last_segment(name: &TypeName) -> Option<&str> {
    match name {
        TypeName::Component(_) => None,
        TypeName::Inline(segments) => segments.last().map(|segment| segment.as_str()),
    }
}

fn structure_hash(shape: &Shape) -> u64 {
    let mut hasher = DefaultHasher::new();
    match shape {
        Shape::Record(record) => {
            for field in &record.fields {
                field.name.hash(&mut hasher);
                hash_type(&field.ty, &mut hasher);
                field.presence.is_required().hash(&mut hasher);
            }
        }
        Shape::Enumeration(Enumeration::Strings(values)) => {
            for value in values {
                value.value.hash(&mut hasher);
            }
        }
        Shape::Enumeration(Enumeration::Integers(values)) => {
            for value in values {
                value.value.hash(&mut hasher);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                hash_type(&variant.ty, &mut hasher);
                variant.tags.hash(&mut hasher);
            }
        }
        Shape::Alias(ty) => hash_type(ty, &mut hasher),
    }
    hasher.finish()
}

fn hash_type(ty: &Type, hasher: &mut DefaultHasher) {
    std::mem::discriminant(ty).hash(hasher);
    match ty {
        Type::Scalar(scalar) => scalar.hash(hasher),
        Type::Map(key, inner) => {
            key.hash(hasher);
            hash_type(inner, hasher);
        }
        Type::List(inner) | Type::Nullable(inner) => hash_type(inner, hasher),
        Type::Tuple(items) => {
            for item in items {
                hash_type(item, hasher);
            }
        }
        Type::Named(id) => id.hash(hasher),
        Type::Json => {}
    }
}

fn same_structure(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Record(one), Shape::Record(other)) => same_record(one, other),
        (
            Shape::Enumeration(Enumeration::Strings(one)),
            Shape::Enumeration(Enumeration::Strings(other)),
        ) => pairs(one, other, |one, other| {
            one.value == other.value && one.name == other.name
        }),
        (
            Shape::Enumeration(Enumeration::Integers(one)),
            Shape::Enumeration(Enumeration::Integers(other)),
        ) => pairs(one, other, |one, other| {
            one.value == other.value && one.name == other.name
        }),
        (Shape::Union(one), Shape::Union(other)) => same_union(one, other),
        (Shape::Alias(one), Shape::Alias(other)) => one == other,
        _ => false,
    }
}

fn same_record(one: &Record, other: &Record) -> bool {
    let is_same_rest = match (&one.additional, &other.additional) {
        (Additional::Kept(one), Additional::Kept(other)) => one == other,
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    };
    is_same_rest
        && pairs(&one.fields, &other.fields, |one, other| {
            one.name == other.name
                && one.ty == other.ty
                && one.presence == other.presence
                && one.access == other.access
                && one.constraints == other.constraints
        })
}

fn same_union(one: &Union, other: &Union) -> bool {
    one.decision == other.decision
        && pairs(&one.variants, &other.variants, |one, other| {
            one.ty == other.ty
                && one.tags == other.tags
                && one.is_default == other.is_default
                && one.name == other.name
                && one.constraints == other.constraints
        })
}

fn same_docs(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Record(one), Shape::Record(other)) => {
            pairs(&one.fields, &other.fields, same_field_docs)
        }
        (
            Shape::Enumeration(Enumeration::Strings(one)),
            Shape::Enumeration(Enumeration::Strings(other)),
        ) => pairs(one, other, |one, other| {
            one.description == other.description
        }),
        (
            Shape::Enumeration(Enumeration::Integers(one)),
            Shape::Enumeration(Enumeration::Integers(other)),
        ) => pairs(one, other, |one, other| {
            one.description == other.description
        }),
        (Shape::Union(one), Shape::Union(other)) => {
            pairs(&one.variants, &other.variants, |one, other| {
                one.docs == other.docs
            })
        }
        _ => true,
    }
}

fn same_field_docs(one: &Field, other: &Field) -> bool {
    let docs: (&Docs, &Docs) = (&one.docs, &other.docs);
    docs.0 == docs.1 && one.example == other.example
}

fn pairs<T>(one: &[T], other: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_same(one, other))
}
