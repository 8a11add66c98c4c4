//! From the model to the plan of a Rust client: every name, type and method decided.

mod bodies;
mod convert;
mod defaults;
mod docs;
mod formats;
mod forms;
mod headers;
mod incoming;
mod links;
mod members;
mod names;
mod operations;
mod outcomes;
mod package;
mod pagination;
mod readable;
mod reserved;
mod rules;
mod statuses;
mod surroundings;
mod types;
mod words;
mod xml;

use crate::analysis::Facts;
use crate::model::{Api, ContentKind, RequestBody};
use crate::rust::{Client, Features, RuntimeParts};
use convert::Types;
pub use defaults::Defaults;
pub use formats::Formats;
use surroundings::ServerNames;

/// What the user decides of a client.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// The name of the package; made from the title where it is not given. Reduced to what a manifest allows.
    pub name: Option<String>,
    /// The version of the package, semantic; made from the API's where it is not given.
    pub version: Option<String>,
    /// Whether values can be checked against what the document demands beyond their types.
    pub validate: bool,
    /// What the client has only if the user asks for it.
    pub features: Features,
    /// Which types stand for the formats of strings.
    pub formats: Formats,
    /// What becomes of the defaults of properties.
    pub defaults: Defaults,
}

/// Decides every name, type and method of the client.
pub fn plan(api: &Api, facts: &Facts, options: &PlanOptions) -> Client {
    let types = Types::new(api, facts, options);
    let mut servers = ServerNames::default();
    let credentials = surroundings::plan_credentials(api, options.features);
    let has_flows = credentials.iter().any(|item| item.tokens.is_some());
    let items = types::plan_types(&types);
    let document_servers = servers.plan_servers(&api.servers);
    let operations = operations::plan_operations(&types, &items, &mut servers);
    let defaults = defaults::has_json_defaults(&items);
    Client {
        package: package::plan_package(api, options),
        docs: docs::plan_docs(&api.info.docs),
        title: api.info.title.clone(),
        api_version: api.info.version.clone(),
        types: items,
        incoming: incoming::plan_incoming(&types),
        servers: document_servers,
        credentials,
        rules: options
            .validate
            .then(|| rules::plan_rules(&types))
            .flatten(),
        runtime: RuntimeParts {
            xml: xml::has_xml(api),
            multipart: sends(api, |kind| matches!(kind, ContentKind::Multipart { .. })),
            bytes: sends(api, |kind| matches!(kind, ContentKind::Bytes)),
            items: sends(api, |kind| matches!(kind, ContentKind::Items { .. })),
            events: operations
                .iter()
                .any(|operation| operation.stream.is_some()),
            links: operations
                .iter()
                .any(|operation| operation.links().next().is_some()),
            pages: operations
                .iter()
                .any(|operation| operation.paging.is_some()),
            defaults,
            ..types.runtime_parts()
        },
        xml: match xml::has_xml(api) {
            true => xml::plan_xml(&types),
            false => Vec::new(),
        },
        features: Features {
            oauth2: has_flows,
            signatures: options.features.signatures
                || (options.features.received && !api.incoming.is_empty()),
            ..options.features
        },
        operations,
    }
}

/// Whether an operation sends a body of a kind.
fn sends(api: &Api, is_kind: impl Fn(&ContentKind) -> bool) -> bool {
    let mut operations = api.operations.iter();
    operations.any(|(_, operation)| {
        let mut contents = operation.body.iter().flat_map(RequestBody::contents);
        contents.any(|content| is_kind(&content.kind))
    })
}
