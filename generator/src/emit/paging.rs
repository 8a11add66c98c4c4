//! The pages of operations: what leads from one to the next, and where the items are.

use super::doc_text::DocText;
use super::names::{Imports, PAGE_END, PAGE_NEXT, PAGE_TARGET, PAGED, PAGING, binding, ident};
use super::rust_types::{Within, emit_type};
use crate::rust::{Advance, OperationItem, PageEnd, PagePlace, PagingItem, RustType, WireName};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// What an operation in pages implements beside `Operation`.
pub(super) fn emit_paging(operation: &OperationItem, imports: &mut Imports) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let marker = ident(&operation.marker);
    let (paged, spec) = (imports.name(PAGED), imports.name(PAGING));
    let item = emit_type(&paging.item, Within::Beside);
    let path = emit_path(&paging.pagination.items);
    let next = emit_next(&paging.pagination.advance, imports);
    let items = emit_items(paging);
    Some(quote! {
        impl #paged for #marker {
            type Item = #item;
            const PAGING: &'static #spec = &#spec {
                items: #path,
                next: #next,
            };
            #items
        }
    })
}

/// What a method's documentation says of pages.
pub(super) fn paging_docs(paging: &PagingItem) -> DocText {
    let code = |path: &[WireName]| {
        let names: Vec<&str> = path.iter().map(WireName::as_str).collect();
        DocText::code(&names.join("."))
    };
    let code_of = |name: &WireName| DocText::code(name.as_str());
    let place = |place: &PagePlace| match place {
        PagePlace::Query(name) => DocText::code(name.as_str()),
        PagePlace::Body(path) => format!("{} of the body", code(path)),
    };
    let how = match &paging.pagination.advance {
        Advance::Cursor { to, from, .. } => format!("with {} in {}", code(from), place(to)),
        Advance::LastItem { to, from, .. } => {
            format!("with {} of the last item in {}", code(from), place(to))
        }
        Advance::Offset { to, first: 0, .. } => {
            format!("with the number of items so far in {}", place(to))
        }
        Advance::Offset { to, .. } => format!("with the number of its first item in {}", place(to)),
        Advance::Page { to, .. } => format!("with its number in {}", place(to)),
        Advance::Url { from } => format!("at the URL in {}", code(from)),
        Advance::Header { to, from } => match to {
            Some(to) => format!("with the header {} in {}", code_of(from), place(to)),
            None => format!("at the URL in the header {}", code_of(from)),
        },
        Advance::Link => "at the URL in the header `Link`".to_owned(),
    };
    DocText::own(&format!(
        "[`pages`](Request::pages) and [`items`](Request::items) go through all pages, which they fetch as they are \
         asked for: each next one {how}."
    ))
}

fn emit_path(path: &[WireName]) -> TokenStream {
    let names = path.iter().map(WireName::as_str);
    quote!(&[#(#names),*])
}

fn emit_next(advance: &Advance, imports: &mut Imports) -> TokenStream {
    let next = imports.name(PAGE_NEXT);
    match advance {
        Advance::Cursor { to, from, more } => {
            let (to, from, more) = (emit_target(to, imports), emit_path(from), emit_more(more));
            quote!(#next::Token { from: #from, to: #to, more: #more })
        }
        Advance::LastItem { to, from, more } => {
            let (to, from, more) = (emit_target(to, imports), emit_path(from), emit_more(more));
            quote!(#next::LastItem { from: #from, to: #to, more: #more })
        }
        Advance::Offset { to, first, end } => {
            let (to, end) = (emit_target(to, imports), emit_end(end, imports));
            let first = Literal::u64_unsuffixed(*first);
            quote!(#next::Offset { to: #to, first: #first, end: #end })
        }
        Advance::Page { to, first, end } => {
            let (to, end) = (emit_target(to, imports), emit_end(end, imports));
            let first = Literal::u64_unsuffixed(*first);
            quote!(#next::Page { to: #to, first: #first, end: #end })
        }
        Advance::Url { from } => {
            let from = emit_path(from);
            quote!(#next::Url(#from))
        }
        Advance::Header { to, from } => {
            let from = from.as_str();
            let to = match to {
                Some(to) => {
                    let to = emit_target(to, imports);
                    quote!(Some(#to))
                }
                None => quote!(None),
            };
            quote!(#next::Header { from: #from, to: #to })
        }
        Advance::Link => quote!(#next::Link),
    }
}

fn emit_more(more: &Option<Vec<WireName>>) -> TokenStream {
    match more {
        Some(path) => {
            let path = emit_path(path);
            quote!(Some(#path))
        }
        None => quote!(None),
    }
}

fn emit_target(place: &PagePlace, imports: &mut Imports) -> TokenStream {
    let target = imports.name(PAGE_TARGET);
    match place {
        PagePlace::Query(name) => {
            let name = name.as_str();
            quote!(#target::Query(#name))
        }
        PagePlace::Body(path) => {
            let path = emit_path(path);
            quote!(#target::Body(#path))
        }
    }
}

fn emit_end(end: &PageEnd, imports: &mut Imports) -> TokenStream {
    let ends = imports.name(PAGE_END);
    let (variant, path) = match end {
        PageEnd::Empty => return quote!(#ends::Empty),
        PageEnd::Flag(path) => (quote!(Flag), path),
        PageEnd::Missing(path) => (quote!(Missing), path),
        PageEnd::Items(path) => (quote!(Items), path),
        PageEnd::Pages(path) => (quote!(Pages), path),
    };
    let path = emit_path(path);
    quote!(#ends::#variant(#path))
}

/// The function that takes the items out of a page. What may be absent on the way leaves a page without items.
fn emit_items(paging: &PagingItem) -> TokenStream {
    let mut lets = Vec::new();
    let mut value = quote!(page);
    let mut name = quote!(page);
    let mut ty = &paging.page;
    for step in &paging.steps {
        if options(ty) > 0 {
            let holder = flattened(&value, ty);
            lets.push(quote!(let Some(#name) = #holder else { return Vec::new(); };));
            value = name;
        }
        let (field, variable) = (ident(&step.field), binding(&step.field));
        value = quote!(#value.#field);
        name = quote!(#variable);
        ty = &step.ty;
    }
    if options(ty) > 0 {
        let list = flattened(&value, ty);
        value = quote!(#list.unwrap_or_default());
    }
    quote! {
        fn items(page: Self::Output) -> Vec<Self::Item> {
            #(#lets)*
            #value
        }
    }
}

/// How many options a value is in: one where it may be absent, one where it may be null.
fn options(ty: &RustType) -> usize {
    match ty {
        RustType::Option(inner) => 1 + options(inner),
        _ => 0,
    }
}

/// The value in a single option.
fn flattened(value: &TokenStream, ty: &RustType) -> TokenStream {
    let more = (1..options(ty)).map(|_| quote!(.flatten()));
    quote!(#value #(#more)*)
}
