//! The list of all pages for programs that read, in the form of llmstxt.org.

use crate::model::{Operation, OperationId};
use crate::reference::encode::{Inline, Url};
use crate::reference::links::{Links, operation_page};
use crate::reference::sections::sections;
use crate::rust::IncomingModule;
use serde::Serialize;

/// What `pages/llms.txt.jinja` is given.
#[derive(Serialize)]
pub struct LlmsView {
    title: Inline,
    /// The first sentence or so of what the document says of the API.
    summary: Option<Inline>,
    groups: Vec<GroupView>,
    has_types: bool,
    has_schemes: bool,
    has_webhooks: bool,
    has_callbacks: bool,
}

#[derive(Serialize)]
struct GroupView {
    title: Inline,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    label: Inline,
    url: Url,
    endpoint: Inline,
}

/// Makes the view.
pub fn llms_page(links: Links<'_>) -> LlmsView {
    let info = &links.api.info;
    let docs = &info.docs;
    let has = |module| links.client.incoming.of(module).next().is_some();
    LlmsView {
        title: Inline::prose(&info.title),
        summary: docs
            .summary
            .as_ref()
            .or(docs.description.as_ref())
            .map(Inline::first_paragraph),
        groups: groups(links),
        has_types: !links.api.types.is_empty(),
        has_schemes: !links.api.security.is_empty(),
        has_webhooks: has(IncomingModule::Webhooks),
        has_callbacks: has(IncomingModule::Callbacks),
    }
}

/// The groups that have operations, each with the title of the one around it, as the form has one level of headings.
fn groups(links: Links<'_>) -> Vec<GroupView> {
    let sections = sections(links.api);
    let with_operations = sections.iter().filter_map(|section| {
        let operations = section.operations.iter();
        let operations: Vec<OperationView> =
            operations.filter_map(|id| operation(links, *id)).collect();
        let parent = section.parent.and_then(|parent| sections.get(parent));
        (!operations.is_empty()).then(|| GroupView {
            title: match parent {
                Some(parent) => Inline::text(&format!("{} / {}", parent.title, section.title)),
                None => Inline::text(&section.title),
            },
            operations,
        })
    });
    with_operations.collect()
}

fn operation(links: Links<'_>, id: OperationId) -> Option<OperationView> {
    let operation = &links.api.operations[id];
    let item = links.operation(id)?;
    Some(OperationView {
        label: label(operation, item.method.as_str()),
        // A program fetches the file, whatever the route of the page is.
        url: Url::page(
            &format!("{}{}", operation_page(item), links.flavour.extension()),
            None,
        ),
        endpoint: Inline::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        )),
    })
}

fn label(operation: &Operation, method: &str) -> Inline {
    match &operation.docs.summary {
        Some(summary) => Inline::prose(summary),
        None => Inline::code(method),
    }
}
