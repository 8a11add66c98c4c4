//! Who is calling: security schemes, and the credentials that fulfil them.

use std::borrow::Cow;
use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::cookies;
use super::error::RequestError;
use super::params;
use super::token::{Need, TokenSource, Tokens};
use super::transport::TransportError;

/// A way of the document to say who is calling.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The name of the scheme, unique in the document.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Debug)]
pub enum SchemeKind {
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
}

/// What fulfils a security scheme: a token, a key, a password with its user, or a source of tokens.
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    Fixed(SecretString),
    Tokens(Tokens),
}

impl Credential {
    /// A token or a key.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Credential(Kind::Fixed(token.into()))
    }

    /// Tokens that expire. One is fetched when a call needs it, for all calls that wait for it together, and again when
    /// it has expired or a server answers 401 to it; that call is then made once more.
    pub fn source(source: impl TokenSource) -> Self {
        Credential(Kind::Tokens(Tokens::new(source)))
    }

    /// Whether another secret may be had when one is refused.
    pub(super) fn is_renewable(&self) -> bool {
        matches!(self.0, Kind::Tokens(_))
    }

    /// The secret to make a call with, other than the one that was refused if it can be.
    pub(super) async fn secret(&self, need: &Need) -> Result<SecretString, TransportError> {
        match &self.0 {
            Kind::Fixed(secret) => Ok(secret.clone()),
            Kind::Tokens(tokens) => tokens.get(need).await,
        }
    }

    /// Whether it can be sent as the scheme says. Of tokens that are yet to be fetched nothing is known.
    pub(super) fn check(&self, scheme: &SecurityScheme) -> Result<(), RequestError> {
        match &self.0 {
            Kind::Fixed(secret) => scheme.apply(secret, &mut HeaderMap::new(), &mut String::new()),
            Kind::Tokens(_) => Ok(()),
        }
    }
}

impl From<&str> for Credential {
    fn from(token: &str) -> Self {
        Credential::token(token)
    }
}

impl From<String> for Credential {
    fn from(token: String) -> Self {
        Credential::token(token)
    }
}

impl From<SecretString> for Credential {
    fn from(token: SecretString) -> Self {
        Credential::token(token)
    }
}

impl<S: TokenSource> From<S> for Credential {
    fn from(source: S) -> Self {
        Credential::source(source)
    }
}

impl SecurityScheme {
    /// Adds a secret to a request.
    pub(super) fn apply(
        &self,
        secret: &SecretString,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), RequestError> {
        let secret = secret.expose_secret();
        let (name, value) = match self.kind {
            SchemeKind::Bearer => (AUTHORIZATION, format!("Bearer {secret}")),
            SchemeKind::Basic => (AUTHORIZATION, format!("Basic {secret}")),
            SchemeKind::ApiKeyHeader(name) => match HeaderName::try_from(name) {
                Ok(name) => (name, secret.to_owned()),
                Err(_) => return Err(unusable(self, "no header can have its name")),
            },
            SchemeKind::ApiKeyQuery(name) => {
                params::add_pair(query, name, &params::encoded(Cow::Borrowed(secret)));
                return Ok(());
            }
            SchemeKind::ApiKeyCookie(name) => return add_cookie(self, name, secret, headers),
        };
        headers.insert(name, sensitive(self, &value)?);
        Ok(())
    }
}

const IMPOSSIBLE_IN_HEADER: &str = "it has a character that no header can have";

/// Shows nothing of what it holds.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential([redacted])")
    }
}

/// All cookies of a request stand in one header.
fn add_cookie(
    scheme: &SecurityScheme,
    name: &str,
    secret: &str,
    headers: &mut HeaderMap,
) -> Result<(), RequestError> {
    if secret.contains([';', ',', '"', '\\', ' ']) {
        return Err(unusable(
            scheme,
            "it has a character that no cookie can have",
        ));
    }
    cookies::add_cookies(headers, &format!("{name}={secret}"), true)
        .map_err(|_| unusable(scheme, IMPOSSIBLE_IN_HEADER))
}

fn sensitive(scheme: &SecurityScheme, value: &str) -> Result<HeaderValue, RequestError> {
    match HeaderValue::from_str(value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            Ok(value)
        }
        Err(_) => Err(unusable(scheme, IMPOSSIBLE_IN_HEADER)),
    }
}

fn unusable(scheme: &SecurityScheme, reason: &str) -> RequestError {
    RequestError::new(format!("the credential for `{}`", scheme.name), reason)
}

/// The credentials for a call: those of the first alternative that is configured in full. A call that may be made
/// without credentials is made without them only if there is no other way.
pub(super) fn choose(
    alternatives: &[&'static [&'static SecurityScheme]],
    configured: &[(&'static SecurityScheme, Credential)],
) -> Result<Vec<(&'static SecurityScheme, Credential)>, RequestError> {
    let find = |scheme: &&'static SecurityScheme| {
        let mut configured = configured.iter();
        configured
            .find(|(other, _)| other.name == scheme.name)
            .map(|(_, credential)| (*scheme, credential.clone()))
    };
    let mut anonymous = alternatives.is_empty();
    for alternative in alternatives {
        anonymous |= alternative.is_empty();
        match alternative.iter().map(find).collect::<Option<Vec<_>>>() {
            Some(found) if !found.is_empty() => return Ok(found),
            _ => {}
        }
    }
    if anonymous {
        return Ok(Vec::new());
    }
    let names = |alternative: &&'static [&'static SecurityScheme]| {
        let names: Vec<String> = alternative
            .iter()
            .map(|scheme| format!("`{}`", scheme.name))
            .collect();
        names.join(" and ")
    };
    let ways: Vec<String> = alternatives.iter().map(names).collect();
    Err(RequestError::new(
        "the credentials",
        format!("the operation needs {}", ways.join(", or ")),
    ))
}
