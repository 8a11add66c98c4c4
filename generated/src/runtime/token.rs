//! Tokens that expire: fetched when they are needed, once for all calls that wait for one.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::Handle;
use tokio::sync::Mutex;

use super::clock;
use super::transport::{Transport, TransportError};

/// How long before its end a token is no longer used, so that it does not expire on its way; half of its time if that is
/// less.
const MARGIN: Duration = Duration::from_secs(30);

/// An access token.
#[derive(Clone)]
pub struct Token {
    access: SecretString,
    refresh: Option<SecretString>,
    /// When it is no longer used.
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
        self.expires = clock::now().checked_add(time - MARGIN.min(time / 2));
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
        self.expires.is_none_or(|expires| clock::now() < expires)
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
    /// A new token.
    fn fetch<'a>(&'a self, fetch: Fetch<'a>) -> TokenFuture<'a>;
}

/// What a source is told when a token is needed.
#[derive(Clone, Copy)]
pub struct Fetch<'a> {
    last: Option<&'a Token>,
    transport: &'a dyn Transport,
    base_url: &'a str,
}

impl<'a> Fetch<'a> {
    /// For a token before any other, by this transport, for the API at this URL, which relative URLs are relative to.
    pub fn new(transport: &'a dyn Transport, base_url: &'a str) -> Self {
        Fetch {
            last: None,
            transport,
            base_url,
        }
    }

    /// The token before, which has expired or which a server has refused.
    pub fn last(&self) -> Option<&'a Token> {
        self.last
    }

    /// What requests to a token server are sent by: the transport of the client, past all of its layers.
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// The URL of the API's server.
    pub fn base_url(&self) -> &'a str {
        self.base_url
    }
}

/// A token on its way.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, TransportError>> + Send + 'a>>;

impl<F, T> TokenSource for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<Token, TransportError>> + Send + 'static,
{
    fn fetch<'a>(&'a self, _: Fetch<'a>) -> TokenFuture<'a> {
        Box::pin(self())
    }
}

/// A source and the last token that it gave.
#[derive(Clone)]
pub(super) struct Tokens(Arc<Inner>);

struct Inner {
    source: Box<dyn TokenSource>,
    /// How often the source has been asked.
    asked: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<Token>,
    failure: Option<Arc<TransportError>>,
}

/// What a token is needed for.
#[derive(Clone)]
pub(super) struct Need {
    /// The token that a server has just refused.
    pub(super) refused: Option<SecretString>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base_url: Arc<str>,
}

impl Tokens {
    pub(super) fn new(source: impl TokenSource) -> Self {
        Tokens(Arc::new(Inner {
            source: Box::new(source),
            asked: AtomicUsize::new(0),
            state: Mutex::new(State::default()),
        }))
    }

    /// A token that is good, other than the one that a server has just refused. Whoever asks while one is fetched waits
    /// for that one.
    pub(super) async fn get(&self, need: &Need) -> Result<SecretString, TransportError> {
        if let Ok(state) = self.0.state.try_lock()
            && let Some(token) = state.good(need)
        {
            return Ok(token);
        }
        // Counted now, so that whoever waits shares in what comes of it: a failure, or a token that is good for one moment.
        let asked = self.0.asked.load(Ordering::Relaxed);
        let work = self.clone().fetch(need.clone(), asked);
        // A call that is given up while its token is fetched must not take the token of all others with it: the token
        // server may have given it out already, for a refresh token that is good only once.
        let fetched = match Handle::try_current() {
            Ok(runtime) => runtime.spawn(work).await.unwrap_or_else(|_| {
                let message = "the source of tokens has panicked";
                Err(Arc::new(TransportError::new(message)))
            }),
            Err(_) => work.await,
        };
        fetched.map_err(|error| {
            TransportError::credentials("no token was to be had").with_source(error)
        })
    }

    async fn fetch(self, need: Need, asked: usize) -> Result<SecretString, Arc<TransportError>> {
        let mut state = self.0.state.lock().await;
        if let Some(token) = state.good(&need) {
            return Ok(token);
        }
        if self.0.asked.load(Ordering::Relaxed) != asked {
            match (&state.failure, state.last(&need)) {
                (Some(failure), _) => return Err(failure.clone()),
                (None, Some(token)) => return Ok(token.access.clone()),
                (None, None) => {}
            }
        }
        let fetch = Fetch {
            last: state.last.as_ref(),
            transport: &*need.transport,
            base_url: &need.base_url,
        };
        let fetched = self.0.source.fetch(fetch).await;
        self.0.asked.fetch_add(1, Ordering::Relaxed);
        match fetched {
            Ok(token) => {
                state.failure = None;
                Ok(state.last.insert(token).access.clone())
            }
            Err(error) => Err(state.failure.insert(Arc::new(error)).clone()),
        }
    }
}

impl State {
    /// The last token, if it may be used.
    fn good(&self, need: &Need) -> Option<SecretString> {
        let token = self.last(need).filter(|token| token.is_good())?;
        Some(token.access.clone())
    }

    /// The last token, unless a server has just refused it.
    fn last(&self, need: &Need) -> Option<&Token> {
        let refused = need.refused.as_ref();
        let mut last = self.last.iter();
        last.find(|token| refused.is_none_or(|refused| !is_same(refused, &token.access)))
    }
}

fn is_same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
