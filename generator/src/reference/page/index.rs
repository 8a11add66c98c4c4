//! The page that leads to all others.

use super::authentication::scheme_url;
use super::security::{builder_call, travels};
use super::{description, external};
use crate::model::{OperationId, Server, WireName};
use crate::reference::encode::{Anchor, Block, Cell, FrontMatter, Inline, Table, Url};
use crate::reference::links::{Links, operation_page};
use crate::reference::sections::{Section, sections};
use crate::rust::{IncomingModule, ServerVariableItem};
use serde::Serialize;
use std::collections::HashMap;

/// What `pages/index.md.jinja` is given.
#[derive(Serialize)]
pub struct IndexView {
    front: Option<FrontMatter>,
    title: Inline,
    version: Inline,
    description: Option<Block>,
    external: Option<Inline>,
    facts: Vec<FactView>,
    servers: Table,
    variables: Option<Table>,
    security: Vec<SchemeView>,
    groups: Vec<GroupView>,
    type_count: usize,
    changelog: Option<Url>,
    webhooks: usize,
    callbacks: usize,
}

#[derive(Serialize)]
struct FactView {
    label: Inline,
    value: Inline,
}

#[derive(Serialize)]
struct SchemeView {
    link: Inline,
    travels: Inline,
    method: Inline,
}

#[derive(Serialize)]
struct GroupView {
    anchor: Anchor,
    /// The mark of its heading, by how deep it stands.
    heading: &'static str,
    title: Inline,
    description: Option<Block>,
    external: Option<Inline>,
    /// None where only groups within it have operations.
    operations: Option<Table>,
}

/// The headings of groups by how deep they stand; what stands deeper has the last.
const HEADINGS: [&str; 4] = ["###", "####", "#####", "######"];

/// Makes the view of the index. The changelog is a page of the user's.
pub fn index_page(links: Links<'_>, changelog: Option<&str>) -> IndexView {
    let info = &links.api.info;
    let servers = all_servers(links);
    IndexView {
        front: links.front(info.title.as_str(), None),
        title: Inline::prose(&info.title),
        version: Inline::code(info.version.as_str()),
        description: description(&info.docs, 1),
        external: external(&info.docs),
        facts: facts(links),
        servers: server_table(&servers),
        variables: variable_table(&servers, links),
        security: schemes(links),
        groups: groups(links),
        type_count: links.api.types.len(),
        webhooks: links.client.incoming.of(IncomingModule::Webhooks).count(),
        callbacks: links.client.incoming.of(IncomingModule::Callbacks).count(),
        changelog: changelog.map(|url| Url::external(url).unwrap_or(Url::page(url, None))),
    }
}

fn facts(links: Links<'_>) -> Vec<FactView> {
    let info = &links.api.info;
    let mut facts = Vec::new();
    if let Some(url) = info
        .terms_of_service
        .as_ref()
        .and_then(|url| Url::external(url.as_str()))
    {
        facts.push(FactView {
            label: Inline::own("Terms of service"),
            value: Inline::link(&Inline::own("read"), &url),
        });
    }
    if let Some(contact) = &info.contact {
        let name = contact.name.as_ref().map(Inline::prose);
        let url = contact
            .url
            .as_ref()
            .and_then(|url| Url::external(url.as_str()));
        let mail = contact.email.as_ref().and_then(|mail| {
            let label = Inline::text(mail.as_str());
            Some(Inline::link(&label, &Url::mail(mail.as_str())?))
        });
        let page = match (name, url) {
            (Some(name), Some(url)) => Some(Inline::link(&name, &url)),
            (None, Some(url)) => Some(Inline::link(&Inline::own("page"), &url)),
            (name, None) => name,
        };
        let value = Inline::join(page.into_iter().chain(mail), ", ");
        if !value.is_empty() {
            let label = Inline::own("Contact");
            facts.push(FactView { label, value });
        }
    }
    if let Some(license) = &info.license {
        let name = Inline::prose(&license.name);
        let url = license
            .url
            .as_ref()
            .and_then(|url| Url::external(url.as_str()));
        facts.push(FactView {
            label: Inline::own("Licence of the API"),
            value: match url {
                Some(url) => Inline::link(&name, &url),
                None => name,
            },
        });
    }
    facts
}

/// The servers of the document, and those that only operations name.
fn all_servers(links: Links<'_>) -> Vec<(&Server, usize)> {
    let mut servers: Vec<(&Server, usize)> =
        links.api.servers.iter().map(|server| (server, 0)).collect();
    for (_, operation) in links.api.operations.iter() {
        for server in operation.servers.iter().flatten() {
            match servers
                .iter_mut()
                .find(|(known, _)| known.url == server.url)
            {
                Some((_, count)) => *count += 1,
                None => servers.push((server, 1)),
            }
        }
    }
    servers
}

fn server_table(servers: &[(&Server, usize)]) -> Table {
    let mut table = Table::new(&["URL", "Description"]);
    for (server, own) in servers {
        let text = server
            .description
            .as_ref()
            .map_or(Cell::own(""), Cell::prose);
        let own = (*own > 0).then_some(Cell::own("(for the operations that name it)"));
        let pieces = [text]
            .into_iter()
            .chain(own)
            .filter(|cell| !cell.is_empty());
        table.row([Cell::code(&server.default_url()), Cell::join(pieces, " ")]);
    }
    table
}

/// What gives each variable of a server a value in Rust, by the name of the variable.
fn setters<'a>(server: &Server, links: Links<'a>) -> HashMap<&'a WireName, String> {
    let own = links.client.operations.iter();
    let own = own.filter_map(|operation| operation.servers.as_ref());
    let mut all = (links.client.servers.iter()).chain(own.flat_map(|list| &list.servers));
    let Some(item) = all.find(|item| item.url == server.url) else {
        return HashMap::new();
    };
    let Some(builder) = &item.builder else {
        return HashMap::new();
    };
    let setter = |variable: &'a ServerVariableItem| {
        let choices = variable.choices.as_ref();
        let value = choices.map_or("&str", |choices| choices.name.as_str());
        let method = &variable.method;
        let code = format!("servers::{builder}::new().{method}({value})");
        (&variable.name, code)
    };
    item.variables.iter().map(setter).collect()
}

/// The variables of all servers. The server stands in the row of its first one: it is as long as all of their names.
fn variable_table(servers: &[(&Server, usize)], links: Links<'_>) -> Option<Table> {
    let columns = [
        "Server",
        "Variable",
        "Default",
        "Values",
        "In Rust",
        "Description",
    ];
    let mut table = Table::new(&columns);
    for (server, _) in servers {
        let mut url = Cell::code(&server.default_url());
        let setters = setters(server, links);
        for variable in &server.variables {
            let allowed = variable
                .allowed
                .iter()
                .map(|value| Cell::code(value.as_str()));
            table.row([
                std::mem::replace(&mut url, Cell::own("")),
                Cell::code(variable.name.as_str()),
                Cell::code(variable.default.as_str()),
                Cell::join(allowed, ", "),
                (setters.get(&variable.name)).map_or(Cell::own(""), |code| Cell::code(code)),
                variable
                    .description
                    .as_ref()
                    .map_or(Cell::own(""), Cell::prose),
            ]);
        }
    }
    table.filled()
}

fn schemes(links: Links<'_>) -> Vec<SchemeView> {
    links
        .api
        .security
        .iter()
        .map(|(id, scheme)| SchemeView {
            link: Inline::link(&Inline::code(scheme.name.as_str()), &scheme_url(links, id)),
            travels: travels(&scheme.kind),
            method: Inline::code(&builder_call(links, id)),
        })
        .collect()
}

fn groups(links: Links<'_>) -> Vec<GroupView> {
    let sections = sections(links.api).into_iter();
    sections
        .map(|section| {
            let heading = HEADINGS.get(section.depth).unwrap_or(&"######");
            let below = u8::try_from(heading.len()).unwrap_or(u8::MAX);
            GroupView {
                anchor: section_anchor(&section),
                heading,
                title: Inline::text(&section.title),
                description: section.tag.and_then(|tag| description(&tag.docs, below)),
                external: section.tag.and_then(|tag| external(&tag.docs)),
                operations: operation_table(links, &section.operations),
            }
        })
        .collect()
}

fn section_anchor(section: &Section<'_>) -> Anchor {
    let (kind, name) = match section.tag {
        Some(tag) => ("tag", tag.name.as_str()),
        None => ("section", section.title.as_str()),
    };
    Anchor::new(&format!("{kind}-{}", name.replace(' ', "-")))
}

fn operation_table(links: Links<'_>, operations: &[OperationId]) -> Option<Table> {
    let mut table = Table::new(&["Operation", "Method and path", "Rust"]);
    for id in operations {
        let operation = &links.api.operations[*id];
        let Some(item) = links.operation(*id) else {
            continue;
        };
        let url = links.page_url(&operation_page(item), None);
        let label = match &operation.docs.summary {
            Some(summary) => Cell::prose(summary),
            None => Cell::code(item.method.as_str()),
        };
        let deprecated = operation
            .docs
            .deprecated
            .then_some(Cell::own("(deprecated)"));
        let endpoint = format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        );
        table.row([
            Cell::join(
                [Cell::link(&label, &url)].into_iter().chain(deprecated),
                " ",
            ),
            Cell::code(&endpoint),
            Cell::code(item.method.as_str()),
        ]);
    }
    table.filled()
}
