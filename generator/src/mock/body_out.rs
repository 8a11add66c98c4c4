//! Bodies of answers, spelled by their media type.

use crate::model::{Api, Content, ContentKind};
use crate::reference::xml;
use serde_json::{Value, json};

/// A body with its media type, and where it is cut if it is sent bit by bit.
pub struct Spelled {
    /// The header `Content-Type`.
    pub media_type: String,
    /// The bytes.
    pub body: Vec<u8>,
    /// Where each piece of a stream ends; empty if the body is sent at once.
    pub ends: Vec<usize>,
}

/// How many events a stream has whose document shows one.
const EVENTS: usize = 3;

/// What keeps the parts of a body apart.
const BOUNDARY: &str = "specwright-mock-5d1f0c3a";

/// Spells a value as the content wants it.
pub fn spell(api: &Api, content: &Content, value: &Value) -> Spelled {
    let media_type = concrete(content.media_type.as_str()).to_owned();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let whole = |body: Vec<u8>| Spelled {
        media_type: media_type.clone(),
        body,
        ends: Vec::new(),
    };
    match &content.kind {
        _ if essence == "text/event-stream" => {
            pieces(&media_type, events(value).iter().map(String::as_str))
        }
        _ if essence.ends_with("json-seq") => {
            let records = each(value, |item| format!("\u{1e}{item}\n"));
            pieces(&media_type, records.iter().map(String::as_str))
        }
        _ if is_lines(essence) => pieces(&media_type, lines(value).iter().map(String::as_str)),
        _ if essence.starts_with("multipart/") && value.is_array() => {
            let items = value.as_array().into_iter().flatten();
            let mut list: Vec<String> = items.map(|item| part("", item)).collect();
            list.push(closing());
            let media_type = format!("{essence}; boundary={BOUNDARY}");
            pieces(&media_type, list.iter().map(String::as_str))
        }
        // A body of parts that are of no known type has one of text, with a name where parts must have one.
        ContentKind::Bytes if essence.starts_with("multipart/") => {
            let shown = match essence {
                "multipart/form-data" => json!({ "part": "text" }),
                _ => json!("text"),
            };
            Spelled {
                media_type: format!("{essence}; boundary={BOUNDARY}"),
                body: parts(&shown).into_bytes(),
                ends: Vec::new(),
            }
        }
        ContentKind::Bytes => whole((0..=u8::MAX).collect()),
        ContentKind::Xml { ty, root } => whole(xml(api, ty, root, value).into_bytes()),
        ContentKind::Text => whole(text(value).into_bytes()),
        ContentKind::Multipart { .. } => Spelled {
            media_type: format!("{essence}; boundary={BOUNDARY}"),
            body: parts(value).into_bytes(),
            ends: Vec::new(),
        },
        _ => whole(value.to_string().into_bytes()),
    }
}

/// Whether a media type is a value of JSON on each line.
fn is_lines(essence: &str) -> bool {
    let known = [
        "ndjson",
        "x-ndjson",
        "jsonl",
        "x-jsonl",
        "json-lines",
        "stream+json",
    ];
    essence
        .strip_prefix("application/")
        .is_some_and(|name| known.contains(&name))
}

/// The events that an example spells, else events with it as their data (HTML Standard, section 9.2.5).
fn events(value: &Value) -> Vec<String> {
    if let Value::String(text) = value
        && text.contains("data:")
    {
        let events = text.trim_end().split("\n\n");
        return events.map(|event| format!("{event}\n\n")).collect();
    }
    each(value, |item| {
        let data = text(item).replace('\n', "\ndata: ");
        format!("data: {data}\n\n")
    })
}

fn lines(value: &Value) -> Vec<String> {
    if let Value::String(text) = value
        && text.contains('\n')
    {
        return text.lines().map(|line| format!("{line}\n")).collect();
    }
    each(value, |item| format!("{item}\n"))
}

/// The items of a list, else the value a few times.
fn each(value: &Value, spelled: impl Fn(&Value) -> String) -> Vec<String> {
    match value {
        Value::Array(items) if !items.is_empty() => items.iter().map(spelled).collect(),
        one => vec![spelled(one); EVENTS],
    }
}

fn pieces<'a>(media_type: &str, list: impl Iterator<Item = &'a str>) -> Spelled {
    let mut spelled = Spelled {
        media_type: media_type.to_owned(),
        body: Vec::new(),
        ends: Vec::new(),
    };
    for piece in list {
        spelled.body.extend_from_slice(piece.as_bytes());
        spelled.ends.push(spelled.body.len());
    }
    spelled
}

/// A part for each member (RFC 2046, section 5.1): text for what is plain, JSON for the rest.
fn parts(value: &Value) -> String {
    let mut body = String::new();
    let members = value.as_object().into_iter().flatten();
    if members.clone().next().is_none() {
        // A body of parts has one at least: what is shown, or a word.
        let item = match value {
            Value::Object(_) | Value::Null => &json!("text"),
            other => other,
        };
        body.push_str(&part("", item));
    }
    for (name, value) in members {
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            one => vec![one],
        };
        let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"\r\n");
        for item in items {
            body.push_str(&part(&disposition, item));
        }
    }
    body + &closing()
}

/// A part with these headers before the one that says what it holds.
fn part(headers: &str, item: &Value) -> String {
    let media_type = match item {
        Value::Object(_) | Value::Array(_) => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    let text = text(item);
    format!("--{BOUNDARY}\r\n{headers}Content-Type: {media_type}\r\n\r\n{text}\r\n")
}

fn closing() -> String {
    format!("--{BOUNDARY}--\r\n")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A media type that can be sent: the document's may be a range.
fn concrete(media_type: &str) -> &str {
    match media_type.contains('*') {
        true => "application/octet-stream",
        false => media_type,
    }
}
