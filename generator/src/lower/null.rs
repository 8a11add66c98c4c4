//! Which schemas allow null.

use super::context::Lowering;
use super::keywords::{Keywords, Node, Part};
use crate::model::Type;

/// How many components in a row are followed to see whether null is allowed.
const MAX_NULL_DEPTH: usize = 128;

impl<'d> Lowering<'d> {
    /// Whether null satisfies a part.
    pub(super) fn admits_null(&mut self, part: &Part<'d>) -> bool {
        self.admits_null_within(part, MAX_NULL_DEPTH)
    }

    fn admits_null_within(&mut self, part: &Part<'d>, depth: usize) -> bool {
        if depth == 0 {
            return false;
        }
        let schema = match part.node {
            Node::Schema(schema) => schema,
            Node::Reference(reference) => {
                let Some((name, schema)) = self.schema_component(reference) else {
                    return false;
                };
                if let Some(known) = self.component_nullability.get(name) {
                    return *known;
                }
                // A component that is looked at through itself adds nothing to the answer.
                self.component_nullability.insert(name, false);
                let part = Part::whole(schema, Self::schema_pointer(name));
                let admits = self.admits_null_within(&part, depth - 1);
                self.component_nullability.insert(name, admits);
                return admits;
            }
        };
        let keywords = Keywords::of(schema);
        if keywords.data.nullable
            || keywords.is_null_only()
            || keywords.enumeration.iter().any(|value| value.is_null())
        {
            return true;
        }
        let is_bare = keywords.kind.is_none() && keywords.properties.is_none();
        let alternatives = [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)];
        for (keyword, variants) in alternatives {
            let place = part.at.child(keyword);
            for (index, variant) in variants.iter().enumerate() {
                if is_bare
                    && self.admits_null_within(&Part::whole(variant, place.index(index)), depth - 1)
                {
                    return true;
                }
            }
        }
        let place = part.at.child("allOf");
        let mut members = Vec::new();
        for (index, member) in keywords.all_of.iter().enumerate() {
            let member = Part::whole(member, place.index(index));
            if member
                .keywords()
                .is_none_or(|keywords| keywords.is_structural())
            {
                members.push(member);
            }
        }
        is_bare
            && !members.is_empty()
            && members
                .iter()
                .all(|member| self.admits_null_within(member, depth - 1))
    }
}

/// A type or null.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) | Type::Json => ty,
        other => Type::Nullable(Box::new(other)),
    }
}
