//! The root of the client: its documentation, its modules and what it re-exports.

use super::doc_text::DocText;
use super::docs::{doc_text, emit_inner_text};
use super::names::{
    CLIENT, CLIENT_BUILDER, ERROR, REQUEST, RESPONSE, RuntimeName, TRANSPORT, ident,
};
use crate::rust::{Client, CredentialKind, OperationItem, OutcomeItem, Passing};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What the root re-exports from the runtime.
pub(super) const PUBLIC: &[RuntimeName] =
    &[CLIENT, CLIENT_BUILDER, ERROR, REQUEST, RESPONSE, TRANSPORT];

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

/// The re-exports of the root, each behind an attribute.
pub(super) fn emit_exports(client: &Client, attribute: &TokenStream) -> TokenStream {
    let runtime = PUBLIC.iter().map(|(module, name)| {
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
    enums.sort();
    let enums = (!enums.is_empty()).then(|| quote!(#attribute pub use operations::{#(#enums),*};));
    quote! {
        #enums
        #attribute
        pub use runtime::{#(#runtime),*};
        // Without the trait in reach, nobody could read a secret that the server gave.
        #attribute
        pub use secrecy::{ExposeSecret, SecretString};
    }
}

/// A first call. It is shown and not tested: no emitted file has a documentation test, so that one that comes from a
/// document would stand out.
fn quick_start(client: &Client) -> String {
    let mut lines = vec![
        "```ignore".to_owned(),
        format!("use {}::Client;", client.package.module),
        String::new(),
        "# async fn run() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let credential = client
        .credentials
        .first()
        .map_or_else(String::new, |credential| {
            let arguments = match credential.kind {
                CredentialKind::Basic => "\"user\", \"password\"",
                CredentialKind::Bearer => "\"token\"",
                CredentialKind::ApiKey { .. } => "\"key\"",
            };
            format!(".{}({arguments})", credential.method)
        });
    lines.push(format!(
        "let client = Client::builder(){credential}.build()?;"
    ));
    if let Some(operation) = client
        .operations
        .iter()
        .find(|operation| is_simple(operation))
    {
        let arguments: Vec<String> = operation
            .arguments
            .iter()
            .map(|argument| format!("\"{}\"", argument.name.as_str().trim_start_matches("r#")))
            .collect();
        lines.push(format!(
            "let reply = client.{}({}).await?;",
            operation.method,
            arguments.join(", ")
        ));
        lines.push("println!(\"{}\", reply.status());".to_owned());
    }
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines.join("\n")
}

/// Whether a call needs nothing but strings.
fn is_simple(operation: &OperationItem) -> bool {
    !operation.docs.deprecated
        && operation
            .arguments
            .iter()
            .all(|argument| argument.passing == Passing::Str)
}
