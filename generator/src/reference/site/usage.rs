//! Where each type is used.

use crate::model::{Api, OperationId, RequestBody, Response, Type, TypeId};
use std::collections::BTreeSet;

/// For each type, what names it.
pub struct Usage {
    operations: Vec<BTreeSet<OperationId>>,
    types: Vec<BTreeSet<TypeId>>,
    incoming: Vec<BTreeSet<usize>>,
}

impl Usage {
    /// Looks at every place that can name a type, once.
    pub fn new(api: &Api) -> Self {
        let mut usage = Usage {
            operations: vec![BTreeSet::new(); api.types.len()],
            types: vec![BTreeSet::new(); api.types.len()],
            incoming: vec![BTreeSet::new(); api.types.len()],
        };
        for (id, operation) in api.operations.iter() {
            let mut look = |ty: &Type| ty.each_named(&mut |ty| add(&mut usage.operations, ty, id));
            for parameter in &operation.parameters {
                look(&parameter.ty);
            }
            let bodies = operation.body.iter().flat_map(RequestBody::contents);
            let bodies = bodies.filter_map(|content| content.kind.ty());
            let answers = operation.responses.iter().flat_map(Response::types);
            bodies.chain(answers).for_each(look);
        }
        for (index, sent) in api.incoming.iter().enumerate() {
            for ty in sent.received_types().chain(sent.answered_types()) {
                ty.each_named(&mut |ty| add(&mut usage.incoming, ty, index));
            }
        }
        for (id, def) in api.types.iter() {
            (def.shape).each_named(&mut |ty| add(&mut usage.types, ty, id));
        }
        usage
    }

    /// The operations that name a type.
    pub fn operations(&self, id: TypeId) -> impl Iterator<Item = OperationId> {
        self.operations
            .get(id.index())
            .into_iter()
            .flatten()
            .copied()
    }

    /// What the API sends that names a type, by its place among all that it sends.
    pub fn incoming(&self, id: TypeId) -> impl Iterator<Item = usize> {
        self.incoming.get(id.index()).into_iter().flatten().copied()
    }

    /// The types that name a type.
    pub fn types(&self, id: TypeId) -> impl Iterator<Item = TypeId> {
        self.types.get(id.index()).into_iter().flatten().copied()
    }
}

/// Notes that something names a type.
fn add<T: Ord>(users: &mut [BTreeSet<T>], ty: TypeId, user: T) {
    if let Some(users) = users.get_mut(ty.index()) {
        users.insert(user);
    }
}
