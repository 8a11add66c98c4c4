//! Inline schemas that say the same share one type.
//!
//! Big documents repeat the same inline object or list of values hundreds of times; a type for each of them would cost
//! their users compile time and teach them nothing. Two inline types are one if they have the same structure, demand the
//! same, and either the same docs or the same last name. The first place in the document gives the name and the docs.

use super::context::Lowering;
use crate::model::{
    Access, Additional, Constraints, Decision, Docs, Enumeration, Presence, Prose, Shape, Type,
    TypeDef, TypeId, TypeName, Union, WireName,
};
use serde_json::Value;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The inline types made so far, by hashes of what they are told by. Only looked up, never walked.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// By structure and last name.
    by_name: HashMap<u64, Vec<TypeId>>,
    /// By structure and docs.
    by_docs: HashMap<u64, Vec<TypeId>>,
}

impl Lowering<'_> {
    /// The id of an inline type: that of an earlier one that says the same, or a new one.
    pub(super) fn share(&mut self, def: TypeDef) -> TypeId {
        let structure = Structure::of(&def);
        let by_name = hash(&(&structure, last_segment(&def.name)));
        let by_docs = hash(&(&structure, Words::of(&def)));
        let of_name = self.sharing.by_name.entry(by_name).or_default();
        let of_docs = self.sharing.by_docs.entry(by_docs).or_default();
        let types = &self.types;
        let named = of_name.iter().copied().find(|id| {
            let other = &types[*id];
            last_segment(&other.name) == last_segment(&def.name)
                && Structure::of(other) == structure
        });
        // Numbers say nothing by themselves: the same list may mean anything elsewhere.
        let says_little = matches!(def.shape, Shape::Enumeration(Enumeration::Integers(_)));
        let told = of_docs.iter().copied().find(|id| {
            let other = &types[*id];
            !says_little && Words::of(other) == Words::of(&def) && Structure::of(other) == structure
        });
        if let Some(id) = named.into_iter().chain(told).min() {
            return id;
        }
        let id = self.types.push(def);
        of_name.push(id);
        of_docs.push(id);
        id
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn last_segment(name: &TypeName) -> Option<&str> {
    match name {
        TypeName::Component(_) => None,
        TypeName::Inline(segments) => segments.last().map(|segment| segment.as_str()),
    }
}

/// What two types have in common that are the same to a program.
#[derive(PartialEq, Hash)]
struct Structure<'a> {
    shape: Parts<'a>,
    constraints: &'a Constraints,
}

#[derive(PartialEq, Hash)]
enum Parts<'a> {
    Record(Vec<Property<'a>>, &'a Additional),
    Strings(Vec<(&'a str, Option<&'a WireName>)>),
    Integers(Vec<(i64, Option<&'a WireName>)>),
    Union(Vec<Choice<'a>>, &'a Decision),
    Alias(&'a Type),
}

#[derive(PartialEq, Hash)]
struct Property<'a> {
    name: &'a WireName,
    ty: &'a Type,
    presence: &'a Presence,
    access: Access,
    constraints: &'a Constraints,
}

#[derive(PartialEq, Hash)]
struct Choice<'a> {
    ty: &'a Type,
    tags: &'a [WireName],
    is_default: bool,
    name: Option<&'a WireName>,
    constraints: &'a Constraints,
}

impl<'a> Structure<'a> {
    fn of(def: &'a TypeDef) -> Self {
        let shape = match &def.shape {
            Shape::Record(record) => {
                let fields = record.fields.iter().map(|field| Property {
                    name: &field.name,
                    ty: &field.ty,
                    presence: &field.presence,
                    access: field.access,
                    constraints: &field.constraints,
                });
                Parts::Record(fields.collect(), &record.additional)
            }
            Shape::Enumeration(Enumeration::Strings(values)) => {
                let values = values.iter();
                Parts::Strings(
                    values
                        .map(|it| (it.value.as_str(), it.name.as_ref()))
                        .collect(),
                )
            }
            Shape::Enumeration(Enumeration::Integers(values)) => {
                let values = values.iter();
                Parts::Integers(values.map(|it| (it.value, it.name.as_ref())).collect())
            }
            Shape::Union(Union { variants, decision }) => {
                let variants = variants.iter().map(|variant| Choice {
                    ty: &variant.ty,
                    tags: &variant.tags,
                    is_default: variant.is_default,
                    name: variant.name.as_ref(),
                    constraints: &variant.constraints,
                });
                Parts::Union(variants.collect(), decision)
            }
            Shape::Alias(ty) => Parts::Alias(ty),
        };
        Structure {
            shape,
            constraints: &def.constraints,
        }
    }
}

/// What is said of a type and of its parts to people.
#[derive(PartialEq, Hash)]
struct Words<'a> {
    docs: &'a Docs,
    parts: Vec<Word<'a>>,
}

#[derive(PartialEq, Hash)]
enum Word<'a> {
    Field(&'a Docs, Option<&'a Value>),
    Value(Option<&'a Prose>),
    Variant(&'a Docs),
}

impl<'a> Words<'a> {
    fn of(def: &'a TypeDef) -> Self {
        let parts = match &def.shape {
            Shape::Record(record) => {
                let fields = record.fields.iter();
                fields
                    .map(|field| Word::Field(&field.docs, field.example.as_ref()))
                    .collect()
            }
            Shape::Enumeration(Enumeration::Strings(values)) => {
                let values = values.iter();
                values
                    .map(|it| Word::Value(it.description.as_ref()))
                    .collect()
            }
            Shape::Enumeration(Enumeration::Integers(values)) => {
                let values = values.iter();
                values
                    .map(|it| Word::Value(it.description.as_ref()))
                    .collect()
            }
            Shape::Union(union) => {
                let variants = union.variants.iter();
                variants
                    .map(|variant| Word::Variant(&variant.docs))
                    .collect()
            }
            Shape::Alias(_) => Vec::new(),
        };
        Words {
            docs: &def.docs,
            parts,
        }
    }
}
