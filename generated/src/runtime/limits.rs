//! How long a call and each of its tries may take.

use std::time::{Duration, Instant};

use http::Request;

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

/// Marks a request whose answer is read by the user, however long that takes: an extension of it.
#[derive(Clone, Copy)]
pub(super) struct LeftOpen;

/// Tells the transport how long a try may take: as long as a try may, and no longer than the call.
pub(super) struct TimeLimit {
    pub(super) per_try: Option<Duration>,
}

impl Layer for TimeLimit {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let remaining = request.extensions().get::<Deadline>().copied();
        let remaining = remaining.map(Deadline::remaining);
        if remaining.is_some_and(|remaining| remaining.is_zero()) {
            return Box::pin(async { Err(TransportError::timeout()) });
        }
        if let Some(timeout) = self.per_try.into_iter().chain(remaining).min() {
            // What a transport limits goes on to the last byte of the answer.
            if request.extensions().get::<LeftOpen>().is_some() {
                let answer = clock::within(Some(timeout), next.send(request));
                return Box::pin(async {
                    let late = || Err(TransportError::timeout());
                    answer.await.unwrap_or_else(late)
                });
            }
            request.extensions_mut().insert(Timeout(timeout));
        }
        next.send(request)
    }
}
