//! The page of an operation.

use super::fields::{FieldView, Fields, Limits, PartsView};
use super::links::LinkView;
use super::overview::EntryView;
use super::pages::Root;
use super::shell::{Crumb, Current, Place, Shell};
use super::{Site, description, external};
use crate::model::{
    Content, ContentKind, Operation, OperationId, ParameterLocation, PathPiece, Response,
    StatusPattern, WireName,
};
use crate::reference::call::{BodyContent, Call};
use crate::reference::encode::{Data, Html, Text, Url};
use crate::reference::example::{self, Direction};
use crate::reference::page::{error_match, snippet, status};
use crate::reference::phrases;
use crate::reference::sample::{Sample, json_text};
use crate::reference::sections::labels;
use crate::rust::OperationItem;
use serde::Serialize;
use serde_json::Value;

/// What `site/operation.html.jinja` is given.
#[derive(Serialize)]
pub struct OperationView {
    shell: Shell,
    title: Text,
    method: Text,
    path: Vec<PathView>,
    deprecated: bool,
    /// What its tags say of it.
    labels: Vec<Html>,
    description: Option<Html>,
    external: Option<Html>,
    servers: Vec<Text>,
    /// Alternatives of credentials, each with what is needed together.
    security: Vec<Vec<CredentialView>>,
    anonymous: bool,
    groups: Vec<ParameterGroup>,
    body: Option<BodyView>,
    samples: Vec<SampleView>,
    responses: Vec<ResponseView>,
    /// How it hands out what it has in pages.
    paging: Option<Html>,
    /// What the API sends because of a call.
    callbacks: Vec<EntryView>,
    signature: Html,
    errors: Option<Html>,
    call: Data,
    before: Option<Neighbour>,
    after: Option<Neighbour>,
}

#[derive(Serialize)]
struct PathView {
    text: Text,
    is_parameter: bool,
}

#[derive(Serialize)]
struct CredentialView {
    name: Text,
    url: Url,
    scopes: Vec<Text>,
}

#[derive(Serialize)]
struct ParameterGroup {
    title: &'static str,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
struct BodyView {
    media_type: Text,
    required: bool,
    description: Option<Html>,
    ty: Html,
    parts: Option<PartsView>,
    example: Option<Html>,
}

#[derive(Serialize)]
struct SampleView {
    title: &'static str,
    language: &'static str,
    code: Html,
}

/// A response, as the pages of operations and of what the API sends show it.
#[derive(Serialize)]
pub struct ResponseView {
    id: Text,
    status: Text,
    /// `ok`, `redirect`, `error` or `any`.
    kind: &'static str,
    phrase: &'static str,
    definition: Option<Url>,
    description: Option<Html>,
    media_type: Option<Text>,
    ty: Option<Html>,
    headers: Vec<FieldView>,
    /// What it leads to, which is for the page of an operation to say.
    links: Vec<LinkView>,
    /// What its body is if it is read as it arrives.
    stream: Option<Html>,
    parts: Option<PartsView>,
    example: Option<Html>,
}

#[derive(Serialize)]
struct Neighbour {
    title: Text,
    url: Url,
}

impl Site<'_> {
    /// Makes the view of an operation.
    pub(super) fn operation_view(
        &self,
        id: OperationId,
        item: &OperationItem,
        call: &Call,
        samples: &[Sample],
        fixed: &Value,
    ) -> OperationView {
        let operation = &self.links.api.operations[id];
        let root = Root::BELOW;
        let limits = Limits::for_types(self.links.api.types.len());
        let mut fields = Fields::new(self, root, limits);
        let title = self.operation_title(id);
        let index = self.pages.group(id).map(|(index, _)| index);
        let mut crumbs = index.map_or_else(Vec::new, |index| self.group_crumbs(root, index));
        crumbs.push(Crumb {
            label: title.clone(),
            url: None,
        });
        let (before, after) = self.neighbours(id);
        OperationView {
            shell: self.shell(
                root,
                Place::Operation,
                title.clone(),
                crumbs,
                index,
                Some(Current::Operation(id)),
            ),
            title,
            method: Text::new(operation.method.as_str()),
            path: path(operation),
            deprecated: operation.docs.deprecated,
            labels: labels(self.links.api, operation)
                .map(|(title, url)| match url {
                    Some(url) => Html::link(&Html::text(title), &url),
                    None => Html::text(title),
                })
                .collect(),
            description: description(&operation.docs, 1),
            external: external(&operation.docs),
            servers: self.servers(operation),
            security: self.credentials(root, operation),
            anonymous: operation.security.is_empty()
                || operation
                    .security
                    .iter()
                    .any(|requirement| requirement.schemes.is_empty()),
            groups: groups(operation, &mut fields),
            body: self.body_view(root, operation, call, &mut fields),
            samples: samples.iter().map(sample_view).collect(),
            responses: operation
                .responses
                .iter()
                .map(|response| ResponseView {
                    links: self.link_views(root, response, item, &mut fields),
                    ..self.response_view(root, response, &mut fields)
                })
                .collect(),
            paging: item
                .paging
                .as_ref()
                .map(|paging| self.phrases_html(root, phrases::pagination(&paging.pagination))),
            callbacks: self.callbacks_of(root, id),
            signature: Html::code("rust", &snippet::signature(item)),
            errors: error_match(operation, item).map(|code| Html::code("rust", &code)),
            call: self.call_data(operation, item, call, fixed),
            before,
            after,
        }
    }

    fn servers(&self, operation: &Operation) -> Vec<Text> {
        let servers = operation.servers.as_ref();
        let servers = servers.unwrap_or(&self.links.api.servers).iter();
        servers
            .map(|server| Text::new(&server.default_url()))
            .collect()
    }

    fn credentials(&self, root: Root, operation: &Operation) -> Vec<Vec<CredentialView>> {
        let needed = operation.security.iter();
        needed
            .filter(|requirement| !requirement.schemes.is_empty())
            .map(|requirement| {
                let schemes = requirement.schemes.iter();
                schemes
                    .map(|(id, scopes)| CredentialView {
                        name: Text::new(self.links.api.security[*id].name.as_str()),
                        url: root.place("index.html", &format!("auth-{}", id.index())),
                        scopes: scopes
                            .iter()
                            .map(|scope| Text::new(scope.as_str()))
                            .collect(),
                    })
                    .collect()
            })
            .collect()
    }

    fn body_view<'a>(
        &'a self,
        root: Root,
        operation: &'a Operation,
        call: &Call,
        fields: &mut Fields<'a>,
    ) -> Option<BodyView> {
        let body = operation.body.as_ref()?;
        let sent = call.body.as_ref().map(|body| match &body.content {
            BodyContent::Json(value) => Html::code("json", &json_text(value)),
            BodyContent::Form(_) | BodyContent::Parts(_) => {
                Html::code("json", &json_text(&body.value))
            }
            BodyContent::Text(text) => Html::code("text", text),
        });
        Some(BodyView {
            media_type: media_types(body.contents()),
            required: body.required,
            description: description(&body.docs, 2),
            ty: self.contents_html(root, body.contents()),
            parts: body
                .content
                .kind
                .ty()
                .and_then(|ty| fields.body(ty, "body")),
            example: sent,
        })
    }

    pub(super) fn response_view<'a>(
        &'a self,
        root: Root,
        response: &'a Response,
        fields: &mut Fields<'a>,
    ) -> ResponseView {
        let (phrase, definition) = status::definition(response.status);
        let status = response.status.to_string();
        let prefix = format!("response-{status}");
        let headers = response.headers.iter();
        let headers = headers
            .map(|header| fields.header(header, &format!("{prefix}-header")))
            .collect();
        let content = response.content.as_ref();
        let example = content.filter(|content| matches!(content.kind, ContentKind::Json(_)));
        ResponseView {
            kind: kind(response.status),
            phrase,
            definition,
            description: description(&response.docs, 3),
            media_type: content.map(|_| media_types(response.contents())),
            ty: content.map(|_| self.contents_html(root, response.contents())),
            headers,
            links: Vec::new(),
            stream: response
                .stream
                .as_ref()
                .map(|stream| self.phrases_html(root, phrases::stream(stream))),
            parts: content
                .and_then(|content| content.kind.ty())
                .and_then(|ty| fields.body(ty, &prefix)),
            example: example.map(|content| {
                let value = example::body(self.links.api, content, Direction::Response);
                Html::code("json", &json_text(&value))
            }),
            id: Text::new(&prefix),
            status: Text::new(&status),
        }
    }

    pub(super) fn contents_html<'c>(
        &self,
        root: Root,
        contents: impl Iterator<Item = &'c Content>,
    ) -> Html {
        let all = contents.map(|content| self.content_html(root, content));
        Html::join(all, " or ")
    }

    fn content_html(&self, root: Root, content: &Content) -> Html {
        match &content.kind {
            ContentKind::Json(ty)
            | ContentKind::Xml { ty, .. }
            | ContentKind::Form { ty, .. }
            | ContentKind::Multipart { ty, .. }
            | ContentKind::Items { ty, .. } => self.type_html(root, ty),
            ContentKind::Text => Html::text("text"),
            ContentKind::Bytes => Html::text("bytes"),
        }
    }

    /// The operations before and after in the order of the sidebar.
    fn neighbours(&self, id: OperationId) -> (Option<Neighbour>, Option<Neighbour>) {
        let Some((index, group)) = self.pages.group(id) else {
            return (None, None);
        };
        let place = group.operations.iter().position(|other| *other == id);
        let at = |group: Option<usize>, place: Option<usize>| {
            let group = self.pages.groups.get(group?)?;
            let id = *group.operations.get(place?)?;
            Some(Neighbour {
                title: self.operation_title(id),
                url: Root::BELOW.url(self.pages.operation(id)),
            })
        };
        let last_of = |group: usize| {
            let group = self.pages.groups.get(group)?;
            group.operations.len().checked_sub(1)
        };
        let previous = index.checked_sub(1);
        let before = at(Some(index), place.and_then(|place| place.checked_sub(1)))
            .or_else(|| at(previous, previous.and_then(last_of)));
        let after =
            at(Some(index), place.map(|place| place + 1)).or_else(|| at(Some(index + 1), Some(0)));
        (before, after)
    }
}

fn path(operation: &Operation) -> Vec<PathView> {
    let pieces = operation.path.iter();
    pieces
        .map(|piece| match piece {
            PathPiece::Literal(text) => PathView {
                text: Text::new(text.as_str()),
                is_parameter: false,
            },
            PathPiece::Parameter(name) => PathView {
                text: Text::new(&format!("{{{}}}", name.as_str())),
                is_parameter: true,
            },
        })
        .collect()
}

fn groups<'a>(operation: &'a Operation, fields: &mut Fields<'a>) -> Vec<ParameterGroup> {
    let places = [
        (ParameterLocation::Path, "Path parameters"),
        (ParameterLocation::Query, "Query parameters"),
        (ParameterLocation::Header, "Header parameters"),
        (ParameterLocation::Cookie, "Cookie parameters"),
    ];
    let groups = places.into_iter().map(|(location, title)| {
        let parameters = operation.parameters.iter();
        let here = parameters.filter(|parameter| parameter.location == location);
        ParameterGroup {
            title,
            fields: here.map(|parameter| fields.parameter(parameter)).collect(),
        }
    });
    groups.filter(|group| !group.fields.is_empty()).collect()
}

fn sample_view(sample: &Sample) -> SampleView {
    SampleView {
        title: sample.language.label(),
        language: sample.language.as_str(),
        code: Html::code(sample.language.fence(), &sample.code),
    }
}

/// The media types of contents, those of the first first.
pub(super) fn media_types<'c>(contents: impl Iterator<Item = &'c Content>) -> Text {
    let all = contents.flat_map(Content::media_types);
    let all: Vec<&str> = all.map(WireName::as_str).collect();
    Text::new(&all.join(", "))
}

/// How a status is coloured.
pub(super) fn kind(status: StatusPattern) -> &'static str {
    match status {
        StatusPattern::Code(200..=299) | StatusPattern::Range(2) => "ok",
        StatusPattern::Code(100..=399) | StatusPattern::Range(1 | 3) => "redirect",
        StatusPattern::Code(_) | StatusPattern::Range(_) => "error",
        StatusPattern::Default => "any",
    }
}
