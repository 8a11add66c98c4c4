//! The pages of operations: where the items are in what a call yields.

use super::convert::Types;
use crate::model::{OperationId, Shape, Type, WireName};
use crate::rust::{OutcomeItem, PageStep, PagingItem, Payload, TypeBody, TypeItem};

/// How an operation hands out its items, if its output has one place for them.
pub(super) fn plan_pagination(
    types: &Types<'_>,
    items: &[TypeItem],
    id: OperationId,
    output: &OutcomeItem,
) -> Option<PagingItem> {
    let pagination = types.facts.pagination(id)?;
    let OutcomeItem::Single {
        payload: Payload::Json(page) | Payload::JsonOrXml(page),
        ..
    } = output
    else {
        return None;
    };
    let mut ty = &pagination.page;
    let mut steps = Vec::new();
    for name in &pagination.items {
        let (step, inner) = plan_step(types, items, ty, name)?;
        steps.push(step);
        ty = inner;
    }
    Some(PagingItem {
        item: types.plan_type(&pagination.item),
        page: page.clone(),
        steps,
        pagination: pagination.clone(),
    })
}

/// The field of a record, and the type of what it holds.
fn plan_step<'t>(
    types: &'t Types<'_>,
    items: &[TypeItem],
    ty: &'t Type,
    name: &WireName,
) -> Option<(PageStep, &'t Type)> {
    let Type::Named(id) = types.resolve(types.resolve(ty).without_null()) else {
        return None;
    };
    let Shape::Record(record) = &types.api.types[*id].shape else {
        return None;
    };
    let TypeBody::Record(planned) = &items.get(id.index())?.body else {
        return None;
    };
    let mut fields = record.fields.iter().zip(&planned.fields);
    let (field, planned) = fields.find(|(field, _)| &field.name == name)?;
    let step = PageStep {
        field: planned.name.clone(),
        ty: planned.ty.clone(),
    };
    Some((step, &field.ty))
}
