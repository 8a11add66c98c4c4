//! Arguments: the types by which users hand values over, and the calls that put those into a request.

use super::bodies::emit_body;
use super::names::{
    BODY, BODY_ITEMS, COOKIE_STYLE, FILE_PART, HEADER_STYLE, Imports, PATH_STYLE, QUERY_STYLE,
    binding, ident,
};
use super::rust_types::{Within, emit_type};
use crate::rust::{ArgumentItem, OperationItem, ParameterStyle, Passing, RustType, Target};
use proc_macro2::TokenStream;
use quote::quote;

/// Imports what the type by which a user hands a value over is made of.
pub(super) fn import_passed(argument: &ArgumentItem, imports: &mut Imports) {
    if matches!(argument.target, Target::Choice(_)) {
        return;
    }
    if argument.ty.names_type() {
        imports.sibling("types");
    }
    for (name, is_it) in [
        (BODY, argument.ty.has(&|ty| *ty == RustType::Body)),
        (
            BODY_ITEMS,
            argument.ty.has(&|ty| matches!(ty, RustType::Items(_))),
        ),
        (FILE_PART, argument.ty.has(&|ty| *ty == RustType::File)),
    ] {
        if is_it {
            imports.name(name);
        }
    }
}

/// The type by which a user hands a value over.
pub(super) fn emit_passed(argument: &ArgumentItem) -> TokenStream {
    if let Target::Choice(choice) = &argument.target {
        let name = ident(&choice.name);
        return quote!(impl Into<operations::#name>);
    }
    match (argument.passing, &argument.ty) {
        (Passing::Str, _) => quote!(&str),
        (Passing::Slice, RustType::Vec(item)) => {
            let item = emit_type(item, Within::Beside);
            quote!(&[#item])
        }
        (Passing::Into, ty) => {
            let ty = emit_type(ty, Within::Beside);
            quote!(impl Into<#ty>)
        }
        (_, ty) => emit_type(ty, Within::Beside),
    }
}

/// The calls that put a value into the request, and have the answer remember it where a link asks for it.
pub(super) fn emit_step(
    operation: &OperationItem,
    argument: &ArgumentItem,
    imports: &mut Imports,
) -> TokenStream {
    let step = emit_put(argument, imports);
    let kept = operation.kept_as(&argument.target).map(|kept| {
        let name = binding(&argument.name);
        quote!(.keep_value(#kept, &#name))
    });
    quote!(#step #kept)
}

fn emit_put(argument: &ArgumentItem, imports: &mut Imports) -> TokenStream {
    let name = binding(&argument.name);
    let value = match (argument.passing, &argument.ty) {
        (Passing::Into, ty) => {
            let ty = emit_type(ty, Within::Beside);
            quote!(&Into::<#ty>::into(#name))
        }
        _ => quote!(&#name),
    };
    match &argument.target {
        Target::Body(body) => emit_body(body, &quote!(#name), &value, imports),
        Target::Choice(choice) => {
            let choice = ident(&choice.name);
            quote!(.choice::<operations::#choice>(#name))
        }
        target => emit_parameter(target, &value, imports),
    }
}

/// The call that puts the value of a parameter where it belongs.
pub(super) fn emit_parameter(
    target: &Target,
    value: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    match target {
        Target::Path(wire, style) | Target::ReservedPath(wire, style) => {
            let (wire, styles) = (wire.as_str(), imports.name(PATH_STYLE));
            let style = match style {
                ParameterStyle::Simple { explode: true } => quote!(SimpleExplode),
                ParameterStyle::Label { explode: false } => quote!(Label),
                ParameterStyle::Label { explode: true } => quote!(LabelExplode),
                ParameterStyle::Matrix { explode: false } => quote!(Matrix),
                ParameterStyle::Matrix { explode: true } => quote!(MatrixExplode),
                ParameterStyle::Json => quote!(Json),
                _ => quote!(Simple),
            };
            let method = match target {
                Target::ReservedPath(..) => quote!(path_reserved),
                _ => quote!(path),
            };
            quote!(.#method(#wire, #styles::#style, #value))
        }
        Target::Query(wire, style) | Target::ReservedQuery(wire, style) => {
            let (wire, styles) = (wire.as_str(), imports.name(QUERY_STYLE));
            let method = match target {
                Target::ReservedQuery(..) => quote!(query_reserved),
                _ => quote!(query),
            };
            let style = match style {
                ParameterStyle::Whole => quote!(Whole),
                ParameterStyle::WholeText => quote!(WholeText),
                ParameterStyle::DeepObject => quote!(DeepObject),
                ParameterStyle::Form { explode: false } => quote!(Form),
                ParameterStyle::SpaceDelimited => quote!(SpaceDelimited),
                ParameterStyle::PipeDelimited => quote!(PipeDelimited),
                ParameterStyle::Json => quote!(Json),
                _ => quote!(FormExplode),
            };
            quote!(.#method(#wire, #styles::#style, #value))
        }
        Target::Header(wire, style) => {
            let (wire, styles) = (wire.as_str(), imports.name(HEADER_STYLE));
            let style = match style {
                ParameterStyle::Simple { explode: true } => quote!(SimpleExplode),
                ParameterStyle::Json => quote!(Json),
                _ => quote!(Simple),
            };
            quote!(.header_param(#wire, #styles::#style, #value))
        }
        Target::Cookie(wire, style) | Target::ReservedCookie(wire, style) => {
            let (wire, styles) = (wire.as_str(), imports.name(COOKIE_STYLE));
            let style = match style {
                ParameterStyle::Form { explode: false } => quote!(Form),
                ParameterStyle::Cookie { explode: false } => quote!(Plain),
                ParameterStyle::Cookie { explode: true } => quote!(PlainExplode),
                ParameterStyle::Json => quote!(Json),
                _ => quote!(FormExplode),
            };
            let method = match target {
                Target::ReservedCookie(..) => quote!(cookie_reserved),
                _ => quote!(cookie_param),
            };
            quote!(.#method(#wire, #styles::#style, #value))
        }
        // Bodies are no parameters, and have no constants.
        Target::Body(_) | Target::Choice(_) => TokenStream::new(),
    }
}
