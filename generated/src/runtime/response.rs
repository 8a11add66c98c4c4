//! What an answer that is documented yields.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use http::{Extensions, HeaderMap, StatusCode};

use super::codec::{Decode, DecodeError};
use super::header_values;

/// A documented answer: the body, to which it dereferences, with the status and the headers that came with it. `H` says
/// which headers the document names, for each of which there is a method.
#[derive(Clone, PartialEq)]
pub struct Response<T, H = ()>(Box<Inner<T>>, PhantomData<H>);

/// Behind a pointer, so that errors with an answer in them are small.
#[derive(Clone)]
struct Inner<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    kept: Extensions,
}

/// What was kept of the call is no part of what was answered.
impl<T: PartialEq> PartialEq for Inner<T> {
    fn eq(&self, other: &Self) -> bool {
        self.status == other.status && self.headers == other.headers && self.body == other.body
    }
}

impl<T, H> Response<T, H> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        let inner = Inner {
            status,
            headers,
            body,
            kept: Extensions::new(),
        };
        Response(Box::new(inner), PhantomData)
    }

    /// The same, with what was kept of the call.
    pub(super) fn keeping(mut self, kept: Extensions) -> Self {
        self.0.kept = kept;
        self
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

    /// What was kept of the call.
    #[doc(hidden)]
    pub fn kept(&self) -> &Extensions {
        &self.0.kept
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

    /// A header that must be there.
    #[doc(hidden)]
    pub fn required<V>(&self, name: &'static str, value: Option<V>) -> Result<V, DecodeError> {
        value.ok_or_else(|| header_values::wrong(name, "the answer has no such header"))
    }
}

impl<T, H> Deref for Response<T, H> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.body
    }
}

impl<T, H> DerefMut for Response<T, H> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0.body
    }
}

/// Shows no header, since servers send secrets in them too.
impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.0.status.as_u16())
            .field("body", &self.0.body)
            .finish_non_exhaustive()
    }
}
