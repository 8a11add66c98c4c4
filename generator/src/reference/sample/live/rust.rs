//! What the script of the site needs to know of the client to write the sample for Rust itself: the types that calls
//! are made of, once for all pages, and the method of each operation.
//!
//! A type is a text of letters, the outermost first (`?*#Key` is an `Option<Vec<Key>>`), or a list where one letter has
//! two types or more. `templates/site/assets/rust.js` reads it.

use crate::model::ParameterLocation;
use crate::reference::call::{BodyContent, Call};
use crate::reference::links::Links;
use crate::reference::sample::rust::{from_text, local_name};
use crate::rust::{
    ArgumentItem, BodyCodec, Client, Constructor, DateCrate, FieldItem, OperationItem, Passing,
    RecordItem, RustType, Target, TypeBody, TypeItem,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The name of the package, and the types that requests are made of.
pub fn table(client: &Client) -> Value {
    let items: HashMap<&str, &TypeItem> = client
        .types
        .iter()
        .map(|item| (item.name.as_str(), item))
        .collect();
    let mut open: Vec<&RustType> = client
        .operations
        .iter()
        .flat_map(|item| item.arguments.iter().chain(&item.setters))
        .map(|argument| &argument.ty)
        .collect();
    let mut types: BTreeMap<&str, Value> = BTreeMap::new();
    while let Some(ty) = open.pop() {
        if let RustType::Named(name) = ty {
            if !types.contains_key(name.as_str())
                && let Some(item) = items.get(name.as_str())
            {
                types.insert(name.as_str(), body(&item.body));
                open.extend(held(&item.body));
            }
        } else {
            open.extend(inner(ty));
        }
    }
    json!({ "package": client.package.module.as_str(), "types": types })
}

/// What of the sample of an operation is the same whatever is typed.
pub fn fixed(links: Links<'_>, item: &OperationItem, call: &Call) -> Value {
    let credentials: Vec<&str> = call
        .credentials
        .iter()
        .filter_map(|(index, _)| links.client.credentials.get(*index))
        .map(|credential| credential.method.as_str())
        .collect();
    let arguments = |list: &[ArgumentItem]| -> Vec<Value> {
        list.iter().map(|item| argument(item, call)).collect()
    };
    json!({
        "method": item.method.as_str(),
        "credentials": credentials,
        "arguments": arguments(&item.arguments),
        "setters": arguments(&item.setters),
    })
}

fn argument(item: &ArgumentItem, call: &Call) -> Value {
    let parameter = |location: ParameterLocation, name: &str| json!([location.as_str(), name]);
    let target = match &item.target {
        Target::Path(name, _) | Target::ReservedPath(name, _) => {
            parameter(ParameterLocation::Path, name.as_str())
        }
        Target::Query(name, _) | Target::ReservedQuery(name, _) => {
            parameter(ParameterLocation::Query, name.as_str())
        }
        Target::Header(name, _) => parameter(ParameterLocation::Header, name.as_str()),
        Target::Cookie(name, _) | Target::ReservedCookie(name, _) => {
            parameter(ParameterLocation::Cookie, name.as_str())
        }
        Target::Body(_) | Target::Choice(_) => Value::Null,
    };
    let mut data = Map::new();
    let mut set = |key: &str, value: Value| data.insert(key.to_owned(), value);
    set("name", json!(item.name.as_str()));
    set("type", ty(&item.ty));
    set("of", target);
    if matches!(item.passing, Passing::Str | Passing::Slice) {
        set("by", json!("&"));
    }
    if let Some(parse) = from_text(&item.ty) {
        set("local", json!(local_name(item).to_string()));
        set("parse", json!(!parse.is_empty()));
    }
    if let Some(way) = way(item, call) {
        set("way", json!(way));
    }
    Value::Object(data)
}

/// How a body is handed over that is no value of a type.
fn way(item: &ArgumentItem, call: &Call) -> Option<&'static str> {
    let is_text = call
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.content, BodyContent::Text(_)));
    match &item.target {
        Target::Choice(_) if matches!(item.ty, RustType::Items(_)) => Some("items"),
        Target::Body(_) if matches!(item.ty, RustType::Items(_)) => Some("list"),
        Target::Body(body) if is_text && body.codec == BodyCodec::Bytes => Some("bytes"),
        Target::Choice(_) if is_text && item.ty == RustType::Body => Some("body"),
        Target::Body(_) | Target::Choice(_) if is_text => Some("text"),
        _ => None,
    }
}

/// A type of the client: its kind and what it is made of.
fn body(body: &TypeBody) -> Value {
    match body {
        TypeBody::Alias(inner) => json!(["alias", ty(inner)]),
        TypeBody::Newtype(item) => json!(["new", ty(&item.ty)]),
        TypeBody::Record(record) => self::record(record),
        TypeBody::StringEnum(item) => {
            let variants = item.variants.iter();
            let names: Vec<_> = variants
                .map(|variant| json!([variant.value, variant.name.as_str()]))
                .collect();
            json!(["enum", names])
        }
        TypeBody::IntegerEnum(item) => {
            let variants = item.variants.iter();
            let names: Vec<_> = variants
                .map(|variant| json!([variant.value.to_string(), variant.name.as_str()]))
                .collect();
            json!(["enum", names])
        }
        TypeBody::Union(union) => {
            let variants = union.variants.iter();
            let variants: Vec<_> = variants
                .map(|variant| {
                    let tags: Vec<&str> = variant.tags.iter().map(|tag| tag.as_str()).collect();
                    json!([variant.name.as_str(), ty(&variant.ty), tags])
                })
                .collect();
            let tag = union.tag.as_ref().map(|tag| tag.as_str());
            json!(["union", tag, variants])
        }
    }
}

fn record(record: &RecordItem) -> Value {
    let constructor = match record.constructor {
        Constructor::None => "",
        Constructor::Default => "default",
        Constructor::New => "new",
    };
    let additional = record.additional.as_ref();
    let additional = additional.map(|(name, inner)| json!([name.as_str(), ty(inner)]));
    let fields: Vec<Value> = record.fields.iter().map(field).collect();
    json!(["record", constructor, fields, additional])
}

fn field(field: &FieldItem) -> Value {
    let mut data = vec![
        json!(field.name.as_str()),
        json!(field.wire.as_str()),
        ty(&field.ty),
    ];
    match &field.constant {
        Some(constant) => data.extend([json!("="), constant.wire.clone()]),
        None if field.required => data.push(json!("!")),
        None => {}
    }
    Value::Array(data)
}

/// The types that a type is made of.
fn held(body: &TypeBody) -> Vec<&RustType> {
    match body {
        TypeBody::Alias(ty) => vec![ty],
        TypeBody::Newtype(item) => vec![&item.ty],
        TypeBody::Record(record) => {
            let additional = record.additional.iter().map(|(_, ty)| ty);
            let fields = record.fields.iter().map(|field| &field.ty);
            fields.chain(additional).collect()
        }
        TypeBody::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) => Vec::new(),
    }
}

fn inner(ty: &RustType) -> Vec<&RustType> {
    match ty {
        RustType::Items(inner)
        | RustType::Option(inner)
        | RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Box(inner) => vec![inner],
        RustType::KeyedMap(key, value) => vec![key, value],
        RustType::Tuple(types) => types.iter().collect(),
        _ => Vec::new(),
    }
}

/// The letters of a type. The recursion follows one type of the client, whose depth is limited.
fn ty(of: &RustType) -> Value {
    let around = |letter: &str, inner: &RustType| match ty(inner) {
        Value::String(inner) => json!(format!("{letter}{inner}")),
        inner => json!([letter, inner]),
    };
    match of {
        RustType::Option(inner) => around("?", inner),
        RustType::Vec(inner) | RustType::Items(inner) => around("*", inner),
        RustType::Map(inner) => around("%", inner),
        RustType::Box(inner) => around("^", inner),
        RustType::KeyedMap(key, value) => json!(["&", ty(key), ty(value)]),
        RustType::Tuple(types) => {
            let types = types.iter().map(ty);
            Value::Array([json!("(")].into_iter().chain(types).collect())
        }
        RustType::Named(name) => json!(format!("#{}", name.as_str())),
        scalar => json!(scalar_letter(scalar)),
    }
}

fn scalar_letter(ty: &RustType) -> &'static str {
    match ty {
        RustType::Bool => "b",
        integer if integer.is_integer() => "i",
        RustType::F32 | RustType::F64 => "f",
        RustType::BigInteger | RustType::BigNumber => "n",
        RustType::String => "s",
        RustType::Secret | RustType::Bytes | RustType::Body => "S",
        RustType::Date(DateCrate::Time) => "d",
        RustType::Base64 => "x",
        RustType::Json => "j",
        RustType::File => "F",
        RustType::Unit => "u",
        _ => "p",
    }
}
