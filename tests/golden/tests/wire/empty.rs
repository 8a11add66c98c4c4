//! Answers without a body, and the limits of bodies, on a socket.

use super::socket::Listener;
use golden::responses_without_body::operations::{
    DeleteFileOutput, DescribeFileError, GetFileError,
};
use golden::responses_without_body::{Client, ClientBuilder, Error, RetryPolicy};

fn builder(server: &Listener) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url());
    builder.retry(RetryPolicy::none())
}

fn client(server: &Listener) -> Client {
    builder(server).build().unwrap()
}

#[tokio::test]
async fn of_head_no_body_is_read_and_its_headers_are_typed() {
    // The length is that of the body which GET would answer; whoever waited for it would wait forever.
    let server = Listener::answering(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4096\r\netag: \"a\"\r\n\r\n",
    );
    let found = client(&server).describe_file("f").await.unwrap();
    assert_eq!(found.content_length().unwrap(), 4096);
    assert_eq!(found.e_tag().unwrap().as_deref(), Some("\"a\""));
    let () = found.into_inner();
    assert!(server.request().starts_with("HEAD /files/f HTTP/1.1\r\n"));

    let server =
        Listener::answering("HTTP/1.1 404 Not Found\r\ncontent-length: 20\r\nx-since: 7\r\n\r\n");
    let error = client(&server).describe_file("f").await.unwrap_err();
    let Error::Api(DescribeFileError::NotFound(answer)) = error else {
        panic!("404 is documented");
    };
    assert_eq!(answer.x_since().unwrap(), Some(7));
}

#[tokio::test]
async fn what_has_not_been_modified_has_no_body_whatever_it_says() {
    let server = Listener::answering(
        "HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\ncontent-length: 4096\r\n\r\n",
    );
    let call = client(&server);
    let error = call.get_file("f").if_none_match("\"a\"").await.unwrap_err();
    let Error::Api(GetFileError::NotModified(answer)) = error else {
        panic!("304 is documented");
    };
    assert_eq!(answer.e_tag().unwrap(), "\"a\"");
}

#[tokio::test]
async fn no_content_is_no_body_also_without_a_length() {
    let server = Listener::answering("HTTP/1.1 204 No Content\r\nx-left: 3\r\n\r\n");
    let gone = client(&server).delete_file("f").await.unwrap();
    assert!(matches!(&*gone, DeleteFileOutput::NoContent));
    assert_eq!(gone.x_left().unwrap(), Some(3));

    let server = Listener::answering(
        "HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\nx-left: 3\r\nconnection: close\r\n\r\n",
    );
    let reset = client(&server).put_file("f").await.unwrap();
    assert_eq!(reset.x_left().unwrap(), Some(3));
}

/// An answer of JSON of so many bytes.
fn answer(status: &str, length: usize) -> &'static str {
    let head = "connection: close\r\ncontent-type: application/json";
    let body = format!(r#"{{"id":1,"more":"{}"}}"#, "x".repeat(length - 18));
    let text = format!(
        "HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(body.len(), length);
    Box::leak(text.into_boxed_str())
}

#[tokio::test]
async fn no_more_of_a_body_is_kept_than_the_limit() {
    let server = Listener::answering(answer("200 OK", 1000));
    let client = builder(&server).body_limit(1000).build().unwrap();
    assert_eq!(client.get_file("f").await.unwrap().id, 1);
    let client = builder(&server).body_limit(999).build().unwrap();
    let error = client.get_file("f").await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("larger than the limit of 999 bytes"),
        "{text}"
    );
    // What is read as it comes has no limit.
    let stream = client.get_file("f").stream().await.unwrap();
    let mut kept = Vec::new();
    let length = stream.into_inner().write_to(&mut kept, |_| {}).await;
    assert_eq!((length.unwrap(), kept.len()), (1000, 1000));

    // An error that nobody documented keeps the first 64 KiB, whatever the limit of successes is.
    let server = Listener::answering(answer("500 Internal Server Error", 100_000));
    let client = builder(&server).body_limit(10).build().unwrap();
    let Error::Undocumented(error) = client.get_file("f").await.unwrap_err() else {
        panic!("500 is not documented");
    };
    assert_eq!(error.body().len(), 64 * 1024);
}
