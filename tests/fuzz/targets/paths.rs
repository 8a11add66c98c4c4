//! Path templates: what is taken apart is the same when it is put together, and a client of it is Rust.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use specwright::lower::fuzzing::reassembled_path;
use specwright_fuzz::{assert_code, run};

fuzz_target!(|paths: (String, String)| {
    for path in [&paths.0, &paths.1] {
        let path = format!("/{path}");
        if let Some(again) = reassembled_path(&path) {
            assert_eq!(again, path);
        }
    }
    let item = json!({"get": {"responses": {"200": {"description": "d"}}}});
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"},
        "servers": [{"url": paths.0}],
        "paths": {format!("/{}", paths.0): item, paths.1.clone(): item},
    });
    if let Some(product) = run(&document.to_string(), false).product {
        assert_code(&product);
    }
});
