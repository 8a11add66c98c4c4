//! The body of a request or an answer.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;

use super::transport::TransportError;

/// The body of a request or an answer: bytes, or a stream of them.
///
/// Bytes, texts and vectors become one by `into`, and [`Body::wrap`] takes the stream of any other HTTP library. What
/// arrives is read piece by piece with [`Body::chunk`], or as a whole with [`Body::write_to`].
pub struct Body {
    inner: Inner,
    file_name: Option<String>,
}

enum Inner {
    /// `None` once it has been sent.
    Bytes(Option<Bytes>),
    /// A stream that can be sent once. It is only ever reached through `&mut`, so the lock is never waited for; it is
    /// there so that streams which other threads must not look at can be sent all the same.
    Stream(Mutex<Pin<Box<Stream>>>),
    /// A stream that can be made again.
    Source(Source),
    /// Bodies one after the other.
    Chain(VecDeque<Body>),
    /// What is left of a stream that has been taken away.
    Spent,
}

type Stream = dyn HttpBody<Data = Bytes, Error = TransportError> + Send;

#[derive(Clone)]
struct Source {
    length: Option<u64>,
    make: Arc<dyn Fn() -> Body + Send + Sync>,
}

impl Body {
    /// No body.
    pub fn empty() -> Self {
        Body::of(Inner::Bytes(None))
    }

    /// A stream, such as the body of another HTTP library. It can be sent once, so that a call which sends it is never
    /// tried again.
    pub fn wrap<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes, Error = TransportError> + Send + 'static,
    {
        Body::of(Inner::Stream(Mutex::new(Box::pin(body))))
    }

    /// A stream that is made again each time that it is sent, and its length in bytes where that is known.
    pub fn from_source<F>(length: Option<u64>, make: F) -> Self
    where
        F: Fn() -> Body + Send + Sync + 'static,
    {
        let make = Arc::new(make);
        Body::of(Inner::Source(Source { length, make }))
    }

    /// The same body with the name of the file that it is, which a part of a form tells the server.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The name of the file that it is.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The bytes, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.inner {
            Inner::Bytes(bytes) => Some(bytes.as_deref().unwrap_or_default()),
            _ => None,
        }
    }

    /// The same body again, unless it is a stream that can be sent once.
    pub fn try_clone(&self) -> Option<Body> {
        let inner = match &self.inner {
            Inner::Bytes(bytes) => Inner::Bytes(bytes.clone()),
            Inner::Source(source) => Inner::Source(source.clone()),
            Inner::Chain(bodies) => {
                let bodies: Option<_> = bodies.iter().map(Body::try_clone).collect();
                Inner::Chain(bodies?)
            }
            Inner::Stream(_) | Inner::Spent => return None,
        };
        let file_name = self.file_name.clone();
        Some(Body { inner, file_name })
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = self.frame().await {
            if let Ok(data) = frame?.into_data() {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }

    /// Writes all of it and tells after each piece how many bytes there have been. Gives the number of all.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end, or the writer does.
    pub async fn write_to<W: Write>(
        mut self,
        mut writer: W,
        mut progress: impl FnMut(u64),
    ) -> io::Result<u64> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await.map_err(io::Error::other)? {
            writer.write_all(&chunk)?;
            written += chunk.len() as u64;
            progress(written);
        }
        writer.flush()?;
        Ok(written)
    }

    /// All of it, and whether it was cut because it is larger than the limit.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<(Bytes, bool), TransportError> {
        // One piece that is small enough, the usual case with a scripted transport, is not copied.
        if let Inner::Bytes(bytes) = &mut self.inner
            && bytes.as_ref().is_none_or(|bytes| bytes.len() <= limit)
        {
            return Ok((bytes.take().unwrap_or_default(), false));
        }
        let mut collected = BytesMut::new();
        while let Some(mut data) = self.chunk().await? {
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

    /// Bodies one after the other; one of bytes if they all are.
    #[doc(hidden)]
    pub fn chain(bodies: VecDeque<Body>) -> Self {
        let parts: Option<Vec<&[u8]>> = bodies.iter().map(Body::as_bytes).collect();
        match parts {
            Some(parts) => Body::from(parts.concat()),
            None => Body::of(Inner::Chain(bodies)),
        }
    }

    /// The body itself, and in its place one that is the same again or, where that cannot be, has nothing to send.
    #[doc(hidden)]
    #[must_use]
    pub fn take(&mut self) -> Self {
        let kept = self.try_clone().unwrap_or(Body::of(Inner::Spent));
        std::mem::replace(self, kept)
    }

    /// Whether it was a stream that has been sent.
    #[doc(hidden)]
    pub fn is_spent(&self) -> bool {
        matches!(self.inner, Inner::Spent)
    }

    /// The same body with all that is no stream in it made anew.
    #[doc(hidden)]
    #[must_use]
    pub fn map_bytes(self, change: &mut dyn FnMut(Bytes) -> Body) -> Self {
        match self.inner {
            Inner::Bytes(bytes) => change(bytes.unwrap_or_default()),
            Inner::Chain(bodies) => {
                let bodies = bodies.into_iter().map(|body| match body.inner {
                    Inner::Bytes(bytes) => change(bytes.unwrap_or_default()),
                    _ => body,
                });
                Body::of(Inner::Chain(bodies.collect()))
            }
            _ => self,
        }
    }

    /// The bytes, or the stream that it is.
    pub(super) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.inner {
            Inner::Bytes(bytes) => Ok(bytes.unwrap_or_default()),
            _ => Err(self),
        }
    }

    fn of(inner: Inner) -> Self {
        Body {
            inner,
            file_name: None,
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Body::of(Inner::Bytes(Some(bytes.into())))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Inner::Source(source) = &self.inner {
            self.inner = (source.make)().inner;
        }
        match &mut self.inner {
            Inner::Bytes(bytes) => {
                let bytes = bytes.take().filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
            Inner::Stream(stream) => {
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                stream.as_mut().poll_frame(context)
            }
            Inner::Chain(bodies) => {
                while let Some(body) = bodies.front_mut() {
                    if let Some(frame) = ready!(Pin::new(body).poll_frame(context)) {
                        return Poll::Ready(Some(frame));
                    }
                    bodies.pop_front();
                }
                Poll::Ready(None)
            }
            // What makes streams made another maker of streams, which is no stream.
            Inner::Source(_) | Inner::Spent => {
                let error = TransportError::new("the stream of the body has been sent already");
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Bytes(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Inner::Stream(stream) => match stream.try_lock() {
                Ok(stream) => stream.is_end_stream(),
                Err(_) => false,
            },
            Inner::Chain(bodies) => bodies.iter().all(HttpBody::is_end_stream),
            Inner::Source(source) => source.length == Some(0),
            Inner::Spent => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Bytes(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Inner::Stream(stream) => match stream.try_lock() {
                Ok(stream) => stream.size_hint(),
                Err(_) => SizeHint::default(),
            },
            Inner::Chain(bodies) => {
                let lengths = bodies.iter().map(|body| body.size_hint().exact());
                lengths
                    .sum::<Option<u64>>()
                    .map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Inner::Source(Source { length, .. }) => {
                length.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Inner::Spent => SizeHint::default(),
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
