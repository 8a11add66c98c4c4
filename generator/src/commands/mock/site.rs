//! The site that the stand-in serves: the document's, with the stand-in as its first server.

use specwright::Layout;
use specwright::mock::SiteMaker;
use specwright::model::{Api, Prose, Server, UrlPiece, WireName};
use specwright::reference::{DocsOptions, Document, ReferenceOptions, render};
use specwright::rust::Client;
use specwright::source::{FileId, Origin, Pointer};
use std::collections::HashMap;
use std::net::SocketAddr;

/// Where the site stands in what is rendered.
const DIRECTORY: &str = "docs/html/";

/// What makes the site for an address. The documents are offered for download, each with its name.
pub(super) fn maker(api: Api, client: Client, documents: Vec<(String, String)>) -> SiteMaker {
    Box::new(move |address| {
        let api = served(&api, address);
        let options = ReferenceOptions {
            layout: Layout::Module,
            docs: DocsOptions {
                html: true,
                ..DocsOptions::default()
            },
            documents: documents
                .iter()
                .map(|(name, text)| Document { name, text })
                .collect(),
        };
        // A template that does not fit its view is a fault of ours, which the tests of the site find.
        let files = render(&api, &client, &options).unwrap_or_default();
        let files = files.into_iter().filter_map(|file| {
            let name = file.path.as_str().strip_prefix(DIRECTORY)?.to_owned();
            Some((name, file.content))
        });
        files.collect::<HashMap<String, String>>()
    })
}

/// The API with the stand-in before all other servers.
fn served(api: &Api, address: SocketAddr) -> Api {
    let server = Server {
        url: vec![UrlPiece::Literal(WireName::new(format!(
            "http://{address}"
        )))],
        variables: Vec::new(),
        description: Prose::new("This mock server"),
        origin: Origin::new(FileId::ENTRY, Pointer::root()),
    };
    let mut api = api.clone();
    for operation in api.operations.iter_mut() {
        if let Some(servers) = &mut operation.servers {
            servers.insert(0, server.clone());
        }
    }
    api.servers.insert(0, server);
    api
}
