//! What a page says of the calls that an answer leads to.

use super::fields::Fields;
use super::overview::EntryView;
use super::pages::Root;
use super::{Site, description};
use crate::model::{Link, LinkValue, Response};
use crate::reference::encode::{Html, Text};
use crate::reference::links::plain;
use crate::rust::OperationItem;
use serde::Serialize;

/// A call that an answer leads to.
#[derive(Serialize)]
pub struct LinkView {
    id: Text,
    name: Text,
    /// The operation that is called.
    target: EntryView,
    /// What it is given.
    given: Vec<GivenView>,
    server: Option<Text>,
    /// The method of the answer in Rust.
    rust: Option<Text>,
    description: Option<Html>,
}

#[derive(Serialize)]
struct GivenView {
    name: Text,
    value: Text,
}

impl Site<'_> {
    /// The calls that an answer leads to. Each has an id below that of the answer.
    pub(super) fn link_views(
        &self,
        root: Root,
        response: &Response,
        item: &OperationItem,
        fields: &mut Fields<'_>,
    ) -> Vec<LinkView> {
        let prefix = format!("response-{}-link", response.status);
        let links = response.links.iter();
        let views = links.map(|link| {
            let id = fields.id(&prefix, link.name.as_str());
            self.link_view(root, link, item, &id)
        });
        views.collect()
    }

    fn link_view(&self, root: Root, link: &Link, item: &OperationItem, id: &str) -> LinkView {
        let target = &self.links.api.operations[link.target];
        let given = |name: &str, value: &LinkValue| GivenView {
            name: Text::new(name),
            value: Text::new(&value.to_string()),
        };
        let named = link.parameters.iter().filter_map(|(index, value)| {
            let name = target.parameter_label(*index)?;
            Some(given(&name, value))
        });
        let server = link.server.as_ref();
        let method = item.method_of(link);
        LinkView {
            id: Text::new(id),
            name: Text::new(link.name.as_str()),
            target: self.entry(root, link.target),
            given: named
                .chain((link.body.iter()).map(|body| given("body", &body.value)))
                .collect(),
            server: server.map(|server| Text::new(&server.default_url())),
            rust: method.map(|method| Text::new(plain(method))),
            description: description(&link.docs, 3),
        }
    }
}
