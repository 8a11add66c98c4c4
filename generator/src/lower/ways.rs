//! readOnly and writeOnly: one type for both ways where that serves, two where a property that must be there travels
//! one way only.

use crate::model::{
    Access, Additional, Api, Arena, Content, ContentKind, Field, Incoming, Operation, Presence,
    Record, RequestBody, Response, Shape, Type, TypeDef, TypeId, TypeName, WireName,
};
use std::collections::HashMap;

/// Gives types that cannot serve both ways a twin for requests, and asks nobody for what does not travel.
pub(super) fn part_ways(api: &mut Api) {
    let requests = reachable(
        &api.types,
        |operation, found| {
            request_types(operation, &mut |ty| ty.each_named(&mut |id| found.push(id)));
        },
        api,
        Incoming::answered_types,
    );
    let responses = reachable(
        &api.types,
        |operation, found| {
            response_types(operation, &mut |ty| ty.each_named(&mut |id| found.push(id)));
        },
        api,
        Incoming::received_types,
    );
    let is_in = |list: &[bool], id: TypeId| list.get(id.index()) == Some(&true);
    let twins = twins(&api.types, |id| {
        is_in(&requests, id) && is_in(&responses, id)
    });
    let mut ids: HashMap<TypeId, TypeId> = HashMap::new();
    for id in &twins {
        let def = request_form(&api.types[*id]);
        ids.insert(*id, api.types.push(def));
    }
    for twin in ids.values() {
        if let Some(def) = api.types.get_mut(*twin) {
            redirect_shape(&mut def.shape, &ids);
        }
    }
    for id in api.operations.ids() {
        if let Some(operation) = api.operations.get_mut(id) {
            redirect_request(operation, &ids);
        }
    }
    for incoming in &mut api.incoming {
        let answers = incoming.responses.iter_mut();
        for content in answers.flat_map(Response::contents_mut) {
            redirect_content(content, &ids);
        }
    }
    for id in api.types.ids() {
        let (sent, received) = (is_in(&requests, id), is_in(&responses, id));
        let is_twin = ids.contains_key(&id);
        let lacks = match (sent, received) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (true, true) if is_twin => Access::WriteOnly,
            _ => continue,
        };
        if let Some(def) = api.types.get_mut(id) {
            relax(def, lacks);
        }
    }
}

/// The types that need a twin, in their order: those with a property that must be there and travels one way only, and
/// those that lead to one.
fn twins(types: &Arena<TypeDef>, serves_both: impl Fn(TypeId) -> bool) -> Vec<TypeId> {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    let mut open = Vec::new();
    for (id, def) in types.iter().filter(|(id, _)| serves_both(*id)) {
        let mut found = Vec::new();
        def.shape.each_named(&mut |id| found.push(id));
        for target in found {
            if let Some(users) = users.get_mut(target.index()) {
                users.push(id);
            }
        }
        if let Shape::Record(record) = &def.shape
            && record.fields.iter().any(travels_one_way_and_must)
        {
            open.push(id);
        }
    }
    let mut is_split = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if let Some(flag) = is_split.get_mut(id.index())
            && !*flag
        {
            *flag = true;
            open.extend(users.get(id.index()).into_iter().flatten());
        }
    }
    let ids = types.ids();
    ids.filter(|id| is_split.get(id.index()) == Some(&true))
        .collect()
}

fn travels_one_way_and_must(field: &Field) -> bool {
    field.presence.is_required() && field.access != Access::Both
}

/// What of a type requests hold.
fn request_form(def: &TypeDef) -> TypeDef {
    let mut twin = def.clone();
    let mut path = match &def.name {
        TypeName::Component(name) => vec![name.clone()],
        TypeName::Inline(path) => path.clone(),
    };
    path.push(WireName::new("request"));
    twin.name = TypeName::Inline(path);
    if let Shape::Record(record) = &mut twin.shape {
        record
            .fields
            .retain(|field| field.access != Access::ReadOnly);
    }
    twin
}

/// What does not travel this way need not be there.
fn relax(def: &mut TypeDef, lacks: Access) {
    let Shape::Record(Record { fields, .. }) = &mut def.shape else {
        return;
    };
    for field in fields {
        if field.access == lacks && field.presence.is_required() {
            field.presence = Presence::Optional;
        }
    }
}

/// The types that operations and what is incoming hold in some places, and those that they lead to.
fn reachable<'a, I: Iterator<Item = &'a Type>>(
    types: &Arena<TypeDef>,
    collect: impl Fn(&Operation, &mut Vec<TypeId>),
    api: &'a Api,
    incoming: impl Fn(&'a Incoming) -> I,
) -> Vec<bool> {
    let mut open = Vec::new();
    for (_, operation) in api.operations.iter() {
        collect(operation, &mut open);
    }
    let incoming = api.incoming.iter().flat_map(incoming);
    incoming.for_each(|ty| ty.each_named(&mut |id| open.push(id)));
    let mut seen = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if let Some(flag) = seen.get_mut(id.index())
            && !*flag
        {
            *flag = true;
            types[id].shape.each_named(&mut |id| open.push(id));
        }
    }
    seen
}

fn request_types(operation: &Operation, look: &mut dyn FnMut(&Type)) {
    for parameter in &operation.parameters {
        look(&parameter.ty);
    }
    if let Some(body) = &operation.body {
        body.contents()
            .for_each(|content| content_types(&content.kind, look));
    }
}

fn response_types(operation: &Operation, look: &mut dyn FnMut(&Type)) {
    for response in &operation.responses {
        response
            .contents()
            .for_each(|content| content_types(&content.kind, look));
    }
}

fn content_types(kind: &ContentKind, look: &mut dyn FnMut(&Type)) {
    kind.ty().into_iter().for_each(look);
}

fn redirect_request(operation: &mut Operation, ids: &HashMap<TypeId, TypeId>) {
    for parameter in &mut operation.parameters {
        redirect(&mut parameter.ty, ids);
    }
    let body = operation.body.iter_mut();
    for content in body.flat_map(RequestBody::contents_mut) {
        redirect_content(content, ids);
    }
}

fn redirect_content(content: &mut Content, ids: &HashMap<TypeId, TypeId>) {
    if let Some(ty) = content.kind.ty_mut() {
        redirect(ty, ids);
    }
}

fn redirect_shape(shape: &mut Shape, ids: &HashMap<TypeId, TypeId>) {
    match shape {
        Shape::Record(record) => {
            for field in &mut record.fields {
                redirect(&mut field.ty, ids);
            }
            if let Additional::Kept(ty) = &mut record.additional {
                redirect(ty, ids);
            }
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                redirect(&mut variant.ty, ids);
            }
        }
        Shape::Alias(ty) => redirect(ty, ids),
        Shape::Enumeration(_) => {}
    }
}

fn redirect(ty: &mut Type, ids: &HashMap<TypeId, TypeId>) {
    match ty {
        Type::Named(id) => {
            if let Some(twin) = ids.get(id) {
                *id = *twin;
            }
        }
        Type::List(inner) | Type::Map(_, inner) | Type::Nullable(inner) => redirect(inner, ids),
        Type::Tuple(items) => items.iter_mut().for_each(|item| redirect(item, ids)),
        Type::Scalar(_) | Type::Json => {}
    }
}
