//! Operations: names, bodies, responses, security and servers.

use super::lower_yaml;
use crate::diagnostic::Code;
use crate::model::{
    ContentKind, FormStyle, OperationName, Scalar, SecurityKind, Shape, StatusPattern, Type,
};
use serde_json::json;

#[test]
fn an_operation_without_an_id_of_its_own_is_named_after_its_path() {
    let lowered = lower_yaml(
        "
paths:
  /a: {get: {operationId: same, responses: {'204': {description: Done.}}}}
  /b/{id}:
    get:
      operationId: same
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
",
    );
    let names: Vec<_> = lowered
        .api
        .operations
        .iter()
        .map(|(_, operation)| &operation.name)
        .collect();
    assert!(matches!(names[0], OperationName::Declared(_)));
    let OperationName::Derived(words) = names[1] else {
        panic!("a declared name");
    };
    let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
    assert_eq!(words, ["get", "b", "by", "id"]);
    lowered.assert_finding(
        Code::DuplicateOperationId,
        "/paths/~1b~1{id}/get/operationId",
    );
}

#[test]
fn json_comes_first_of_several_bodies_and_the_rest_stands_beside_it() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    patch:
      requestBody:
        required: true
        content:
          application/json-patch+json: {schema: {type: array, items: {}}}
          application/merge-patch+json; charset=utf-8: {schema: {type: object}}
          application/apply-patch+yaml: {schema: {type: object}}
      responses: {'204': {description: Done.}}
",
    );
    let body = lowered.operation().body.as_ref().expect("a body");
    assert!(body.required);
    assert_eq!(
        body.content.media_type.as_str(),
        "application/merge-patch+json; charset=utf-8"
    );
    assert!(matches!(body.content.kind, ContentKind::Json(_)));
    let others = body
        .others
        .iter()
        .map(|content| content.media_type.as_str());
    let others: Vec<&str> = others.collect();
    assert_eq!(
        others,
        [
            "application/json-patch+json",
            "application/apply-patch+yaml"
        ]
    );
}

#[test]
fn bodies_are_parts_or_bytes_and_answers_text() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    post:
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}}}}
      responses: {'204': {description: Done.}}
  /b:
    post:
      requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses: {'200': {description: Text., content: {text/csv: {schema: {type: string}}}}}
",
    );
    let mut operations = lowered
        .api
        .operations
        .iter()
        .map(|(_, operation)| operation);
    let parts = &operations
        .next()
        .unwrap()
        .body
        .as_ref()
        .unwrap()
        .content
        .kind;
    let ContentKind::Multipart {
        ty: Type::Named(id),
        ..
    } = parts
    else {
        panic!("{parts:?}")
    };
    let Shape::Record(record) = &lowered.api.types[*id].shape else {
        panic!("no record")
    };
    assert_eq!(record.fields[0].ty, Type::Scalar(Scalar::Binary));
    let operation = operations.next().unwrap();
    assert_eq!(
        operation.body.as_ref().map(|body| &body.content.kind),
        Some(&ContentKind::Bytes)
    );
    let content = operation.responses[0].content.as_ref().expect("content");
    assert_eq!(content.kind, ContentKind::Text);
}

#[test]
fn responses_keep_status_headers_and_examples() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    get:
      responses:
        '200':
          description: Done.
          headers: {X-Rate: {schema: {type: integer}}, Content-Type: {schema: {type: string}}}
          content:
            application/json:
              schema: {type: object, properties: {id: {type: string}}}
              examples: {first: {$ref: '#/components/examples/One'}}
        4XX: {$ref: '#/components/responses/Failed'}
        default: {description: Else.}
components:
  examples: {One: {value: {id: a}}}
  responses:
    Failed: {description: No., content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
",
    );
    let responses = &lowered.operation().responses;
    let statuses: Vec<StatusPattern> = responses.iter().map(|response| response.status).collect();
    assert_eq!(
        statuses,
        [
            StatusPattern::Code(200),
            StatusPattern::Range(4),
            StatusPattern::Default
        ]
    );
    assert_eq!(responses[0].headers.len(), 1);
    let content = responses[0].content.as_ref().expect("content");
    assert_eq!(content.examples[0].1, json!({"id": "a"}));
    assert!(responses[2].content.is_none());
    lowered.inline(&["get_a", "response"]);
    lowered.inline(&["Failed", "response"]);
    lowered.assert_clean();
}

#[test]
fn security_is_per_operation_and_only_of_declared_schemes() {
    let lowered = lower_yaml(
        "
security: [{token: []}]
paths:
  /a: {get: {responses: {'204': {description: Done.}}}}
  /b: {get: {security: [], responses: {'204': {description: Done.}}}}
  /c: {get: {security: [{oauth: [read]}, {}], responses: {'204': {description: Done.}}}}
  /d: {get: {security: [{nowhere: []}], responses: {'204': {description: Done.}}}}
components:
  securitySchemes:
    token: {type: http, scheme: Bearer, bearerFormat: JWT}
    oauth: {type: oauth2, flows: {}}
    digest: {type: http, scheme: digest}
",
    );
    let schemes: Vec<_> = lowered
        .api
        .security
        .iter()
        .map(|(_, scheme)| &scheme.kind)
        .collect();
    assert_eq!(schemes.len(), 2);
    assert!(matches!(schemes[1], SecurityKind::Bearer { format: None }));
    let operations: Vec<_> = lowered
        .api
        .operations
        .iter()
        .map(|(_, operation)| operation)
        .collect();
    let alternatives: Vec<usize> = operations
        .iter()
        .map(|operation| operation.security.len())
        .collect();
    assert_eq!(alternatives, [1, 0, 2, 0]);
    assert_eq!(operations[2].security[0].schemes[0].1[0].as_str(), "read");
    lowered.assert_finding(
        Code::SecurityScheme,
        "/components/securitySchemes/digest/scheme",
    );
    lowered.assert_finding(Code::SecurityScheme, "/paths/~1d/get/security/0/nowhere");
}

#[test]
fn servers_have_variables_and_operations_their_own() {
    let lowered = lower_yaml(
        "
servers:
  - url: https://{region}.example.com/v1
    variables: {region: {default: eu, enum: [eu, us]}, spare: {default: x}}
  - url: https://{nowhere}.example.com
paths:
  /a: {get: {servers: [{url: https://other.example.com}], responses: {'204': {description: Done.}}}}
  /b: {get: {responses: {'204': {description: Done.}}}}
",
    );
    assert_eq!(lowered.api.servers.len(), 1);
    let server = &lowered.api.servers[0];
    assert_eq!(server.default_url(), "https://eu.example.com/v1");
    assert_eq!(server.variables.len(), 1);
    let own: Vec<bool> = lowered
        .api
        .operations
        .iter()
        .map(|(_, operation)| operation.servers.is_some())
        .collect();
    assert_eq!(own, [true, false]);
    lowered.assert_finding(Code::InvalidServer, "/servers/0/variables/spare");
    lowered.assert_finding(Code::InvalidServer, "/servers/1/url");
}

#[test]
fn each_property_of_a_form_is_spelled_as_its_encoding_says() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {a: {type: array, items: {type: string}}}}
            encoding:
              deep: {style: deepObject, explode: true}
              form: {style: form}
              exploded: {explode: true}
              joined: {explode: false}
              space: {style: spaceDelimited}
              pipe: {style: pipeDelimited, explode: false}
              bars: {style: pipeDelimited, explode: true}
              json: {contentType: application/json}
              text: {contentType: text/plain}
              image: {contentType: image/png}
              open: {allowReserved: true}
      responses: {'204': {description: Done.}}
",
    );
    let body = lowered.operation().body.as_ref().expect("a body");
    let ContentKind::Form {
        styles, reserved, ..
    } = &body.content.kind
    else {
        panic!("no form: {body:?}");
    };
    let styles: Vec<(&str, FormStyle)> = styles
        .iter()
        .map(|(name, style)| (name.as_str(), *style))
        .collect();
    assert_eq!(
        styles,
        [
            ("deep", FormStyle::DeepObject),
            ("joined", FormStyle::Joined),
            ("space", FormStyle::SpaceDelimited),
            ("pipe", FormStyle::PipeDelimited),
            ("json", FormStyle::Json),
        ]
    );
    let encoding =
        "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding";
    let places: Vec<String> = lowered.findings().into_iter().map(|(_, at)| at).collect();
    assert_eq!(places, [format!("{encoding}/image")]);
    let reserved: Vec<&str> = reserved.iter().map(|name| name.as_str()).collect();
    assert_eq!(reserved, ["open"]);
}
