//! Calls over real connections.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::client::{item, item_json};
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::retry::RetryPolicy;

/// A server that answers one call with this text; its URL, and what it was sent.
async fn serve(answer: String) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/base", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut received = Vec::new();
        while !String::from_utf8_lossy(&received).contains("\"details\":null}") {
            assert_ne!(stream.read_buf(&mut received).await.unwrap(), 0);
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        String::from_utf8(received).unwrap()
    });
    (url, served)
}

fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .bearer("hunter2")
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_call_arrives_byte_for_byte() {
    let body = item_json();
    let answer = format!(
        "HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (url, served) = serve(answer).await;
    let made = client(&url)
        .make_item("a/b?c %\u{1F600}", &item())
        .await
        .unwrap();
    assert_eq!(*made, item());
    let received = served.await.unwrap();
    assert!(
        received.starts_with("POST /base/groups/a%2Fb%3Fc%20%25%F0%9F%98%80/items HTTP/1.1\r\n"),
        "{received}"
    );
    assert!(
        received.contains("authorization: Bearer hunter2\r\n"),
        "{received}"
    );
    assert!(received.ends_with(&format!("\r\n\r\n{body}")), "{received}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let (url, _served) = serve(answer.to_owned()).await;
    let error = client(&url).make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(response) if response.status() == 302));
}

#[tokio::test]
async fn a_closed_port_is_a_transport_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).ping().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_silent_server_is_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let start = Instant::now();
    let error = client(&url)
        .ping()
        .timeout(Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_body_that_is_never_finished_is_an_error() {
    let cut = "HTTP/1.1 201 Created\r\ncontent-length: 1000\r\n\r\n{".to_owned();
    let (url, _served) = serve(cut).await;
    let error = client(&url).make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

/// A server whose queue of connections is full answers no further one.
#[tokio::test(start_paused = true)]
async fn a_server_that_takes_no_connection_is_given_up_after_the_connect_timeout() {
    use socket2::{Domain, Socket, Type};
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any: std::net::SocketAddr = ([127, 0, 0, 1], 0).into();
    socket.bind(&any.into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let _first = std::net::TcpStream::connect(address).unwrap();
    let client = crate::fault_server::builder(&format!("http://{address}"))
        .connect_timeout(Duration::from_secs(7))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let error = client.ping().await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 7);
}
