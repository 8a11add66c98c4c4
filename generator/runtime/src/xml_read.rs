//! Reads XML as the JSON that the types of a client are read from.
//!
//! Names are compared without their prefixes. No document type is read and no entity is known but those of XML itself, so
//! that what is read is never larger than what arrived.

use std::collections::BTreeMap;

use http::header::CONTENT_TYPE;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::codec::{self, Decode, DecodeError, Json, RecordSlot, Slot};
use super::header_values::value_of;
use super::operation::{Reply, Undecoded, is_json};
use super::xml::{XmlName, XmlNode, XmlTypes};

/// What is nested further, and what has more elements, is refused.
const MAX_DEPTH: usize = 128;
const MAX_ELEMENTS: usize = 1_000_000;

/// What errors of the reader say is not handed on, since it quotes the answer, in which there may be secrets.
const NO_ATTRIBUTE: &str = "this is no XML: an attribute is not written as XML has it";

impl Reply {
    /// The body as XML. A server that sends JSON in its place, and says so, is understood.
    ///
    /// # Errors
    ///
    /// If it is not XML of this type, or larger than the client buffers.
    pub fn xml<T: Decode>(&self, types: &XmlTypes) -> Result<T, Undecoded> {
        let media_type = self.headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        if media_type.is_some_and(is_json) {
            return self.json();
        }
        decode_xml(&self.text()?, types).map_err(Undecoded::Unreadable)
    }

    /// The body as JSON, or as XML of the same type where the server says that it is.
    ///
    /// # Errors
    ///
    /// If it is neither of this type, or larger than the client buffers.
    pub fn json_or_xml<T: Decode>(&self, types: &XmlTypes) -> Result<T, Undecoded> {
        let media_type = self.headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        match media_type.is_some_and(is_xml) {
            true => self.xml(types),
            false => self.json(),
        }
    }
}

/// Whether a media type is one of XML (RFC 7303).
fn is_xml(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Reads a value from a document of XML.
pub fn decode_xml<T: Decode>(text: &str, types: &XmlTypes) -> Result<T, DecodeError> {
    let root = parse(text)?;
    let json = value(types, T::blank().slot(), &root).unwrap_or(Json::Null);
    codec::decode(json.to_string().as_bytes())
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

/// The element that a document is.
fn parse(text: &str) -> Result<Element, DecodeError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let Ok(event) = reader.read_event() else {
            let place = reader.error_position();
            return Err(wrong(
                &open,
                format!("this is no XML, from byte {place} on"),
            ));
        };
        let (start, is_empty) = match event {
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
                let text = resolved(&entity).map_err(|message| wrong(&open, message))?;
                add_text(&mut open, &text)?;
                continue;
            }
            Event::Decl(declaration) => {
                if let Some(Ok(encoding)) = declaration.encoding()
                    && !matches!(
                        encoding.to_ascii_lowercase().as_str(),
                        "utf-8" | "us-ascii" | "iso-8859-1"
                    )
                {
                    return Err(wrong(&open, "expected XML in UTF-8".to_owned()));
                }
                continue;
            }
            Event::DocType(_) => {
                let message = "a document type is not read, since it could make much of little";
                return Err(wrong(&open, message.to_owned()));
            }
            Event::Comment(_) | Event::PI(_) => continue,
            Event::Eof => break,
        };
        count += 1;
        if open.len() >= MAX_DEPTH || count > MAX_ELEMENTS {
            return Err(wrong(
                &open,
                "it is nested too deeply, or has too many elements".to_owned(),
            ));
        }
        if root.is_some() {
            return Err(wrong(
                &open,
                "there is more than one element at the top".to_owned(),
            ));
        }
        open.push(element(&start).map_err(|message| wrong(&open, message))?);
        if is_empty {
            close(&mut open, &mut root);
        }
    }
    match root.filter(|_| open.is_empty()) {
        Some(root) => Ok(root),
        None => Err(wrong(&open, "the XML ends before it is whole".to_owned())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element {
        name: start.local_name().as_ref().to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| NO_ATTRIBUTE.to_owned())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| NO_ATTRIBUTE.to_owned())?;
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

fn add_text(open: &mut [Element], text: &str) -> Result<(), DecodeError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(wrong(open, "expected XML, found a text".to_owned())),
    }
    Ok(())
}

/// What a reference stands for: a character, or one of the five that XML knows by itself.
fn resolved(entity: &BytesRef<'_>) -> Result<String, String> {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c.to_string()),
        Ok(None) => {}
        Err(_) => return Err("this is no XML: a reference names no character".to_owned()),
    }
    let text = quick_xml::escape::resolve_xml_entity(entity);
    match text {
        Some(text) => Ok(text.to_owned()),
        None => Err("an entity stands here that XML itself does not know".to_owned()),
    }
}

fn wrong(open: &[Element], message: String) -> DecodeError {
    let path: Vec<&str> = open.iter().map(|element| element.name.as_str()).collect();
    DecodeError::new(path.join("."), message)
}

/// What an element says, by what is to take it; `None` if it says nothing at all.
fn value(types: &XmlTypes, slot: Slot<'_>, element: &Element) -> Option<Json> {
    match slot {
        Slot::Optional(_) if element.is_nil => Some(Json::Null),
        Slot::Optional(inner) => value(types, inner.fill(), element),
        Slot::String(_) => Some(Json::from(element.text.as_str())),
        Slot::List(list) => {
            let items = element.children.iter().enumerate();
            let items = items.filter_map(|(index, child)| match list.next(index) {
                Some(slot) => value(types, slot, child),
                None => Some(untyped(child)),
            });
            Some(Json::Array(items.collect()))
        }
        Slot::Map(map) => {
            let mut members = serde_json::Map::new();
            for (name, elements) in grouped(element) {
                let found = property(types, map.entry(name.to_owned()), &elements, None);
                members.extend(found.map(|json| (name.to_owned(), json)));
            }
            Some(Json::Object(members))
        }
        Slot::Record(record) => Some(Json::Object(members(types, record, element))),
        Slot::Union(union) => {
            let spec = union.spec();
            let tag = spec.tag.and_then(|tag| text_of(element, tag));
            let variant = tag.and_then(|tag| {
                let mut variants = spec.variants.iter();
                variants.position(|variant| variant.tags.contains(&tag))
            });
            match (variant, spec.tag, tag) {
                (Some(index), Some(key), Some(tag)) => {
                    let mut found = value(types, union.select(index), element)?;
                    if let Json::Object(members) = &mut found {
                        members.insert(key.to_owned(), Json::from(tag));
                    }
                    Some(found)
                }
                _ => Some(untyped(element)),
            }
        }
        Slot::Json(_) => Some(untyped(element)),
        slot => {
            let text = element.text.trim();
            (!text.is_empty()).then(|| value_of(slot, text))
        }
    }
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

fn members(
    types: &XmlTypes,
    record: &mut dyn RecordSlot,
    element: &Element,
) -> serde_json::Map<String, Json> {
    let mut members = serde_json::Map::new();
    let mut children = grouped(element);
    let spec = record.spec();
    for (index, field) in spec.fields.iter().enumerate() {
        let how = types.field(spec.name, field.name());
        let slot = record.field_slot(index);
        let found = match how.node {
            XmlNode::Element => {
                let named = children.remove(how.name.local);
                let named = named.or_else(|| children.remove(field.name()));
                match named {
                    Some(elements) if !field.is_required() && is_nil(&elements) => Some(Json::Null),
                    Some(elements) => property(types, slot, &elements, how.items),
                    // An empty list without an element around it is nothing at all.
                    None => {
                        let is_list = matches!(slot, Slot::List(_)) && how.items.is_none();
                        (is_list && field.is_required()).then(|| Json::Array(Vec::new()))
                    }
                }
            }
            XmlNode::Attribute => {
                let mut attributes = element.attributes.iter();
                let found = attributes.find(|(name, _)| name == how.name.local);
                found.map(|(_, text)| value_of(slot, text))
            }
            XmlNode::Text | XmlNode::CData => {
                let is_there = field.is_required() || !element.text.is_empty();
                is_there.then(|| value_of(slot, &element.text))
            }
            XmlNode::None => match children.remove(how.name.local) {
                Some(elements) => property(types, slot, &elements, None),
                // Nothing tells an object of which nothing is there from one that is not there.
                None => value(types, slot, element).filter(|found| {
                    field.is_required() || found.as_object().is_none_or(|found| !found.is_empty())
                }),
            },
        };
        members.extend(found.map(|json| (field.name().to_owned(), json)));
    }
    if let Some(rest) = record.rest_slot() {
        for (name, elements) in children {
            let found = property(types, rest.entry(name.to_owned()), &elements, None);
            members.extend(found.map(|json| (name.to_owned(), json)));
        }
    }
    members
}

/// Whether the last of the elements, which counts, says that it is `null`.
fn is_nil(elements: &[&Element]) -> bool {
    elements.last().is_some_and(|last| last.is_nil)
}

/// What the elements of one name say: all of them are a list, unless it has an element around it.
fn property(
    types: &XmlTypes,
    slot: Slot<'_>,
    elements: &[&Element],
    items: Option<XmlName>,
) -> Option<Json> {
    let last = elements.last()?;
    match slot {
        Slot::Optional(_) if last.is_nil => Some(Json::Null),
        Slot::Optional(inner) => property(types, inner.fill(), elements, items),
        Slot::List(list) if items.is_none() => {
            let items = elements.iter().enumerate();
            let items = items.filter_map(|(index, element)| match list.next(index) {
                Some(slot) => value(types, slot, element),
                None => Some(untyped(element)),
            });
            Some(Json::Array(items.collect()))
        }
        slot => value(types, slot, last),
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
fn untyped(element: &Element) -> Json {
    if element.is_nil {
        return Json::Null;
    }
    let text = || match serde_json::from_str(element.text.trim()) {
        Ok(value @ (Json::Number(_) | Json::Bool(_))) => value,
        _ => Json::from(element.text.as_str()),
    };
    if element.children.is_empty() && element.attributes.is_empty() {
        return text();
    }
    let attributes = element.attributes.iter();
    let mut members: serde_json::Map<String, Json> = attributes
        .map(|(name, text)| (name.clone(), Json::from(text.as_str())))
        .collect();
    for child in &element.children {
        let value = untyped(child);
        match members.get_mut(&child.name) {
            Some(Json::Array(items)) => items.push(value),
            Some(known) => *known = Json::Array(vec![known.take(), value]),
            None => {
                members.insert(child.name.clone(), value);
            }
        }
    }
    if element.children.is_empty() {
        members.insert("$text".to_owned(), text());
    }
    Json::Object(members)
}
