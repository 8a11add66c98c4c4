//! Types that contain themselves with nothing between: no finite value has them, and a blank one could not be made.

use super::graph::{components, held};
use super::{AliasKind, InfinitePlace, TypeFacts};
use crate::model::{Api, Shape, Type, TypeId};

/// Finds the types without a finite value. A record's field in such a circle is taken as optional; an alias in a
/// circle of nothing but aliases is any JSON.
pub(super) fn mark_infinite(api: &Api, types: &mut [TypeFacts]) -> Vec<InfinitePlace> {
    let finite = finite_types(api);
    if finite.iter().all(|finite| *finite) {
        return Vec::new();
    }
    let is_infinite = |id: TypeId| finite.get(id.index()) == Some(&false);
    let graph: Vec<Vec<usize>> = api
        .types
        .ids()
        .map(|id| {
            let mut next = Vec::new();
            if is_infinite(id) {
                for (_, target) in needs(api, id) {
                    if is_infinite(target) {
                        next.push(target.index());
                    }
                }
            }
            next
        })
        .collect();
    let component = components(&graph);
    let in_same = |a: TypeId, b: TypeId| component.get(a.index()) == component.get(b.index());
    let has_record: Vec<bool> = {
        let mut has = vec![false; api.types.len()];
        for (id, def) in api.types.iter() {
            if !matches!(def.shape, Shape::Alias(_))
                && let Some(slot) = component.get(id.index()).and_then(|&c| has.get_mut(c))
            {
                *slot = true;
            }
        }
        has
    };
    let mut places = Vec::new();
    for (id, def) in api.types.iter().filter(|(id, _)| is_infinite(*id)) {
        let Some(facts) = types.get_mut(id.index()) else {
            continue;
        };
        let circle: Vec<usize> = needs(api, id)
            .into_iter()
            .filter(|(_, target)| is_infinite(*target) && in_same(id, *target))
            .map(|(place, _)| place)
            .collect();
        match &def.shape {
            Shape::Record(_) => {
                for field in circle {
                    if facts.relaxed_fields.last() != Some(&field) {
                        facts.relaxed_fields.push(field);
                        places.push(InfinitePlace {
                            ty: id,
                            field: Some(field),
                        });
                    }
                }
            }
            Shape::Alias(_) if !circle.is_empty() => {
                let lonely =
                    component.get(id.index()).and_then(|&c| has_record.get(c)) == Some(&false);
                if lonely {
                    facts.alias = AliasKind::Endless;
                    places.push(InfinitePlace {
                        ty: id,
                        field: None,
                    });
                }
            }
            _ => {}
        }
    }
    places
}

/// What a value of the type must hold, each with the position of the field or variant that says so.
fn needs(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let mut found = Vec::new();
    let mut add = |place: usize, ty: &Type| {
        let mut ids = Vec::new();
        if !matches!(ty, Type::Nullable(_)) {
            held_and_needed(ty, &mut ids);
        }
        found.extend(ids.into_iter().map(|id| (place, id)));
    };
    match &api.types[id].shape {
        Shape::Record(record) => {
            for (index, field) in record.fields.iter().enumerate() {
                if field.presence.is_required() {
                    add(index, &field.ty);
                }
            }
        }
        Shape::Union(union) => {
            for (index, variant) in union.variants.iter().enumerate() {
                add(index, &variant.ty);
            }
        }
        Shape::Alias(ty) => add(0, ty),
        Shape::Enumeration(_) => {}
    }
    found
}

fn held_and_needed(ty: &Type, ids: &mut Vec<TypeId>) {
    match ty {
        Type::Tuple(items) => items.iter().for_each(|item| held_and_needed(item, ids)),
        Type::Named(_) => held(ty, ids),
        _ => {}
    }
}

/// Whether each type has a finite value: the least solution, grown from the types that need no other.
fn finite_types(api: &Api) -> Vec<bool> {
    let count = api.types.len();
    let mut finite = vec![false; count];
    // What is still missing: of a union one number for each variant, of others one number.
    let mut missing: Vec<Vec<usize>> = Vec::with_capacity(count);
    let mut wanted_by: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    let mut open = Vec::new();
    for (id, def) in api.types.iter() {
        let slots = match &def.shape {
            Shape::Union(union) => union.variants.len().max(1),
            _ => 1,
        };
        let mut counts = vec![0_usize; slots];
        for (place, target) in needs(api, id) {
            let slot = if slots == 1 { 0 } else { place };
            if let (Some(count), Some(list)) =
                (counts.get_mut(slot), wanted_by.get_mut(target.index()))
            {
                *count += 1;
                list.push((id.index(), slot));
            }
        }
        if counts.contains(&0) {
            open.push(id.index());
        }
        missing.push(counts);
    }
    while let Some(node) = open.pop() {
        match finite.get_mut(node) {
            Some(flag) if !*flag => *flag = true,
            _ => continue,
        }
        for &(user, slot) in wanted_by.get(node).into_iter().flatten() {
            if let Some(count) = missing
                .get_mut(user)
                .and_then(|counts| counts.get_mut(slot))
            {
                *count -= 1;
                if *count == 0 {
                    open.push(user);
                }
            }
        }
    }
    finite
}
