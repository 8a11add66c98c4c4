//! Bodies of XML, read as the JSON that their type would be, so that they are validated alike. The rules are those of the
//! runtime of a client (`runtime/src/xml_read.rs`), over the model in the place of what types say of themselves.

use super::parameters::scalar;
use crate::model::{
    Additional, Api, Decision, Record, Shape, Type, Union, XmlField, XmlName, XmlNode,
};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is nested further, and what has more elements, is refused.
const MAX_DEPTH: usize = 128;
const MAX_ELEMENTS: usize = 1_000_000;

/// The value of a type that a document of XML is, or why it is no XML.
pub fn read_xml(api: &Api, ty: &Type, body: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|_| "is no text in UTF-8".to_owned())?;
    let root = parse(text)?;
    Ok(value(api, ty, &root).unwrap_or(Value::Null))
}

/// An element, with names that have no prefix.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
    is_nil: bool,
}

fn parse(text: &str) -> Result<Element, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("is no XML: {error}");
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let (start, is_empty) = match reader.read_event().map_err(|error| wrong(&error))? {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                close(&mut open, &mut root);
                continue;
            }
            Event::Text(text) => {
                add_text(&mut open, &text.xml10_content())?;
                continue;
            }
            Event::CData(text) => {
                add_text(&mut open, &text.xml10_content())?;
                continue;
            }
            Event::GeneralRef(entity) => {
                add_text(&mut open, &resolved(&entity)?)?;
                continue;
            }
            Event::DocType(_) => return Err("has a document type, which is not read".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => continue,
            Event::Eof => break,
        };
        count += 1;
        if open.len() >= MAX_DEPTH || count > MAX_ELEMENTS {
            return Err("is nested too deeply, or has too many elements".to_owned());
        }
        if root.is_some() {
            return Err("has more than one element at the top".to_owned());
        }
        open.push(element(&start)?);
        if is_empty {
            close(&mut open, &mut root);
        }
    }
    root.filter(|_| open.is_empty())
        .ok_or_else(|| "is no XML: it ends before it is whole".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element {
        name: start.local_name().as_ref().to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("is no XML: {error}"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| format!("is no XML: {error}"))?;
        let full: &str = attribute.key.as_ref();
        let name = attribute.key.local_name().as_ref().to_owned();
        if full == "xmlns" || full.starts_with("xmlns:") {
            continue;
        }
        if name == "nil" && full != "nil" {
            element.is_nil = matches!(value.trim(), "true" | "1");
        }
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}

/// Closes the innermost element; that opens and closes fit is seen by the reader.
fn close(open: &mut Vec<Element>, root: &mut Option<Element>) {
    if let Some(element) = open.pop() {
        match open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => *root = Some(element),
        }
    }
}

fn add_text(open: &mut [Element], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("is no XML: a text stands around it".to_owned()),
    }
    Ok(())
}

/// What a reference stands for: a character, or one of the five that XML knows by itself.
fn resolved(entity: &BytesRef<'_>) -> Result<String, String> {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c.to_string()),
        Ok(None) => {}
        Err(error) => return Err(format!("is no XML: {error}")),
    }
    match quick_xml::escape::resolve_xml_entity(entity) {
        Some(text) => Ok(text.to_owned()),
        None => Err("has an entity that XML itself does not know".to_owned()),
    }
}

/// What an element says, by what is to take it; `None` if it says nothing at all. The recursion follows the element,
/// whose depth is limited.
fn value(api: &Api, ty: &Type, element: &Element) -> Option<Value> {
    if element.is_nil {
        return Some(Value::Null);
    }
    let text = element.text.trim();
    match inner(api, ty) {
        Type::List(item) => {
            let items = element.children.iter();
            Some(items.filter_map(|child| value(api, item, child)).collect())
        }
        Type::Tuple(items) => {
            let items = items.iter().zip(&element.children);
            Some(
                items
                    .filter_map(|(ty, child)| value(api, ty, child))
                    .collect(),
            )
        }
        Type::Map(_, of) => {
            let all = grouped(element).into_iter();
            let members = all.filter_map(|(name, elements)| {
                Some((name.to_owned(), property(api, of, &elements, None)?))
            });
            Some(Value::Object(members.collect()))
        }
        Type::Named(id) => match &api.types[*id].shape {
            Shape::Record(record) => Some(Value::Object(members(api, record, element))),
            Shape::Union(union) => Some(variant(api, union, element)),
            Shape::Enumeration(_) | Shape::Alias(_) => Some(scalar(api, ty, text)),
        },
        Type::Json | Type::Nullable(_) => Some(untyped(element)),
        // White space belongs to a text, and to nothing else.
        Type::Scalar(_) => match scalar(api, inner(api, ty), text) {
            Value::String(_) => Some(Value::from(element.text.as_str())),
            value => Some(value),
        },
    }
    .filter(|found| !text.is_empty() || !is_blank_number(api, ty, found))
}

/// Whether nothing stands where a number or its like is wanted, which is as if it were absent.
fn is_blank_number(api: &Api, ty: &Type, found: &Value) -> bool {
    let is_text = matches!(scalar(api, inner(api, ty), "1"), Value::String(_));
    found.as_str() == Some("") && !is_text
}

/// The type behind aliases and nulls.
fn inner<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = ty.without_null();
    // As many steps as there are types reach the end of any chain that has one.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Alias(target) => ty = target.without_null(),
                _ => return ty,
            },
            _ => return ty,
        }
    }
    &Type::Json
}

fn variant(api: &Api, union: &Union, element: &Element) -> Value {
    if let Decision::Tag(property) = &union.decision
        && let Some(tag) = text_of(element, property.as_str())
    {
        let mut variants = union.variants.iter();
        let found = variants.find(|variant| variant.tags.iter().any(|known| known.as_str() == tag));
        let found = found.and_then(|variant| value(api, &variant.ty, element));
        if let Some(Value::Object(mut members)) = found {
            members.insert(property.as_str().to_owned(), Value::from(tag));
            return Value::Object(members);
        }
    }
    untyped(element)
}

/// The text of a child or an attribute.
fn text_of<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let mut children = element.children.iter();
    let child = children.find(|child| child.name == name);
    let mut attributes = element.attributes.iter();
    child.map(|child| child.text.trim()).or_else(|| {
        let attribute = attributes.find(|(known, _)| known == name);
        attribute.map(|(_, text)| text.as_str())
    })
}

fn members(api: &Api, record: &Record, element: &Element) -> Map<String, Value> {
    let mut members = Map::new();
    let mut children = grouped(element);
    for field in &record.fields {
        let name = field.name.as_str();
        let usual = XmlField {
            node: XmlNode::Element,
            name: XmlName::new(name),
            items: None,
        };
        let how = field.xml.as_deref().unwrap_or(&usual);
        let local = how.name.local.as_str();
        let is_required = field.presence.is_required();
        let found = match how.node {
            XmlNode::Element => match children.remove(local).or_else(|| children.remove(name)) {
                Some(elements) => property(api, &field.ty, &elements, how.items.as_ref()),
                // A list without an element around it is nothing at all where it is empty.
                None => (is_required && how.items.is_none())
                    .then(|| matches!(inner(api, &field.ty), Type::List(_)))
                    .and_then(|is_list| is_list.then(|| Value::Array(Vec::new()))),
            },
            XmlNode::Attribute => {
                let mut attributes = element.attributes.iter();
                let found = attributes.find(|(known, _)| known == local);
                found.map(|(_, text)| scalar(api, &field.ty, text))
            }
            XmlNode::Text | XmlNode::CData => {
                let is_there = is_required || !element.text.is_empty();
                is_there.then(|| scalar(api, &field.ty, &element.text))
            }
            XmlNode::None => match children.remove(local) {
                Some(elements) => property(api, &field.ty, &elements, None),
                // Nothing tells an object of which nothing is there from one that is not there.
                None => value(api, &field.ty, element).filter(|found| {
                    is_required || found.as_object().is_none_or(|found| !found.is_empty())
                }),
            },
        };
        members.extend(found.map(|value| (name.to_owned(), value)));
    }
    let of = match &record.additional {
        Additional::Kept(ty) => ty,
        Additional::Ignored | Additional::Forbidden => &Type::Json,
    };
    // What belongs to an object that stands in this element is one of its own.
    let has_inner = record
        .fields
        .iter()
        .any(|field| (field.xml.as_deref()).is_some_and(|how| how.node == XmlNode::None));
    if !has_inner {
        for (name, elements) in children {
            let found = property(api, of, &elements, None);
            members.extend(found.map(|value| (name.to_owned(), value)));
        }
    }
    members
}

/// What the elements of one name say: all of them are a list, unless it has an element around it.
fn property(api: &Api, ty: &Type, elements: &[&Element], items: Option<&XmlName>) -> Option<Value> {
    let last = elements.last()?;
    match inner(api, ty) {
        Type::List(item) if items.is_none() && !last.is_nil => {
            let items = elements.iter();
            Some(
                items
                    .filter_map(|element| value(api, item, element))
                    .collect(),
            )
        }
        _ => value(api, ty, last),
    }
}

/// The children by their names.
fn grouped(element: &Element) -> BTreeMap<&str, Vec<&Element>> {
    let mut groups: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
    for child in &element.children {
        groups.entry(&child.name).or_default().push(child);
    }
    groups
}

/// An element of which no type is known: an object of its attributes and children, or what its text looks like.
fn untyped(element: &Element) -> Value {
    if element.is_nil {
        return Value::Null;
    }
    let text = || match serde_json::from_str(element.text.trim()) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => Value::from(element.text.as_str()),
    };
    if element.children.is_empty() && element.attributes.is_empty() {
        return text();
    }
    let attributes = element.attributes.iter();
    let mut members: Map<String, Value> = attributes
        .map(|(name, text)| (name.clone(), Value::from(text.as_str())))
        .collect();
    for (name, elements) in grouped(element) {
        let mut values: Vec<Value> = elements.into_iter().map(untyped).collect();
        let value = match values.len() {
            1 => values.pop().unwrap_or_default(),
            _ => Value::Array(values),
        };
        members.insert(name.to_owned(), value);
    }
    if element.children.is_empty() {
        members.insert("$text".to_owned(), text());
    }
    Value::Object(members)
}
