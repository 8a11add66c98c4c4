//! What stands around the content of every page: the head, the sidebar and the breadcrumb.

use super::Site;
use super::incoming::{called, list_file, title};
use super::pages::Root;
use crate::model::OperationId;
use crate::reference::encode::{Text, Url};
use crate::rust::IncomingModule;
use serde::Serialize;
use std::ops::Range;

/// What `site/layout.html.jinja` is given.
#[derive(Serialize)]
pub struct Shell {
    root: &'static str,
    /// The title of the page.
    title: Text,
    api: Text,
    version: Text,
    policy: Text,
    download: Option<Url>,
    crumbs: Vec<Crumb>,
    nav: Vec<NavGroup>,
    /// Which of the pages at the top this is.
    place: Place,
    /// Whether the page leads to all others itself, and has no sidebar.
    landing: bool,
    has_types: bool,
    has_errors: bool,
    has_security: bool,
}

/// The page of what is called or received, for the sidebar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Current {
    /// The page of an operation.
    Operation(OperationId),
    /// The page of what the API sends, by its place among all that it sends.
    Incoming(usize),
}

/// A step of the breadcrumb.
#[derive(Serialize)]
pub struct Crumb {
    /// What it says.
    pub label: Text,
    /// Where it leads; `None` for the page itself.
    pub url: Option<Url>,
}

/// Which page this is, for the sidebar.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Index,
    Types,
    Type,
    Errors,
    Tag,
    Operation,
    Webhooks,
    Callbacks,
    Incoming,
}

#[derive(Serialize)]
struct NavGroup {
    title: Text,
    url: Url,
    /// How deep it stands, 3 at the most.
    depth: usize,
    count: usize,
    /// Whether its operations are shown from the start.
    open: bool,
    current: bool,
    operations: Vec<NavItem>,
}

#[derive(Serialize)]
struct NavItem {
    title: Text,
    method: Text,
    url: Url,
    current: bool,
    deprecated: bool,
}

/// With more operations, the sidebar lists those of the group alone that the page belongs to: a list of all on every
/// page would be most of the site.
const MOST_LISTED: usize = 80;

/// The most groups that the sidebar lists, and the most operations of one: those around the page. Beyond, what every page
/// says of all others would be most of the site; the page of a tag has all of its operations, and the search all there is.
const MOST_AROUND: usize = 60;

/// With more operations, the groups of the sidebar are folded.
const MOST_OPEN: usize = 24;

impl Site<'_> {
    /// What stands around a page.
    pub(super) fn shell(
        &self,
        root: Root,
        place: Place,
        title: Text,
        crumbs: Vec<Crumb>,
        group: Option<usize>,
        current: Option<Current>,
    ) -> Shell {
        let operation = match current {
            Some(Current::Operation(id)) => Some(id),
            Some(Current::Incoming(_)) | None => None,
        };
        let landing = place == Place::Index && !self.index_lists_operations();
        let mut nav = match landing {
            true => Vec::new(),
            false => self.nav(root, place, group, operation),
        };
        nav.extend(
            IncomingModule::ALL
                .into_iter()
                .filter_map(|module| self.nav_incoming(root, place, module, current)),
        );
        Shell {
            root: root.as_str(),
            title,
            api: Text::prose(&self.links.api.info.title),
            version: Text::new(self.links.api.info.version.as_str()),
            policy: self.policy.clone(),
            download: self.download.as_ref().map(|file| root.url(file)),
            crumbs,
            nav,
            place,
            landing,
            has_types: !self.links.api.types.is_empty(),
            has_errors: self.has_errors(),
            has_security: !self.links.api.security.is_empty(),
        }
    }

    /// The crumbs to a group: what it stands in, and the group itself.
    pub(super) fn group_crumbs(&self, root: Root, index: usize) -> Vec<Crumb> {
        let group = self.pages.groups.get(index);
        let parent = group.and_then(|group| self.pages.groups.get(group.parent?));
        let groups = parent.into_iter().chain(group);
        groups
            .map(|group| Crumb {
                label: group.title.clone(),
                url: Some(root.url(group.file())),
            })
            .collect()
    }

    fn nav(
        &self,
        root: Root,
        place: Place,
        group: Option<usize>,
        operation: Option<OperationId>,
    ) -> Vec<NavGroup> {
        let operations = self.links.api.operations.len();
        let lists_all = operations <= MOST_LISTED;
        let opens_all = operations <= MOST_OPEN;
        let shown = around(self.pages.groups.len(), group);
        let groups = self.pages.groups.iter().enumerate();
        groups
            .take(shown.end)
            .skip(shown.start)
            .map(|(index, item)| {
                let open = group == Some(index);
                let listed = match lists_all || open {
                    true => {
                        let current =
                            operation.and_then(|id| item.operations.binary_search(&id).ok());
                        let shown = around(item.operations.len(), current);
                        item.operations.get(shown).unwrap_or_default()
                    }
                    false => &[],
                };
                NavGroup {
                    title: item.title.clone(),
                    url: root.url(item.file()),
                    depth: item.depth.min(3),
                    count: item.operations.len(),
                    open: open || opens_all,
                    current: open && place == Place::Tag,
                    operations: listed
                        .iter()
                        .map(|id| self.nav_item(root, *id, operation))
                        .collect(),
                }
            })
            .collect()
    }

    /// What the API sends of a kind, as a group of the sidebar.
    fn nav_incoming(
        &self,
        root: Root,
        place: Place,
        module: IncomingModule,
        current: Option<Current>,
    ) -> Option<NavGroup> {
        let listed: Vec<usize> = self
            .incoming()
            .enumerate()
            .filter(|(_, (_, item))| item.module == module)
            .map(|(index, _)| index)
            .collect();
        let here = match current {
            Some(Current::Incoming(index)) => listed.binary_search(&index).ok(),
            Some(Current::Operation(_)) | None => None,
        };
        let list = matches!(
            (place, module),
            (Place::Webhooks, IncomingModule::Webhooks)
                | (Place::Callbacks, IncomingModule::Callbacks)
        );
        let count = listed.len();
        let open = here.is_some() || list || count <= MOST_OPEN;
        let shown = match open {
            true => listed.get(around(count, here)).unwrap_or_default(),
            false => &[],
        };
        (count > 0).then(|| NavGroup {
            title: Text::new(title(module)),
            url: root.url(&list_file(module)),
            depth: 0,
            count,
            open,
            current: list,
            operations: shown
                .iter()
                .filter_map(|index| self.nav_incoming_item(root, *index, current))
                .collect(),
        })
    }

    fn nav_incoming_item(
        &self,
        root: Root,
        index: usize,
        current: Option<Current>,
    ) -> Option<NavItem> {
        let sent = self.links.api.incoming.get(index)?;
        Some(NavItem {
            title: called(sent),
            method: Text::new(sent.method.as_str()),
            url: root.url(self.pages.incoming(index)),
            current: current == Some(Current::Incoming(index)),
            deprecated: sent.docs.deprecated,
        })
    }

    fn nav_item(&self, root: Root, id: OperationId, current: Option<OperationId>) -> NavItem {
        let operation = &self.links.api.operations[id];
        NavItem {
            title: self.operation_title(id),
            method: Text::new(operation.method.as_str()),
            url: root.url(self.pages.operation(id)),
            current: current == Some(id),
            deprecated: operation.docs.deprecated,
        }
    }
}

/// Which of so many to list around one of them.
fn around(count: usize, current: Option<usize>) -> Range<usize> {
    let start = current.unwrap_or(0).saturating_sub(MOST_AROUND / 2);
    let start = start.min(count.saturating_sub(MOST_AROUND));
    start..count.min(start + MOST_AROUND)
}

#[cfg(test)]
mod tests {
    use super::{MOST_AROUND, around};

    #[test]
    fn a_long_list_is_cut_around_the_page() {
        assert_eq!(around(7, Some(3)), 0..7);
        assert_eq!(around(1000, None), 0..MOST_AROUND);
        for current in [0, 500, 999] {
            let listed = around(1000, Some(current));
            assert_eq!(listed.len(), MOST_AROUND);
            assert!(listed.contains(&current));
        }
    }
}
