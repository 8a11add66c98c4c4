//! Rust types as tokens.

use super::names::ident;
use crate::rust::{DateCrate, RustType};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Where types are written, which decides how the client's own are reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// In the module `types`.
    Types,
    /// In a module beside it.
    Beside,
}

/// A type. `Body`, `BodyItems` and `FilePart` are to be imported.
pub(super) fn emit_type(ty: &RustType, within: Within) -> TokenStream {
    match ty {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I8 => quote!(i8),
        RustType::I16 => quote!(i16),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::U8 => quote!(u8),
        RustType::U16 => quote!(u16),
        RustType::U32 => quote!(u32),
        RustType::U64 => quote!(u64),
        RustType::F32 => quote!(f32),
        RustType::F64 => quote!(f64),
        RustType::BigInteger => of_runtime(quote!(number::BigInteger), within),
        RustType::BigNumber => of_runtime(quote!(number::BigNumber), within),
        RustType::String => quote!(String),
        RustType::Secret => quote!(secrecy::SecretString),
        RustType::Uuid => quote!(uuid::Uuid),
        RustType::Date(DateCrate::Time) => quote!(time::Date),
        RustType::Date(DateCrate::Jiff) => quote!(jiff::civil::Date),
        RustType::Date(DateCrate::Chrono) => quote!(chrono::NaiveDate),
        RustType::DateTime(of) => emit_date_type(*of, "DateTime", within),
        RustType::Time(of) => emit_date_type(*of, "TimeOfDay", within),
        RustType::Duration(of) => emit_date_type(*of, "Span", within),
        RustType::Url => of_runtime(quote!(url::Url), within),
        RustType::Decimal => of_runtime(quote!(rust_decimal::Decimal), within),
        RustType::Ipv4 => quote!(std::net::Ipv4Addr),
        RustType::Ipv6 => of_runtime(quote!(net::Ipv6), within),
        RustType::Base64 => of_runtime(quote!(base64::Base64), within),
        RustType::Json => quote!(serde_json::Value),
        RustType::Bytes => quote!(bytes::Bytes),
        RustType::Body => quote!(Body),
        RustType::Items(item) => wrap(quote!(BodyItems), item, within),
        RustType::File => quote!(FilePart),
        RustType::Option(inner) => wrap(quote!(Option), inner, within),
        RustType::Vec(inner) => wrap(quote!(Vec), inner, within),
        RustType::Box(inner) => wrap(quote!(Box), inner, within),
        RustType::Map(value) => {
            let value = emit_type(value, within);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        RustType::KeyedMap(key, value) => {
            let (key, value) = (emit_type(key, within), emit_type(value, within));
            of_runtime(quote!(keyed::KeyedMap<#key, #value>), within)
        }
        RustType::Tuple(items) => {
            let items = items.iter().map(|item| emit_type(item, within));
            quote!((#(#items,)*))
        }
        RustType::Named(name) => {
            let name = ident(name);
            match within {
                Within::Types => quote!(#name),
                Within::Beside => quote!(types::#name),
            }
        }
    }
}

/// A type of the runtime that is named alike for every crate of dates.
fn emit_date_type(of: DateCrate, name: &str, within: Within) -> TokenStream {
    let module = match of {
        DateCrate::Time => "time",
        DateCrate::Jiff => "jiff",
        DateCrate::Chrono => "chrono",
    };
    let ident = |text| Ident::new(text, Span::call_site());
    let (module, name) = (ident(module), ident(name));
    of_runtime(quote!(#module::#name), within)
}

/// A path in the runtime, which the module `types` imports wherever it has a table or such a type.
fn of_runtime(path: TokenStream, within: Within) -> TokenStream {
    match within {
        Within::Types => quote!(runtime::#path),
        Within::Beside => quote!(super::runtime::#path),
    }
}

/// Whether a type that is written in the module `types` has a path in the runtime.
pub(super) fn reaches_runtime(ty: &RustType) -> bool {
    ty.has(&|ty| {
        matches!(
            ty,
            RustType::BigInteger
                | RustType::BigNumber
                | RustType::DateTime(_)
                | RustType::Time(_)
                | RustType::Duration(_)
                | RustType::Url
                | RustType::Decimal
                | RustType::Ipv6
                | RustType::Base64
                | RustType::KeyedMap(..)
        )
    })
}

fn wrap(outer: TokenStream, inner: &RustType, within: Within) -> TokenStream {
    let inner = emit_type(inner, within);
    quote!(#outer<#inner>)
}

/// The type of an argument that is kept, and the expression that keeps it.
pub(super) fn emit_kept(
    ty: &RustType,
    argument: &TokenStream,
    within: Within,
) -> (TokenStream, TokenStream) {
    match ty {
        RustType::String | RustType::Secret | RustType::Bytes | RustType::File => {
            let ty = emit_type(ty, within);
            (quote!(impl Into<#ty>), quote!(#argument.into()))
        }
        RustType::Box(inner) => (emit_type(inner, within), quote!(Box::new(#argument))),
        _ => (emit_type(ty, within), argument.clone()),
    }
}
