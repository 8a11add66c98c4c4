//! Operations.

use super::context::Lowering;
use super::docs::{described, external_docs, prose};
use super::incoming::Caller;
use super::names::Names;
use super::path::{PathKey, derived_words, parse_key};
use super::security::Schemes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Arena, DeclaredPages, HttpMethod, Operation, OperationName, PageRule, Server, WireName,
    is_token,
};
use crate::source::{Origin, Pointer};
use openapiv3::{Operation as OperationObject, PathItem, ReferenceOr};
use std::collections::HashMap;

/// The extension that says how an operation hands out what it has in pages.
const PAGINATION: &str = "x-specwright-pagination";

/// The operationIds so far, with their places.
type Seen<'d> = HashMap<&'d str, Origin>;

/// What an operation is found with.
struct Place<'d, 'p> {
    /// The key of the path item.
    key: &'d str,
    /// What it says.
    parsed: &'p PathKey<'d>,
    item: &'d PathItem,
    item_at: &'p Pointer,
    method: HttpMethod,
    at: Pointer,
}

impl<'d> Lowering<'d> {
    /// The operations in the order of the document. Those that cannot be carried are reported.
    pub(super) fn lower_operations(
        &mut self,
        schemes: &Schemes<'d>,
    ) -> (Arena<Operation>, Vec<Caller<'d>>) {
        let mut operations = Arena::default();
        let mut callers = Vec::new();
        let mut seen = Seen::new();
        let place = Pointer::root().child("paths");
        let document = self.document;
        for (key, item) in &document.openapi.paths.paths {
            let item_at = place.child(key);
            let item = match item {
                ReferenceOr::Item(item) => item,
                ReferenceOr::Reference { reference } => {
                    self.report_unresolved(reference, &item_at);
                    continue;
                }
            };
            let parsed = match parse_key(key) {
                Ok(parsed) => parsed,
                Err(fault) => {
                    let message = format!("`{key}` is no path: {fault}");
                    self.report(Code::InvalidPath, &item_at, message);
                    self.leave_out_all(key, item, &item_at);
                    continue;
                }
            };
            if let Some(repair) = parsed.repair {
                let message = format!("`{key}` is taken for `{}`: {repair}", parsed.path);
                self.report(Code::InvalidPath, &item_at, message);
            }
            let usual = item
                .iter()
                .map(|(name, operation)| (name, item_at.child(name), operation));
            let additional = document.additional_operations(key);
            let additional = additional
                .iter()
                .map(|(name, at, operation)| (name.as_str(), at.clone(), operation));
            for (name, at, operation) in usual.chain(additional) {
                let method = match http_method(name) {
                    Ok(method) => method,
                    Err(fault) => {
                        let message = format!("`{name}` {fault}; this operation is left out");
                        self.report(Code::OperationLeftOut, &at, message);
                        continue;
                    }
                };
                let place = Place {
                    key,
                    parsed: &parsed,
                    item,
                    item_at: &item_at,
                    method,
                    at,
                };
                let lowered = self.lower_operation(operation, &place, &mut seen, schemes);
                if let Some(lowered) = lowered {
                    let root = root_of(&lowered.name);
                    callers.push(Caller {
                        id: operations.push(lowered),
                        root,
                        operation,
                        at: place.at,
                    });
                }
            }
        }
        (operations, callers)
    }

    /// Says of each operation of a path item that it is left out.
    fn leave_out_all(&mut self, key: &str, item: &PathItem, item_at: &Pointer) {
        let usual = item.iter().map(|(name, _)| (name, item_at.child(name)));
        let additional = self.document.additional_operations(key);
        let additional = additional
            .iter()
            .map(|(name, at, _)| (name.as_str(), at.clone()));
        for (name, at) in usual.chain(additional) {
            let method = name.to_ascii_uppercase();
            let message = format!("`{method} {key}` is left out: its path is none");
            self.report(Code::OperationLeftOut, &at, message);
        }
    }

    fn lower_operation(
        &mut self,
        operation: &'d OperationObject,
        place: &Place<'d, '_>,
        seen: &mut Seen<'d>,
        schemes: &Schemes<'d>,
    ) -> Option<Operation> {
        let at = &place.at;
        let name = self.operation_name(operation, place, seen);
        let root = root_of(&name);
        let names = Names::root(&root);
        let shared = (
            place.item.parameters.as_slice(),
            place.item_at.child("parameters"),
        );
        let own = (operation.parameters.as_slice(), at.child("parameters"));
        let lowered = self.lower_parameters(shared, own, place.parsed, at, &names);
        let (path, parameters) = self.or_left_out(lowered, place)?;
        let body = match &operation.request_body {
            Some(body) => {
                let lowered = self.lower_body(body, &at.child("requestBody"), &names);
                self.or_left_out(lowered, place)?
            }
            None => None,
        };
        let responses = self.lower_responses(operation, &place.method, at, &names);
        let security = match (&operation.security, &self.document.openapi.security) {
            (Some(own), _) => self.lower_requirements(own, schemes, &at.child("security")),
            (None, Some(shared)) => {
                self.lower_requirements(shared, schemes, &Pointer::root().child("security"))
            }
            (None, None) => Vec::new(),
        };
        let mut docs = described(
            operation
                .description
                .as_deref()
                .or(place.item.description.as_deref()),
        );
        docs.summary = prose(
            operation
                .summary
                .as_deref()
                .or(place.item.summary.as_deref()),
        );
        docs.deprecated = operation.deprecated;
        docs.external = external_docs(operation.external_docs.as_ref());
        Some(Operation {
            name,
            method: place.method.clone(),
            path,
            tags: operation.tags.iter().map(WireName::new).collect(),
            docs,
            parameters,
            body,
            responses,
            security,
            servers: self.operation_servers(operation, place),
            pages: self.declared_pages(operation, at),
            origin: self.origin(at),
        })
    }

    /// What the document says of the pages of an operation.
    fn declared_pages(
        &mut self,
        operation: &OperationObject,
        at: &Pointer,
    ) -> Option<DeclaredPages> {
        let value = operation.extensions.get(PAGINATION)?;
        let at = at.child(PAGINATION);
        let rule = PageRule::decode(value).unwrap_or_else(|fault| {
            let place = fault.key.map_or(at.clone(), |key| at.child(&key));
            let message = format!(
                "`{PAGINATION}`: {}; the operation has no pages",
                fault.message
            );
            self.report(Code::InvalidValue, &place, message);
            None
        });
        Some(DeclaredPages {
            rule,
            origin: self.origin(&at),
        })
    }

    fn or_left_out<T>(&mut self, lowered: Result<T, String>, place: &Place<'d, '_>) -> Option<T> {
        match lowered {
            Ok(lowered) => Some(lowered),
            Err(reason) => {
                let (method, path) = (place.method.as_str(), place.key);
                let message = format!("`{method} {path}` is left out: {reason}");
                self.report(Code::OperationLeftOut, &place.at, message);
                None
            }
        }
    }

    /// The operationId, or words for an operation that has none of its own.
    fn operation_name(
        &mut self,
        operation: &'d OperationObject,
        place: &Place<'d, '_>,
        seen: &mut Seen<'d>,
    ) -> OperationName {
        let id = operation
            .operation_id
            .as_deref()
            .filter(|id| !id.trim().is_empty());
        if let Some(id) = id {
            let origin = self.origin(&place.at.child("operationId"));
            let Some(first) = seen.get(id) else {
                seen.insert(id, origin);
                return OperationName::Declared(WireName::new(id));
            };
            let message = format!(
                "the operationId `{id}` stands twice; this operation is named after its method and path"
            );
            let diagnostic = Diagnostic::new(Code::DuplicateOperationId, origin, message)
                .label(first.clone(), "first here");
            self.report_diagnostic(diagnostic);
        }
        let words = derived_words(place.method.as_str(), place.key);
        OperationName::Derived(words.into_iter().map(WireName::new).collect())
    }

    /// The servers of the operation, else of its path; `None` where those of the document apply.
    fn operation_servers(
        &mut self,
        operation: &'d OperationObject,
        place: &Place<'d, '_>,
    ) -> Option<Vec<Server>> {
        let (servers, at) = if operation.servers.is_empty() {
            (&place.item.servers, place.item_at)
        } else {
            (&operation.servers, &place.at)
        };
        let servers = self.lower_servers(servers, at);
        (!servers.is_empty()).then_some(servers)
    }
}

/// What the inline types of an operation are named after.
fn root_of(name: &OperationName) -> String {
    match name {
        OperationName::Declared(id) => id.as_str().to_owned(),
        OperationName::Derived(words) => {
            let words: Vec<&str> = words.iter().map(WireName::as_str).collect();
            words.join("_")
        }
    }
}

/// The method of that name, or what is wrong with it. The names of fields are in small letters, those of additional
/// operations as they are sent.
pub(super) fn http_method(name: &str) -> Result<HttpMethod, &'static str> {
    Ok(match name {
        "get" => HttpMethod::Get,
        "put" => HttpMethod::Put,
        "post" => HttpMethod::Post,
        "delete" => HttpMethod::Delete,
        "options" => HttpMethod::Options,
        "head" => HttpMethod::Head,
        "patch" => HttpMethod::Patch,
        "trace" => HttpMethod::Trace,
        "QUERY" => HttpMethod::Query,
        // The target of such a request is a server, not a path (RFC 9110, section 9.3.6).
        "CONNECT" => return Err("makes a tunnel and has no path"),
        _ if is_token(name) => HttpMethod::Other(WireName::new(name)),
        _ => return Err("is no method that HTTP allows"),
    })
}
