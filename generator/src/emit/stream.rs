//! Answers that are streams of items.

use super::doc_text::DocText;
use super::names::{FRAMING, Imports, STREAM_SPEC, STREAMED, ident};
use super::rust_types::{Within, emit_type};
use crate::rust::{Framing, OperationItem, RustType, StreamItem};
use proc_macro2::TokenStream;
use quote::quote;

/// What an operation that answers a stream implements beside `Operation`.
pub(super) fn emit_stream(operation: &OperationItem, imports: &mut Imports) -> Option<TokenStream> {
    let stream = operation.stream.as_ref()?;
    let marker = ident(&operation.marker);
    let (streamed, spec) = (imports.name(STREAMED), imports.name(STREAM_SPEC));
    let framing = imports.name(FRAMING);
    if stream.item.names_type() {
        imports.sibling("types");
    }
    let item = emit_type(&stream.item, Within::Beside);
    let media_type = stream.media_type.as_str();
    let variant = match stream.framing {
        Framing::Events => quote!(Events),
        Framing::Lines => quote!(Lines),
        Framing::Sequence => quote!(Sequence),
        Framing::Parts => quote!(Parts),
    };
    let may_be_text = matches!(stream.framing, Framing::Events | Framing::Parts);
    let is_text = may_be_text && stream.item == RustType::String;
    Some(quote! {
        impl #streamed for #marker {
            type Item = #item;
            const STREAM: &'static #spec = &#spec {
                media_type: #media_type,
                framing: #framing::#variant,
                is_text: #is_text,
            };
        }
    })
}

/// What a method's documentation says of its stream.
pub(super) fn stream_docs(stream: &StreamItem) -> DocText {
    let how = match stream.framing {
        Framing::Events => "server-sent events",
        Framing::Lines => "lines of JSON",
        Framing::Sequence => "a sequence of JSON values",
        Framing::Parts => "parts with headers of their own",
    };
    DocText::own(&format!(
        "[`events`](Request::events) reads the answer as {how}, each of which is handed out when it has arrived."
    ))
}
