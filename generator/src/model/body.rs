//! Bodies of requests and responses: their media types and how they are spelled.

use super::{Docs, Type, WireName};
use crate::source::Origin;
use serde_json::Value;

/// The body of a request.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// What it holds.
    pub content: Content,
    /// Where it stands.
    pub origin: Origin,
}

/// A body with its media type.
#[derive(Debug, Clone)]
pub struct Content {
    /// The media type as the document spells it; known to be a legal header value.
    pub media_type: WireName,
    /// How it is read and written.
    pub kind: ContentKind,
    /// Bodies that the document shows, by name; the first is the one to show first.
    pub examples: Vec<(Option<WireName>, Value)>,
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentKind {
    /// JSON of a type.
    Json(Type),
    /// `application/x-www-form-urlencoded` of a type.
    Form {
        /// The type.
        ty: Type,
        /// How properties are spelled, where it is not `FormStyle::Plain`.
        styles: Vec<(WireName, FormStyle)>,
    },
    /// `multipart/form-data` and its kin.
    Multipart {
        /// The type, whose properties or items are the parts. What is `Scalar::Binary` in it is a file.
        ty: Type,
        /// How the parts are made.
        styles: PartStyles,
    },
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl ContentKind {
    /// The type that describes such a body.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            ContentKind::Json(ty)
            | ContentKind::Form { ty, .. }
            | ContentKind::Multipart { ty, .. } => Some(ty),
            ContentKind::Text | ContentKind::Bytes => None,
        }
    }
}

/// How the parts of a body are made where it is not the usual way: JSON for objects, text for plain values, bytes for
/// files, and a part for each item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartStyles {
    /// By the name of the property.
    Named(Vec<(WireName, PartStyle)>),
    /// By the position of the item, and one for all after those.
    Positional(Vec<PartStyle>, Option<PartStyle>),
}

/// How a part is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartStyle {
    /// With this media type, a legal header value.
    Content(WireName),
    /// As the pairs of a form.
    Form(FormStyle),
}

/// How a property of a form is spelled (OpenAPI 3.0.4, Encoding Object). A property with a plain value is the same pair
/// in each of them but `Json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormStyle {
    /// A pair for each item of a list of plain values, JSON for what is nested further.
    Plain,
    /// Items with commas between, in one pair; JSON for what is nested further.
    Joined,
    /// The same with spaces.
    SpaceDelimited,
    /// The same with bars.
    PipeDelimited,
    /// `name[key]=value`, nested and in arrays too.
    DeepObject,
    /// JSON.
    Json,
}
