//! Listings whose pages the document describes in `x-specwright-pagination`.

#![allow(clippy::unwrap_used)]

use golden::responses_pagination_declared::Client;
use golden::responses_pagination_declared::runtime::testing::{Answer, Script};
use golden::responses_pagination_declared::types::{ListByPageRequest, ListByPageRequestAsk};

/// A client whose calls are answered by these pages.
fn client(pages: impl IntoIterator<Item = Answer>) -> (Client, Script) {
    let script = pages.into_iter().fold(Script::new(), Script::answer);
    let client = Client::builder().base_url("http://localhost");
    (client.transport(script.clone()).build().unwrap(), script)
}

fn page(body: &str) -> Answer {
    Answer::json(200, body)
}

/// What was asked for: path and query, and the body.
fn asked(script: &Script) -> Vec<String> {
    let sent = script.sent();
    let calls = sent.iter().map(|sent| {
        let body = String::from_utf8_lossy(sent.body()).into_owned();
        let url = sent.url().replace("http://localhost", "");
        format!("{url} {body}").trim_end().to_owned()
    });
    calls.collect()
}

/// All items of a listing, none of which fails.
macro_rules! all {
    ($request:expr) => {{
        let mut items = $request.items();
        let mut all = Vec::new();
        while let Some(item) = items.next().await {
            all.push(item.unwrap());
        }
        all
    }};
}

#[tokio::test]
async fn a_token_is_found_below_a_name_with_a_dot() {
    let (client, script) = client([
        page(r#"{"state":{"found":["a"],"lost":["x"],"next.at":"2","open":true}}"#),
        page(r#"{"state":{"found":["b"],"next.at":"3","open":false}}"#),
    ]);
    assert_eq!(all!(client.list_by_cursor()), ["a", "b"]);
    assert_eq!(asked(&script), ["/cursor", "/cursor?at=2"]);
}

#[tokio::test]
async fn headers_hold_tokens_and_urls() {
    let (client, script) = client([
        page(r#"["a"]"#).header("x-next", "n/2"),
        page(r#"["b"]"#).header("x-next", ""),
    ]);
    assert_eq!(all!(client.list_by_header().at("1")), ["a", "b"]);
    assert_eq!(asked(&script), ["/header?at=1", "/header?at=n%2F2"]);

    let (client, script) = self::client([
        page(r#"["a"]"#).header("x-next-page", "http://localhost/header-url?from=a"),
        page(r#"["b"]"#).header("x-next-page", "https://elsewhere.example/evil?from=b"),
        page(r#"["c"]"#),
    ]);
    assert_eq!(all!(client.list_by_header_url()), ["a", "b", "c"]);
    let expected = ["/header-url", "/header-url?from=a", "/header-url?from=b"];
    assert_eq!(asked(&script), expected);

    let link = r#"</link?page=2>; rel="next""#;
    let (client, script) = self::client([page(r#"["a"]"#).header("link", link), page("[]")]);
    assert_eq!(all!(client.list_by_link()), ["a"]);
    assert_eq!(asked(&script), ["/link", "/link?page=2"]);
}

#[tokio::test]
async fn properties_of_any_name_lead_on() {
    let (client, script) = client([
        page(r#"{"things":[{"key":1}],"onwards":"?from=1"}"#),
        page(r#"{"things":[{"key":2}]}"#),
    ]);
    assert_eq!(all!(client.list_by_url()).len(), 2);
    assert_eq!(asked(&script), ["/url", "/url?from=1"]);

    let (client, script) = self::client([
        page(r#"{"things":[{"key":1},{"key":7}],"open":true}"#),
        page(r#"{"things":[{"key":9}],"open":false}"#),
    ]);
    assert_eq!(all!(client.list_by_last_item()).len(), 3);
    assert_eq!(asked(&script), ["/last-item", "/last-item?beyond=7"]);

    let (client, script) = self::client([
        page(r#"{"things":[{"key":1},{"key":2}],"sum":3}"#),
        page(r#"{"things":[{"key":3}],"sum":3}"#),
    ]);
    assert_eq!(all!(client.list_by_offset()).len(), 3);
    assert_eq!(asked(&script), ["/offset", "/offset?beyond=2"]);
}

#[tokio::test]
async fn the_number_of_a_page_goes_into_the_body() {
    let (client, script) = client([
        page(r#"{"things":[{"key":1}],"sheets":2}"#),
        page(r#"{"things":[{"key":2}],"sheets":2}"#),
    ]);
    let request = ListByPageRequest {
        ask: Some(ListByPageRequestAsk { sheet: None }),
    };
    assert_eq!(all!(client.list_by_page(request)).len(), 2);
    let expected = [r#"/page {"ask":{}}"#, r#"/page {"ask":{"sheet":1}}"#];
    assert_eq!(asked(&script), expected);
}
