//! Bodies that are compressed, and those that are not.

use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;

use crate::client::item;
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::{Client, ClientBuilder};
use crate::emitted::runtime::retry::RetryPolicy;
use crate::emitted::runtime::testing::{Answer, Script, Sent};

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

fn long() -> crate::emitted::types::Item {
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
