#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::{Mock, Reply, Request};
use crate::load::Entry;
use crate::pipeline::{self, Options, Parts};
use serde_json::{Value, json};

const KEYS: &str = r#"
openapi: 3.0.3
info: {title: Keys, version: 1.0.0}
servers: [{url: https://example.com/v1}]
security: [{bearer: []}]
paths:
  /keys:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {size: {type: integer}}}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string, maxLength: 2}}}
      responses:
        '200': {description: All, content: {application/json: {schema: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Key'}}}}}}}
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/NewKey'}}}
      responses:
        '201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}
        '409': {description: Taken, content: {application/json: {schema: {type: object, properties: {message: {type: string, example: Taken}}}}}}
  /keys/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
    get:
      responses:
        '200': {description: One, content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}
        '404': {description: None}
    delete: {responses: {'204': {description: Gone}}}
  /forms:
    post:
      security: []
      requestBody:
        content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: integer}, b: {type: array, items: {type: string}}}}}}
      responses:
        '204': {description: Fine}
        '422': {description: Wrong, content: {application/json: {schema: {type: object, required: [detail], properties: {detail: {type: string}}}}}}
  /files:
    post:
      security: []
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}, count: {type: integer}, more: {type: object, properties: {a: {type: boolean}}}}}}}
      responses: {'204': {description: Fine}}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}}
  schemas:
    NewKey: {type: object, required: [name], additionalProperties: false, properties: {name: {type: string, minLength: 2}}}
    Key:
      type: object
      required: [id, name]
      properties: {id: {type: string, format: uuid, readOnly: true, example: 01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10}, name: {type: string, example: first}}
"#;

fn mock() -> Mock {
    mock_of(KEYS)
}

fn mock_of(text: &str) -> Mock {
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    let run = pipeline::run(&Entry::text("keys.yaml", text), &options);
    Mock::new(run.product.unwrap().api, 1)
}

fn request(method: &str, target: &str, body: &str) -> Request {
    let mut headers = vec![("Authorization".to_owned(), "Bearer x".to_owned())];
    if !body.is_empty() {
        let is_json = body.starts_with('{');
        let form = "application/x-www-form-urlencoded";
        let media_type = if is_json { "application/json" } else { form };
        headers.push(("Content-Type".to_owned(), media_type.to_owned()));
    }
    Request {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: body.as_bytes().to_vec(),
    }
}

fn body(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap()
}

fn problems(reply: &Reply) -> Vec<String> {
    reply
        .problems
        .iter()
        .map(|problem| problem.to_string())
        .collect()
}

#[test]
fn of_operations_with_one_path_that_answers_whose_constants_are_sent() {
    let mock = mock_of(
        "
openapi: 3.0.3
info: {title: RPC, version: '1'}
paths:
  /rpc?method=make: {post: {responses: {'201': {description: Made}}}}
  /rpc?method=drop: {post: {responses: {'204': {description: Gone}}}}
",
    );
    let status = |target: &str| mock.answer(&request("POST", target, "")).status;
    assert_eq!(status("/rpc?method=make"), 201);
    assert_eq!(status("/rpc?method=drop"), 204);
    assert_eq!(status("/rpc?method=other"), 400);
}

#[test]
fn what_is_created_is_read_listed_refused_and_deleted() {
    let mock = mock();
    let made = mock.answer(&request("POST", "/v1/keys", r#"{"name": "ci"}"#));
    assert_eq!((made.status, &body(&made)["name"]), (201, &json!("ci")));
    let place = format!("/keys/{}", body(&made)["id"].as_str().unwrap());
    assert_eq!(body(&mock.answer(&request("GET", &place, ""))), body(&made));
    let all = mock.answer(&request("GET", "/keys", ""));
    assert_eq!(body(&all), json!({ "items": [body(&made)] }));
    let again = mock.answer(&request("POST", "/keys", r#"{"name": "ci"}"#));
    assert_eq!(
        (again.status, body(&again)),
        (409, json!({ "message": "Taken" }))
    );
    assert_eq!(mock.answer(&request("DELETE", &place, "")).status, 204);
    assert_eq!(mock.answer(&request("GET", &place, "")).status, 404);
}

#[test]
fn a_refusal_points_to_the_place() {
    let mock = mock();
    let refused = mock.answer(&request("POST", "/keys", r#"{"name": "x", "more": 1}"#));
    assert_eq!(refused.status, 400);
    let details = body(&refused);
    assert_eq!(details["errors"][0]["pointer"], "#/name");
    assert_eq!(details["errors"][1]["pointer"], "#");
    let target = "/keys?limit=11&filter%5Bsize%5D=x&tags=a,bcd";
    let refused = problems(&mock.answer(&request("GET", target, "")));
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(
        refused[0].starts_with("query limit: 11 is greater"),
        "{refused:?}"
    );
    assert!(
        refused[1].starts_with("query filter #/size: \"x\""),
        "{refused:?}"
    );
    assert!(
        refused[2].starts_with("query tags #/1: \"bcd\""),
        "{refused:?}"
    );
    assert_eq!(mock.answer(&request("GET", "/keys/1", "")).status, 400);
}

#[test]
fn a_documented_refusal_keeps_to_its_schema() {
    let mock = mock();
    let refused = mock.answer(&request("POST", "/forms", "a=x&b=1&b=2"));
    assert_eq!(refused.status, 422);
    assert!(
        body(&refused)["detail"]
            .as_str()
            .unwrap()
            .starts_with("body #/a: ")
    );
    assert_eq!(
        mock.answer(&request("POST", "/forms", "a=1&b=1")).status,
        204
    );
}

#[test]
fn parts_are_read_by_their_types() {
    let mock = mock();
    let part = |name: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    let send = |parts: &[String], end: &str| {
        let mut request = request("POST", "/files", &format!("{}{end}", parts.concat()));
        request.headers[1].1 = "multipart/form-data; boundary=b".to_owned();
        problems(&mock.answer(&request))
    };
    let file = part("file", "100%+\r\n--c");
    let all = [
        file.clone(),
        part("count", "3"),
        part("more", "{\"a\": true}"),
    ];
    assert_eq!(send(&all, "--b--\r\n"), Vec::<String>::new());
    assert_eq!(send(&[file], ""), ["body: the parts have no end"]);
    let wrong = send(&[part("count", "x"), part("more", "{\"a\": 1}")], "--b--");
    assert_eq!(wrong.len(), 3, "{wrong:?}");
}

#[test]
fn paths_methods_media_types_and_credentials_are_looked_at() {
    let mock = mock();
    assert_eq!(mock.answer(&request("GET", "/nothing", "")).status, 404);
    let refused = mock.answer(&request("PUT", "/keys", ""));
    assert_eq!(refused.status, 405);
    assert!(
        refused
            .headers
            .contains(&("Allow".to_owned(), "GET, POST".to_owned()))
    );
    assert_eq!(
        mock.answer(&request("POST", "/keys", "name=ci")).status,
        415
    );
    assert_eq!(mock.answer(&request("POST", "/keys", "")).status, 400);
    let mut anonymous = request("GET", "/keys", "");
    anonymous.headers.clear();
    assert_eq!(mock.answer(&anonymous).status, 401);
}

#[test]
fn a_preference_chooses_the_response() {
    let mock = mock();
    let mut asking = request("POST", "/keys", r#"{"name": "ci"}"#);
    asking
        .headers
        .push(("Prefer".to_owned(), "code=409".to_owned()));
    assert_eq!(mock.answer(&asking).status, 409);
    asking.headers.last_mut().unwrap().1 = "code=500".to_owned();
    assert_eq!(mock.answer(&asking).status, 400);
}

#[test]
fn the_same_seed_makes_the_same_identifiers() {
    let made = || body(&mock().answer(&request("POST", "/keys", r#"{"name": "ci"}"#)));
    assert_eq!(made(), made());
}

#[test]
fn no_request_is_too_odd_to_be_answered() {
    let mock = mock();
    let targets = [
        "",
        "/",
        "//",
        "/keys/%",
        "/keys/%ff%00?%&=&==&a[b]=",
        "/keys?filter[size][0]=1&filter=2",
        "*",
    ];
    for target in targets {
        for method in ["GET", "POST", "OPTIONS", "HEAD", "BREW"] {
            for content in ["", "{", "{\"name\": 1e999}", "a=%&b&=", "{\"a\":[[[[[["] {
                let status = mock.answer(&request(method, target, content)).status;
                assert!(status < 500, "{method} {target} {content}");
            }
        }
    }
}

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
