//! XML of the samples and of the mock's answers, which the generator writes over its model, beside that of a client, which
//! the runtime writes over what types say of themselves: the same values must be the same bytes.

use super::xml::pet;
use golden::requests_xml_bodies::Client;
use golden::requests_xml_bodies::operations::EitherBody;
use golden::requests_xml_bodies::runtime::codec::{decode, encode};
use golden::requests_xml_bodies::runtime::testing::{Answer, Script};
use golden::requests_xml_bodies::types::{Pet, Problem};
use serde_json::{Value, json};
use specwright::load::Entry;
use specwright::model::{Api, Content, ContentKind, RequestBody};
use specwright::pipeline::{self, Options};
use specwright::reference::{response_example, xml};

fn api() -> Api {
    let mut options = Options::default();
    options.plan.features.xml = true;
    let entry = Entry::path("../cases/requests/xml-bodies.yaml");
    pipeline::run(&entry, &options).product.unwrap().api
}

/// The body of XML that an operation sends.
fn content<'a>(api: &'a Api, method: &str, path: &str) -> &'a Content {
    let mut operations = api.operations.iter().map(|(_, operation)| operation);
    let operation = operations
        .find(|operation| operation.method.as_str() == method && operation.path_template() == path);
    let mut contents = operation
        .unwrap()
        .body
        .iter()
        .flat_map(RequestBody::contents);
    let found = contents.find(|content| matches!(content.kind, ContentKind::Xml { .. }));
    found.unwrap()
}

/// What the generator writes of a value.
fn sample(api: &Api, content: &Content, value: &Value) -> String {
    let ContentKind::Xml { ty, root } = &content.kind else {
        panic!("no XML");
    };
    xml(api, ty, root, value)
}

/// The values of a pet: all of it, little of it, and parts of it that are empty or odd.
fn pets(api: &Api, content: &Content) -> Vec<Value> {
    let whole: Value = serde_json::from_slice(&encode(&pet()).unwrap()).unwrap();
    let mut pets = vec![
        whole.clone(),
        response_example(api, content),
        json!({"id": 1, "name": "", "photoUrls": []}),
        json!({"id": -1, "name": " a\tb\r\nc ", "photoUrls": ["", "<&>\"'", "\u{1F600}"]}),
    ];
    // Each property left out, and each that may be null without a value.
    for name in whole.as_object().unwrap().keys() {
        let mut without = whole.clone();
        without.as_object_mut().unwrap().shift_remove(name);
        pets.push(without);
    }
    for (name, value) in [
        ("note", json!(null)),
        ("note", json!("n")),
        ("tags", json!([])),
        ("nicks", json!([""])),
        ("scores", json!([])),
        // A sample has the digits of the document, `1.0`, where a client writes `1`.
        ("scores", json!([2.5, -0.25])),
        ("owner", json!({})),
        ("owner", json!({"a": "1", "b": "2"})),
        ("size", json!({})),
        ("size", json!({"unit": "\"<cm>\" & 'in'"})),
        ("body", json!("]]>")),
        ("body", json!("")),
    ] {
        let mut other = whole.clone();
        other[name] = value;
        pets.push(other);
    }
    pets
}

#[tokio::test]
async fn samples_are_spelled_as_a_client_spells_them() {
    let api = api();
    let server = Script::new().otherwise(|_| Answer::new(204));
    let client = Client::builder().base_url("http://localhost");
    let client = client.transport(server.clone()).build().unwrap();
    let sent = || {
        let body = server.sent().last().unwrap().body().to_vec();
        String::from_utf8(body).unwrap()
    };
    let one = content(&api, "POST", "/pets");
    let values = pets(&api, one);
    let mut compared = 0;
    for value in &values {
        // A value that no pet can be is none that a sample shows.
        let Ok(pet) = decode::<Pet>(value.to_string().as_bytes()) else {
            continue;
        };
        let value: Value = serde_json::from_slice(&encode(&pet).unwrap()).unwrap();
        let _ = client.add_pet(pet).await;
        assert_eq!(sample(&api, one, &value), sent(), "{value}");
        compared += 1;
    }
    assert!(compared > 20, "{compared} of {}", values.len());

    let many = content(&api, "PUT", "/pets");
    for values in [&values[..0], &values[..1], &values[..4]] {
        let pets: Vec<Pet> = values
            .iter()
            .map(|value| decode(value.to_string().as_bytes()).unwrap())
            .collect();
        let _ = client.put_pets(&pets).await;
        assert_eq!(sample(&api, many, &Value::from(values.to_vec())), sent());
    }

    let problem = content(&api, "POST", "/either");
    for value in [
        json!({}),
        json!({"title": "t"}),
        json!({"title": "<", "codes": [1, 2]}),
    ] {
        let body: Problem = decode(value.to_string().as_bytes()).unwrap();
        let _ = client.either(EitherBody::Xml(Box::new(body))).await;
        assert_eq!(sample(&api, problem, &value), sent());
    }
}
