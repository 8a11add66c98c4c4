//! Tokens that expire: fetched when they are needed, once for all calls that wait for one.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;

use super::clock;
use super::transport::{Transport, TransportError};

/// How long before its end a token is no longer used, so that it does not expire on its way.
const MARGIN: Duration = Duration::from_secs(30);

/// An access token.
#[derive(Clone)]
pub struct Token {
    access: SecretString,
    refresh: Option<SecretString>,
    expires: Option<Instant>,
}

impl Token {
    /// A token that is good until a server refuses it.
    pub fn new(access: impl Into<SecretString>) -> Self {
        Token {
            access: access.into(),
            refresh: None,
            expires: None,
        }
    }

    /// The same token, good for this time from now on.
    #[must_use]
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires = clock::now().checked_add(time);
        self
    }

    /// The same token with one that buys the next.
    #[must_use]
    pub fn with_refresh(mut self, refresh: impl Into<SecretString>) -> Self {
        self.refresh = Some(refresh.into());
        self
    }

    /// The token that calls are made with.
    pub fn access(&self) -> &SecretString {
        &self.access
    }

    /// The token that buys the next.
    pub fn refresh(&self) -> Option<&SecretString> {
        self.refresh.as_ref()
    }

    fn is_good(&self) -> bool {
        match self.expires {
            Some(expires) => clock::now() + MARGIN < expires,
            None => true,
        }
    }
}

/// Shows nothing of what it holds.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

/// Where tokens come from. Each function of this form is a source, as are the grants of OAuth 2:
///
/// ```text
/// || async { Ok(Token::new(read_token_file().await?).expires_in(Duration::from_secs(600))) }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A new token. `last` is the one before, which has expired or which a server has refused; requests to a token
    /// server may be sent by `transport`, the one of the client.
    fn fetch<'a>(
        &'a self,
        last: Option<&'a Token>,
        transport: &'a dyn Transport,
    ) -> TokenFuture<'a>;
}

/// A token on its way.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, TransportError>> + Send + 'a>>;

impl<F, T> TokenSource for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<Token, TransportError>> + Send + 'static,
{
    fn fetch<'a>(&'a self, _: Option<&'a Token>, _: &'a dyn Transport) -> TokenFuture<'a> {
        Box::pin(self())
    }
}

/// A source and the last token that it gave.
#[derive(Clone)]
pub(super) struct Tokens(Arc<Inner>);

struct Inner {
    source: Box<dyn TokenSource>,
    last: Mutex<Option<Token>>,
}

impl Tokens {
    pub(super) fn new(source: impl TokenSource) -> Self {
        Tokens(Arc::new(Inner {
            source: Box::new(source),
            last: Mutex::new(None),
        }))
    }

    /// A token that is good, other than the one that a server has just refused. Whoever asks while one is fetched waits
    /// for that one.
    pub(super) async fn get(
        &self,
        refused: Option<&SecretString>,
        transport: &dyn Transport,
    ) -> Result<SecretString, TransportError> {
        let mut last = self.0.last.lock().await;
        if let Some(token) = last.as_ref()
            && token.is_good()
            && refused.is_none_or(|refused| !is_same(refused, &token.access))
        {
            return Ok(token.access.clone());
        }
        let token = self.0.source.fetch(last.as_ref(), transport).await;
        let token = token.map_err(|error| {
            TransportError::credentials("no token was to be had").with_source(error)
        })?;
        Ok(last.insert(token).access.clone())
    }
}

fn is_same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
