//! For tests of programs that use the client: a transport that answers by a script, and remembers what it was sent.
//!
//! ```text
//! let server = Script::new().answer(Answer::new(503)).answer(Answer::json(200, r#"{"id": "1"}"#));
//! let client = Client::builder().transport(server.clone()).build()?;
//! client.get_thing("1").await?;
//! assert_eq!(server.sent()[1].url(), "https://api.example.com/things/1");
//! ```
//!
//! Nothing waits for anything: with tokio's clock paused, retries and delays take no time.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};

use super::body::Body;
use super::clock;
use super::identity::Called;
use super::transport::{Timeout, Transport, TransportError, TransportFuture};

/// A transport that gives its answers one after the other. Clones share them, so that one can be kept to ask what was
/// sent.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    otherwise: Option<Arc<Reaction>>,
    sent: Vec<Sent>,
}

type Reaction = dyn Fn(&Sent) -> Answer + Send + Sync;

impl Script {
    /// One without answers.
    pub fn new() -> Self {
        Script::default()
    }

    /// Adds an answer.
    #[must_use]
    pub fn answer(self, answer: impl Into<Answer>) -> Self {
        self.state().answers.push_back(answer.into());
        self
    }

    /// Answers what comes after all answers by what it is. Without one, that is an error of the transport.
    #[must_use]
    pub fn otherwise(self, react: impl Fn(&Sent) -> Answer + Send + Sync + 'static) -> Self {
        self.state().otherwise = Some(Arc::new(react));
        self
    }

    /// What was sent until now, in its order.
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn respond(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let (head, body) = request.into_parts();
        let (body, _) = body.collect_up_to(usize::MAX).await?;
        let called = head.extensions.get::<Called>();
        let secret_path = called.filter(|called| called.path_is_secret);
        let sent = Sent {
            template: secret_path.map(|called| called.operation.path),
            method: head.method,
            url: head.uri.to_string(),
            headers: head.headers,
            body,
        };
        let (scripted, otherwise) = {
            let mut state = self.state();
            state.sent.push(sent.clone());
            (state.answers.pop_front(), state.otherwise.clone())
        };
        let answer = match (scripted, otherwise) {
            (Some(answer), _) => answer,
            (None, Some(react)) => react(&sent),
            (None, None) => {
                let message = format!("the script has no answer to this {}", sent.method);
                return Err(TransportError::new(message));
            }
        };
        let limit = timeout.map(|Timeout(limit)| limit);
        let answered = clock::within(limit, answer.give()).await;
        answered.unwrap_or_else(|| Err(TransportError::timeout()))
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.respond(request))
    }
}

/// Shows how far it has come.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Script")
            .field("answers", &state.answers.len())
            .field("sent", &state.sent)
            .finish_non_exhaustive()
    }
}

/// An answer of a script.
pub struct Answer {
    delay: Option<Duration>,
    outcome: Outcome,
}

enum Outcome {
    Answered(Response<Body>),
    Failed(TransportError),
    Never,
}

impl Answer {
    /// An empty answer with this status, 500 if there is none of this number.
    pub fn new(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = status;
        answer.into()
    }

    /// An answer of JSON.
    pub fn json(status: u16, text: impl Into<String>) -> Self {
        let body = Body::from(text.into());
        Answer::new(status)
            .header("content-type", "application/json")
            .body(body)
    }

    /// A connection that breaks after the request was sent.
    pub fn broken() -> Self {
        TransportError::new("the connection broke").into()
    }

    /// No connection to begin with: no server received the request.
    pub fn refused() -> Self {
        TransportError::connect("no connection to the server").into()
    }

    /// None, however long one waits.
    pub fn never() -> Self {
        Answer::of(Outcome::Never)
    }

    /// The same answer with a header. One that is not legal is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Outcome::Answered(answer) = &mut self.outcome
            && let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            answer.headers_mut().insert(name, value);
        }
        self
    }

    /// The same answer with a body: bytes, or a stream of them.
    #[must_use]
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        if let Outcome::Answered(answer) = &mut self.outcome {
            *answer.body_mut() = body.into();
        }
        self
    }

    /// The same answer after this time, by the clock of tokio.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    fn of(outcome: Outcome) -> Self {
        Answer {
            delay: None,
            outcome,
        }
    }

    async fn give(self) -> Result<Response<Body>, TransportError> {
        if let Some(sleep) = self.delay.and_then(clock::sleep) {
            sleep.await;
        }
        match self.outcome {
            Outcome::Answered(answer) => Ok(answer),
            Outcome::Failed(error) => Err(error),
            Outcome::Never => std::future::pending().await,
        }
    }
}

impl From<Response<Body>> for Answer {
    fn from(answer: Response<Body>) -> Self {
        Answer::of(Outcome::Answered(answer))
    }
}

impl From<TransportError> for Answer {
    fn from(error: TransportError) -> Self {
        Answer::of(Outcome::Failed(error))
    }
}

/// Shows the status only.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Answered(answer) => write!(f, "Answer({})", answer.status().as_u16()),
            Outcome::Failed(error) => write!(f, "Answer({error})"),
            Outcome::Never => f.write_str("Answer(never)"),
        }
    }
}

/// A request that was sent.
#[derive(Clone)]
pub struct Sent {
    /// What is shown of the path where there is a secret in it.
    template: Option<&'static str>,
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Sent {
    /// The method.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The whole URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The value of a header, credentials included; `None` if it was not sent, or is no text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, also that of a stream.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text, without what is no UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Shows the method, the path and what kind of a body it is: tests are logged too.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.url.split('?').next().unwrap_or_default();
        let path = self.template.unwrap_or(path);
        f.debug_struct("Sent")
            .field("method", &self.method.as_str())
            .field("path", &path)
            .field("content_type", &self.headers.get(CONTENT_TYPE))
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
