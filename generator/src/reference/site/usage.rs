//! Where each type is used.

use crate::model::{
    Additional, Api, MapKey, OperationId, RequestBody, Response, Shape, Type, TypeId,
};
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
            let mut named = Vec::new();
            for parameter in &operation.parameters {
                names(&parameter.ty, &mut named);
            }
            let bodies = operation.body.iter().flat_map(RequestBody::contents);
            let bodies = bodies.filter_map(|content| content.kind.ty());
            let answers = operation.responses.iter().flat_map(Response::types);
            for ty in bodies.chain(answers) {
                names(ty, &mut named);
            }
            for ty in named {
                if let Some(users) = usage.operations.get_mut(ty.index()) {
                    users.insert(id);
                }
            }
        }
        for (index, sent) in api.incoming.iter().enumerate() {
            let mut named = Vec::new();
            for ty in sent.received_types().chain(sent.answered_types()) {
                names(ty, &mut named);
            }
            for ty in named {
                if let Some(users) = usage.incoming.get_mut(ty.index()) {
                    users.insert(index);
                }
            }
        }
        for (id, def) in api.types.iter() {
            for ty in shape_names(&def.shape) {
                if let Some(users) = usage.types.get_mut(ty.index()) {
                    users.insert(id);
                }
            }
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

fn shape_names(shape: &Shape) -> Vec<TypeId> {
    let mut named = Vec::new();
    match shape {
        Shape::Record(record) => {
            for field in &record.fields {
                names(&field.ty, &mut named);
            }
            if let Additional::Kept(ty) = &record.additional {
                names(ty, &mut named);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                names(&variant.ty, &mut named);
            }
        }
        Shape::Alias(ty) => names(ty, &mut named),
        Shape::Enumeration(_) => {}
    }
    named
}

/// The recursion follows the type, whose depth is limited.
fn names(ty: &Type, named: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => named.push(*id),
        Type::Map(key, inner) => {
            if let MapKey::Named(id) = key {
                named.push(*id);
            }
            names(inner, named);
        }
        Type::List(inner) | Type::Nullable(inner) => names(inner, named),
        Type::Tuple(items) => items.iter().for_each(|item| names(item, named)),
        Type::Scalar(_) | Type::Json => {}
    }
}
