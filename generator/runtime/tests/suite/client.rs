//! Calls through a closure as transport.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use serde_json::json;

use crate::emitted::api::{MakeItemError, staging};
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::{Client, ClientBuilder};
use crate::emitted::runtime::codec::decode;
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::transport::{Timeout, TransportError};
use crate::emitted::types::Item;

/// What the transport was asked to send.
#[derive(Clone, Default)]
pub struct Sent(Arc<Mutex<Vec<Request<Body>>>>);

impl Sent {
    pub fn last(&self) -> Request<Body> {
        self.0.lock().unwrap().pop().expect("nothing was sent")
    }
    fn is_empty(&self) -> bool {
        self.0.lock().unwrap().is_empty()
    }
}

/// A builder whose transport always answers the same.
pub fn answering(status: u16, body: impl Into<String>) -> (ClientBuilder, Sent) {
    let sent = Sent::default();
    let (kept, body) = (sent.clone(), body.into());
    let builder = Client::builder().transport(move |request: Request<Body>| {
        kept.0.lock().unwrap().push(request);
        let answer = Response::builder()
            .status(status)
            .header("x-answer", "yes")
            .body(Body::from(body.clone()));
        async move { Ok::<_, TransportError>(answer.unwrap()) }
    });
    (builder, sent)
}

pub fn item_json() -> String {
    json!({"name": "a", "accessType": "READ", "nullable": null, "details": null}).to_string()
}

pub fn item() -> Item {
    decode(item_json().as_bytes()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_call_sends_what_is_documented_and_yields_the_body() {
    let (builder, sent) = answering(201, item_json());
    let client = builder.bearer("t0ken").build().unwrap();
    let made = client.make_item("a/b c", &item()).await.unwrap();
    assert_eq!(made.name, "a");
    assert_eq!(made.status(), 201);
    assert_eq!(made.headers()["x-answer"], "yes");
    assert_eq!(made.into_inner(), item());
    let request = sent.last();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://eu.example.com/v1/groups/a%2Fb%20c/items"
    );
    assert_eq!(request.headers()["authorization"], "Bearer t0ken");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["user-agent"], "test-api/1.0");
    assert_eq!(request.body().as_bytes().unwrap(), item_json().as_bytes());
    assert_eq!(
        request.extensions().get(),
        Some(&Timeout(Duration::from_secs(60)))
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_optional() {
    let (builder, sent) = answering(200, "");
    let client = builder
        .default_header("x-app", "1")
        .user_agent("me")
        .build()
        .unwrap();
    let tags = ["a".to_owned(), "b&c".to_owned()];
    let ping = client
        .ping()
        .tags(&tags)
        .trace("t")
        .theme("a;b")
        .body("text")
        .header("X-App", "2");
    ping.timeout(Duration::from_secs(1)).await.unwrap();
    let request = sent.last();
    assert_eq!(
        request.uri(),
        "https://eu.example.com/v1/ping?tags=a&tags=b%26c"
    );
    assert_eq!(request.headers()["x-trace"], "t");
    assert_eq!(request.headers()["cookie"], "theme=a%3Bb");
    assert_eq!(request.headers()["x-app"], "2");
    assert_eq!(request.headers()["user-agent"], "me");
    assert_eq!(request.headers()["content-type"], "text/plain");
    assert!(!request.headers().contains_key("authorization"));
    assert!(!request.headers().contains_key("accept"));
    assert_eq!(
        request.extensions().get(),
        Some(&Timeout(Duration::from_secs(1)))
    );
}

#[tokio::test]
async fn causes_are_kept_apart() {
    async fn call(status: u16, body: &str) -> Error<MakeItemError> {
        let client = answering(status, body).0.bearer("t").build().unwrap();
        client.make_item("g", &item()).await.unwrap_err()
    }
    assert!(matches!(
        call(404, "").await,
        Error::Api(MakeItemError::NotFound(answer)) if answer.headers()["x-answer"] == "yes"
    ));
    assert!(
        matches!(call(409, &item_json()).await, Error::Api(MakeItemError::Conflict(body)) if *body == item())
    );
    assert!(
        matches!(call(502, "down").await, Error::Api(MakeItemError::ServerError(text)) if *text == "down" && text.status() == 502)
    );
    assert_eq!(
        call(409, &item_json()).await.to_string(),
        "the server answered 409 Conflict"
    );

    let undocumented = call(503, "secret text").await;
    assert_eq!(
        undocumented.to_string(),
        "the server answered 503 Service Unavailable, which its document does not name, with 11 bytes"
    );
    let Error::Undocumented(response) = undocumented else {
        panic!()
    };
    assert_eq!(response.body().as_ref(), b"secret text");
    assert_eq!(response.headers()["x-answer"], "yes");

    let unreadable = call(201, r#"{"name": 5}"#).await;
    assert_eq!(
        unreadable.to_string(),
        "the server answered 201 Created with a body that is not as documented: `name`: expected a string, found an integer"
    );
    assert!(unreadable.source().is_some());
    let Error::Decode(response) = unreadable else {
        panic!()
    };
    assert_eq!(
        (response.status().as_u16(), response.error().path()),
        (201, "name")
    );
    assert!(
        call(201, "")
            .await
            .to_string()
            .ends_with("expected JSON, found an empty body")
    );
}

#[tokio::test]
async fn a_page_in_the_place_of_json_is_called_so() {
    let client = Client::builder()
        .bearer("t")
        .transport(|_: Request<Body>| async {
            let answer = Response::builder()
                .status(201)
                .header("content-type", "text/html; charset=utf-8");
            Ok::<_, TransportError>(answer.body(Body::from("<html>")).unwrap())
        });
    let error = client
        .build()
        .unwrap()
        .make_item("g", &item())
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected JSON, found text/html"),
        "{error}"
    );
}

#[tokio::test]
async fn bodies_are_limited() {
    let client = answering(201, item_json())
        .0
        .bearer("t")
        .body_limit(10)
        .build()
        .unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("larger than the limit of 10 bytes"),
        "{error}"
    );
    let client = answering(599, "x".repeat(100_000))
        .0
        .bearer("t")
        .build()
        .unwrap();
    let Err(Error::Undocumented(response)) = client.make_item("g", &item()).await else {
        panic!()
    };
    assert_eq!(response.body().len(), 64 * 1024);
}

#[tokio::test]
async fn a_parameter_cannot_change_the_route() {
    let (builder, sent) = answering(201, item_json());
    let client = builder.bearer("t").build().unwrap();
    for group in ["", ".", ".."] {
        let error = client.make_item(group, &item()).await.unwrap_err();
        assert!(
            error.to_string().contains("the path parameter `group`"),
            "{error}"
        );
    }
    assert!(sent.is_empty());
    client.make_item("...", &item()).await.unwrap();
    client.make_item("%2e%2e", &item()).await.unwrap();
    assert_eq!(sent.last().uri().path(), "/v1/groups/%252e%252e/items");
}

#[tokio::test]
async fn credentials() {
    let (builder, sent) = answering(201, item_json());
    let client = builder.build().unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request could not be built: the credentials: the operation needs `bearer`, or `query_key` and `header_key` and `cookie_key`, or `basic`"
    );
    assert!(sent.is_empty());

    let (builder, sent) = answering(201, item_json());
    let client = builder.keys("k/1").basic("u", "p").build().unwrap();
    client.make_item("g", &item()).await.unwrap();
    let request = sent.last();
    assert_eq!(request.uri().query(), Some("api%20key=k%2F1"));
    assert_eq!(request.headers()["x-key"], "k/1");
    assert_eq!(request.headers()["cookie"], "sid=k/1");
    assert!(!request.headers().contains_key("authorization"));

    let (builder, sent) = answering(201, item_json());
    builder
        .basic("Aladdin", "open sesame")
        .build()
        .unwrap()
        .make_item("g", &item())
        .await
        .unwrap();
    assert_eq!(
        sent.last().headers()["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert!(answering(200, "").0.bearer("a\nb").build().is_err());
}

#[tokio::test]
async fn servers() {
    async fn uri(build: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
        let (builder, sent) = answering(200, "");
        build(builder).build().unwrap().ping().await.unwrap();
        sent.last().uri().to_string()
    }
    assert_eq!(
        uri(|b| b.server_variable("region", "us")).await,
        "https://us.example.com/v1/ping"
    );
    assert_eq!(
        uri(|b| b.server(staging())).await,
        "https://staging.example.com/ping"
    );
    assert_eq!(
        uri(|b| b.base_url("http://localhost:1/base/")).await,
        "http://localhost:1/base/ping"
    );
    let refused = |builder: ClientBuilder| builder.build().unwrap_err().to_string();
    assert!(
        refused(Client::builder().server_variable("region", "moon")).ends_with("may be eu, us")
    );
    assert!(refused(Client::builder().server_variable("planet", "x")).contains("no server has"));
    for url in [
        "example.com",
        "ftp://x",
        "https://u:hunter2@h",
        "https://h/?q",
        "https://",
        "https://h#f",
    ] {
        let error = refused(Client::builder().base_url(url));
        assert!(
            error.contains("base URL") && !error.contains("hunter2"),
            "{error}"
        );
    }
    let (builder, sent) = answering(200, "text");
    let client = builder.build().unwrap();
    let error = client.relative().await.unwrap_err();
    assert!(
        error.to_string().contains("`/relative`: it is relative"),
        "{error}"
    );
    assert_eq!(
        *client.relative().base_url("http://h/api").await.unwrap(),
        "text"
    );
    assert_eq!(sent.last().uri(), "http://h/api/x");
}

#[test]
fn calls_can_be_spawned() {
    fn assert_send<T: Send + 'static>(_: &T) {}
    let client = answering(200, "").0.build().unwrap();
    assert_send(&client.ping().into_future());
}

#[tokio::test]
async fn an_error_keeps_status_and_headers() {
    for status in [404, 409, 418] {
        let client = answering(status, item_json())
            .0
            .bearer("t")
            .build()
            .unwrap();
        let error = client.make_item("g", &item()).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers().unwrap()["x-answer"], "yes");
    }
}

#[tokio::test]
async fn the_body_of_a_success_can_be_read_as_it_comes() {
    let client = answering(201, "0123456789").0.body_limit(4).bearer("t");
    let client = client.build().unwrap();
    let answer = client.make_item("g", &item()).stream().await.unwrap();
    assert_eq!(answer.status(), 201);
    let (mut out, mut seen) = (Vec::new(), Vec::new());
    let body = answer.into_inner();
    let count = body.write_to(&mut out, |bytes| seen.push(bytes)).await;
    assert_eq!(
        (count.unwrap(), out.as_slice(), seen),
        (10, &b"0123456789"[..], vec![10])
    );
    let client = answering(404, "").0.bearer("t").build().unwrap();
    let error = client.make_item("g", &item()).stream().await.unwrap_err();
    assert!(matches!(error, Error::Api(MakeItemError::NotFound(_))));
}
