//! The modules `webhooks` and `callbacks`: functions that read what the API sends.

use super::choices::emit_choice;
use super::doc_text::DocText;
use super::docs::{emit_docs, emit_inner_text, emit_text};
use super::names::{DECODE_ERROR, Imports, RECEIVE_ERROR, RECEIVED, RECEIVED_STYLE, ident};
use super::operations::payload_type;
use super::rust_types::{Within, emit_type};
use crate::rust::{
    Client, IncomingItem, IncomingModule, IncomingPayload, ParametersItem, Payload, ReceivedItem,
    ReceivedPlace, ReceivedStyle,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// A module, if there is something in it.
pub(super) fn emit_incoming(client: &Client, module: IncomingModule) -> Option<TokenStream> {
    let items: Vec<&IncomingItem> = client.incoming.of(module).collect();
    if items.is_empty() {
        return None;
    }
    let mut imports = Imports::default();
    let mut known = BTreeSet::new();
    let mut tokens = Vec::new();
    for item in &items {
        tokens.push(emit_function(item, &mut imports));
        let parameters = item.parameters.as_ref();
        if let Some(parameters) = parameters.filter(|own| known.insert(&own.name)) {
            tokens.push(emit_parameters(parameters, &mut imports));
        }
        if let IncomingPayload::Of(Payload::Choice(choice)) = &item.payload {
            tokens.push(emit_choice(
                choice,
                &format!("a request that {} reads", link(item)),
                &mut imports,
            ));
        }
    }
    let events =
        (module == IncomingModule::Webhooks).then(|| emit_events(client, &items, &mut imports));
    if items.iter().any(|item| names_type(item)) {
        imports.sibling("types");
    }
    let uses = imports.items();
    let docs = emit_module_docs(module);
    Some(quote! {
        #docs
        #uses
        #events
        #(#tokens)*
    })
}

fn emit_module_docs(module: IncomingModule) -> TokenStream {
    let first = match module {
        IncomingModule::Webhooks => {
            "What the API sends when something happens: a function for each webhook, which reads the request that a \
             server of yours received."
        }
        IncomingModule::Callbacks => {
            "What the API sends because of a call: a function for each callback, which reads the request that a server \
             of yours received."
        }
    };
    let mut text = DocText::own(first);
    text.add(DocText::own(
        "Anybody can send such a request: see to it that it comes from the API before you act on it.",
    ));
    emit_inner_text(&text)
}

fn names_type(item: &IncomingItem) -> bool {
    let in_parameters = item.parameters.iter().flat_map(|own| &own.parameters);
    let in_body = match &item.payload {
        IncomingPayload::Form(ty) => ty.names_type(),
        IncomingPayload::Of(Payload::Choice(choice)) => choice
            .variants
            .iter()
            .any(|variant| variant.payload.names_type()),
        IncomingPayload::Of(payload) => payload.names_type(),
    };
    in_body || in_parameters.into_iter().any(|own| own.ty.names_type())
}

fn link(item: &IncomingItem) -> String {
    let name = item.function.as_str().trim_start_matches("r#");
    // A macro of the prelude may have the name, as `file` does.
    format!("[`{name}`](fn@{name})")
}

/// `Received` of what the request holds.
fn received(item: &IncomingItem, imports: &mut Imports) -> TokenStream {
    let received = imports.name(RECEIVED);
    let body = match &item.payload {
        IncomingPayload::Form(ty) => emit_type(ty, Within::Beside),
        IncomingPayload::Of(payload) => payload_type(payload).unwrap_or_else(|| quote!(())),
    };
    let parameters = item.parameters.as_ref().map(|own| {
        let name = ident(&own.name);
        quote!(, #name)
    });
    quote!(#received<#body #parameters>)
}

fn emit_function(item: &IncomingItem, imports: &mut Imports) -> TokenStream {
    let (name, method) = (ident(&item.function), item.http_method.as_str());
    let ty = received(item, imports);
    let (received, error) = (imports.name(RECEIVED), imports.name(RECEIVE_ERROR));
    let code = DocText::code(item.wire.as_str());
    let what = item.module.one();
    let docs = emit_docs(
        &item.docs,
        &format!("Reads a request of the {what} {code}."),
    );
    let read = match &item.payload {
        IncomingPayload::Form(_) => quote!(super::runtime::incoming::form),
        IncomingPayload::Of(Payload::Empty) => quote!(|_| Ok(())),
        IncomingPayload::Of(Payload::Json(_)) => quote!(|reply| reply.json()),
        IncomingPayload::Of(Payload::Xml(_)) => quote!(|reply| reply.xml(&super::xml::TYPES)),
        IncomingPayload::Of(Payload::JsonOrXml(_)) => {
            quote!(|reply| reply.json_or_xml(&super::xml::TYPES))
        }
        IncomingPayload::Of(Payload::Text) => quote!(|reply| reply.text()),
        IncomingPayload::Of(Payload::Bytes) => quote!(|reply| reply.bytes()),
        IncomingPayload::Of(Payload::Choice(choice)) => {
            let name = ident(&choice.name);
            quote!(#name::decode)
        }
    };
    quote! {
        #docs
        ///
        /// # Errors
        ///
        /// If it has another method, or a body that is not as documented.
        pub fn #name(request: &http::Request<impl AsRef<[u8]>>) -> Result<#ty, #error> {
            #received::read(request, #method, #read)
        }
    }
}

fn emit_parameters(item: &ParametersItem, imports: &mut Imports) -> TokenStream {
    let (name, received) = (ident(&item.name), imports.name(RECEIVED));
    let accessors: Vec<TokenStream> = item
        .parameters
        .iter()
        .map(|parameter| emit_accessor(parameter, imports))
        .collect();
    quote! {
        /// The parameters that the API documents for a request of its own, each a method of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum #name {}
        impl<T> #received<T, #name> {
            #(#accessors)*
        }
    }
}

fn emit_accessor(item: &ReceivedItem, imports: &mut Imports) -> TokenStream {
    let (name, wire) = (ident(&item.name), item.wire.as_str());
    let (ty, error) = (
        emit_type(&item.ty, Within::Beside),
        imports.name(DECODE_ERROR),
    );
    let code = DocText::code(wire);
    let (what, read) = match item.place {
        ReceivedPlace::Header => ("header", quote!(header(#wire))),
        ReceivedPlace::JsonHeader => ("header", quote!(json_header(#wire))),
        ReceivedPlace::Query(style) => {
            let style = emit_style(style, imports);
            ("query parameter", quote!(query(#wire, #style)))
        }
        ReceivedPlace::Cookie(style) => {
            let style = emit_style(style, imports);
            ("cookie", quote!(cookie(#wire, #style)))
        }
    };
    let docs = emit_docs(&item.docs, &format!("The {what} {code}."));
    let (given, required, errors) = match item.required {
        true => (
            quote!(#ty),
            quote!(.and_then(|value| self.required(#wire, value))),
            " If the request has none, or it is not as documented.",
        ),
        false => (
            quote!(Option<#ty>),
            quote!(),
            " If it is not as documented.",
        ),
    };
    quote! {
        #docs
        ///
        /// # Errors
        ///
        #[doc = #errors]
        pub fn #name(&self) -> Result<#given, #error> {
            self.#read #required
        }
    }
}

fn emit_style(style: ReceivedStyle, imports: &mut Imports) -> TokenStream {
    let styles = imports.name(RECEIVED_STYLE);
    match style {
        ReceivedStyle::Exploded => quote!(#styles::Exploded),
        ReceivedStyle::Joined(mark) => quote!(#styles::Joined(#mark)),
        ReceivedStyle::Json => quote!(#styles::Json),
        ReceivedStyle::Deep => quote!(#styles::Deep),
        ReceivedStyle::Whole => quote!(#styles::Whole),
        ReceivedStyle::WholeText => quote!(#styles::WholeText),
    }
}

/// The enum of all webhooks, and how one is found by its name, and by what its body says.
fn emit_events(client: &Client, items: &[&IncomingItem], imports: &mut Imports) -> TokenStream {
    let error = imports.name(RECEIVE_ERROR);
    let (mut variants, mut arms, mut tagged) = (Vec::new(), Vec::new(), Vec::new());
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        *by_name.entry(item.wire.as_str()).or_default() += 1;
    }
    let is_told_by_method = by_name.values().any(|count| *count > 1);
    for item in items {
        let (event, function) = (ident(&item.event), ident(&item.function));
        let (wire, ty) = (item.wire.as_str(), received(item, imports));
        let code = DocText::code(wire);
        let method = item.http_method.as_str();
        let docs = emit_text(&DocText::own(&format!(
            "The webhook {code}, read by {}.",
            link(item)
        )));
        variants.push(quote!(#docs #event(#ty),));
        let value = quote!(Ok(Event::#event(#function(request)?)));
        let tags = &item.tags;
        tagged.push(quote!(Some(#(#tags)|*) => #value,));
        let pattern = match (is_told_by_method, by_name.get(wire)) {
            (false, _) => quote!(#wire),
            (true, Some(1)) => quote!((#wire, _)),
            (true, _) => quote!((#wire, #method)),
        };
        arms.push(quote!(#pattern => #value,));
    }
    let subject = match is_told_by_method {
        true => quote!((name, request.method().as_str())),
        false => quote!(name),
    };
    let read = client.incoming.tag.as_ref().map(|tag| {
        let (wire, code) = (tag.as_str(), DocText::code(tag.as_str()));
        let docs = emit_text(&DocText::own(&format!(
            "Reads the request of a webhook that the property {code} of its body says."
        )));
        quote! {
            #docs
            ///
            /// # Errors
            ///
            /// If it says another one, has another method, or a body that is not as documented.
            pub fn read(request: &http::Request<impl AsRef<[u8]>>) -> Result<Self, #error> {
                match super::runtime::incoming::tag(request.body().as_ref(), #wire).as_deref() {
                    #(#tagged)*
                    _ => Err(#error::Unknown),
                }
            }
        }
    });
    quote! {
        /// The request of a webhook, whichever it is.
        #[derive(Debug, Clone)]
        pub enum Event {
            #(#variants)*
        }
        impl Event {
            #read
            /// Reads a request of the webhook that the document calls so.
            ///
            /// # Errors
            ///
            /// If the document has no such webhook, or the request has another method, or a body that is not as
            /// documented.
            pub fn named(
                name: &str,
                request: &http::Request<impl AsRef<[u8]>>,
            ) -> Result<Self, #error> {
                match #subject {
                    #(#arms)*
                    _ => Err(#error::Unknown),
                }
            }
        }
    }
}
