//! Responses that are streams of items.

use super::context::Lowering;
use super::keywords::Node;
use super::media_type::{essence, is_media_type};
use super::names::Names;
use crate::load::{Sequence, sequence};
use crate::model::{Framing, ItemStream, Scalar, Type, WireName};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{MediaType, SchemaKind};

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
        if framing == Framing::Parts && !self.is_list(media, &at) {
            // Parts that are no list have names, or are not described.
            return None;
        }
        let item = match &media.schema {
            Some(schema) => self.lower_type(schema, &at, &names.child("event")),
            None if framing == Framing::Events => Type::Scalar(Scalar::String),
            None => Type::Json,
        };
        let item = match self.without_alias(&item) {
            Type::List(inner) if framing != Framing::Events => (**inner).clone(),
            _ => item,
        };
        // Bytes are not text, and only the whole body is handed out as such.
        let is_binary = *self.without_alias(&item) == Type::Scalar(Scalar::Binary);
        (!is_binary).then(|| ItemStream {
            media_type: WireName::new(name),
            framing,
            item,
        })
    }

    /// Whether a body is described as a list.
    fn is_list(&self, media: &'d MediaType, at: &Pointer) -> bool {
        let schema = media.schema.as_ref();
        let schema = schema.and_then(|schema| self.schema_of(Node::from(schema), at));
        schema.is_some_and(|(schema, _)| {
            matches!(
                &schema.schema_kind,
                SchemaKind::Type(openapiv3::Type::Array(_))
            )
        })
    }
}

/// How items stand in a body of a media type, if it is a stream of them.
pub(super) fn framing(media_type: &str) -> Option<Framing> {
    Some(match sequence(media_type) {
        Some(Sequence::Events) => Framing::Events,
        Some(Sequence::Lines) => Framing::Lines,
        Some(Sequence::Texts) => Framing::Sequence,
        // A form has names, which make an object of it.
        None => match essence(media_type).as_str() {
            "multipart/form-data" => return None,
            other if other.starts_with("multipart/") => Framing::Parts,
            _ => return None,
        },
    })
}
