//! Bytes to load: YAML, JSON and anything else ends as a document or as an error that has a place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::diagnostic::{Diagnostics, RenderOptions, render};
use specwright::load::{Entry, LoadOptions, load};
use specwright::source::Sources;

fuzz_target!(|text: &str| {
    let options = LoadOptions {
        max_bytes: 256 * 1024,
        ..LoadOptions::default()
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = load(&Entry::text("fuzz.yaml", text), &options, &mut sources, &mut diagnostics);
    assert!(document.is_some() || diagnostics.has_errors());
    // Looking for lines and columns reads the text once more, in another way.
    render(&diagnostics, &sources, RenderOptions::default());
});
