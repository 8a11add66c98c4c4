//! Cookies: those of parameters and that of a credential stand in one header, each once.

use super::socket::Listener;
use golden::requests_cookie_parameters::Client;
use golden::responses_links::runtime::testing::{Answer, Script};
use golden::responses_links::types::NewBook;

const EMPTY: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n";

/// The headers with cookies of a request.
fn cookies(request: &str) -> Vec<&str> {
    let lines = request.lines();
    lines
        .filter_map(|line| line.strip_prefix("cookie: "))
        .collect()
}

#[tokio::test]
async fn a_cookie_that_is_given_twice_is_sent_once_beside_that_of_a_credential() {
    let server = Listener::answering(EMPTY);
    let builder = Client::builder().base_url(server.url()).session("s3cret");
    let client = builder.build().unwrap();
    let settings = client.get_settings("dark").limit(1).tags(&["a".to_owned()]);
    settings.limit(2).await.unwrap();
    assert_eq!(
        cookies(&server.request()),
        ["theme=dark; tags=a; limit=2; sid=s3cret"]
    );
    // A list with a cookie for each item takes the place of all of them, and nothing that of a list.
    let each = |items: &[&str]| -> Vec<String> { items.iter().map(|&item| item.into()).collect() };
    let settings = client.get_settings("dark").each(&each(&["a", "b"]));
    settings.each(&each(&["c"])).await.unwrap();
    assert_eq!(
        cookies(&server.request()),
        ["theme=dark; each=c; sid=s3cret"]
    );
    let settings = client.get_settings("dark").each(&each(&["a", "b"]));
    settings.each(&[]).await.unwrap();
    assert_eq!(cookies(&server.request()), ["theme=dark; sid=s3cret"]);
    // The user's own header takes the place of all that were given before, and not of the credential.
    let settings = client.get_settings("dark").header("cookie", "own=\u{e9}");
    settings.limit(3).await.unwrap();
    let sent = server.request();
    assert_eq!(cookies(&sent), ["own=\u{e9}; limit=3; sid=s3cret"]);
}

#[tokio::test]
async fn a_cookie_that_a_link_gives_is_sent_once_when_the_user_gives_it_too() {
    let body = r#"{"id":7,"writers":[]}"#;
    let script = Script::new().otherwise(move |_| Answer::json(201, body));
    let builder = golden::responses_links::Client::builder();
    let client = builder.transport(script.clone()).build().unwrap();
    let added = client.add_book(3, NewBook::new("Emma")).await.unwrap();
    let _ = added.follow_book(&client).unwrap().await;
    let _ = added.follow_book(&client).unwrap().seen(&[4, 5]).await;
    let sent = script.sent();
    assert_eq!(sent[1].header("cookie"), Some("seen=3"));
    assert_eq!(sent[2].header("cookie"), Some("seen=4,5"));
}
