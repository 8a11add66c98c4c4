//! Examples as XML, as the runtime writes them.

use crate::model::{Api, Shape, Type, XmlField, XmlName, XmlNode, XmlRoot};
use serde_json::{Map, Value};

/// The document of XML of a value of a type.
pub fn xml(api: &Api, ty: &Type, root: &XmlRoot, value: &Value) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    match value {
        Value::Array(_) => list(api, &mut out, &root.name, ty, value, Some(&root.item)),
        _ => element(api, &mut out, &root.name, ty, value),
    }
    out
}

/// What a list is of, and what a property of an object is of; what is not known is any JSON.
fn inner<'a>(api: &'a Api, ty: &'a Type, property: Option<&str>) -> &'a Type {
    let mut ty = ty.without_null();
    // As many steps as there are types reach the end of any chain that has one.
    for _ in 0..=api.types.len() {
        match (ty, property) {
            (Type::List(item), None) => return item,
            (Type::Map(_, value), Some(_)) => return value,
            (Type::Named(id), _) => match (&api.types[*id].shape, property) {
                (Shape::Alias(target), _) => ty = target.without_null(),
                (Shape::Record(record), Some(name)) => {
                    let mut fields = record.fields.iter();
                    let field = fields.find(|field| field.name.as_str() == name);
                    return field.map_or(&Type::Json, |field| &field.ty);
                }
                _ => return &Type::Json,
            },
            _ => return &Type::Json,
        }
    }
    &Type::Json
}

fn list(
    api: &Api,
    out: &mut String,
    name: &XmlName,
    ty: &Type,
    value: &Value,
    items: Option<&XmlName>,
) {
    let Value::Array(values) = value else {
        return element(api, out, name, ty, value);
    };
    let ty = inner(api, ty, None);
    match items {
        None => {
            for value in values {
                list(api, out, name, ty, value, value.is_array().then_some(name));
            }
        }
        Some(item) => {
            let mut inside = String::new();
            for value in values {
                list(
                    api,
                    &mut inside,
                    item,
                    ty,
                    value,
                    value.is_array().then_some(item),
                );
            }
            within(out, name, "", &inside);
        }
    }
}

fn element(api: &Api, out: &mut String, name: &XmlName, ty: &Type, value: &Value) {
    match value {
        Value::Null => within(
            out,
            name,
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"",
            "",
        ),
        Value::Object(members) => {
            let (mut attributes, mut inside) = (String::new(), String::new());
            content(api, ty, members, &mut attributes, &mut inside);
            within(out, name, &attributes, &inside);
        }
        value => within(out, name, "", &escaped(&text(value))),
    }
}

fn content(
    api: &Api,
    ty: &Type,
    members: &Map<String, Value>,
    attributes: &mut String,
    inside: &mut String,
) {
    for (property, value) in members {
        let usual = XmlField {
            node: XmlNode::Element,
            name: XmlName::new(property),
            items: None,
        };
        let field = api.xml_field(ty, property).unwrap_or(&usual);
        let ty = inner(api, ty, Some(property));
        match (field.node, value) {
            (XmlNode::Attribute, value) => {
                attributes.push_str(&declaration(&field.name));
                let value = escaped(&text(value)).replace('"', "&quot;");
                attributes.push_str(&format!(" {}=\"{value}\"", spelled(&field.name)));
            }
            (XmlNode::Text, value) => inside.push_str(&escaped(&text(value))),
            (XmlNode::CData, value) => {
                let text = text(value).replace("]]>", "]]]]><![CDATA[>");
                inside.push_str(&format!("<![CDATA[{text}]]>"));
            }
            (XmlNode::None, Value::Object(members)) => {
                content(api, ty, members, attributes, inside);
            }
            _ => list(api, inside, &field.name, ty, value, field.items.as_ref()),
        }
    }
}

fn within(out: &mut String, name: &XmlName, attributes: &str, inside: &str) {
    let (spelled, declared) = (spelled(name), declaration(name));
    out.push_str(&match inside {
        "" => format!("<{spelled}{declared}{attributes}/>"),
        inside => format!("<{spelled}{declared}{attributes}>{inside}</{spelled}>"),
    });
}

fn spelled(name: &XmlName) -> String {
    match &name.prefix {
        Some(prefix) => format!("{}:{}", prefix.as_str(), name.local.as_str()),
        None => name.local.as_str().to_owned(),
    }
}

fn declaration(name: &XmlName) -> String {
    let Some(namespace) = &name.namespace else {
        return String::new();
    };
    let namespace = escaped(namespace.as_str()).replace('"', "&quot;");
    match &name.prefix {
        Some(prefix) => format!(" xmlns:{}=\"{namespace}\"", prefix.as_str()),
        None => format!(" xmlns=\"{namespace}\""),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\r', "&#13;")
}
