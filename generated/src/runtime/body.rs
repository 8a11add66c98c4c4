//! The body of a request or an answer.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use http_body_util::combinators::BoxBody;

use super::transport::TransportError;

/// The body of a request or an answer: bytes, or a stream of them.
pub struct Body(Inner);

enum Inner {
    /// `None` once it has been sent.
    Bytes(Option<Bytes>),
    Stream(BoxBody<Bytes, TransportError>),
}

impl Body {
    /// No body.
    pub fn empty() -> Self {
        Body(Inner::Bytes(None))
    }

    /// The body of another HTTP library.
    pub fn wrap<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    {
        Body(Inner::Stream(body.boxed()))
    }

    /// The bytes, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes.as_deref().unwrap_or_default()),
            Inner::Stream(_) => None,
        }
    }

    /// The bytes, or the stream that it is.
    pub(super) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Inner::Bytes(bytes) => Ok(bytes.unwrap_or_default()),
            Inner::Stream(_) => Err(self),
        }
    }

    /// All of it, and whether it was cut because it is larger than the limit.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<(Bytes, bool), TransportError> {
        let mut collected = match &mut self.0 {
            // One piece that is small enough, the usual case with a scripted transport, is not copied.
            Inner::Bytes(bytes) if bytes.as_ref().is_none_or(|bytes| bytes.len() <= limit) => {
                return Ok((bytes.take().unwrap_or_default(), false));
            }
            _ => BytesMut::new(),
        };
        while let Some(frame) = self.frame().await {
            let Ok(mut data) = frame?.into_data() else {
                continue;
            };
            let room = limit.saturating_sub(collected.len());
            let is_cut = data.len() > room;
            data.truncate(room);
            collected.extend_from_slice(&data);
            if is_cut {
                return Ok((collected.freeze(), true));
            }
        }
        Ok((collected.freeze(), false))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Body(Inner::Bytes(Some(bytes.into())))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Inner::Bytes(bytes) => {
                let bytes = bytes.take().filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
            Inner::Stream(stream) => Pin::new(stream).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Inner::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Inner::Stream(stream) => stream.size_hint(),
        }
    }
}

/// Shows its size only, since it may hold anything.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(stream)"),
        }
    }
}
