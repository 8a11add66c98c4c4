//! Listings in pages: what is asked for, what is handed out, and where one can go on from.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::responses_pagination::runtime::body::Body;
use golden::responses_pagination::runtime::error::Error;
use golden::responses_pagination::runtime::waiting::Wait as _;
use golden::responses_pagination::types::SearchRequest;
use golden::responses_pagination::{Client, ListOrdersError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// What was called: URL and body.
type Calls = Arc<Mutex<Vec<String>>>;

/// An answer of the script: status, header `Link`, body.
type Answer = (u16, &'static str, &'static str);

fn page(body: &'static str) -> Answer {
    (200, "", body)
}

/// A client whose calls are answered one after the other.
fn client(answers: &[Answer]) -> (Client, Calls) {
    let calls = Calls::default();
    let log = calls.clone();
    let answers = Mutex::new(VecDeque::from(answers.to_vec()));
    let transport = move |request: http::Request<Body>| {
        let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        let call = format!("{} {body}", request.uri());
        log.lock().unwrap().push(call.trim_end().to_owned());
        let (status, link, body) = answers.lock().unwrap().pop_front().unwrap();
        let mut response = http::Response::builder().status(status);
        if !link.is_empty() {
            response = response.header("link", link);
        }
        async move { Ok(response.body(Body::from(body)).unwrap()) }
    };
    let client = Client::builder().base_url("http://localhost/v1");
    (client.transport(transport).build().unwrap(), calls)
}

fn called(calls: &Calls) -> Vec<String> {
    let calls = calls.lock().unwrap();
    let calls = calls.iter();
    calls
        .map(|call| call.replace("http://localhost/v1", ""))
        .collect()
}

/// All items of a listing, none of which fails.
macro_rules! all {
    ($request:expr) => {{
        let mut items = $request.items();
        let mut all = Vec::new();
        while let Some(item) = items.next().await {
            all.push(item.unwrap());
        }
        assert_eq!(items.position(), None);
        all
    }};
}

#[tokio::test]
async fn a_token_leads_to_the_next_page_and_parameters_stay() {
    let (client, calls) = client(&[
        page(
            r#"{"orders":[{"id":"a"},{"id":"b"}],"pagination":{"next_cursor":"x y","has_more":true}}"#,
        ),
        page(r#"{"orders":[{"id":"c"}],"pagination":{"next_cursor":"z","has_more":false}}"#),
    ]);
    let orders = all!(client.list_orders().limit(2));
    let ids: Vec<&str> = orders.iter().map(|order| &*order.id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(
        called(&calls),
        ["/orders?limit=2", "/orders?limit=2&cursor=x%20y"]
    );
}

#[tokio::test]
async fn the_last_item_leads_to_the_next_page() {
    let (client, calls) = client(&[
        page(r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        page(r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ]);
    assert_eq!(all!(client.list_charges().starting_after("0")).len(), 3);
    let expected = ["/charges?starting_after=0", "/charges?starting_after=b"];
    assert_eq!(called(&calls), expected);
}

#[tokio::test]
async fn items_are_counted_from_where_the_user_begins() {
    let (client, calls) = client(&[
        page(r#"{"data":{"items":["a","b"]},"total":13}"#),
        page(r#"{"data":{"items":["c"]},"total":13}"#),
    ]);
    assert_eq!(all!(client.list_tracks().offset(10)), ["a", "b", "c"]);
    assert_eq!(called(&calls), ["/tracks?offset=10", "/tracks?offset=12"]);
    // Without a total, and with what may be missing, a page without items is the last.
    let (client, calls) = self::client(&[page(r#"{"data":{"items":["a"]}}"#), page("{}")]);
    assert_eq!(all!(client.list_tracks()), ["a"]);
    assert_eq!(called(&calls), ["/tracks", "/tracks?offset=1"]);
}

#[tokio::test]
async fn pages_are_counted_from_the_documents_first_number() {
    let (client, calls) = client(&[
        page(r#"{"rides":["a"],"totalPages":2}"#),
        page(r#"{"rides":["b"],"totalPages":2}"#),
    ]);
    assert_eq!(all!(client.list_rides()), ["a", "b"]);
    assert_eq!(called(&calls), ["/rides", "/rides?page=1"]);
}

#[tokio::test]
async fn links_are_followed_on_the_same_server_only() {
    let own = r#"<http://localhost/v1/other/7/issues?page=2>; rel="next", <http://localhost/>; rel="last""#;
    let foreign = r#"<https://evil.example/v1/issues?page=3>; rel=next"#;
    let (client, calls) = client(&[
        (200, own, r#"["a"]"#),
        (200, foreign, r#"["b"]"#),
        (200, r#"<http://localhost/>; rel="prev""#, r#"["c"]"#),
    ]);
    assert_eq!(all!(client.list_issues().per_page(1)), ["a", "b", "c"]);
    let expected = [
        "/issues?per_page=1",
        "/other/7/issues?page=2",
        "/issues?page=3",
    ];
    assert_eq!(called(&calls), expected);
}

#[tokio::test]
async fn items_may_be_counted_from_one() {
    let (client, calls) = client(&[
        page(r#"{"Resources":["a","b"],"totalResults":3}"#),
        page(r#"{"Resources":["c"],"totalResults":3}"#),
    ]);
    assert_eq!(all!(client.list_users()), ["a", "b", "c"]);
    assert_eq!(called(&calls), ["/scim/users", "/scim/users?startIndex=3"]);
}

/// What RFC 8288 allows in the header, and what only looks like the next page.
#[tokio::test]
async fn links_are_read_as_the_standard_says() {
    let links = [
        r#"</v1/issues?page=1>; title="a, b; rel=next <\"c>"; rel=prev, </v1/issues?page=2>;REL = "last NEXT";title="é""#,
        r#"</v1/issues?page=9>; rel="prev"; rel="next", <?page=3>; title*=UTF-8''%e2%82%ac; rel=next"#,
        r#"</v1/issues?page=9>; rel=next; anchor="/other", </v1/issues?page=8>; rel="nextish", </v1/issues?page=7>; title="unclosed; rel=next"#,
    ];
    let (client, calls) = client(&links.map(|link| (200, link, r#"["a"]"#)));
    assert_eq!(all!(client.list_issues()), ["a", "a", "a"]);
    assert_eq!(
        called(&calls),
        ["/issues", "/issues?page=2", "/issues?page=3"]
    );
}

#[tokio::test]
async fn urls_in_the_answer_may_be_relative() {
    let (client, calls) = client(&[
        page(r#"{"items":["a"],"next":"/v1/albums?from=1"}"#),
        page(r#"{"items":["b"],"next":"?from=2"}"#),
        page(r#"{"items":["c"],"next":null}"#),
    ]);
    assert_eq!(all!(client.list_albums()), ["a", "b", "c"]);
    assert_eq!(
        called(&calls),
        ["/albums", "/albums?from=1", "/albums?from=2"]
    );
}

#[tokio::test]
async fn a_token_may_go_into_the_body() {
    let (client, calls) = client(&[
        page(r#"{"results":["a"],"next_page_token":"t"}"#),
        page(r#"{"results":["b"]}"#),
    ]);
    assert_eq!(all!(client.search(SearchRequest::new("q"))), ["a", "b"]);
    let expected = [
        r#"/search {"query":"q"}"#,
        r#"/search {"query":"q","page_token":"t"}"#,
    ];
    assert_eq!(called(&calls), expected);
}

#[tokio::test]
async fn an_error_ends_a_listing_that_can_be_gone_on_with_from_its_position() {
    let first =
        r#"{"orders":[{"id":"a"},{"id":"b"}],"pagination":{"next_cursor":"2","has_more":true}}"#;
    let second = r#"{"orders":[{"id":"c"},{"id":"d"}],"pagination":{}}"#;
    let (client, calls) = client(&[
        page(first),
        (429, "", r#"{"message":"slow down"}"#),
        page(second),
        page(second),
    ]);
    let policy = golden::responses_pagination::runtime::retry::RetryPolicy::none();
    let mut items = client.list_orders().retry(policy).items();
    for id in ["a", "b"] {
        assert_eq!(items.next().await.unwrap().unwrap().id, id);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(
        error,
        Error::Api(ListOrdersError::TooManyRequests(_))
    ));
    assert!(items.next().await.is_none());
    let kept = items.position().unwrap().to_string();
    assert_eq!(kept, "0:2");

    let mut items = client
        .list_orders()
        .items()
        .resume_at(kept.parse().unwrap());
    assert_eq!(items.next().await.unwrap().unwrap().id, "c");
    let kept = items.position().unwrap();
    assert_eq!(kept.to_string(), "1:2");
    let mut items = client.list_orders().items().resume_at(kept);
    assert_eq!(items.next().await.unwrap().unwrap().id, "d");
    assert!(items.next().await.is_none());
    let expected = [
        "/orders",
        "/orders?cursor=2",
        "/orders?cursor=2",
        "/orders?cursor=2",
    ];
    assert_eq!(called(&calls), expected);
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_an_error() {
    let body = r#"{"orders":[{"id":"a"}],"pagination":{"next_cursor":"2","has_more":true}}"#;
    let (client, calls) = client(&[page(body), page(body)]);
    let mut pages = client.list_orders().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("same page again"), "{error}");
    assert!(pages.next().await.is_none());
    assert_eq!(called(&calls).len(), 2);
}

#[test]
fn a_loop_that_blocks_goes_over_all_items() {
    let first =
        r#"{"orders":[{"id":"a"},{"id":"b"}],"pagination":{"next_cursor":"x","has_more":true}}"#;
    let last = r#"{"orders":[{"id":"c"}],"pagination":{"next_cursor":"z","has_more":false}}"#;
    let (client, calls) = client(&[page(first), page(last)]);
    let mut items = client.list_orders().items().wait();
    assert!(called(&calls).is_empty());
    let ids: Vec<String> = items.by_ref().map(|item| item.unwrap().id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(items.stream().position(), None);
    assert_eq!(called(&calls).len(), 2);
}

#[tokio::test]
async fn a_loop_that_blocks_is_refused_on_a_thread_of_tokio() {
    let (client, calls) = client(&[]);
    let mut pages = client.list_orders().pages().wait();
    let error = pages.next().unwrap().unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(pages.next().is_none());
    assert!(called(&calls).is_empty());
}
