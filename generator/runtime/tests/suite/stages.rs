//! The layers that a client has of its own, each replaced; bodies that stand still; calls that block; the script itself.

use std::collections::VecDeque;
use std::io::Read as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request};
use http_body::Frame;
use tokio::time::{Instant, Sleep};

use crate::client::{item, item_json};
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::identity::Called;
use crate::emitted::runtime::layer::{Layer, Next, Stage};
use crate::emitted::runtime::testing::{Answer, Script};
use crate::emitted::runtime::transport::{TransportError, TransportFuture};

/// Adds a word to a header, to see in which order layers are gone through.
struct Word(&'static str);

impl Layer for Word {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        assert_eq!(
            request.extensions().get::<Called>().unwrap().operation.id,
            "ping"
        );
        let word = HeaderValue::from_static(self.0);
        request.headers_mut().append("x-order", word);
        next.send(request)
    }
}

#[tokio::test(start_paused = true)]
async fn each_layer_of_the_client_can_be_replaced_and_their_order_stands() {
    let server = Script::new().otherwise(|_| Answer::new(200));
    let client = Client::builder()
        .transport(server.clone())
        .bearer("hunter2")
        .replace(Stage::Timeout, Word("timeout"))
        .replace(Stage::Credentials, Word("credentials"))
        .replace(Stage::Retry, Word("retry"))
        .replace(Stage::Telemetry, Word("telemetry"))
        .replace(Stage::Identity, Word("identity"))
        .layer_per_try(Word("own per try"))
        .layer(Word("own"))
        .build()
        .unwrap();
    client.ping().await.unwrap();
    let sent = server.sent();
    let order = sent[0].headers().get_all("x-order").iter();
    let order: Vec<_> = order.map(|word| word.to_str().unwrap()).collect();
    let expected = [
        "identity",
        "telemetry",
        "own",
        "retry",
        "own per try",
        "credentials",
        "timeout",
    ];
    assert_eq!(order, expected);
    assert_eq!(sent[0].header("authorization"), None);
    assert_eq!(sent[0].header("user-agent"), None);
}

/// Signs in a way of its own.
struct Sign;

impl Layer for Sign {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let signature = HeaderValue::from_static("Signature x");
        request.headers_mut().insert("authorization", signature);
        next.send(request)
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_signs_calls_is_asked_for_no_credential() {
    let server = Script::new().answer(Answer::json(201, item_json()));
    let client = Client::builder().transport(server.clone());
    let client = client.replace(Stage::Credentials, Sign).build().unwrap();
    client.make_item("g", &item()).await.unwrap();
    assert_eq!(
        server.sent()[0].header("authorization"),
        Some("Signature x")
    );
}

#[tokio::test(start_paused = true)]
async fn a_missing_credential_is_told_before_anything_is_sent_with_all_that_would_do() {
    let server = Script::new().otherwise(|_| Answer::new(200));
    let client = Client::builder().transport(server.clone()).build().unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request could not be built: the credentials: the operation needs `bearer`, or `query_key` and `header_key` and `cookie_key`, or `basic`"
    );
    assert!(server.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_has_one_name_for_all_its_tries() {
    let server = Script::new()
        .answer(Answer::new(503))
        .answer(Answer::broken());
    let server = server.otherwise(|_| Answer::new(200));
    let client = Client::builder().transport(server.clone());
    let client = client.request_ids("X-Request-Id").build().unwrap();
    client.ping().await.unwrap();
    client.ping().await.unwrap();
    client.ping().header("x-request-id", "mine").await.unwrap();
    let sent = server.sent();
    let names: Vec<_> = sent
        .iter()
        .map(|sent| sent.header("x-request-id").unwrap())
        .collect();
    assert_eq!((names[0], names[1]), (names[1], names[2]));
    assert_ne!(names[2], names[3]);
    assert_eq!(names[4], "mine");
    assert_eq!(sent[0].header("user-agent"), Some("test-api/1.0"));
    assert!(Client::builder().request_ids("no name").build().is_err());
}

/// A body whose pieces come after times of waiting.
fn slow(pieces: Vec<(u64, &'static str)>) -> Body {
    Body::wrap(Pieces {
        pieces: pieces.into(),
        sleep: None,
    })
}

struct Pieces {
    pieces: VecDeque<(u64, &'static str)>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Some((seconds, piece)) = self.pieces.front().copied() else {
            return Poll::Ready(None);
        };
        let wait = || Box::pin(tokio::time::sleep(Duration::from_secs(seconds)));
        ready!(self.sleep.get_or_insert_with(wait).as_mut().poll(context));
        self.sleep = None;
        self.pieces.pop_front();
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stands_still_is_given_up_and_one_that_is_only_slow_is_not() {
    let server = Script::new()
        .otherwise(|_| Answer::new(200).body(slow(vec![(59, "a"), (59, "b"), (61, "c")])));
    let client = Client::builder().transport(server.clone()).build().unwrap();
    let start = Instant::now();
    let mut answer = client.ping().stream().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "b");
    let error = answer.chunk().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server has sent nothing more for 60 seconds"
    );
    // Longer than a call may take: a stream has no limit but this.
    assert_eq!(start.elapsed(), Duration::from_secs(59 + 59 + 60));

    let client = Client::builder()
        .transport(server)
        .stall_timeout(Duration::from_secs(5));
    let error = client.build().unwrap().ping().await.unwrap_err();
    assert!(
        error.to_string().ends_with("nothing more for 5 seconds"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_head_of_a_stream_must_come_in_time_and_its_body_may_take_longer() {
    let server = Script::new()
        .answer(Answer::new(200).body(slow(vec![(50, "a"), (50, "b")])))
        .answer(Answer::never());
    let client = Client::builder().transport(server.clone()).build().unwrap();
    let mut answer = client.ping().stream().await.unwrap();
    while answer.chunk().await.unwrap().is_some() {}
    let error = client.ping().stream().await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error}");
}

#[test]
fn a_call_may_block_its_thread_but_not_one_of_tokio() {
    let server = Script::new().otherwise(|_| Answer::new(200).body("hello"));
    let client = Client::builder().transport(server).build().unwrap();
    client.ping().wait().unwrap();
    let mut text = String::new();
    let mut answer = client.ping().wait_stream().unwrap().into_inner();
    answer.read_to_string(&mut text).unwrap();
    assert_eq!(text, "hello");

    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let error = runtime.block_on(async { client.ping().wait().unwrap_err() });
    assert!(matches!(error, Error::Request(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_script_answers_in_its_order_and_remembers_what_it_was_sent() {
    let server = Script::new().answer(Answer::refused()).answer(
        Answer::json(201, item_json())
            .header("x-a", "b")
            .after(Duration::from_secs(9)),
    );
    let client = Client::builder()
        .transport(server.clone())
        .bearer("hunter2")
        .build()
        .unwrap();
    let start = Instant::now();
    let made = client.make_item("g", &item()).await.unwrap();
    assert_eq!(made.headers()["x-a"], "b");
    assert!(start.elapsed() >= Duration::from_secs(9));
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[1].method(), "POST");
    assert_eq!(sent[1].url(), "https://eu.example.com/v1/groups/g/items");
    assert_eq!(sent[1].header("authorization"), Some("Bearer hunter2"));
    assert_eq!(sent[1].text(), item_json());
    assert!(!format!("{server:?}").contains("hunter2"));
    let error = client.ping().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the call failed: the script has no answer to this GET"
    );
}
