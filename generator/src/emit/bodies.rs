//! Bodies of requests.

use super::names::{FORM_STYLE, Imports, PART_STYLE, PART_STYLES};
use super::xml::emit_root;
use crate::rust::{BodyCodec, BodyItem, FormStyle, PartStyle, PartStyles, WireName};
use proc_macro2::TokenStream;
use quote::quote;

/// The call that puts a body into the request. `name` is what the user handed over, `value` a reference to it.
pub(super) fn emit_body(
    body: &BodyItem,
    name: &TokenStream,
    value: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let media_type = body.media_type.as_str();
    match &body.codec {
        BodyCodec::Json => quote!(.json(#media_type, #value)),
        BodyCodec::Xml(root) => {
            imports.sibling("xml");
            let root = emit_root(root, imports);
            quote!(.xml(#media_type, #value, &xml::TYPES, &#root))
        }
        BodyCodec::DeepForm => quote!(.form_deep(#value)),
        BodyCodec::Form(styles) => {
            let styles = styles
                .iter()
                .map(|(name, style)| emit_form_style(name, *style, imports));
            let styles = quote!(#(#styles),*);
            quote!(.form(#value, &[#styles]))
        }
        BodyCodec::ReservedForm(styles, reserved) => {
            let styles = styles
                .iter()
                .map(|(name, style)| emit_form_style(name, *style, imports));
            let styles = quote!(#(#styles),*);
            let reserved = reserved.iter().map(WireName::as_str);
            quote!(.form_reserved(#value, &[#styles], &[#(#reserved),*]))
        }
        BodyCodec::Multipart(styles) => {
            let styles = emit_part_styles(styles, imports);
            quote!(.multipart(#media_type, #value, #styles))
        }
        BodyCodec::Lines => quote!(.lines(#media_type, #name)),
        BodyCodec::Sequence => quote!(.sequence(#media_type, #name)),
        BodyCodec::Text => quote!(.text(#media_type, #name)),
        BodyCodec::Bytes => quote!(.bytes(#media_type, #name)),
    }
}

fn emit_form_style(name: &WireName, style: FormStyle, imports: &mut Imports) -> TokenStream {
    let (name, style) = (name.as_str(), form_style(style, imports));
    quote!((#name, #style))
}

fn form_style(style: FormStyle, imports: &mut Imports) -> TokenStream {
    let styles = imports.name(FORM_STYLE);
    let style = match style {
        FormStyle::Plain => quote!(Plain),
        FormStyle::Joined => quote!(Joined),
        FormStyle::SpaceDelimited => quote!(SpaceDelimited),
        FormStyle::PipeDelimited => quote!(PipeDelimited),
        FormStyle::DeepObject => quote!(DeepObject),
        FormStyle::Json => quote!(Json),
    };
    quote!(#styles::#style)
}

fn emit_part_styles(styles: &PartStyles, imports: &mut Imports) -> TokenStream {
    let kinds = imports.name(PART_STYLES);
    match styles {
        PartStyles::Named(styles) => {
            let styles = styles.iter().map(|(name, style)| {
                let (name, style) = (name.as_str(), emit_part_style(style, imports));
                quote!((#name, #style))
            });
            let styles = quote!(#(#styles),*);
            quote!(#kinds::Named(&[#styles]))
        }
        PartStyles::Positional(first, rest) => {
            let first = first.iter().map(|style| emit_part_style(style, imports));
            let first = quote!(#(#first),*);
            let rest = match rest {
                Some(rest) => {
                    let rest = emit_part_style(rest, imports);
                    quote!(Some(#rest))
                }
                None => quote!(None),
            };
            quote!(#kinds::Positional(&[#first], #rest))
        }
    }
}

fn emit_part_style(style: &PartStyle, imports: &mut Imports) -> TokenStream {
    let kinds = imports.name(PART_STYLE);
    match style {
        PartStyle::Content(media_type) => {
            let media_type = media_type.as_str();
            quote!(#kinds::Content(#media_type))
        }
        PartStyle::Form(style) => {
            let style = form_style(*style, imports);
            quote!(#kinds::Form(#style))
        }
        PartStyle::Parts(media_type, styles) => {
            let (media_type, styles) = (media_type.as_str(), emit_part_styles(styles, imports));
            quote!(#kinds::Parts(#media_type, &#styles))
        }
        PartStyle::Urlencoded(media_type, styles) => {
            let media_type = media_type.as_str();
            let styles = styles
                .iter()
                .map(|(name, style)| emit_form_style(name, *style, imports));
            let styles = quote!(#(#styles),*);
            quote!(#kinds::Urlencoded(#media_type, &[#styles]))
        }
    }
}
