//! Nothing is read, and nothing of a body made, before somebody wants it; and what nobody wants any more ends.
//!
//! Nobody sleeps: the servers say how far they have come once everything stands still, which the clock of tokio tells,
//! since it is only turned when no task has anything to do.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use golden::requests_other_bodies::Client as Uploader;
use golden::requests_sequential_bodies::Client as Sender;
use golden::requests_sequential_bodies::runtime::body_items::BodyItems;
use golden::responses_streams::Client;
use golden::responses_streams::runtime::body::Body;
use golden::responses_streams::runtime::events::{Events, Streamed};
use golden::responses_streams::runtime::transport::TransportError;
use golden::responses_streams::types::ChatRequest;
use http_body::Frame;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What a server may send or be sent at most while nobody reads: what the buffers of both systems hold.
const HELD: usize = 8 * 1024 * 1024;

/// So far comes what is not held back.
const ENDLESS: usize = 8 * HELD;

/// A body without an end, which counts its pieces and tells when it is dropped.
#[derive(Clone)]
struct Endless(Arc<Progress>);

struct Progress {
    piece: Bytes,
    pieces: AtomicUsize,
    is_dropped: AtomicBool,
}

impl Endless {
    fn of(piece: impl Into<Bytes>) -> (Self, Arc<Progress>) {
        let progress = Arc::new(Progress {
            piece: piece.into(),
            pieces: AtomicUsize::new(0),
            is_dropped: AtomicBool::new(false),
        });
        (Endless(progress.clone()), progress)
    }

    fn next(&self) -> Option<Bytes> {
        let made = self.0.pieces.fetch_add(1, Ordering::Relaxed) + 1;
        (made * self.0.piece.len() <= ENDLESS).then(|| self.0.piece.clone())
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        self.0.is_dropped.store(true, Ordering::Relaxed);
    }
}

impl Progress {
    fn pieces(&self) -> usize {
        self.pieces.load(Ordering::Relaxed)
    }

    fn bytes(&self) -> usize {
        self.pieces() * self.piece.len()
    }

    fn is_dropped(&self) -> bool {
        self.is_dropped.load(Ordering::Relaxed)
    }
}

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.next().map(|piece| Ok(Frame::data(piece))))
    }
}

impl Stream for Endless {
    type Item = Vec<f64>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Vec<f64>>> {
        Poll::Ready(self.next().map(|piece| vec![0.5; piece.len() / 4]))
    }
}

/// A client that is answered by this body.
fn scripted(media_type: &'static str, body: Endless) -> Client {
    let transport = move |_| {
        let body = Body::wrap(body.clone());
        let answer = http::Response::builder().header("content-type", media_type);
        async move { Ok(answer.body(body).unwrap()) }
    };
    Client::builder().transport(transport).build().unwrap()
}

/// How each kind of a stream is spelled: its media type, and an item of about this size.
fn spelled(kind: &str, size: usize) -> (&'static str, String) {
    let json = format!(r#"{{"delta":"{}"}}"#, "x".repeat(size));
    match kind {
        "events" => ("text/event-stream", format!("data: {json}\n\n")),
        "lines" => ("application/x-ndjson", format!("{json}\n")),
        "sequence" => ("application/json-seq", format!("\x1e{json}\n")),
        _ => (
            "multipart/mixed; boundary=b",
            format!("--b\r\n\r\n{json}\r\n"),
        ),
    }
}

/// Takes items one by one; as many pieces are read, and `more` before the first.
async fn takes_as_it_goes<O: Streamed>(mut events: Events<O>, body: Arc<Progress>, more: usize) {
    for taken in 1..5 {
        assert!(matches!(events.next().await, Some(Ok(_))));
        assert_eq!(body.pieces(), taken + more);
    }
    assert!(!body.is_dropped());
    drop(events);
    assert!(body.is_dropped());
}

#[tokio::test]
async fn no_more_is_read_than_is_asked_for() {
    let answered = |kind| {
        let (media_type, item) = spelled(kind, 10);
        let (body, progress) = Endless::of(item);
        (scripted(media_type, body), progress)
    };
    let (client, body) = answered("events");
    takes_as_it_goes(client.chat(ChatRequest::default()).events(), body, 0).await;
    let (client, body) = answered("lines");
    takes_as_it_goes(client.export_rows().events(), body, 0).await;
    let (client, body) = answered("sequence");
    takes_as_it_goes(client.read_log().events(), body, 0).await;
    // A part ends where the next one begins.
    let (client, body) = answered("parts");
    takes_as_it_goes(client.read_batch().events(), body, 1).await;

    let (client, body) = answered("lines");
    let mut answer = client.export_rows().stream().await.unwrap();
    assert_eq!(body.pieces(), 0);
    for taken in 1..5 {
        assert!(answer.chunk().await.unwrap().is_some());
        assert_eq!(body.pieces(), taken);
    }
    drop(answer);
    assert!(body.is_dropped());
}

/// Waits until nothing changes any more, however often all connections are looked at.
async fn stands_still(progress: impl Fn() -> usize) -> usize {
    tokio::time::pause();
    let (mut before, mut looks) = (progress(), 0);
    while looks < 20 {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let now = progress();
        looks = if now == before { looks + 1 } else { 0 };
        before = now;
    }
    tokio::time::resume();
    before
}

/// A connection to a server with small buffers, once it has sent a request.
async fn connection(listener: TcpListener) -> (TcpStream, String) {
    let (mut stream, _) = listener.accept().await.unwrap();
    socket2::SockRef::from(&stream)
        .set_send_buffer_size(16 * 1024)
        .unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    (stream, String::from_utf8(head).unwrap())
}

async fn listener() -> (TcpListener, String) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(4).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// A server that answers with one item after the other until the connection is closed: whether it was, and how many bytes
/// it has sent until now.
async fn sending(kind: &str) -> (String, JoinHandle<bool>, Arc<AtomicUsize>) {
    let (media_type, item) = spelled(kind, 4000);
    let (listener, url) = listener().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let count = sent.clone();
    let server = tokio::spawn(async move {
        let (mut stream, _) = connection(listener).await;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        while count.load(Ordering::Relaxed) < ENDLESS {
            if stream.write_all(item.as_bytes()).await.is_err() {
                return true;
            }
            count.fetch_add(item.len(), Ordering::Relaxed);
        }
        false
    });
    (url, server, sent)
}

/// The server is held back when nobody reads, goes on when somebody does, and sees the end.
async fn holds_back<O: Streamed>(
    mut events: Events<O>,
    server: JoinHandle<bool>,
    sent: Arc<AtomicUsize>,
) {
    assert!(matches!(events.next().await, Some(Ok(_))));
    let held = stands_still(|| sent.load(Ordering::Relaxed)).await;
    assert!(held < HELD, "{held} bytes were sent to nobody");
    for _ in 0..held / 4000 {
        assert!(matches!(events.next().await, Some(Ok(_))));
    }
    let gone_on = stands_still(|| sent.load(Ordering::Relaxed)).await;
    assert!(
        gone_on > held && gone_on < 2 * HELD,
        "{held}, then {gone_on}"
    );
    drop(events);
    assert!(server.await.unwrap(), "the connection was not closed");
}

fn client(url: String) -> Client {
    Client::builder().base_url(url).build().unwrap()
}

#[tokio::test]
async fn a_server_is_held_back_until_its_items_are_wanted() {
    let (url, server, sent) = sending("events").await;
    let call = client(url).chat(ChatRequest::default()).events();
    holds_back(call, server, sent).await;
    let (url, server, sent) = sending("lines").await;
    holds_back(client(url).export_rows().events(), server, sent).await;
    let (url, server, sent) = sending("sequence").await;
    holds_back(client(url).read_log().events(), server, sent).await;
    let (url, server, sent) = sending("parts").await;
    holds_back(client(url).read_batch().events(), server, sent).await;
}

#[tokio::test]
async fn a_body_that_is_read_piece_by_piece_holds_its_server_back() {
    let (url, server, sent) = sending("lines").await;
    let mut body = client(url)
        .export_rows()
        .stream()
        .await
        .unwrap()
        .into_inner();
    let held = stands_still(|| sent.load(Ordering::Relaxed)).await;
    assert!(held < HELD, "{held} bytes were sent to nobody");
    let mut read = 0;
    while read <= held {
        read += body.chunk().await.unwrap().unwrap().len();
    }
    drop(body);
    assert!(server.await.unwrap(), "the connection was not closed");
}

/// A server that hears a request, tells that it did, and says nothing: whether the connection was closed then.
async fn silent() -> (String, oneshot::Receiver<()>, JoinHandle<bool>) {
    let (listener, url) = listener().await;
    let (asked, is_asked) = oneshot::channel();
    let server = tokio::spawn(async move {
        let (mut stream, _) = connection(listener).await;
        asked.send(()).unwrap();
        stream.read_u8().await.is_err()
    });
    (url, is_asked, server)
}

#[tokio::test]
async fn a_call_that_is_dropped_before_its_answer_closes_its_connection() {
    let (url, is_asked, server) = silent().await;
    let mut events = client(url).watch_news().events();
    tokio::select! {
        _ = events.next() => panic!("nothing was answered"),
        asked = is_asked => asked.unwrap(),
    }
    assert!(!server.is_finished());
    drop(events);
    assert!(server.await.unwrap());

    let (url, is_asked, server) = silent().await;
    let client = client(url);
    tokio::select! {
        _ = client.export_rows() => panic!("nothing was answered"),
        asked = is_asked => asked.unwrap(),
    }
    assert!(server.await.unwrap());
}

/// A call whose body has no end: the server reads its head, and nothing more until it is told to.
async fn is_sent_as_it_is_read<C>(call: impl FnOnce(String) -> C, body: Arc<Progress>)
where
    C: Future + Send + 'static,
    C::Output: Send,
{
    let (listener, url) = listener().await;
    let calling = tokio::spawn(call(url));
    let (mut stream, head) = connection(listener).await;
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    let held = stands_still(|| body.bytes()).await;
    assert!(held < HELD, "{held} bytes were made for nobody");
    let mut buffer = vec![0; 64 * 1024];
    let mut read = 0;
    while read <= held {
        read += stream.read(&mut buffer).await.unwrap();
    }
    let gone_on = stands_still(|| body.bytes()).await;
    assert!(
        gone_on > held && gone_on < 2 * HELD,
        "{held}, then {gone_on}"
    );
    assert!(!body.is_dropped());
    calling.abort();
    assert!(calling.await.is_err_and(|error| error.is_cancelled()));
    // What was on its way still arrives, and then the end of the connection, without that of the body.
    let mut tail = Vec::new();
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(count) => tail = buffer[..count].to_vec(),
        }
    }
    assert!(!tail.ends_with(b"\r\n0\r\n\r\n"));
    assert!(body.is_dropped());
}

#[tokio::test]
async fn a_body_is_made_as_the_server_reads_it() {
    let (body, progress) = Endless::of(vec![7; 16 * 1024]);
    let send = |url| {
        let client = Uploader::builder().base_url(url).build().unwrap();
        async move { client.post_bytes(Body::wrap(body)).await.is_ok() }
    };
    is_sent_as_it_is_read(send, progress).await;
}

#[tokio::test]
async fn an_item_is_made_when_those_before_it_are_on_their_way() {
    let (items, progress) = Endless::of(vec![7; 16 * 1024]);
    let send = |url| {
        let client = Sender::builder().base_url(url).build().unwrap();
        let items = BodyItems::from_stream(items);
        async move { client.send_points(items).await.is_ok() }
    };
    is_sent_as_it_is_read(send, progress).await;
}
