//! The pages that lead to others: the first page, those of the tags, and the errors of the whole API.

use super::operation::kind;
use super::pages::{Group, Root};
use super::shell::{Crumb, Place, Shell};
use super::tokens::{FlowView, ScopeView, flows, scopes};
use super::{Site, description, external};
use crate::model::{ApiKeyPlace, Info, OperationId, SecurityKind, Server, StatusPattern};
use crate::reference::encode::{Html, Text, Url};
use crate::reference::page::{builder_call, snippet, status};
use crate::rust::OutcomeItem;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// What `site/index.html.jinja` is given.
#[derive(Serialize)]
pub struct IndexView {
    shell: Shell,
    description: Option<Html>,
    external: Option<Html>,
    facts: Vec<FactView>,
    servers: Vec<ServerView>,
    security: Vec<SchemeView>,
    groups: Vec<GroupView>,
    operation_count: usize,
    type_count: usize,
}

/// What `site/tag.html.jinja` is given.
#[derive(Serialize)]
pub struct TagView {
    pub(super) shell: Shell,
    pub(super) group: GroupView,
    /// The groups that stand in it.
    pub(super) within: Vec<GroupView>,
}

/// What `site/errors.html.jinja` is given.
#[derive(Serialize)]
pub struct ErrorsView {
    shell: Shell,
    statuses: Vec<StatusView>,
    operations: Vec<ErrorView>,
}

#[derive(Serialize)]
struct FactView {
    /// Empty where the value says what it is.
    label: &'static str,
    value: Html,
}

#[derive(Serialize)]
struct ServerView {
    url: Text,
    description: Option<Html>,
    variables: Vec<VariableView>,
}

#[derive(Serialize)]
struct VariableView {
    name: Text,
    default: Text,
    allowed: Vec<Text>,
    description: Option<Html>,
}

#[derive(Serialize)]
struct SchemeView {
    id: String,
    name: Text,
    how: Html,
    method: Html,
    description: Option<Html>,
    flows: Vec<FlowView>,
    scopes: Vec<ScopeView>,
}

/// A tag with its operations, or what the API sends of a kind.
#[derive(Serialize)]
pub struct GroupView {
    pub(super) title: Text,
    pub(super) url: Url,
    pub(super) description: Option<Html>,
    /// How the description begins, where no more is shown.
    pub(super) brief: Option<Text>,
    pub(super) external: Option<Html>,
    pub(super) count: usize,
    /// What one of them is called.
    pub(super) noun: &'static str,
    pub(super) operations: Vec<EntryView>,
}

/// What leads to the page of an operation, or of what the API sends.
#[derive(Serialize)]
pub struct EntryView {
    pub(super) title: Text,
    pub(super) method: Text,
    pub(super) path: Text,
    pub(super) url: Url,
    pub(super) deprecated: bool,
}

#[derive(Serialize)]
struct StatusView {
    status: Text,
    kind: &'static str,
    phrase: &'static str,
    definition: Option<Url>,
    count: usize,
}

#[derive(Serialize)]
struct ErrorView {
    title: Text,
    method: Text,
    url: Url,
    rust: Text,
    cases: Vec<CaseView>,
}

#[derive(Serialize)]
struct CaseView {
    status: Text,
    kind: &'static str,
    url: Url,
    phrase: &'static str,
    pattern: Text,
    description: Option<Html>,
}

/// With more operations, the first page leads to the pages of the tags and lists no operations itself, and the page
/// of errors names the statuses of an operation alone.
const MOST_LISTED: usize = 100;

/// Longer descriptions of tags are cut on the first page, in characters: the page of the tag has all.
const LONGEST_BRIEF: usize = 140;

impl Site<'_> {
    /// Whether the first page lists all operations.
    pub(super) fn index_lists_operations(&self) -> bool {
        self.links.api.operations.len() <= MOST_LISTED
    }

    /// Makes the view of the first page.
    pub(super) fn index_view(&self) -> IndexView {
        let api = self.links.api;
        let lists = self.index_lists_operations();
        let title = Text::prose(&api.info.title);
        IndexView {
            shell: self.shell(Root::TOP, Place::Index, title, Vec::new(), None, None),
            description: description(&api.info.docs, 1),
            external: external(&api.info.docs),
            facts: facts(&api.info),
            servers: self.servers_view(),
            security: self.schemes(),
            groups: self
                .pages
                .groups
                .iter()
                .map(|group| self.group_view(Root::TOP, group, 3, lists))
                .collect(),
            operation_count: api.operations.len(),
            type_count: api.types.len(),
        }
    }

    /// Makes the view of a tag, with its file.
    pub(super) fn tag_view(&self, index: usize) -> Option<(&str, TagView)> {
        let group = self.pages.groups.get(index)?;
        let mut crumbs = self.group_crumbs(Root::BELOW, index);
        if let Some(here) = crumbs.last_mut() {
            here.url = None;
        }
        let title = group.title.clone();
        let view = TagView {
            shell: self.shell(Root::BELOW, Place::Tag, title, crumbs, Some(index), None),
            group: self.group_view(Root::BELOW, group, 1, true),
            within: group
                .within
                .iter()
                .filter_map(|index| self.pages.groups.get(*index))
                .map(|group| self.group_view(Root::BELOW, group, 2, false))
                .collect(),
        };
        Some((group.file(), view))
    }

    fn group_view(&self, root: Root, group: &Group<'_>, below: u8, lists: bool) -> GroupView {
        let docs = group.docs;
        let operations = group.operations.iter().filter(|_| lists);
        GroupView {
            title: group.title.clone(),
            url: root.url(group.file()),
            description: docs.and_then(|docs| description(docs, below)),
            brief: docs
                .and_then(|docs| docs.description.as_ref())
                .map(|prose| Text::prose(prose).cut(LONGEST_BRIEF)),
            external: docs.and_then(external),
            count: group.operations.len(),
            noun: "operation",
            operations: operations.map(|id| self.entry(root, *id)).collect(),
        }
    }

    pub(super) fn entry(&self, root: Root, id: OperationId) -> EntryView {
        let operation = &self.links.api.operations[id];
        EntryView {
            title: self.operation_title(id),
            method: Text::new(operation.method.as_str()),
            path: Text::new(&operation.path_template()),
            url: root.url(self.pages.operation(id)),
            deprecated: operation.docs.deprecated,
        }
    }

    fn servers_view(&self) -> Vec<ServerView> {
        let mut servers: Vec<&Server> = self.links.api.servers.iter().collect();
        let mut known: HashSet<_> = servers.iter().map(|server| &server.url).collect();
        for (_, operation) in self.links.api.operations.iter() {
            for server in operation.servers.iter().flatten() {
                if known.insert(&server.url) {
                    servers.push(server);
                }
            }
        }
        servers.into_iter().map(server_view).collect()
    }

    fn schemes(&self) -> Vec<SchemeView> {
        let schemes = self.links.api.security.iter();
        schemes
            .map(|(id, scheme)| {
                let code = builder_call(self.links, id);
                SchemeView {
                    id: format!("auth-{}", id.index()),
                    name: Text::new(scheme.name.as_str()),
                    how: how(&scheme.kind),
                    method: Html::code("rust", &code),
                    description: description(&scheme.docs, 3),
                    flows: flows(&scheme.tokens),
                    scopes: scopes(&scheme.tokens),
                }
            })
            .collect()
    }

    /// Makes the view of the errors.
    pub(super) fn errors_view(&self) -> ErrorsView {
        let mut statuses: BTreeMap<StatusPattern, usize> = BTreeMap::new();
        let mut operations = Vec::new();
        let brief = !self.index_lists_operations();
        for (id, operation) in self.links.api.operations.iter() {
            let Some(item) = self.links.operation(id) else {
                continue;
            };
            let OutcomeItem::Enum { name, cases, .. } = &item.error else {
                continue;
            };
            let page = self.pages.operation(id);
            let mut views = Vec::new();
            for case in cases {
                *statuses.entry(case.status).or_default() += 1;
                let mut responses = operation.responses.iter();
                let response = responses.find(|response| response.status == case.status);
                let prose = response.and_then(|response| response.docs.description.as_ref());
                let anchor = format!("response-{}", case.status);
                views.push(CaseView {
                    status: Text::new(&case.status.to_string()),
                    kind: kind(case.status),
                    url: Root::TOP.place(page, &anchor),
                    phrase: status::definition(case.status).0,
                    pattern: Text::new(&format!("{name}::{}", snippet::pattern(case))),
                    description: prose
                        .filter(|_| !brief)
                        .map(|prose| Html::line(prose, true)),
                });
            }
            operations.push(ErrorView {
                title: self.operation_title(id),
                method: Text::new(operation.method.as_str()),
                url: Root::TOP.url(page),
                rust: Text::new(name.as_str()),
                cases: views,
            });
        }
        let title = Text::new("Errors");
        let crumbs = vec![Crumb {
            label: title.clone(),
            url: None,
        }];
        ErrorsView {
            shell: self.shell(Root::TOP, Place::Errors, title, crumbs, None, None),
            statuses: statuses.into_iter().map(status_view).collect(),
            operations,
        }
    }
}

fn status_view((pattern, count): (StatusPattern, usize)) -> StatusView {
    let (phrase, definition) = status::definition(pattern);
    StatusView {
        status: Text::new(&pattern.to_string()),
        kind: kind(pattern),
        phrase,
        definition,
        count,
    }
}

fn facts(info: &Info) -> Vec<FactView> {
    let mut facts = Vec::new();
    let mut fact = |label, value| facts.push(FactView { label, value });
    if let Some(contact) = &info.contact {
        let name = contact.name.as_ref().map(Text::prose);
        let name = name.as_ref().map_or("Web page", Text::as_str);
        let url = contact.url.as_ref();
        match url.and_then(|url| Url::external(url.as_str())) {
            Some(url) => fact("Contact", Html::link(&Html::text(name), &url)),
            None if contact.name.is_some() => fact("Contact", Html::text(name)),
            None => {}
        }
        if let Some(mail) = &contact.email
            && let Some(url) = Url::mail(mail.as_str())
        {
            fact("Mail", Html::link(&Html::text(mail.as_str()), &url));
        }
    }
    if let Some(license) = &info.license {
        let name = Html::line(&license.name, false);
        let url = license.url.as_ref();
        let value = match url.and_then(|url| Url::external(url.as_str())) {
            Some(url) => Html::link(&name, &url),
            None => name,
        };
        fact("Licence", value);
    }
    let terms = info.terms_of_service.as_ref();
    if let Some(url) = terms.and_then(|url| Url::external(url.as_str())) {
        fact("", Html::link(&Html::text("Terms of service"), &url));
    }
    facts
}

fn server_view(server: &Server) -> ServerView {
    let variables = server.variables.iter();
    let line = |prose| Html::line(prose, true);
    ServerView {
        url: Text::new(&server.default_url()),
        description: server.description.as_ref().map(line),
        variables: variables
            .map(|variable| VariableView {
                name: Text::new(variable.name.as_str()),
                default: Text::new(variable.default.as_str()),
                allowed: variable
                    .allowed
                    .iter()
                    .map(|value| Text::new(value.as_str()))
                    .collect(),
                description: variable.description.as_ref().map(line),
            })
            .collect(),
    }
}

/// How a credential travels.
fn how(kind: &SecurityKind) -> Html {
    match kind {
        SecurityKind::Bearer { format } => {
            let header = Html::code_span("Authorization: Bearer …");
            match format {
                Some(format) => Html::join([header, Html::line(format, false)], " with a "),
                None => header,
            }
        }
        SecurityKind::Basic => Html::join(
            [
                Html::code_span("Authorization: Basic …"),
                Html::text("with user and password"),
            ],
            " ",
        ),
        SecurityKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "A key in the header",
                ApiKeyPlace::Query => "A key in the query parameter",
                ApiKeyPlace::Cookie => "A key in the cookie",
            };
            Html::join([Html::text(place), Html::code_span(name.as_str())], " ")
        }
        SecurityKind::MutualTls => Html::text("A certificate of the client, in TLS"),
    }
}
