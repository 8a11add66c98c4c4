//! Properties that can have one value only: constants, and the properties by which unions are decided.

use super::context::Lowering;
use super::keywords::Part;
use crate::model::{
    Arena, Decision, Enumeration, Field, Scalar, Shape, Type, TypeDef, TypeId, WireName,
};
use serde_json::Value;
use std::collections::HashMap;

/// How many aliases in a row are followed.
const HOPS: usize = 32;

impl<'d> Lowering<'d> {
    /// The only value that satisfies the parts, if one of them lists a single one.
    pub(super) fn constant(&mut self, parts: &[Part<'d>]) -> Option<Value> {
        for part in self.flatten(parts) {
            let Some(keywords) = self
                .resolved_part(&part)
                .and_then(|resolved| resolved.keywords())
            else {
                continue;
            };
            if let [value] = keywords.enumeration.as_slice()
                && !value.is_null()
            {
                return Some(value.clone());
            }
        }
        None
    }
}

/// Notes in the records that are variants of unions what the deciding property is there, where all unions agree.
pub(super) fn mark_tags(types: &mut Arena<TypeDef>) {
    let mut tags: HashMap<(TypeId, WireName), Option<WireName>> = HashMap::new();
    for (_, def) in types.iter() {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        let Decision::Tag(property) = &union.decision else {
            continue;
        };
        for variant in &union.variants {
            let Some(id) = record_of(types, &variant.ty) else {
                continue;
            };
            let tag = match variant.tags.as_slice() {
                // A value of the default variant may have any tag.
                [tag] if !variant.is_default => Some(tag.clone()),
                _ => None,
            };
            tags.entry((id, property.clone()))
                .and_modify(|known| {
                    if *known != tag {
                        *known = None;
                    }
                })
                .or_insert(tag);
        }
    }
    for ((id, property), tag) in tags {
        let Some(tag) = tag else {
            continue;
        };
        let is_possible = may_be(types, id, &property, tag.as_str());
        if let Some(TypeDef {
            shape: Shape::Record(record),
            ..
        }) = types.get_mut(id)
            && let Some(field) = record.fields.iter_mut().find(|f| f.name == property)
            && field.constant.is_none()
            && is_possible
        {
            field.constant = Some(Value::from(tag.as_str()));
        }
    }
}

fn record_of(types: &Arena<TypeDef>, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..HOPS {
        let Type::Named(id) = ty else {
            return None;
        };
        match &types[*id].shape {
            Shape::Alias(target) => ty = target,
            Shape::Record(_) => return Some(*id),
            _ => return None,
        }
    }
    None
}

/// Whether a property of a record takes a text.
fn may_be(types: &Arena<TypeDef>, id: TypeId, property: &WireName, text: &str) -> bool {
    let Shape::Record(record) = &types[id].shape else {
        return false;
    };
    let found = |field: &&Field| field.name == *property;
    let Some(mut ty) = record.fields.iter().find(found).map(|field| &field.ty) else {
        return false;
    };
    for _ in 0..HOPS {
        match ty {
            Type::Scalar(Scalar::String) => return true,
            Type::Named(id) => match &types[*id].shape {
                Shape::Alias(target) => ty = target,
                Shape::Enumeration(Enumeration::Strings(values)) => {
                    return values.iter().any(|value| value.value == text);
                }
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}
