//! Streams whose items have a schema (OpenAPI 3.2, `itemSchema`): of an event it says what its data is, of the others what
//! an item is.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::versions_item_schema::Client;
use golden::versions_item_schema::runtime::testing::{Answer, Script};
use golden::versions_item_schema::types::WatchNewsResponseEvent;

/// A client that is answered so.
fn client(media_type: &str, body: &'static str) -> (Client, Script) {
    let answer = Answer::new(200)
        .header("content-type", media_type)
        .body(body);
    let script = Script::new().answer(answer);
    let builder = Client::builder().base_url("http://127.0.0.1");
    (builder.transport(script.clone()).build().unwrap(), script)
}

#[tokio::test]
async fn the_data_of_an_event_is_what_its_content_schema_says() {
    let text = "retry: 5\nevent: tick\nid: 3\ndata: {\"at\":\ndata: 1}\n\ndata: {\"at\":2}\n\ndata: now\n\n";
    let (client, script) = client("text/event-stream", text);
    let mut ticks = client.watch_ticks().events();
    let tick = ticks.next().await.unwrap().unwrap();
    assert_eq!(
        (tick.at, tick.event.as_deref(), tick.id.as_deref()),
        (1, Some("tick"), Some("3"))
    );
    let tick = ticks.next().await.unwrap().unwrap();
    assert_eq!((tick.at, tick.event.as_deref()), (2, None));
    let error = ticks.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("JSON"), "{error}");
    assert!(ticks.next().await.is_none());
    assert_eq!(script.sent()[0].header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn the_data_of_one_of_several_events_is_what_that_one_has() {
    let text = "event: added\ndata: {\"title\":\"Emma\"}\n\nevent: removed\ndata: {\"id\":7}\n\nevent: moved\ndata: {\"to\":1}\n\n";
    let (client, _) = client("text/event-stream; charset=utf-8", text);
    let mut news = client.watch_news().events();
    let added = news.next().await.unwrap().unwrap();
    assert!(matches!(&*added, WatchNewsResponseEvent::Added(it) if it.title == "Emma"));
    let removed = news.next().await.unwrap().unwrap();
    assert!(matches!(&*removed, WatchNewsResponseEvent::Removed(it) if it.id == 7));
    let moved = news.next().await.unwrap().unwrap();
    assert!(matches!(&*moved, WatchNewsResponseEvent::Unknown(it) if it["to"] == 1));
    assert_eq!(moved.event.as_deref(), Some("moved"));
    assert!(news.next().await.is_none());
}

#[tokio::test]
async fn data_of_which_nothing_is_said_is_text() {
    let (client, _) = client("text/event-stream", "data: {\"a\":1}\n\ndata\n\n");
    let mut log = client.watch_log().events();
    assert_eq!(log.next().await.unwrap().unwrap().data, "{\"a\":1}");
    assert_eq!(log.next().await.unwrap().unwrap().data, "");
    assert!(log.next().await.is_none());
}

#[tokio::test]
async fn lines_sequences_and_parts_are_what_their_item_schema_says() {
    let (rows, script) = client("application/jsonl", "{\"id\":\"a\"}\n\n{\"id\":\"b\"}");
    let mut rows = rows.export_rows().events();
    assert_eq!(rows.next().await.unwrap().unwrap().data.id, "a");
    assert_eq!(rows.next().await.unwrap().unwrap().data.id, "b");
    assert!(rows.next().await.is_none());
    assert_eq!(script.sent()[0].header("accept"), Some("application/jsonl"));

    let media_type = "application/vnd.example+json-seq";
    let text = "\x1e{\n\"title\": \"Emma\"}\n\x1e{\"title\":\"Persuasion\"}\n\x1e{\"name\":1}\n";
    let (records, _) = client(media_type, text);
    let mut records = records.export_records().events();
    assert_eq!(records.next().await.unwrap().unwrap().title, "Emma");
    assert_eq!(records.next().await.unwrap().unwrap().title, "Persuasion");
    let error = records.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("`title` is missing"), "{error}");

    let text =
        "--b\r\nContent-Type: application/json\r\nX-Row: 1\r\n\r\n{\"id\":\"a\"}\r\n--b--\r\n";
    let (batch, _) = client("multipart/mixed; boundary=b", text);
    let mut batch = batch.read_batch().events();
    let row = batch.next().await.unwrap().unwrap();
    assert_eq!(
        (&*row.data.id, &row.headers["x-row"]),
        ("a", &"1".parse().unwrap())
    );
    assert!(batch.next().await.is_none());
}
