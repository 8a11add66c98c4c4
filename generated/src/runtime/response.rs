//! What an answer that is documented yields.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

/// A documented answer: the body, to which it dereferences, with the status and the headers that came with it.
#[derive(Clone, PartialEq)]
pub struct Response<T>(Box<Inner<T>>);

/// Behind a pointer, so that errors with an answer in them are small.
#[derive(Clone, PartialEq)]
struct Inner<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Response(Box::new(Inner {
            status,
            headers,
            body,
        }))
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body alone.
    pub fn into_inner(self) -> T {
        self.0.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0.body
    }
}

/// Shows no header, since servers send secrets in them too.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.0.status.as_u16())
            .field("body", &self.0.body)
            .finish_non_exhaustive()
    }
}
