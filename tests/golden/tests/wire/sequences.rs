//! Bodies of JSON values one after the other: what is sent of a list, and of a stream as it comes.

use super::socket::Listener;
use golden::requests_sequential_bodies::runtime::testing::{Answer, Script};
use golden::requests_sequential_bodies::types::Event;
use golden::requests_sequential_bodies::{Body, BodyItems, Client, Error};
use golden::requests_sequential_bodies::{MendEventsBody, SendPointsBody};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};

const EMPTY: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n";

/// Items as they are sent through a channel, as a stream.
struct Received<T>(tokio::sync::mpsc::Receiver<T>);

impl<T> futures_core::Stream for Received<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(context)
    }
}

/// A stream of these items, which are all there.
fn stream<T>(items: Vec<T>) -> Received<T> {
    let (sender, receiver) = tokio::sync::mpsc::channel(items.len());
    items
        .into_iter()
        .for_each(|item| sender.try_send(item).ok().unwrap());
    Received(receiver)
}

fn event(id: i64, text: Option<&str>) -> Event {
    Event {
        text: text.map(str::to_owned),
        ..Event::new(id)
    }
}

fn client(url: impl Into<String>) -> Client {
    Client::builder().base_url(url).build().unwrap()
}

/// What is said of the body in the head of a request, and the body.
fn sent(request: &str) -> (Vec<&str>, &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let said = |line: &&str| {
        let names = ["content-type", "content-length", "transfer-encoding"];
        names.iter().any(|name| line.starts_with(name))
    };
    let mut lines: Vec<&str> = head.lines().filter(said).collect();
    lines.sort_unstable();
    (lines, body)
}

#[tokio::test]
async fn a_list_is_sent_as_lines_or_as_a_sequence() {
    let server = Listener::answering(EMPTY);
    let client = client(server.url());
    let events = || vec![event(1, Some("a\nb")), event(2, None)];

    client.send_events(events()).await.unwrap();
    let request = server.request();
    let lines = "{\"id\":1,\"text\":\"a\\nb\"}\n{\"id\":2}\n";
    let head = vec!["content-length: 32", "content-type: application/x-ndjson"];
    assert_eq!(sent(&request), (head, lines));

    let call = client.send_events(events());
    call.content_type("application/jsonl").await.unwrap();
    let request = server.request();
    let head = vec!["content-length: 32", "content-type: application/jsonl"];
    assert_eq!(sent(&request), (head, lines));

    client.replace_events().body(events()).await.unwrap();
    let request = server.request();
    let records = "\u{1e}{\"id\":1,\"text\":\"a\\nb\"}\n\u{1e}{\"id\":2}\n";
    let head = vec!["content-length: 34", "content-type: application/json-seq"];
    assert_eq!(sent(&request), (head, records));

    client.send_events([]).await.unwrap();
    assert_eq!(sent(&server.request()).1, "");

    let ready = BodyItems::from_body("{\"id\":7}\n");
    client.send_events(ready).await.unwrap();
    assert_eq!(sent(&server.request()).1, "{\"id\":7}\n");
}

#[tokio::test]
async fn items_are_one_of_the_ways_of_a_body() {
    let server = Listener::answering(EMPTY);
    let client = client(server.url());

    client.mend_events(vec![event(1, None)]).await.unwrap();
    let request = server.request();
    let head = vec!["content-length: 10", "content-type: application/json"];
    assert_eq!(sent(&request), (head, "[{\"id\":1}]"));

    let items: BodyItems<Event> = [event(1, None), event(2, None)].into();
    client.mend_events(items).await.unwrap();
    let request = server.request();
    let head = vec!["content-length: 18", "content-type: application/x-ndjson"];
    assert_eq!(sent(&request), (head, "{\"id\":1}\n{\"id\":2}\n"));

    let numbers = MendEventsBody::JsonSeq((1..4).collect());
    client.mend_events(numbers).await.unwrap();
    let request = server.request();
    let head = vec!["content-length: 9", "content-type: application/json-seq"];
    assert_eq!(sent(&request), (head, "\u{1e}1\n\u{1e}2\n\u{1e}3\n"));

    client.mend_events(Body::from("any")).await.unwrap();
    assert_eq!(sent(&server.request()).1, "any");

    let points = BodyItems::from(vec![vec![1.5, 2.0], vec![]]);
    client.send_points(points).await.unwrap();
    let request = server.request();
    let head = vec![
        "content-length: 15",
        "content-type: application/geo+json-seq",
    ];
    assert_eq!(sent(&request), (head, "\u{1e}[1.5,2.0]\n\u{1e}[]\n"));

    let points = SendPointsBody::Jsonlines(vec![vec![0.5]].into());
    client.send_points(points).await.unwrap();
    assert_eq!(sent(&server.request()).1, "[0.5]\n");
}

/// The second item is made only after the server has read the first; would the client wait for all, neither would move.
#[tokio::test(flavor = "multi_thread")]
async fn the_items_of_a_stream_are_sent_as_they_come() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (items, receiver) = tokio::sync::mpsc::channel(1);
    items.send(event(1, None)).await.unwrap();
    let (report, reported) = mpsc::channel();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut request, mut buffer, mut items) = (Vec::new(), [0; 4096], Some(items));
        while !request.ends_with(b"\r\n0\r\n\r\n") {
            let count = stream.read(&mut buffer).unwrap();
            assert_ne!(count, 0, "the request ended early");
            request.extend_from_slice(&buffer[..count]);
            if request.ends_with(b"{\"id\":1}\n\r\n")
                && let Some(items) = items.take()
            {
                items.blocking_send(event(2, None)).unwrap();
            }
        }
        stream.write_all(EMPTY.as_bytes()).unwrap();
        report.send(String::from_utf8(request).unwrap()).unwrap();
    });
    let body = BodyItems::from_stream(Received(receiver));
    client(url).replace_events().body(body).await.unwrap();
    server.join().unwrap();
    let request = reported.recv().unwrap();
    let head = vec![
        "content-type: application/json-seq",
        "transfer-encoding: chunked",
    ];
    let chunks = "A\r\n\u{1e}{\"id\":1}\n\r\nA\r\n\u{1e}{\"id\":2}\n\r\n0\r\n\r\n";
    assert_eq!(sent(&request), (head, chunks));
}

#[tokio::test(start_paused = true)]
async fn a_list_is_sent_again_and_a_stream_is_not() {
    let busy = || Answer::new(503);
    let scripted = |server: Script| {
        let client = Client::builder().base_url("http://localhost");
        client.transport(server).build().unwrap()
    };
    let server = Script::new().answer(busy()).answer(Answer::new(204));
    let body = vec![event(1, None)];
    scripted(server.clone())
        .replace_events()
        .body(body)
        .await
        .unwrap();
    assert_eq!(server.sent().len(), 2);

    let server = Script::new().answer(busy()).answer(Answer::new(204));
    let body = BodyItems::from_stream(stream(vec![event(1, None)]));
    let result = scripted(server.clone()).replace_events().body(body).await;
    assert!(matches!(result, Err(Error::Undocumented(_))), "{result:?}");
    assert_eq!(server.sent().len(), 1);
}

#[tokio::test]
async fn a_stream_that_fails_ends_the_call() {
    let server = Listener::answering(EMPTY);
    let items = vec![Ok(event(1, None)), Err("out of paper")];
    let body = BodyItems::from_results(stream(items));
    let result = client(server.url()).replace_events().body(body).await;
    assert!(matches!(result, Err(Error::Transport(_))), "{result:?}");
    let request = server.request();
    assert!(!request.ends_with("0\r\n\r\n"), "{request}");

    let points = BodyItems::from(vec![vec![f64::NAN]]);
    let result = client("http://localhost").send_points(points).await;
    assert!(matches!(result, Err(Error::Request(_))), "{result:?}");
}
