//! The root of the client: its documentation, its modules and what it re-exports.

use super::doc_text::DocText;
use super::docs::{doc_text, emit_inner_text};
use super::names::{
    BODY, BODY_ITEMS, CLIENT, CLIENT_BUILDER, CREDENTIAL, ERROR, FILE_PART, LINK_ERROR, REQUEST,
    RESPONSE, RETRY_POLICY, RuntimeName, TRANSPORT, ident,
};
use super::quick_start::quick_start;
use crate::rust::{Client, OutcomeItem, RustType, Target};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What the root re-exports from the runtime.
pub(super) const PUBLIC: &[RuntimeName] = &[
    CLIENT,
    CLIENT_BUILDER,
    CREDENTIAL,
    ERROR,
    REQUEST,
    RESPONSE,
    RETRY_POLICY,
    TRANSPORT,
];

/// The documentation of the root, as inner attributes.
pub(super) fn emit_root_docs(client: &Client) -> TokenStream {
    let mut text = DocText::default();
    text.add(DocText::own(&format!(
        "# {}",
        DocText::heading(&client.title)
    )));
    text.add(doc_text(&client.docs));
    text.add(DocText::own("## Quick start"));
    text.add(DocText::own(&quick_start(client)));
    emit_inner_text(&text)
}

/// The re-exports of the root, each behind an attribute; those of a feature behind its condition too.
pub(super) fn emit_exports(
    client: &Client,
    attribute: &TokenStream,
    feature: &TokenStream,
) -> TokenStream {
    let body = takes_body(client).then_some(&BODY);
    let file = client.runtime.files.then_some(&FILE_PART);
    let items = client.runtime.items.then_some(&BODY_ITEMS);
    let link = client.runtime.links.then_some(&LINK_ERROR);
    let runtime = PUBLIC.iter().chain(body).chain(items).chain(file);
    let runtime = runtime.chain(link);
    let runtime = runtime.map(|(module, name)| {
        let (module, name) = (
            Ident::new(module, Span::call_site()),
            Ident::new(name, Span::call_site()),
        );
        quote!(#module::#name)
    });
    let outcomes = client
        .operations
        .iter()
        .flat_map(|operation| [&operation.output, &operation.error]);
    let mut enums: Vec<Ident> = outcomes
        .filter_map(|outcome| match outcome {
            OutcomeItem::Enum { name, .. } => Some(ident(name)),
            _ => None,
        })
        .collect();
    for operation in &client.operations {
        enums.extend(operation.choices().iter().map(|choice| ident(&choice.name)));
        let body = operation.body_choice();
        enums.extend(body.map(|choice| ident(&choice.name)));
    }
    enums.sort();
    let enums = (!enums.is_empty()).then(|| quote!(#attribute pub use operations::{#(#enums),*};));
    let validation = client.rules.is_some().then(|| {
        quote! {
            #feature
            #attribute
            pub use runtime::validate::{ValidationError, Violation};
        }
    });
    quote! {
        #enums
        #validation
        #attribute
        pub use runtime::{#(#runtime),*, testing};
        // Without the trait in reach, nobody could read a secret that the server gave.
        #attribute
        pub use secrecy::{ExposeSecret, SecretString};
    }
}

/// Whether users have to do with bodies: those of bytes, and those of files.
fn takes_body(client: &Client) -> bool {
    let mut arguments = client
        .operations
        .iter()
        .flat_map(|operation| operation.arguments.iter().chain(&operation.setters));
    client.runtime.files
        || arguments.any(|argument| match &argument.target {
            Target::Choice(choice) => choice
                .variants
                .iter()
                .any(|variant| variant.ty == RustType::Body),
            _ => argument.ty == RustType::Body,
        })
}
