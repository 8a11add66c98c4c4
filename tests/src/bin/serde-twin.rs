//! Writes the types of a document as structs with serde's derives, as a peer of the types that specwright emits, and a
//! body for one of them. For the bench in `tests/bench-codec`.
//!
//!     serde-twin DOCUMENT TYPE FOLDER
//!
//! writes `FOLDER/lib.rs` and `FOLDER/body.json`. The twin is cheaper than a real peer: dates stay text, null and
//! absent are one, and no type keeps what it does not know but enumerations and unions.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Map, Value, json};
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use specwright::rust::{Client, EnumItem, RecordItem, RustType, TypeBody, TypeItem, UnionItem};
use std::fmt::Write as _;
use std::path::Path;

/// How many levels of optional fields a body has.
const DEPTH: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, name, folder] = arguments.as_slice() else {
        panic!("usage: serde-twin DOCUMENT TYPE FOLDER");
    };
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    let run = pipeline::run(&Entry::path(document), &options);
    let client = run.product.unwrap().client;
    let folder = Path::new(folder);
    std::fs::write(folder.join("lib.rs"), twin(&client)).unwrap();
    let body = body_of(
        &client,
        &RustType::Named(find(&client, name).name.clone()),
        DEPTH,
    );
    std::fs::write(folder.join("body.json"), serde_json::to_vec(&body).unwrap()).unwrap();
}

fn find<'a>(client: &'a Client, name: &str) -> &'a TypeItem {
    client
        .types
        .iter()
        .find(|item| item.name.as_str() == name)
        .unwrap_or_else(|| panic!("there is no type {name}"))
}

fn twin(client: &Client) -> String {
    let mut out =
        String::from("use serde::{Deserialize, Serialize};\nuse std::collections::BTreeMap;\n");
    for item in &client.types {
        write_item(&mut out, item);
    }
    out
}

fn write_item(out: &mut String, item: &TypeItem) {
    let name = &item.name;
    match &item.body {
        TypeBody::Record(record) => write_record(out, item, record),
        TypeBody::StringEnum(values) => write_enum(out, item, values),
        TypeBody::IntegerEnum(_) => writeln!(out, "pub type {name} = i64;").unwrap(),
        TypeBody::Union(union) => write_union(out, item, union),
        TypeBody::Alias(ty) => writeln!(out, "pub type {name} = {};", spelled(ty)).unwrap(),
        TypeBody::Newtype(newtype) => writeln!(
            out,
            "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {name}(pub {});",
            spelled(&newtype.ty)
        )
        .unwrap(),
    }
}

fn write_record(out: &mut String, item: &TypeItem, record: &RecordItem) {
    writeln!(
        out,
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {} {{",
        item.name
    )
    .unwrap();
    for field in &record.fields {
        let absent = match field.required {
            true => "",
            false => ", default, skip_serializing_if = \"Option::is_none\"",
        };
        let (wire, name, ty) = (field.wire.as_str(), &field.name, spelled(&field.ty));
        writeln!(
            out,
            "    #[serde(rename = {wire:?}{absent})]\n    pub {name}: {ty},"
        )
        .unwrap();
    }
    if let Some((name, ty)) = &record.additional {
        let ty = spelled(ty);
        writeln!(
            out,
            "    #[serde(flatten)]\n    pub {name}: BTreeMap<String, {ty}>,"
        )
        .unwrap();
    }
    out.push_str("}\n");
}

fn write_enum(out: &mut String, item: &TypeItem, values: &EnumItem<String>) {
    writeln!(
        out,
        "#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]\npub enum {} {{",
        item.name
    )
    .unwrap();
    for variant in &values.variants {
        writeln!(
            out,
            "    #[serde(rename = {:?})]\n    {},",
            variant.value, variant.name
        )
        .unwrap();
    }
    writeln!(
        out,
        "    #[serde(untagged)]\n    {}(String),\n}}",
        values.fallback
    )
    .unwrap();
}

fn write_union(out: &mut String, item: &TypeItem, union: &UnionItem) {
    writeln!(
        out,
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n#[serde(untagged)]\npub enum {} {{",
        item.name
    )
    .unwrap();
    for variant in &union.variants {
        writeln!(out, "    {}({}),", variant.name, spelled(&variant.ty)).unwrap();
    }
    writeln!(out, "    {}(serde_json::Value),\n}}", union.fallback).unwrap();
}

fn spelled(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I8 => "i8".to_owned(),
        RustType::I16 => "i16".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U8 => "u8".to_owned(),
        RustType::U16 => "u16".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::Uuid => "uuid::Uuid".to_owned(),
        RustType::Json => "serde_json::Value".to_owned(),
        RustType::Option(inner) => format!("Option<{}>", spelled(inner)),
        RustType::Vec(inner) => format!("Vec<{}>", spelled(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", spelled(inner)),
        RustType::Box(inner) => format!("Box<{}>", spelled(inner)),
        RustType::Tuple(items) => {
            let items: String = items.iter().map(|item| spelled(item) + ", ").collect();
            format!("({items})")
        }
        RustType::Named(name) => name.to_string(),
        _ => "String".to_owned(),
    }
}

/// A value of a type: every field of the first levels, three items in a list, the first value of an enumeration.
fn body_of(client: &Client, ty: &RustType, depth: usize) -> Value {
    match ty {
        RustType::Unit => Value::Null,
        RustType::Bool => json!(true),
        RustType::F32 | RustType::F64 => json!(3.25),
        RustType::Uuid => json!("01890f5c-7c3e-7d2a-9b1f-2f6d3c8e4a10"),
        RustType::Date => json!("2026-11-22"),
        RustType::DateTime => json!("2026-11-22T01:02:03Z"),
        RustType::Base64 => json!("c3BlY3dyaWdodA=="),
        RustType::Json => json!({"any": ["thing", 1]}),
        RustType::String | RustType::Secret | RustType::Bytes => json!("a text of usual length"),
        RustType::Option(inner) | RustType::Box(inner) => body_of(client, inner, depth),
        RustType::Vec(_) | RustType::Map(_) if depth == 0 => match ty {
            RustType::Vec(_) => json!([]),
            _ => json!({}),
        },
        RustType::Vec(inner) => Value::Array(vec![body_of(client, inner, depth - 1); 3]),
        RustType::Map(inner) => json!({"key": body_of(client, inner, depth - 1)}),
        RustType::Tuple(items) => items
            .iter()
            .map(|item| body_of(client, item, depth))
            .collect(),
        RustType::Named(name) => body_of_item(client, find(client, name.as_str()), depth),
        _ => json!(1234),
    }
}

fn body_of_item(client: &Client, item: &TypeItem, depth: usize) -> Value {
    match &item.body {
        TypeBody::Alias(ty) => body_of(client, ty, depth),
        TypeBody::Newtype(newtype) => body_of(client, &newtype.ty, depth),
        TypeBody::StringEnum(values) => json!(values.variants[0].value),
        TypeBody::IntegerEnum(values) => json!(values.variants[0].value),
        TypeBody::Union(union) => {
            let variant = &union.variants[0];
            let mut value = body_of(client, &variant.ty, depth);
            if let (Some(tag), Some(first), Value::Object(fields)) =
                (&union.tag, variant.tags.first(), &mut value)
            {
                fields.insert(tag.as_str().to_owned(), json!(first.as_str()));
            }
            value
        }
        TypeBody::Record(record) => {
            let fields = record
                .fields
                .iter()
                .filter(|field| field.required || depth > 0);
            let of_field = |field: &specwright::rust::FieldItem| {
                let value = body_of(client, &field.ty, depth.saturating_sub(1));
                (field.wire.as_str().to_owned(), value)
            };
            Value::Object(fields.map(of_field).collect::<Map<_, _>>())
        }
    }
}
