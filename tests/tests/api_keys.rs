//! The client in `generated/` against real sockets: what it sends, and what it makes of every answer.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use api_keys::types::{AccessType, CreateRepoKeyRequest, NewApiKeyRequest};
use api_keys::{Client, CreateApiKeyError, Error, ExposeSecret as _};

use serde_json::json;
use std::time::{Duration, Instant};
use tests::server::{Answer, Server, closed, silent};

const TOKEN: &str = "token-6f1d";
const CREATED: &str =
    r#"{"api_key":"apikey:9c4e","id":"01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10","name":"ci"}"#;

fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .bearer_auth(TOKEN)
        .build()
        .unwrap()
}

fn repo_key() -> CreateRepoKeyRequest {
    CreateRepoKeyRequest::new("ci", AccessType::Read)
}

#[tokio::test]
async fn a_repository_key_is_asked_for_and_read() {
    let body = r#"{"success":true,"id":"key-1","key":"K-77","secret":"S-88"}"#;
    let server = Server::answering(Answer::json(200, body).header("x-trace", "abc")).await;

    let created = client(server.url())
        .create_repo_key("repo-1", repo_key())
        .await
        .unwrap();

    assert_eq!(created.status(), 200);
    assert_eq!(created.headers()["x-trace"], "abc");
    assert_eq!(created.success, Some(true));
    assert_eq!(created.id.as_deref(), Some("key-1"));
    assert_eq!(created.key.as_ref().unwrap().expose_secret(), "K-77");
    assert_eq!(created.secret.as_ref().unwrap().expose_secret(), "S-88");

    let asked = server.only();
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.uri, "/repo/repo-1/apikey");
    assert_eq!(asked.header("authorization"), "Bearer token-6f1d");
    assert_eq!(asked.header("content-type"), "application/json");
    assert_eq!(asked.header("accept"), "application/json");
    assert_eq!(&asked.body[..], br#"{"name":"ci","accessType":"READ"}"#);
}

#[tokio::test]
async fn an_api_key_is_asked_for_and_read() {
    let server = Server::answering(Answer::json(201, CREATED)).await;

    let created = client(server.url())
        .create_api_key(NewApiKeyRequest::new("ci"))
        .timeout(Duration::from_secs(5))
        .await
        .unwrap();

    assert_eq!(created.status(), 201);
    assert_eq!(created.name, "ci");
    assert_eq!(
        created.id.to_string(),
        "01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10"
    );
    assert_eq!(created.api_key.expose_secret(), "apikey:9c4e");

    let asked = server.only();
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.uri, "/v0/api_keys");
    assert_eq!(asked.header("authorization"), "Bearer token-6f1d");
    assert_eq!(&asked.body[..], br#"{"name":"ci"}"#);
}

/// What `create_api_key` makes of an answer.
async fn create(
    answer: Answer,
) -> Result<api_keys::types::NewApiKeyResponse, Error<CreateApiKeyError>> {
    let server = Server::answering(answer).await;
    client(server.url())
        .create_api_key(NewApiKeyRequest::new("ci"))
        .await
        .map(|response| response.into_inner())
}

/// The documented conflict, or a failure of the test.
fn conflict(
    result: Result<api_keys::types::NewApiKeyResponse, Error<CreateApiKeyError>>,
) -> api_keys::types::ErrorResponse {
    match result {
        Err(Error::Api(CreateApiKeyError::Conflict(body))) => body.into_inner(),
        other => panic!("a conflict was expected: {other:?}"),
    }
}

/// The text of an error and of everything under it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

#[tokio::test]
async fn a_conflict_may_have_null_details() {
    let body = r#"{"message":"An entity with this name already exists","error_code":"DuplicateName","details":null}"#;
    let error = conflict(create(Answer::json(409, body)).await);
    assert_eq!(error.message, "An entity with this name already exists");
    assert_eq!(error.error_code, "DuplicateName");
    assert_eq!(error.details, None);
}

#[tokio::test]
async fn the_details_of_a_conflict_survive_a_round_trip() {
    let sent = json!({
        "message": "no",
        "error_code": "DuplicateName",
        "details": {
            "nested": {"list": [1, -2.5, true, null, "x"], "empty": {}},
            "big": 12345678901234567890_u64,
            "text": "tab\t quote\" crab 🦀 nul\u{0}",
        },
    });
    let error = conflict(create(Answer::json(409, sent.to_string())).await);
    let details = error.details.as_ref().unwrap();
    assert_eq!(details["nested"]["list"][1], json!(-2.5));
    let written: serde_json::Value =
        serde_json::from_slice(&api_keys::runtime::codec::encode(&error).unwrap()).unwrap();
    assert_eq!(written, sent);
}

#[tokio::test]
async fn a_conflict_without_details_names_the_field() {
    let result = create(Answer::json(
        409,
        r#"{"message":"no","error_code":"DuplicateName"}"#,
    ))
    .await;
    let Err(error @ Error::Decode { .. }) = result else {
        panic!("{result:?}");
    };
    assert!(chain(&error).contains("details"), "{}", chain(&error));
}

#[tokio::test]
async fn a_missing_field_is_named() {
    let result = create(Answer::json(201, r#"{"api_key":"k","name":"ci"}"#)).await;
    let Err(error @ Error::Decode { .. }) = result else {
        panic!("{result:?}");
    };
    assert!(chain(&error).contains("`id`"), "{}", chain(&error));
}

#[tokio::test]
async fn a_value_of_the_wrong_kind_is_named() {
    let body = r#"{"api_key":"k","id":"no-uuid-marker-11","name":"ci"}"#;
    let result = create(Answer::json(201, body)).await;
    let Err(error @ Error::Decode { .. }) = result else {
        panic!("{result:?}");
    };
    assert!(chain(&error).contains("`id`"), "{}", chain(&error));
    assert!(!chain(&error).contains("no-uuid-marker-11"));
}

#[tokio::test]
async fn a_field_that_the_document_does_not_know_is_passed_over() {
    let body = CREATED.replacen('{', r#"{"new":[{"deep":{}}],"#, 1);
    assert_eq!(create(Answer::json(201, body)).await.unwrap().name, "ci");
}

#[tokio::test]
async fn a_status_that_the_document_does_not_know_keeps_its_body() {
    let answer = Answer::empty(500)
        .header("x-trace", "abc")
        .body("<h1>out of order</h1>");
    let result = create(answer).await;
    let Err(Error::Undocumented(response)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["x-trace"], "abc");
    assert_eq!(&response.body()[..], b"<h1>out of order</h1>");
}

#[tokio::test]
async fn a_success_of_another_status_is_not_taken_for_the_documented_one() {
    let result = create(Answer::json(200, CREATED)).await;
    let Err(Error::Undocumented(response)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn what_is_no_json_is_an_error_of_reading() {
    for body in [
        "",
        "{",
        "<html>",
        r#"{"api_key": "k", "id""#,
        "null",
        "[]",
        "{} trailing",
    ] {
        let result = create(Answer::json(201, body)).await;
        assert!(
            matches!(result, Err(Error::Decode { .. })),
            "{body}: {result:?}"
        );
    }
}

#[tokio::test]
async fn a_closed_port_is_an_error_of_the_transport() {
    let result = client(&closed().await)
        .create_api_key(NewApiKeyRequest::new("ci"))
        .await;
    assert!(matches!(result, Err(Error::Transport { .. })), "{result:?}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let start = Instant::now();
    let result = client(&silent().await)
        .create_api_key(NewApiKeyRequest::new("ci"))
        .timeout(Duration::from_millis(100))
        .await;
    assert!(matches!(result, Err(Error::Timeout)), "{result:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_path_parameter_arrives_as_one_segment() {
    for (value, target) in [
        ("plain-1._~", "/repo/plain-1._~/apikey"),
        ("a/b", "/repo/a%2Fb/apikey"),
        ("a?b=c#d", "/repo/a%3Fb%3Dc%23d/apikey"),
        ("a b", "/repo/a%20b/apikey"),
        ("100%", "/repo/100%25/apikey"),
        ("%2F", "/repo/%252F/apikey"),
        ("🦀", "/repo/%F0%9F%A6%80/apikey"),
        ("a\\b", "/repo/a%5Cb/apikey"),
    ] {
        let server = Server::answering(Answer::json(200, "{}")).await;
        client(server.url())
            .create_repo_key(value, repo_key())
            .await
            .unwrap();
        assert_eq!(server.only().uri, target, "{value}");
    }
}

#[tokio::test]
async fn a_path_parameter_cannot_climb_or_vanish() {
    for value in ["", ".", ".."] {
        let server = Server::answering(Answer::json(200, "{}")).await;
        let result = client(server.url())
            .create_repo_key(value, repo_key())
            .await;
        let Err(error @ Error::Request { .. }) = result else {
            panic!("{value:?}: {result:?}");
        };
        assert!(chain(&error).contains("`repoId`"), "{}", chain(&error));
        assert!(server.received().is_empty());
    }
}

#[tokio::test]
async fn a_body_arrives_byte_for_byte() {
    let name = "\"quotes\" \\ / \u{8}\u{c}\n\r\t \u{1f} \u{7f} \u{2028} ä 日本 🦀 </script>";
    let server = Server::answering(Answer::json(201, CREATED)).await;
    client(server.url())
        .create_api_key(NewApiKeyRequest::new(name))
        .await
        .unwrap();
    let asked = server.only();
    let expected = format!(
        "{{\"name\":\"{}\"}}",
        "\\\"quotes\\\" \\\\ / \\b\\f\\n\\r\\t \\u001f \u{7f} \u{2028} ä 日本 🦀 </script>"
    );
    assert_eq!(std::str::from_utf8(&asked.body).unwrap(), expected);
    assert_eq!(asked.json(), json!({ "name": name }));
    assert_eq!(asked.header("content-length"), asked.body.len().to_string());
}

#[tokio::test]
async fn every_access_type_is_spelled_as_the_document_has_it() {
    let known = [
        (AccessType::Read, "READ"),
        (AccessType::Write, "WRITE"),
        (AccessType::Admin, "ADMIN"),
        (AccessType::Unknown("OWNER".to_owned()), "OWNER"),
    ];
    for (access, wire) in known {
        let server = Server::answering(Answer::json(200, "{}")).await;
        client(server.url())
            .create_repo_key("r", CreateRepoKeyRequest::new("ci", access))
            .await
            .unwrap();
        assert_eq!(server.only().json()["accessType"], wire);
    }
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let server = Server::answering(Answer::json(201, CREATED)).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let result = client.create_api_key(NewApiKeyRequest::new("ci")).await;
    let Err(error @ Error::Request { .. }) = result else {
        panic!("{result:?}");
    };
    assert!(chain(&error).contains("bearerAuth"), "{}", chain(&error));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_base_url_keeps_its_path() {
    let server = Server::answering(Answer::json(201, CREATED)).await;
    for base in [
        format!("{}/api/v2", server.url()),
        format!("{}/api/v2/", server.url()),
    ] {
        client(&base)
            .create_api_key(NewApiKeyRequest::new("ci"))
            .await
            .unwrap();
    }
    for asked in server.received() {
        assert_eq!(asked.uri, "/api/v2/v0/api_keys");
    }
}

#[tokio::test]
async fn a_request_may_go_to_a_server_of_its_own_with_a_header_of_its_own() {
    let (one, other) = (
        Server::answering(Answer::json(201, CREATED)).await,
        Server::answering(Answer::json(201, CREATED)).await,
    );
    client(one.url())
        .create_api_key(NewApiKeyRequest::new("ci"))
        .base_url(other.url())
        .header("x-trace", "abc")
        .await
        .unwrap();
    assert!(one.received().is_empty());
    assert_eq!(other.only().header("x-trace"), "abc");
}

#[tokio::test]
async fn a_request_is_sent_only_when_it_is_awaited() {
    let server = Server::answering(Answer::json(201, CREATED)).await;
    let client = client(server.url());
    drop(client.create_api_key(NewApiKeyRequest::new("ci")));
    assert!(server.received().is_empty());
}

#[test]
fn a_client_and_its_calls_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    fn sent<T: Send>(_: T) {}
    let client = client("http://localhost");
    shared(&client);
    sent(client.create_api_key(NewApiKeyRequest::new("ci")));
    sent(
        client
            .create_api_key(NewApiKeyRequest::new("ci"))
            .into_future(),
    );
}
