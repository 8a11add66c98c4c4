//! How long a call and each of its tries may take.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::Sleep;

use super::body::Body;
use super::clock;
use super::layer::{Layer, Next};
use super::transport::{Timeout, TransportError, TransportFuture};

/// When the time of the whole call is up: an extension of each request.
#[derive(Clone, Copy)]
pub(super) struct Deadline(pub(super) Instant);

impl Deadline {
    /// How much time is left; zero when it is up.
    pub(super) fn remaining(self) -> Duration {
        self.0.saturating_duration_since(clock::now())
    }
}

/// Marks a request of whose answer the body is read piece by piece, however long that takes: an extension of it.
#[derive(Clone, Copy)]
pub(super) struct LeftOpen;

/// Tells the transport how long a try may take: as long as a try may, and no longer than the call. Gives up bodies that
/// stand still.
pub(super) struct TimeLimit {
    pub(super) per_try: Option<Duration>,
    pub(super) stall: Option<Duration>,
}

impl Layer for TimeLimit {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let remaining = request.extensions().get::<Deadline>().copied();
        let remaining = remaining.map(Deadline::remaining);
        if remaining.is_some_and(|remaining| remaining.is_zero()) {
            return Box::pin(async { Err(TransportError::timeout()) });
        }
        let timeout = self.per_try.into_iter().chain(remaining).min();
        // What a transport is told holds to the last byte, so of a stream it is told nothing.
        let is_streamed = request.extensions().get::<LeftOpen>().is_some();
        if let Some(timeout) = timeout.filter(|_| !is_streamed) {
            request.extensions_mut().insert(Timeout(timeout));
        }
        let stall = self.stall;
        Box::pin(async move {
            let limit = timeout.filter(|_| is_streamed);
            let answer = clock::within(limit, next.send(request)).await;
            let answer = answer.unwrap_or_else(|| Err(TransportError::timeout()))?;
            // Whoever reads a stream knows better how long it may stand still.
            Ok(match is_streamed {
                true => answer,
                false => answer.map(|body| watched(body, stall)),
            })
        })
    }
}

/// A body that is given up when nothing comes for this time.
pub(super) fn watched(body: Body, limit: Option<Duration>) -> Body {
    match limit {
        // Bytes that are there cannot stand still.
        Some(limit) if body.as_bytes().is_none() => Body::wrap(Watched::new(body, limit)),
        _ => body,
    }
}

/// A body that is given up when nothing comes for a time.
struct Watched {
    body: Body,
    limit: Duration,
    /// Runs while somebody waits.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    fn new(body: Body, limit: Duration) -> Self {
        Watched {
            body,
            limit,
            sleep: None,
        }
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.sleep = None;
            return Poll::Ready(frame);
        }
        let limit = self.limit;
        if self.sleep.is_none() {
            self.sleep = clock::sleep(limit);
        }
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().poll(context).map(|()| {
                let seconds = limit.as_secs_f32();
                let message = format!("the server has sent nothing more for {seconds} seconds");
                Some(Err(TransportError::new(message)))
            }),
            None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
