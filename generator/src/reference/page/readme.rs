//! The README of the emitted crate.

use super::authentication::certificate;
use super::{description, external};
use crate::reference::encode::{Block, Cell, Fence, Inline, Table, Url};
use crate::reference::links::{Links, operation_page};
use crate::reference::sample::Language;
use crate::rust::Client;
use serde::Serialize;

/// What `pages/readme.md.jinja` is given.
#[derive(Serialize)]
pub struct ReadmeView {
    name: Inline,
    title: Inline,
    version: Inline,
    description: Option<Block>,
    external: Option<Inline>,
    dependency: Fence,
    quick_start: Option<Fence>,
    operations: Option<Table>,
    operation_count: usize,
    examples: Vec<Inline>,
    languages: Vec<Inline>,
    has_credentials: bool,
    /// How the client is given a certificate, if the API asks for one.
    certificate: Option<Fence>,
    features: Option<Table>,
    /// How a program is tested without a server.
    test: Fence,
}

/// More operations than this are left to the index.
const MOST_OPERATIONS: usize = 40;

/// Makes the view of the README. The first sample is the quick start.
pub fn readme(
    links: Links<'_>,
    quick_start: Option<&str>,
    examples: &[String],
    languages: &[Language],
) -> ReadmeView {
    let client = links.client;
    let mut table = Table::new(&["Operation", "Method and path", "Rust"]);
    for (id, operation) in links.api.operations.iter().take(MOST_OPERATIONS) {
        let Some(item) = links.operation(id) else {
            continue;
        };
        let label = match &operation.docs.summary {
            Some(summary) => Cell::prose(summary),
            None => Cell::code(item.method.as_str()),
        };
        let url = Url::page(
            &format!("docs/{}{}", operation_page(item), links.flavour.extension()),
            None,
        );
        let endpoint = format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        );
        table.row([
            Cell::link(&label, &url),
            Cell::code(&endpoint),
            Cell::code(item.method.as_str()),
        ]);
    }
    ReadmeView {
        name: Inline::text(&client.package.name),
        title: Inline::prose(&client.title),
        version: Inline::code(client.api_version.as_str()),
        description: description(&links.api.info.docs, 1),
        external: external(&links.api.info.docs),
        dependency: Fence::new(
            "toml",
            &format!(
                "[dependencies]\n{} = {{ path = \"../{}\" }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}",
                client.package.name, client.package.name
            ),
        ),
        quick_start: quick_start.map(|code| Fence::new("rust", code)),
        operations: table.filled(),
        operation_count: client.operations.len(),
        examples: examples.iter().map(|name| Inline::code(name)).collect(),
        languages: languages
            .iter()
            .map(|language| Inline::own(language.label()))
            .collect(),
        has_credentials: !client.credentials.is_empty(),
        certificate: (links.api.security.iter())
            .find_map(|(_, scheme)| certificate(links, &scheme.kind)),
        features: features(client),
        test: Fence::new(
            "rust",
            &format!(
                "use {}::testing::{{Answer, Script}};\n\n{TEST}",
                client.package.module
            ),
        ),
    }
}

/// A test without a server.
const TEST: &str = "\
let server = Script::new().answer(Answer::new(503)).answer(Answer::json(200, body));
let client = Client::builder().transport(server.clone()).build()?;
// .. what is to be tested calls the client ..
assert_eq!(server.sent().len(), 2);  // tried again after the 503";

/// The features of the crate, with what each brings: those that the manifest has.
fn features(client: &Client) -> Option<Table> {
    let mut table = Table::new(&["Feature", "What it is for", "Dependencies"]);
    let mut row = |name: &str, purpose: &'static str, brings: &str| {
        let brings = match brings {
            "" => Cell::own("none"),
            brings => Cell::join(brings.split(' ').map(Cell::code), ", "),
        };
        table.row([Cell::code(name), Cell::own(purpose), brings]);
    };
    row(
        "rustls",
        "TLS by rustls; on unless default features are off",
        "",
    );
    row("native-tls", "TLS by the library of the system", "");
    row("serde", "`Serialize` and `Deserialize` for all types", "");
    if let Some(rules) = &client.rules {
        let brings = if rules.has_patterns { "regress" } else { "" };
        row("validate", "`validate()` on all types", brings);
    }
    if client.features.oauth2 {
        let purpose = "the flows of OAuth 2 in `security`, which buy and renew tokens";
        row("oauth2", purpose, "base64 getrandom sha2");
    }
    if client.features.signatures {
        let purpose = "`runtime::signature`: who sent a webhook or a callback";
        row("signatures", purpose, "base64 hmac sha2");
    }
    if client.features.tracing {
        let purpose = "`ClientBuilder::tracing`: a span around each call and each try";
        row("tracing", purpose, "tracing");
    }
    if client.features.compression {
        let purpose =
            "`ClientBuilder::compress_requests` and `accept_gzip`: bodies travel with gzip";
        row("compression", purpose, "flate2");
    }
    if client.features.blocking {
        let purpose = match client.runtime.pages || client.runtime.events {
            true => {
                "`wait`: calls that block instead of being awaited, and loops over pages and events"
            }
            false => "`Request::wait`: calls that block instead of being awaited",
        };
        row("blocking", purpose, "");
    }
    table.filled()
}
