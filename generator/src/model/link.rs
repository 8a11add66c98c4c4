//! Links: calls that an answer leads to (OpenAPI, Link Object), and what they take from the call before.

use super::{Docs, OperationId, Server, WireName};
use crate::source::Origin;
use serde_json::Value;
use std::fmt;

/// A call that an answer leads to.
#[derive(Debug, Clone)]
pub struct Link {
    /// What the document calls it.
    pub name: WireName,
    /// The operation that is called.
    pub target: OperationId,
    /// The parameters that it gives a value, each by its index in [`Operation::parameters`](super::Operation::parameters)
    /// of the target; none twice.
    pub parameters: Vec<(usize, LinkValue)>,
    /// What it sends as the body, if it says so.
    pub body: Option<LinkBody>,
    /// Where it is sent, if that is not where the operation is sent otherwise.
    pub server: Option<Server>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Origin,
}

impl Link {
    /// All values that it gives.
    pub fn values(&self) -> impl Iterator<Item = &LinkValue> {
        let parameters = self.parameters.iter().map(|(_, value)| value);
        parameters.chain(self.body.iter().map(|body| &body.value))
    }

    /// Whether it is the same as another but for where it stands.
    pub fn is_same(&self, other: &Link) -> bool {
        let server = |link: &Link| link.server.as_ref().map(Server::default_url);
        self.name == other.name
            && self.target == other.target
            && self.parameters == other.parameters
            && self.body == other.body
            && server(self) == server(other)
    }
}

/// What a link sends as the body of the target.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkBody {
    /// The value.
    pub value: LinkValue,
    /// What it is sent as: the index of the content among those that the target's body may hold.
    pub content: usize,
}

/// A value that a link gives.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkValue {
    /// The same for every call.
    Constant(Value),
    /// What an expression finds.
    Found(Expression),
    /// A text with expressions in it.
    Text(Vec<TextPiece>),
}

impl LinkValue {
    /// The expressions in it.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            LinkValue::Constant(_) => Vec::new(),
            LinkValue::Found(expression) => vec![expression],
            LinkValue::Text(pieces) => pieces
                .iter()
                .filter_map(|piece| match piece {
                    TextPiece::Found(expression) => Some(expression),
                    TextPiece::Literal(_) => None,
                })
                .collect(),
        }
    }
}

impl fmt::Display for LinkValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkValue::Constant(value) => write!(f, "{value}"),
            LinkValue::Found(expression) => write!(f, "{expression}"),
            LinkValue::Text(pieces) => pieces.iter().try_for_each(|piece| match piece {
                TextPiece::Literal(text) => f.write_str(text),
                TextPiece::Found(expression) => write!(f, "{{{expression}}}"),
            }),
        }
    }
}

/// A piece of a text with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub enum TextPiece {
    /// Text that stands as it is.
    Literal(String),
    /// What an expression finds.
    Found(Expression),
}

/// A runtime expression (OpenAPI 3.0, "Runtime Expressions").
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `$url`
    Url,
    /// `$method`
    Method,
    /// `$statusCode`
    StatusCode,
    /// `$request.header.…`
    RequestHeader(WireName),
    /// `$request.query.…`
    RequestQuery(WireName),
    /// `$request.path.…`
    RequestPath(WireName),
    /// `$request.body`, with the names that lead to a value in it.
    RequestBody(Vec<String>),
    /// `$response.header.…`
    ResponseHeader(WireName),
    /// `$response.body`, with the names that lead to a value in it.
    ResponseBody(Vec<String>),
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = |f: &mut fmt::Formatter<'_>, of: &str, path: &[String]| {
            write!(f, "${of}.body")?;
            if !path.is_empty() {
                f.write_str("#")?;
            }
            path.iter()
                .try_for_each(|name| write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")))
        };
        match self {
            Expression::Url => f.write_str("$url"),
            Expression::Method => f.write_str("$method"),
            Expression::StatusCode => f.write_str("$statusCode"),
            Expression::RequestHeader(name) => write!(f, "$request.header.{}", name.as_str()),
            Expression::RequestQuery(name) => write!(f, "$request.query.{}", name.as_str()),
            Expression::RequestPath(name) => write!(f, "$request.path.{}", name.as_str()),
            Expression::RequestBody(path) => body(f, "request", path),
            Expression::ResponseHeader(name) => write!(f, "$response.header.{}", name.as_str()),
            Expression::ResponseBody(path) => body(f, "response", path),
        }
    }
}
