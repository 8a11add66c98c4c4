#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod streams;
mod xml;

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
        - {name: page, in: query, schema: {type: integer}}
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
    seeded(text, 1)
}

fn seeded(text: &str, seed: u64) -> Mock {
    let mut options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    options.plan.features.xml = true;
    let run = pipeline::run(&Entry::text("keys.yaml", text), &options);
    Mock::new(run.product.unwrap().api, seed)
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
fn the_same_seed_makes_the_same_answers_and_another_seed_others() {
    let made = |seed| {
        let mock = seeded(KEYS, seed);
        let calls = [
            ("POST", "/keys", r#"{"name": "ci"}"#),
            ("POST", "/keys", r#"{"name": "cd"}"#),
            ("GET", "/keys", ""),
        ];
        calls.map(|(method, path, sent)| body(&mock.answer(&request(method, path, sent))))
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8));
}

#[test]
fn no_more_items_are_listed_than_are_asked_for() {
    let mock = mock();
    let names = |target: &str| {
        let list = body(&mock.answer(&request("GET", target, "")));
        let items = list["items"].as_array().unwrap().clone();
        items
            .into_iter()
            .map(|item| item["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("/keys?limit=0").len(), 0, "nor are they made up");
    for name in ["aa", "bb", "cc"] {
        mock.answer(&request(
            "POST",
            "/keys",
            &json!({ "name": name }).to_string(),
        ));
    }
    assert_eq!(names("/keys"), ["aa", "bb", "cc"]);
    assert_eq!(names("/keys?limit=2"), ["aa", "bb"]);
    assert_eq!(names("/keys?limit=2&page=2"), ["cc"]);
    assert_eq!(names("/keys?limit=9&page=2"), [""; 0]);
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
