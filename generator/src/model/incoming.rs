//! Requests that the API makes to its users: webhooks and callbacks.

use super::{Content, Docs, HttpMethod, OperationId, Parameter, Response, Type, WireName};
use crate::source::Origin;

/// A request that the API makes.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The name of the webhook or of the callback.
    pub name: WireName,
    /// Words that tell it from the others of its kind, the name among them.
    pub words: Vec<WireName>,
    /// What makes the API send it.
    pub cause: Cause,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The tags that it stands under, in order.
    pub tags: Vec<WireName>,
    /// Its summary and description.
    pub docs: Docs,
    /// Its parameters, none of which is in a path: the URL is its receiver's.
    pub parameters: Vec<Parameter>,
    /// What its body may be, in the order of preference; empty if it has none.
    pub contents: Vec<Content>,
    /// What the API takes for an answer.
    pub responses: Vec<Response>,
    /// Where it stands.
    pub origin: Origin,
}

/// What makes an API send a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// An event, of which its receiver is told by a way that the document does not say.
    Webhook,
    /// A call of one of these operations; none if no operation refers to the callback.
    Callback {
        /// The operations.
        operations: Vec<OperationId>,
        /// The URL, as a runtime expression (OpenAPI 3.0, "Runtime Expressions").
        url: WireName,
    },
}

impl Incoming {
    /// The types of what is received.
    pub fn received_types(&self) -> impl Iterator<Item = &Type> {
        let bodies = self.contents.iter().filter_map(|content| content.kind.ty());
        bodies.chain(self.parameters.iter().map(|parameter| &parameter.ty))
    }

    /// The types of what is answered.
    pub fn answered_types(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().flat_map(Response::types)
    }
}
