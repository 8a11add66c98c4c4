//! The operations: methods, arguments and setters.

use super::bodies::{plan_accept, plan_body, plan_spellings, plan_xml_spellings};
use super::convert::Types;
use super::docs::{plan_docs, plan_parameter_docs};
use super::links::plan_links;
use super::names::{Kind, Scope, Wish, plan_names};
use super::outcomes::{OutcomeNames, OwnNames, plan_outcomes};
use super::pagination::plan_pagination;
use super::reserved::Place;
use super::surroundings::{ServerNames, plan_requirements};
use crate::model::{
    Operation, OperationName, Parameter, ParameterLocation, PathPiece, RequestBody, Scalar, Type,
    WireName,
};
use crate::rust::{
    ArgumentItem, OperationItem, Passing, RustName, RustType, StreamItem, Target, TypeItem,
};
use std::collections::HashMap;

/// One item for each operation of the model, at the same index.
pub(super) fn plan_operations(
    types: &Types<'_>,
    items: &[TypeItem],
    servers: &mut ServerNames,
) -> Vec<OperationItem> {
    let wishes: Vec<Wish<'_>> = types
        .api
        .operations
        .iter()
        .map(|(_, operation)| match &operation.name {
            OperationName::Declared(id) => Wish::of(id.as_str()),
            OperationName::Derived(words) => Wish {
                words: words.iter().map(|word| word.as_str()).collect(),
                first: false,
                apart: "",
            },
        })
        .collect();
    let methods = plan_names(Kind::Method, Place::ClientMethods, &wishes);
    let mut scope = Scope::new(Kind::Type, Place::Operations);
    let markers = scope.add(&wishes);
    let mut outcomes = OutcomeNames::new(scope);
    types
        .api
        .operations
        .iter()
        .zip(methods.into_iter().zip(markers))
        .map(|((id, operation), names)| {
            let mut item = plan_operation(types, operation, names, &mut outcomes, servers);
            item.paging = plan_pagination(types, items, id, &item.output);
            plan_links(types.api, operation, &mut item, servers);
            item
        })
        .collect()
}

fn plan_operation(
    types: &Types<'_>,
    operation: &Operation,
    (method, marker): (RustName, RustName),
    outcomes: &mut OutcomeNames,
    servers: &mut ServerNames,
) -> OperationItem {
    let mut own = outcomes.of(&marker);
    let arguments = plan_arguments(types, operation, &mut own);
    let setters = plan_setters(types, operation, &mut own);
    let (output, error, headers) = plan_outcomes(types, operation, &mut own);
    OperationItem {
        id: operation_id(&operation.name),
        docs: plan_docs(&operation.docs),
        http_method: operation.method.clone(),
        path: operation.path.clone(),
        arguments,
        setters,
        constants: plan_constants(operation),
        output,
        error,
        headers,
        accept: plan_accept(operation),
        spellings: plan_spellings(operation),
        xml_spellings: plan_xml_spellings(operation),
        paging: None,
        stream: plan_stream(types, operation),
        idempotency_header: plan_idempotency_header(operation),
        security: plan_requirements(types.api, operation),
        servers: operation
            .servers
            .as_ref()
            .map(|own| servers.plan_list(own, &method)),
        method,
        marker,
    }
}

/// The stream that a success is or may be.
fn plan_stream(types: &Types<'_>, operation: &Operation) -> Option<StreamItem> {
    let responses = operation.responses.iter();
    let mut successes = responses.filter(|response| response.status.may_be_success());
    let stream = successes.find_map(|response| response.stream.as_ref())?;
    Some(StreamItem {
        media_type: stream.media_type.clone(),
        framing: stream.framing,
        item: match types.resolve(&stream.item) {
            // What is JSON in the middle of an event is text at its top.
            Type::Scalar(Scalar::String) => RustType::String,
            _ => types.plan_type(&stream.item),
        },
    })
}

fn operation_id(name: &OperationName) -> WireName {
    match name {
        OperationName::Declared(id) => id.clone(),
        OperationName::Derived(words) => {
            let words: Vec<&str> = words.iter().map(WireName::as_str).collect();
            WireName::new(words.join("-"))
        }
    }
}

/// What is sent without being given.
fn plan_constants(operation: &Operation) -> Vec<(Target, WireName)> {
    let parameters = operation.parameters.iter();
    let constants = parameters.filter_map(|parameter| {
        let text = parameter.constant.clone()?;
        Some((plan_target(parameter), text))
    });
    constants.collect()
}

/// What must be given: path parameters, then the other required parameters, then a required body.
fn plan_arguments(
    types: &Types<'_>,
    operation: &Operation,
    names: &mut OwnNames<'_>,
) -> Vec<ArgumentItem> {
    let in_path = operation.parameters.iter().filter(|parameter| {
        parameter.location == ParameterLocation::Path && parameter.constant.is_none()
    });
    let mut in_path: HashMap<&WireName, &Parameter> = in_path
        .map(|parameter| (&parameter.name, parameter))
        .collect();
    // A variable may stand in a path twice.
    let path = operation.path.iter().filter_map(|piece| match piece {
        PathPiece::Parameter(name) => in_path.remove(name),
        PathPiece::Literal(_) => None,
    });
    let mut parameters: Vec<&Parameter> = path.collect();
    parameters.extend(operation.parameters.iter().filter(|parameter| {
        parameter.location != ParameterLocation::Path
            && parameter.presence.is_required()
            && parameter.constant.is_none()
    }));
    let body = operation.body.as_ref().filter(|body| body.required);
    plan_values(types, &parameters, body, Place::Local, names)
}

/// What may be given.
fn plan_setters(
    types: &Types<'_>,
    operation: &Operation,
    names: &mut OwnNames<'_>,
) -> Vec<ArgumentItem> {
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| {
            parameter.location != ParameterLocation::Path && !parameter.presence.is_required()
        })
        .collect();
    let body = operation.body.as_ref().filter(|body| !body.required);
    plan_values(types, &parameters, body, Place::RequestMethods, names)
}

fn plan_values(
    types: &Types<'_>,
    parameters: &[&Parameter],
    body: Option<&RequestBody>,
    place: Place,
    own: &mut OwnNames<'_>,
) -> Vec<ArgumentItem> {
    let wishes: Vec<Wish<'_>> = parameters
        .iter()
        .map(|parameter| Wish::of(parameter.name.as_str()))
        .collect();
    let mut scope = Scope::new(Kind::Argument, place);
    let names = scope.add(&wishes);
    let mut planned: Vec<ArgumentItem> = parameters
        .iter()
        .zip(names)
        .map(|(parameter, name)| plan_parameter(types, parameter, name))
        .collect();
    if let Some(body) = body {
        planned.push(plan_body(types, body, scope.add_one("body"), own));
    }
    planned
}

fn plan_parameter(types: &Types<'_>, parameter: &Parameter, name: RustName) -> ArgumentItem {
    let (ty, passing) = plan_passing(types, parameter.ty.without_null());
    ArgumentItem {
        name,
        ty,
        passing,
        target: plan_target(parameter),
        docs: plan_parameter_docs(types.formats, parameter),
    }
}

fn plan_target(parameter: &Parameter) -> Target {
    let wire = parameter.name.clone();
    match parameter.location {
        ParameterLocation::Path if parameter.is_reserved => {
            Target::ReservedPath(wire, parameter.style)
        }
        ParameterLocation::Path => Target::Path(wire, parameter.style),
        ParameterLocation::Query if parameter.is_reserved => {
            Target::ReservedQuery(wire, parameter.style)
        }
        ParameterLocation::Query => Target::Query(wire, parameter.style),
        ParameterLocation::Header => Target::Header(wire, parameter.style),
        ParameterLocation::Cookie if parameter.is_reserved => {
            Target::ReservedCookie(wire, parameter.style)
        }
        ParameterLocation::Cookie => Target::Cookie(wire, parameter.style),
    }
}

/// How a value that is only read is handed over. Aliases of strings and lists are looked through, so that a literal
/// and a slice do.
pub(super) fn plan_passing(types: &Types<'_>, ty: &Type) -> (RustType, Passing) {
    match types.resolve(ty) {
        Type::Scalar(scalar) if types.plan_scalar(*scalar) == RustType::String => {
            (RustType::String, Passing::Str)
        }
        Type::Scalar(Scalar::Secret) => (RustType::Secret, Passing::Into),
        Type::List(item) => (
            RustType::Vec(Box::new(types.plan_type(item))),
            Passing::Slice,
        ),
        _ => (types.plan_type(ty), Passing::Value),
    }
}

/// The header `Idempotency-Key` (a draft of the IETF's HTTPAPI group), however it is spelled.
fn plan_idempotency_header(operation: &Operation) -> Option<WireName> {
    let mut headers = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Header)
        .map(|parameter| &parameter.name);
    let header = headers.find(|name| {
        let name = name.as_str().to_ascii_lowercase();
        name.strip_prefix("x-").unwrap_or(&name) == "idempotency-key"
    });
    header.cloned()
}
