//! Webhooks and callbacks: requests that the API makes.

use super::body::Way;
use super::context::{Lowering, component_name, component_pointer};
use super::docs::{described, external_docs, prose};
use super::names::Names;
use super::operation::http_method;
use crate::diagnostic::Code;
use crate::load::{other_methods, referred_callbacks, webhooks};
use crate::model::{
    Cause, Content, HttpMethod, Incoming, OperationId, Parameter, ParameterLocation, WireName,
};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{Callback, Operation as OperationObject, PathItem, ReferenceOr};
use std::collections::HashMap;

/// An operation that is carried, for its callbacks.
#[derive(Debug)]
pub(super) struct Caller<'d> {
    pub(super) id: OperationId,
    /// What it is called, in words.
    pub(super) root: String,
    pub(super) operation: &'d OperationObject,
    pub(super) at: Pointer,
}

/// A Callback Object: what leads to it, and where it stands.
struct Found<'d> {
    name: &'d str,
    /// The first operation that has it, in words.
    root: Option<String>,
    callback: &'d Callback,
    operations: Vec<OperationId>,
}

/// One request of a Callback Object.
struct Place<'d> {
    item: &'d PathItem,
    item_at: Pointer,
    operation: &'d OperationObject,
    method: HttpMethod,
}

impl<'d> Lowering<'d> {
    /// The webhooks in the order of the document, then the callbacks in the order of the operations that have them.
    pub(super) fn lower_incoming(&mut self, callers: &[Caller<'d>]) -> Vec<Incoming> {
        let mut incoming = Vec::new();
        let shelf = webhooks(&self.document.openapi);
        let components = self.components().map(|all| &all.callbacks);
        if let Some(shelf) = shelf
            && let Some(ReferenceOr::Item(items)) = components.and_then(|all| all.get(shelf))
        {
            let at = component_pointer("callbacks", shelf);
            for (name, item) in items {
                let places = self.places(item, &at.child(name));
                let is_alone = places.len() == 1;
                for place in places {
                    let mut words = vec![name.clone()];
                    words.extend((!is_alone).then(|| place.method.as_str().to_lowercase()));
                    incoming.push(self.lower_request(name, words, Cause::Webhook, &place));
                }
            }
        }
        let callbacks = self.find_callbacks(callers, shelf);
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for found in callbacks.values() {
            *by_name.entry(found.name).or_default() += 1;
        }
        for (at, found) in &callbacks {
            let is_shared = by_name.get(found.name) > Some(&1);
            let mut items = Vec::new();
            for (url, item) in found.callback {
                let places = self.places(item, &at.child(url)).into_iter();
                items.extend(places.map(|place| (url, place)));
            }
            let is_alone = items.len() == 1;
            for (url, place) in items {
                let mut words: Vec<String> = Vec::new();
                words.extend(found.root.clone().filter(|_| is_shared));
                words.push(found.name.to_owned());
                words.extend((!is_alone).then(|| place.method.as_str().to_lowercase()));
                let cause = Cause::Callback {
                    operations: found.operations.clone(),
                    url: WireName::new(url),
                };
                incoming.push(self.lower_request(found.name, words, cause, &place));
            }
        }
        incoming
    }

    /// The Callback Objects by their places: those of operations, then those that no operation refers to.
    fn find_callbacks(
        &mut self,
        callers: &[Caller<'d>],
        shelf: Option<&str>,
    ) -> IndexMap<Pointer, Found<'d>> {
        let mut found: IndexMap<Pointer, Found<'d>> = IndexMap::new();
        let mut keep = |at: Pointer, name: &'d str, callback, caller: Option<&Caller<'d>>| {
            let entry = found.entry(at).or_insert_with(|| Found {
                name,
                root: caller.map(|caller| caller.root.clone()),
                callback,
                operations: Vec::new(),
            });
            entry.operations.extend(caller.map(|caller| caller.id));
        };
        for caller in callers {
            let at = caller.at.child("callbacks");
            for (name, callback) in &caller.operation.callbacks {
                keep(at.child(name), name, callback, Some(caller));
            }
            for (name, target) in referred_callbacks(caller.operation) {
                let component = component_name(target, "callbacks");
                let listed = component
                    .and_then(|component| self.components()?.callbacks.get_key_value(&component));
                let resolved = listed.and_then(|(key, callback)| {
                    let at = component_pointer("callbacks", key);
                    self.resolve(callback, &at, "callbacks", |components| {
                        &components.callbacks
                    })
                });
                if let Some(resolved) = resolved {
                    keep(resolved.at, name, resolved.item, Some(caller));
                }
            }
        }
        let components = self.components().map(|all| &all.callbacks);
        for (name, callback) in components.into_iter().flatten() {
            if let ReferenceOr::Item(callback) = callback
                && Some(name.as_str()) != shelf
            {
                let at = component_pointer("callbacks", name);
                keep(at, name, callback, None);
            }
        }
        found
    }

    fn lower_request(
        &mut self,
        name: &str,
        words: Vec<String>,
        cause: Cause,
        place: &Place<'d>,
    ) -> Incoming {
        let operation = place.operation;
        let at = place.item_at.child(&place.method.as_str().to_lowercase());
        let root = words.join("_");
        let names = Names::root(&root);
        if !operation.callbacks.is_empty() || referred_callbacks(operation).next().is_some() {
            let message =
                "a request that the API makes has no callbacks of its own: they are left out";
            self.report(Code::NotSupported, &at.child("callbacks"), message);
        }
        self.report_links(operation, &at);
        let mut docs = described(
            operation
                .description
                .as_deref()
                .or(place.item.description.as_deref()),
        );
        let summary = operation.summary.as_deref();
        docs.summary = prose(summary.or(place.item.summary.as_deref()));
        docs.deprecated = operation.deprecated;
        docs.external = external_docs(operation.external_docs.as_ref());
        Incoming {
            name: WireName::new(name),
            words: words.iter().map(WireName::new).collect(),
            cause,
            method: place.method.clone(),
            tags: operation.tags.iter().map(WireName::new).collect(),
            docs,
            parameters: self.lower_received(place, &at, &names),
            contents: self.lower_payload(operation, &at, &names),
            responses: self.lower_responses(operation, &place.method, &at, &names),
            origin: self.origin(&at),
        }
    }

    /// The answer to such a request is its receiver's, who needs nobody to tell what it leads to.
    fn report_links(&mut self, operation: &'d OperationObject, at: &Pointer) {
        for (_, _, at) in self.linked_responses(operation, at) {
            let message =
                "the answer to a request that the API makes has no links: they are left out";
            self.report(Code::NotSupported, &at, message);
        }
    }

    /// The parameters that a receiver can read.
    fn lower_received(&mut self, place: &Place<'d>, at: &Pointer, names: &Names) -> Vec<Parameter> {
        let item = place.item.parameters.as_slice();
        let shared = (item, place.item_at.child("parameters"));
        let own = (
            place.operation.parameters.as_slice(),
            at.child("parameters"),
        );
        let listed = self.list_parameters(shared, own);
        let mut received = Vec::with_capacity(listed.len());
        for parameter in listed {
            let at = parameter.at.clone();
            // Why one is left out was reported.
            let Ok(Some(parameter)) = self.lower_parameter(&parameter, names) else {
                continue;
            };
            if parameter.location != ParameterLocation::Path {
                received.push(parameter);
                continue;
            }
            let message = format!(
                "the parameter `{}` of a request that the API makes is in a path, but the URL is its receiver's: it is left out",
                parameter.name.as_str()
            );
            self.report(Code::NotSupported, &at, message);
        }
        received
    }

    /// What the body may be. An answer of ours would be read alike, so it goes the way of a response.
    fn lower_payload(
        &mut self,
        operation: &'d OperationObject,
        at: &Pointer,
        names: &Names,
    ) -> Vec<Content> {
        let Some(body) = &operation.request_body else {
            return Vec::new();
        };
        let at = at.child("requestBody");
        let Some(resolved) = self.resolve(body, &at, "requestBodies", |components| {
            &components.request_bodies
        }) else {
            return Vec::new();
        };
        let root = resolved.component.map(Names::root);
        let own = names.child("payload");
        let names = match &root {
            Some(root) => root.child("payload"),
            None => own,
        };
        let contents = &resolved.item.content;
        self.lower_contents(contents, &resolved.at, &names, Way::Response)
            .list
    }

    /// The requests of a path item.
    fn places(&mut self, item: &'d PathItem, at: &Pointer) -> Vec<Place<'d>> {
        for method in other_methods(item) {
            let message =
                format!("a request that the API makes is not read if its method is `{method}`");
            self.report(Code::OperationLeftOut, at, message);
        }
        let methods = item.iter();
        methods
            .filter_map(|(name, operation)| {
                Some(Place {
                    item,
                    item_at: at.clone(),
                    operation,
                    method: http_method(name).ok()?,
                })
            })
            .collect()
    }
}
