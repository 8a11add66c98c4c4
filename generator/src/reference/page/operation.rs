//! The page of an operation.

mod extent;
mod links;
mod responses;

pub use extent::{Part, fit};

use super::schema::{Limits, Row, Rows, restrictions, type_cell};
use super::security::security;
use super::{Shared, callback_links, description, docs_cell, external, snippet};
use crate::model::{
    Access, Content, ContentKind, Operation, OperationId, Parameter, RequestBody, Type,
};
use crate::reference::call::{BodyContent, Call};
use crate::reference::encode::{Anchor, Block, Cell, Fence, FrontMatter, Inline, Table};
use crate::reference::flavour::Flavour;
use crate::reference::links::{Links, plain};
use crate::reference::phrases::{self, Phrase};
use crate::reference::sample::{Language, Sample, json_text};
use crate::reference::sections::labels;
use crate::rust::{OperationItem, OutcomeItem};
use links::link_table;
pub use responses::response_table;
use responses::{header_table, response_examples, response_schemas};
use serde::Serialize;

/// What `pages/operation.md.jinja` is given.
#[derive(Serialize)]
pub struct OperationView {
    front: Option<FrontMatter>,
    anchor: Anchor,
    title: Inline,
    endpoint: Inline,
    deprecated: bool,
    /// What its tags say of it.
    labels: Vec<Inline>,
    description: Option<Block>,
    external: Option<Inline>,
    servers: Vec<Inline>,
    /// Each way of saying who calls, with what the document says of it.
    security: Vec<Inline>,
    /// The same without.
    security_brief: Vec<Inline>,
    anonymous: bool,
    signature: Fence,
    samples: Vec<SampleView>,
    body_media_type: Option<Inline>,
    body_example: Option<Fence>,
    parameters: Option<Table>,
    /// The same, with what is told on the page of shared parameters left out, if anything is.
    #[serde(skip)]
    parameters_brief: Option<Table>,
    enumerations: Option<Table>,
    examples: Vec<ExampleView>,
    responses: Option<Table>,
    schemas: Vec<SchemaView>,
    headers: Option<Table>,
    /// What its answers lead to.
    links: Option<Table>,
    errors: Option<Fence>,
    /// The errors in a line, instead of a `match`.
    errors_brief: Option<Inline>,
    error_type: Inline,
    /// What the API sends because of a call, each a link to its description.
    callbacks: Vec<Inline>,
    /// How it hands out what it has in pages.
    paging: Option<Inline>,
    /// What its answers are if they are read as they arrive.
    streams: Vec<Inline>,
}

#[derive(Serialize)]
struct SampleView {
    #[serde(skip)]
    language: Language,
    name: Inline,
    title: Inline,
    code: Fence,
}

#[derive(Serialize)]
struct ExampleView {
    /// Whether it is the answer to a call that succeeded.
    #[serde(skip)]
    success: bool,
    title: Inline,
    code: Fence,
}

#[derive(Serialize)]
struct SchemaView {
    title: Inline,
    table: Table,
    enumerations: Option<Table>,
}

/// Makes the view of an operation.
pub fn operation_page(
    links: Links<'_>,
    id: OperationId,
    item: &OperationItem,
    call: &Call,
    samples: &[Sample],
    shared: &Shared<'_>,
) -> OperationView {
    let operation = &links.api.operations[id];
    let limits = Limits::for_types(links.api.types.len());
    let (parameters, enumerations) = parameter_tables(links, operation, limits, None);
    let is_shared = |parameter: &Parameter| shared.anchor(parameter).is_some();
    let parameters_brief = operation
        .parameters
        .iter()
        .any(is_shared)
        .then(|| parameter_tables(links, operation, limits, Some(shared)).0)
        .flatten();
    OperationView {
        front: front(links, operation, item),
        anchor: Anchor::new(plain(&item.method)),
        title: title(operation, item),
        endpoint: Inline::code(&format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        )),
        deprecated: operation.docs.deprecated,
        labels: labels(links.api, operation)
            .map(|(title, url)| match url {
                Some(url) => Inline::link(&Inline::text(title), &url),
                None => Inline::text(title),
            })
            .collect(),
        description: description(&operation.docs, 1),
        external: external(&operation.docs),
        servers: servers(links, operation),
        security: security(links, operation, true),
        security_brief: security(links, operation, false),
        anonymous: operation.security.is_empty()
            || operation
                .security
                .iter()
                .any(|requirement| requirement.schemes.is_empty()),
        signature: Fence::new("rust", &snippet::signature(item)),
        samples: sample_views(samples, links.flavour),
        body_media_type: call
            .body
            .as_ref()
            .map(|body| Inline::code(&body.media_type)),
        body_example: body_example(call),
        parameters,
        parameters_brief,
        enumerations,
        examples: response_examples(links, operation),
        responses: response_table(links, &operation.responses),
        schemas: response_schemas(links, operation, limits),
        headers: header_table(links, operation),
        links: link_table(links, operation, item),
        errors: error_match(operation, item).map(|code| Fence::new("rust", &code)),
        errors_brief: error_line(item),
        error_type: Inline::code(&snippet::error(&item.error)),
        callbacks: callback_links(links, id),
        paging: item
            .paging
            .as_ref()
            .map(|paging| phrases_inline(links, phrases::pagination(&paging.pagination))),
        streams: operation
            .responses
            .iter()
            .filter_map(|response| response.stream.as_ref())
            .map(|stream| phrases_inline(links, phrases::stream(stream)))
            .collect(),
    }
}

/// Sentences with the names of types as links.
fn phrases_inline(links: Links<'_>, phrases: Vec<Phrase<'_>>) -> Inline {
    let pieces = phrases.into_iter().map(|phrase| match phrase {
        Phrase::Words(words) => Inline::own(words),
        Phrase::Code(code) => Inline::code(&code),
        Phrase::Type(ty) => links.type_inline(ty),
    });
    Inline::join(pieces, "")
}

/// A `match` over the documented errors, each with the first line that the document says of it.
pub fn error_match(operation: &Operation, item: &OperationItem) -> Option<String> {
    snippet::errors(item, |status| {
        let mut responses = operation.responses.iter();
        let response = responses.find(|response| response.status == status);
        let text = response.and_then(|response| response.docs.description.as_ref());
        text.map(|text| first_line(text.as_str()))
            .unwrap_or_default()
    })
}

/// The documented errors in a line, each as its variant with what it holds.
fn error_line(item: &OperationItem) -> Option<Inline> {
    let OutcomeItem::Enum { cases, .. } = &item.error else {
        return None;
    };
    let variants = cases.iter().map(|case| {
        let variant = Inline::code(&snippet::variant(case));
        let status = Inline::text(&format!("({})", case.status));
        Inline::join([variant, status], " ")
    });
    Some(Inline::join(variants, ", "))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// The title and the endpoint for the program that shows the page.
fn front(links: Links<'_>, operation: &Operation, item: &OperationItem) -> Option<FrontMatter> {
    let summary = operation.docs.summary.as_ref();
    let title = summary.map_or(plain(&item.method), |text| text.as_str());
    let endpoint = format!(
        "{} {}",
        operation.method.as_str(),
        operation.path_template()
    );
    links.front(title, Some(&endpoint))
}

/// The summary, else the name of the method.
pub fn title(operation: &Operation, item: &OperationItem) -> Inline {
    match &operation.docs.summary {
        Some(summary) => Inline::prose(summary),
        None => Inline::code(plain(&item.method)),
    }
}

fn sample_views(samples: &[Sample], flavour: Flavour) -> Vec<SampleView> {
    samples
        .iter()
        .map(|sample| SampleView {
            language: sample.language,
            name: Inline::own(sample.language.as_str()),
            title: Inline::own(sample.language.label()),
            code: match flavour {
                Flavour::Mintlify => {
                    let language = sample.language;
                    Fence::titled(language.fence(), language.label(), &sample.code)
                }
                _ => Fence::new(sample.language.fence(), &sample.code),
            },
        })
        .collect()
}

fn servers(links: Links<'_>, operation: &Operation) -> Vec<Inline> {
    let servers = operation.servers.as_ref().unwrap_or(&links.api.servers);
    servers
        .iter()
        .map(|server| Inline::code(&server.default_url()))
        .collect()
}

fn body_example(call: &Call) -> Option<Fence> {
    let body = call.body.as_ref()?;
    Some(match &body.content {
        BodyContent::Json(value) => Fence::new("json", &json_text(value)),
        BodyContent::Form(_) | BodyContent::Parts(_) => Fence::new("json", &json_text(&body.value)),
        BodyContent::Text(text) => Fence::new("text", text),
    })
}

fn parameter_tables(
    links: Links<'_>,
    operation: &Operation,
    limits: Limits,
    shared: Option<&Shared<'_>>,
) -> (Option<Table>, Option<Table>) {
    let body = operation.body.as_ref();
    request_tables(links, &operation.parameters, body, limits, shared)
}

/// The table of what a request holds, parameters, then its body, and that of the values of enumerations.
pub fn request_tables(
    links: Links<'_>,
    parameters: &[Parameter],
    body: Option<&RequestBody>,
    limits: Limits,
    shared: Option<&Shared<'_>>,
) -> (Option<Table>, Option<Table>) {
    let mut table = Table::new(&["Name", "In", "Type", "Required", "Description"]);
    let mut enumerations = Vec::new();
    let mut rows = Rows::new(links, limits);
    for parameter in parameters {
        let row = Row {
            depth: 0,
            name: Cell::text(parameter.name.as_str()),
            ty: type_cell(links, &parameter.ty),
            required: parameter.presence.is_required(),
            restrictions: restrictions(&parameter.constraints, &parameter.presence, Access::Both),
            description: match shared.and_then(|shared| shared.anchor(parameter)) {
                Some(anchor) => {
                    let url = links.page_url("parameters", Some(anchor));
                    Cell::link(&Cell::own("as everywhere"), &url)
                }
                None => docs_cell(&parameter.docs, false),
            },
        };
        rows.add(row, &parameter.ty);
        push_rows(
            &mut table,
            Cell::own(parameter.location.as_str()),
            &mut rows,
        );
    }
    if let Some(body) = body {
        let row = Row {
            depth: 0,
            name: Cell::own("body"),
            ty: contents_cell(links, body.contents()),
            required: body.required,
            restrictions: Vec::new(),
            description: docs_cell(&body.docs, false),
        };
        rows.list.push(row);
        let mut types: Vec<&Type> = Vec::new();
        for ty in body.contents().filter_map(|content| content.kind.ty()) {
            // What is sent in several spellings is shown once.
            if !types.contains(&ty) {
                rows.parts(&Cell::own("body"), ty, 0);
                types.push(ty);
            }
        }
        push_rows(&mut table, Cell::own("body"), &mut rows);
    }
    enumerations.append(&mut rows.enumerations);
    rows.enumerations = enumerations;
    (table.filled(), rows.enumeration_table("Parameter"))
}

/// Moves rows into the table of parameters, where restrictions stand with the description.
fn push_rows(table: &mut Table, place: Cell, rows: &mut Rows<'_>) {
    for row in rows.list.drain(..) {
        let name = row.marked_name();
        let restrictions = Cell::join(row.restrictions, ", ");
        let description = match (row.description.is_empty(), restrictions.is_empty()) {
            (_, true) => row.description,
            (true, false) => restrictions,
            (false, false) => Cell::join([row.description, restrictions], "<br/>"),
        };
        table.row([
            name,
            place.clone(),
            row.ty,
            required(row.required),
            description,
        ]);
    }
}

fn required(required: bool) -> Cell {
    Cell::own(if required { "true" } else { "false" })
}

/// What a body may hold; where that is more than one thing, each with its media types.
pub fn contents_cell<'c>(links: Links<'_>, contents: impl Iterator<Item = &'c Content>) -> Cell {
    let contents: Vec<&Content> = contents.collect();
    if let [only] = contents.as_slice() {
        return content_cell(links, only);
    }
    let each = contents.into_iter().map(|content| {
        let names = content.media_types().map(|name| Cell::code(name.as_str()));
        let names = Cell::join(names, ", ");
        Cell::join([content_cell(links, content), names], " as ")
    });
    Cell::join(each, "<br/>")
}

fn content_cell(links: Links<'_>, content: &Content) -> Cell {
    match (content.kind.ty(), &content.kind) {
        (Some(ty), _) => type_cell(links, ty),
        (None, ContentKind::Bytes) => Cell::own("bytes"),
        (None, _) => Cell::own("text"),
    }
}
