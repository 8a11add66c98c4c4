//! The connection that a stream of items comes from, and its clock. Of the items it knows no more than their bytes.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body::Body as _;
use tokio::time::Sleep;

use super::body::Body;
use super::call::{ERROR_BODY_LIMIT, open};
use super::client::Client;
use super::clock;
use super::codec::{self, Decode, DecodeError};
use super::draft::Draft;
use super::error::{Error, ReceivedResponse, UnreadableResponse};
use super::framing::{Frame, Framing, Splitter, StreamSpec, TooLarge};
use super::operation::{OperationSpec, Reply, essence, is_json};
use super::repeat::again;
use super::transport::TransportError;

/// How large an item may be unless the stream is told otherwise.
const ITEM_LIMIT: usize = 4 * 1024 * 1024;

/// How long nothing may arrive unless the stream is told otherwise.
const IDLE_LIMIT: Duration = Duration::from_secs(300);

/// How long a client waits before it connects again, unless the server says how long.
const RECONNECT_AFTER: Duration = Duration::from_secs(3);

/// The work of reading a stream, the same for every operation.
pub(super) struct Feed {
    client: Client,
    draft: Draft,
    pub(super) spec: &'static OperationSpec,
    pub(super) stream: &'static StreamSpec,
    pub(super) splitter: Splitter,
    state: State,
    status: StatusCode,
    headers: HeaderMap,
    /// The data of the item that ends the stream; nothing does if it is empty.
    pub(super) end: Vec<u8>,
    /// How long nothing may arrive.
    pub(super) idle: Option<Duration>,
    /// How often to connect again without an item between, and how often is left of that.
    pub(super) reconnects: u32,
    pub(super) left: u32,
}

/// An answer on its way.
type Opening = Pin<
    Box<dyn Future<Output = Result<Result<http::Response<Body>, Reply>, Error<Infallible>>> + Send>,
>;

enum State {
    /// Nothing has been sent, or something is to be sent again.
    Idle,
    Opening(Opening),
    /// The body, and when it counts as broken while somebody waits for it.
    Reading(Box<Body>, Option<Pin<Box<Sleep>>>),
    /// The last piece has arrived.
    Ending,
    Waiting(Pin<Box<Sleep>>),
    Over,
}

/// Why a stream ends.
pub(super) enum Failure {
    /// The server answered otherwise.
    Refused(Box<Reply>),
    Other(Error<Infallible>),
}

impl Feed {
    pub(super) fn new(
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

    /// The next item, as bytes.
    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame, Failure>>> {
        loop {
            // What comes after the last item is not read.
            if matches!(self.state, State::Over) {
                return Poll::Ready(None);
            }
            match self.splitter.next_frame() {
                Ok(Some(frame)) => {
                    self.left = self.reconnects;
                    if !self.end.is_empty() && frame.data == self.end {
                        self.state = State::Over;
                        return Poll::Ready(None);
                    }
                    return Poll::Ready(Some(Ok(frame)));
                }
                Ok(None) => {}
                Err(TooLarge) => {
                    let error = self.unreadable("an item is larger than the limit", &[]);
                    return Poll::Ready(Some(Err(Failure::Other(error))));
                }
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
                    Err(error) => {
                        let may_pass = matches!(error, Error::Transport(_) | Error::Timeout);
                        if !may_pass || !self.again() {
                            return Poll::Ready(Some(Err(Failure::Other(error))));
                        }
                    }
                },
                State::Ending => match self.again() {
                    true => {}
                    false => return Poll::Ready(None),
                },
                State::Reading(body, waiting) => {
                    let piece = match Pin::new(&mut **body).poll_frame(context) {
                        Poll::Ready(piece) => {
                            *waiting = None;
                            piece
                        }
                        Poll::Pending => {
                            // Whoever is slow to ask for the next item is not kept waiting by the server.
                            if waiting.is_none() {
                                *waiting = self.idle.and_then(clock::sleep);
                            }
                            match waiting {
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

    /// Hands out nothing more.
    pub(super) fn end_here(&mut self) {
        self.state = State::Over;
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
        if self.is_something_else() {
            // Without an event in it, it would be taken for a stream that ended.
            let (status, headers) = (self.status, self.headers.clone());
            self.state = State::Opening(Box::pin(no_events(status, headers, body, self.idle)));
            return None;
        }
        if self.splitter.begin_again(&self.headers).is_err() {
            return Some(self.unreadable("the media type of the answer names no boundary", &[]));
        }
        self.state = State::Reading(Box::new(body), None);
        None
    }

    /// Whether the answer says that it is no stream of events. Servers that say nothing in particular are believed to send
    /// what was asked for.
    fn is_something_else(&self) -> bool {
        let found = self.headers.get(CONTENT_TYPE);
        let found = essence(
            found
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default(),
        );
        let is_unspecific = ["", "text/plain", "application/octet-stream"].contains(&found);
        let expected = essence(self.stream.media_type);
        self.stream.framing == Framing::Events
            && !is_unspecific
            && !found.eq_ignore_ascii_case(expected)
    }

    /// Takes what a connection gave; an error if the stream ends with it.
    fn take_piece(
        &mut self,
        piece: Option<Result<http_body::Frame<Bytes>, TransportError>>,
    ) -> Option<Error<Infallible>> {
        match piece {
            Some(Ok(frame)) => {
                self.splitter.push(frame.into_data().unwrap_or_default());
                None
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

    /// What an item holds.
    pub(super) fn decoded<T: Decode>(&self, frame: &Frame) -> Result<T, Error<Infallible>> {
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

/// The error of an answer that is no stream, with the beginning of its body.
async fn no_events(
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    limit: Option<Duration>,
) -> Result<Result<http::Response<Body>, Reply>, Error<Infallible>> {
    let body = clock::within(limit, body.collect_up_to(ERROR_BODY_LIMIT)).await;
    let (body, _) = body.ok_or(Error::Timeout)?.map_err(Error::Transport)?;
    let found = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let found: String = essence(found.unwrap_or_default())
        .chars()
        .take(64)
        .collect();
    let message = format!("expected server-sent events, found {found}");
    let error = DecodeError::new(String::new(), message);
    let response = ReceivedResponse {
        status,
        headers,
        body,
    };
    Err(Error::Decode(Box::new(UnreadableResponse {
        response,
        error,
    })))
}
