//! Arrays whose items have a type by position (`prefixItems` of JSON Schema 2020-12).

use super::context::Lowering;
use super::keywords::{Keywords, Node, Part};
use super::names::Names;
use super::schema::{Facet, Outcome};
use crate::load::is_tuple;
use crate::model::Type;

impl<'d> Lowering<'d> {
    /// Whether the first of the facets that describe items gives each a position.
    pub(super) fn is_tuple(&self, facets: &[Facet<'d>]) -> bool {
        let mut described = facets.iter().filter(|facet| facet.keywords.items.is_some());
        described.next().is_some_and(is_marked)
    }

    /// A tuple. What other parts of an allOf say of all items holds for each.
    pub(super) fn lower_tuple(&mut self, facets: &[Facet<'d>], names: &Names) -> Outcome {
        let mut positions: Vec<Vec<Part<'d>>> = Vec::new();
        for facet in facets {
            let Some(items) = facet.keywords.items else {
                continue;
            };
            let at = facet.part.at.child("items");
            match items {
                Node::Schema(schema) if is_marked(facet) => {
                    let members = Keywords::of(schema).any_of;
                    let place = at.child("anyOf");
                    for (index, member) in members.iter().enumerate() {
                        let part = Part::whole(member, place.index(index));
                        match positions.get_mut(index) {
                            Some(parts) => parts.push(part),
                            None => positions.push(vec![part]),
                        }
                    }
                }
                _ => {
                    for parts in &mut positions {
                        parts.push(Part::whole(items, at.clone()));
                    }
                }
            }
        }
        let mut types = Vec::with_capacity(positions.len());
        for (index, parts) in positions.iter().enumerate() {
            let position = format!("item{}", index + 1);
            types.push(self.lower_parts(parts, &names.child(&position)));
        }
        Outcome::Type(Type::Tuple(types))
    }
}

fn is_marked(facet: &Facet<'_>) -> bool {
    is_tuple(facet.keywords.data)
}
