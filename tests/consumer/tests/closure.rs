//! The client that the build script generated, over a closure.

#![allow(clippy::unwrap_used, clippy::panic)]

use consumer::api_keys::runtime::body::Body;
use consumer::api_keys::types::{AccessType, CreateRepoKeyRequest, NewApiKeyRequest};
use consumer::api_keys::{Client, CreateApiKeyError, Error};
use std::sync::{Arc, Mutex};

/// A client whose calls are all answered alike, and the calls that it made.
fn client(status: u16, body: &'static str) -> (Client, Arc<Mutex<Vec<String>>>) {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&calls);
    let transport = move |request: http::Request<Body>| {
        let sent = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        let call = format!("{} {} {sent}", request.method(), request.uri());
        log.lock().unwrap().push(call);
        let response = http::Response::builder().status(status);
        let response = response.header("content-type", "application/json");
        async move { Ok(response.body(Body::from(body)).unwrap()) }
    };
    let client = Client::builder()
        .bearer_auth("token")
        .transport(transport)
        .build()
        .unwrap();
    (client, calls)
}

#[tokio::test]
async fn both_operations_go_to_the_servers_of_the_document() {
    let (repositories, calls) = client(200, r#"{"success":true}"#);
    let request = CreateRepoKeyRequest::new("ci", AccessType::Admin);
    let key = repositories.create_repo_key("r 1", request).await.unwrap();
    assert_eq!(key.success, Some(true));
    assert_eq!(
        calls.lock().unwrap()[..],
        [
            r#"POST https://backend.flashback.tech/repo/r%201/apikey {"name":"ci","accessType":"ADMIN"}"#
        ]
    );

    let (accounts, calls) = client(
        409,
        r#"{"message":"m","error_code":"DuplicateName","details":null}"#,
    );
    match accounts.create_api_key(NewApiKeyRequest::new("ci")).await {
        Err(Error::Api(CreateApiKeyError::Conflict(body))) => {
            assert_eq!(body.error_code, "DuplicateName");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        calls.lock().unwrap()[..],
        [r#"POST https://api.example.com/v0/api_keys {"name":"ci"}"#]
    );
}
