//! The pages of what the API sends: webhooks and callbacks.

use super::operation::{contents_cell, request_tables, response_table};
use super::schema::Limits;
use super::{description, external, snippet};
use crate::model::{Cause, Incoming, OperationId};
use crate::reference::encode::{Anchor, Block, Cell, Fence, FrontMatter, Inline, Table};
use crate::reference::links::{self, Links, plain};
use crate::rust::{IncomingItem, IncomingModule};
use serde::Serialize;

/// What `pages/incoming.md.jinja` is given.
#[derive(Serialize)]
pub struct IncomingPage {
    front: Option<FrontMatter>,
    title: Inline,
    /// The module of the functions in Rust.
    module: Inline,
    /// The function that finds out which webhook a request is.
    dispatch: Option<Inline>,
    requests: Vec<IncomingView>,
}

#[derive(Serialize)]
struct IncomingView {
    anchor: Anchor,
    name: Inline,
    method: Inline,
    /// Where it is sent to, as a runtime expression.
    url: Option<Inline>,
    /// The operations that make the API send it.
    operations: Vec<Inline>,
    deprecated: bool,
    description: Option<Block>,
    external: Option<Inline>,
    signature: Fence,
    body: Option<Cell>,
    parameters: Option<Table>,
    enumerations: Option<Table>,
    responses: Option<Table>,
}

/// Makes the view of the webhooks or the callbacks; `None` if there are none.
pub fn incoming_page(links: Links<'_>, module: IncomingModule) -> Option<IncomingPage> {
    let requests: Vec<IncomingView> = listed(links)
        .filter(|(_, item)| item.module == module)
        .map(|(incoming, item)| view(links, incoming, item))
        .collect();
    let (title, own) = match module {
        IncomingModule::Webhooks => ("Webhooks", "webhooks"),
        IncomingModule::Callbacks => ("Callbacks", "callbacks"),
    };
    let dispatch = match (module, &links.client.incoming.tag) {
        (IncomingModule::Callbacks, _) => None,
        (IncomingModule::Webhooks, Some(_)) => Some("webhooks::Event::read"),
        (IncomingModule::Webhooks, None) => Some("webhooks::Event::named"),
    };
    (!requests.is_empty()).then(|| IncomingPage {
        front: links.front(title, None),
        title: Inline::own(title),
        module: Inline::code(own),
        dispatch: dispatch.map(Inline::code),
        requests,
    })
}

/// What the API sends because of a call of an operation, each a link to its description.
pub fn callback_links(links: Links<'_>, id: OperationId) -> Vec<Inline> {
    listed(links)
        .filter_map(|(incoming, item)| match &incoming.cause {
            Cause::Callback { operations, url } if operations.contains(&id) => {
                let page = links.page_url("callbacks", Some(&anchor(item)));
                let name = Inline::link(&Inline::code(incoming.name.as_str()), &page);
                let to = Inline::code(&format!("{} {}", incoming.method.as_str(), url.as_str()));
                Some(Inline::join([name, to], ": "))
            }
            _ => None,
        })
        .collect()
}

fn listed<'a>(links: Links<'a>) -> impl Iterator<Item = (&'a Incoming, &'a IncomingItem)> {
    links.api.incoming.iter().zip(&links.client.incoming.list)
}

fn anchor(item: &IncomingItem) -> Anchor {
    Anchor::new(plain(&item.function))
}

fn view(links: Links<'_>, incoming: &Incoming, item: &IncomingItem) -> IncomingView {
    let limits = Limits::for_types(links.api.types.len());
    let parameters = &incoming.parameters;
    let (parameters, enumerations) = request_tables(links, parameters, None, limits, None);
    let (url, operations) = match &incoming.cause {
        Cause::Webhook => (None, Vec::new()),
        Cause::Callback { operations, url } => {
            let operations = operations.iter().filter_map(|id| links.operation(*id));
            let operations = operations.map(|item| {
                let page = links.page_url(&links::operation_page(item), None);
                Inline::link(&Inline::code(plain(&item.method)), &page)
            });
            (Some(Inline::code(url.as_str())), operations.collect())
        }
    };
    IncomingView {
        anchor: anchor(item),
        name: match &incoming.docs.summary {
            Some(summary) => Inline::prose(summary),
            None => Inline::code(incoming.name.as_str()),
        },
        method: Inline::code(incoming.method.as_str()),
        url,
        operations,
        deprecated: incoming.docs.deprecated,
        description: description(&incoming.docs, 2),
        external: external(&incoming.docs),
        signature: Fence::new("rust", &snippet::receiving(item)),
        body: (!incoming.contents.is_empty())
            .then(|| contents_cell(links, incoming.contents.iter())),
        parameters,
        enumerations,
        responses: response_table(links, &incoming.responses),
    }
}
