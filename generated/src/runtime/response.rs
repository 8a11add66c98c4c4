//! What an answer that is documented yields.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use super::codec::{Decode, DecodeError};
use super::header_values;

/// A documented answer: the body, to which it dereferences, with the status and the headers that came with it. `H` says
/// which headers the document names, for each of which there is a method.
#[derive(Clone, PartialEq)]
pub struct Response<T, H = ()>(Box<Inner<T>>, PhantomData<H>);

/// Behind a pointer, so that errors with an answer in them are small.
#[derive(Clone, PartialEq)]
struct Inner<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T, H> Response<T, H> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        let inner = Inner {
            status,
            headers,
            body,
        };
        Response(Box::new(inner), PhantomData)
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
