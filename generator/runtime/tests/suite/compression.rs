//! Bodies that are compressed, and those that are not.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use http_body::Frame;

use crate::client::item;
use crate::emitted::api::MakeItemError;
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::{Client, ClientBuilder};
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::response::Response;
use crate::emitted::runtime::retry::RetryPolicy;
use crate::emitted::runtime::testing::{Answer, Script, Sent};
use crate::emitted::runtime::transport::TransportError;
use crate::emitted::types::Item;

fn scripted(from: usize) -> (ClientBuilder, Script) {
    let server = Script::new().otherwise(|_| Answer::json(201, crate::client::item_json()));
    let client = Client::builder().base_url("http://localhost");
    let client = client.bearer("t").basic("u", "p").keys("k").seed(7);
    let client = client.compress_requests(from);
    (client.transport(server.clone()), server)
}

fn decoded(sent: &Sent) -> String {
    let mut text = String::new();
    let mut decoder = GzDecoder::new(&sent.body()[..]);
    decoder.read_to_string(&mut text).unwrap();
    text
}

fn long() -> Item {
    let mut item = item();
    item.name = "x".repeat(5000);
    item
}

#[tokio::test(start_paused = true)]
async fn a_large_body_is_compressed_once_and_the_same_on_each_try() {
    let server = Script::new().answer(Answer::new(503));
    let server = server.otherwise(|_| Answer::json(201, crate::client::item_json()));
    let (client, _) = scripted(1024);
    let client = client.transport(server.clone());
    let policy = RetryPolicy::default().first_delay(Duration::from_millis(1));
    let client = client.retry(policy).build().unwrap();
    let call = client.make_item("g", &long());
    call.header("idempotency-key", "1").await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    for sent in &sent {
        assert_eq!(sent.header("content-encoding"), Some("gzip"));
        assert!(sent.body().len() < 500, "{}", sent.body().len());
        assert!(decoded(sent).contains(&"x".repeat(5000)));
    }
    assert_eq!(sent[0].body(), sent[1].body());
}

#[tokio::test]
async fn what_is_small_compressed_or_a_stream_is_sent_as_it_is() {
    let (client, server) = scripted(1024);
    let client = client.build().unwrap();
    client.make_item("g", &item()).await.unwrap();
    let call = client.make_item("g", &long());
    call.header("content-encoding", "identity").await.unwrap();
    let call = client.make_item("g", &long());
    call.content_type("image/png").await.unwrap();
    let call = client.make_item("g", &long());
    let stream = Body::from_source(None, || Body::from("x".repeat(5000)));
    call.bytes("text/plain", stream).await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 4);
    for sent in &sent {
        assert_ne!(sent.header("content-encoding"), Some("gzip"));
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

type Made = Result<Response<Item>, Error<MakeItemError>>;

async fn answered(answer: Answer) -> (Made, Sent) {
    let server = Script::new().answer(answer);
    let client = scripted(usize::MAX).0.transport(server.clone());
    let client = client.accept_gzip().build().unwrap();
    let result = client.make_item("g", &item()).await;
    (result, server.sent().remove(0))
}

fn compressed(body: impl Into<Body>) -> Answer {
    let answer = Answer::json(201, "").header("content-encoding", "GZIP");
    answer.header("content-length", "7").body(body)
}

#[tokio::test]
async fn answers_are_asked_for_compressed_and_expanded() {
    let json = crate::client::item_json();
    let (made, sent) = answered(compressed(gzip(&json))).await;
    assert_eq!(made.unwrap().name, item().name);
    assert_eq!(sent.header("accept-encoding"), Some("gzip"));
    // A server may do as it likes, and may write several of them one after the other (RFC 1952, section 2.2).
    let (made, _) = answered(Answer::json(201, json.clone())).await;
    made.unwrap();
    let (before, after) = json.split_at(9);
    let both = [gzip(before), gzip(after)].concat();
    answered(compressed(both)).await.0.unwrap();
}

#[tokio::test]
async fn what_is_not_whole_or_not_gzip_is_an_error() {
    let whole = gzip(&crate::client::item_json());
    let cut = whole[..whole.len() - 9].to_vec();
    let mut spoiled = whole.clone();
    spoiled[whole.len() - 6] ^= 1;
    for body in [cut, spoiled, b"{}".to_vec()] {
        let error = answered(compressed(body)).await.0.unwrap_err();
        let Error::Transport(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.to_string(), "the answer is not compressed as it says");
    }
}

#[tokio::test]
async fn each_piece_is_expanded_when_it_comes() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let mut pieces = Vec::new();
    for text in ["first", "second"] {
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.flush().unwrap();
        pieces.push(std::mem::take(encoder.get_mut()));
    }
    let read = Arc::new(AtomicUsize::new(0));
    let body = Body::wrap(Pieces(pieces.into(), read.clone()));
    let client = scripted(usize::MAX).0.accept_gzip();
    let client = client.transport(Script::new().answer(compressed(body)));
    let client = client.build().unwrap();
    let answer = client.make_item("g", &item()).stream().await.unwrap();
    assert!(!answer.headers().contains_key("content-encoding"));
    assert!(!answer.headers().contains_key("content-length"));
    let mut body = answer.into_inner();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "first");
    assert_eq!(read.load(Ordering::SeqCst), 1);
    assert_eq!(body.chunk().await.unwrap().unwrap(), "second");
}

/// Pieces of a stream, and how many of them have been read.
struct Pieces(VecDeque<Vec<u8>>, Arc<AtomicUsize>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        let piece = self.0.pop_front();
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece.into()))))
    }
}

#[tokio::test]
async fn what_is_asked_for_otherwise_is_left_as_it_comes() {
    let server = Script::new().otherwise(|_| compressed(gzip("x")));
    let client = scripted(usize::MAX).0.transport(server.clone());
    let client = client.accept_gzip().build().unwrap();
    for (name, value) in [("accept-encoding", "br"), ("range", "bytes=0-9")] {
        let call = client.make_item("g", &item()).header(name, value);
        let answer = call.stream().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], "GZIP");
        let (body, _) = answer.into_inner().collect_up_to(99).await.unwrap();
        assert_eq!(body, gzip("x"));
    }
    assert_eq!(server.sent()[1].header("accept-encoding"), None);
    // A client that cannot expand it says what is wrong.
    let client = scripted(usize::MAX).0.transport(server).build().unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    let expected = "expected JSON, found it encoded as GZIP";
    assert!(error.to_string().ends_with(expected), "{error}");
}
