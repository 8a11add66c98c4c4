//! Unions.

use super::docs::emit_docs;
use super::names::{Imports, TAGGED_UNION, UNTAGGED_UNION, ident};
use super::rust_types::{Within, emit_type};
use crate::rust::{RustType, UnionItem, UnionTest, UnionVariantItem};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// An enum of types, its table, and the conversions into it.
pub(super) fn emit_union(
    name: &Ident,
    docs: &TokenStream,
    union: &UnionItem,
    imports: &mut Imports,
) -> TokenStream {
    let fallback = ident(&union.fallback);
    let variants = union.variants.iter().map(|variant| {
        let docs = emit_docs(&variant.docs, &format!("The variant `{}`.", variant.name));
        let name = ident(&variant.name);
        let ty = emit_type(&variant.ty, Within::Types);
        quote!(#docs #name(#ty),)
    });
    let secret = (!union.comparable).then(|| quote!(secret));
    let ordered = union
        .order
        .iter()
        .filter_map(|index| union.variants.get(*index));
    let rows = ordered.enumerate().map(|(index, variant)| {
        let index = Literal::usize_unsuffixed(index);
        let name = ident(&variant.name);
        if union.tag.is_some() {
            let tags = variant.tags.iter().map(|tag| tag.as_str());
            // The variant of objects with any other tag.
            let other = (variant.test == UnionTest::Object).then(|| quote!(if Object));
            quote!(, #index #name = [#(#tags),*] #other)
        } else {
            let test = emit_test(&variant.test);
            quote!(, #index #name #test)
        }
    });
    let table = match &union.tag {
        Some(property) => {
            let table = imports.name(TAGGED_UNION);
            let property = property.as_str();
            quote!(#table!(#secret #name, #fallback, #property #(#rows)*);)
        }
        None => {
            let table = imports.name(UNTAGGED_UNION);
            let any = union.allows_others.then(|| quote!(if Any));
            quote!(#table!(#secret #name, #fallback #any #(#rows)*);)
        }
    };
    let conversions = union
        .variants
        .iter()
        .filter(|variant| variant.from)
        .map(|variant| emit_conversion(name, variant));
    quote! {
        #docs
        #[derive(Clone)]
        pub enum #name {
            #(#variants)*
            /// A value that is none of the others.
            #fallback(serde_json::Value),
        }
        #table
        #(#conversions)*
    }
}

/// The condition behind a variant; one that is tried has none.
fn emit_test(test: &UnionTest) -> Option<TokenStream> {
    Some(match test {
        UnionTest::Null => quote!(if Null),
        UnionTest::Boolean => quote!(if Bool),
        UnionTest::Integer => quote!(if Integer),
        UnionTest::Number => quote!(if Number),
        UnionTest::String => quote!(if Text),
        UnionTest::Array => quote!(if Array),
        UnionTest::Object => quote!(if Object),
        UnionTest::Trial => return None,
        UnionTest::Is(property, values) => {
            let property = property.as_str();
            let values = values.iter().map(|value| value.as_str());
            quote!(if Property(#property #(, #values)*))
        }
        UnionTest::Has(properties) => {
            let properties = properties.iter().map(|property| property.as_str());
            quote!(if Has(#(#properties),*))
        }
    })
}

fn emit_conversion(union: &Ident, variant: &UnionVariantItem) -> TokenStream {
    let name = ident(&variant.name);
    let (ty, value) = match &variant.ty {
        RustType::Box(inner) => (emit_type(inner, Within::Types), quote!(Box::new(value))),
        ty => (emit_type(ty, Within::Types), quote!(value)),
    };
    quote! {
        impl From<#ty> for #union {
            fn from(value: #ty) -> Self {
                Self::#name(#value)
            }
        }
    }
}
