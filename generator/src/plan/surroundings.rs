//! What surrounds the operations: servers and credentials.

use super::docs::plan_docs;
use super::names::{Kind, Scope, Wish, plan_names};
use super::reserved::Place;
use crate::model::{Api, SecurityKind, Server};
use crate::rust::{
    CredentialItem, CredentialKind, Docs, Paragraph, ServerItem, ServerVariableItem,
};
use std::collections::HashMap;

/// A description longer than this makes no name, in words.
const LONGEST_NAME: usize = 4;

/// The constants of the servers met so far.
#[derive(Debug)]
pub(super) struct ServerNames {
    scope: Scope,
    planned: HashMap<String, ServerItem>,
}

impl Default for ServerNames {
    fn default() -> Self {
        ServerNames {
            scope: Scope::new(Kind::Constant, Place::Statics),
            planned: HashMap::new(),
        }
    }
}

impl ServerNames {
    /// Names servers; a server that was met before keeps its name.
    pub(super) fn plan_servers(&mut self, servers: &[Server]) -> Vec<ServerItem> {
        servers
            .iter()
            .map(|server| self.plan_server(server))
            .collect()
    }

    fn plan_server(&mut self, server: &Server) -> ServerItem {
        let key = format!(
            "{:?} {:?} {:?}",
            server.url, server.variables, server.description
        );
        if let Some(known) = self.planned.get(&key) {
            return known.clone();
        }
        let description = server.description.as_ref().map_or("", |text| text.as_str());
        let short = (1..=LONGEST_NAME).contains(&description.split_whitespace().count());
        let item = ServerItem {
            constant: self
                .scope
                .add_one(if short { description } else { "server" }),
            url: server.url.clone(),
            variables: server
                .variables
                .iter()
                .map(|variable| ServerVariableItem {
                    name: variable.name.clone(),
                    default: variable.default.clone(),
                    allowed: variable.allowed.clone(),
                })
                .collect(),
            docs: Docs {
                paragraphs: server
                    .description
                    .iter()
                    .cloned()
                    .map(Paragraph::Prose)
                    .collect(),
                deprecated: false,
            },
        };
        self.planned.insert(key, item.clone());
        item
    }
}

/// The credentials that the builder takes.
pub(super) fn plan_credentials(api: &Api) -> Vec<CredentialItem> {
    let wishes: Vec<Wish<'_>> = api
        .security
        .iter()
        .map(|(_, scheme)| Wish::of(scheme.name.as_str()))
        .collect();
    let methods = plan_names(Kind::Method, Place::BuilderMethods, &wishes);
    let constants = plan_names(Kind::Constant, Place::Statics, &wishes);
    api.security
        .iter()
        .zip(methods.into_iter().zip(constants))
        .map(|((_, scheme), (method, constant))| CredentialItem {
            method,
            constant,
            scheme: scheme.name.clone(),
            kind: match &scheme.kind {
                SecurityKind::Bearer { .. } => CredentialKind::Bearer,
                SecurityKind::Basic => CredentialKind::Basic,
                SecurityKind::ApiKey { place, name } => CredentialKind::ApiKey {
                    place: *place,
                    name: name.clone(),
                },
            },
            docs: plan_docs(&scheme.docs),
        })
        .collect()
}
