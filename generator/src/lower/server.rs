//! Servers and the variables in their URLs.

use super::context::Lowering;
use super::docs::prose;
use super::path::{Piece, parse_template};
use crate::diagnostic::Code;
use crate::model::{Server, ServerVariable, UrlPiece, WireName};
use crate::source::Pointer;
use openapiv3::Server as ServerObject;
use std::collections::HashSet;

impl<'d> Lowering<'d> {
    /// The servers of the document; `/` where it names none that can be used.
    pub(super) fn lower_document_servers(&mut self) -> Vec<Server> {
        let document = self.document;
        let mut servers = self.lower_servers(&document.openapi.servers, &Pointer::root());
        if servers.is_empty() {
            servers.push(Server {
                url: vec![UrlPiece::Literal(WireName::new("/"))],
                variables: Vec::new(),
                description: None,
                origin: self.origin(&Pointer::root()),
            });
        }
        servers
    }

    /// The servers that stand at a place; those that cannot be used are reported and left out.
    pub(super) fn lower_servers(
        &mut self,
        servers: &'d [ServerObject],
        at: &Pointer,
    ) -> Vec<Server> {
        let place = at.child("servers");
        servers
            .iter()
            .enumerate()
            .filter_map(|(index, server)| self.lower_server(server, &place.index(index)))
            .collect()
    }

    /// A server, unless it cannot be used, which is reported.
    pub(super) fn lower_server(
        &mut self,
        server: &'d ServerObject,
        at: &Pointer,
    ) -> Option<Server> {
        let pieces = match parse_template(&server.url) {
            Ok(pieces) => pieces,
            Err(fault) => {
                self.report_server(&at.child("url"), &server.url, fault);
                return None;
            }
        };
        let declared = server.variables.as_ref();
        let mut named: HashSet<&str> = HashSet::new();
        let mut lowered = Server {
            url: Vec::with_capacity(pieces.len()),
            variables: Vec::new(),
            description: prose(server.description.as_deref()),
            origin: self.origin(at),
        };
        for piece in pieces {
            let name = match piece {
                Piece::Literal(text) => {
                    lowered.url.push(UrlPiece::Literal(WireName::new(text)));
                    continue;
                }
                Piece::Variable(name) => name,
            };
            let Some(variable) = declared.and_then(|variables| variables.get(name)) else {
                let fault = format!("its variable `{name}` is not declared");
                self.report_server(&at.child("url"), &server.url, &fault);
                return None;
            };
            let wire = WireName::new(name);
            lowered.url.push(UrlPiece::Variable(wire.clone()));
            if !named.insert(name) {
                continue;
            }
            if !variable.enumeration.is_empty() && !variable.enumeration.contains(&variable.default)
            {
                let message = format!(
                    "the default `{}` of `{name}` is none of its values",
                    variable.default
                );
                let place = at.child("variables").child(name).child("default");
                self.report(Code::InvalidServer, &place, message);
            }
            lowered.variables.push(ServerVariable {
                name: wire,
                default: WireName::new(variable.default.as_str()),
                allowed: variable.enumeration.iter().map(WireName::new).collect(),
                description: prose(variable.description.as_deref()),
            });
        }
        for name in declared.into_iter().flat_map(|variables| variables.keys()) {
            if !named.contains(name.as_str()) {
                let message = format!("the URL does not name the variable `{name}`; it is ignored");
                self.report(
                    Code::InvalidServer,
                    &at.child("variables").child(name),
                    message,
                );
            }
        }
        if let Some(fault) = url_fault(&lowered.default_url()) {
            self.report_server(&at.child("url"), &server.url, fault);
            return None;
        }
        Some(lowered)
    }

    fn report_server(&mut self, at: &Pointer, url: &str, fault: &str) {
        let message = format!("`{url}` cannot be used as a server: {fault}");
        self.report(Code::InvalidServer, at, message);
    }
}

/// What is wrong with a URL whose variables have their defaults, if anything.
fn url_fault(url: &str) -> Option<&'static str> {
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("it holds white space");
    }
    if url.contains(['?', '#']) {
        return Some("it holds a query or a fragment");
    }
    let (scheme, rest) = url.split_once("://")?;
    if scheme.contains('/') {
        return None;
    }
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_http {
        return Some("its scheme is neither http nor https");
    }
    (rest.is_empty() || rest.starts_with('/')).then_some("it names no host")
}
