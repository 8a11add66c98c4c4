//! Operations: what a call sends and what may come back.

use super::{
    Constraints, Content, DeclaredPages, Docs, Link, Presence, Prose, RequestBody,
    SecurityRequirement, Type, WireName,
};
use crate::source::Origin;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// One method on one path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// What it is called.
    pub name: OperationName,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path in pieces.
    pub path: Vec<PathPiece>,
    /// The tags that it stands under, in order.
    pub tags: Vec<WireName>,
    /// Its summary and description.
    pub docs: Docs,
    /// Its parameters: those of the path item that it does not override, then its own.
    pub parameters: Vec<Parameter>,
    /// Its body.
    pub body: Option<RequestBody>,
    /// Its responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The alternatives of which one must be fulfilled; empty if none is needed.
    pub security: Vec<SecurityRequirement>,
    /// The servers that it is sent to, if they are not those of the document.
    pub servers: Option<Vec<Server>>,
    /// What the document says of its pages.
    pub pages: Option<DeclaredPages>,
    /// Where it stands.
    pub origin: Origin,
}

impl Operation {
    /// The path as the document spells it, such as `/repo/{repoId}/apikey`.
    pub fn path_template(&self) -> String {
        self.path
            .iter()
            .map(|piece| match piece {
                PathPiece::Literal(text) => text.as_str().to_owned(),
                PathPiece::Parameter(name) => format!("{{{}}}", name.as_str()),
            })
            .collect()
    }
}

impl Operation {
    /// What tells a parameter from the others: its name, behind its place where another has the same.
    pub fn parameter_label(&self, index: usize) -> Option<String> {
        let parameter = self.parameters.get(index)?;
        let name = parameter.name.as_str();
        let namesakes = self
            .parameters
            .iter()
            .filter(|other| other.name == parameter.name);
        Some(match namesakes.count() {
            1 => name.to_owned(),
            _ => format!("{}.{name}", parameter.location.as_str()),
        })
    }
}

/// Where the name of an operation comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationName {
    /// Its operationId.
    Declared(WireName),
    /// Words made of its method and path, since it has no operationId of its own.
    Derived(Vec<WireName>),
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// Another, known to be a token of HTTP.
    Other(WireName),
}

impl HttpMethod {
    /// The method as HTTP spells it.
    pub fn as_str(&self) -> &str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Put => "PUT",
            HttpMethod::Post => "POST",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Options => "OPTIONS",
            HttpMethod::Head => "HEAD",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Trace => "TRACE",
            HttpMethod::Query => "QUERY",
            HttpMethod::Other(name) => name.as_str(),
        }
    }
}

/// A piece of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPiece {
    /// Text that stands as it is, slashes included.
    Literal(WireName),
    /// The value of the path parameter with this name.
    Parameter(WireName),
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: WireName,
    /// Where it travels.
    pub location: ParameterLocation,
    /// How its value is spelled.
    pub style: ParameterStyle,
    /// Whether reserved characters of its value are sent as they are.
    pub is_reserved: bool,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// What the document says of it.
    pub docs: Docs,
    /// The only value that it may and must have, as it is before it is encoded: nobody has to say it.
    pub constant: Option<WireName>,
    /// What the document demands beyond the type.
    pub constraints: Constraints,
    /// A value that the document shows.
    pub example: Option<Value>,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the header `Cookie`.
    Cookie,
}

impl ParameterLocation {
    /// The word of OpenAPI's `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is spelled (OpenAPI 3.0, Style Values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    /// `simple`: items with commas between, in a path or a header.
    Simple {
        /// Whether an object is `k=v` instead of `k,v`.
        explode: bool,
    },
    /// `label`: parts after dots, in a path.
    Label {
        /// Whether each item gets a dot, and an object is `k=v`.
        explode: bool,
    },
    /// `matrix`: pairs after semicolons, in a path.
    Matrix {
        /// Whether each item is a pair of its own.
        explode: bool,
    },
    /// `form`: in a query or a cookie.
    Form {
        /// Whether each item is a pair of its own.
        explode: bool,
    },
    /// `spaceDelimited` without `explode`: one pair, with spaces between its parts.
    SpaceDelimited,
    /// `pipeDelimited` without `explode`: one pair, with bars between its parts.
    PipeDelimited,
    /// `deepObject`: `name[key]=value`, nested and in arrays too.
    DeepObject,
    /// As the text of its JSON: the parameter has a `content` instead of a style.
    Json,
    /// The text of its JSON is the whole query.
    Whole,
    /// Its text is the whole query.
    WholeText,
    /// `cookie`: as `form` with nothing percent-encoded.
    Cookie {
        /// Whether each item is a cookie of its own.
        explode: bool,
    },
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The statuses that it stands for.
    pub status: StatusPattern,
    /// What the document says of it.
    pub docs: Docs,
    /// The headers that it names.
    pub headers: Vec<Header>,
    /// Its body; `None` where the document names none.
    pub content: Option<Content>,
    /// What its body may be instead, in the order of preference: each is of another type.
    pub others: Vec<Content>,
    /// Media types that a call does not ask for by itself: the same value in another spelling.
    pub spellings: Vec<WireName>,
    /// The stream of items that its body is or may be.
    pub stream: Option<ItemStream>,
    /// The calls that it leads to.
    pub links: Vec<Link>,
    /// Where it stands.
    pub origin: Origin,
}

/// A body that is a stream of items.
#[derive(Debug, Clone)]
pub struct ItemStream {
    /// Its media type.
    pub media_type: WireName,
    /// How items stand in it.
    pub framing: Framing,
    /// What an item holds.
    pub item: Type,
}

/// How items stand in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// Server-sent events; an item is the data of one.
    Events,
    /// A JSON value on each line.
    Lines,
    /// JSON values, each after a record separator (RFC 7464).
    Sequence,
    /// Parts, each with headers of its own (RFC 2046).
    Parts,
}

impl Response {
    /// The types of what it may hold: of its body, of the items of a stream, of its headers.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let whole = self.contents().filter_map(|content| content.kind.ty());
        whole
            .chain(self.stream.iter().map(|stream| &stream.item))
            .chain(self.headers.iter().map(|header| &header.ty))
    }

    /// All that its body may be, in the order of preference.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        self.content.iter().chain(&self.others)
    }

    /// The same, to be changed.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        self.content.iter_mut().chain(&mut self.others)
    }
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: WireName,
    /// Its type.
    pub ty: Type,
    /// Whether its value is the text of its JSON; else it is spelled in the style `simple`.
    pub is_json: bool,
    /// Whether it must be there.
    pub required: bool,
    /// What the document says of it.
    pub docs: Docs,
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPattern {
    /// One status.
    Code(u16),
    /// A hundred of them: `4XX` is 4.
    Range(u8),
    /// All that no other response stands for.
    Default,
}

impl StatusPattern {
    /// Whether it says that the call succeeded.
    pub fn is_success(self) -> bool {
        matches!(
            self,
            StatusPattern::Code(200..=299) | StatusPattern::Range(2)
        )
    }

    /// Whether a call that succeeded may have an answer of it: `default` stands for what is not listed.
    pub fn may_be_success(self) -> bool {
        self.is_success() || self == StatusPattern::Default
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusPattern::Code(code) => write!(f, "{code}"),
            StatusPattern::Range(hundred) => write!(f, "{hundred}XX"),
            StatusPattern::Default => f.write_str("default"),
        }
    }
}

/// A server, with the variables in its URL.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL in pieces; absolute, or relative to where the document is served.
    pub url: Vec<UrlPiece>,
    /// The variables, each of which the URL names.
    pub variables: Vec<ServerVariable>,
    /// What the document says of it.
    pub description: Option<Prose>,
    /// Where it stands.
    pub origin: Origin,
}

impl Server {
    /// The URL with the default of each variable in its place.
    pub fn default_url(&self) -> String {
        let variables = self.variables.iter();
        let defaults: HashMap<&WireName, &str> = variables
            .map(|variable| (&variable.name, variable.default.as_str()))
            .collect();
        self.url
            .iter()
            .map(|piece| match piece {
                UrlPiece::Literal(text) => text.as_str(),
                UrlPiece::Variable(name) => defaults.get(name).copied().unwrap_or(""),
            })
            .collect()
    }
}

/// A piece of a server URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UrlPiece {
    /// Text that stands as it is.
    Literal(WireName),
    /// The value of the variable with this name.
    Variable(WireName),
}

/// A variable in a server URL.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// Its name.
    pub name: WireName,
    /// Its value unless the user gives one.
    pub default: WireName,
    /// The values that it may have; empty if any.
    pub allowed: Vec<WireName>,
    /// What the document says of it.
    pub description: Option<Prose>,
}

/// Whether a text is a token of HTTP (RFC 9110, section 5.6.2), as header names are.
pub fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
