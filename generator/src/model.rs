//! The language-neutral model of an API: what a client and a page need to know, and nothing of OpenAPI's spelling.
//!
//! `lower` makes it whole; nothing is filled in later. What can be derived from it is in [`crate::analysis`].

mod arena;
mod body;
mod calendar;
mod constraints;
mod formats;
mod incoming;
mod link;
mod operation;
mod page_rule;
mod pagination;
mod security;
mod types;
mod walk;
mod xml;

pub use arena::{Arena, Id};
pub use body::{Content, ContentKind, FormStyle, PartStyle, PartStyles, RequestBody};
pub use calendar::{is_clock, is_day, is_offset};
pub use constraints::{Constraints, SchemaDemand, Sizes};
pub use formats::{integer_format, number_format, string_format};
pub use incoming::{Cause, Incoming};
pub use link::{Expression, Link, LinkBody, LinkValue, TextPiece};
pub use operation::{
    Framing, Header, HttpMethod, ItemStream, Operation, OperationName, Parameter,
    ParameterLocation, ParameterStyle, PathPiece, Response, Server, ServerVariable, StatusPattern,
    UrlPiece, is_token,
};
pub use page_rule::{
    DeclaredPages, NextPlace, PageFault, PageRule, PageRuleFault, PageRules, PageStyle,
};
pub use pagination::{Advance, PageEnd, PagePlace, Pagination, PaginationSource, plain};
pub use security::{
    ApiKeyPlace, FlowKind, SecurityKind, SecurityRequirement, SecurityScheme, TokenFlow,
    TokenSupply,
};
pub use types::{
    Access, Additional, Decision, Enumeration, EnumerationValue, Field, IntegerKind, MapKey,
    Presence, Record, Scalar, Shape, Type, TypeDef, TypeName, Union, Variant,
};
pub use xml::{XmlField, XmlName, XmlNode, XmlRoot, is_xml};

use crate::source::Origin;
use indexmap::IndexMap;

/// The id of a type in [`Api::types`].
pub type TypeId = Id<TypeDef>;
/// The id of an operation in [`Api::operations`].
pub type OperationId = Id<Operation>;
/// The id of a security scheme in [`Api::security`].
pub type SecurityId = Id<SecurityScheme>;

/// A whole API.
#[derive(Debug, Clone)]
pub struct Api {
    /// What it is called and by whom it is offered.
    pub info: Info,
    /// The servers of the document; never empty, since the specification gives `/` where there are none.
    pub servers: Vec<Server>,
    /// The tags in the order of the document, with those that only operations name after them.
    pub tags: IndexMap<WireName, Tag>,
    /// The types: the components in the order of the document, then the inline types in the order in which they are met.
    ///
    /// None of them is [`Type::Nullable`] at its top: where a component allows null, the places that use it say so.
    pub types: Arena<TypeDef>,
    /// The operations in the order of the document.
    pub operations: Arena<Operation>,
    /// The requests that the API makes: webhooks in the order of the document, then callbacks.
    pub incoming: Vec<Incoming>,
    /// The security schemes in the order of the document; those that the transport fulfils stand after the others.
    pub security: Arena<SecurityScheme>,
}

/// A name as the wire spells it: a property, a parameter, a component. Never written to an output as it is; each
/// context has an encoder, and nothing that writes text takes it without one:
///
/// ```compile_fail,E0277
/// let name = specwright::model::WireName::new("*/ evil");
/// println!("// {name}");
/// ```
///
/// ```compile_fail,E0277
/// let name = specwright::model::WireName::new("*/ evil");
/// let tokens = quote::quote!(#name);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(String);

impl WireName {
    /// Takes a name as the document spells it.
    pub fn new(text: impl Into<String>) -> Self {
        WireName(text.into())
    }

    /// The spelling, for an encoder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Prose of the document, CommonMark by the specification. Never written to an output as it is; each context has an
/// encoder, and nothing that writes text takes it without one, a template neither:
///
/// ```compile_fail,E0277
/// let prose = specwright::model::Prose::from_static("<script>");
/// println!("<p>{prose}</p>");
/// ```
///
/// ```compile_fail,E0277
/// let prose = specwright::model::Prose::from_static("<script>");
/// let view = serde_json::to_value(&prose);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(String);

impl Prose {
    /// Takes a text of the document; `None` where it says nothing.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        if text.trim().is_empty() {
            None
        } else {
            Some(Prose(text))
        }
    }

    /// A text of our own that stands where the document has none and must have one. It is not empty.
    pub fn from_static(text: &'static str) -> Self {
        Prose(text.to_owned())
    }

    /// The text, for an encoder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the document says of a node to people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// One line: `summary` of an operation, `title` of a schema.
    pub summary: Option<Prose>,
    /// The description.
    pub description: Option<Prose>,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// A page with more.
    pub external: Option<ExternalDocs>,
}

/// A page outside the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExternalDocs {
    /// Its address, as the document spells it.
    pub url: Prose,
    /// What it is.
    pub description: Option<Prose>,
}

/// What the API is called and by whom it is offered.
#[derive(Debug, Clone)]
pub struct Info {
    /// Its title.
    pub title: Prose,
    /// The version of the document, not of OpenAPI.
    pub version: WireName,
    /// Its description and where to read more.
    pub docs: Docs,
    /// Terms of service, a URL.
    pub terms_of_service: Option<Prose>,
    /// Whom to ask: name, URL, mail address.
    pub contact: Option<Contact>,
    /// The licence of the API: its name and URL.
    pub license: Option<License>,
}

/// Whom to ask about the API.
#[derive(Debug, Clone)]
pub struct Contact {
    /// A person or an organisation.
    pub name: Option<Prose>,
    /// A page.
    pub url: Option<Prose>,
    /// A mail address.
    pub email: Option<Prose>,
}

/// The licence of the API.
#[derive(Debug, Clone)]
pub struct License {
    /// Its name.
    pub name: Prose,
    /// Its text.
    pub url: Option<Prose>,
}

/// A group of operations.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The name that operations use.
    pub name: WireName,
    /// What it is called where people read it, if not by its name.
    pub title: Option<Prose>,
    /// What the group is.
    pub docs: Docs,
    /// The tag of the same document that it stands under. No tag stands under itself, be it by way of others.
    pub parent: Option<WireName>,
    /// What it is for.
    pub kind: TagKind,
    /// Where it is declared, or first used.
    pub origin: Origin,
}

/// What a tag is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// Operations are listed under it.
    Section,
    /// It says something of its operations (a badge, whom they are for), and they are listed under others.
    Label,
}
