//! The module `operations`: for each operation its marker, what it may answer, and how an answer is read.

use super::choices::{emit_body_choice, emit_choice};
use super::client::path_template;
use super::doc_text::DocText;
use super::docs::{emit_docs, emit_text};
use super::headers::{emit_headers, headers_type};
use super::names::{
    API_ERROR, DECODED, Imports, OPERATION, OPERATION_SPEC, REPLY, RESPONSE, ident,
};
use super::paging::emit_paging;
use super::rust_types::{Within, emit_type};
use super::stream::emit_stream;
use crate::rust::{CaseItem, Client, OperationItem, OutcomeItem, Payload, StatusPattern};
use heck::ToTitleCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The module.
pub(super) fn emit_operations(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let items: Vec<TokenStream> = client
        .operations
        .iter()
        .map(|operation| emit_operation(client, operation, &mut imports))
        .collect();
    if client.operations.iter().any(names_type) {
        imports.sibling("types");
    }
    let mut operations = client.operations.iter();
    if operations.any(|operation| operation.security.iter().any(|all| !all.is_empty())) {
        imports.sibling("security");
    }
    let mut operations = client.operations.iter();
    if operations.any(|operation| operation.servers.is_some()) {
        imports.sibling("servers");
    }
    let headers = emit_headers(client, &mut imports);
    let uses = imports.items();
    quote! {
        //! What each operation is and what it may answer. Users name the enums of outputs and errors; the rest is for
        //! the methods of the client.
        #uses
        #(#items)*
        #headers
    }
}

fn names_type(operation: &OperationItem) -> bool {
    let outcomes = [&operation.output, &operation.error];
    let mut payloads = outcomes.into_iter().flat_map(OutcomeItem::payloads);
    let mut choices = operation
        .choices()
        .into_iter()
        .flat_map(|choice| &choice.variants);
    let mut bodies = operation
        .body_choice()
        .into_iter()
        .flat_map(|choice| &choice.variants);
    payloads.any(Payload::names_type)
        || choices.any(|variant| variant.payload.names_type())
        || bodies.any(|variant| variant.ty.names_type())
}

fn emit_operation(
    client: &Client,
    operation: &OperationItem,
    imports: &mut Imports,
) -> TokenStream {
    let marker = ident(&operation.marker);
    let docs = emit_marker_docs(operation);
    let spec = emit_spec(client, operation, imports);
    let implements = imports.name(OPERATION);
    let output = outcome_type(&operation.output, &quote!(()));
    let error = outcome_type(&operation.error, &quote!(std::convert::Infallible));
    let headers = headers_type(operation.headers.as_ref());
    let decode = emit_decode(operation, imports);
    let paging = emit_paging(operation, imports);
    let stream = emit_stream(operation, imports);
    let output_enum = emit_outcome(operation, &operation.output, imports, Side::Output);
    let error_enum = emit_outcome(operation, &operation.error, imports, Side::Error);
    let body = operation
        .body_choice()
        .map(|choice| emit_body_choice(choice, &method_link(operation), imports));
    let choices = operation.choices().into_iter().map(|choice| {
        let what = format!("an answer to {}", method_link(operation));
        emit_choice(choice, &what, imports)
    });
    let choices = quote!(#(#choices)*);
    quote! {
        #docs
        #[derive(Debug)]
        pub enum #marker {}
        impl #implements for #marker {
            type Output = #output;
            type Headers = #headers;
            type Error = #error;
            #spec
            #decode
        }
        #paging
        #stream
        #output_enum
        #error_enum
        #body
        #choices
    }
}

fn emit_marker_docs(operation: &OperationItem) -> TokenStream {
    let call = DocText::code(&format!(
        "{} {}",
        operation.http_method.as_str(),
        path_template(operation)
    ));
    emit_text(&DocText::own(&format!(
        "{call}, called by {}.",
        method_link(operation)
    )))
}

fn method_link(operation: &OperationItem) -> String {
    // A `#` in a link starts a fragment, so the link names a raw identifier without its mark.
    let name = operation.method.as_str().trim_start_matches("r#");
    format!("[`Client::{name}`](super::Client::{name})")
}

fn emit_spec(client: &Client, operation: &OperationItem, imports: &mut Imports) -> TokenStream {
    let spec = imports.name(OPERATION_SPEC);
    let id = operation.id.as_str();
    let method = operation.http_method.as_str();
    let path = path_template(operation);
    let servers = match &operation.servers {
        None => quote!(None),
        Some(own) => {
            let list = ident(&own.constant);
            quote!(Some(servers::#list))
        }
    };
    let security = operation.security.iter().map(|all| {
        let schemes = all
            .iter()
            .filter_map(|&index| client.credentials.get(index))
            .map(|credential| ident(&credential.constant));
        quote!(&[#(&security::#schemes),*])
    });
    let accept = operation.accept_header();
    quote! {
        const SPEC: &'static #spec = &#spec {
            id: #id,
            method: #method,
            path: #path,
            servers: #servers,
            security: &[#(#security),*],
            accept: #accept,
        };
    }
}

fn outcome_type(outcome: &OutcomeItem, none: &TokenStream) -> TokenStream {
    match outcome {
        OutcomeItem::None => none.clone(),
        OutcomeItem::Single { payload, .. } => payload_type(payload).unwrap_or_else(|| quote!(())),
        OutcomeItem::Enum { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

pub(super) fn payload_type(payload: &Payload) -> Option<TokenStream> {
    match payload {
        Payload::Empty => None,
        Payload::Json(ty) | Payload::Xml(ty) | Payload::JsonOrXml(ty) => {
            Some(emit_type(ty, Within::Beside))
        }
        Payload::Text => Some(quote!(String)),
        Payload::Bytes => Some(quote!(bytes::Bytes)),
        Payload::Choice(choice) => {
            let name = ident(&choice.name);
            Some(quote!(#name))
        }
    }
}

pub(super) fn payload_value(payload: &Payload) -> Option<TokenStream> {
    match payload {
        Payload::Empty => None,
        Payload::Json(_) => Some(quote!(reply.json()?)),
        Payload::Xml(_) => Some(quote!(reply.xml(&super::xml::TYPES)?)),
        Payload::JsonOrXml(_) => Some(quote!(reply.json_or_xml(&super::xml::TYPES)?)),
        Payload::Text => Some(quote!(reply.text()?)),
        Payload::Bytes => Some(quote!(reply.bytes()?)),
        Payload::Choice(choice) => {
            let name = ident(&choice.name);
            Some(quote!(#name::decode(reply)?))
        }
    }
}

/// Which of the two enums of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Output,
    Error,
}

fn emit_decode(operation: &OperationItem, imports: &mut Imports) -> TokenStream {
    let reply = imports.name(REPLY);
    let decoded = imports.name(DECODED);
    let mut arms: Vec<(u8, TokenStream)> = Vec::new();
    match &operation.output {
        OutcomeItem::None => arms.push((1, quote!(200..=299 => Ok(Ok(())),))),
        OutcomeItem::Single { payload, cases } => {
            let value = payload_value(payload).unwrap_or_else(|| quote!(()));
            for case in cases {
                let (rank, pattern) = pattern(case.status, Side::Output);
                arms.push((rank, quote!(#pattern => Ok(Ok(#value)),)));
            }
        }
        OutcomeItem::Enum { name, cases, .. } => {
            arms.extend(cases.iter().map(|case| {
                let (rank, pattern, value) = emit_output_case(case, &ident(name));
                (rank, quote!(#pattern => Ok(Ok(#value)),))
            }));
        }
    }
    if let OutcomeItem::Enum { name, cases, .. } = &operation.error {
        arms.extend(cases.iter().map(|case| {
            let (rank, pattern) = pattern(case.status, Side::Error);
            let (name, variant) = (ident(name), ident(&case.variant));
            let body = payload_value(&case.payload).unwrap_or_else(|| quote!(()));
            (
                rank,
                quote!(#pattern => Ok(Err(#name::#variant(reply.answer(#body)))),),
            )
        }));
    }
    arms.sort_by_key(|(rank, _)| *rank);
    let is_total = arms.last().is_some_and(|(rank, _)| *rank == 3);
    let arms = arms.iter().map(|(_, arm)| arm);
    let rest = (!is_total).then(|| quote!(_ => reply.undocumented(),));
    quote! {
        fn decode(reply: &#reply) -> #decoded<Self::Output, Self::Error> {
            match reply.status() {
                #(#arms)*
                #rest
            }
        }
    }
}

/// The pattern of a success and the value of its variant. Ranges and `default` bind the status.
fn emit_output_case(case: &CaseItem, name: &Ident) -> (u8, TokenStream, TokenStream) {
    let variant = ident(&case.variant);
    let (rank, mut pattern) = pattern(case.status, Side::Output);
    let mut parts = Vec::new();
    if keeps_status(case) {
        pattern = quote!(status @ #pattern);
        parts.push(quote!(status));
    }
    parts.extend(payload_value(&case.payload));
    let value = match parts.is_empty() {
        true => quote!(#name::#variant),
        false => quote!(#name::#variant(#(#parts),*)),
    };
    (rank, pattern, value)
}

fn keeps_status(case: &CaseItem) -> bool {
    !matches!(case.status, StatusPattern::Code(_))
}

/// The order in which a pattern is tried, and the pattern. `default` among the successes is what is left of 2XX.
fn pattern(status: StatusPattern, side: Side) -> (u8, TokenStream) {
    match status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            (0, quote!(#code))
        }
        StatusPattern::Range(hundred) => {
            let low = Literal::u16_unsuffixed(u16::from(hundred) * 100);
            let high = Literal::u16_unsuffixed(u16::from(hundred) * 100 + 99);
            (1, quote!(#low..=#high))
        }
        StatusPattern::Default if side == Side::Output => (2, quote!(200..=299)),
        StatusPattern::Default => (3, quote!(_)),
    }
}

fn emit_outcome(
    operation: &OperationItem,
    outcome: &OutcomeItem,
    imports: &mut Imports,
    side: Side,
) -> Option<TokenStream> {
    let OutcomeItem::Enum {
        name,
        cases,
        comparable,
    } = outcome
    else {
        return None;
    };
    let name = ident(name);
    let what = match side {
        Side::Output => "What the API answers to",
        Side::Error => "The errors that the API documents for",
    };
    let docs = emit_text(&DocText::own(&format!(
        "{what} {}.",
        method_link(operation)
    )));
    let compare = comparable.then(|| quote!(, PartialEq));
    let variants: Vec<TokenStream> = cases
        .iter()
        .map(|case| {
            let docs = emit_docs(&case.docs, &format!("Status {}.", case.status));
            let variant = ident(&case.variant);
            if side == Side::Error {
                let response = imports.name(RESPONSE);
                let body = payload_type(&case.payload).unwrap_or_else(|| quote!(()));
                let headers = case.headers.as_ref().map(|item| {
                    let name = ident(&item.name);
                    quote!(, #name)
                });
                return quote!(#docs #variant(#response<#body #headers>),);
            }
            let status = keeps_status(case).then(|| quote!(u16));
            let parts: Vec<TokenStream> = status
                .into_iter()
                .chain(payload_type(&case.payload))
                .collect();
            let parts = (!parts.is_empty()).then(|| quote!((#(#parts),*)));
            quote!(#docs #variant #parts,)
        })
        .collect();
    let table = (side == Side::Error).then(|| emit_error_table(&name, cases, imports));
    Some(quote! {
        #docs
        #[derive(Debug, Clone #compare)]
        pub enum #name {
            #(#variants)*
        }
        #table
    })
}

fn emit_error_table(name: &Ident, cases: &[CaseItem], imports: &mut Imports) -> TokenStream {
    // The table names the runtime by this import.
    imports.sibling("runtime");
    let table = imports.name(API_ERROR);
    let rows = cases.iter().map(|case| {
        let variant = ident(&case.variant);
        let text = match case.status {
            StatusPattern::Default => "another status".to_owned(),
            status => format!("{status} {}", case.variant.as_str().to_title_case()),
        };
        quote!(#variant = #text)
    });
    quote!(#table!(#name { #(#rows),* });)
}
