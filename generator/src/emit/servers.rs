//! The modules `servers` and `security`: statics that describe what surrounds the operations.

use super::docs::emit_docs;
use super::names::{Imports, SCHEME_KIND, SECURITY_SCHEME, SERVER, SERVER_VARIABLE, ident};
use crate::rust::{ApiKeyPlace, Client, CredentialKind, Paragraph, ServerItem, UrlPiece};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The module `servers`.
pub(super) fn emit_servers(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let mut seen = BTreeSet::new();
    let own = client
        .operations
        .iter()
        .filter_map(|operation| operation.servers.as_ref());
    let constants: Vec<TokenStream> = client
        .servers
        .iter()
        .chain(own.flatten())
        .filter(|server| seen.insert(&server.constant))
        .map(|server| emit_server(server, &mut imports))
        .collect();
    let ty = imports.name(SERVER);
    let all = client.servers.iter().map(|server| ident(&server.constant));
    let lists: Vec<TokenStream> = own_lists(client)
        .into_iter()
        .map(|servers| {
            let name = server_list(servers);
            let members = servers.iter().map(|server| ident(&server.constant));
            quote! {
                /// Servers of operations that have their own.
                pub const #name: &[#ty] = &[#(#members),*];
            }
        })
        .collect();
    let uses = imports.items();
    quote! {
        //! The servers of the API.
        #uses
        #(#constants)*
        /// The servers of the document; the first is the default.
        pub const ALL: &[#ty] = &[#(#all),*];
        #(#lists)*
    }
}

/// The name of the constant that lists these servers.
pub(super) fn server_list(servers: &[ServerItem]) -> Ident {
    let names: Vec<&str> = servers
        .iter()
        .map(|server| server.constant.as_str())
        .collect();
    Ident::new(&format!("ONLY_{}", names.join("_OR_")), Span::call_site())
}

/// The names of the lists of servers that operations have of their own, each once.
pub(super) fn own_server_lists(client: &Client) -> Vec<Ident> {
    own_lists(client).into_iter().map(server_list).collect()
}

fn own_lists(client: &Client) -> Vec<&[ServerItem]> {
    let mut seen = BTreeSet::new();
    client
        .operations
        .iter()
        .filter_map(|operation| operation.servers.as_deref())
        .filter(|servers| seen.insert(server_list(servers)))
        .collect()
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

/// The module `security`.
pub(super) fn emit_security(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let ty = imports.name(SECURITY_SCHEME);
    let statics: Vec<TokenStream> = client
        .credentials
        .iter()
        .map(|credential| {
            let kinds = imports.name(SCHEME_KIND);
            let constant = ident(&credential.constant);
            let name = credential.scheme.as_str();
            let docs = emit_docs(&credential.docs, "A way to say who is calling.");
            let kind = match &credential.kind {
                CredentialKind::Bearer => quote!(Bearer),
                CredentialKind::Basic => quote!(Basic),
                CredentialKind::ApiKey { place, name } => {
                    let name = name.as_str();
                    match place {
                        ApiKeyPlace::Header => quote!(ApiKeyHeader(#name)),
                        ApiKeyPlace::Query => quote!(ApiKeyQuery(#name)),
                        ApiKeyPlace::Cookie => quote!(ApiKeyCookie(#name)),
                    }
                }
            };
            quote! {
                #docs
                pub static #constant: #ty = #ty { name: #name, kind: #kinds::#kind };
            }
        })
        .collect();
    let all = client
        .credentials
        .iter()
        .map(|credential| ident(&credential.constant));
    let uses = imports.items();
    quote! {
        //! The ways to say who is calling.
        #uses
        #(#statics)*
        /// All of them.
        pub const ALL: &[&#ty] = &[#(&#all),*];
    }
}
