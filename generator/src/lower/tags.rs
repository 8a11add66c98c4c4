//! How operations are grouped: the tags, which of them stand under which, and what they are for.

use super::context::Lowering;
use super::docs::{described, external_docs, prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::tag_details;
use crate::model::{Arena, Docs, Operation, Tag, TagKind, WireName};
use crate::source::{Origin, Pointer};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;

/// The tags of a document by their names, in the order in which they are shown.
pub(super) type Tags = IndexMap<WireName, Tag>;

impl Lowering<'_> {
    /// The tags that the document declares, then those that only operations or groups of tags name.
    pub(super) fn lower_tags(&mut self, operations: &Arena<Operation>) -> Tags {
        let mut tags = self.declared_tags();
        for (_, operation) in operations.iter() {
            for name in &operation.tags {
                tags.entry(name.clone())
                    .or_insert_with(|| Tag::named(name.clone(), operation.origin.child("tags")));
            }
        }
        self.group_tags(&mut tags);
        self.check_parents(&mut tags);
        tags
    }

    fn declared_tags(&mut self) -> Tags {
        let place = Pointer::root().child("tags");
        let mut tags = Tags::new();
        for (index, tag) in self.document.openapi.tags.iter().enumerate() {
            let at = self.origin(&place.index(index));
            let name = WireName::new(tag.name.as_str());
            if let Some(known) = tags.get(&name) {
                let message = format!(
                    "the tag `{}` is declared twice; what the first says is shown",
                    tag.name
                );
                let finding = Diagnostic::new(Code::DuplicateTag, at, message);
                self.report_diagnostic(finding.label(known.origin.clone(), "first here"));
                continue;
            }
            let mut docs = described(tag.description.as_deref());
            docs.external = external_docs(tag.external_docs.as_ref());
            let more = tag_details(tag);
            let display = tag.extensions.get("x-displayName").and_then(Value::as_str);
            let lowered = Tag {
                title: prose(more.summary.as_deref().or(display)),
                docs,
                parent: more.parent.map(WireName::new),
                kind: match more.kind.as_deref() {
                    Some("badge" | "audience") => TagKind::Label,
                    _ => TagKind::Section,
                },
                ..Tag::named(name.clone(), at)
            };
            tags.insert(name, lowered);
        }
        tags
    }

    /// Puts tags under the groups that `x-tagGroups` has them in, and in their order. What a tag says itself comes first.
    fn group_tags(&mut self, tags: &mut Tags) {
        let groups = self.document.openapi.extensions.get("x-tagGroups");
        let groups = groups.and_then(Value::as_array).into_iter().flatten();
        let place = Pointer::root().child("x-tagGroups");
        let mut ranks: HashMap<WireName, usize> = HashMap::new();
        for (index, group) in groups.enumerate() {
            let members = group.get("tags").and_then(Value::as_array);
            let (Some(title), Some(members)) = (group.get("name").and_then(Value::as_str), members)
            else {
                continue;
            };
            let name = WireName::new(title);
            let rank = ranks.len();
            ranks.entry(name.clone()).or_insert(rank);
            for member in members.iter().filter_map(Value::as_str) {
                let member = WireName::new(member);
                // A tag that is called as its group is stands for it.
                if let Some(tag) = tags.get_mut(&member)
                    && tag.parent.is_none()
                    && member != name
                {
                    tag.parent = Some(name.clone());
                }
                let rank = ranks.len();
                ranks.entry(member).or_insert(rank);
            }
            let origin = self.origin(&place.index(index));
            tags.entry(name.clone())
                .or_insert_with(|| Tag::named(name, origin));
        }
        let rank = |name: &WireName| ranks.get(name).copied().unwrap_or(usize::MAX);
        tags.sort_by(|one, _, other, _| rank(one).cmp(&rank(other)));
    }

    /// Takes parents away that are not there, or that stand under the tag themselves.
    fn check_parents(&mut self, tags: &mut Tags) {
        // From which tag each was first come to, on the way up; both by their positions.
        let mut come_from: Vec<Option<usize>> = vec![None; tags.len()];
        for start in 0..tags.len() {
            let mut at = start;
            while let Some((_, tag)) = tags.get_index(at)
                && let Some(seen @ None) = come_from.get_mut(at)
            {
                *seen = Some(start);
                let Some(parent) = &tag.parent else {
                    break;
                };
                let next = tags.get_index_of(parent);
                let problem = match next {
                    Some(next) if come_from.get(next) == Some(&Some(start)) => "stands under it",
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => "is no tag of this document",
                };
                let message = format!(
                    "the tag `{}` is to stand under `{}`, which {problem}; it stands at the top",
                    tag.name.as_str(),
                    parent.as_str()
                );
                let place = tag.origin.child("parent");
                self.report_diagnostic(Diagnostic::new(Code::UnresolvedReference, place, message));
                if let Some((_, tag)) = tags.get_index_mut(at) {
                    tag.parent = None;
                }
                break;
            }
        }
    }
}

impl Tag {
    /// A tag of which only the name is known.
    fn named(name: WireName, origin: Origin) -> Tag {
        Tag {
            name,
            title: None,
            docs: Docs::default(),
            parent: None,
            kind: TagKind::Section,
            origin,
        }
    }
}
