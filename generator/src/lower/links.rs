//! Links: the calls that a response leads to.
//!
//! They come last, since they lead to operations, and what they give is held against the types of those.

mod values;

use super::context::Lowering;
use super::docs::described;
use super::expression::parse_value;
use super::incoming::Caller;
use super::response::status_pattern;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Arena, Link, LinkValue, Operation, OperationId, OperationName, Parameter, StatusPattern,
    WireName,
};
use crate::source::{FileId, Origin, Pointer};
use indexmap::IndexMap;
use openapiv3::{Link as LinkObject, LinkOperation, Operation as OperationObject, ReferenceOr};
use std::collections::{BTreeMap, HashMap};

/// The links of a response, by name.
type Links = IndexMap<String, ReferenceOr<LinkObject>>;

/// How operations are found.
struct Index<'o> {
    by_id: HashMap<&'o str, OperationId>,
    by_place: BTreeMap<Origin, OperationId>,
}

/// A link in the document.
struct Place<'d> {
    name: &'d str,
    link: &'d ReferenceOr<LinkObject>,
    at: Pointer,
    /// The operation whose answer has it, and the status of that.
    operation: OperationId,
    status: StatusPattern,
}

/// Where a link is, what its values are taken from, and what they go to.
pub(super) struct Ends<'o> {
    pub(super) source: &'o Operation,
    pub(super) status: StatusPattern,
    pub(super) target: &'o Operation,
}

impl<'d> Lowering<'d> {
    /// Adds to the responses of all operations the calls that they lead to.
    pub(super) fn lower_links(
        &mut self,
        operations: &mut Arena<Operation>,
        callers: &[Caller<'d>],
    ) {
        let places: Vec<Place<'d>> = callers
            .iter()
            .flat_map(|caller| self.link_places(caller))
            .collect();
        if places.is_empty() {
            return;
        }
        let index = self.index_operations(operations, callers);
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            let link = self.lower_link(&place, operations, &index);
            found.extend(link.map(|link| (place.operation, place.status, link)));
        }
        for (id, status, link) in found {
            let Some(operation) = operations.get_mut(id) else {
                continue;
            };
            let mut responses = operation.responses.iter_mut();
            if let Some(response) = responses.find(|response| response.status == status) {
                response.links.push(link);
            }
        }
    }

    /// The links of an operation's responses.
    fn link_places(&mut self, caller: &Caller<'d>) -> Vec<Place<'d>> {
        let mut places = Vec::new();
        for (status, links, at) in self.linked_responses(caller.operation, &caller.at) {
            places.extend(links.iter().map(|(name, link)| Place {
                name,
                link,
                at: at.child(name),
                operation: caller.id,
                status,
            }));
        }
        places
    }

    /// The responses of an operation that have links: the status, the links, and where they stand.
    pub(super) fn linked_responses(
        &mut self,
        operation: &'d OperationObject,
        at: &Pointer,
    ) -> Vec<(StatusPattern, &'d Links, Pointer)> {
        let place = at.child("responses");
        let coded = operation.responses.responses.iter();
        let coded =
            coded.map(|(status, response)| (status_pattern(status), status.to_string(), response));
        let default = operation.responses.default.iter();
        let default = default.map(|one| (Some(StatusPattern::Default), "default".to_owned(), one));
        let mut found = Vec::new();
        for (status, key, response) in coded.chain(default) {
            let at = place.child(&key);
            let resolved = self.resolve(response, &at, "responses", |all| &all.responses);
            if let (Some(status), Some(resolved)) = (status, resolved)
                && !resolved.item.links.is_empty()
            {
                found.push((status, &resolved.item.links, resolved.at.child("links")));
            }
        }
        found
    }

    fn index_operations<'o>(
        &self,
        operations: &'o Arena<Operation>,
        callers: &[Caller<'d>],
    ) -> Index<'o> {
        let mut index = Index {
            by_id: HashMap::new(),
            by_place: BTreeMap::new(),
        };
        for (id, operation) in operations.iter() {
            if let OperationName::Declared(name) = &operation.name {
                index.by_id.insert(name.as_str(), id);
            }
            index.by_place.entry(operation.origin.clone()).or_insert(id);
        }
        for caller in callers {
            // What a reference leads to may stand in another file, or among the components.
            let place = Origin::new(FileId::ENTRY, caller.at.clone());
            index.by_place.insert(place, caller.id);
        }
        index
    }

    fn lower_link(
        &mut self,
        place: &Place<'d>,
        operations: &Arena<Operation>,
        index: &Index<'_>,
    ) -> Option<Link> {
        let resolved = self.resolve(place.link, &place.at, "links", |all| &all.links)?;
        let (object, at) = (resolved.item, resolved.at);
        let target = self.find_target(object, &at, index)?;
        let ends = Ends {
            source: &operations[place.operation],
            status: place.status,
            target: &operations[target],
        };
        let mut parameters: Vec<(usize, LinkValue)> = Vec::new();
        for (key, value) in &object.parameters {
            let at = at.child("parameters").child(key);
            let given =
                find_parameter(&ends.target.parameters, key).and_then(|(index, parameter)| {
                    match parameters.iter().any(|(known, _)| *known == index) {
                        true => Err("it is given twice".to_owned()),
                        false => Ok((index, parameter, parse_value(value)?)),
                    }
                });
            let given = given.and_then(|(index, parameter, value)| {
                let value = self.fit_value(value, &parameter.ty, &ends)?;
                Ok((index, value))
            });
            match given {
                Ok(given) => parameters.push(given),
                Err(fault) => {
                    let message = format!("the link does not give `{key}` a value: {fault}");
                    self.report(Code::InvalidLink, &at, message);
                }
            }
        }
        let body = object.request_body.as_ref().and_then(|value| {
            let body = parse_value(value).and_then(|value| self.fit_body(&value, &ends));
            body.map_err(|fault| {
                let message = format!("the link does not give a body: {fault}");
                self.report(Code::InvalidLink, &at.child("requestBody"), message);
            })
            .ok()
        });
        let server = object.server.as_ref();
        Some(Link {
            name: WireName::new(place.name),
            target,
            parameters,
            body,
            server: server.and_then(|server| self.lower_server(server, &at.child("server"))),
            docs: described(object.description.as_deref()),
            origin: self.origin(&at),
        })
    }

    /// The operation that a link leads to.
    fn find_target(
        &mut self,
        link: &LinkObject,
        at: &Pointer,
        index: &Index<'_>,
    ) -> Option<OperationId> {
        let (key, name, found) = match &link.operation {
            LinkOperation::OperationId(id) => ("operationId", id, index.by_id.get(id.as_str())),
            LinkOperation::OperationRef(reference) => {
                let origin = self.document.refer(self.origin(at).file, reference);
                let found = origin.and_then(|origin| index.by_place.get(&origin));
                ("operationRef", reference, found)
            }
        };
        if found.is_none() {
            let message =
                format!("`{name}` is no operation that the client has; the link is left out");
            let origin = self.origin(&at.child(key));
            let diagnostic = Diagnostic::new(Code::InvalidLink, origin, message);
            self.report_diagnostic(match key {
                "operationRef" => diagnostic.help(
                    "an `operationRef` of this document is written `#/paths/~1users~1{id}/get`",
                ),
                _ => diagnostic,
            });
        }
        found.copied()
    }
}

/// The parameter that a link names: by its name, or by its place and its name.
fn find_parameter<'o>(
    parameters: &'o [Parameter],
    key: &str,
) -> Result<(usize, &'o Parameter), String> {
    let all = || parameters.iter().enumerate();
    let named: Vec<_> = all()
        .filter(|(_, parameter)| parameter.name.as_str() == key)
        .collect();
    match named.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        several => {
            let names = several.iter().map(|(_, parameter)| {
                format!(
                    "`{}.{}`",
                    parameter.location.as_str(),
                    parameter.name.as_str()
                )
            });
            let names: Vec<String> = names.collect();
            return Err(format!(
                "the operation has several parameters of this name: {}",
                names.join(", ")
            ));
        }
    }
    let qualified = key.split_once('.').and_then(|(place, name)| {
        all().find(|(_, parameter)| {
            parameter.location.as_str() == place && parameter.name.as_str() == name
        })
    });
    qualified.ok_or_else(|| "the operation has no such parameter".to_owned())
}
