//! Answers that are streams of items: each is handed out when it has arrived.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body::Body as _;
use tokio::time::Sleep;

use super::body::Body;
use super::call::{Draft, open};
use super::client::Client;
use super::clock;
use super::codec::{self, Decode, DecodeError};
use super::error::{Error, ReceivedResponse, UnreadableResponse};
use super::framing::{Frame, Framing, Splitter, StreamSpec};
use super::operation::{Operation, OperationSpec, Reply, is_json};
use super::repeat::again;
use super::request::{Request, refused};
use super::transport::TransportError;

/// An operation whose answer is a stream of items.
pub trait Streamed: Operation {
    /// What an item holds.
    type Item: Decode;
    /// How the stream is spelled.
    const STREAM: &'static StreamSpec;
}

/// How large an item may be unless the stream is told otherwise.
const ITEM_LIMIT: usize = 4 * 1024 * 1024;

/// How long nothing may arrive unless the stream is told otherwise.
const IDLE_LIMIT: Duration = Duration::from_secs(300);

/// How long a client waits before it connects again, unless the server says how long.
const RECONNECT_AFTER: Duration = Duration::from_secs(3);

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        self.feed.splitter = Splitter::new(self.feed.stream.framing, bytes);
        self
    }

    /// How long nothing may arrive before the stream counts as broken; five minutes unless set.
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

    /// The identifier of the last event, to go on after it later.
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
            self.feed.state = State::Over;
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

/// The work of reading a stream, the same for every operation.
struct Feed {
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
    stream: &'static StreamSpec,
    splitter: Splitter,
    state: State,
    status: StatusCode,
    headers: HeaderMap,
    end: Vec<u8>,
    idle: Option<Duration>,
    reconnects: u32,
    left: u32,
}

/// An answer on its way.
type Opening = Pin<
    Box<dyn Future<Output = Result<Result<http::Response<Body>, Reply>, Error<Infallible>>> + Send>,
>;

enum State {
    /// Nothing has been sent, or something is to be sent again.
    Idle,
    Opening(Opening),
    /// The body, and when it counts as broken.
    Reading(Box<Body>, Option<Pin<Box<Sleep>>>),
    /// The last piece has arrived.
    Ending,
    Waiting(Pin<Box<Sleep>>),
    Over,
}

/// Why a stream ends.
enum Failure {
    /// The server answered otherwise.
    Refused(Box<Reply>),
    Other(Error<Infallible>),
}

impl Feed {
    fn new(
        client: Client,
        draft: Draft,
        spec: &'static OperationSpec,
        stream: &'static StreamSpec,
    ) -> Self {
        let end: &[u8] = match stream.framing {
            Framing::Events => b"[DONE]",
            Framing::Lines | Framing::Sequence | Framing::Parts => b"",
        };
        Feed {
            client,
            draft,
            spec,
            stream,
            splitter: Splitter::new(stream.framing, ITEM_LIMIT),
            state: State::Idle,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            end: end.to_vec(),
            idle: Some(IDLE_LIMIT),
            reconnects: 0,
            left: 0,
        }
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, Failure>>> {
        loop {
            // What comes after the last item is not read.
            if matches!(self.state, State::Over) {
                return Poll::Ready(None);
            }
            if let Some(frame) = self.splitter.next_frame() {
                self.left = self.reconnects;
                if !self.end.is_empty() && frame.data == self.end {
                    self.state = State::Over;
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(Ok(frame)));
            }
            match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Idle => self.state = self.opened(),
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.state = State::Idle;
                }
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(Ok(answer)) => {
                        if let Some(error) = self.take(answer) {
                            return Poll::Ready(Some(Err(Failure::Other(error))));
                        }
                    }
                    Ok(Err(reply)) => {
                        return Poll::Ready(Some(Err(Failure::Refused(Box::new(reply)))));
                    }
                    Err(error) => match self.again() {
                        true => {}
                        false => return Poll::Ready(Some(Err(Failure::Other(error)))),
                    },
                },
                State::Ending => match self.again() {
                    true => {}
                    false => return Poll::Ready(None),
                },
                State::Reading(body, idle) => {
                    let piece = match Pin::new(&mut **body).poll_frame(context) {
                        Poll::Ready(piece) => piece,
                        Poll::Pending => {
                            match idle {
                                Some(sleep) => ready!(sleep.as_mut().poll(context)),
                                None => return Poll::Pending,
                            }
                            Some(Err(TransportError::timeout()))
                        }
                    };
                    if let Some(error) = self.take_piece(piece) {
                        return Poll::Ready(Some(Err(Failure::Other(error))));
                    }
                }
            }
        }
    }

    /// The call, made once more.
    fn opened(&mut self) -> State {
        let mut draft = again(&self.draft);
        if let Some(id) = self.splitter.last_id.as_deref().filter(|id| !id.is_empty()) {
            draft.set_header("last-event-id", id);
        }
        State::Opening(Box::pin(open(self.client.clone(), draft, self.spec)))
    }

    /// Takes an answer; an error if it cannot be read.
    fn take(&mut self, answer: http::Response<Body>) -> Option<Error<Infallible>> {
        let (head, body) = answer.into_parts();
        (self.status, self.headers) = (head.status, head.headers);
        if self.status == StatusCode::NO_CONTENT {
            self.state = State::Over;
            return None;
        }
        if self.splitter.begin_again(&self.headers).is_err() {
            return Some(self.unreadable("the media type of the answer names no boundary", &[]));
        }
        self.state = State::Reading(Box::new(body), self.idle.and_then(clock::sleep));
        None
    }

    /// Takes what a connection gave; an error if the stream ends with it.
    fn take_piece(
        &mut self,
        piece: Option<Result<http_body::Frame<Bytes>, TransportError>>,
    ) -> Option<Error<Infallible>> {
        match piece {
            Some(Ok(frame)) => {
                if let State::Reading(_, sleep) = &mut self.state {
                    *sleep = self.idle.and_then(clock::sleep);
                }
                let data = frame.into_data().unwrap_or_default();
                match self.splitter.push(&data) {
                    Ok(()) => None,
                    Err(_) => Some(self.unreadable("an item is larger than the limit", &[])),
                }
            }
            Some(Err(error)) => match self.again() {
                true => None,
                false if error.is_timeout() => Some(Error::Timeout),
                false => Some(Error::Transport(error)),
            },
            None => {
                self.splitter.finish();
                self.state = State::Ending;
                None
            }
        }
    }

    /// Connects again if that is wanted.
    fn again(&mut self) -> bool {
        self.state = State::Over;
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let delay = self.splitter.retry.unwrap_or(RECONNECT_AFTER);
        self.state = match clock::sleep(delay) {
            Some(sleep) => State::Waiting(sleep),
            None => State::Idle,
        };
        true
    }

    fn decoded<T: Decode>(&self, frame: &Frame) -> Result<T, Error<Infallible>> {
        let media_type = frame.headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        // What a part holds is said by the part, if it says so.
        let is_text = self.stream.is_text || media_type.is_some_and(|name| !is_json(name));
        let read = match (is_text, std::str::from_utf8(&frame.data)) {
            (_, Err(_)) => return Err(self.unreadable("expected text in UTF-8", &frame.data)),
            (true, Ok(text)) => codec::decode(serde_json::Value::from(text).to_string().as_bytes()),
            (false, Ok(_)) => codec::decode(&frame.data),
        };
        read.map_err(|error| self.not_as_documented(error, &frame.data))
    }

    fn unreadable(&self, message: &str, data: &[u8]) -> Error<Infallible> {
        self.not_as_documented(DecodeError::new(String::new(), message.to_owned()), data)
    }

    fn not_as_documented(&self, error: DecodeError, data: &[u8]) -> Error<Infallible> {
        let response = ReceivedResponse {
            status: self.status,
            headers: self.headers.clone(),
            body: Bytes::copy_from_slice(data),
        };
        Error::Decode(Box::new(UnreadableResponse { response, error }))
    }
}
