//! Bodies of requests and responses: their media types and how they are spelled.

use super::{Docs, Framing, Type, WireName, XmlRoot};
use crate::source::Origin;
use serde_json::Value;

/// The body of a request.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// What it holds unless the user chooses otherwise.
    pub content: Content,
    /// What it may hold instead: each differs from the others in its type or in how that is spelled.
    pub others: Vec<Content>,
    /// Where it stands.
    pub origin: Origin,
}

impl RequestBody {
    /// All that it may hold, in the order of preference.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        std::iter::once(&self.content).chain(&self.others)
    }

    /// The same, to be changed.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        std::iter::once(&mut self.content).chain(&mut self.others)
    }
}

/// A body with its media type.
#[derive(Debug, Clone)]
pub struct Content {
    /// The media type as the document spells it; known to be a legal header value.
    pub media_type: WireName,
    /// Other media types of the document for the same: they are read and written alike.
    pub synonyms: Vec<WireName>,
    /// Media types of XML of the same type. They are read where an answer says that it is of one, and not asked for.
    pub xml: Vec<WireName>,
    /// How it is read and written.
    pub kind: ContentKind,
    /// Bodies that the document shows, by name; the first is the one to show first.
    pub examples: Vec<(Option<WireName>, Value)>,
}

impl Content {
    /// All of its media types, the one that is sent first.
    pub fn media_types(&self) -> impl Iterator<Item = &WireName> {
        std::iter::once(&self.media_type).chain(&self.synonyms)
    }
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// JSON of a type.
    Json(Type),
    /// XML of a type.
    Xml {
        /// The type.
        ty: Type,
        /// What its element is called.
        root: XmlRoot,
    },
    /// `application/x-www-form-urlencoded` of a type.
    Form {
        /// The type.
        ty: Type,
        /// How properties are spelled, where it is not `FormStyle::Plain`.
        styles: Vec<(WireName, FormStyle)>,
        /// The properties whose reserved characters are sent as they are.
        reserved: Vec<WireName>,
    },
    /// `multipart/form-data` and its kin.
    Multipart {
        /// The type, whose properties or items are the parts. What is `Scalar::Binary` in it is a file.
        ty: Type,
        /// How the parts are made.
        styles: PartStyles,
    },
    /// The items of a list, one after the other.
    Items {
        /// The type, a list.
        ty: Type,
        /// How items stand in it; they are no events.
        framing: Framing,
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
            | ContentKind::Xml { ty, .. }
            | ContentKind::Form { ty, .. }
            | ContentKind::Multipart { ty, .. }
            | ContentKind::Items { ty, .. } => Some(ty),
            ContentKind::Text | ContentKind::Bytes => None,
        }
    }

    /// The same, to be changed.
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            ContentKind::Json(ty)
            | ContentKind::Xml { ty, .. }
            | ContentKind::Form { ty, .. }
            | ContentKind::Multipart { ty, .. }
            | ContentKind::Items { ty, .. } => Some(ty),
            ContentKind::Text | ContentKind::Bytes => None,
        }
    }
}

/// How the parts of a body are made where it is not the usual way: JSON for objects, text for plain values, bytes for
/// files, and a part for each item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PartStyles {
    /// By the name of the property.
    Named(Vec<(WireName, PartStyle)>),
    /// By the position of the item, and one for all after those.
    Positional(Vec<PartStyle>, Option<PartStyle>),
}

/// How a part is made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PartStyle {
    /// With this media type, a legal header value.
    Content(WireName),
    /// As the pairs of a form.
    Form(FormStyle),
    /// As a body of several parts with this media type, made so.
    Parts(WireName, Box<PartStyles>),
    /// As the text of a form with this media type, the properties of which are spelled so.
    Urlencoded(WireName, Vec<(WireName, FormStyle)>),
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
