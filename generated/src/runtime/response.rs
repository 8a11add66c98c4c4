//! What an answer that is documented yields.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use super::codec::{self, Decode, DecodeError};
use super::header_values::json_of;

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
        match self.header_text(name)? {
            Some(text) => self.decode_header(name, &json_of(V::blank().slot(), &text)),
            None => Ok(None),
        }
    }

    /// A header that is JSON; `None` if there is none.
    #[doc(hidden)]
    pub fn json_header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        match self.header_text(name)? {
            Some(text) => self.decode_header(name, text.as_bytes()),
            None => Ok(None),
        }
    }

    /// A header that must be there.
    #[doc(hidden)]
    pub fn required<V>(&self, name: &'static str, value: Option<V>) -> Result<V, DecodeError> {
        value.ok_or_else(|| wrong(name, "the answer has no such header"))
    }

    fn decode_header<V: Decode>(
        &self,
        name: &'static str,
        json: &[u8],
    ) -> Result<Option<V>, DecodeError> {
        match codec::decode(json) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(wrong(name, error.message())),
        }
    }

    /// The lines of a header as one (RFC 9110, section 5.3).
    fn header_text(&self, name: &'static str) -> Result<Option<String>, DecodeError> {
        let mut lines = Vec::new();
        for line in self.0.headers.get_all(name) {
            let line = std::str::from_utf8(line.as_bytes());
            lines.push(line.map_err(|_| wrong(name, "expected text in UTF-8"))?);
        }
        Ok((!lines.is_empty()).then(|| lines.join(",")))
    }
}

fn wrong(name: &str, message: &str) -> DecodeError {
    DecodeError::new(format!("header {name}"), message.to_owned())
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
