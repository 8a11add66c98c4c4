//! From the plan to Rust source: tokens made with quote, set by prettyplease.

mod client;
mod doc_text;
mod docs;
mod layout;
mod manifest;
mod names;
mod operations;
mod records;
mod root;
mod runtime_files;
mod rust_types;
mod servers;
mod types;
mod unions;

use crate::artifact::{Artifact, Layout};
use crate::rust::Client;
use proc_macro2::TokenStream;

/// Writes the client in a layout: a crate, a directory of modules, or one file for `include!`.
pub fn emit(client: &Client, layout: Layout) -> Vec<Artifact> {
    match layout {
        Layout::Crate => layout::emit_crate(client),
        Layout::Module => layout::emit_module(client),
        Layout::File => layout::emit_file(client),
    }
}

/// Tokens as source. Should they not parse, they come out unformatted, and the compiler says what is wrong with them.
fn format_tokens(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => set_apart(&prettyplease::unparse(&file)),
        Err(_) => tokens.to_string(),
    }
}

/// Puts an empty line between items. Text of the document cannot mislead it, as literals stand on one line each.
fn set_apart(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len() + source.len() / 32);
    let mut before = "";
    for line in source.lines() {
        if needs_gap(before, line) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
}

fn needs_gap(before: &str, line: &str) -> bool {
    let (last, first) = (before.trim_start(), line.trim_start());
    let indent = |line: &str, rest: &str| line.len() - rest.len();
    let starts = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if indent(before, last) != indent(line, first) {
        return false;
    }
    let list = ["use ", "pub use ", "mod ", "pub mod ", "type "];
    let ends = match last.starts_with("//") {
        true => last.starts_with("//!"),
        false => last.ends_with(['}', ';']) || last.starts_with("#!["),
    };
    let begins = starts(
        first,
        &[
            "///", "#[", "impl ", "pub ", "static ", "const ", "fn ", "mod ", "use ", "type ",
        ],
    );
    ends && begins && !(starts(last, &list) && starts(first, &list))
}
