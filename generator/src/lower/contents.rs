//! Which contents a body has: media types that differ in nothing but their name are one, and what is left is ordered by
//! preference.

use super::body::{Way, sent_type};
use super::context::Lowering;
use super::media_type::{MediaKind, is_media_type, media_kind, media_rank, sent_kind};

use super::names::Names;
use crate::diagnostic::Code;
use crate::model::{Content, Type, WireName, is_xml};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::MediaType;

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
        let mut taken: Vec<(MediaKind, &MediaType)> = Vec::new();
        for (name, media) in candidates {
            let kind = self.kind_of(name, way);
            let same = taken
                .iter()
                .position(|(known, other)| *known == kind && is_same(kind, media, other));
            if let Some(content) = same.and_then(|index| contents.list.get_mut(index)) {
                add_synonym(content, name, way);
                continue;
            }
            let is_spelling = |(known, other): &(MediaKind, &MediaType)| {
                *known == MediaKind::Json && other.schema == media.schema
            };
            if way == Way::Response
                && kind != MediaKind::Json
                && let Some(index) = taken.iter().position(is_spelling)
            {
                let json = contents.list.get_mut(index);
                match json.filter(|json| kind == MediaKind::Xml && has_parts(json)) {
                    Some(json) => json.xml.push(WireName::new(name)),
                    None => contents.spellings.push(WireName::new(name)),
                }
                continue;
            }
            let own;
            let names = match taken.is_empty() {
                true => names,
                false => {
                    own = names.child(subtype(name));
                    &own
                }
            };
            let at = place.child(name);
            let lowered = self.lower_content(name, media, &at, names, way);
            let same = contents
                .list
                .iter_mut()
                .find(|known| known.kind == lowered.kind);
            if let Some(content) = same {
                add_synonym(content, name, way);
                continue;
            }
            taken.push((kind, media));
            contents.list.push(lowered);
        }
        contents
    }
}

/// Whether two contents of a kind are the same: text is text and bytes are bytes, whatever describes them.
fn is_same(kind: MediaKind, one: &MediaType, other: &MediaType) -> bool {
    match kind {
        MediaKind::Text | MediaKind::Bytes => true,
        MediaKind::Json
        | MediaKind::Form
        | MediaKind::Xml
        | MediaKind::Multipart
        | MediaKind::Items(_) => {
            one.schema == other.schema
                && one.encoding == other.encoding
                && one.extensions == other.extensions
        }
    }
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
