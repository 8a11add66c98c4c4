//! Methods beyond those of 3.0, byte for byte on a socket.

use super::socket::Listener;
use golden::requests_methods::Client;
use golden::requests_methods::runtime::testing::{Answer, Script};
use golden::requests_methods::types::Search;

fn start(answer: &'static str) -> (Listener, Client) {
    let server = Listener::answering(answer);
    let client = Client::builder().base_url(server.url());
    (server, client.build().unwrap())
}

/// The line of a request, and its body.
fn line_and_body(server: &Listener) -> (String, String) {
    let request = server.request();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

fn search() -> Search {
    Search::new(vec!["rust".to_owned()])
}

#[tokio::test]
async fn a_query_has_a_body() {
    let (server, client) = start(concat!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\nconnection: close\r\n\r\n",
        r#"["a"]"#
    ));
    let books = client.query_books(search()).shelf("s").await.unwrap();
    assert_eq!(books.into_inner(), ["a"]);
    let sent = ("QUERY /books?shelf=s HTTP/1.1", r#"{"words":["rust"]}"#);
    let (line, body) = line_and_body(&server);
    assert_eq!((line.as_str(), body.as_str()), sent);
}

#[tokio::test]
async fn any_token_is_a_method() {
    let (server, client) =
        start("HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    client.purge_books().await.unwrap();
    client.version_control_books().body("b").await.unwrap();
    client.link_books().await.unwrap();
    client.odd_books().await.unwrap();
    for expected in [
        ("PURGE /books HTTP/1.1", ""),
        ("VERSION-CONTROL /books HTTP/1.1", "b"),
        ("link /books HTTP/1.1", ""),
        ("M$`'# /books HTTP/1.1", ""),
    ] {
        let (line, body) = line_and_body(&server);
        assert_eq!((line.as_str(), body.as_str()), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_query_is_tried_again_and_what_nobody_knows_is_not() {
    let server = Script::new()
        .answer(Answer::new(503))
        .answer(Answer::json(200, "[]"))
        .otherwise(|_| Answer::new(503));
    let client = Client::builder().base_url("http://localhost");
    let client = client.transport(server.clone()).build().unwrap();
    client.query_books(search()).await.unwrap();
    client.purge_books().await.unwrap_err();
    let sent = server.sent();
    let methods: Vec<&str> = sent.iter().map(|sent| sent.method()).collect();
    assert_eq!(methods, ["QUERY", "QUERY", "PURGE"]);
    assert_eq!(sent[0].body(), sent[1].body());
}
