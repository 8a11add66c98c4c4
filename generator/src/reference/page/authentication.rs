//! The page of the ways to say who calls.

use super::description;
use super::security::{builder_call, travels};
use crate::model::{FlowKind, SecurityId, SecurityKind, TokenFlow, TokenSupply};
use crate::reference::encode::{Anchor, Block, Cell, Fence, FrontMatter, Inline, Table, Url};
use crate::reference::links::{Links, operation_page};
use serde::Serialize;

/// What `pages/authentication.md.jinja` is given.
#[derive(Serialize)]
pub struct AuthenticationView {
    front: Option<FrontMatter>,
    schemes: Vec<SchemeView>,
    /// The operations that a caller needs no credentials for.
    anonymous: Option<Table>,
}

#[derive(Serialize)]
struct SchemeView {
    anchor: Anchor,
    name: Inline,
    travels: Inline,
    /// The method of the builder that takes the credential.
    method: Inline,
    description: Option<Block>,
    /// How the client is given its certificate, if it is one.
    certificate: Option<Fence>,
    /// How many operations take it.
    operations: usize,
    /// Where its tokens are bought, and what they may allow.
    flows: Option<Table>,
    scopes: Option<Table>,
    /// The module that has them as constants.
    module: Inline,
}

/// More operations than this are not listed.
const MOST_OPERATIONS: usize = 40;

/// Makes the view; `None` if the API has no schemes.
pub fn authentication_page(links: Links<'_>) -> Option<AuthenticationView> {
    let schemes: Vec<SchemeView> = links
        .api
        .security
        .iter()
        .map(|(id, scheme)| {
            let item = links.client.credentials.get(id.index());
            SchemeView {
                anchor: Anchor::new(scheme.name.as_str()),
                name: Inline::code(scheme.name.as_str()),
                travels: travels(&scheme.kind),
                method: Inline::code(&builder_call(links, id)),
                certificate: certificate(links, &scheme.kind),
                description: description(&scheme.docs, 2),
                operations: takers(links, id),
                flows: flows(&scheme.tokens),
                scopes: scopes(&scheme.tokens),
                module: match item {
                    Some(item) => Inline::code(&format!("security::{}", item.method)),
                    None => Inline::code("security"),
                },
            }
        })
        .collect();
    (!schemes.is_empty()).then(|| AuthenticationView {
        front: links.front("Authentication", None),
        schemes,
        anonymous: anonymous(links),
    })
}

/// How the client is given a certificate, if the scheme asks for one.
pub fn certificate(links: Links<'_>, kind: &SecurityKind) -> Option<Fence> {
    let module = &links.client.package.module;
    let uses = format!("use {module}::Client;\nuse {module}::runtime::reqwest::Reqwest;");
    (*kind == SecurityKind::MutualTls).then(|| Fence::new("rust", &format!("{uses}\n\n{IDENTITY}")))
}

/// The whole of mutual TLS, with the features that the crate has by itself.
const IDENTITY: &str = "\
// `pem` is the certificate and then its key, both in PEM.
let identity = reqwest::Identity::from_pem(&pem)?;
let transport = Reqwest::from_builder(reqwest::Client::builder().identity(identity))?;
let client = Client::builder().transport(transport).build()?;";

/// Each flow with its URLs.
fn flows(supply: &TokenSupply) -> Option<Table> {
    let mut table = Table::new(&["Flow", "URL", "Constant"]);
    for flow in &supply.flows {
        let (name, constant) = flow_names(&flow.kind);
        let urls = flow_urls(flow).map(Cell::code);
        table.row([
            Cell::own(name),
            Cell::join(urls, ", "),
            Cell::code(constant),
        ]);
    }
    if let Some(url) = &supply.discovery {
        table.row([
            Cell::own("as the server says"),
            Cell::code(url.as_str()),
            Cell::code("DISCOVERY"),
        ]);
    }
    table.filled()
}

/// What a flow is called, by people and in the client.
pub fn flow_names(kind: &FlowKind) -> (&'static str, &'static str) {
    match kind {
        FlowKind::AuthorizationCode(_) => ("authorization code", "AUTHORIZATION_CODE"),
        FlowKind::ClientCredentials => ("client credentials", "CLIENT_CREDENTIALS"),
        FlowKind::Password => ("password", "PASSWORD"),
        FlowKind::Device(_) => ("device", "DEVICE_AUTHORIZATION"),
    }
}

/// The URLs of a flow, in the order in which they are asked.
pub fn flow_urls(flow: &TokenFlow) -> impl Iterator<Item = &str> {
    let first = match &flow.kind {
        FlowKind::AuthorizationCode(url) | FlowKind::Device(url) => Some(url),
        FlowKind::ClientCredentials | FlowKind::Password => None,
    };
    let urls = first.into_iter().chain([&flow.token_url]);
    urls.chain(&flow.refresh_url).map(|url| url.as_str())
}

fn scopes(supply: &TokenSupply) -> Option<Table> {
    let mut table = Table::new(&["Scope", "What it allows"]);
    for (name, description) in &supply.scopes {
        let description = description.as_ref().map(Cell::first_paragraph);
        table.row([
            Cell::code(name.as_str()),
            description.unwrap_or(Cell::own("")),
        ]);
    }
    table.filled()
}

fn takers(links: Links<'_>, id: SecurityId) -> usize {
    let operations = links.api.operations.iter();
    operations
        .filter(|(_, operation)| {
            let mut schemes = operation
                .security
                .iter()
                .flat_map(|requirement| &requirement.schemes);
            schemes.any(|(known, _)| *known == id)
        })
        .count()
}

fn anonymous(links: Links<'_>) -> Option<Table> {
    let mut table = Table::new(&["Operation", "Method and path"]);
    let operations = links.api.operations.iter();
    let open = operations.filter(|(_, operation)| {
        operation.security.is_empty() || operation.security.iter().any(|one| one.schemes.is_empty())
    });
    for (id, operation) in open.take(MOST_OPERATIONS) {
        let item = links.operation(id)?;
        let url = links.page_url(&operation_page(item), None);
        let endpoint = format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        );
        table.row([
            Cell::link(&Cell::code(item.method.as_str()), &url),
            Cell::code(&endpoint),
        ]);
    }
    table.filled()
}

/// Where a scheme is described.
pub fn scheme_url(links: Links<'_>, id: SecurityId) -> Url {
    let anchor = Anchor::new(links.api.security[id].name.as_str());
    links.page_url("authentication", Some(&anchor))
}
