//! Recursion: where a value would hold itself, and where an alias would expand for ever.

use super::graph::{back_edges, held, mentioned};
use super::{AliasKind, TypeFacts};
use crate::model::{Api, Shape, Type, TypeId};

/// Marks the aliases that must be types of their own: one in every cycle of aliases, through arrays and maps too.
pub(super) fn mark_newtypes(api: &Api, types: &mut [TypeFacts]) {
    let aliases: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|(_, def)| {
            let mut found = Vec::new();
            if let Shape::Alias(ty) = &def.shape {
                mentioned(ty, &mut found);
            }
            found
        })
        .collect();
    for (node, position) in back_edges(&aliases) {
        let target = aliases.get(node).and_then(|next| next.get(position));
        if let Some(facts) = target.and_then(|&target| types.get_mut(target)) {
            facts.alias = AliasKind::Newtype;
        }
    }
}

/// Marks the fields that must be boxed: one in every cycle of records that hold each other by value. Unions box their
/// variants and newtypes what they hold, so cycles through them are broken already.
pub(super) fn mark_boxes(api: &Api, types: &mut [TypeFacts]) {
    let expanded = expand_aliases(api, types);
    let mut graph = Vec::with_capacity(api.types.len());
    let mut fields = Vec::with_capacity(api.types.len());
    for (_, def) in api.types.iter() {
        let mut targets = Vec::new();
        let mut owners = Vec::new();
        if let Shape::Record(record) = &def.shape {
            for (index, field) in record.fields.iter().enumerate() {
                for target in records_held(&field.ty, api, types, &expanded) {
                    targets.push(target);
                    owners.push(index);
                }
            }
        }
        graph.push(targets);
        fields.push(owners);
    }
    for (node, position) in back_edges(&graph) {
        let field = fields.get(node).and_then(|owners| owners.get(position));
        if let (Some(facts), Some(&field)) = (types.get_mut(node), field)
            && facts.boxed_fields.last() != Some(&field)
        {
            facts.boxed_fields.push(field);
        }
    }
}

/// For each alias, the records that a value of it holds.
fn expand_aliases(api: &Api, types: &[TypeFacts]) -> Vec<Vec<usize>> {
    let mut expanded: Vec<Option<Vec<usize>>> = vec![None; api.types.len()];
    for root in api.types.ids() {
        let mut open = vec![root];
        while let Some(&id) = open.last() {
            let inner = aliases_held(api, types, id);
            let missing = inner
                .iter()
                .find(|inner| matches!(expanded.get(inner.index()), Some(None)));
            // Newtypes break every cycle of aliases, so the list of open ones never meets itself.
            match missing {
                Some(&missing) if open.len() <= api.types.len() => open.push(missing),
                _ => {
                    let records = match &api.types[id].shape {
                        Shape::Alias(ty) => collect_records(ty, api, types, &expanded),
                        _ => Vec::new(),
                    };
                    if let Some(slot) = expanded.get_mut(id.index()) {
                        *slot = Some(records);
                    }
                    open.pop();
                }
            }
        }
    }
    expanded
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}

fn aliases_held(api: &Api, types: &[TypeFacts], id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    if let Shape::Alias(ty) = &api.types[id].shape {
        held(ty, &mut found);
    }
    found.retain(|&id| is_plain_alias(api, types, id));
    found
}

fn is_plain_alias(api: &Api, types: &[TypeFacts], id: TypeId) -> bool {
    matches!(api.types[id].shape, Shape::Alias(_))
        && types
            .get(id.index())
            .is_some_and(|facts| facts.alias == AliasKind::Plain)
}

fn collect_records(
    ty: &Type,
    api: &Api,
    types: &[TypeFacts],
    expanded: &[Option<Vec<usize>>],
) -> Vec<usize> {
    let mut found = Vec::new();
    held(ty, &mut found);
    let mut records: Vec<usize> = Vec::new();
    for id in found {
        match &api.types[id].shape {
            Shape::Record(_) => records.push(id.index()),
            Shape::Alias(_) if is_plain_alias(api, types, id) => {
                records.extend(expanded.get(id.index()).into_iter().flatten().flatten());
            }
            _ => {}
        }
    }
    records.sort_unstable();
    records.dedup();
    records
}

fn records_held(ty: &Type, api: &Api, types: &[TypeFacts], expanded: &[Vec<usize>]) -> Vec<usize> {
    let mut found = Vec::new();
    held(ty, &mut found);
    let mut records = Vec::new();
    for id in found {
        match &api.types[id].shape {
            Shape::Record(_) => records.push(id.index()),
            Shape::Alias(_) if is_plain_alias(api, types, id) => {
                records.extend(expanded.get(id.index()).into_iter().flatten());
            }
            _ => {}
        }
    }
    records
}
