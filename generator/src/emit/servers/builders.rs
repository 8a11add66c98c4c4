//! Types that give the variables in the URL of a server values.

use super::all_servers;
use crate::emit::doc_text::DocText;
use crate::emit::docs::{doc_text, emit_text};
use crate::emit::names::{Imports, REQUEST_ERROR, SERVER_CHOICE, ident};
use crate::rust::{Client, RustName, ServerChoices, ServerItem, ServerVariableItem};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// A type for each server with variables, and an enum for each variable that may have some values only.
pub(super) fn emit_builders(client: &Client, imports: &mut Imports) -> TokenStream {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for server in all_servers(client) {
        if let Some(builder) = &server.builder {
            items.push(emit_builder(server, builder, imports));
        }
        for variable in &server.variables {
            if let Some(choices) = &variable.choices
                && seen.insert(&choices.name)
            {
                items.push(emit_choices(variable, choices));
            }
        }
    }
    quote!(#(#items)*)
}

fn emit_builder(server: &ServerItem, builder: &RustName, imports: &mut Imports) -> TokenStream {
    let choice = imports.name(SERVER_CHOICE);
    let error = imports.name(REQUEST_ERROR);
    let (name, constant) = (ident(builder), ident(&server.constant));
    let docs = emit_text(&DocText::own(&format!(
        "The URL of [`{constant}`], variable by variable. What is not set has its default."
    )));
    let setters = server.variables.iter().map(emit_setter);
    quote! {
        #docs
        #[derive(Debug, Clone)]
        #[must_use]
        pub struct #name {
            choice: #choice,
        }
        impl #name {
            /// With the default of each variable.
            pub fn new() -> Self {
                #name { choice: #choice::from(&#constant) }
            }
            #(#setters)*
            /// The base URL, without a slash at its end.
            ///
            /// # Errors
            ///
            /// If it is no URL with these values, or relative to where the document is served.
            pub fn build(&self) -> Result<String, #error> {
                self.choice.base_url()
            }
        }
        impl Default for #name {
            fn default() -> Self {
                #name::new()
            }
        }
        impl From<#name> for #choice {
            fn from(server: #name) -> Self {
                server.choice
            }
        }
    }
}

fn emit_setter(variable: &ServerVariableItem) -> TokenStream {
    let method = ident(&variable.method);
    let wire = variable.name.as_str();
    let mut text = doc_text(&variable.docs);
    text.add(DocText::own(&format!(
        "The variable {}, which is {} unless set.",
        DocText::code(wire),
        DocText::code(variable.default.as_str())
    )));
    let docs = emit_text(&text);
    let (ty, value) = match &variable.choices {
        Some(choices) => {
            let name = ident(&choices.name);
            (quote!(#name), quote!(value.as_str()))
        }
        None => (quote!(impl Into<String>), quote!(value)),
    };
    quote! {
        #docs
        pub fn #method(mut self, value: #ty) -> Self {
            self.choice = self.choice.with(#wire, #value);
            self
        }
    }
}

fn emit_choices(variable: &ServerVariableItem, choices: &ServerChoices) -> TokenStream {
    let name = ident(&choices.name);
    let docs = emit_text(&DocText::own(&format!(
        "The values of the variable {} in URLs of servers.",
        DocText::code(variable.name.as_str())
    )));
    let pairs = || choices.variants.iter().map(ident).zip(&variable.allowed);
    let variants = pairs().map(|(variant, value)| {
        let docs = emit_text(&DocText::own(&format!(
            "{}.",
            DocText::code(value.as_str())
        )));
        quote!(#docs #variant)
    });
    let arms = pairs().map(|(variant, value)| {
        let value = value.as_str();
        quote!(#name::#variant => #value)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants),*
        }
        impl #name {
            /// The value in the URL.
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(#arms),*
                }
            }
        }
    }
}
