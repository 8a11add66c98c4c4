//! What the document says of an API and its operations, and how an answer becomes a value.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{Extensions, HeaderMap, StatusCode};

use super::codec::{self, Decode, DecodeError};
use super::credential::SecurityScheme;
use super::response::Response;
use super::server::Server;

/// What a client was generated from.
#[derive(Debug)]
pub struct ApiSpec {
    /// Its name.
    pub name: &'static str,
    /// The version of the API.
    pub version: &'static str,
    /// The servers of the document; the first is the default.
    pub servers: &'static [Server],
    /// The servers of operations that have their own.
    pub operation_servers: &'static [&'static [Server]],
    /// The security schemes.
    pub schemes: &'static [&'static SecurityScheme],
}

/// An operation of the API.
pub trait Operation {
    /// What a call yields.
    type Output;
    /// The headers that the document names for what it yields.
    type Headers;
    /// The errors that the document names.
    type Error;
    /// What is sent.
    const SPEC: &'static OperationSpec;
    /// Makes a value of an answer.
    ///
    /// # Errors
    ///
    /// If the document does not name the status, or the body is not what the document says.
    fn decode(reply: &Reply) -> Decoded<Self::Output, Self::Error>;
}

/// What is sent for an operation.
#[derive(Debug)]
pub struct OperationSpec {
    /// Its operationId.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Its servers, where they are not those of the document.
    pub servers: Option<&'static [Server]>,
    /// Alternatives of security schemes that are needed together. None at all: no credentials. An empty alternative:
    /// credentials are optional.
    pub security: &'static [&'static [&'static SecurityScheme]],
    /// The value of `Accept`; empty for none.
    pub accept: &'static str,
}

/// An output or a documented error; or why it is neither.
pub type Decoded<O, E> = Result<Result<O, E>, Undecoded>;

/// Why an answer is not as documented.
#[derive(Debug)]
pub enum Undecoded {
    /// The document does not name its status.
    Undocumented,
    /// Its body is not what the document says.
    Unreadable(DecodeError),
}

/// An answer, received in full.
pub struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Whether the body is only the beginning of one that is larger than the limit.
    pub(super) is_cut: bool,
    /// What was kept of the call.
    pub(super) kept: Extensions,
}

impl Reply {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as JSON. A server that forgets to say that it sends JSON is believed if it does.
    ///
    /// # Errors
    ///
    /// If it is not JSON of this type, or larger than the client buffers.
    pub fn json<T: Decode>(&self) -> Result<T, Undecoded> {
        let body = self.whole_body()?;
        codec::decode(body).map_err(|error| self.explain(error))
    }

    /// The body as text: in UTF-8, or in ISO 8859-1 where the answer says so.
    ///
    /// # Errors
    ///
    /// If it is not in that encoding, or larger than the client buffers.
    pub fn text(&self) -> Result<String, Undecoded> {
        let body = self.whole_body()?;
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        if charset(content_type.unwrap_or_default()).is_some_and(is_latin) {
            return Ok(body.iter().copied().map(char::from).collect());
        }
        match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(unreadable(match self.encoding() {
                Some(encoding) => format!("expected text in UTF-8, found it encoded as {encoding}"),
                None => "expected text in UTF-8".to_owned(),
            })),
        }
    }

    /// The body as it is.
    ///
    /// # Errors
    ///
    /// If it is larger than the client buffers.
    pub fn bytes(&self) -> Result<Bytes, Undecoded> {
        self.whole_body().cloned()
    }

    /// Which of these lists of media types the body is of: the one that names its type, else one with a range that it
    /// is in, else the first that is JSON if it is, else the first of all.
    pub fn choose(&self, known: &[&[&str]]) -> usize {
        let found = self.headers.get(CONTENT_TYPE);
        let found = found.and_then(|value| value.to_str().ok());
        let found = essence(found.unwrap_or_default()).to_ascii_lowercase();
        let first = |fits: &dyn Fn(&str) -> bool| {
            known.iter().position(|list| {
                let mut list = list.iter().map(|name| essence(name).to_ascii_lowercase());
                list.any(|name| fits(&name))
            })
        };
        first(&|name| name == found)
            .or_else(|| first(&|name| is_in_range(&found, name)))
            .or_else(|| first(&|name| is_json(name) && is_json(&found)))
            .unwrap_or_default()
    }

    /// The answer with what its body says.
    pub fn answer<T, H>(&self, body: T) -> Response<T, H> {
        Response::new(self.status, self.headers.clone(), body).keeping(self.kept.clone())
    }

    /// For a status that the document does not name.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn undocumented<T>(&self) -> Result<T, Undecoded> {
        Err(Undecoded::Undocumented)
    }

    fn whole_body(&self) -> Result<&Bytes, Undecoded> {
        if self.is_cut {
            let limit = self.body.len();
            return Err(unreadable(format!(
                "the body is larger than the limit of {limit} bytes"
            )));
        }
        Ok(&self.body)
    }

    /// What the server did to the body, which nobody asked for.
    fn encoding(&self) -> Option<String> {
        let encoding = self.headers.get(CONTENT_ENCODING)?.to_str().ok()?;
        let is_one = !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity");
        is_one.then(|| encoding.chars().take(64).collect())
    }

    /// An error that says what arrived instead, where that is plain to see.
    fn explain(&self, error: DecodeError) -> Undecoded {
        if self.body.is_empty() {
            return unreadable("expected JSON, found an empty body");
        }
        if let Some(encoding) = self.encoding() {
            return unreadable(format!("expected JSON, found it encoded as {encoding}"));
        }
        let content_type = self.headers.get(CONTENT_TYPE);
        match content_type.and_then(|value| value.to_str().ok()) {
            Some(found) if !is_json(found) => {
                let essence: String = essence(found).chars().take(64).collect();
                unreadable(format!("expected JSON, found {essence}"))
            }
            _ => Undecoded::Unreadable(error),
        }
    }
}

fn unreadable(message: impl Into<String>) -> Undecoded {
    Undecoded::Unreadable(DecodeError::new(String::new(), message.into()))
}

/// Whether a media type is in a range such as `text/*` or `application/*+json`.
fn is_in_range(media_type: &str, range: &str) -> bool {
    let Some((before, after)) = range.split_once('*') else {
        return false;
    };
    // `*/*` is any media type, and no media type at all is in no range.
    let after = after.strip_prefix("/*").unwrap_or(after);
    !media_type.is_empty() && media_type.starts_with(before) && media_type.ends_with(after)
}

/// The encoding that a media type names (RFC 9110, section 8.3.2).
fn charset(media_type: &str) -> Option<&str> {
    let mut parameters = media_type.split(';').skip(1);
    let charset = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Some(charset.trim().trim_matches('"'))
}

/// Whether a name is one of the encoding whose bytes are the first characters of Unicode.
fn is_latin(charset: &str) -> bool {
    let names = ["iso-8859-1", "iso_8859-1", "latin1"];
    names.iter().any(|name| name.eq_ignore_ascii_case(charset))
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether bodies of a media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
