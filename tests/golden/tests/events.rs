//! Answers that are streams of items. The clock is turned, nobody waits.

#![allow(clippy::unwrap_used, clippy::panic)]

use bytes::Bytes;
use golden::responses_streams::runtime::body::Body;
use golden::responses_streams::runtime::error::Error;
use golden::responses_streams::runtime::testing::{Answer, Script};
use golden::responses_streams::runtime::transport::TransportError;
use golden::responses_streams::types::ChatRequest;
use golden::responses_streams::{ChatError, Client};
use http_body::Frame;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A piece of an answer.
#[derive(Clone)]
enum Piece {
    Data(&'static [u8]),
    Broken,
    Stalled,
    /// Nothing for so many seconds of waiting.
    Late(u64),
}

/// A body that arrives in pieces.
struct Pieces(VecDeque<Piece>, Option<Pin<Box<tokio::time::Sleep>>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Some(Piece::Stalled) = self.0.front() {
            return Poll::Pending;
        }
        if let Some(Piece::Late(seconds)) = self.0.front() {
            let time = Duration::from_secs(*seconds);
            let sleep = self
                .1
                .get_or_insert_with(|| Box::pin(tokio::time::sleep(time)));
            ready!(sleep.as_mut().poll(context));
            (self.1, _) = (None, self.0.pop_front());
        }
        match self.0.pop_front() {
            None => Poll::Ready(None),
            Some(Piece::Data(data)) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(data))))),
            Some(Piece::Broken) => Poll::Ready(Some(Err(TransportError::new("it broke")))),
            Some(Piece::Stalled | Piece::Late(_)) => unreachable!("dealt with above"),
        }
    }
}

/// `Accept` and `Last-Event-ID` of the calls.
type Calls = Arc<Mutex<Vec<(String, String)>>>;

/// A client whose calls are answered one after the other.
fn client(answers: Vec<(u16, Vec<Piece>)>) -> (Client, Calls) {
    let calls = Calls::default();
    let log = calls.clone();
    let answers = Mutex::new(VecDeque::from(answers));
    let transport = move |request: http::Request<Body>| {
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.map_or("", |value| value.to_str().unwrap()).to_owned()
        };
        log.lock()
            .unwrap()
            .push((header("accept"), header("last-event-id")));
        let (status, pieces) = answers.lock().unwrap().pop_front().unwrap();
        let body = Body::wrap(Pieces(pieces.into(), None));
        async move { Ok(http::Response::builder().status(status).body(body).unwrap()) }
    };
    (
        Client::builder().transport(transport).build().unwrap(),
        calls,
    )
}

#[tokio::test(start_paused = true)]
async fn events_are_typed_and_end_at_the_terminator() {
    let (client, calls) = client(vec![(
        200,
        vec![
            Piece::Data(b"\xef\xbb\xbf: hello\r\nevent: delta\r\nid: 7\r"),
            Piece::Data(b"\ndata: {\"delta\":\ndata: \"a\"}\n\ndata: {\"del"),
            Piece::Data(b"ta\":\"b\"}\r\rdata: [DONE]\n\ndata: no JSON\n\n"),
        ],
    )]);
    let mut events = client.chat(ChatRequest::default()).events();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!(first.delta, "a");
    assert_eq!(
        (first.event.as_deref(), first.id.as_deref()),
        (Some("delta"), Some("7"))
    );
    let second = events.next().await.unwrap().unwrap();
    assert_eq!((&*second.delta, second.event.as_deref()), ("b", None));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    assert_eq!(events.last_event_id(), Some("7"));
    assert_eq!(calls.lock().unwrap()[0].0, "text/event-stream");
}

#[tokio::test(start_paused = true)]
async fn lines_and_sequences_are_typed_and_text_is_text() {
    let (client, _) = client(vec![
        (
            200,
            vec![
                Piece::Data(b"{\"delta\":\"a\"}\r\n\n{\"del"),
                Piece::Data(b"ta\":\"b\"}"),
            ],
        ),
        (
            200,
            vec![Piece::Data(
                b"\x1e{\"delta\":\n\"a\"}\n\x1e{\"delta\":\"b\"}\n",
            )],
        ),
        (200, vec![Piece::Data(b"data: one\ndata:two\n\ndata: lost")]),
    ]);
    let mut rows = client.export_rows().events();
    let mut log = client.read_log().events();
    for delta in ["a", "b"] {
        assert_eq!(rows.next().await.unwrap().unwrap().delta, delta);
        assert_eq!(log.next().await.unwrap().unwrap().delta, delta);
    }
    assert!(rows.next().await.is_none());
    assert!(log.next().await.is_none());
    let mut news = client.watch_news().events();
    assert_eq!(news.next().await.unwrap().unwrap().data, "one\ntwo");
    // An event that no empty line ends is none.
    assert!(news.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_cut_is_resumed_after_the_last_event() {
    let (client, calls) = client(vec![
        (
            200,
            vec![
                Piece::Data(b"retry: 1500\nid: 1\ndata: a\n\nid: 2\ndata: lo"),
                Piece::Broken,
            ],
        ),
        (
            200,
            vec![Piece::Data(b"id: 2\ndata: b\n\n"), Piece::Stalled],
        ),
        (204, Vec::new()),
    ]);
    let start = tokio::time::Instant::now();
    let events = client.watch_news().events().reconnect(1);
    let mut events = events.idle_timeout(Duration::from_secs(10));
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert_eq!(events.next().await.unwrap().unwrap().data, "b");
    assert_eq!(start.elapsed(), Duration::from_millis(1500));
    assert!(events.next().await.is_none());
    assert_eq!(start.elapsed().as_millis(), 1500 + 10_000 + 1500);
    let calls = calls.lock().unwrap();
    let ids: Vec<&str> = calls.iter().map(|(_, id)| &**id).collect();
    assert_eq!(ids, ["", "1", "2"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_stalls_or_breaks_says_so() {
    let (client, _) = client(vec![
        (200, vec![Piece::Data(b"data: a\n\n"), Piece::Stalled]),
        (200, vec![Piece::Data(b"data: a\n\n"), Piece::Broken]),
    ]);
    let mut events = client.watch_news().events();
    assert!(events.next().await.unwrap().is_ok());
    assert!(matches!(events.next().await, Some(Err(Error::Timeout))));
    assert!(events.next().await.is_none());
    let mut events = client.watch_news().events();
    assert!(events.next().await.unwrap().is_ok());
    assert!(matches!(
        events.next().await,
        Some(Err(Error::Transport(_)))
    ));
    assert!(events.next().await.is_none());
}

/// Whoever takes long over an item has not waited for the next one.
#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_not_taken_for_a_slow_server() {
    let (client, _) = client(vec![(
        200,
        vec![
            Piece::Data(b"id: 1\ndata: a\n\nid: 2\ndata: b\n\n"),
            Piece::Late(1),
            Piece::Data(b"data: c\n\n"),
            Piece::Late(11),
        ],
    )]);
    let events = client.watch_news().events().resume_after("0");
    let mut events = events.item_limit(100).idle_timeout(Duration::from_secs(10));
    assert_eq!(events.last_event_id(), Some("0"));
    for (data, id) in [("a", "1"), ("b", "2"), ("c", "2")] {
        assert_eq!(events.next().await.unwrap().unwrap().data, data);
        assert_eq!(events.last_event_id(), Some(id));
        tokio::time::advance(Duration::from_secs(60)).await;
    }
    assert!(matches!(events.next().await, Some(Err(Error::Timeout))));
}

/// The usual answer of a server that was not asked for a stream.
#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_stream_is_an_error() {
    let body = r#"{"text":"all at once"}"#;
    let answer = |media_type| {
        Answer::new(200)
            .header("content-type", media_type)
            .body(body)
    };
    let script = Script::new().answer(answer("application/json; charset=utf-8"));
    let script = script.answer(answer("text/plain"));
    let client = Client::builder().transport(script.clone()).build().unwrap();
    let mut events = client.chat(ChatRequest::default()).events().reconnect(5);
    let error = events.next().await.unwrap().unwrap_err();
    let Error::Decode(answer) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (answer.status().as_u16(), &**answer.body()),
        (200, body.as_bytes())
    );
    let text = error.to_string();
    assert!(
        text.contains("expected server-sent events, found application/json"),
        "{text}"
    );
    assert!(events.next().await.is_none());
    assert_eq!(script.sent().len(), 1);
    assert!(client.watch_news().events().next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_or_unreadable_is_an_error_of_its_kind() {
    let (client, _) = client(vec![
        (429, vec![Piece::Data(br#"{"message":"slow down"}"#)]),
        (200, vec![Piece::Data(b"data: {}\n\n")]),
        (200, vec![Piece::Data(b"data: 0123456789\n\n")]),
    ]);
    let policy = golden::responses_streams::runtime::retry::RetryPolicy::none();
    let mut events = client.chat(ChatRequest::default()).retry(policy).events();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Api(ChatError::TooManyRequests(_))));
    let mut events = client.chat(ChatRequest::default()).events();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the required field `delta` is missing"),
        "{error}"
    );
    let mut events = client.watch_news().events().item_limit(8);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("larger than the limit"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn parts_are_read_one_by_one_with_their_headers() {
    let body: &[u8] = b"--x\r\nContent-Type: application/json\r\nContent-ID: 7\r\n\r\n{\"delta\":\"a\"}\r\n--x\r\n\r\n{\"del";
    let transport = move |request: http::Request<Body>| {
        let accept = request.headers().get("accept").unwrap().clone();
        let (media_type, pieces) = match accept.to_str().unwrap() {
            "multipart/mixed" => (
                "multipart/mixed; boundary=x",
                vec![Piece::Data(body), Piece::Data(b"ta\":\"b\"}\r\n--x--\r\n")],
            ),
            _ => (
                "multipart/x-mixed-replace; boundary=\"x\"",
                vec![
                    Piece::Data(b"--x\r\nContent-Type: text/plain\r\n\r\n\"quoted\"\r\n--x\r\n"),
                    Piece::Broken,
                ],
            ),
        };
        let answer = http::Response::builder().header("content-type", media_type);
        let answer = answer
            .body(Body::wrap(Pieces(pieces.into(), None)))
            .unwrap();
        async move { Ok(answer) }
    };
    let client = Client::builder().transport(transport).build().unwrap();
    let mut parts = client.read_batch().events();
    let first = parts.next().await.unwrap().unwrap();
    assert_eq!(first.delta, "a");
    assert_eq!(first.headers["content-id"], "7");
    assert_eq!(parts.next().await.unwrap().unwrap().delta, "b");
    assert!(parts.next().await.is_none());
    let mut notes = client.read_notes().events();
    assert_eq!(notes.next().await.unwrap().unwrap().data, "\"quoted\"");
    let broken = notes.next().await.unwrap();
    assert!(matches!(broken, Err(Error::Transport(_))), "{broken:?}");
}

#[tokio::test(start_paused = true)]
async fn parts_without_a_boundary_are_an_error() {
    let (client, _) = client(vec![(200, vec![Piece::Data(b"--x--")])]);
    let error = client.read_batch().events().next().await.unwrap();
    let error = error.unwrap_err().to_string();
    assert!(error.contains("no boundary"), "{error}");
}

/// The same over real connections: the first one ends within an event, without the end of its body.
#[tokio::test]
async fn a_stream_that_a_server_cuts_is_resumed() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
        let answers = [
            chunk("retry: 1\nid: 1\ndata: a\n\n") + &chunk("id: 2\ndata: lo"),
            chunk("id: 2\ndata: b\n\ndata: [DONE]\n\n") + "0\r\n\r\n",
        ];
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut buffer = [0; 1024];
            while !request.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut buffer).unwrap();
                request.extend_from_slice(&buffer[..count]);
            }
            requests.push(String::from_utf8(request).unwrap().to_lowercase());
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
        requests
    });
    let client = Client::builder().base_url(url).build().unwrap();
    let mut events = client.watch_news().events().reconnect(1);
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert_eq!(events.next().await.unwrap().unwrap().data, "b");
    assert!(events.next().await.is_none());
    let requests = server.join().unwrap();
    assert!(!requests[0].contains("last-event-id"));
    assert!(
        requests[1].contains("last-event-id: 1\r\n"),
        "{}",
        requests[1]
    );
}
