//! What surrounds the operations: servers and credentials.

use super::docs::plan_docs;
use super::names::{Kind, Scope, Wish, plan_names};
use super::reserved::Place;
use crate::model::{
    Api, Operation, Prose, SecurityKind, Server, ServerVariable, TokenSupply, UrlPiece, WireName,
};
use crate::rust::{
    CredentialItem, CredentialKind, Docs, Features, Paragraph, RustName, ServerChoices, ServerItem,
    ServerList, ServerVariableItem, TokensItem,
};
use std::collections::HashMap;

/// A description longer than this makes no name, in words.
const LONGEST_NAME: usize = 4;

/// The constants of the servers met so far.
#[derive(Debug)]
pub(super) struct ServerNames {
    scope: Scope,
    types: Scope,
    choices: HashMap<(String, Vec<WireName>), ServerChoices>,
    planned: HashMap<String, ServerItem>,
    lists: HashMap<Vec<RustName>, RustName>,
}

impl Default for ServerNames {
    fn default() -> Self {
        ServerNames {
            scope: Scope::new(Kind::Constant, Place::Statics),
            types: Scope::new(Kind::Type, Place::ServerTypes),
            choices: HashMap::new(),
            planned: HashMap::new(),
            lists: HashMap::new(),
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

    /// Names the servers of an operation, and their list after the first operation that has it.
    pub(super) fn plan_list(&mut self, servers: &[Server], method: &RustName) -> ServerList {
        let servers = self.plan_servers(servers);
        let key: Vec<RustName> = servers
            .iter()
            .map(|server| server.constant.clone())
            .collect();
        let scope = &mut self.scope;
        let constant = self
            .lists
            .entry(key)
            .or_insert_with(|| scope.add_one(method.as_str()))
            .clone();
        ServerList { constant, servers }
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
        let is_short = (1..=LONGEST_NAME).contains(&description.split_whitespace().count());
        let constant = match host(server) {
            _ if is_short => self.scope.add_one(description),
            Some(host) if !self.scope.has(host) => self.scope.add_one(host),
            _ => self.scope.add_one("server"),
        };
        let has_variables = !server.variables.is_empty();
        let item = ServerItem {
            builder: has_variables.then(|| self.plan_builder(&constant)),
            url: server.url.clone(),
            variables: self.plan_variables(&server.variables, &constant),
            constant,
            docs: plan_prose(server.description.as_ref()),
        };
        self.planned.insert(key, item.clone());
        item
    }

    /// The type is called like the constant, unless that is only called a server.
    fn plan_builder(&mut self, constant: &RustName) -> RustName {
        match constant.as_str().starts_with("SERVER") {
            true => self.types.add_one(&format!("{constant}_url")),
            false => self.types.add_one(constant.as_str()),
        }
    }

    fn plan_variables(
        &mut self,
        variables: &[ServerVariable],
        server: &RustName,
    ) -> Vec<ServerVariableItem> {
        let wishes: Vec<Wish<'_>> = variables
            .iter()
            .map(|variable| Wish::of(variable.name.as_str()))
            .collect();
        let methods = plan_names(Kind::Method, Place::ServerMethods, &wishes);
        let variables = variables.iter().zip(methods);
        variables
            .map(|(variable, method)| ServerVariableItem {
                name: variable.name.clone(),
                default: variable.default.clone(),
                allowed: variable.allowed.clone(),
                method,
                choices: self.plan_choices(variable, server),
                docs: plan_prose(variable.description.as_ref()),
            })
            .collect()
    }

    fn plan_choices(
        &mut self,
        variable: &ServerVariable,
        server: &RustName,
    ) -> Option<ServerChoices> {
        if variable.allowed.is_empty() {
            return None;
        }
        let name = variable.name.as_str();
        let types = &mut self.types;
        let key = (name.to_owned(), variable.allowed.clone());
        let choices = self.choices.entry(key).or_insert_with(|| {
            let name = match types.has(name) {
                true => types.add_one(&format!("{}_{name}", server.as_str())),
                false => types.add_one(name),
            };
            let wishes: Vec<Wish<'_>> = (variable.allowed.iter())
                .map(|value| Wish::of(value.as_str()))
                .collect();
            let variants = plan_names(Kind::Variant, Place::Local, &wishes);
            ServerChoices { name, variants }
        });
        Some(choices.clone())
    }
}

/// What is said of a server or a variable.
fn plan_prose(text: Option<&Prose>) -> Docs {
    Docs {
        paragraphs: text.into_iter().cloned().map(Paragraph::Prose).collect(),
        deprecated: false,
    }
}

/// The host of a server, if it has few parts and none of them is a variable or a number.
fn host(server: &Server) -> Option<&str> {
    let UrlPiece::Literal(start) = server.url.first()? else {
        return None;
    };
    let (_, rest) = start.as_str().split_once("://")?;
    let end = rest.find(['/', ':', '?']);
    // Without an end in this piece, a variable may go on with the host.
    let is_whole = end.is_some() || server.url.len() == 1;
    let host = rest.get(..end.unwrap_or(rest.len()))?;
    let parts = host.split('.').count();
    let is_name = host.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_whole && is_name && parts <= LONGEST_NAME).then_some(host)
}

/// The credentials that the builder takes.
pub(super) fn plan_credentials(api: &Api, features: Features) -> Vec<CredentialItem> {
    let wishes: Vec<Wish<'_>> = api
        .security
        .iter()
        .filter(|(_, scheme)| scheme.kind != SecurityKind::MutualTls)
        .map(|(_, scheme)| Wish::of(scheme.name.as_str()))
        .collect();
    let methods = plan_names(Kind::Method, Place::BuilderMethods, &wishes);
    let constants = plan_names(Kind::Constant, Place::Statics, &wishes);
    api.security
        .iter()
        .zip(methods.into_iter().zip(constants))
        .filter_map(|((_, scheme), (method, constant))| {
            Some(CredentialItem {
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
                    // These stand after all others.
                    SecurityKind::MutualTls => return None,
                },
                tokens: features
                    .oauth2
                    .then(|| plan_tokens(&scheme.tokens))
                    .flatten(),
                docs: plan_docs(&scheme.docs),
            })
        })
        .collect()
}

/// The alternatives of which one must be given, each a list of credentials by their numbers. A certificate is none of
/// them: the transport has it or has not.
pub(super) fn plan_requirements(api: &Api, operation: &Operation) -> Vec<Vec<usize>> {
    let mut planned: Vec<Vec<usize>> = Vec::with_capacity(operation.security.len());
    for requirement in &operation.security {
        let schemes = requirement.schemes.iter().map(|(id, _)| *id);
        let credentials: Vec<usize> = schemes
            .filter(|id| api.security[*id].kind != SecurityKind::MutualTls)
            .map(|id| id.index())
            .collect();
        if !planned.contains(&credentials) {
            planned.push(credentials);
        }
    }
    // Only the empty alternative is left: nothing is needed.
    if planned.iter().all(Vec::is_empty) {
        planned.clear();
    }
    planned
}

/// The last segment of a scope that is a URL; any other scope as it is.
fn end_of_url(scope: &str) -> &str {
    let rest = scope
        .strip_prefix("https://")
        .or_else(|| scope.strip_prefix("http://"));
    let Some(rest) = rest else { return scope };
    let rest = rest.trim_end_matches('/');
    rest.rsplit_once('/').map_or(rest, |(_, end)| end)
}

/// What the document says of where tokens are to be had, if it says anything that buys one.
fn plan_tokens(supply: &TokenSupply) -> Option<TokensItem> {
    if supply.flows.is_empty() && supply.discovery.is_none() {
        return None;
    }
    let names: Vec<&str> = (supply.scopes.iter())
        .map(|(name, _)| name.as_str())
        .collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *uses.entry(end_of_url(name)).or_default() += 1;
    }
    let wishes: Vec<Wish<'_>> = names
        .iter()
        .map(|name| match end_of_url(name) {
            end if uses.get(end) == Some(&1) => Wish::of(end),
            _ => Wish::of(name),
        })
        .collect();
    let constants = plan_names(Kind::Constant, Place::Local, &wishes);
    let scopes = constants.into_iter().zip(&supply.scopes);
    let scopes = scopes.map(|(constant, (name, description))| {
        let paragraphs = description.iter().cloned().map(Paragraph::Prose).collect();
        let docs = Docs {
            paragraphs,
            deprecated: false,
        };
        (constant, name.clone(), docs)
    });
    Some(TokensItem {
        flows: supply.flows.clone(),
        discovery: supply.discovery.clone(),
        scopes: scopes.collect(),
    })
}
