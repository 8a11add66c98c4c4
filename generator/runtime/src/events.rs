//! Answers that are streams of items: each is handed out when it has arrived.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::HeaderMap;

use super::codec::Decode;
use super::error::Error;
use super::feed::{Failure, Feed};
use super::framing::StreamSpec;
use super::operation::Operation;
use super::request::{Request, refused};

/// An operation whose answer is a stream of items.
pub trait Streamed: Operation {
    /// What an item holds.
    type Item: Decode;
    /// How the stream is spelled.
    const STREAM: &'static StreamSpec;
}

impl<O: Streamed> Request<'_, O> {
    /// The items of the answer, each when it has arrived. The call is made when the first one is asked for.
    ///
    /// ```text
    /// let mut events = client.watch_things().events();
    /// while let Some(event) = events.next().await {
    ///     println!("{:?}", *event?);
    /// }
    /// ```
    pub fn events(self) -> Events<O> {
        let mut draft = self.draft;
        draft.set_header("accept", O::STREAM.media_type);
        Events {
            feed: Feed::new(self.client.clone(), draft, O::SPEC, O::STREAM),
            operation: PhantomData,
        }
    }
}

/// An item of a stream; it dereferences to what it holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Event<T> {
    /// What it holds.
    pub data: T,
    /// The name of a server-sent event, where it has one.
    pub event: Option<String>,
    /// The identifier of a server-sent event, or of the last one before it that had one.
    pub id: Option<String>,
    /// The headers of a part of a body of several parts; empty for others.
    pub headers: HeaderMap,
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// Shows no header of a part, since servers send secrets in them too.
impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("data", &self.data)
            .field("event", &self.event)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The items of an answer, a [`Stream`]. Nothing more is read than is asked for, and dropping it ends the call. It ends
/// after the last item, and after an error.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Events<O> {
    feed: Feed,
    operation: PhantomData<fn() -> O>,
}

/// An item, or why there is none.
pub type Arrived<O> = Result<Event<<O as Streamed>::Item>, Error<<O as Operation>::Error>>;

impl<O: Streamed> Events<O> {
    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Arrived<O>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// Ends at the item whose data is this text, such as `[DONE]`, which is not handed out. `[DONE]` ends a stream of
    /// events unless another text is given.
    pub fn end_at(mut self, data: &str) -> Self {
        self.feed.end = data.as_bytes().to_vec();
        self
    }

    /// How many bytes an item may have. 4 MiB unless set.
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.feed.splitter.set_limit(bytes);
        self
    }

    /// How long one may wait for something to arrive before the stream counts as broken; five minutes unless set. The
    /// time between the items that are asked for does not count.
    pub fn idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.feed.idle = limit.into();
        self
    }

    /// Connects again when the stream breaks or ends without its last item, at most so many times without an item
    /// between: after the time that the server wants (`retry`; three seconds unless said), with the identifier of the
    /// last event in `Last-Event-ID`. An answer 204 ends it.
    pub fn reconnect(mut self, times: u32) -> Self {
        (self.feed.reconnects, self.feed.left) = (times, times);
        self
    }

    /// Goes on after the event with this identifier.
    pub fn resume_after(mut self, id: impl Into<String>) -> Self {
        self.feed.splitter.last_id = Some(id.into());
        self
    }

    /// The identifier of the last event that was handed out, to go on after it later.
    pub fn last_event_id(&self) -> Option<&str> {
        self.feed.splitter.last_id.as_deref()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Arrived<O>>> {
        let arrived = match ready!(self.feed.poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Ok(frame)) => match self.feed.decoded(&frame) {
                Ok(data) => Ok(Event {
                    data,
                    event: frame.event,
                    id: frame.id,
                    headers: frame.headers,
                }),
                Err(error) => Err(error.widen()),
            },
            Some(Err(Failure::Refused(reply))) => Err(refused::<O>(*reply)),
            Some(Err(Failure::Other(error))) => Err(error.widen()),
        };
        if arrived.is_err() {
            self.feed.end_here();
        }
        Poll::Ready(Some(arrived))
    }
}

impl<O: Streamed> Stream for Events<O> {
    type Item = Arrived<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<O> fmt::Debug for Events<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Events");
        shown.field("operation", &self.feed.spec.id);
        shown.finish_non_exhaustive()
    }
}
