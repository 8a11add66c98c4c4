//! Use: which types requests hold, which hold secrets, and what of the runtime is used.

use super::TypeFacts;
use super::graph::{mentioned, reachable, references};
use crate::model::{Api, MapKey, RequestBody, Response, Scalar, Type};
use std::collections::HashSet;

/// Marks the types that a user makes: those that requests reach, and those that no operation reaches.
pub(super) fn mark_users(api: &Api, types: &mut [TypeFacts]) {
    let graph = references(api);
    let mut requests = Vec::new();
    let mut responses = Vec::new();
    for (_, operation) in api.operations.iter() {
        for parameter in &operation.parameters {
            mentioned(&parameter.ty, &mut requests);
        }
        if let Some(body) = &operation.body {
            let types = body.contents().filter_map(|content| content.kind.ty());
            types.for_each(|ty| mentioned(ty, &mut requests));
        }
        for response in &operation.responses {
            response
                .types()
                .for_each(|ty| mentioned(ty, &mut responses));
        }
    }
    for incoming in &api.incoming {
        let received = incoming.received_types();
        received.for_each(|ty| mentioned(ty, &mut responses));
        let answered = incoming.answered_types();
        answered.for_each(|ty| mentioned(ty, &mut requests));
    }
    let in_requests = reachable(&graph, requests);
    let in_responses = reachable(&graph, responses);
    for ((facts, request), response) in types.iter_mut().zip(in_requests).zip(in_responses) {
        facts.made_by_users = request || !response;
    }
}

/// Marks the types that hold a secret, and those that hold a file, however deep.
pub(super) fn mark_contents(api: &Api, types: &mut [TypeFacts]) {
    let graph = references(api);
    let mut users = vec![Vec::new(); graph.len()];
    for (node, targets) in graph.iter().enumerate() {
        for &target in targets {
            if let Some(list) = users.get_mut(target) {
                list.push(node);
            }
        }
    }
    let (mut secrets, mut files) = (Vec::new(), Vec::new());
    for (id, _) in api.types.iter() {
        api.types[id].shape.each_type(&mut |ty| {
            any_scalar(ty, &mut |scalar| {
                match scalar {
                    Scalar::Secret => secrets.push(id.index()),
                    Scalar::Binary => files.push(id.index()),
                    _ => {}
                }
                false
            });
        });
    }
    for (facts, secret) in types.iter_mut().zip(reachable(&users, secrets)) {
        facts.secret = secret;
    }
    for (facts, file) in types.iter_mut().zip(reachable(&users, files)) {
        facts.file = file;
    }
}

/// The scalars that types, parameters and bodies hold.
pub(super) fn scalars(api: &Api) -> HashSet<Scalar> {
    let mut used = HashSet::new();
    each_type(api, &mut |ty| {
        any_scalar(ty, &mut |scalar| {
            used.insert(scalar);
            false
        });
    });
    used
}

/// What the keys of maps are that are not any text.
pub(super) fn keys(api: &Api) -> HashSet<MapKey> {
    let mut used = HashSet::new();
    each_type(api, &mut |ty| any_key(ty, &mut used));
    used
}

fn each_type(api: &Api, look: &mut dyn FnMut(&Type)) {
    for id in api.types.ids() {
        api.types[id].shape.each_type(look);
    }
    for (_, operation) in api.operations.iter() {
        operation
            .parameters
            .iter()
            .for_each(|parameter| look(&parameter.ty));
        let bodies = operation.body.iter().flat_map(RequestBody::contents);
        let bodies = bodies.filter_map(|content| content.kind.ty());
        let replies = operation.responses.iter().flat_map(Response::types);
        bodies.chain(replies).for_each(&mut *look);
    }
    for incoming in &api.incoming {
        let types = incoming.received_types().chain(incoming.answered_types());
        types.for_each(&mut *look);
    }
}

fn any_scalar(ty: &Type, is: &mut dyn FnMut(Scalar) -> bool) -> bool {
    match ty {
        Type::Scalar(scalar) => is(*scalar),
        Type::Map(MapKey::Scalar(key), inner) => is(*key) || any_scalar(inner, is),
        Type::List(inner) | Type::Map(_, inner) | Type::Nullable(inner) => any_scalar(inner, is),
        Type::Tuple(items) => items.iter().any(|item| any_scalar(item, is)),
        Type::Named(_) | Type::Json => false,
    }
}

fn any_key(ty: &Type, used: &mut HashSet<MapKey>) {
    match ty {
        Type::List(inner) | Type::Nullable(inner) => any_key(inner, used),
        Type::Map(key, inner) => {
            if *key != MapKey::Text {
                used.insert(*key);
            }
            any_key(inner, used);
        }
        Type::Tuple(items) => items.iter().for_each(|item| any_key(item, used)),
        Type::Scalar(_) | Type::Named(_) | Type::Json => {}
    }
}
