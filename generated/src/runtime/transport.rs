//! What carries requests. The default is reqwest; a closure will do, and so will any other HTTP stack.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use http::{Request, Response};

use super::body::Body;

/// What carries requests to servers and brings back their answers.
///
/// A transport follows no redirect on its own, since the request may hold credentials, and honours the [`Timeout`]
/// among the extensions of the request. Each function of this form is a transport:
///
/// ```text
/// |request: http::Request<Body>| async move { Ok(http::Response::new(Body::from("{}"))) }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request.
    fn send(&self, request: Request<Body>) -> TransportFuture<'_>;
}

/// An answer on its way.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

impl<F, A> Transport for F
where
    F: Fn(Request<Body>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Response<Body>, TransportError>> + Send + 'static,
{
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self(request))
    }
}

/// How long a try may take, from its start to the last byte of its answer: an extension of each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// Why a request could not be sent, or its answer could not be received.
#[derive(Debug)]
pub struct TransportError {
    message: String,
    cause: Cause,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// An error that says what failed. The message is shown to users, so it must hold no secret.
    pub fn new(message: impl Into<String>) -> Self {
        TransportError {
            message: message.into(),
            cause: Cause::Other,
            source: None,
        }
    }

    /// The error of a request that no server received, such as one to a closed port. Such a call may be made again
    /// without harm, whatever its method.
    pub fn connect(message: impl Into<String>) -> Self {
        TransportError {
            cause: Cause::Connect,
            ..TransportError::new(message)
        }
    }

    /// The error of a call that could not be given its credentials, and was not made.
    pub fn credentials(message: impl Into<String>) -> Self {
        TransportError {
            cause: Cause::Credentials,
            ..TransportError::new(message)
        }
    }

    /// The error of a call that took too long.
    pub fn timeout() -> Self {
        TransportError {
            cause: Cause::Timeout,
            ..TransportError::new("the time was up")
        }
    }

    /// The same error with what lies behind it.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        self.cause == Cause::Timeout
    }

    /// Whether no server received the request.
    pub fn is_connect(&self) -> bool {
        self.cause == Cause::Connect
    }

    /// Whether the call could not be given its credentials.
    pub fn is_credentials(&self) -> bool {
        self.cause == Cause::Credentials
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cause {
    Timeout,
    Connect,
    Credentials,
    Other,
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
