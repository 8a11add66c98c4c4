//! Where a server says what its endpoints are (OpenID Connect Discovery 1.0, RFC 8414).

use std::borrow::Cow;

use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::OnceCell;

use super::oauth::{ClientCredentials, Endpoints, Grant, OAuth2, Place};
use super::oauth_code::AuthorizationCode;
use super::oauth_device::DeviceAuthorization;
use super::oauth_endpoint::{self as endpoint};
use super::transport::{Transport, TransportError};

/// What stands behind the name of the server in the URL of its document.
const WELL_KNOWN: [&str; 2] = [
    "/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server",
];

/// The document in which a server names its endpoints.
#[derive(Debug, Clone)]
pub struct Discovery(pub Cow<'static, str>);

impl Discovery {
    /// The document at this URL.
    pub const fn new(url: &'static str) -> Self {
        Discovery(Cow::Borrowed(url))
    }

    /// Reads it. A URL that is relative is so to `base_url`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or speaks for another server than the one that it was read from.
    pub async fn discover(
        &self,
        transport: &dyn Transport,
        base_url: &str,
    ) -> Result<Provider, TransportError> {
        let url = endpoint::resolve(base_url, &self.0)?;
        let document = endpoint::get(transport, &url).await?;
        let text = |key: &str| document.get(key).and_then(Value::as_str).map(str::to_owned);
        let provider = Provider {
            issuer: text("issuer").unwrap_or_default(),
            authorization: text("authorization_endpoint"),
            token: text("token_endpoint"),
            device: text("device_authorization_endpoint"),
        };
        provider.check(&url)?;
        Ok(provider)
    }

    /// A source of tokens for the program of this name, which reads the document when it is first asked.
    pub fn client_credentials(
        &self,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> OAuth2 {
        let source = OAuth2::new(client_id, self.place(), Grant::ClientCredentials);
        source.client_secret(client_secret)
    }

    /// A source that goes on from a refresh token which was kept, and reads the document when it is first asked.
    pub fn refresh(
        &self,
        client_id: impl Into<String>,
        refresh_token: impl Into<SecretString>,
    ) -> OAuth2 {
        OAuth2::new(
            client_id,
            self.place(),
            Grant::Refresh(refresh_token.into()),
        )
    }

    fn place(&self) -> Place {
        Place::Discovered(self.clone(), OnceCell::new())
    }
}

/// The endpoints of a server, as it names them.
#[derive(Debug, Clone)]
pub struct Provider {
    issuer: String,
    authorization: Option<String>,
    token: Option<String>,
    device: Option<String>,
}

impl Provider {
    /// The name of the server, which is a URL.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The flow in which the user agrees in a browser, if the server has it.
    pub fn authorization_code(&self) -> Option<AuthorizationCode> {
        Some(AuthorizationCode {
            authorization: self.authorization.clone()?.into(),
            endpoints: self.endpoints()?,
            issuer: Some(self.issuer.clone()),
        })
    }

    /// The flow by which a program buys tokens for itself, if the server has it.
    pub fn client_credentials(&self) -> Option<ClientCredentials> {
        self.endpoints().map(ClientCredentials)
    }

    /// The flow in which the user agrees on another device, if the server has it.
    pub fn device_authorization(&self) -> Option<DeviceAuthorization> {
        Some(DeviceAuthorization {
            device: self.device.clone()?.into(),
            endpoints: self.endpoints()?,
        })
    }

    pub(super) fn into_endpoints(self) -> Result<Endpoints, TransportError> {
        let missing = || TransportError::new("the server names no token endpoint");
        self.endpoints().ok_or_else(missing)
    }

    fn endpoints(&self) -> Option<Endpoints> {
        Some(Endpoints {
            token: self.token.clone()?.into(),
            refresh: None,
        })
    }

    /// Whether the document may say where credentials are sent: it must speak for the server that it was read from
    /// (OpenID Connect Discovery 1.0, section 4.3), and what was read over TLS must not lead away from it.
    fn check(&self, url: &str) -> Result<(), TransportError> {
        let refuse = |message: &str| Err(TransportError::new(message));
        // RFC 8414 has the path of the server behind the well-known one.
        let expected = WELL_KNOWN.iter().find_map(|known| {
            let (before, after) = url.split_once(known)?;
            Some(format!("{before}{after}"))
        });
        let issuer = self.issuer.trim_end_matches('/');
        if expected.is_some_and(|expected| expected.trim_end_matches('/') != issuer) {
            return refuse("the document of the endpoints speaks for another server");
        }
        let named = [&self.authorization, &self.token, &self.device];
        let mut named = named.into_iter().flatten();
        if url.starts_with("https://") && !named.all(|url| url.starts_with("https://")) {
            return refuse("the document of the endpoints leads to a server without TLS");
        }
        Ok(())
    }
}
