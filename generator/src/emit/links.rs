//! The module `links`: methods of answers that prepare the calls which they lead to.

use super::arguments::{emit_passed, import_passed};
use super::client::emit_deprecated;
use super::doc_text::DocText;
use super::docs::{doc_text, emit_text};
use super::names::{CLIENT, Imports, KEEP, LINK, LINK_ERROR, REQUEST, RESPONSE, binding, ident};
use super::records::emit_many_arguments;
use super::rust_types::{Within, emit_type};
use crate::rust::{
    ArgumentItem, Client, Expression, LinkItem, LinkValue, OperationItem, Passing, RustName,
    RustType, Target, TextPiece,
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The module, if there is something in it.
pub(super) fn emit_links(client: &Client) -> Option<TokenStream> {
    let mut imports = Imports::default();
    let mut items: Vec<(&RustName, Vec<TokenStream>)> = Vec::new();
    for operation in &client.operations {
        for (marker, link) in operation.links() {
            let target = client.operations.get(link.target)?;
            let method = emit_link(operation, link, target, &mut imports);
            match items.last_mut().filter(|(known, _)| *known == marker) {
                Some((_, methods)) => methods.push(method),
                None => items.push((marker, vec![method])),
            }
        }
    }
    if items.is_empty() {
        return None;
    }
    let response = imports.name(RESPONSE);
    imports.sibling("operations");
    let items = items.iter().map(|(marker, methods)| {
        let marker = ident(marker);
        quote!(impl<T> #response<T, operations::#marker> { #(#methods)* })
    });
    let items = quote!(#(#items)*);
    let uses = imports.items();
    Some(quote! {
        //! What answers lead to: for each link of the document a method of the answer, which prepares the next call.
        #uses
        #items
    })
}

/// The parts of a call that its answer remembers for its links.
pub(super) fn emit_kept(operation: &OperationItem, imports: &mut Imports) -> Option<TokenStream> {
    let mut parts: Vec<TokenStream> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for expression in operation.expressions() {
        let (name, part) = match expression {
            Expression::Url => ("url".to_owned(), quote!(Url)),
            Expression::RequestHeader(name) => {
                let name = name.as_str().to_ascii_lowercase();
                let part = quote!(Header(#name));
                (format!("header {name}"), part)
            }
            Expression::RequestBody(_) => ("request".to_owned(), quote!(Body)),
            Expression::ResponseBody(_) => ("answer".to_owned(), quote!(Answer)),
            _ => continue,
        };
        if !known.contains(&name) {
            known.push(name);
            let keep = imports.name(KEEP);
            parts.push(quote!(#keep::#part));
        }
    }
    (!parts.is_empty()).then(|| quote!(.keep(&[#(#parts),*])))
}

/// What the documentation of a method says of where its answer leads to.
pub(super) fn links_docs(client: &Client, operation: &OperationItem) -> Option<DocText> {
    let mut items = DocText::default();
    let mut known = BTreeSet::new();
    for (_, link) in operation.links() {
        let target = client.operations.get(link.target)?;
        let to = method_name(target);
        if !known.insert((&link.method, to)) {
            continue;
        }
        let docs = DocText::own(&format!("a call of [`Client::{to}`]."));
        items.add_item(&format!("`{}`", link.method), &docs);
    }
    (!items.lines().is_empty()).then_some(items)
}

fn method_name(operation: &OperationItem) -> &str {
    // A `#` in a link starts a fragment, so the link names a raw identifier without its mark.
    operation.method.as_str().trim_start_matches("r#")
}

/// The names of what a method has beside what it hands on.
struct Own {
    client: Ident,
    link: Ident,
    request: Ident,
}

impl Own {
    fn of(target: &OperationItem) -> Self {
        let taken = |name: &str| all(target).any(|argument| argument.name.as_str() == name);
        let free = |name: &str| {
            let mut name = name.to_owned();
            while taken(&name) {
                name.push('_');
            }
            Ident::new(&name, Span::call_site())
        };
        Own {
            client: free("client"),
            link: free("link"),
            request: free("request"),
        }
    }
}

fn all(target: &OperationItem) -> impl Iterator<Item = &ArgumentItem> {
    target.arguments.iter().chain(&target.setters)
}

fn emit_link(
    operation: &OperationItem,
    link: &LinkItem,
    target: &OperationItem,
    imports: &mut Imports,
) -> TokenStream {
    let own = Own::of(target);
    let docs = emit_link_docs(link, target);
    let deprecated = emit_deprecated(target.docs.deprecated);
    let is_advised_against = target.docs.deprecated
        || (target.setters.iter())
            .any(|setter| setter.docs.deprecated && link.given_to(setter).is_some());
    let allowed = is_advised_against
        .then(|| quote!(#[allow(deprecated, reason = "the link leads to it all the same")]));
    let name = ident(&link.method);
    let (client, error) = (imports.name(CLIENT), imports.name(LINK_ERROR));
    let (request, marker) = (imports.name(REQUEST), ident(&target.marker));
    let rest: Vec<&ArgumentItem> = (target.arguments.iter())
        .filter(|argument| link.given_to(argument).is_none())
        .collect();
    // With `self` and the client.
    let many = emit_many_arguments(rest.len() + 2);
    let rest = rest.into_iter().map(|argument| {
        import_passed(argument, imports);
        let name = binding(&argument.name);
        let ty = emit_passed(argument);
        quote!(, #name: #ty)
    });
    let rest = quote!(#(#rest)*);
    let body = emit_body(operation, link, target, &own, imports);
    let own_client = &own.client;
    quote! {
        #docs
        #deprecated
        #allowed
        #many
        pub fn #name<'c>(
            &self,
            #own_client: &'c #client
            #rest
        ) -> Result<#request<'c, operations::#marker>, #error> {
            #body
        }
    }
}

fn emit_link_docs(link: &LinkItem, target: &OperationItem) -> TokenStream {
    let mut text = doc_text(&link.docs);
    let (code, to) = (DocText::code(link.wire.as_str()), method_name(target));
    let mut items = DocText::default();
    for argument in all(target) {
        if let Some(value) = link.given_to(argument) {
            let value = DocText::own(&DocText::code(&value.to_string()));
            items.add_item(&format!("`{}`", argument.name), &value);
        }
    }
    let with = if items.lines().is_empty() {
        "."
    } else {
        ", with"
    };
    text.add(DocText::own(&format!(
        "Follows the link {code}: prepares a call of [`Client::{to}`](super::Client::{to}){with}"
    )));
    text.add(items);
    text.add(DocText::own("# Errors"));
    text.add(DocText::own(
        "If the answer has another status than the link is of, or lacks what the link takes from the call.",
    ));
    emit_text(&text)
}

fn emit_body(
    operation: &OperationItem,
    item: &LinkItem,
    target: &OperationItem,
    own: &Own,
    imports: &mut Imports,
) -> TokenStream {
    let Own {
        client,
        link,
        request,
    } = own;
    let (link_type, wire) = (imports.name(LINK), item.wire.as_str());
    let statuses = item.statuses.iter().map(|(first, last)| {
        let [first, last] = [first, last].map(|status| Literal::u16_unsuffixed(*status));
        quote!(#first..=#last)
    });
    let made = quote!(#link_type::new(#wire, self, &[#(#statuses),*])?;);
    let start = match item.given.is_empty() {
        true => made,
        false => quote!(let #link = #made),
    };
    let mut lets = Vec::new();
    let arguments: Vec<TokenStream> = target
        .arguments
        .iter()
        .map(|argument| {
            let name = binding(&argument.name);
            let Some(value) = item.given_to(argument) else {
                return quote!(#name);
            };
            let (ty, passed) = handed_over(argument, item.content, imports);
            let found = found(value, operation, link);
            let wire = argument.name.as_str();
            lets.push(quote!(let #name: #ty = #found.required(#wire)?;));
            passed
        })
        .collect();
    let method = ident(&target.method);
    let servers = item.servers.as_ref().map(|list| {
        imports.sibling("servers");
        let list = ident(&list.constant);
        quote!(.served_by(servers::#list))
    });
    let call = quote!(#client.#method(#(#arguments),*) #servers);
    let setters: Vec<TokenStream> = target
        .setters
        .iter()
        .filter_map(|setter| {
            let value = item.given_to(setter)?;
            let found = found(value, operation, link);
            Some(emit_setter(setter, item.content, &found, own, imports))
        })
        .collect();
    if setters.is_empty() {
        return quote!(#start #(#lets)* Ok(#call));
    }
    quote! {
        #start
        #(#lets)*
        let mut #request = #call;
        #(#setters)*
        Ok(#request)
    }
}

fn emit_setter(
    setter: &ArgumentItem,
    content: usize,
    found: &TokenStream,
    own: &Own,
    imports: &mut Imports,
) -> TokenStream {
    let (name, method) = (binding(&setter.name), ident(&setter.name));
    let (ty, passed) = handed_over(setter, content, imports);
    let (wire, request) = (setter.name.as_str(), &own.request);
    quote! {
        let #name: Option<#ty> = #found.optional(#wire)?;
        if let Some(#name) = #name {
            #request = #request.#method(#passed);
        }
    }
}

/// The type of a value that a link gives, and how the target is handed it over; of several ways of a body by this one.
fn handed_over(
    argument: &ArgumentItem,
    content: usize,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    let name = binding(&argument.name);
    let passed = match argument.passing {
        Passing::Str | Passing::Slice => quote!(&#name),
        Passing::Value | Passing::Into => quote!(#name),
    };
    let (ty, passed) = match &argument.target {
        Target::Choice(choice) => match choice.variants.get(content) {
            Some(way) => {
                let (choice, variant) = (ident(&choice.name), ident(&way.name));
                let variant = quote!(operations::#choice::#variant);
                match &way.ty {
                    RustType::Box(inner) => (&**inner, quote!(#variant(Box::new(#name)))),
                    ty => (ty, quote!(#variant(#name))),
                }
            }
            None => (&argument.ty, passed),
        },
        _ => (&argument.ty, passed),
    };
    if ty.names_type() {
        imports.sibling("types");
    }
    let ty = match ty {
        RustType::Body | RustType::Items(_) | RustType::File => quote!(_),
        ty => emit_type(ty, Within::Beside),
    };
    (ty, passed)
}

/// What finds a value that a link gives.
fn found(value: &LinkValue, operation: &OperationItem, link: &Ident) -> TokenStream {
    match value {
        LinkValue::Constant(value) => {
            let json = value.to_string();
            quote!(#link.constant(#json))
        }
        LinkValue::Found(expression) => emit_found(expression, operation, link),
        LinkValue::Text(pieces) => {
            let pieces = pieces.iter().map(|piece| match piece {
                TextPiece::Literal(text) => quote!(#link.literal(#text)),
                TextPiece::Found(expression) => emit_found(expression, operation, link),
            });
            quote!(#link.text([#(#pieces),*]))
        }
    }
}

fn emit_found(expression: &Expression, operation: &OperationItem, link: &Ident) -> TokenStream {
    match expression {
        Expression::Url => quote!(#link.url()),
        Expression::Method => {
            let method = operation.http_method.as_str();
            quote!(#link.literal(#method))
        }
        Expression::StatusCode => quote!(#link.status()),
        Expression::RequestHeader(name) => {
            let name = name.as_str().to_ascii_lowercase();
            quote!(#link.request_header(#name))
        }
        Expression::RequestQuery(name) => {
            let name = format!("query.{}", name.as_str());
            quote!(#link.given(#name))
        }
        Expression::RequestPath(name) => {
            let name = format!("path.{}", name.as_str());
            quote!(#link.given(#name))
        }
        Expression::RequestBody(path) => quote!(#link.request_body(&[#(#path),*])),
        Expression::ResponseHeader(name) => {
            let name = name.as_str().to_ascii_lowercase();
            quote!(#link.header(#name))
        }
        Expression::ResponseBody(path) => quote!(#link.body(&[#(#path),*])),
    }
}
