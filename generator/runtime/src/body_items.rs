//! Bodies of JSON values one after the other: a value on each line (NDJSON), or JSON text sequences (RFC 7464).

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame};

use super::body::Body;
use super::codec::{self, Encode, EncodeError};
use super::request::Request;
use super::transport::TransportError;

/// The items of a body: a list of them, which becomes one by `into`, or a stream.
///
/// A list is sent as a whole, again if the call is made again. The items of a stream are sent as they come, so that a call
/// which sends one is never tried again.
pub struct BodyItems<T> {
    inner: Inner,
    items: PhantomData<fn(T)>,
}

enum Inner {
    /// JSON without line breaks in it, each with one at its end.
    Lines(Result<Vec<u8>, EncodeError>),
    Stream(Texts),
    Ready(Body),
}

/// JSON without line breaks in it.
type Texts = Pin<Box<dyn Stream<Item = Result<Vec<u8>, TransportError>> + Send>>;

impl<T: Encode> BodyItems<T> {
    /// The items of a stream. One is asked for when those before it are on their way.
    pub fn from_stream<S>(stream: S) -> Self
    where
        S: Stream<Item = T> + Send + 'static,
    {
        BodyItems::of(Inner::Stream(Box::pin(Encoded {
            items: Box::pin(stream),
            encode: |item: T| encoded(&item),
        })))
    }

    /// The items of a stream that may fail. An error ends the call, and the server sees a body that is cut.
    pub fn from_results<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        BodyItems::of(Inner::Stream(Box::pin(Encoded {
            items: Box::pin(stream),
            encode: |item: Result<T, E>| match item {
                Ok(item) => encoded(&item),
                Err(error) => {
                    let failed = TransportError::new("the stream of the items failed");
                    Err(failed.with_source(error))
                }
            },
        })))
    }
}

impl<T> BodyItems<T> {
    /// Items that are spelled already, such as a file of lines. They are sent as they are.
    pub fn from_body(body: impl Into<Body>) -> Self {
        BodyItems::of(Inner::Ready(body.into()))
    }

    fn of(inner: Inner) -> Self {
        BodyItems {
            inner,
            items: PhantomData,
        }
    }
}

impl<T: Encode> FromIterator<T> for BodyItems<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut lines = Vec::new();
        for item in items {
            match codec::encode(&item) {
                Ok(text) => lines.extend_from_slice(&text),
                Err(error) => return BodyItems::of(Inner::Lines(Err(error))),
            }
            lines.push(b'\n');
        }
        BodyItems::of(Inner::Lines(Ok(lines)))
    }
}

impl<T: Encode> From<Vec<T>> for BodyItems<T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Encode, const N: usize> From<[T; N]> for BodyItems<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

/// Shows no item, since they may hold anything.
impl<T> fmt::Debug for BodyItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner {
            Inner::Lines(_) => "BodyItems(list)",
            Inner::Stream(_) => "BodyItems(stream)",
            Inner::Ready(_) => "BodyItems(body)",
        })
    }
}

impl<O> Request<'_, O> {
    #[doc(hidden)]
    pub fn lines<T>(self, media_type: &'static str, items: impl Into<BodyItems<T>>) -> Self {
        put(self, media_type, items.into().inner, b"")
    }

    #[doc(hidden)]
    pub fn sequence<T>(self, media_type: &'static str, items: impl Into<BodyItems<T>>) -> Self {
        put(self, media_type, items.into().inner, b"\x1e")
    }
}

/// Sends items, each after a mark and before a line break.
fn put<'c, O>(
    mut request: Request<'c, O>,
    media_type: &'static str,
    items: Inner,
    mark: &'static [u8],
) -> Request<'c, O> {
    let body = match items {
        Inner::Lines(Ok(lines)) if mark.is_empty() => Body::from(lines),
        Inner::Lines(Ok(lines)) => {
            let lines = lines.split_inclusive(|byte| *byte == b'\n');
            Body::from(
                lines
                    .flat_map(|line| [mark, line])
                    .collect::<Vec<_>>()
                    .concat(),
            )
        }
        Inner::Lines(Err(error)) => {
            request.draft.fail("the body", error.to_string());
            return request;
        }
        Inner::Stream(texts) => Body::wrap(Marked { texts, mark }),
        Inner::Ready(body) => body,
    };
    request.draft.set_body(media_type, body);
    request
}

fn encoded(item: &dyn Encode) -> Result<Vec<u8>, TransportError> {
    codec::encode(item).map_err(|error| {
        TransportError::new("an item of the body cannot be written").with_source(error)
    })
}

/// A stream of items as their JSON.
struct Encoded<S, F> {
    items: Pin<Box<S>>,
    encode: F,
}

impl<S, F> Stream for Encoded<S, F>
where
    S: Stream,
    F: Fn(S::Item) -> Result<Vec<u8>, TransportError> + Unpin,
{
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.items.as_mut().poll_next(context));
        Poll::Ready(item.map(&self.encode))
    }
}

/// A body of items, each a piece of its own.
struct Marked {
    texts: Texts,
    mark: &'static [u8],
}

impl HttpBody for Marked {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let text = ready!(self.texts.as_mut().poll_next(context));
        Poll::Ready(text.map(|text| {
            let line = [self.mark, &text?, b"\n"].concat();
            Ok(Frame::data(line.into()))
        }))
    }
}
