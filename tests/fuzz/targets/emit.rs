//! Bytes to emitted Rust: whatever is written is parsed by syn, and the manifest by toml.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright_fuzz::{assert_code, run};

fuzz_target!(|text: &str| {
    if let Some(product) = run(text, false).product {
        assert_code(&product);
    }
});
