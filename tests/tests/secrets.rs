//! Nothing that the client prints holds a secret.

#![allow(clippy::unwrap_used, clippy::panic)]

use api_keys::types::{AccessType, CreateRepoKeyRequest, NewApiKeyRequest};
use api_keys::{Client, Error, ExposeSecret as _};

use std::fmt::{Debug, Display};
use std::time::Duration;
use tests::server::{Answer, Server, closed, silent};

const TOKEN: &str = "marker-token-51ec";
const SECRET: &str = "marker-secret-a7d0";

/// Fails the test if a marker is in what `{:?}`, `{:#?}`, `{}` or a cause shows.
fn innocent(what: &str, text: &str) {
    assert!(!text.contains("marker-"), "{what} shows a secret: {text}");
}

fn debugs(what: &str, value: &dyn Debug) {
    innocent(what, &format!("{value:?}"));
    innocent(what, &format!("{value:#?}"));
}

fn errs<E: std::error::Error + Debug + Display + 'static>(what: &str, error: &E) {
    debugs(what, error);
    innocent(what, &format!("{error} {error:#}"));
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        debugs(what, &inner);
        innocent(what, &inner.to_string());
        source = inner.source();
    }
}

fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .bearer_auth(TOKEN)
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_client_and_what_makes_it() {
    debugs("builder", &Client::builder().bearer_auth(TOKEN));
    let client = client("http://localhost");
    debugs("client", &client);
    debugs(
        "request",
        &client.create_api_key(NewApiKeyRequest::new("ci")),
    );
    debugs(
        "request",
        &client.create_repo_key("r", CreateRepoKeyRequest::new("ci", AccessType::Read)),
    );
    let future = client
        .create_api_key(NewApiKeyRequest::new("ci"))
        .header("authorization", TOKEN);
    debugs("request with a header", &future);
}

#[tokio::test]
async fn what_the_server_gives() {
    let body = format!(r#"{{"success":true,"id":"i","key":"{SECRET}","secret":"{SECRET}"}}"#);
    let server = Server::answering(Answer::json(200, body)).await;
    let created = client(server.url())
        .create_repo_key("r", CreateRepoKeyRequest::new("ci", AccessType::Read))
        .await
        .unwrap();
    assert_eq!(created.secret.as_ref().unwrap().expose_secret(), SECRET);
    debugs("response", &created);
    debugs("body", &*created);
    debugs("copy", &created.into_inner());

    let body = format!(
        r#"{{"api_key":"{SECRET}","id":"01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10","name":"ci"}}"#
    );
    let server = Server::answering(Answer::json(201, body)).await;
    let created = client(server.url())
        .create_api_key(NewApiKeyRequest::new("ci"))
        .await
        .unwrap();
    debugs("response", &created);
}

#[tokio::test]
async fn errors_of_every_kind() {
    let incomplete = format!(r#"{{"api_key":"{SECRET}","name":"ci"}}"#);
    let not_text = format!(r#"{{"api_key":["{SECRET}"],"id":"x","name":"ci"}}"#);
    let cut_off = format!(r#"{{"name":"ci","api_key":"{SECRET}"#);
    let answers = [
        Answer::json(201, incomplete),
        Answer::json(201, not_text),
        Answer::json(201, cut_off),
        Answer::json(409, format!(r#"{{"message":"{SECRET}""#)),
        Answer::json(500, format!(r#"{{"api_key":"{SECRET}"}}"#)),
    ];
    for answer in answers {
        let server = Server::answering(answer).await;
        let result = client(server.url())
            .create_api_key(NewApiKeyRequest::new("ci"))
            .await;
        errs("error", &result.unwrap_err());
    }
    for url in [closed().await, silent().await] {
        let result = client(&url)
            .create_api_key(NewApiKeyRequest::new("ci"))
            .timeout(Duration::from_millis(50))
            .await;
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Transport { .. } | Error::Timeout));
        errs("error", &error);
    }
}

#[tokio::test]
async fn credentials_that_cannot_be_sent() {
    let built = Client::builder()
        .base_url("http://localhost")
        .bearer_auth(format!("{TOKEN}\r\nx: y"))
        .build();
    match built {
        Err(error) => errs("builder", &error),
        Ok(client) => {
            let result = client.create_api_key(NewApiKeyRequest::new("ci")).await;
            errs("request", &result.unwrap_err());
        }
    }
}

#[test]
fn urls_with_a_password() {
    let built = Client::builder()
        .base_url("http://user:marker-password@localhost:1")
        .bearer_auth(TOKEN)
        .build();
    match built {
        Err(error) => errs("builder", &error),
        Ok(client) => debugs("client", &client),
    }
}
