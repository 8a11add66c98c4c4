//! Who is calling: security schemes, and where their tokens are to be had.

use super::{Docs, Prose, SecurityId, WireName};
use crate::source::Origin;
use indexmap::IndexMap;

/// A way to say who is calling.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The key of the component.
    pub name: WireName,
    /// How the credential travels.
    pub kind: SecurityKind,
    /// Where its tokens are to be had, as far as the document says.
    pub tokens: TokenSupply,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Origin,
}

/// Where tokens are to be had. URLs may be relative to those of the API's servers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenSupply {
    /// The flows of OAuth 2.
    pub flows: Vec<TokenFlow>,
    /// The document in which the server names its endpoints: of OpenID Connect, or of RFC 8414.
    pub discovery: Option<WireName>,
    /// The scopes of all flows, each with what the document says of it.
    pub scopes: IndexMap<WireName, Option<Prose>>,
}

/// A flow of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenFlow {
    /// Which.
    pub kind: FlowKind,
    /// Where tokens are bought.
    pub token_url: WireName,
    /// Where they are renewed, if that is elsewhere.
    pub refresh_url: Option<WireName>,
}

/// A kind of a flow that buys tokens. The implicit flow is none: its tokens come by way of a browser alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowKind {
    /// The user agrees in a browser, at this URL.
    AuthorizationCode(WireName),
    /// A program buys tokens for itself.
    ClientCredentials,
    /// A program is told the password of its user.
    Password,
    /// The user agrees on another device; codes are given out at this URL.
    Device(WireName),
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// A token in `Authorization: Bearer`. Tokens of OAuth2 and OpenID Connect travel this way too.
    Bearer {
        /// A hint at what the token is, such as `JWT`.
        format: Option<Prose>,
    },
    /// A user and a password in `Authorization: Basic`.
    Basic,
    /// A key in a place of the API's own choice.
    ApiKey {
        /// Where.
        place: ApiKeyPlace,
        /// The name of the header, query parameter or cookie.
        name: WireName,
    },
    /// A certificate of the client: a matter of the transport, of which nothing is in a request.
    MutualTls,
}

/// Where an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApiKeyPlace {
    Header,
    Query,
    Cookie,
}

/// Schemes that are needed together; empty if a call may be made without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// The schemes, each with the scopes that it must have.
    pub schemes: Vec<(SecurityId, Vec<WireName>)>,
}
