//! From the plan to Rust source: tokens made with quote, set by prettyplease.

mod arguments;
mod bodies;
mod choices;
mod client;
mod constraints;
mod doc_text;
mod docs;
#[cfg(fuzzing)]
pub mod fuzzing;
mod headers;
mod incoming;
mod layout;
mod lines;
mod links;
mod manifest;
mod names;
mod operations;
mod paging;
mod quick_start;
mod records;
mod root;
mod runtime_files;
mod rust_types;
mod security;
mod servers;
mod stream;
mod types;
mod unions;
mod xml;

use crate::artifact::{Artifact, Layout};
use crate::rust::{Client, RustType};
use proc_macro2::TokenStream;

/// Writes the client in a layout: a crate, a directory of modules, or one file for `include!`.
pub fn emit(client: &Client, layout: Layout) -> Vec<Artifact> {
    match layout {
        Layout::Crate => layout::emit_crate(client),
        Layout::Module => layout::emit_module(client),
        Layout::File => layout::emit_file(client),
    }
}

/// A type as it is spelled in a module beside `types` that has a `use` of it.
pub fn spell_type(ty: &RustType) -> String {
    rust_types::emit_type(ty, rust_types::Within::Beside).to_string()
}

/// Tokens as source. Should they not parse, they come out unformatted, and the compiler says what is wrong with them.
fn format_tokens(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => lines::set_apart(&prettyplease::unparse(&file)),
        Err(_) => tokens.to_string(),
    }
}
