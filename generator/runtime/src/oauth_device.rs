//! The device flow (RFC 8628): the user agrees on another device.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use serde_json::Value;

use super::clock;
use super::oauth::{Endpoints, Grant, OAuth2, Place, Scope, joined};
use super::oauth_endpoint::{self as endpoint, OAuthError, Registration};
use super::token::Token;
use super::transport::{Transport, TransportError};

/// The kind of the grant.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// How long to wait between two questions unless the server says so, and what is added when it was too often.
const INTERVAL: Duration = Duration::from_secs(5);

/// The flow in which the user agrees on another device.
#[derive(Debug, Clone)]
pub struct DeviceAuthorization {
    /// Where codes are given out.
    pub device: Cow<'static, str>,
    /// Where tokens are bought.
    pub endpoints: Endpoints,
}

impl DeviceAuthorization {
    /// The flow with the URLs of the document.
    pub const fn new(device: &'static str, endpoints: Endpoints) -> Self {
        DeviceAuthorization {
            device: Cow::Borrowed(device),
            endpoints,
        }
    }

    /// Asks for a code that the user enters on another device, for the program of this name. Relative URLs of the document
    /// are relative to `base_url`.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached, or refuses.
    pub async fn ask<S: Into<Scope>>(
        &self,
        client_id: impl Into<String>,
        scopes: impl IntoIterator<Item = S>,
        transport: &dyn Transport,
        base_url: &str,
    ) -> Result<DeviceQuestion, TransportError> {
        let registration = Registration::new(client_id);
        let scopes: Vec<Scope> = scopes.into_iter().map(S::into).collect();
        let mut form = Vec::new();
        if !scopes.is_empty() {
            form.push(("scope", joined(&scopes).into()));
        }
        let url = endpoint::resolve(base_url, &self.device)?;
        let answer = endpoint::post(transport, &url, &registration, &form, &[]).await?;
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        // Some servers say `verification_url`, as a draft did.
        let uri = text("verification_uri").or_else(|| text("verification_url"));
        let (Some(code), Some(user_code), Some(verification_uri)) =
            (text("device_code"), text("user_code"), uri)
        else {
            let message = "the server gave no code for the user to enter";
            return Err(TransportError::new(message));
        };
        let life = endpoint::seconds(answer.get("expires_in"));
        Ok(DeviceQuestion {
            endpoints: Endpoints {
                token: endpoint::resolve(base_url, &self.endpoints.token)?.into(),
                refresh: self.endpoints.refresh.clone(),
            },
            registration,
            code: code.into(),
            user_code,
            verification_uri,
            verification_uri_complete: text("verification_uri_complete"),
            expires: life.and_then(|life| clock::now().checked_add(life)),
            interval: endpoint::seconds(answer.get("interval")).unwrap_or(INTERVAL),
        })
    }
}

/// A question to a user, who is to open [`verification_uri`](Self::verification_uri) on any device and enter
/// [`user_code`](Self::user_code) there.
pub struct DeviceQuestion {
    endpoints: Endpoints,
    registration: Registration,
    code: SecretString,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires: Option<Instant>,
    interval: Duration,
}

impl DeviceQuestion {
    /// What the user enters.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Where the user enters it.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The same place with the code entered, for a QR code; not all servers have it.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// The secret of the program, where it has one.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.registration.secret = Some(secret.into());
        self
    }

    /// Waits until the user has agreed, and gives the first token. What goes on from its refresh token is
    /// [`Endpoints::refresh`]; [`source`](Self::source) does both.
    ///
    /// # Errors
    ///
    /// If the user refuses or the code expires, if the server cannot be reached for long, or outside of tokio.
    pub async fn token(&self, transport: &dyn Transport) -> Result<Token, TransportError> {
        let form = [
            ("grant_type", GRANT.into()),
            ("device_code", self.code.clone()),
        ];
        let mut interval = self.interval;
        loop {
            let Some(sleep) = clock::sleep(interval) else {
                return Err(TransportError::new("nobody can wait outside of tokio"));
            };
            sleep.await;
            if self.expires.is_some_and(|expires| clock::now() >= expires) {
                return Err(TransportError::new("the code has expired"));
            }
            let url = &self.endpoints.token;
            let answer = endpoint::post(transport, url, &self.registration, &form, &[]).await;
            match answer.as_ref().map_err(verdict) {
                Ok(answer) => return endpoint::token(answer),
                Err(Verdict::Pending) => {}
                Err(Verdict::SlowDown) => interval += INTERVAL,
                // RFC 8628, section 3.5: where the connection fails, ask less often.
                Err(Verdict::Unreachable) if self.expires.is_some() => interval *= 2,
                Err(_) => return answer.and_then(|answer| endpoint::token(&answer)),
            }
        }
    }

    /// Waits until the user has agreed, and gives a source of tokens for the client's builder.
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token).
    pub async fn source(self, transport: &dyn Transport) -> Result<OAuth2, TransportError> {
        let token = self.token(transport).await?;
        let place = Place::Known(self.endpoints);
        let mut source = OAuth2::new(self.registration.id.clone(), place, Grant::Given(token));
        source.registration = self.registration;
        Ok(source)
    }
}

/// What an error of a question means for the next.
enum Verdict {
    Pending,
    SlowDown,
    Unreachable,
    Over,
}

fn verdict(error: &TransportError) -> Verdict {
    let source = std::error::Error::source(error);
    match source.and_then(|source| source.downcast_ref::<OAuthError>()) {
        Some(error) => match error.code() {
            "authorization_pending" => Verdict::Pending,
            "slow_down" => Verdict::SlowDown,
            _ => Verdict::Over,
        },
        None if source.is_some() => Verdict::Unreachable,
        None => Verdict::Over,
    }
}

/// Shows nothing that could be entered.
impl fmt::Debug for DeviceQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceQuestion")
            .field("client_id", &self.registration.id)
            .field("verification_uri", &self.verification_uri)
            .finish_non_exhaustive()
    }
}
