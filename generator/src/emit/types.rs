//! The module `types`: the face of each type, then one table that describes it to the runtime.

use super::doc_text::DocText;
use super::docs::emit_docs;
use super::names::{FILE_PART, INTEGER_ENUM, Imports, NEWTYPE, STRING_ENUM, ident};
use super::records::emit_record;
use super::rust_types::{Within, emit_type, reaches_runtime};
use super::unions::emit_union;
use crate::rust::{Client, EnumItem, NewtypeItem, TypeBody, TypeItem};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The module.
pub(super) fn emit_types(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let items: Vec<TokenStream> = client
        .types
        .iter()
        .map(|item| emit_type_item(item, &mut imports))
        .collect();
    if client.types.iter().any(|item| item.has_files) {
        imports.name(FILE_PART);
    }
    let has_alias_of_runtime = client
        .types
        .iter()
        .any(|item| matches!(&item.body, TypeBody::Alias(ty) if reaches_runtime(ty)));
    if has_alias_of_runtime || !imports.is_empty() {
        // The tables and the types of fields name the runtime by this import.
        imports.sibling("runtime");
    }
    let uses = imports.items();
    quote! {
        //! The types that requests and responses hold.
        #uses
        #(#items)*
    }
}

/// The names of the types that implement the codec themselves and have a form in any format, for the list that
/// `serde` goes through.
pub(super) fn described_types(client: &Client) -> Vec<Ident> {
    client
        .types
        .iter()
        .filter(|item| !item.has_files && !matches!(item.body, TypeBody::Alias(_)))
        .map(|item| ident(&item.name))
        .collect()
}

fn emit_type_item(item: &TypeItem, imports: &mut Imports) -> TokenStream {
    let name = ident(&item.name);
    let docs = emit_docs(&item.docs, &format!("The type `{}` of the API.", item.name));
    match &item.body {
        TypeBody::Record(record) => emit_record(&name, &docs, record, imports),
        TypeBody::StringEnum(values) => {
            let table = imports.name(STRING_ENUM);
            emit_enum(
                &name,
                &docs,
                values,
                (table, quote!(String)),
                |value| Literal::string(value),
                String::clone,
            )
        }
        TypeBody::IntegerEnum(values) => {
            let table = imports.name(INTEGER_ENUM);
            emit_enum(
                &name,
                &docs,
                values,
                (table, quote!(i64)),
                |value| Literal::i64_unsuffixed(*value),
                i64::to_string,
            )
        }
        TypeBody::Union(union) => emit_union(&name, &docs, union, imports),
        TypeBody::Alias(ty) => {
            let ty = emit_type(ty, Within::Types);
            quote!(#docs pub type #name = #ty;)
        }
        TypeBody::Newtype(newtype) => emit_newtype(&name, &docs, newtype, imports),
    }
}

fn emit_enum<T>(
    name: &Ident,
    docs: &TokenStream,
    values: &EnumItem<T>,
    (table, kept): (Ident, TokenStream),
    literal: impl Fn(&T) -> Literal,
    spelled: impl Fn(&T) -> String,
) -> TokenStream {
    let fallback = ident(&values.fallback);
    let mut variants = Vec::new();
    let mut rows = Vec::new();
    for variant in &values.variants {
        let variant_name = ident(&variant.name);
        let value = literal(&variant.value);
        let wire = DocText::code(&spelled(&variant.value));
        let docs = emit_docs(&variant.docs, &format!("The value {wire}."));
        variants.push(quote!(#docs #variant_name,));
        rows.push(quote!(#variant_name = #value));
    }
    quote! {
        #docs
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants)*
            /// A value that the document does not name.
            #fallback(#kept),
        }
        #table!(#name, #fallback, #(#rows),*);
    }
}

fn emit_newtype(
    name: &Ident,
    docs: &TokenStream,
    newtype: &NewtypeItem,
    imports: &mut Imports,
) -> TokenStream {
    let ty = emit_type(&newtype.ty, Within::Types);
    let table = imports.name(NEWTYPE);
    let secret = (!newtype.comparable).then(|| quote!(secret));
    quote! {
        #docs
        #[derive(Clone)]
        pub struct #name(#[doc = " The value."] pub #ty);
        #table!(#secret #name);
    }
}
