//! Headers of answers, as their types and styles have them, and redirects that the document names.

use super::socket::Listener;
use golden::responses_headers::types::{ListThingsResponseXKind, Range};
use golden::responses_headers::{AddThingError, Client, Error, ListThingsError};

fn client(server: &Listener) -> Client {
    let client = Client::builder().base_url(server.url());
    client
        .retry(golden::responses_headers::RetryPolicy::none())
        .build()
        .unwrap()
}

#[tokio::test]
async fn each_header_is_read_by_its_type() {
    let server = Listener::answering(
        "HTTP/1.1 200 OK\r\nx-total: 12\r\nx-tags: a, b\r\nx-tags: c\r\nx-range: from,1,to,2\r\n\
         x-status: 42\r\nx-kind: small\r\nx-shape: {\"from\":3,\"to\":4}\r\nstatus: true\r\n\
         content-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]",
    );
    let things = client(&server).list_things().await.unwrap();
    assert_eq!(things.x_total().unwrap(), 12);
    let tags = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(things.x_tags().unwrap(), Some(tags));
    assert_eq!(things.x_range().unwrap(), Some(Range { from: 1, to: 2 }));
    assert_eq!(things.x_until().unwrap(), None);
    assert_eq!(things.x_status().unwrap().as_deref(), Some("42"));
    let kind = things.x_kind().unwrap();
    assert_eq!(kind, Some(ListThingsResponseXKind::Small));
    assert_eq!(things.x_shape().unwrap(), Some(Range { from: 3, to: 4 }));
}

#[tokio::test]
async fn a_header_that_is_not_as_documented_says_so() {
    let server = Listener::answering(
        "HTTP/1.1 200 OK\r\nx-until: soon\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]",
    );
    let things = client(&server).list_things().await.unwrap();
    let error = things.x_total().unwrap_err().to_string();
    assert!(error.contains("X-Total"), "{error}");
    let error = things.x_until().unwrap_err().to_string();
    assert!(error.contains("X-Until"), "{error}");
}

#[tokio::test]
async fn a_failure_has_headers_of_its_own_and_a_redirect_is_not_followed() {
    let server = Listener::answering(
        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let Err(Error::Api(ListThingsError::TooManyRequests(answer))) =
        client(&server).list_things().await
    else {
        panic!("429 is documented");
    };
    assert_eq!(answer.retry_after().unwrap(), Some(7));
    let server = Listener::answering(
        "HTTP/1.1 303 See Other\r\nlocation: http://elsewhere.invalid/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let Err(Error::Api(AddThingError::SeeOther(answer))) = client(&server).add_thing().await else {
        panic!("303 is documented");
    };
    assert_eq!(answer.location().unwrap(), "http://elsewhere.invalid/");
}
