//! Responses that are streams of items.

use super::context::Lowering;
use super::media_type::is_media_type;
use super::names::Names;
use crate::load::{Sequence, sequence};
use crate::model::{Framing, ItemStream, Scalar, Type, WireName};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::MediaType;

impl<'d> Lowering<'d> {
    /// The first of the media types that is a stream of items. Its schema is that of an item: of the data of a
    /// server-sent event, or of a line. Some describe all lines as an array, which is taken as such.
    pub(super) fn lower_stream(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        at: &Pointer,
        names: &Names,
    ) -> Option<ItemStream> {
        let mut streams = content.iter().filter_map(|(name, media)| {
            let framing = framing(name).filter(|_| is_media_type(name))?;
            Some((name, media, framing))
        });
        let (name, media, framing) = streams.next()?;
        let at = at.child("content").child(name).child("schema");
        let item = match &media.schema {
            Some(schema) => self.lower_type(schema, &at, &names.child("event")),
            None if framing == Framing::Events => Type::Scalar(Scalar::String),
            None => Type::Json,
        };
        Some(ItemStream {
            media_type: WireName::new(name),
            framing,
            item: match self.without_alias(&item) {
                Type::List(inner) if framing != Framing::Events => (**inner).clone(),
                _ => item,
            },
        })
    }
}

/// How items stand in a body of a media type, if it is a stream of them.
pub(super) fn framing(media_type: &str) -> Option<Framing> {
    Some(match sequence(media_type)? {
        Sequence::Events => Framing::Events,
        Sequence::Lines => Framing::Lines,
        Sequence::Texts => Framing::Sequence,
    })
}
