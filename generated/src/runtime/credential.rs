//! Who is calling: security schemes, and the credentials that fulfil them.

use std::borrow::Cow;
use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::error::RequestError;
use super::params;

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

/// What fulfils a security scheme.
#[derive(Clone)]
pub struct Credential(SecretString);

impl Credential {
    /// A token or a key.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Credential(token.into())
    }

    /// Adds it to a request.
    pub(super) fn apply(
        &self,
        scheme: &SecurityScheme,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), RequestError> {
        let secret = self.0.expose_secret();
        let (name, value) = match scheme.kind {
            SchemeKind::Bearer => (AUTHORIZATION, format!("Bearer {secret}")),
            SchemeKind::Basic => (AUTHORIZATION, format!("Basic {secret}")),
            SchemeKind::ApiKeyHeader(name) => match HeaderName::try_from(name) {
                Ok(name) => (name, secret.to_owned()),
                Err(_) => return Err(unusable(scheme, "no header can have its name")),
            },
            SchemeKind::ApiKeyQuery(name) => {
                params::add_pair(query, name, &params::encoded(Cow::Borrowed(secret)));
                return Ok(());
            }
            SchemeKind::ApiKeyCookie(name) => return add_cookie(scheme, name, secret, headers),
        };
        headers.insert(name, sensitive(scheme, &value)?);
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
    params::add_cookies(headers, &format!("{name}={secret}"), true)
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
pub(super) fn choose<'c>(
    alternatives: &[&'static [&'static SecurityScheme]],
    configured: &'c [(&'static SecurityScheme, Credential)],
) -> Result<Vec<(&'static SecurityScheme, &'c Credential)>, RequestError> {
    let find = |scheme: &&'static SecurityScheme| {
        let mut configured = configured.iter();
        configured
            .find(|(other, _)| other.name == scheme.name)
            .map(|(_, credential)| (*scheme, credential))
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
