//! What may go wrong with a call, each cause apart.

use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::codec::DecodeError;
use super::transport::TransportError;

/// Why a call did not yield what the document promises. `E` holds the errors that the document names for it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// The credentials were not to be had, as when a token server fails; the call was not made.
    Credentials(TransportError),
    /// The request could not be sent, or its answer could not be received.
    Transport(TransportError),
    /// No complete answer came in time.
    Timeout,
    /// The server answered with an error that the document names.
    Api(E),
    /// The server answered with a status that the document does not name.
    Undocumented(Box<UndocumentedResponse>),
    /// The server answered with a body that is not what the document says.
    Decode(Box<UnreadableResponse>),
}

/// The errors that the document names for an operation, all of which came with an answer.
pub trait Documented {
    /// The status of the answer.
    fn status(&self) -> StatusCode;
    /// The headers of the answer.
    fn headers(&self) -> &HeaderMap;
}

impl Documented for Infallible {
    fn status(&self) -> StatusCode {
        match *self {}
    }
    fn headers(&self) -> &HeaderMap {
        match *self {}
    }
}

impl<E: Documented> Error<E> {
    /// The status, if the server answered.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Error::Api(error) => Some(error.status()),
            Error::Undocumented(response) => Some(response.status()),
            Error::Decode(response) => Some(response.status()),
            Error::Request(_) | Error::Transport(_) | Error::Credentials(_) | Error::Timeout => {
                None
            }
        }
    }

    /// The headers, if the server answered.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Error::Api(error) => Some(error.headers()),
            Error::Undocumented(response) => Some(response.headers()),
            Error::Decode(response) => Some(response.headers()),
            Error::Request(_) | Error::Transport(_) | Error::Credentials(_) | Error::Timeout => {
                None
            }
        }
    }
}

impl Error<Infallible> {
    /// The same error for a call that names errors of its own.
    #[doc(hidden)]
    pub fn widen<E>(self) -> Error<E> {
        match self {
            Error::Request(error) => Error::Request(error),
            Error::Credentials(error) => Error::Credentials(error),
            Error::Transport(error) => Error::Transport(error),
            Error::Timeout => Error::Timeout,
            Error::Api(never) => match never {},
            Error::Undocumented(response) => Error::Undocumented(response),
            Error::Decode(response) => Error::Decode(response),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Request(error) => write!(f, "the request could not be built: {error}"),
            Error::Credentials(error) => write!(f, "the call was not made: {error}"),
            Error::Transport(error) => write!(f, "the call failed: {error}"),
            Error::Timeout => f.write_str("no answer came in time"),
            Error::Api(error) => write!(f, "the server answered {error}"),
            Error::Undocumented(response) => response.fmt(f),
            Error::Decode(response) => response.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // Whatever is written out above is not repeated here, only what lies behind it.
        match self {
            Error::Credentials(error) | Error::Transport(error) => error.source(),
            Error::Api(error) => error.source(),
            Error::Decode(response) => Some(&response.error),
            Error::Request(_) | Error::Timeout | Error::Undocumented(_) => None,
        }
    }
}

/// Why a request could not be built: what of it, and what is wrong with that. It never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    subject: String,
    reason: String,
}

impl RequestError {
    pub(super) fn new(subject: impl Into<String>, reason: impl Into<String>) -> Self {
        RequestError {
            subject: subject.into(),
            reason: reason.into(),
        }
    }

    /// What of the request, such as "the path parameter `id`".
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What is wrong with it, such as "it is empty".
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.reason)
    }
}

impl std::error::Error for RequestError {}

/// Why a client could not be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    message: String,
}

impl BuildError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        BuildError {
            message: message.into(),
        }
    }
}

impl From<RequestError> for BuildError {
    fn from(error: RequestError) -> Self {
        BuildError::new(error.to_string())
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the client could not be built: {}", self.message)
    }
}

impl std::error::Error for BuildError {}

/// An answer as it was received. Printing it shows no header and nothing of the body.
pub struct ReceivedResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl ReceivedResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, or the beginning of one that is larger than the client buffers.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for ReceivedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedResponse")
            .field("status", &self.status.as_u16())
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// An answer with a status that the document does not name; it derefs to the answer.
#[derive(Debug)]
pub struct UndocumentedResponse {
    pub(super) response: ReceivedResponse,
}

impl Deref for UndocumentedResponse {
    type Target = ReceivedResponse;

    fn deref(&self) -> &ReceivedResponse {
        &self.response
    }
}

impl fmt::Display for UndocumentedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the server answered {}, which its document does not name, with {} bytes",
            self.status,
            self.body.len()
        )
    }
}

/// An answer whose body is not what the document says; it derefs to the answer.
#[derive(Debug)]
pub struct UnreadableResponse {
    pub(super) response: ReceivedResponse,
    pub(super) error: DecodeError,
}

impl UnreadableResponse {
    /// What is wrong with the body, and where.
    pub fn error(&self) -> &DecodeError {
        &self.error
    }
}

impl Deref for UnreadableResponse {
    type Target = ReceivedResponse;

    fn deref(&self) -> &ReceivedResponse {
        &self.response
    }
}

impl fmt::Display for UnreadableResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the server answered {} with a body that is not as documented: {}",
            self.status, self.error
        )
    }
}
