//! Who sent a request: signatures of webhooks, which are checked over the bytes of the body before anything reads them.
//!
//! [`StandardWebhooks`] is the scheme of <https://www.standardwebhooks.com>, version `v1` (`v1a` has a public key, and is not
//! checked); [`HmacSignature`] is what others
//! do: a header with the HMAC-SHA256 of the body. Comparing takes the same time whatever differs.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use sha2::Sha256;

/// How far the clocks may be apart, and how late a request may come.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// What secrets of Standard Webhooks begin with.
const PREFIX: &str = "whsec_";

/// What public keys of the version `v1a` begin with.
const PUBLIC_PREFIX: &str = "whpk_";

/// The scheme of Standard Webhooks with a symmetric key (`v1`): `webhook-id`, `webhook-timestamp` and `webhook-signature`.
pub struct StandardWebhooks {
    keys: Vec<SecretSlice<u8>>,
    tolerance: Duration,
}

/// Why a request is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The secret is no Base64, or empty.
    Secret,
    /// The request lacks this header, or it is no text.
    Missing(&'static str),
    /// The timestamp is no number of seconds.
    Timestamp,
    /// It was signed too long ago: it may be an old request that is sent again.
    Old,
    /// It is from the future: one of the clocks is wrong.
    Early,
    /// No signature is that of the body.
    Mismatch,
    /// All signatures are of the version `v1a`, which has a public key (Ed25519) in the place of the secret. It is not
    /// checked here; the service may be told to sign with `v1` as well.
    Asymmetric,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureError::Secret => f.write_str("the secret is no Base64, or empty"),
            SignatureError::Missing(name) => write!(f, "the request lacks the header {name}"),
            SignatureError::Timestamp => f.write_str("the timestamp is no number of seconds"),
            SignatureError::Old => f.write_str("the request was signed too long ago"),
            SignatureError::Early => f.write_str("the request is from the future"),
            SignatureError::Mismatch => f.write_str("no signature is that of the body"),
            SignatureError::Asymmetric => f.write_str(
                "all signatures are of the version `v1a` (Ed25519), which is not checked here; have the service sign with `v1` too",
            ),
        }
    }
}

impl std::error::Error for SignatureError {}

impl StandardWebhooks {
    /// Takes the secret, Base64 with or without `whsec_` before it.
    ///
    /// # Errors
    ///
    /// If it is no Base64, or empty.
    pub fn new(secret: impl Into<SecretString>) -> Result<Self, SignatureError> {
        let scheme = StandardWebhooks {
            keys: Vec::new(),
            tolerance: TOLERANCE,
        };
        scheme.or(secret)
    }

    /// Takes another secret as well, while one replaces the other.
    ///
    /// # Errors
    ///
    /// If it is no Base64, or empty.
    pub fn or(mut self, secret: impl Into<SecretString>) -> Result<Self, SignatureError> {
        let secret = secret.into();
        let text = secret.expose_secret();
        let text = text.strip_prefix(PREFIX).unwrap_or(text);
        if text.starts_with(PUBLIC_PREFIX) {
            return Err(SignatureError::Asymmetric);
        }
        let key = STANDARD.decode(text).map_err(|_| SignatureError::Secret)?;
        if key.is_empty() {
            return Err(SignatureError::Secret);
        }
        self.keys.push(key.into());
        Ok(self)
    }

    /// Takes requests that were signed this long ago, or are this far ahead; five minutes unless it is said.
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Checks that a request comes from who has the secret, and was signed lately.
    ///
    /// # Errors
    ///
    /// If it does not, or if that cannot be told.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// The same at another time than now.
    ///
    /// # Errors
    ///
    /// As [`StandardWebhooks::verify`].
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), SignatureError> {
        let id = text(headers, "webhook-id")?;
        let timestamp = text(headers, "webhook-timestamp")?;
        let signatures = text(headers, "webhook-signature")?;
        let seconds: u64 = timestamp.parse().map_err(|_| SignatureError::Timestamp)?;
        let signed_at = Duration::from_secs(seconds);
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        if now.saturating_sub(signed_at) > self.tolerance {
            return Err(SignatureError::Old);
        }
        if signed_at.saturating_sub(now) > self.tolerance {
            return Err(SignatureError::Early);
        }
        let signatures = signatures
            .split(' ')
            .filter(|signature| !signature.is_empty());
        let is_asymmetric = |signature: &str| signature.starts_with("v1a,");
        if signatures.clone().next().is_some() && signatures.clone().all(is_asymmetric) {
            return Err(SignatureError::Asymmetric);
        }
        // Signatures of other versions stand beside those of this one.
        let signatures: Vec<Vec<u8>> = signatures
            .filter_map(|signature| signature.strip_prefix("v1,"))
            .filter_map(|signature| STANDARD.decode(signature).ok())
            .collect();
        let content = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
        let is_signed = self.keys.iter().any(|key| {
            let mut signatures = signatures.iter();
            signatures.any(|signature| is_mac(key, &content, signature))
        });
        match is_signed {
            true => Ok(()),
            false => Err(SignatureError::Mismatch),
        }
    }
}

/// Shows no key.
impl fmt::Debug for StandardWebhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandardWebhooks")
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

/// A header with the HMAC-SHA256 of the body, such as `X-Hub-Signature-256: sha256=757107ea...`.
pub struct HmacSignature {
    key: SecretSlice<u8>,
    header: &'static str,
    prefix: &'static str,
    is_base64: bool,
}

impl HmacSignature {
    /// Takes the secret, whose bytes are the key, and the header, whose value is in hexadecimal digits.
    pub fn new(secret: impl Into<SecretString>, header: &'static str) -> Self {
        let secret = secret.into();
        HmacSignature {
            key: secret.expose_secret().as_bytes().to_vec().into(),
            header,
            prefix: "",
            is_base64: false,
        }
    }

    /// What stands before the signature, such as `sha256=`.
    pub fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// The signature is in Base64.
    pub fn base64(mut self) -> Self {
        self.is_base64 = true;
        self
    }

    /// Checks that a request comes from who has the secret. When it was sent is not part of the signature, so whoever
    /// saw it can send it again.
    ///
    /// # Errors
    ///
    /// If it does not, or if that cannot be told.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let signature = text(headers, self.header)?;
        let signature = signature.strip_prefix(self.prefix);
        let signature = signature.and_then(|signature| match self.is_base64 {
            true => STANDARD.decode(signature).ok(),
            false => from_hex(signature),
        });
        match signature {
            Some(signature) if is_mac(&self.key, &[body], &signature) => Ok(()),
            _ => Err(SignatureError::Mismatch),
        }
    }
}

/// Shows no key.
impl fmt::Debug for HmacSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacSignature")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, SignatureError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or(SignatureError::Missing(name))
}

/// Whether this is the HMAC-SHA256 of some content; the time that it takes does not depend on where they differ.
fn is_mac(key: &SecretSlice<u8>, content: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.expose_secret()) else {
        return false;
    };
    for part in content {
        mac.update(part);
    }
    mac.verify_slice(signature).is_ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
            _ => None,
        })
        .collect()
}
