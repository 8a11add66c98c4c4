//! The module `servers`: constants that describe where the API is served.

mod builders;

use super::doc_text::DocText;
use super::docs::{emit_docs, emit_text};
use super::names::{Imports, SERVER, SERVER_VARIABLE, ident};
use crate::rust::{Client, Paragraph, ServerItem, ServerList, UrlPiece};
use builders::emit_builders;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// So many operations are named with their servers.
const MOST_USERS: usize = 4;

/// The module `servers`.
pub(super) fn emit_servers(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let constants: Vec<TokenStream> = all_servers(client)
        .map(|server| emit_server(server, &mut imports))
        .collect();
    let builders = emit_builders(client, &mut imports);
    let ty = imports.name(SERVER);
    let all = client.servers.iter().map(|server| ident(&server.constant));
    let lists: Vec<TokenStream> = own_lists(client)
        .into_iter()
        .map(|list| emit_list(client, list, &ty))
        .collect();
    let uses = imports.items();
    quote! {
        //! The servers of the API.
        #uses
        #(#constants)*
        /// The servers of the document; the first is the default.
        pub const ALL: &[#ty] = &[#(#all),*];
        #(#lists)*
        #builders
    }
}

/// The servers of the document and of operations, each once.
pub(super) fn all_servers(client: &Client) -> impl Iterator<Item = &ServerItem> {
    let mut seen = BTreeSet::new();
    let all = client.servers.iter();
    all.chain(every_list(client).flat_map(|list| &list.servers))
        .filter(move |server| seen.insert(&server.constant))
}

/// The lists of servers that operations have of their own, each once.
pub(super) fn own_lists(client: &Client) -> Vec<&ServerList> {
    let mut seen = BTreeSet::new();
    every_list(client)
        .filter(|list| seen.insert(&list.constant))
        .collect()
}

/// The lists of servers that operations have of their own, and links.
fn every_list(client: &Client) -> impl Iterator<Item = &ServerList> {
    client.operations.iter().flat_map(|operation| {
        let links = operation.links();
        let links = links.filter_map(|(_, link)| link.servers.as_ref());
        operation.servers.iter().chain(links)
    })
}

fn emit_list(client: &Client, list: &ServerList, ty: &Ident) -> TokenStream {
    let name = ident(&list.constant);
    let members = list.servers.iter().map(|server| ident(&server.constant));
    let is_it = |own: &Option<ServerList>| {
        let own = own.as_ref();
        own.is_some_and(|own| own.constant == list.constant)
    };
    let mut users: Vec<String> = Vec::new();
    for operation in &client.operations {
        if is_it(&operation.servers) {
            users.push(format!(
                "[`Client::{0}`](super::Client::{0})",
                operation.method
            ));
        }
        for (_, link) in operation.links().filter(|(_, link)| is_it(&link.servers)) {
            users.push(format!("the link {}", DocText::code(link.wire.as_str())));
        }
    }
    let users = match users.as_slice() {
        [.., last] if users.len() <= MOST_USERS => {
            let first = users.get(..users.len() - 1).unwrap_or_default();
            let join = if first.is_empty() { "" } else { " and " };
            format!("{}{join}{last}", first.join(", "))
        }
        users => {
            let shown = users.get(..MOST_USERS).unwrap_or(users);
            format!(
                "{} and {} more",
                shown.join(", "),
                users.len() - shown.len()
            )
        }
    };
    let docs = emit_text(&DocText::own(&format!("The servers of {users}.")));
    quote! {
        #docs
        pub const #name: &[#ty] = &[#(#members),*];
    }
}

fn emit_server(server: &ServerItem, imports: &mut Imports) -> TokenStream {
    let ty = imports.name(SERVER);
    let name = ident(&server.constant);
    let docs = emit_docs(&server.docs, "A server of the API.");
    let url: String = server
        .url
        .iter()
        .map(|piece| match piece {
            UrlPiece::Literal(text) => text.as_str().to_owned(),
            UrlPiece::Variable(name) => format!("{{{}}}", name.as_str()),
        })
        .collect();
    let description = server
        .docs
        .paragraphs
        .iter()
        .find_map(|paragraph| match paragraph {
            Paragraph::Prose(prose) => Some(prose.as_str()),
            _ => None,
        });
    let description = description.unwrap_or("");
    let variables: Vec<TokenStream> = server
        .variables
        .iter()
        .map(|variable| {
            let ty = imports.name(SERVER_VARIABLE);
            let (name, default) = (variable.name.as_str(), variable.default.as_str());
            let allowed = variable.allowed.iter().map(|value| value.as_str());
            quote!(#ty { name: #name, default: #default, allowed: &[#(#allowed),*] })
        })
        .collect();
    quote! {
        #docs
        pub const #name: #ty = #ty {
            url: #url,
            description: #description,
            variables: &[#(#variables),*],
        };
    }
}
