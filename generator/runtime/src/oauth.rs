//! OAuth 2 (RFC 6749): the flows of the document, and the grants that buy tokens for a client.
//!
//! A grant is a source of tokens for the builder. It sends its requests by the transport of the client, and keeps
//! what it knows of secrets in [`secrecy`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::OnceCell;

use super::oauth_discovery::{Discovery, Provider};
use super::oauth_endpoint::{self as endpoint, OAuthError, Registration};
use super::token::{Fetch, Token, TokenFuture, TokenSource};
use super::transport::{Transport, TransportError};

/// What a token allows, such as `mail:read`. The document's are constants of the module `security`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope(Cow<'static, str>);

impl Scope {
    /// A scope of this name.
    pub const fn new(name: &'static str) -> Self {
        Scope(Cow::Borrowed(name))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Scope {
    fn from(name: String) -> Self {
        Scope(Cow::Owned(name))
    }
}

impl From<&Scope> for Scope {
    fn from(scope: &Scope) -> Self {
        scope.clone()
    }
}

/// Where a flow buys tokens. URLs may be relative to the one of the API's server.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// Where tokens are bought.
    pub token: Cow<'static, str>,
    /// Where they are renewed, if that is elsewhere.
    pub refresh: Option<Cow<'static, str>>,
}

impl Endpoints {
    /// The endpoints of the document.
    pub const fn new(token: &'static str, refresh: Option<&'static str>) -> Self {
        Endpoints {
            token: Cow::Borrowed(token),
            refresh: match refresh {
                Some(refresh) => Some(Cow::Borrowed(refresh)),
                None => None,
            },
        }
    }

    /// A source that goes on from a refresh token which was kept (RFC 6749, section 6).
    pub fn refresh(
        &self,
        client_id: impl Into<String>,
        refresh_token: impl Into<SecretString>,
    ) -> OAuth2 {
        let place = Place::Known(self.clone());
        OAuth2::new(client_id, place, Grant::Refresh(refresh_token.into()))
    }
}

/// The flow by which a program buys tokens for itself (RFC 6749, section 4.4).
#[derive(Debug, Clone)]
pub struct ClientCredentials(pub Endpoints);

impl ClientCredentials {
    /// A source of tokens for the program of this name.
    pub fn source(
        &self,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> OAuth2 {
        let place = Place::Known(self.0.clone());
        OAuth2::new(client_id, place, Grant::ClientCredentials).client_secret(client_secret)
    }
}

/// The flow in which a program is told the password of its user (RFC 6749, section 4.3). OAuth 2.1 does without.
#[derive(Debug, Clone)]
pub struct Password(pub Endpoints);

impl Password {
    /// A source of tokens for a user.
    pub fn source(
        &self,
        client_id: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> OAuth2 {
        let grant = Grant::Password {
            user: user.into(),
            password: password.into(),
        };
        OAuth2::new(client_id, Place::Known(self.0.clone()), grant)
    }
}

/// A source of tokens: a grant of OAuth 2. Tokens are renewed with the refresh token where the server gave one.
pub struct OAuth2 {
    pub(super) registration: Registration,
    place: Place,
    grant: Grant,
    scopes: Vec<Scope>,
    parameters: Vec<(String, String)>,
    on_token: Option<OnToken>,
}

type OnToken = Arc<dyn Fn(&Token) + Send + Sync>;

/// Where tokens are bought.
pub(super) enum Place {
    Known(Endpoints),
    /// To be asked for once, when a token is needed.
    Discovered(Discovery, OnceCell<Endpoints>),
}

/// What buys the first token.
pub(super) enum Grant {
    ClientCredentials,
    Password {
        user: String,
        password: SecretString,
    },
    Code {
        code: SecretString,
        verifier: SecretString,
        redirect_uri: String,
    },
    Refresh(SecretString),
    /// A token that was bought already.
    Given(Token),
}

impl OAuth2 {
    pub(super) fn new(client_id: impl Into<String>, place: Place, grant: Grant) -> Self {
        OAuth2 {
            registration: Registration::new(client_id),
            place,
            grant,
            scopes: Vec::new(),
            parameters: Vec::new(),
            on_token: None,
        }
    }

    /// Asks for these scopes.
    #[must_use]
    pub fn scopes<S: Into<Scope>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes.extend(scopes.into_iter().map(S::into));
        self
    }

    /// Sends another parameter to the token server, such as `audience`. It is for what is no secret.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The secret of the program, where it has one.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.registration.secret = Some(secret.into());
        self
    }

    /// Sends the program's secret in the body (`client_secret_post`) instead of in a header (`client_secret_basic`), for
    /// token servers that know no better.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.registration.secret_in_body = true;
        self
    }

    /// Shows each token that was bought, so that its refresh token can be kept.
    #[must_use]
    pub fn on_token(mut self, keep: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        self.on_token = Some(Arc::new(keep));
        self
    }

    async fn next(&self, fetch: Fetch<'_>) -> Result<Token, TransportError> {
        let endpoints = self.place.endpoints(fetch).await?;
        let kept = fetch.last().and_then(Token::refresh);
        let token = match kept {
            Some(refresh) => match self.renew(&endpoints, refresh, fetch).await {
                Err(error) if is_over(&error) && self.can_begin_anew() => {
                    self.begin(&endpoints, fetch).await?
                }
                renewed => renewed?,
            },
            None if fetch.last().is_some() && !self.can_begin_anew() => {
                return Err(TransportError::credentials(
                    "the access is over, and there is no refresh token: the user must be asked again",
                ));
            }
            None => self.begin(&endpoints, fetch).await?,
        };
        if let Some(keep) = &self.on_token {
            keep(&token);
        }
        Ok(token)
    }

    /// Whether the grant can be made more than once.
    fn can_begin_anew(&self) -> bool {
        matches!(
            self.grant,
            Grant::ClientCredentials | Grant::Password { .. }
        )
    }

    async fn renew(
        &self,
        endpoints: &Endpoints,
        refresh: &SecretString,
        fetch: Fetch<'_>,
    ) -> Result<Token, TransportError> {
        let url = endpoints.refresh.as_ref().unwrap_or(&endpoints.token);
        let form = vec![
            ("grant_type", SecretString::from("refresh_token")),
            ("refresh_token", refresh.clone()),
        ];
        let token = self.buy(url, form, fetch).await?;
        // A server that gives no new refresh token means that the old one is still good.
        Ok(match token.refresh() {
            Some(_) => token,
            None => token.with_refresh(refresh.clone()),
        })
    }

    async fn begin(
        &self,
        endpoints: &Endpoints,
        fetch: Fetch<'_>,
    ) -> Result<Token, TransportError> {
        let form = match &self.grant {
            Grant::Refresh(refresh) => return self.renew(endpoints, refresh, fetch).await,
            Grant::Given(token) => return Ok(token.clone()),
            Grant::ClientCredentials => vec![("grant_type", "client_credentials".into())],
            Grant::Password { user, password } => vec![
                ("grant_type", "password".into()),
                ("username", user.as_str().into()),
                ("password", password.clone()),
            ],
            Grant::Code {
                code,
                verifier,
                redirect_uri,
            } => vec![
                ("grant_type", "authorization_code".into()),
                ("code", code.clone()),
                ("redirect_uri", redirect_uri.as_str().into()),
                ("code_verifier", verifier.clone()),
            ],
        };
        self.buy(&endpoints.token, form, fetch).await
    }

    async fn buy(
        &self,
        url: &str,
        mut form: Vec<(&'static str, SecretString)>,
        fetch: Fetch<'_>,
    ) -> Result<Token, TransportError> {
        // The scopes of a code are those that its user has agreed to.
        if !self.scopes.is_empty() && !matches!(self.grant, Grant::Code { .. }) {
            form.push(("scope", joined(&self.scopes).into()));
        }
        let url = endpoint::resolve(fetch.base_url(), url)?;
        let transport = fetch.transport();
        let answer =
            endpoint::post(transport, &url, &self.registration, &form, &self.parameters).await?;
        endpoint::token(&answer)
    }
}

impl TokenSource for OAuth2 {
    fn fetch<'a>(&'a self, fetch: Fetch<'a>) -> TokenFuture<'a> {
        Box::pin(self.next(fetch))
    }
}

impl OAuth2 {
    /// Buys a first token at once, by a transport such as the default one, and gives it: for programs that keep tokens
    /// themselves. Relative URLs of the document are relative to `base_url`.
    ///
    /// # Errors
    ///
    /// If the token server cannot be reached, or refuses.
    pub async fn token(
        &self,
        transport: &dyn Transport,
        base_url: &str,
    ) -> Result<Token, TransportError> {
        self.next(Fetch::new(transport, base_url)).await
    }
}

impl Place {
    async fn endpoints(&self, fetch: Fetch<'_>) -> Result<Endpoints, TransportError> {
        match self {
            Place::Known(endpoints) => Ok(endpoints.clone()),
            Place::Discovered(discovery, found) => {
                let find = || async {
                    let provider = discovery.discover(fetch.transport(), fetch.base_url());
                    provider.await.and_then(Provider::into_endpoints)
                };
                found.get_or_try_init(find).await.cloned()
            }
        }
    }
}

/// Scopes as they travel (RFC 6749, section 3.3).
pub(super) fn joined(scopes: &[Scope]) -> String {
    let names: Vec<&str> = scopes.iter().map(Scope::as_str).collect();
    names.join(" ")
}

/// Whether the token server says that what was shown to it is not good any more.
fn is_over(error: &TransportError) -> bool {
    std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<OAuthError>())
        .is_some_and(|error| error.code() == "invalid_grant")
}

/// Shows nothing of its secrets.
impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("client_id", &self.registration.id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The characters of a secret for a place where it is needed.
pub(super) fn shown(secret: &SecretString) -> &str {
    secret.expose_secret()
}
