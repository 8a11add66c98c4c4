//! The module `security`: statics that describe who may call, and where tokens are to be had.

use super::doc_text::DocText;
use super::docs::{emit_docs, emit_text};
use super::names::{
    AUTHORIZATION_CODE, CLIENT_CREDENTIALS, DEVICE_AUTHORIZATION, DISCOVERY, ENDPOINTS, Imports,
    PASSWORD, SCHEME_KIND, SCOPE, SECURITY_SCHEME, ident,
};
use crate::rust::{
    ApiKeyPlace, Client, CredentialItem, CredentialKind, FlowKind, TokenFlow, TokensItem,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `security`.
pub(super) fn emit_security(client: &Client, is_crate: bool) -> TokenStream {
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
    let feature = is_crate.then(|| quote!(#[cfg(feature = "oauth2")]));
    let tokens = client.credentials.iter().filter_map(|credential| {
        let tokens = credential.tokens.as_ref()?;
        Some(emit_tokens(credential, tokens, feature.as_ref()))
    });
    let uses = imports.items();
    quote! {
        //! The ways to say who is calling.
        #uses
        #(#statics)*
        /// All of them.
        pub const ALL: &[&#ty] = &[#(&#all),*];
        #(#tokens)*
    }
}

/// The module of a credential: its flows and its scopes.
fn emit_tokens(
    credential: &CredentialItem,
    tokens: &TokensItem,
    feature: Option<&TokenStream>,
) -> TokenStream {
    let mut imports = Imports::default();
    let flows: Vec<TokenStream> = (tokens.flows.iter())
        .map(|flow| emit_flow(flow, &mut imports))
        .collect();
    let discovery = tokens.discovery.as_ref().map(|url| {
        let ty = imports.name(DISCOVERY);
        let url = url.as_str();
        quote! {
            /// Where the server names its endpoints.
            pub const DISCOVERY: #ty = #ty::new(#url);
        }
    });
    let scopes = (!tokens.scopes.is_empty()).then(|| emit_scopes(tokens));
    let name = ident(&credential.method);
    let docs = emit_text(&DocText::own(&format!(
        "Where tokens for [`ClientBuilder::{0}`](super::ClientBuilder::{0}) are to be had.",
        credential.method
    )));
    let uses = imports.items_at(&quote!(super::super));
    quote! {
        #docs
        #feature
        pub mod #name {
            #uses
            #(#flows)*
            #discovery
            #scopes
        }
    }
}

fn emit_flow(flow: &TokenFlow, imports: &mut Imports) -> TokenStream {
    let endpoints = imports.name(ENDPOINTS);
    let token = flow.token_url.as_str();
    let refresh = match &flow.refresh_url {
        Some(url) => {
            let url = url.as_str();
            quote!(Some(#url))
        }
        None => quote!(None),
    };
    let endpoints = quote!(#endpoints::new(#token, #refresh));
    match &flow.kind {
        FlowKind::AuthorizationCode(url) => {
            let (ty, url) = (imports.name(AUTHORIZATION_CODE), url.as_str());
            quote! {
                /// The flow in which the user agrees in a browser.
                pub const AUTHORIZATION_CODE: #ty = #ty::new(#url, #endpoints);
            }
        }
        FlowKind::Device(url) => {
            let (ty, url) = (imports.name(DEVICE_AUTHORIZATION), url.as_str());
            quote! {
                /// The flow in which the user agrees on another device.
                pub const DEVICE_AUTHORIZATION: #ty = #ty::new(#url, #endpoints);
            }
        }
        FlowKind::ClientCredentials => {
            let ty = imports.name(CLIENT_CREDENTIALS);
            quote! {
                /// The flow by which a program buys tokens for itself.
                pub const CLIENT_CREDENTIALS: #ty = #ty(#endpoints);
            }
        }
        FlowKind::Password => {
            let ty = imports.name(PASSWORD);
            quote! {
                /// The flow in which the program is told the password of its user.
                pub const PASSWORD: #ty = #ty(#endpoints);
            }
        }
    }
}

fn emit_scopes(tokens: &TokensItem) -> TokenStream {
    let mut imports = Imports::default();
    let ty = imports.name(SCOPE);
    let scopes = tokens.scopes.iter().map(|(constant, wire, docs)| {
        let (name, wire) = (ident(constant), wire.as_str());
        let docs = emit_docs(docs, "A scope.");
        quote! {
            #docs
            pub const #name: #ty = #ty::new(#wire);
        }
    });
    let uses = imports.items_at(&quote!(super::super::super));
    quote! {
        /// What tokens may allow.
        pub mod scopes {
            #uses
            #(#scopes)*
        }
    }
}
