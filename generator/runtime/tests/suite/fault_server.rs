//! Servers that do what no server should, and what is kept of what they bring about.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::client::item;
use crate::emitted::runtime::client::{Client, ClientBuilder};

/// In each credential and each secret of these tests, and nowhere else.
pub const SECRET: &str = "zq7-leak";

/// What a fault showed: errors with all that lies behind them, and whatever else can be printed.
#[derive(Default)]
pub struct Shown(pub String);

impl Shown {
    pub fn error<E: std::error::Error + 'static>(mut self, error: &E) -> Self {
        let _ = write!(self.0, "{error} {error:?} ");
        let mut next = error.source();
        while let Some(error) = next {
            let _ = write!(self.0, "{error} {error:?} ");
            next = error.source();
        }
        self
    }

    pub fn client(mut self, client: &Client) -> Self {
        let call = client.make_item(SECRET, &item());
        let _ = write!(self.0, "{client:?} {call:?} ");
        self
    }
}

/// A server that treats each connection as it is told, once a request is there; its URL. Of what is not read when a
/// connection ends the client would hear a reset, and maybe not the answer.
pub async fn serve<F, T>(treat: F) -> String
where
    F: Fn(TcpStream, usize, String) -> T + Send + Sync + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/base", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut received = Vec::new();
            while !is_whole(&received) {
                if stream.read_buf(&mut received).await.unwrap_or(0) == 0 {
                    break;
                }
            }
            let received = String::from_utf8_lossy(&received).into_owned();
            tokio::spawn(treat(stream, number, received));
        }
    });
    url
}

/// Whether a request is there, with as much of a body as it says.
fn is_whole(received: &[u8]) -> bool {
    let text = String::from_utf8_lossy(received);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let head = head.to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    length.is_none_or(|length| body.len() >= length.trim().parse().unwrap())
}

/// A server that answers each request with a text and closes the connection; what it was sent is kept.
pub async fn answering(answers: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
    let received = Arc::new(Mutex::new(Vec::new()));
    let kept = received.clone();
    let url = serve(move |mut stream, number, request| {
        kept.lock().unwrap().push(request);
        let answer = answers.get(number).or(answers.last()).unwrap().clone();
        async move {
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (url.await, received)
}

pub fn head(status: &str, rest: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\n{rest}\r\n")
}

/// A client with every credential, and without limits of time: the clock runs ahead of the connection.
pub fn builder(url: &str) -> ClientBuilder {
    Client::builder()
        .base_url(url)
        .bearer(format!("bearer-{SECRET}"))
        .basic("user", SECRET)
        .keys(SECRET)
        .timeout(None)
        .connect_timeout(None)
        .stall_timeout(None)
        .tracing()
}

pub fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}

/// Ends the connection without a farewell.
pub fn reset(stream: TcpStream) {
    let stream = stream.into_std().unwrap();
    let socket = socket2::SockRef::from(&stream);
    socket.set_linger(Some(Duration::ZERO)).unwrap();
}
