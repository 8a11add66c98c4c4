//! A JSON value as a Rust expression of a type of the client.

mod json;
mod scope;
mod unions;

pub use self::scope::Scope;

use self::json::json;
use crate::rust::{
    Client, Constructor, DateCrate, EnumItem, FieldItem, RecordItem, RustName, RustType, TypeBody,
    TypeItem,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use serde_json::{Map, Number, Value};
use std::collections::HashMap;

/// Names that mean something else in a sample; a type of the client that has one of them is written with its path.
const RESERVED: &[&str] = &[
    "Client",
    "Error",
    "Result",
    "Box",
    "Vec",
    "String",
    "Option",
    "Some",
    "None",
    "Ok",
    "Err",
    "SecretString",
    "BTreeMap",
    "FilePart",
    "Body",
    "BodyItems",
];

/// Writes expressions for one client.
pub struct Expressions<'a> {
    types: HashMap<&'a str, &'a TypeItem>,
}

impl<'a> Expressions<'a> {
    /// Prepares the look-up of types by name.
    pub fn new(client: &'a Client) -> Self {
        Expressions {
            types: client
                .types
                .iter()
                .map(|item| (item.name.as_str(), item))
                .collect(),
        }
    }

    /// The expression of a value; `None` if the type does not take it.
    ///
    /// The recursion follows the value, whose depth is limited.
    pub fn expression(&self, ty: &RustType, value: &Value, scope: &Scope) -> Option<TokenStream> {
        scope.attempt(|scope| self.spell(ty, value, scope))
    }

    fn spell(&self, ty: &RustType, value: &Value, scope: &Scope) -> Option<TokenStream> {
        match ty {
            RustType::Unit => Some(quote!(())),
            RustType::Option(inner) => {
                if value.is_null() {
                    return Some(quote!(None));
                }
                let inner = self.expression(inner, value, scope)?;
                Some(quote!(Some(#inner)))
            }
            RustType::Box(inner) => {
                let inner = self.expression(inner, value, scope)?;
                Some(quote!(Box::new(#inner)))
            }
            RustType::Vec(item) | RustType::Items(item) => {
                let items = value.as_array()?;
                let items = items
                    .iter()
                    .map(|value| self.expression(item, value, scope))
                    .collect::<Option<Vec<_>>>()?;
                Some(quote!(vec![#(#items),*]))
            }
            RustType::Tuple(types) => {
                let values = value
                    .as_array()
                    .filter(|values| values.len() == types.len())?;
                let items = types
                    .iter()
                    .zip(values)
                    .map(|(ty, value)| self.expression(ty, value, scope))
                    .collect::<Option<Vec<_>>>()?;
                Some(quote!((#(#items,)*)))
            }
            RustType::Map(ty) => self.map(&RustType::String, ty, value.as_object()?, scope),
            RustType::KeyedMap(key, ty) => self.map(key, ty, value.as_object()?, scope),
            RustType::Json => Some(json(value)),
            RustType::Named(name) => self.named(name, value, scope),
            RustType::File => {
                let text = value.as_str()?;
                *scope.files.borrow_mut() = true;
                Some(quote!(FilePart::new(#text).file_name("file.txt")))
            }
            scalar => scalar_expression(scalar, value),
        }
    }

    fn map(
        &self,
        key_type: &RustType,
        ty: &RustType,
        members: &Map<String, Value>,
        scope: &Scope,
    ) -> Option<TokenStream> {
        let pairs = members
            .iter()
            .map(|(key, value)| {
                let value = self.expression(ty, value, scope)?;
                let key = match key_type {
                    RustType::String => quote!(#key.to_owned()),
                    other => self.expression(other, &Value::from(key.as_str()), scope)?,
                };
                Some(quote!((#key, #value)))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(quote!([#(#pairs),*].into()))
    }

    fn named(&self, name: &RustName, value: &Value, scope: &Scope) -> Option<TokenStream> {
        let item = self.types.get(name.as_str())?;
        match &item.body {
            TypeBody::Alias(ty) => self.expression(ty, value, scope),
            TypeBody::Newtype(newtype) => {
                let inner = self.expression(&newtype.ty, value, scope)?;
                let path = path(name, scope);
                Some(quote!(#path(#inner)))
            }
            TypeBody::Record(record) => self.record(name, record, value.as_object()?, scope),
            TypeBody::StringEnum(item) => {
                let value = value.as_str()?;
                variant(name, item, |known| known == value, scope)
            }
            TypeBody::IntegerEnum(item) => {
                let value = value.as_i64()?;
                variant(name, item, |known| *known == value, scope)
            }
            TypeBody::Union(union) => self.union(name, union, value, scope),
        }
    }

    fn record(
        &self,
        name: &RustName,
        record: &RecordItem,
        members: &Map<String, Value>,
        scope: &Scope,
    ) -> Option<TokenStream> {
        let path = path(name, scope);
        let is_argument = |field: &FieldItem| {
            record.constructor == Constructor::New && field.required && field.constant.is_none()
        };
        let mut arguments = Vec::new();
        for field in record.fields.iter().filter(|field| is_argument(field)) {
            let value = members.get(field.wire.as_str())?;
            arguments.push(match (&field.ty, value) {
                // `new` takes whatever turns into a string.
                (RustType::String, Value::String(text)) => quote!(#text),
                (RustType::Secret, Value::String(text)) => quote!(#text),
                _ => self.field(field, value, scope)?,
            });
        }
        let mut rest = Vec::new();
        for field in record.fields.iter().filter(|field| !is_argument(field)) {
            // What is null or absent is what the constructor says anyway, but where null means more than absent. So is a
            // constant.
            let constant = field.constant.as_ref().map(|constant| &constant.wire);
            if constant.is_some() && constant == members.get(field.wire.as_str()) {
                continue;
            }
            if let Some(value) = members.get(field.wire.as_str())
                && let Some(value) = self.field(field, value, scope)
            {
                let name = ident(&field.name);
                rest.push(quote!(#name: #value));
            }
        }
        let base = match record.constructor {
            Constructor::New => quote!(#path::new(#(#arguments),*)),
            Constructor::Default => quote!(#path::default()),
            Constructor::None => return self.literal(path, record, members, scope),
        };
        let all = record.fields.len() == rest.len() && record.additional.is_none();
        rest.extend(self.additional(record, members, scope));
        Some(if rest.is_empty() {
            base
        } else if all {
            quote!(#path { #(#rest),* })
        } else {
            quote!(#path { #(#rest,)* ..#base })
        })
    }

    /// A record that only a server makes, written out in full.
    fn literal(
        &self,
        path: TokenStream,
        record: &RecordItem,
        members: &Map<String, Value>,
        scope: &Scope,
    ) -> Option<TokenStream> {
        let mut fields = Vec::new();
        for field in &record.fields {
            let value = match (members.get(field.wire.as_str()), field.filled()) {
                (Some(value), _) => value,
                (None, Some(filled)) => &filled.wire,
                (None, None) => &Value::Null,
            };
            let value = self.field(field, value, scope)?;
            let name = ident(&field.name);
            fields.push(quote!(#name: #value));
        }
        match (&record.additional, self.additional(record, members, scope)) {
            (_, Some(members)) => fields.push(members),
            (Some((name, _)), None) => {
                let name = ident(name);
                fields.push(quote!(#name: Default::default()));
            }
            (None, None) => {}
        }
        Some(quote!(#path { #(#fields),* }))
    }

    /// The members that no field takes, if there are any and the record keeps them.
    fn additional(
        &self,
        record: &RecordItem,
        members: &Map<String, Value>,
        scope: &Scope,
    ) -> Option<TokenStream> {
        let (name, ty) = record.additional.as_ref()?;
        let is_field = |key: &str| record.fields.iter().any(|field| field.wire.as_str() == key);
        let others: Map<String, Value> = members
            .iter()
            .filter(|(key, _)| !is_field(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if others.is_empty() {
            return None;
        }
        let (name, others) = (
            ident(name),
            self.map(&RustType::String, ty, &others, scope)?,
        );
        Some(quote!(#name: #others))
    }

    /// The value of a field. An outer `Option` says whether the field is there, an inner one whether it is null.
    fn field(&self, field: &FieldItem, value: &Value, scope: &Scope) -> Option<TokenStream> {
        match &field.ty {
            RustType::Option(inner)
                if !field.required && matches!(**inner, RustType::Option(_)) =>
            {
                let inner = self.expression(inner, value, scope)?;
                Some(quote!(Some(#inner)))
            }
            ty => self.expression(ty, value, scope),
        }
    }
}

/// An identifier, raw where it must be.
pub fn ident(name: &RustName) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

fn path(name: &RustName, scope: &Scope) -> TokenStream {
    let ident = ident(name);
    if RESERVED.contains(&name.as_str()) {
        *scope.types_module.borrow_mut() = true;
        return quote!(types::#ident);
    }
    scope.imports.borrow_mut().insert(name.as_str().to_owned());
    quote!(#ident)
}

fn variant<T>(
    name: &RustName,
    item: &EnumItem<T>,
    is_it: impl Fn(&T) -> bool,
    scope: &Scope,
) -> Option<TokenStream> {
    let variant = item.variants.iter().find(|variant| is_it(&variant.value))?;
    let path = path(name, scope);
    let variant = ident(&variant.name);
    Some(quote!(#path::#variant))
}

fn scalar_expression(ty: &RustType, value: &Value) -> Option<TokenStream> {
    let integer = |literal: Option<Literal>| literal.map(|literal| quote!(#literal));
    match ty {
        RustType::Bool => value.as_bool().map(|value| quote!(#value)),
        RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 => {
            integer(value.as_i64().map(Literal::i64_unsuffixed))
        }
        RustType::U8 | RustType::U16 | RustType::U32 | RustType::U64 => {
            integer(value.as_u64().map(Literal::u64_unsuffixed))
        }
        RustType::BigInteger | RustType::BigNumber => big_number(value.as_number()?),
        RustType::F32 | RustType::F64 => integer(value.as_f64().map(Literal::f64_unsuffixed)),
        RustType::String => value.as_str().map(|text| quote!(#text.to_owned())),
        RustType::Secret => value.as_str().map(|text| quote!(#text.into())),
        RustType::Uuid => value.as_str().map(|text| quote!(#text.parse()?)),
        RustType::Date(DateCrate::Time) => date_expression(value.as_str()?),
        RustType::Date(_)
        | RustType::DateTime(_)
        | RustType::Time(_)
        | RustType::Duration(_)
        | RustType::Url
        | RustType::Decimal
        | RustType::Ipv4
        | RustType::Ipv6 => value.as_str().map(|text| quote!(#text.parse()?)),
        RustType::Base64 => {
            let bytes = Literal::byte_string(&STANDARD.decode(value.as_str()?).ok()?);
            Some(quote!(#bytes.to_vec().into()))
        }
        RustType::Bytes | RustType::Body => value.as_str().map(|text| quote!(#text.into())),
        _ => None,
    }
}

/// A number of any size: of an integer of Rust, or of its digits.
fn big_number(number: &Number) -> Option<TokenStream> {
    let text = number.to_string();
    Some(match text.parse::<i128>() {
        Ok(value) if i32::try_from(value).is_ok() => {
            let literal = Literal::i128_unsuffixed(value);
            quote!(#literal.into())
        }
        Ok(value) => {
            let literal = Literal::i128_suffixed(value);
            quote!(#literal.into())
        }
        Err(_) => quote!(#text.parse()?),
    })
}

/// A date of the crate `time`, which reads no text without a feature more.
fn date_expression(text: &str) -> Option<TokenStream> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let month = MONTHS.get(usize::from(month).checked_sub(1)?)?;
    let month = Ident::new(month, Span::call_site());
    let (year, day) = (Literal::u16_unsuffixed(year), Literal::u16_unsuffixed(day));
    Some(quote!(time::Date::from_calendar_date(#year, time::Month::#month, #day)?))
}
