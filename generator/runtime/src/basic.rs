//! HTTP basic authentication (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};

use super::credential::Credential;

impl Credential {
    /// A user and a password. The user's name must not hold a colon, which ends it on the wire.
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        let pair = format!("{}:{}", user.into(), password.into().expose_secret());
        Credential::token(STANDARD.encode(pair))
    }
}
