//! Bodies: how each is sent, and what it may be where the document leaves a choice.

use super::{FormStyle, PartStyles, Payload, RustName, RustType, WireName, XmlRoot};

/// How a body is spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyItem {
    /// The codec.
    pub codec: BodyCodec,
    /// The value of `Content-Type`.
    pub media_type: WireName,
    /// Other media types of the document that it may be sent as.
    pub synonyms: Vec<WireName>,
}

/// The codec of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyCodec {
    /// JSON.
    Json,
    /// XML, in an element of this name.
    Xml(XmlRoot),
    /// A form, and how its properties are spelled where it is not `FormStyle::Plain`.
    Form(Vec<(WireName, FormStyle)>),
    /// The same, and the properties whose reserved characters are sent as they are.
    ReservedForm(Vec<(WireName, FormStyle)>, Vec<WireName>),
    /// A form of which everything nested is spelled like `deepObject`.
    DeepForm,
    /// Parts, and how they are made where it is not the usual way.
    Multipart(PartStyles),
    /// JSON values, each on a line.
    Lines,
    /// A JSON text sequence.
    Sequence,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// What a body may be: an enum that its argument becomes by `into`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyChoice {
    /// The enum's name, unique in `operations`.
    pub name: RustName,
    /// Its variants, in the order of preference; the type of the first is that of the argument.
    pub variants: Vec<BodyVariant>,
}

/// One of the ways in which a body is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyVariant {
    /// Its name, unique in the enum: what is particular in its media type.
    pub name: RustName,
    /// What it holds; records and unions are boxed.
    pub ty: RustType,
    /// How it is sent.
    pub body: BodyItem,
    /// Whether `From` makes the enum of it: where no variant before it has its type.
    pub from: bool,
}

/// What the body of a response may be: an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceItem {
    /// The enum's name, unique in `operations`; the same choice has the same name in each response of an operation.
    pub name: RustName,
    /// Its variants, in the order of preference. None of them holds nothing or a choice.
    pub variants: Vec<ChoiceVariant>,
    /// Whether the enum implements `PartialEq`.
    pub comparable: bool,
}

/// What the body of a response of some media types is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceVariant {
    /// Its name, unique in the enum: what is particular in its media type.
    pub name: RustName,
    /// The media types, at least one; ranges are among them.
    pub media_types: Vec<WireName>,
    /// What it holds; records and unions are boxed.
    pub payload: Payload,
}
