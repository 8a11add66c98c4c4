//! Answers that are more than one value of JSON.

use super::{body, mock_of, request};
use serde_json::{Value, json};

const STREAMS: &str = r#"
openapi: 3.0.3
info: {title: Streams, version: 1.0.0}
paths:
  /events:
    get:
      responses:
        '200': {description: All, content: {text/event-stream: {schema: {type: string}, example: "event: a\ndata: 1\n\ndata: 2\n\n"}}}
  /lines:
    get:
      responses:
        '200': {description: All, content: {application/x-ndjson: {schema: {type: string}, example: "1\n2\n3"}}}
  /parts:
    get:
      responses:
        '200': {description: All, content: {multipart/form-data: {schema: {type: object, properties: {a: {type: integer}}}}}}
  /mixed:
    get:
      responses:
        '200': {description: All, content: {multipart/mixed: {schema: {type: object}}}}
  /wrong:
    get:
      responses:
        '200': {description: One, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer}, pin: {type: string, writeOnly: true}}}, example: {id: 1, pin: "1"}}}}
"#;

#[test]
fn streams_are_cut_where_their_events_end() {
    let mock = mock_of(STREAMS);
    let events = mock.answer(&request("GET", "/events", ""));
    assert_eq!(events.body, b"event: a\ndata: 1\n\ndata: 2\n\n");
    assert_eq!(events.ends, [18, 27]);
    assert_eq!(mock.answer(&request("GET", "/lines", "")).ends, [2, 4, 6]);
    let parts = mock.answer(&request("GET", "/parts", ""));
    let media_type = &parts.headers.last().unwrap().1;
    let boundary = media_type.split_once("boundary=").unwrap().1;
    let text = String::from_utf8(parts.body).unwrap();
    assert!(text.starts_with(&format!("--{boundary}\r\n")), "{text}");
    assert!(text.ends_with(&format!("\r\n--{boundary}--\r\n")), "{text}");
}

#[test]
fn a_body_of_parts_of_no_known_type_has_one() {
    let reply = mock_of(STREAMS).answer(&request("GET", "/mixed", ""));
    let text = String::from_utf8(reply.body).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let [open, media_type, "", "text", close] = lines[..] else {
        panic!("{text}");
    };
    assert_eq!(media_type, "Content-Type: text/plain; charset=utf-8");
    assert_eq!(close, format!("{open}--"));
}

#[test]
fn an_example_that_the_document_forbids_is_not_answered() {
    let reply = mock_of(STREAMS).answer(&request("GET", "/wrong", ""));
    let value = body(&reply);
    assert!(
        value["id"].is_i64() && value.get("pin").is_none(),
        "{value}"
    );
}

#[test]
fn items_one_after_the_other_are_read_by_their_type() {
    let mock = mock_of(
        "{openapi: 3.2.0, info: {title: Items, version: '1'}, paths: {/a: {post: {
          requestBody: {required: true, content: {
            application/x-ndjson: {itemSchema: {type: object, properties: {id: {type: integer}}}},
            application/json-seq: {itemSchema: {type: boolean}}}},
          responses: {'204': {description: Taken.}}}}}}",
    );
    let status = |media_type: &str, body: &str| {
        let mut request = request("POST", "/a", body);
        request.headers = vec![("content-type".to_owned(), media_type.to_owned())];
        mock.answer(&request).status
    };
    assert_eq!(status("application/x-ndjson", "{\"id\":1}\n{}\n"), 204);
    assert_eq!(status("application/x-ndjson", "{\"id\":\"1\"}\n"), 400);
    assert_eq!(status("application/x-ndjson", "{\"id\":\n"), 400);
    assert_eq!(
        status("application/json-seq", "\u{1e}true\n\u{1e}false\n"),
        204
    );
    assert_eq!(status("application/json-seq", "\u{1e}1\n"), 400);
}

#[test]
fn any_method_is_routed() {
    let mock = mock_of(
        "{openapi: 3.2.0, info: {title: Methods, version: '1'}, paths: {/a: {
          query: {responses: {'200': {content: {application/json: {example: [1]}}}}},
          additionalOperations: {PURGE: {responses: {'204': {}}}}}}}",
    );
    let asked = mock.answer(&request("QUERY", "/a", ""));
    assert_eq!((asked.status, body(&asked)), (200, json!([1])));
    assert_eq!(mock.answer(&request("PURGE", "/a", "")).status, 204);
    let refused = mock.answer(&request("GET", "/a", ""));
    assert_eq!(refused.status, 405);
    let allow = refused.headers.iter().find(|(name, _)| name == "Allow");
    assert_eq!(allow.unwrap().1, "QUERY, PURGE");
}

#[test]
fn a_stream_without_an_example_has_items_of_its_type() {
    let mock = mock_of(
        "{openapi: 3.2.0, info: {title: Streams, version: '1'}, paths: {
          /lines: {get: {responses: {'200': {content: {application/x-ndjson: {itemSchema: {type: object, required: [id], properties: {id: {type: integer, minimum: 7}}}}}}}}},
          /records: {get: {responses: {'200': {content: {application/json-seq: {itemSchema: {type: boolean}}}}}}},
          /switch: {get: {responses: {'101': {description: Another protocol}}}}}}",
    );
    let lines = mock.answer(&request("GET", "/lines", ""));
    let text = String::from_utf8(lines.body).unwrap();
    assert_eq!(text.lines().count(), lines.ends.len());
    for line in text.lines() {
        let item: Value = serde_json::from_str(line).unwrap();
        assert!(item["id"].as_i64() >= Some(7), "{text}");
    }
    let records = mock.answer(&request("GET", "/records", ""));
    let text = String::from_utf8(records.body).unwrap();
    assert!(text.starts_with("\u{1e}") && text.ends_with('\n'), "{text}");
    assert_eq!(mock.answer(&request("GET", "/switch", "")).status, 501);
}
