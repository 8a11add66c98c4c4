//! Writes the types of a document as structs with serde's derives, as a peer of the types that specwright emits, and
//! what `tests/bench-codec` needs to compare the two.
//!
//!     serde-twin DOCUMENT FOLDER
//!
//! writes into the folder
//!
//! - `types.rs`: the twin. It has the same dates, numbers and open enumerations, but is cheaper than a real peer in that
//!   secrets and Base64 stay plain text, and null and absent are one.
//! - `ours.rs`, `twin.rs`: a function for each type that an operation reads or writes, as a client has them. Without
//!   them nothing of the derives but their generic code would be compiled.
//! - `calls.rs`, `bodies.json`: a comparison for each of these types, with its body.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Map, Value, json};
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use specwright::rust::{
    BodyCodec, Client, EnumItem, OperationItem, OutcomeItem, Payload, RecordItem, RustType, Target,
    TypeBody, TypeItem, UnionItem,
};
use std::fmt::Write as _;
use std::path::Path;

/// How many levels of optional fields a body has.
const DEPTH: usize = 5;

/// How many items the list has.
const LIST: usize = 1000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, folder] = arguments.as_slice() else {
        panic!("usage: serde-twin DOCUMENT FOLDER");
    };
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    let run = pipeline::run(&Entry::path(document), &options);
    let client = run.product.unwrap().client;
    let read = distinct(client.operations.iter().flat_map(types_read));
    let written = distinct(client.operations.iter().flat_map(types_written));
    let write = |name: &str, text: String| {
        std::fs::write(Path::new(folder).join(name), text).unwrap();
    };
    write("types.rs", twin(&client));
    let ours = ("runtime::codec::decode", "runtime::codec::encode");
    write("ours.rs", functions(&read, &written, ours));
    let twin = ("serde_json::from_slice", "serde_json::to_vec");
    write("twin.rs", functions(&read, &written, twin));
    let both = distinct(read.into_iter().chain(written));
    let bodies = bodies(&client, both);
    write("calls.rs", calls(&bodies));
    let bodies: Value = bodies.into_iter().map(|(_, body)| body).collect();
    write("bodies.json", bodies.to_string());
}

/// The types of the client among these, without boxes, each once.
fn distinct(types: impl Iterator<Item = RustType>) -> Vec<RustType> {
    let mut found = Vec::new();
    for ty in types {
        let ty = match ty {
            RustType::Box(inner) => *inner,
            ty => ty,
        };
        if ty.names_type() && !found.contains(&ty) {
            found.push(ty);
        }
    }
    found
}

fn types_read(operation: &OperationItem) -> Vec<RustType> {
    let payload = |payload: &Payload| match payload {
        Payload::Json(ty) => Some(ty.clone()),
        _ => None,
    };
    let of = |outcome: &OutcomeItem| match outcome {
        OutcomeItem::None => Vec::new(),
        OutcomeItem::Single { payload: one, .. } => payload(one).into_iter().collect(),
        OutcomeItem::Enum { cases, .. } => {
            let payloads = cases.iter().map(|case| &case.payload);
            payloads.filter_map(payload).collect()
        }
    };
    [of(&operation.output), of(&operation.error)].concat()
}

fn types_written(operation: &OperationItem) -> Vec<RustType> {
    let given = operation.arguments.iter().chain(&operation.setters);
    let bodies = given.filter(
        |given| matches!(&given.target, Target::Body(body) if body.codec == BodyCodec::Json),
    );
    bodies.map(|given| given.ty.clone()).collect()
}

fn functions(read: &[RustType], written: &[RustType], names: (&str, &str)) -> String {
    let (decode, encode) = names;
    let mut out = "pub mod types;\n".to_owned();
    if decode.starts_with("runtime") {
        out.push_str("pub mod runtime;\n");
    }
    for (index, ty) in read.iter().enumerate() {
        let ty = spelled(ty, "types::");
        writeln!(
            out,
            "pub fn read_{index}(json: &[u8]) -> Option<{ty}> {{ {decode}(json).ok() }}"
        )
        .unwrap();
    }
    for (index, ty) in written.iter().enumerate() {
        let ty = spelled(ty, "types::");
        writeln!(
            out,
            "pub fn write_{index}(value: &{ty}) -> Option<Vec<u8>> {{ {encode}(value).ok() }}"
        )
        .unwrap();
    }
    out
}

/// A body for each type, and a list of the record whose body is of middling size.
fn bodies(client: &Client, types: Vec<RustType>) -> Vec<(RustType, Value)> {
    let mut bodies: Vec<(RustType, Value)> = types
        .into_iter()
        .map(|ty| {
            let body = body_of(client, &ty, DEPTH);
            (ty, body)
        })
        .collect();
    bodies.sort_by_key(|(_, body)| body.to_string().len());
    let is_record =
        |ty: &RustType| matches!(ty, RustType::Named(_)) && record_of(client, ty).is_some();
    let records: Vec<&(RustType, Value)> = bodies.iter().filter(|(ty, _)| is_record(ty)).collect();
    if let Some((ty, body)) = records.get(records.len() / 2) {
        let list = Value::Array(vec![body.clone(); LIST]);
        bodies.push((RustType::Vec(Box::new(ty.clone())), list));
    }
    bodies
}

fn calls(bodies: &[(RustType, Value)]) -> String {
    let mut out = "pub fn all(bench: &mut crate::Bench) {\n".to_owned();
    for (ty, _) in bodies {
        let (ours, twin) = (spelled(ty, "ours::types::"), spelled(ty, "twin::types::"));
        let name = spelled(ty, "");
        writeln!(out, "    bench.compare::<{ours}, {twin}>({name:?});").unwrap();
    }
    out.push_str("}\n");
    out
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
        write_item(&mut out, client, item);
    }
    out.push_str(include_str!("../twin-formats.rs.txt"));
    out
}

fn write_item(out: &mut String, client: &Client, item: &TypeItem) {
    let name = &item.name;
    match &item.body {
        TypeBody::Record(record) => write_record(out, item, record),
        TypeBody::StringEnum(values) => write_enum(out, item, values),
        TypeBody::IntegerEnum(_) => writeln!(out, "pub type {name} = i64;").unwrap(),
        TypeBody::Union(union) => write_union(out, client, item, union),
        TypeBody::Alias(ty) => writeln!(out, "pub type {name} = {};", spelled(ty, "")).unwrap(),
        TypeBody::Newtype(newtype) => writeln!(
            out,
            "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {name}(pub {});",
            spelled(&newtype.ty, "")
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
        let (wire, name, ty) = (field.wire.as_str(), &field.name, spelled(&field.ty, ""));
        writeln!(
            out,
            "    #[serde(rename = {wire:?}{absent})]\n    pub {name}: {ty},"
        )
        .unwrap();
    }
    if let Some((name, ty)) = &record.additional {
        let ty = spelled(ty, "");
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

/// Tagged where serde can: it takes the tag away from a variant that has it as a field.
fn write_union(out: &mut String, client: &Client, item: &TypeItem, union: &UnionItem) {
    let declares = |tag: &str| {
        let variants = union.variants.iter();
        let mut records = variants.map(|variant| record_of(client, &variant.ty));
        records.any(|record| {
            record.is_none_or(|record| record.fields.iter().any(|field| field.wire.as_str() == tag))
        })
    };
    let tag = union.tag.as_ref().map(|tag| tag.as_str());
    let tag = tag.filter(|tag| !declares(tag));
    let style = match tag {
        Some(tag) => format!("tag = {tag:?}"),
        None => "untagged".to_owned(),
    };
    writeln!(
        out,
        "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n#[serde({style})]\npub enum {} {{",
        item.name
    )
    .unwrap();
    for variant in &union.variants {
        let mut words = ["rename"].into_iter().chain(std::iter::repeat("alias"));
        for value in variant.tags.iter().filter(|_| tag.is_some()) {
            let (word, value) = (words.next().unwrap(), value.as_str());
            writeln!(out, "    #[serde({word} = {value:?})]").unwrap();
        }
        writeln!(out, "    {}({}),", variant.name, spelled(&variant.ty, "")).unwrap();
    }
    let fallback = match tag {
        Some(_) => "#[serde(untagged)] ",
        None => "",
    };
    writeln!(
        out,
        "    {fallback}{}(serde_json::Value),\n}}",
        union.fallback
    )
    .unwrap();
}

fn record_of<'a>(client: &'a Client, ty: &RustType) -> Option<&'a RecordItem> {
    match ty {
        RustType::Box(inner) => record_of(client, inner),
        RustType::Named(name) => match &find(client, name.as_str()).body {
            TypeBody::Record(record) => Some(record),
            TypeBody::Alias(ty) => record_of(client, ty),
            _ => None,
        },
        _ => None,
    }
}

/// The type in the twin, whose types are in this module.
fn spelled(ty: &RustType, module: &str) -> String {
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
        RustType::Date(_) => format!("{module}formats::Date"),
        RustType::DateTime(_) => format!("{module}formats::DateTime"),
        RustType::Option(inner) => format!("Option<{}>", spelled(inner, module)),
        RustType::Vec(inner) => format!("Vec<{}>", spelled(inner, module)),
        RustType::Map(inner) => format!(
            "std::collections::BTreeMap<String, {}>",
            spelled(inner, module)
        ),
        RustType::Box(inner) => format!("Box<{}>", spelled(inner, module)),
        RustType::Tuple(items) => {
            let items: String = items
                .iter()
                .map(|item| spelled(item, module) + ", ")
                .collect();
            format!("({items})")
        }
        RustType::Named(name) => format!("{module}{name}"),
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
        RustType::Date(_) => json!("2026-11-22"),
        RustType::DateTime(_) => json!("2026-11-22T01:02:03Z"),
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
