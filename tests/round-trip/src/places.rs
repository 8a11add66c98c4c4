//! Which generated type stands for which place of a document.

use specwright::model::{Api, ContentKind, Operation, Response, Shape};
use specwright::rust::{
    ArgumentItem, Client, OperationItem, OutcomeItem, Payload, RustType, Target, TypeBody,
};
use specwright::source::Origin;

/// A place, and the type that was made of it.
#[derive(Debug)]
pub struct Place {
    /// Where.
    pub origin: Origin,
    /// What stands there.
    pub kind: Kind,
    /// The type.
    pub ty: RustType,
}

/// What has examples or defaults.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A schema.
    Schema,
    /// A schema whose null, if it allows null, is of the places that refer to its type.
    Named,
    /// A parameter, whose schema stands in it, or in 2.0 is itself.
    Parameter,
    /// A request body or a response, in which this media type stands.
    Body(String),
}

/// All places whose values belong to a type of the client.
pub fn find(api: &Api, client: &Client) -> Vec<Place> {
    let mut places = Vec::new();
    for ((_, def), item) in api.types.iter().zip(&client.types) {
        let mut add = |kind: Kind, origin: &Origin, ty: &RustType| {
            places.push(Place {
                origin: origin.clone(),
                kind,
                ty: ty.clone(),
            });
        };
        let named = RustType::Named(item.name.clone());
        add(Kind::Named, &def.origin, &named);
        match (&def.shape, &item.body) {
            (Shape::Record(record), TypeBody::Record(planned)) => {
                for field in &record.fields {
                    let planned = planned.fields.iter().find(|item| item.wire == field.name);
                    if let Some(planned) = planned {
                        add(Kind::Schema, &field.origin, &planned.ty);
                    }
                }
            }
            (Shape::Union(union), TypeBody::Union(planned)) => {
                for (variant, planned) in union.variants.iter().zip(&planned.variants) {
                    add(Kind::Named, &variant.origin, &planned.ty);
                }
            }
            (_, TypeBody::Alias(ty)) => add(Kind::Named, &def.origin, ty),
            _ => {}
        }
    }
    for ((_, operation), item) in api.operations.iter().zip(&client.operations) {
        add_operation(operation, item, &mut places);
    }
    // The contents of a file are a part of a body, not a value of JSON.
    places.retain(|place| !place.ty.has(&|ty| *ty == RustType::File));
    places
}

fn add_operation(operation: &Operation, item: &OperationItem, places: &mut Vec<Place>) {
    let given = || item.arguments.iter().chain(&item.setters);
    for parameter in &operation.parameters {
        let found = given().find(|item| is_parameter(item, parameter.name.as_str()));
        if let Some(item) = found {
            places.push(Place {
                origin: parameter.origin.clone(),
                kind: Kind::Parameter,
                ty: item.ty.clone(),
            });
        }
    }
    let body = given().find(|item| matches!(item.target, Target::Body(_)));
    if let (Some(body), Some(item)) = (&operation.body, body)
        && matches!(
            body.content.kind,
            ContentKind::Json(_) | ContentKind::Form { .. }
        )
    {
        places.push(Place {
            origin: body.origin.clone(),
            kind: Kind::Body(body.content.media_type.as_str().to_owned()),
            ty: item.ty.clone(),
        });
    }
    for response in &operation.responses {
        if let (Some(content), Some(ty)) = (&response.content, response_type(response, item)) {
            places.push(Place {
                origin: response.origin.clone(),
                kind: Kind::Body(content.media_type.as_str().to_owned()),
                ty,
            });
        }
    }
}

fn is_parameter(item: &ArgumentItem, name: &str) -> bool {
    match &item.target {
        Target::Path(wire, _)
        | Target::Query(wire, _)
        | Target::Header(wire, _)
        | Target::Cookie(wire, _) => wire.as_str() == name,
        _ => false,
    }
}

fn response_type(response: &Response, item: &OperationItem) -> Option<RustType> {
    [&item.output, &item.error].into_iter().find_map(|outcome| {
        let payload = match outcome {
            OutcomeItem::None => return None,
            OutcomeItem::Single { payload, cases } => {
                let mut statuses = cases.iter().map(|case| case.status);
                statuses
                    .any(|status| status == response.status)
                    .then_some(payload)?
            }
            OutcomeItem::Enum { cases, .. } => {
                let mut cases = cases.iter();
                &cases.find(|case| case.status == response.status)?.payload
            }
        };
        match payload {
            Payload::Json(ty) => Some(ty.clone()),
            _ => None,
        }
    })
}
