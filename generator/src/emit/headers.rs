//! The headers of answers: markers of what an answer has, and an accessor for each header.

use super::doc_text::DocText;
use super::docs::{emit_docs, emit_text};
use super::names::{DECODE_ERROR, Imports, RESPONSE, ident};
use super::rust_types::{Within, emit_type};
use crate::rust::{Client, HeaderItem, HeadersItem};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The markers of all answers, each once, in the order of the operations.
pub(super) fn emit_headers(client: &Client, imports: &mut Imports) -> TokenStream {
    let mut known = BTreeSet::new();
    let mut items = Vec::new();
    for operation in &client.operations {
        for item in operation.headers.iter().chain(operation.error.markers()) {
            if known.insert(&item.name) {
                items.push(emit_marker(item, imports));
            }
        }
    }
    quote!(#(#items)*)
}

/// The type of the headers of an answer.
pub(super) fn headers_type(item: Option<&HeadersItem>) -> TokenStream {
    match item {
        Some(item) => {
            let name = ident(&item.name);
            quote!(#name)
        }
        None => quote!(()),
    }
}

fn emit_marker(item: &HeadersItem, imports: &mut Imports) -> TokenStream {
    let name = ident(&item.name);
    let docs = emit_text(&DocText::own(match item.links.as_slice() {
        [] => "The headers that the API documents for an answer, each a method of it.",
        _ => {
            "What the API documents for an answer beside its body: each header and each link is a method of it."
        }
    }));
    let accessors: Vec<TokenStream> = item
        .headers
        .iter()
        .map(|header| emit_accessor(header, imports))
        .collect();
    let accessors = (!accessors.is_empty()).then(|| {
        let response = imports.name(RESPONSE);
        quote! {
            impl<T> #response<T, #name> {
                #(#accessors)*
            }
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum #name {}
        #accessors
    }
}

fn emit_accessor(header: &HeaderItem, imports: &mut Imports) -> TokenStream {
    if header.ty.names_type() {
        imports.sibling("types");
    }
    let (name, wire) = (ident(&header.name), header.wire.as_str());
    let ty = emit_type(&header.ty, Within::Beside);
    let error = imports.name(DECODE_ERROR);
    let code = DocText::code(wire);
    let docs = emit_docs(&header.docs, &format!("The header {code}."));
    let read = match header.is_json {
        true => quote!(json_header),
        false => quote!(header),
    };
    let (given, required) = match header.required {
        true => (
            quote!(#ty),
            quote!(.and_then(|value| self.required(#wire, value))),
        ),
        false => (quote!(Option<#ty>), quote!()),
    };
    let absent = match header.required {
        true => "if the answer has none, or it",
        false => "if it",
    };
    let errors = format!(" {absent} is not as documented.");
    let errors = errors.replacen(" if", " If", 1);
    quote! {
        #docs
        ///
        /// # Errors
        ///
        #[doc = #errors]
        pub fn #name(&self) -> Result<#given, #error> {
            self.#read(#wire)#required
        }
    }
}
