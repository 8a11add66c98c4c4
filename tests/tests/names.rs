//! Names stay what they are when a document grows: whoever generates again after an unrelated change still compiles.

#![allow(clippy::unwrap_used, clippy::panic)]

use serde_yaml::{Mapping, Value};
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use std::collections::BTreeSet;
use tests::places::cases;

/// What is added in front of the others and behind them; neither has anything to do with them.
const PATHS: [(&str, &str); 2] = [
    ("/aaa-unrelated", "first"),
    ("/zzz-unrelated/{unrelatedId}", "last"),
];

#[test]
fn unrelated_schemas_and_operations_change_no_name() {
    let mut changed = Vec::new();
    let mut unread = Vec::new();
    let mut seen = 0;
    for case in cases() {
        if !["names", "types", "keywords", "requests"].contains(&case.area.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&case.path).unwrap();
        let Some(before) = items(&text) else {
            continue;
        };
        let Ok(mut document) = serde_yaml::from_str::<Value>(&text) else {
            unread.push(case.name.clone());
            continue;
        };
        grow(&mut document);
        let after = items(&serde_yaml::to_string(&document).unwrap()).unwrap();
        seen += before.len();
        let gone = before.difference(&after);
        changed.extend(gone.map(|item| format!("{}/{}: {item}", case.area, case.name)));
    }
    assert!(seen > 500, "only {seen} items");
    // The YAML of this test has no integers beyond 64 bits.
    assert_eq!(unread, ["big-numbers", "defaults-filled", "defaults"]);
    assert!(changed.is_empty(), "{}", changed.join("\n\n"));
}

/// The items of the types and the methods of the client: all that a user names.
fn items(document: &str) -> Option<BTreeSet<String>> {
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    let entry = Entry::texts("api.yaml", [("api.yaml", document)]);
    let product = pipeline::run(&entry, &options).product?;
    let file = |name: &str| {
        let mut files = product.code.iter();
        let found = files.find(|file| file.path.as_str() == name);
        found.map_or(String::new(), |file| file.content.clone())
    };
    let types = file("src/types.rs");
    let client = file("src/client.rs");
    let methods = client.lines().filter(|line| line.contains("fn "));
    // What is imported is no name of the document's.
    let items = types.split("\n\n").filter(|item| !item.starts_with("use "));
    let items = items.map(|item| item.trim().to_owned());
    Some(items.chain(methods.map(str::to_owned)).collect())
}

fn grow(document: &mut Value) {
    let parsed = |text: String| serde_yaml::from_str::<Value>(&text).unwrap();
    let paths = PATHS.map(|(path, word)| {
        let parameters = match path.contains('{') {
            true => "[{name: unrelatedId, in: path, required: true, schema: {type: string}}]",
            false => "[]",
        };
        let operation = format!(
            "{{post: {{operationId: {word}Unrelated, parameters: {parameters}, requestBody: {{content: \
             {{application/json: {{schema: {{type: object, properties: {{{word}: {{type: object, properties: \
             {{{word}Inner: {{type: string, enum: [{word}A, {word}B]}}}}}}}}}}}}}}}}, responses: {{'204': {{description: Done.}}}}}}}}"
        );
        (path.to_owned(), parsed(operation))
    });
    let schemas = ["AaaUnrelated", "ZzzUnrelated"].map(|name| {
        let schema = format!("{{type: object, properties: {{of{name}: {{type: object, properties: {{in{name}: {{type: integer}}}}}}}}}}");
        (name.to_owned(), parsed(schema))
    });
    surround(&mut document["paths"], paths);
    let components = &mut document["components"];
    if components.is_mapping() {
        surround(&mut components["schemas"], schemas);
    }
}

/// Puts one entry in front and one behind.
fn surround(map: &mut Value, [first, last]: [(String, Value); 2]) {
    let mut grown = Mapping::new();
    grown.insert(first.0.into(), first.1);
    if let Value::Mapping(old) = std::mem::take(map) {
        grown.extend(old);
    }
    grown.insert(last.0.into(), last.1);
    *map = Value::Mapping(grown);
}
