//! Bodies that may be one of several things: an enum for what is sent, an enum for what is answered.

use super::bodies::emit_body;
use super::doc_text::DocText;
use super::docs::emit_text;
use super::names::{BODY, BODY_CHOICE, BODY_ITEMS, Imports, REPLY, REQUEST, UNDECODED, ident};
use super::operations::{payload_type, payload_value};
use super::rust_types::{Within, emit_type};
use crate::rust::{BodyChoice, BodyItem, BodyVariant, ChoiceItem, RustType, WireName};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum of what a body of a request may be, and how each is sent.
pub(super) fn emit_body_choice(
    choice: &BodyChoice,
    method_link: &str,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&choice.name);
    let docs = emit_text(&DocText::own(&format!("What {method_link} sends.")));
    let (request, implements) = (imports.name(REQUEST), imports.name(BODY_CHOICE));
    let (mut variants, mut arms, mut conversions) = (Vec::new(), Vec::new(), Vec::new());
    for item in &choice.variants {
        let (variant, ty) = (ident(&item.name), emit_type(&item.ty, Within::Beside));
        if item.ty == RustType::Body {
            imports.name(BODY);
        }
        if let RustType::Items(_) = item.ty {
            imports.name(BODY_ITEMS);
        }
        let docs = emit_text(&sent_docs(&item.body));
        variants.push(quote!(#docs #variant(#ty),));
        let step = emit_body(&item.body, &quote!(body), &quote!(&body), imports);
        arms.push(quote!(#name::#variant(body) => request #step,));
        conversions.extend(item.from.then(|| emit_from(&name, &variant, item)));
    }
    quote! {
        #docs
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
        }
        impl #implements for #name {
            fn put<O>(self, request: #request<'_, O>) -> #request<'_, O> {
                match self {
                    #(#arms)*
                }
            }
        }
        #(#conversions)*
    }
}

/// How a body is sent, and what else the document would have it be called.
pub(super) fn sent_docs(body: &BodyItem) -> DocText {
    let mut text = format!("Sent as {}.", code(&body.media_type));
    if !body.synonyms.is_empty() {
        let others: Vec<String> = body.synonyms.iter().map(code).collect();
        let others = others.join(", ");
        text.push_str(&format!(
            " With `.content_type(..)` it is sent as {others} instead."
        ));
    }
    DocText::own(&text)
}

fn code(media_type: &WireName) -> String {
    DocText::code(media_type.as_str())
}

fn emit_from(name: &Ident, variant: &Ident, item: &BodyVariant) -> TokenStream {
    let (ty, value) = match &item.ty {
        RustType::Box(inner) => (
            emit_type(inner, Within::Beside),
            quote!(#name::#variant(Box::new(body))),
        ),
        ty => (emit_type(ty, Within::Beside), quote!(#name::#variant(body))),
    };
    let literal = (item.ty == RustType::String).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(body: &str) -> Self {
                    #name::#variant(body.to_owned())
                }
            }
        }
    });
    quote! {
        impl From<#ty> for #name {
            fn from(body: #ty) -> Self {
                #value
            }
        }
        #literal
    }
}

/// The enum of what the body of an answer may be, and how its media type decides.
pub(super) fn emit_choice(choice: &ChoiceItem, what: &str, imports: &mut Imports) -> TokenStream {
    let name = ident(&choice.name);
    let docs = emit_text(&DocText::own(&format!(
        "What the body of {what} may be, by its media type."
    )));
    let (reply, undecoded) = (imports.name(REPLY), imports.name(UNDECODED));
    let compare = choice.comparable.then(|| quote!(, PartialEq));
    let (mut variants, mut known, mut arms) = (Vec::new(), Vec::new(), Vec::new());
    for (index, item) in choice.variants.iter().enumerate() {
        let variant = ident(&item.name);
        let types: Vec<String> = item.media_types.iter().map(code).collect();
        let docs = emit_text(&DocText::own(&format!("For {}.", types.join(", "))));
        let ty = payload_type(&item.payload).unwrap_or_else(|| quote!(()));
        let value = payload_value(&item.payload).unwrap_or_else(|| quote!(()));
        variants.push(quote!(#docs #variant(#ty),));
        let types = item.media_types.iter().map(WireName::as_str);
        known.push(quote!(&[#(#types),*]));
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let pattern = match arms.len() + 1 == choice.variants.len() {
            true => quote!(_),
            false => quote!(#index),
        };
        arms.push(quote!(#pattern => #name::#variant(#value),));
    }
    quote! {
        #docs
        #[derive(Debug, Clone #compare)]
        pub enum #name {
            #(#variants)*
        }
        impl #name {
            fn decode(reply: &#reply) -> Result<Self, #undecoded> {
                Ok(match reply.choose(&[#(#known),*]) {
                    #(#arms)*
                })
            }
        }
    }
}
