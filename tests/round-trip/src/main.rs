//! Reads the examples and defaults of a document into the types generated from it, and writes them back.
//!
//!     round-trip prepare DOCUMENT FOLDER    writes a crate that does it, and the values for it
//!     round-trip judge DOCUMENT FOLDER      says what became of the values, from what the crate printed
//!
//! `tests/round-trips` runs both, with a build of all such crates between.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod driver;
mod judge;
mod places;
mod schemas;
mod values;
mod yaml;

use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts, Run};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, document, folder] = arguments.as_slice() else {
        panic!("usage: round-trip prepare|judge DOCUMENT FOLDER");
    };
    let run = generate(document);
    let product = run.product.as_ref().unwrap();
    let files = values::parse(&run.sources);
    let cases = values::find(&files, places::find(&product.api, &product.client));
    match command.as_str() {
        "prepare" => driver::write(&product.code, &cases, Path::new(folder)),
        "judge" => judge::print(&files, &cases, Path::new(folder)),
        other => panic!("there is no command {other}"),
    }
}

fn generate(document: &str) -> Run {
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    pipeline::run(&Entry::path(document), &options)
}
