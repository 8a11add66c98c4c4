//! What the keys and the values of maps are.

use super::context::Lowering;
use super::keywords::{Keywords, Node, Part};
use super::names::Names;
use super::schema::Facet;
use crate::load::has_keys;
use crate::model::{MapKey, Scalar, Type};
use crate::source::Pointer;
use openapiv3::AdditionalProperties;

impl<'d> Keywords<'d> {
    /// The schema of the properties that are not listed, and where it stands.
    pub(super) fn values(&self, at: &Pointer) -> Option<(Node<'d>, Pointer)> {
        let place = at.child("additionalProperties");
        match self.keys_and_values() {
            Some((_, values)) => Some((values, place.child("anyOf").index(1))),
            None => match self.additional {
                Some(AdditionalProperties::Schema(schema)) => {
                    Some((Node::from(schema.as_ref()), place))
                }
                _ => None,
            },
        }
    }

    fn keys_and_values(&self) -> Option<(Node<'d>, Node<'d>)> {
        let Some(AdditionalProperties::Schema(schema)) = self.additional else {
            return None;
        };
        match (has_keys(self.data), Node::from(schema.as_ref())) {
            (true, Node::Schema(schema)) => match Keywords::of(schema).any_of {
                [keys, values] => Some((Node::from(keys), Node::from(values))),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'d> Lowering<'d> {
    /// What the keys of a map are.
    pub(super) fn lower_keys(&mut self, facets: &[Facet<'d>], names: &Names) -> MapKey {
        let found = facets.iter().find_map(|facet| {
            let (keys, _) = facet.keywords.keys_and_values()?;
            let list = facet.part.at.child("additionalProperties").child("anyOf");
            Some(Part::whole(keys, list.index(0)))
        });
        let keys = found.map(|part| self.lower_without_null(&[part], &names.child("key")));
        match keys {
            None | Some(Type::Scalar(Scalar::String)) => MapKey::Text,
            Some(Type::Scalar(scalar)) => MapKey::Scalar(scalar),
            Some(Type::Named(id)) => MapKey::Named(id),
            Some(_) => MapKey::Text,
        }
    }
}
