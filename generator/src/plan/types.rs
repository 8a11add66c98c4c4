//! The types of the client.

use super::convert::Types;
use super::docs::plan_value_docs;
use super::members::{plan_record, plan_union};
use super::names::{Kind, Scope, Wish};
use super::reserved::Place;
use crate::analysis::{AliasKind, TypeFacts};
use crate::model::{Enumeration, EnumerationValue, Shape, Type, TypeDef, TypeId};
use crate::rust::{
    Docs, EnumItem, EnumVariantItem, NewtypeItem, Paragraph, RustName, RustType, TypeBody, TypeItem,
};
use serde_json::Value;
use std::collections::HashSet;
use std::hash::Hash;

/// One item for each type of the model, at the same index.
pub(super) fn plan_types(types: &Types<'_>) -> Vec<TypeItem> {
    types
        .api
        .types
        .iter()
        .map(|(id, def)| TypeItem {
            name: types.name(id),
            docs: plan_value_docs(types.formats, &def.docs, None, &def.constraints, None),
            body: plan_body(types, id, def, &types.facts.of(id)),
            has_files: types.facts.of(id).file,
        })
        .collect()
}

fn plan_body(types: &Types<'_>, id: TypeId, def: &TypeDef, facts: &TypeFacts) -> TypeBody {
    match &def.shape {
        Shape::Record(record) => TypeBody::Record(plan_record(types, record, facts)),
        Shape::Union(union) => TypeBody::Union(plan_union(types, id, union, facts)),
        Shape::Enumeration(Enumeration::Strings(values)) => {
            TypeBody::StringEnum(plan_enum(values, String::clone))
        }
        Shape::Enumeration(Enumeration::Integers(values)) => {
            TypeBody::IntegerEnum(plan_enum(values, i64::to_string))
        }
        Shape::Alias(ty) => plan_alias(types, ty, facts),
    }
}

fn plan_alias(types: &Types<'_>, ty: &Type, facts: &TypeFacts) -> TypeBody {
    match facts.alias {
        AliasKind::Plain => TypeBody::Alias(types.plan_type(ty)),
        AliasKind::Endless => TypeBody::Alias(RustType::Json),
        AliasKind::Newtype => TypeBody::Newtype(NewtypeItem {
            ty: types.plan_boxed(ty),
            comparable: facts.is_comparable(),
        }),
    }
}

/// The variant of a value, if the enumeration has it.
pub(super) fn plan_variant(list: &Enumeration, value: &Value) -> Option<RustName> {
    match list {
        Enumeration::Strings(values) => {
            let value = value.as_str()?;
            variant_of(plan_enum(values, String::clone), |other| other == value)
        }
        Enumeration::Integers(values) => {
            let value = value.as_i64()?;
            variant_of(plan_enum(values, i64::to_string), |other| *other == value)
        }
    }
}

fn variant_of<T>(planned: EnumItem<T>, is_it: impl Fn(&T) -> bool) -> Option<RustName> {
    let mut variants = planned.variants.into_iter();
    Some(variants.find(|variant| is_it(&variant.value))?.name)
}

fn plan_enum<T: Clone + Eq + Hash>(
    values: &[EnumerationValue<T>],
    spell: impl Fn(&T) -> String,
) -> EnumItem<T> {
    let mut seen = HashSet::new();
    let values: Vec<&EnumerationValue<T>> = values
        .iter()
        .filter(|value| seen.insert(value.value.clone()))
        .collect();
    let texts: Vec<String> = values
        .iter()
        .map(|value| match &value.name {
            Some(name) => name.as_str().to_owned(),
            None => spell(&value.value),
        })
        .collect();
    let wishes: Vec<Wish<'_>> = texts.iter().map(|text| Wish::of(text)).collect();
    let mut scope = Scope::new(Kind::Variant, Place::Local);
    let names = scope.add(&wishes);
    EnumItem {
        variants: names
            .into_iter()
            .zip(values)
            .map(|(name, value)| EnumVariantItem {
                name,
                value: value.value.clone(),
                docs: Docs {
                    paragraphs: value
                        .description
                        .iter()
                        .cloned()
                        .map(Paragraph::Prose)
                        .collect(),
                    deprecated: false,
                },
            })
            .collect(),
        fallback: scope.add_first_free(&["Unknown", "Other", "Unlisted"]),
    }
}
