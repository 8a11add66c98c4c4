//! Defaults that a client can put in the place of what is left out: which cannot, whatever the language.

use super::graph::components;
use super::{AliasKind, TypeFacts};
use crate::model::{
    Access, Additional, Api, Decision, Presence, Record, Scalar, Shape, Type, TypeId, Union,
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How many values a default may come to, those included that are filled into it in turn. Two bytes of an answer make
/// so many.
const MOST_VALUES: usize = 200;

/// How deep a default may nest: as deep as lowering compares it with its type.
const DEEPEST: usize = 16;

/// How many defaults may lead on to others.
const MOST_STEPS: usize = 8;

/// A field that has a default.
type Place = (TypeId, usize);

/// Marks the fields whose default is no more than said: those that lead back to themselves or come to too much, hold a
/// secret, would contradict the tag of a union, travel the other way, or could break what their record demands.
pub(super) fn mark_unfilled(api: &Api, types: &mut [TypeFacts]) {
    let tags = misleading_tags(api, types);
    let mut places: Vec<Place> = Vec::new();
    let mut unfilled: HashSet<Place> = HashSet::new();
    for (id, def) in api.types.iter() {
        let Shape::Record(record) = &def.shape else {
            continue;
        };
        let demands = &def.constraints;
        let is_strict =
            demands.properties.max.is_some() || demands.checked_schemas().next().is_some();
        let is_sent = (types.get(id.index())).is_some_and(|facts| facts.made_by_users);
        for (index, field) in record.fields.iter().enumerate() {
            let Presence::Defaulted(value) = &field.presence else {
                continue;
            };
            let place = (id, index);
            let is_foreign = is_sent && field.access == Access::ReadOnly;
            if is_strict || is_foreign || value.is_null() || tags.contains(&place) {
                unfilled.insert(place);
            } else {
                places.push(place);
            }
        }
    }
    unfilled.extend(overflowing(api, types, &places));
    for (id, index) in unfilled {
        if let Some(facts) = types.get_mut(id.index()) {
            facts.unfilled_fields.insert(index);
        }
    }
}

/// The fields that decide a union, and whose default is not what their variant is known by.
fn misleading_tags(api: &Api, types: &[TypeFacts]) -> HashSet<Place> {
    let mut found = HashSet::new();
    for (_, def) in api.types.iter() {
        let Shape::Union(
            union @ Union {
                decision: Decision::Tag(tag),
                ..
            },
        ) = &def.shape
        else {
            continue;
        };
        for variant in &union.variants {
            let Some((id, record)) = record_of(api, types, &variant.ty) else {
                continue;
            };
            let mut fields = record.fields.iter().enumerate();
            let field = fields.find(|(_, field)| field.name == *tag);
            if let Some((index, field)) = field
                && let Presence::Defaulted(value) = &field.presence
            {
                let mut tags = variant.tags.iter();
                let is_it = tags.any(|tag| value.as_str() == Some(tag.as_str()));
                if !is_it || variant.is_default {
                    found.insert((id, index));
                }
            }
        }
    }
    found
}

/// The record that a type is, behind aliases.
fn record_of<'a>(api: &'a Api, types: &[TypeFacts], ty: &'a Type) -> Option<(TypeId, &'a Record)> {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        let Type::Named(id) = ty.without_null() else {
            return None;
        };
        match &api.types[*id].shape {
            Shape::Record(record) => return Some((*id, record)),
            Shape::Alias(inner) if !is_endless(types, *id) => ty = inner,
            _ => return None,
        }
    }
    None
}

fn is_endless(types: &[TypeFacts], id: TypeId) -> bool {
    types
        .get(id.index())
        .is_some_and(|facts| facts.alias == AliasKind::Endless)
}

/// The fields whose defaults lead back to themselves by way of what is filled into them, hold secrets, or come to too
/// much.
fn overflowing(api: &Api, types: &[TypeFacts], places: &[Place]) -> Vec<Place> {
    let nodes: HashMap<Place, usize> = places.iter().copied().zip(0..).collect();
    let walks: Vec<Walk<'_>> = places
        .iter()
        .map(|place| {
            let mut walk = Walk {
                api,
                types,
                nodes: &nodes,
                next: Vec::new(),
                values: 0,
                is_refused: false,
            };
            if let Shape::Record(record) = &api.types[place.0].shape
                && let Some(field) = record.fields.get(place.1)
                && let Presence::Defaulted(value) = &field.presence
            {
                walk.visit(&field.ty, value, DEEPEST);
            }
            walk
        })
        .collect();
    let graph: Vec<Vec<usize>> = walks.iter().map(|walk| walk.next.clone()).collect();
    let component = components(&graph);
    let mut sizes = vec![0_usize; places.len()];
    for &number in &component {
        if let Some(size) = sizes.get_mut(number) {
            *size += 1;
        }
    }
    // A component is numbered after all that it leads to.
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|node| component.get(*node).copied());
    // How many values a default comes to, and by how many steps; `None` if it is not filled in.
    let mut extents: Vec<Option<(usize, usize)>> = vec![None; places.len()];
    for node in order {
        let Some(walk) = walks.get(node) else {
            continue;
        };
        let size = component.get(node).and_then(|number| sizes.get(*number));
        if size != Some(&1) || walk.next.contains(&node) || walk.is_refused {
            continue;
        }
        let (mut values, mut steps) = (walk.values, 1);
        for (more, further) in walk.next.iter().filter_map(|next| *extents.get(*next)?) {
            values += more;
            steps = steps.max(further + 1);
        }
        if let Some(extent) = extents.get_mut(node)
            && values <= MOST_VALUES
            && steps <= MOST_STEPS
        {
            *extent = Some((values, steps));
        }
    }
    let places = places.iter().zip(extents);
    places
        .filter_map(|(place, extent)| extent.is_none().then_some(*place))
        .collect()
}

/// What reading a default comes to.
struct Walk<'a> {
    api: &'a Api,
    types: &'a [TypeFacts],
    nodes: &'a HashMap<Place, usize>,
    /// The fields that it leaves out, whose defaults are filled in then.
    next: Vec<usize>,
    values: usize,
    is_refused: bool,
}

impl Walk<'_> {
    /// The recursion is limited by `left`, and all of it by the number of values.
    fn visit(&mut self, ty: &Type, value: &Value, left: usize) {
        self.values += 1;
        let Some(left) = left.checked_sub(1).filter(|_| self.values <= MOST_VALUES) else {
            self.is_refused = true;
            return;
        };
        match (ty, value) {
            (Type::Scalar(Scalar::Secret), _) => self.is_refused = true,
            (Type::Nullable(inner), value) if !value.is_null() => self.visit(inner, value, left),
            (Type::List(item), Value::Array(values)) => {
                values
                    .iter()
                    .for_each(|value| self.visit(item, value, left));
            }
            (Type::Tuple(items), Value::Array(values)) => {
                let items = items.iter().zip(values);
                items.for_each(|(ty, value)| self.visit(ty, value, left));
            }
            (Type::Map(_, ty), Value::Object(members)) => {
                let values = members.values();
                values.for_each(|value| self.visit(ty, value, left));
            }
            (Type::Named(id), _) => match &self.api.types[*id].shape {
                Shape::Alias(_) if is_endless(self.types, *id) => {}
                Shape::Alias(inner) => self.visit(inner, value, left),
                Shape::Record(record) => self.visit_record(*id, record, value, left),
                // Which it is, is decided when it is read; each of them might be.
                Shape::Union(union) => {
                    let variants = union.variants.iter();
                    variants.for_each(|variant| self.visit(&variant.ty, value, left));
                }
                Shape::Enumeration(_) => {}
            },
            _ => {}
        }
    }

    fn visit_record(&mut self, id: TypeId, record: &Record, value: &Value, left: usize) {
        let Some(members) = value.as_object() else {
            return;
        };
        for (index, field) in record.fields.iter().enumerate() {
            match members.get(field.name.as_str()) {
                Some(value) => self.visit(&field.ty, value, left),
                None => self.next.extend(self.nodes.get(&(id, index))),
            }
        }
        if let Additional::Kept(ty) = &record.additional {
            let is_field = |key: &str| record.fields.iter().any(|field| field.name.as_str() == key);
            for (key, value) in members {
                if !is_field(key) {
                    self.visit(ty, value, left);
                }
            }
        }
    }
}
