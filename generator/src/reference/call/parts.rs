//! The parts of a body, as the runtime makes them.

use super::style;
use crate::model::{
    Additional, Api, ContentKind, FormStyle, PartStyle, PartStyles, Scalar, Shape, Type,
};
use serde_json::Value;

/// A part of a body.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name of the field; empty where parts have none.
    pub name: String,
    /// What is in it.
    pub content: PartContent,
}

/// What is in a part.
#[derive(Debug, Clone)]
pub enum PartContent {
    /// A text, with its media type where it is named.
    Text(Option<String>, String),
    /// JSON, with its media type.
    Json(String, Value),
    /// A file with a text in it, and its media type.
    File(String, String),
}

/// The parts of a value.
pub fn parts(api: &Api, kind: &ContentKind, value: &Value) -> Vec<Part> {
    match kind {
        ContentKind::Multipart { ty, styles } => parts_of(api, ty, styles, value, 1),
        _ => Vec::new(),
    }
}

fn parts_of(api: &Api, ty: &Type, styles: &PartStyles, value: &Value, depth: usize) -> Vec<Part> {
    let mut found = Vec::new();
    match (value, styles) {
        (Value::Object(members), PartStyles::Named(styles)) => {
            for (name, value) in members {
                let style = styles.iter().find(|(other, _)| other.as_str() == name);
                let style = style.map(|(_, style)| style);
                let member = member_type(api, ty, name).unwrap_or(&Type::Json);
                let is_each = value.is_array() && !holds_positions(style);
                let values = match value {
                    Value::Array(items) if is_each => items.iter().collect(),
                    value => vec![value],
                };
                let parts = values
                    .into_iter()
                    .map(|value| nested(api, member, style, value, depth));
                match parts.collect::<Option<Vec<_>>>() {
                    Some(contents) if !contents.is_empty() => {
                        found.extend(contents.into_iter().map(|content| Part {
                            name: name.clone(),
                            content,
                        }));
                    }
                    _ => {
                        let is_file = is_file_part(api, ty, name);
                        add_property(name, value, style, is_file, &mut found);
                    }
                }
            }
        }
        (Value::Array(items), PartStyles::Positional(first, rest)) => {
            for (index, value) in items.iter().enumerate() {
                let style = first.get(index).or(rest.as_ref());
                let item = match behind(api, ty) {
                    Type::List(item) => item,
                    _ => &Type::Json,
                };
                found.push(match nested(api, item, style, value, depth) {
                    Some(content) => Part {
                        name: String::new(),
                        content,
                    },
                    None => part("", value, style, is_file(api, Some(ty))),
                });
            }
        }
        _ => {}
    }
    found
}

/// Whether the items of a list are the parts of one part.
fn holds_positions(style: Option<&PartStyle>) -> bool {
    match style {
        Some(PartStyle::Parts(_, styles)) => matches!(**styles, PartStyles::Positional(..)),
        _ => false,
    }
}

/// What is in a part that has parts of its own, or is a form. No boundary begins with that of the parts around it.
fn nested(
    api: &Api,
    ty: &Type,
    style: Option<&PartStyle>,
    value: &Value,
    depth: usize,
) -> Option<PartContent> {
    match style? {
        PartStyle::Parts(media_type, styles) => {
            let parts = parts_of(api, ty, styles, value, depth + 1);
            let boundary = format!("level-{depth}{BOUNDARY}");
            let media_type = style::header(media_type.as_str());
            let media_type = format!("{media_type}; boundary={boundary}");
            Some(PartContent::Text(
                Some(media_type),
                message_between(&parts, &boundary),
            ))
        }
        PartStyle::Urlencoded(media_type, styles) => {
            let pairs = style::form(value, styles);
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(name, text)| {
                    format!("{}={}", style::component(name), style::component(text))
                })
                .collect();
            let media_type = style::header(media_type.as_str());
            Some(PartContent::Text(Some(media_type), pairs.join("&")))
        }
        PartStyle::Content(_) | PartStyle::Form(_) => None,
    }
}

/// Whether the part with a name is a file, or several.
pub fn is_file_part(api: &Api, ty: &Type, name: &str) -> bool {
    is_file(api, member_type(api, ty, name))
}

fn add_property(
    name: &str,
    value: &Value,
    style: Option<&PartStyle>,
    is_file: bool,
    found: &mut Vec<Part>,
) {
    let own = match style {
        Some(PartStyle::Form(style)) => Some(*style),
        _ => None,
    };
    match (own, value) {
        (Some(style), _) if !is_file && style != FormStyle::Plain => {
            let pairs = style::property(name, value, style).into_iter();
            found.extend(pairs.map(|(name, text)| Part {
                name,
                content: PartContent::Text(None, text),
            }));
        }
        (_, Value::Array(items)) => {
            found.extend(items.iter().map(|item| part(name, item, style, is_file)));
        }
        _ => found.push(part(name, value, style, is_file)),
    }
}

fn part(name: &str, value: &Value, style: Option<&PartStyle>, is_file: bool) -> Part {
    let declared = match style {
        Some(PartStyle::Content(media_type)) => Some(style::header(media_type.as_str())),
        _ => None,
    };
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let has_members = value.is_object() || value.is_array();
    let json = declared.clone().filter(|name| is_json(name));
    let content = match json {
        _ if is_file => {
            let usual = || "application/octet-stream".to_owned();
            PartContent::File(declared.unwrap_or_else(usual), text)
        }
        Some(media_type) => PartContent::Json(media_type, value.clone()),
        None if has_members => PartContent::Json("application/json".to_owned(), value.clone()),
        None => PartContent::Text(declared, text),
    };
    Part {
        name: name.to_owned(),
        content,
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

fn member_type<'a>(api: &'a Api, ty: &'a Type, name: &str) -> Option<&'a Type> {
    match behind(api, ty) {
        Type::Map(_, value) => Some(value),
        Type::Named(id) => match &api.types[*id].shape {
            Shape::Record(record) => {
                let mut fields = record.fields.iter();
                let field = fields.find(|field| field.name.as_str() == name);
                match (field, &record.additional) {
                    (Some(field), _) => Some(&field.ty),
                    (None, Additional::Kept(ty)) => Some(ty),
                    (None, _) => None,
                }
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                // A variant that is a union itself says nothing here, which is what ends the recursion.
                variants.find_map(|variant| match behind(api, &variant.ty) {
                    Type::Named(id) if matches!(api.types[*id].shape, Shape::Record(_)) => {
                        member_type(api, &variant.ty, name)
                    }
                    _ => None,
                })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value of the type, or each of several, is a file.
fn is_file(api: &Api, ty: Option<&Type>) -> bool {
    match ty.map(|ty| behind(api, ty)) {
        Some(Type::List(item)) => matches!(behind(api, item), Type::Scalar(Scalar::Binary)),
        Some(ty) => *ty == Type::Scalar(Scalar::Binary),
        None => false,
    }
}

/// The type behind names and null.
fn behind<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = ty.without_null();
    // As many steps as there are types reach the end of any chain that has one.
    for _ in 0..=api.types.len() {
        let Type::Named(id) = ty else { break };
        let Shape::Alias(target) = &api.types[*id].shape else {
            break;
        };
        ty = target.without_null();
    }
    ty
}

/// The name of a file in a sample.
pub const FILE_NAME: &str = "file.txt";

/// What stands between the parts in a sample that writes them itself.
pub const BOUNDARY: &str = "----part-of-the-form";

/// The body of parts as it is on the wire.
pub fn message(parts: &[Part]) -> String {
    message_between(parts, BOUNDARY)
}

fn message_between(parts: &[Part], boundary: &str) -> String {
    let mut text = String::new();
    for part in parts {
        let mut head = match part.name.is_empty() {
            true => String::new(),
            false => {
                let name = part.name.replace('"', "%22");
                let name = name.replace('\r', "%0D").replace('\n', "%0A");
                format!("Content-Disposition: form-data; name=\"{name}\"")
            }
        };
        let (media_type, content) = match &part.content {
            PartContent::Text(media_type, text) => (media_type.as_deref(), text.clone()),
            PartContent::Json(media_type, value) => (Some(media_type.as_str()), value.to_string()),
            PartContent::File(media_type, text) => {
                head.push_str(&format!("; filename=\"{FILE_NAME}\""));
                (Some(media_type.as_str()), text.clone())
            }
        };
        let mut lines = vec![format!("--{boundary}")];
        lines.extend(Some(head).filter(|head| !head.is_empty()));
        lines.extend(media_type.map(|name| format!("Content-Type: {name}")));
        lines.extend([String::new(), content]);
        text.push_str(&lines.join("\r\n"));
        text.push_str("\r\n");
    }
    format!("{text}--{boundary}--\r\n")
}
