//! Requests that the API makes: webhooks and callbacks, as an HTTP server of the user's received them.
//!
//! Where they were received, and who may send them, is for the user to see to: a signature is checked before anything is
//! read here.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use bytes::Bytes;
use http::header::COOKIE;
use http::{Extensions, HeaderMap, StatusCode};

use super::codec::{self, Decode, DecodeError, Json};
use super::header_values;
use super::operation::{Reply, Undecoded};
use super::pairs::{self, Pairs};

/// A request that the API made: its body, to which it dereferences, with the headers and the query that came with it.
/// `P` says which parameters the document names, for each of which there is a method.
#[derive(Clone, PartialEq)]
pub struct Received<T, P = ()>(Box<Inner<T>>, PhantomData<P>);

/// Behind a pointer, so that enums of what may be received are small.
#[derive(Clone, PartialEq)]
struct Inner<T> {
    query: String,
    headers: HeaderMap,
    body: T,
}

/// Why a request is not what the document says.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReceiveError {
    /// It has another method than this one.
    Method(&'static str),
    /// The document has no such event.
    Unknown,
    /// Its body is not what the document says.
    Body(DecodeError),
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReceiveError::Method(expected) => {
                write!(f, "the request has another method than {expected}")
            }
            ReceiveError::Unknown => f.write_str("the document has no such event"),
            ReceiveError::Body(error) => write!(f, "the body is not as documented: {error}"),
        }
    }
}

impl std::error::Error for ReceiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReceiveError::Body(error) => Some(error),
            _ => None,
        }
    }
}

/// How a list or an object stands in a query or in cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedStyle {
    /// Each part is a pair of its own.
    Exploded,
    /// The parts stand between these.
    Joined(char),
    /// It is JSON.
    Json,
    /// The keys of what is nested stand in brackets.
    Deep,
    /// It is JSON, and the whole query.
    Whole,
    /// It is text, and the whole query.
    WholeText,
}

impl<T, P> Received<T, P> {
    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body alone.
    pub fn into_inner(self) -> T {
        self.0.body
    }

    #[doc(hidden)]
    pub fn read<B: AsRef<[u8]>>(
        request: &http::Request<B>,
        method: &'static str,
        decode: fn(&Reply) -> Result<T, Undecoded>,
    ) -> Result<Self, ReceiveError> {
        if request.method().as_str() != method {
            return Err(ReceiveError::Method(method));
        }
        let reply = as_reply(request.headers(), request.body().as_ref());
        let body = decode(&reply).map_err(|undecoded| match undecoded {
            Undecoded::Unreadable(error) => ReceiveError::Body(error),
            Undecoded::Undocumented => ReceiveError::Unknown,
        })?;
        let inner = Inner {
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: reply.headers,
            body,
        };
        Ok(Received(Box::new(inner), PhantomData))
    }

    /// A header in the style `simple`; `None` if there is none.
    #[doc(hidden)]
    pub fn header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        header_values::header(&self.0.headers, name)
    }

    /// A header that is JSON; `None` if there is none.
    #[doc(hidden)]
    pub fn json_header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        header_values::json_header(&self.0.headers, name)
    }

    /// A parameter of the query; `None` if there is none.
    #[doc(hidden)]
    pub fn query<V: Decode>(
        &self,
        name: &'static str,
        style: ReceivedStyle,
    ) -> Result<Option<V>, DecodeError> {
        let query = match style {
            ReceivedStyle::Whole | ReceivedStyle::WholeText => pairs::whole(&self.0.query, name),
            _ => pairs::of_form(&self.0.query),
        };
        value_of(&query, name, style)
    }

    /// A cookie; `None` if there is none.
    #[doc(hidden)]
    pub fn cookie<V: Decode>(
        &self,
        name: &'static str,
        style: ReceivedStyle,
    ) -> Result<Option<V>, DecodeError> {
        let lines = self.0.headers.get_all(COOKIE).into_iter();
        let text: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        value_of(&pairs::of_cookies(&text.join("; ")), name, style)
    }

    /// A parameter that must be there.
    #[doc(hidden)]
    pub fn required<V>(&self, name: &'static str, value: Option<V>) -> Result<V, DecodeError> {
        value.ok_or_else(|| wrong(name, "the request has no such parameter"))
    }
}

/// Reads the body as a form.
#[doc(hidden)]
pub fn form<T: Decode>(reply: &Reply) -> Result<T, Undecoded> {
    let pairs = pairs::of_form(&reply.text()?);
    let json = pairs::json_of(T::blank().slot(), &pairs);
    codec::decode(&json).map_err(Undecoded::Unreadable)
}

/// The text of a property at the top of a body of JSON.
#[doc(hidden)]
pub fn tag(body: &[u8], property: &str) -> Option<String> {
    let body: Json = serde_json::from_slice(body).ok()?;
    Some(body.get(property)?.as_str()?.to_owned())
}

/// What reads answers reads bodies of requests, too.
fn as_reply(headers: &HeaderMap, body: &[u8]) -> Reply {
    Reply {
        status: StatusCode::OK,
        headers: headers.clone(),
        body: Bytes::copy_from_slice(body),
        is_cut: false,
        kept: Extensions::new(),
    }
}

fn value_of<V: Decode>(
    pairs: &Pairs,
    name: &'static str,
    style: ReceivedStyle,
) -> Result<Option<V>, DecodeError> {
    let mut blank = V::blank();
    let json = match style {
        ReceivedStyle::Exploded => pairs::exploded(blank.slot(), pairs, name),
        ReceivedStyle::Joined(mark) => pairs::joined(blank.slot(), pairs, name, mark),
        ReceivedStyle::Deep => pairs::deep(blank.slot(), pairs, name),
        ReceivedStyle::WholeText => pairs::joined(blank.slot(), pairs, name, ','),
        ReceivedStyle::Json | ReceivedStyle::Whole => {
            pairs::first(pairs, name).map(|text| text.as_bytes().to_vec())
        }
    };
    let Some(json) = json else {
        return Ok(None);
    };
    match codec::decode(&json) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(wrong(name, error.message())),
    }
}

fn wrong(name: &str, message: &str) -> DecodeError {
    DecodeError::new(format!("parameter {name}"), message.to_owned())
}

impl<T, P> Deref for Received<T, P> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.body
    }
}

/// Shows neither headers nor the query, since secrets are sent in them too.
impl<T: fmt::Debug, P> fmt::Debug for Received<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("body", &self.0.body)
            .finish_non_exhaustive()
    }
}
