//! The pages of what the API sends: a page for each webhook and callback, and a list of each kind.

use super::fields::{FieldView, Fields, Limits, PartsView};
use super::operation::{ResponseView, media_types};
use super::overview::{EntryView, GroupView, TagView};
use super::pages::Root;
use super::shell::{Crumb, Current, Place, Shell};
use super::{Site, description, external};
use crate::model::{Cause, ContentKind, Incoming, OperationId};
use crate::reference::encode::{Html, Text};
use crate::reference::example::{self, Direction};
use crate::reference::page::snippet;
use crate::reference::sample::json_text;
use crate::rust::{IncomingItem, IncomingModule};
use serde::Serialize;

/// What `site/incoming.html.jinja` is given.
#[derive(Serialize)]
pub struct IncomingView {
    shell: Shell,
    title: Text,
    /// `webhook` or `callback`.
    kind: &'static str,
    name: Text,
    method: Text,
    /// Where it is sent to, as a runtime expression.
    to: Option<Text>,
    /// The operations that make the API send it.
    operations: Vec<EntryView>,
    deprecated: bool,
    description: Option<Html>,
    external: Option<Html>,
    parameters: Vec<FieldView>,
    media_type: Option<Text>,
    ty: Html,
    parts: Option<PartsView>,
    example: Option<Html>,
    responses: Vec<ResponseView>,
    receiving: Html,
}

impl Site<'_> {
    /// Makes the views of all that the API sends, in the order of the model.
    pub(super) fn incoming_views(&self) -> impl Iterator<Item = IncomingView> {
        let listed = self.incoming().enumerate();
        listed.map(|(index, (incoming, item))| self.incoming_view(index, incoming, item))
    }

    /// Makes the list of the webhooks or the callbacks, with its file; `None` if there are none.
    pub(super) fn incoming_list(&self, module: IncomingModule) -> Option<(String, TagView)> {
        let operations = self.entries(Root::TOP, |_, item| item.module == module);
        let title = title(module);
        let crumbs = vec![Crumb {
            label: Text::new(title),
            url: None,
        }];
        let group = GroupView {
            title: Text::new(title),
            url: Root::TOP.url(&list_file(module)),
            description: Some(
                Html::text("Requests that the API makes to a server of yours.").boxed(),
            ),
            brief: None,
            external: None,
            count: operations.len(),
            noun: module.one(),
            operations,
        };
        let place = match module {
            IncomingModule::Webhooks => Place::Webhooks,
            IncomingModule::Callbacks => Place::Callbacks,
        };
        let shell = self.shell(Root::TOP, place, Text::new(title), crumbs, None, None);
        (group.count > 0).then(|| {
            (
                list_file(module),
                TagView {
                    shell,
                    group,
                    within: Vec::new(),
                },
            )
        })
    }

    /// What the API sends because of a call of an operation.
    pub(super) fn callbacks_of(&self, root: Root, id: OperationId) -> Vec<EntryView> {
        self.entries(root, |incoming, _| match &incoming.cause {
            Cause::Callback { operations, .. } => operations.contains(&id),
            Cause::Webhook => false,
        })
    }

    fn entries(
        &self,
        root: Root,
        wanted: impl Fn(&Incoming, &IncomingItem) -> bool,
    ) -> Vec<EntryView> {
        let listed = self.incoming().enumerate();
        let listed = listed.filter(|(_, (incoming, item))| wanted(incoming, item));
        listed
            .map(|(index, (incoming, _))| EntryView {
                title: called(incoming),
                method: Text::new(incoming.method.as_str()),
                path: Text::new(match &incoming.cause {
                    Cause::Webhook => incoming.name.as_str(),
                    Cause::Callback { url, .. } => url.as_str(),
                }),
                url: root.url(self.pages.incoming(index)),
                deprecated: incoming.docs.deprecated,
            })
            .collect()
    }

    /// All that the API sends, in the order of the model.
    pub(super) fn incoming(&self) -> impl Iterator<Item = (&Incoming, &IncomingItem)> {
        self.links
            .api
            .incoming
            .iter()
            .zip(&self.links.client.incoming.list)
    }

    fn incoming_view(
        &self,
        index: usize,
        incoming: &Incoming,
        item: &IncomingItem,
    ) -> IncomingView {
        let root = Root::BELOW;
        let limits = Limits::for_types(self.links.api.types.len());
        let mut fields = Fields::new(self, root, limits);
        let title_text = called(incoming);
        let crumbs = vec![
            Crumb {
                label: Text::new(title(item.module)),
                url: Some(root.url(&list_file(item.module))),
            },
            Crumb {
                label: title_text.clone(),
                url: None,
            },
        ];
        let (to, operations) = match &incoming.cause {
            Cause::Webhook => (None, Vec::new()),
            Cause::Callback { operations, url } => {
                let operations = operations.iter().map(|id| self.entry(root, *id));
                let to = Text::new(url.as_str());
                (Some(to), operations.collect())
            }
        };
        let content = incoming.contents.first();
        IncomingView {
            shell: self.shell(
                root,
                Place::Incoming,
                title_text.clone(),
                crumbs,
                None,
                Some(Current::Incoming(index)),
            ),
            title: title_text,
            kind: item.module.one(),
            name: Text::new(incoming.name.as_str()),
            method: Text::new(incoming.method.as_str()),
            to,
            operations,
            deprecated: incoming.docs.deprecated,
            description: description(&incoming.docs, 1),
            external: external(&incoming.docs),
            parameters: incoming
                .parameters
                .iter()
                .map(|parameter| fields.parameter(parameter))
                .collect(),
            media_type: content.map(|_| media_types(incoming.contents.iter())),
            ty: self.contents_html(root, incoming.contents.iter()),
            parts: content
                .and_then(|content| content.kind.ty())
                .and_then(|ty| fields.body(ty, "body")),
            example: content
                .filter(|content| matches!(content.kind, ContentKind::Json(_)))
                .map(|content| {
                    let value = example::body(self.links.api, content, Direction::Response);
                    Html::code("json", &json_text(&value))
                }),
            responses: incoming
                .responses
                .iter()
                .map(|response| self.response_view(root, response, &mut fields))
                .collect(),
            receiving: Html::code("rust", &snippet::receiving(item)),
        }
    }
}

/// What a request of the API is called: its summary, else its name.
pub(super) fn called(incoming: &Incoming) -> Text {
    match &incoming.docs.summary {
        Some(summary) => Text::prose(summary),
        None => Text::new(incoming.name.as_str()),
    }
}

/// The list of what the API sends of a kind, from the root of the site.
pub(super) fn list_file(module: IncomingModule) -> String {
    format!("{}.html", module.name())
}

/// What a kind is called.
pub(super) fn title(module: IncomingModule) -> &'static str {
    match module {
        IncomingModule::Webhooks => "Webhooks",
        IncomingModule::Callbacks => "Callbacks",
    }
}
