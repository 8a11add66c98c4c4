//! What is sent to token servers, and what they answer (RFC 6749, sections 2.3, 4 and 5).

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request, StatusCode};
use secrecy::SecretString;
use serde_json::Value;

use super::body::Body;
use super::clock;
use super::oauth::shown;
use super::params;
use super::token::Token;
use super::transport::{Timeout, Transport, TransportError};

/// How long a token server may take. A call that needs the token has its own limit, but others wait for it too.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How large an answer may be.
const LIMIT: usize = 64 * 1024;

/// The codes of RFC 6749 and RFC 8628, which are what they are even if a short secret stands in one by chance.
const CODES: [&str; 13] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "invalid_scope",
    "access_denied",
    "server_error",
    "temporarily_unavailable",
    "authorization_pending",
    "slow_down",
    "expired_token",
];

/// What a token server knows the program as.
pub(super) struct Registration {
    pub(super) id: String,
    pub(super) secret: Option<SecretString>,
    pub(super) secret_in_body: bool,
}

impl Registration {
    pub(super) fn new(id: impl Into<String>) -> Self {
        Registration {
            id: id.into(),
            secret: None,
            secret_in_body: false,
        }
    }
}

/// Why a server refused to give a token (RFC 6749, section 5.2): the source of the error of a call. It never quotes what
/// was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthError {
    code: String,
    description: Option<String>,
}

impl OAuthError {
    pub(super) fn new(code: &str, description: Option<&str>, secrets: &[&str]) -> Self {
        let is_code =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
        let quotes = |text: &str| {
            let mut secrets = secrets.iter();
            secrets.any(|secret| !secret.is_empty() && text.contains(secret))
        };
        let is_plain = CODES.contains(&code)
            || (code.len() <= 128 && code.chars().all(is_code) && !quotes(code));
        OAuthError {
            code: if is_plain { code } else { "an unknown error" }.to_owned(),
            description: description
                .filter(|text| text.len() <= 512 && !quotes(text))
                .filter(|text| !text.chars().any(char::is_control))
                .map(str::to_owned),
        }
    }

    /// The code, such as `invalid_grant`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the server says of it, for developers.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.description {
            Some(description) => write!(f, "{}: {description}", self.code),
            None => f.write_str(&self.code),
        }
    }
}

impl std::error::Error for OAuthError {}

/// Sends a form to a token server, in the name of the program. Gives the object of a success.
pub(super) async fn post(
    transport: &dyn Transport,
    url: &str,
    registration: &Registration,
    form: &[(&'static str, SecretString)],
    parameters: &[(String, String)],
) -> Result<Value, TransportError> {
    let mut body = String::new();
    let mut add = |name: &str, value: &str| {
        params::add_pair(&mut body, name, &params::encoded(Cow::Borrowed(value)));
    };
    for (name, value) in form {
        add(name, shown(value));
    }
    for (name, value) in parameters {
        add(name, value);
    }
    let mut authorization = None;
    match &registration.secret {
        Some(secret) if registration.secret_in_body => {
            add("client_id", &registration.id);
            add("client_secret", shown(secret));
        }
        Some(secret) => authorization = Some(basic(&registration.id, shown(secret))?),
        None => add("client_id", &registration.id),
    }
    let mut request = request("POST", url, Body::from(body))?;
    let headers = request.headers_mut();
    let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(CONTENT_TYPE, media_type);
    headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
    let secrets: Vec<&str> = form
        .iter()
        // The kind of the grant is no secret, and servers name it.
        .filter(|(name, _)| !matches!(*name, "grant_type" | "scope" | "redirect_uri"))
        .map(|(_, value)| shown(value))
        .chain(registration.secret.as_ref().map(shown))
        .collect();
    exchange(transport, request, &secrets).await
}

/// Reads a document of a server, such as that of its endpoints.
pub(super) async fn get(transport: &dyn Transport, url: &str) -> Result<Value, TransportError> {
    let request = request("GET", url, Body::empty())?;
    exchange(transport, request, &[]).await
}

/// The token in an answer (RFC 6749, section 5.1).
pub(super) fn token(answer: &Value) -> Result<Token, TransportError> {
    let text = |key: &str| answer.get(key).and_then(Value::as_str);
    let Some(access) = text("access_token") else {
        return Err(TransportError::new("the token server answered no token"));
    };
    if let Some(other) = text("token_type").filter(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        let kind: String = other
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(16)
            .collect();
        return Err(TransportError::new(format!(
            "the token server gives tokens of the type `{kind}`, which are not for `Authorization: Bearer`"
        )));
    }
    let mut token = Token::new(access);
    if let Some(life) = seconds(answer.get("expires_in")) {
        token = token.expires_in(life);
    }
    Ok(match text("refresh_token") {
        Some(refresh) => token.with_refresh(refresh),
        None => token,
    })
}

/// A length of time; some servers write the number as text.
pub(super) fn seconds(value: Option<&Value>) -> Option<Duration> {
    let value = value?;
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    Duration::try_from_secs_f64(number).ok()
}

/// A URL of the document, which may be relative to the one of the API's server (RFC 3986, section 5.2).
pub(super) fn resolve(base: &str, url: &str) -> Result<String, TransportError> {
    let resolved = match (url.find("://"), base.split_once("://")) {
        (Some(end), _) if !url.get(..end).unwrap_or_default().contains(['/', '?', '#']) => {
            url.to_owned()
        }
        (_, Some((scheme, rest))) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if let Some(url) = url.strip_prefix("//") {
                format!("{scheme}://{url}")
            } else if url.starts_with('/') {
                format!("{scheme}://{authority}{}", without_dots(url))
            } else {
                let folder = path.rfind('/').and_then(|end| path.get(..end));
                let path = format!("{}/{url}", folder.unwrap_or_default());
                format!("{scheme}://{authority}{}", without_dots(&path))
            }
        }
        _ => String::new(),
    };
    let scheme = resolved.split("://").next().unwrap_or_default();
    if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") {
        return Ok(resolved);
    }
    Err(TransportError::new(
        "the URL of the token server is relative to the one of the API, and that is not known: give the client a base_url",
    ))
}

/// A path without segments of dots.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if kept.len() > 1 => {
                kept.pop();
            }
            ".." => {}
            segment => kept.push(segment),
        }
    }
    let end = if path.ends_with("/.") || path.ends_with("/..") {
        "/"
    } else {
        ""
    };
    format!("{}{end}{query}", kept.join("/"))
}

/// The program's name and secret in a header, each encoded as in a form (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> Result<HeaderValue, TransportError> {
    let encoded = |text| params::encoded(Cow::Borrowed(text));
    let pair = format!("{}:{}", encoded(id), encoded(secret));
    let value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair)));
    let mut value = value.map_err(|_| TransportError::new("the program has no legal name"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn request(method: &str, url: &str, body: Body) -> Result<Request<Body>, TransportError> {
    let request = Request::builder().method(method).uri(url);
    let request = request.header(ACCEPT, "application/json");
    let request = request.extension(Timeout(TIMEOUT)).body(body);
    request.map_err(|_| TransportError::new("the URL of the token server is not a legal URL"))
}

async fn exchange(
    transport: &dyn Transport,
    request: Request<Body>,
    secrets: &[&str],
) -> Result<Value, TransportError> {
    let work = async {
        let answer = transport.send(request).await?;
        let (head, body) = answer.into_parts();
        let (body, is_cut) = body.collect_up_to(LIMIT).await?;
        let value = if is_cut {
            None
        } else {
            serde_json::from_slice(&body).ok()
        };
        Ok((head.status, value))
    };
    let answered = clock::within(Some(TIMEOUT), work).await;
    let answered: Result<_, TransportError> =
        answered.unwrap_or_else(|| Err(TransportError::timeout()));
    let (status, value) = answered.map_err(|error| {
        TransportError::new("the token server could not be asked").with_source(error)
    })?;
    judge(status, value, secrets)
}

/// What an answer means. Its body is quoted nowhere.
fn judge(
    status: StatusCode,
    value: Option<Value>,
    secrets: &[&str],
) -> Result<Value, TransportError> {
    let code = value
        .as_ref()
        .and_then(|value| value.get("error")?.as_str());
    match (&value, code) {
        // Some servers refuse with the status of a success.
        (Some(value), Some(code)) => {
            let description = value.get("error_description").and_then(Value::as_str);
            let error = OAuthError::new(code, description, secrets);
            Err(TransportError::new("the token server refused").with_source(error))
        }
        (Some(Value::Object(_)), None) if status.is_success() => Ok(value.unwrap_or_default()),
        _ => Err(TransportError::new(format!(
            "the token server answered {}, without what is expected of it",
            status.as_u16()
        ))),
    }
}
