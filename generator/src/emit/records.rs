//! Records.

use super::doc_text::DocText;
use super::docs::emit_docs;
use super::names::{DEFAULT_OF, Imports, OR_DEFAULT, RECORD, binding, ident};
use super::rust_types::{Within, emit_kept, emit_type};
use crate::rust::{
    AccessorItem, Constructor, DefaultItem, DefaultValue, FieldItem, KnownValue, RecordItem,
    RustType,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// More arguments than this, and clippy wants a reason.
pub(super) const MANY_ARGUMENTS: usize = 7;

/// A struct, its constructor and its table.
pub(super) fn emit_record(
    name: &Ident,
    docs: &TokenStream,
    record: &RecordItem,
    imports: &mut Imports,
) -> TokenStream {
    let mut fields = record.fields.iter();
    let is_own = fields.any(|field| known(field).is_some_and(|value| !is_blank(value, &field.ty)));
    let is_default = record.constructor == Constructor::Default;
    let default = (is_default && !is_own).then(|| quote!(, Default));
    let own_default = (is_default && is_own).then(|| emit_default(name, record, imports));
    let fields = record.fields.iter().map(|field| {
        let wire = DocText::code(field.wire.as_str());
        let docs = emit_docs(&field.docs, &format!("{wire} on the wire."));
        let name = ident(&field.name);
        let ty = emit_type(&field.ty, Within::Types);
        quote!(#docs pub #name: #ty,)
    });
    let additional = record.additional.iter().map(|(name, ty)| {
        let name = ident(name);
        let ty = emit_type(&RustType::Map(Box::new(ty.clone())), Within::Types);
        quote! {
            /// The properties that the document does not name.
            pub #name: #ty,
        }
    });
    let methods = emit_methods(record, imports);
    let implementation = (!methods.is_empty()).then(|| quote!(impl #name { #methods }));
    let table = emit_table(name, record, imports);
    quote! {
        #docs
        #[derive(Clone #default)]
        pub struct #name {
            #(#fields)*
            #(#additional)*
        }
        #implementation
        #own_default
        #table
    }
}

fn emit_table(name: &Ident, record: &RecordItem, imports: &mut Imports) -> TokenStream {
    let table = imports.name(RECORD);
    let secret = (!record.comparable).then(|| quote!(secret));
    let rows = record.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let name = ident(&field.name);
        let wire = field.wire.as_str();
        match field.filled() {
            Some(filled) => {
                let json = filled.wire.to_string();
                quote!(#index #name = Defaulted(#wire, #json))
            }
            None if field.required => quote!(#index #name = Required(#wire)),
            None => quote!(#index #name = Optional(#wire)),
        }
    });
    let rows = (!record.fields.is_empty()).then(|| quote!(, #(#rows),*));
    let rest = record.additional.as_ref().map(|(name, _)| {
        let name = ident(name);
        quote!(; rest #name)
    });
    quote!(#table!(#secret #name #rows #rest);)
}

fn emit_methods(record: &RecordItem, imports: &mut Imports) -> TokenStream {
    let constructor = record.constructor == Constructor::New;
    let constructor = constructor.then(|| emit_constructor(record, imports));
    let accessors = record
        .fields
        .iter()
        .filter_map(|field| match field.default.as_ref()? {
            DefaultItem::Documented(accessor) => Some(emit_accessor(field, accessor, imports)),
            DefaultItem::Filled(_) => None,
        });
    quote!(#constructor #(#accessors)*)
}

fn emit_constructor(record: &RecordItem, imports: &mut Imports) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &record.fields {
        let name = ident(&field.name);
        if let Some(value) = known(field) {
            let value = emit_known(&value.value, &field.ty, imports);
            values.push(quote!(#name: #value));
        } else if field.required {
            let argument = binding(&field.name);
            let (ty, value) = emit_kept(&field.ty, &quote!(#argument), Within::Types);
            arguments.push(quote!(#argument: #ty));
            let is_as_given = argument == name
                && !matches!(
                    field.ty,
                    RustType::String | RustType::Secret | RustType::File | RustType::Box(_)
                );
            values.push(if is_as_given {
                quote!(#name)
            } else {
                quote!(#name: #value)
            });
        } else {
            values.push(quote!(#name: None));
        }
    }
    values.extend(emit_no_rest(record));
    let many = emit_many_arguments(arguments.len());
    let docs = match record.fields.iter().any(|field| field.filled().is_some()) {
        true => " Makes one of what must be given, with the defaults of the rest.",
        false => " Makes one of what must be given.",
    };
    quote! {
        #[doc = #docs]
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// `Default` where fields have a constant or a default.
fn emit_default(name: &Ident, record: &RecordItem, imports: &mut Imports) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let name = ident(&field.name);
        match known(field) {
            Some(value) => {
                let value = emit_known(&value.value, &field.ty, imports);
                quote!(#name: #value)
            }
            None => quote!(#name: None),
        }
    });
    let rest = emit_no_rest(record);
    let values = fields.chain(rest);
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// The map of unlisted properties, with none in it.
fn emit_no_rest(record: &RecordItem) -> Option<TokenStream> {
    let (name, _) = record.additional.as_ref()?;
    let name = ident(name);
    Some(quote!(#name: std::collections::BTreeMap::new()))
}

/// What a field has without being given.
fn known(field: &FieldItem) -> Option<&KnownValue> {
    field.constant.as_ref().or_else(|| field.filled())
}

/// Whether a value is what its type has by default, so that the derived `Default` gives it.
fn is_blank(value: &KnownValue, ty: &RustType) -> bool {
    match &value.value {
        _ if matches!(ty, RustType::Option(_)) => false,
        DefaultValue::Empty => true,
        DefaultValue::Literal(Value::Bool(value)) => !value,
        DefaultValue::Literal(Value::String(text)) => text.is_empty(),
        DefaultValue::Literal(Value::Number(number)) => number.as_f64() == Some(0.0),
        _ => false,
    }
}

fn emit_known(value: &DefaultValue, ty: &RustType, imports: &mut Imports) -> TokenStream {
    match value {
        value if let RustType::Option(inner) = ty => {
            let value = emit_known(value, inner, imports);
            quote!(Some(#value))
        }
        DefaultValue::Variant(variant) => {
            let (ty, variant) = (emit_type(ty, Within::Types), ident(variant));
            quote!(#ty::#variant)
        }
        DefaultValue::Empty if matches!(ty, RustType::Vec(_)) => quote!(Vec::new()),
        DefaultValue::Empty => quote!(std::collections::BTreeMap::new()),
        DefaultValue::Json(json) => {
            let default_of = imports.name(DEFAULT_OF);
            quote!(#default_of(#json))
        }
        DefaultValue::Literal(Value::String(text)) => quote!(#text.to_owned()),
        DefaultValue::Literal(value) => emit_plain_value(value, ty),
    }
}

/// The reason for a long list of arguments, where there is one.
pub(super) fn emit_many_arguments(count: usize) -> Option<TokenStream> {
    (count > MANY_ARGUMENTS).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires all of them")]),
    )
}

fn emit_accessor(field: &FieldItem, item: &AccessorItem, imports: &mut Imports) -> TokenStream {
    let accessor = ident(&item.name);
    let name = ident(&field.name);
    // A link names a raw identifier without its `r#`, which would be taken for the start of a fragment.
    let docs = format!(
        " [`{}`](Self::{}), or what the API takes where it is absent.",
        field.name,
        field.name.as_str().trim_start_matches("r#")
    );
    let inner = match &field.ty {
        RustType::Option(inner) => inner.as_ref(),
        other => other,
    };
    let (ty, value) = match &item.value {
        DefaultValue::Empty => return TokenStream::new(),
        DefaultValue::Json(json) => {
            let or_default = imports.name(OR_DEFAULT);
            let ty = emit_type(inner, Within::Types);
            (ty, quote!(#or_default(&self.#name, #json)))
        }
        DefaultValue::Variant(variant) => {
            let (ty, variant) = (emit_type(inner, Within::Types), ident(variant));
            let value = quote!(self.#name.clone().unwrap_or(#ty::#variant));
            (ty, value)
        }
        DefaultValue::Literal(Value::String(text)) => {
            (quote!(&str), quote!(self.#name.as_deref().unwrap_or(#text)))
        }
        DefaultValue::Literal(value) => {
            let ty = emit_type(inner, Within::Types);
            let value = emit_plain_value(value, inner);
            (ty, quote!(self.#name.unwrap_or(#value)))
        }
    };
    quote! {
        #[doc = #docs]
        pub fn #accessor(&self) -> #ty {
            #value
        }
    }
}

fn emit_plain_value(value: &Value, ty: &RustType) -> TokenStream {
    let literal = match value {
        Value::Bool(value) => return quote!(#value),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            _ if *ty == RustType::F64 => {
                Literal::f64_unsuffixed(number.as_f64().filter(|n| n.is_finite()).unwrap_or(0.0))
            }
            (Some(value), _, _) => Literal::i64_unsuffixed(value),
            (_, Some(value), _) => Literal::u64_unsuffixed(value),
            _ => Literal::u8_unsuffixed(0),
        },
        _ => Literal::u8_unsuffixed(0),
    };
    quote!(#literal)
}
