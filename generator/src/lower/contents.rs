//! Which contents a body has: media types that differ in nothing but their name are one, and what is left is ordered by
//! preference.

use super::body::{Way, sent_type};
use super::context::Lowering;
use super::media_type::{MediaKind, is_media_type, media_kind, media_rank, sent_kind};
use super::names::Names;
use crate::diagnostic::Code;
use crate::model::{Content, ContentKind, Type, WireName, is_xml};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::MediaType;
use serde::Serialize;
use std::collections::HashMap;

/// What a body may hold.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// What is read and written, in the order of preference.
    pub(super) list: Vec<Content>,
    /// Media types of a response in which what is read already is only spelled otherwise.
    pub(super) spellings: Vec<WireName>,
}

impl<'d> Lowering<'d> {
    /// What can be done with a body of a media type that travels this way.
    pub(super) fn kind_of(&self, media_type: &str, way: Way) -> MediaKind {
        match way {
            _ if self.has_xml && is_xml(media_type) => MediaKind::Xml,
            Way::Request => sent_kind(media_type),
            Way::Response => media_kind(media_type),
        }
    }

    /// The contents of a body: JSON first, then a form, text, bytes, parts.
    pub(super) fn lower_contents(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        at: &Pointer,
        names: &Names,
        way: Way,
    ) -> Contents {
        let place = at.child("content");
        let mut candidates = Vec::with_capacity(content.len());
        for (name, media) in content {
            if !is_media_type(name) {
                let message = format!("`{name}` is no media type; it is left out");
                self.report(Code::InvalidToken, &place.child(name), message);
                continue;
            }
            candidates.push((name, media));
        }
        candidates.sort_by_key(|(name, _)| media_rank(name));
        let mut contents = Contents::default();
        // Most bodies have one media type, which nothing is to be told apart from.
        let is_alone = candidates.len() == 1;
        let mut taken = Taken::default();
        for (name, media) in candidates {
            let kind = self.kind_of(name, way);
            let told_by = match is_alone {
                true => (kind, String::new()),
                false => (kind, differences(kind, media)),
            };
            let same = taken.by_media.get(&told_by);
            if let Some(content) = same.and_then(|index| contents.list.get_mut(*index)) {
                add_synonym(content, name, way);
                continue;
            }
            if way == Way::Response
                && kind != MediaKind::Json
                && !taken.json.is_empty()
                && let Some(index) = taken.json.get(&text(&media.schema))
            {
                let json = contents.list.get_mut(*index);
                match json.filter(|json| kind == MediaKind::Xml && has_parts(json)) {
                    Some(json) => json.xml.push(WireName::new(name)),
                    None => contents.spellings.push(WireName::new(name)),
                }
                continue;
            }
            let own;
            let names = match contents.list.is_empty() {
                true => names,
                false => {
                    own = names.child(subtype(name));
                    &own
                }
            };
            let at = place.child(name);
            let lowered = self.lower_content(name, media, &at, names, way);
            let same = taken.by_content.get(&lowered.kind);
            if let Some(content) = same.and_then(|index| contents.list.get_mut(*index)) {
                add_synonym(content, name, way);
                continue;
            }
            let index = contents.list.len();
            taken.by_media.insert(told_by, index);
            if kind == MediaKind::Json && !is_alone {
                taken.json.entry(text(&media.schema)).or_insert(index);
            }
            taken.by_content.insert(lowered.kind.clone(), index);
            contents.list.push(lowered);
        }
        contents
    }
}

/// Where the contents of a body are in its list, by what they are told by.
#[derive(Default)]
struct Taken {
    by_media: HashMap<(MediaKind, String), usize>,
    by_content: HashMap<ContentKind, usize>,
    /// Those of JSON, by their schemas.
    json: HashMap<String, usize>,
}

/// What tells two contents of a kind apart: text is text and bytes are bytes, whatever describes them.
fn differences(kind: MediaKind, media: &MediaType) -> String {
    match kind {
        MediaKind::Text | MediaKind::Bytes => String::new(),
        MediaKind::Json
        | MediaKind::Form
        | MediaKind::Xml
        | MediaKind::Multipart
        | MediaKind::Items(_) => text(&(&media.schema, &media.encoding, &media.extensions)),
    }
}

/// A piece of a document as text, which is the same for the same.
fn text(piece: &impl Serialize) -> String {
    serde_json::to_string(piece).unwrap_or_default()
}

/// Whether there is more to it than a text, which leaves the XML to the user, and more is known than that it is JSON.
fn has_parts(json: &Content) -> bool {
    !matches!(json.kind.ty(), None | Some(Type::Scalar(_) | Type::Json))
}

fn add_synonym(content: &mut Content, name: &str, way: Way) {
    let name = match way {
        Way::Request => sent_type(name, &content.kind),
        Way::Response => name,
    };
    let name = WireName::new(name);
    if content.media_type != name && !content.synonyms.contains(&name) {
        content.synonyms.push(name);
    }
}

/// What names an inline type of a content beside the first.
fn subtype(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.split('/').next_back().unwrap_or_default()
}
