//! The authorization code flow with PKCE (RFC 6749, section 4.1; RFC 7636): the user agrees in a browser.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::oauth::{Endpoints, Grant, OAuth2, Place, Scope, joined, shown};
use super::oauth_endpoint::{self as endpoint, OAuthError};
use super::params;
use super::transport::TransportError;

/// The flow in which the user agrees in a browser.
#[derive(Debug, Clone)]
pub struct AuthorizationCode {
    /// Where the user agrees.
    pub authorization: Cow<'static, str>,
    /// Where tokens are bought.
    pub endpoints: Endpoints,
    /// Who must be named in the answer (RFC 9207), where that is known.
    pub(super) issuer: Option<String>,
}

impl AuthorizationCode {
    /// The flow with the URLs of the document.
    pub const fn new(authorization: &'static str, endpoints: Endpoints) -> Self {
        AuthorizationCode {
            authorization: Cow::Borrowed(authorization),
            endpoints,
            issuer: None,
        }
    }

    /// The same flow with its relative URLs made absolute, for an API at this URL.
    ///
    /// # Errors
    ///
    /// If the URL of the API is relative itself.
    pub fn at(mut self, base_url: &str) -> Result<Self, TransportError> {
        self.authorization = endpoint::resolve(base_url, &self.authorization)?.into();
        Ok(self)
    }

    /// Asks a user for access, for the program of this name. The browser comes back to `redirect_uri`.
    ///
    /// # Errors
    ///
    /// If the URL of the document is relative (see [`at`](Self::at)), or the system has no random numbers.
    pub fn ask(
        &self,
        client_id: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Result<Question, TransportError> {
        Ok(Question {
            authorization: endpoint::resolve("", &self.authorization)?,
            endpoints: self.endpoints.clone(),
            issuer: self.issuer.clone(),
            client_id: client_id.into(),
            redirect_uri: redirect_uri.into(),
            scopes: Vec::new(),
            parameters: Vec::new(),
            state: random()?,
            verifier: random()?,
        })
    }
}

/// A question to a user: the URL that a browser opens, and what its answer is checked by. It is to be kept until the
/// browser comes back.
#[derive(Clone)]
pub struct Question {
    authorization: String,
    endpoints: Endpoints,
    issuer: Option<String>,
    client_id: String,
    redirect_uri: String,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
    state: SecretString,
    verifier: SecretString,
}

impl Question {
    /// Asks for these scopes.
    #[must_use]
    pub fn scopes<S: Into<Scope>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(S::into));
        self
    }

    /// Adds a parameter to the URL, such as `prompt`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// What tells this question from others, when the browser comes back: the parameter `state`.
    pub fn state(&self) -> &SecretString {
        &self.state
    }

    /// The URL to be opened in a browser.
    pub fn url(&self) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            params::add_pair(&mut query, name, &params::encoded(Cow::Borrowed(value)));
        };
        add("response_type", "code");
        add("client_id", &self.client_id);
        add("redirect_uri", &self.redirect_uri);
        if !self.scopes.is_empty() {
            add("scope", &joined(&self.scopes));
        }
        add("state", shown(&self.state));
        add("code_challenge", &challenge(&self.verifier));
        add("code_challenge_method", "S256");
        for (name, value) in &self.parameters {
            add(name, value);
        }
        let separator = if self.authorization.contains('?') {
            '&'
        } else {
            '?'
        };
        format!("{}{separator}{query}", self.authorization)
    }

    /// The answer that the browser came back with, by the whole URL or its query: a source of tokens, which buys its first
    /// token with the code in it.
    ///
    /// # Errors
    ///
    /// If the user or the server has refused, or the answer belongs to another question.
    pub fn answered(&self, url: &str) -> Result<OAuth2, TransportError> {
        let query = url.split_once('?').map_or(url, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let find = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(key, _)| *key == name)?;
            let value = value.replace('+', " ");
            Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
        };
        if find("state").as_deref() != Some(shown(&self.state)) {
            let message = "the answer in the browser belongs to another question: `state` differs";
            return Err(TransportError::credentials(message));
        }
        if let (Some(found), Some(issuer)) = (find("iss"), &self.issuer)
            && found != *issuer
        {
            let message = "the answer in the browser is of another server: `iss` differs";
            return Err(TransportError::credentials(message));
        }
        if let Some(code) = find("error") {
            let description = find("error_description");
            let error = OAuthError::new(&code, description.as_deref(), &[shown(&self.state)]);
            let message = "the user or the server has refused";
            return Err(TransportError::credentials(message).with_source(error));
        }
        let Some(code) = find("code") else {
            let message = "the answer in the browser has no `code`";
            return Err(TransportError::credentials(message));
        };
        let grant = Grant::Code {
            code: code.into(),
            verifier: self.verifier.clone(),
            redirect_uri: self.redirect_uri.clone(),
        };
        let place = Place::Known(self.endpoints.clone());
        Ok(OAuth2::new(self.client_id.clone(), place, grant))
    }
}

/// Shows nothing of what must not be guessed.
impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question")
            .field("authorization", &self.authorization)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// What a verifier is known by until it is shown (RFC 7636, section 4.2).
fn challenge(verifier: &SecretString) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(shown(verifier)))
}

/// 256 bits that nobody can guess, in 43 characters of URLs.
fn random() -> Result<SecretString, TransportError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| TransportError::credentials("the system has no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}
