//! References of any spelling, between two files and to places that are references themselves.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use specwright::load::Entry;
use specwright::pipeline::{self, Options};
use specwright_fuzz::assert_code;

fuzz_target!(|input: (u8, Vec<String>)| {
    let (version, texts) = input;
    let reference = |index: usize| json!({"$ref": texts.get(index).cloned().unwrap_or_default()});
    let version = ["3.0.3", "3.1.0", "3.2.0"][usize::from(version) % 3];
    let document = json!({
        "openapi": version, "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"parameters": [reference(0)], "responses": {"200": reference(1)}}}, "/b": reference(2)},
        "components": {
            "schemas": {
                "A": reference(3), "B": {"allOf": [reference(4)], "properties": {"a": reference(5)}},
                "C": {"oneOf": [reference(3), reference(6)], "$id": texts.get(7), "$anchor": texts.get(8)},
            },
            "responses": {"R": reference(1)}, "parameters": {"P": reference(0)},
        },
    });
    let other = json!({"A": reference(9), "b/c": {"type": "object", "properties": {"d~e": reference(10)}}});
    let files = [("a.json", document.to_string()), ("b.json", other.to_string())];
    let run = pipeline::run(&Entry::texts("a.json", files), &Options::default());
    assert_eq!(run.product.is_none(), run.diagnostics.has_errors());
    if let Some(product) = run.product {
        assert_code(&product);
    }
});
