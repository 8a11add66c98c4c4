//! Examples as XML, as the runtime writes them (`runtime/src/xml_write.rs`); a test compares the two.

use crate::model::{Api, Shape, Type, XmlField, XmlName, XmlNode, XmlRoot};
use serde_json::{Map, Value};

/// What says that an element is `null` (XML Schema, section 2.6.2).
const NIL: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";

/// The document of XML of a value of a type.
pub fn xml(api: &Api, ty: &Type, root: &XmlRoot, value: &Value) -> String {
    let mut writer = Writer {
        api,
        out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        scope: Vec::new(),
    };
    let items = value.is_array().then_some(&root.item);
    writer.list(&root.name, ty, value, items);
    writer.out
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

/// The members of an object, each with how it is spelled and what it is of.
type Members<'a, 'v> = Vec<(XmlField, &'a Type, &'v Value)>;

struct Writer<'a> {
    api: &'a Api,
    out: String,
    /// The prefixes that are declared around here, and what they stand for.
    scope: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    /// A list: each item is an element, and so is the list if its items have a name of their own.
    fn list(&mut self, name: &XmlName, ty: &'a Type, value: &Value, items: Option<&XmlName>) {
        let Value::Array(values) = value else {
            return self.element(name, ty, value);
        };
        let ty = inner(self.api, ty, None);
        match items {
            None => values.iter().for_each(|value| self.value(name, ty, value)),
            Some(item) => self.within(name, &[], |writer| {
                for value in values {
                    writer.value(item, ty, value);
                }
            }),
        }
    }

    /// A value of a name; a list within a list has an element around it.
    fn value(&mut self, name: &XmlName, ty: &'a Type, value: &Value) {
        self.list(name, ty, value, value.is_array().then_some(name));
    }

    fn element(&mut self, name: &XmlName, ty: &'a Type, value: &Value) {
        match value {
            Value::Null => {
                let known = self.scope.len();
                self.open(name, &[]);
                self.scope.truncate(known);
                self.out.push_str(NIL);
                self.out.push_str("/>");
            }
            Value::Object(members) => {
                let mut attributes = Vec::new();
                self.add_attributes(ty, members, &mut attributes);
                self.within(name, &attributes, |writer| writer.members(ty, members));
            }
            value => self.within(name, &[], |writer| {
                writer.out.push_str(&escaped(&text(value)));
            }),
        }
    }

    fn fields<'v>(&self, ty: &'a Type, members: &'v Map<String, Value>) -> Members<'a, 'v> {
        let spelled = |(property, value): (&'v String, &'v Value)| {
            let usual = || XmlField {
                node: XmlNode::Element,
                name: XmlName::new(property),
                items: None,
            };
            let field = self.api.xml_field(ty, property).cloned();
            let ty = inner(self.api, ty, Some(property));
            (field.unwrap_or_else(usual), ty, value)
        };
        members.iter().map(spelled).collect()
    }

    /// The members that are attributes. One that is null is absent.
    fn add_attributes(
        &self,
        ty: &'a Type,
        members: &Map<String, Value>,
        attributes: &mut Vec<(XmlName, String)>,
    ) {
        for (field, ty, value) in self.fields(ty, members) {
            match (field.node, value) {
                (XmlNode::Attribute, Value::Null) => {}
                (XmlNode::Attribute, value) => attributes.push((field.name, text(value))),
                (XmlNode::None, Value::Object(members)) => {
                    self.add_attributes(ty, members, attributes);
                }
                _ => {}
            }
        }
    }

    /// The members that are no attributes.
    fn members(&mut self, ty: &'a Type, members: &Map<String, Value>) {
        for (field, ty, value) in self.fields(ty, members) {
            match (field.node, value) {
                (XmlNode::Attribute, _) => {}
                (XmlNode::Text, value) => self.out.push_str(&escaped(&text(value))),
                (XmlNode::CData, value) => {
                    let text = text(value).replace("]]>", "]]]]><![CDATA[>");
                    self.out.push_str(&format!("<![CDATA[{text}]]>"));
                }
                (XmlNode::None, Value::Object(members)) => self.members(ty, members),
                _ => self.list(&field.name, ty, value, field.items.as_ref()),
            }
        }
    }

    /// An element with what is written in it; nothing makes it an empty one.
    fn within(
        &mut self,
        name: &XmlName,
        attributes: &[(XmlName, String)],
        write: impl FnOnce(&mut Self),
    ) {
        let known = self.scope.len();
        self.open(name, attributes);
        let start = self.out.len();
        self.out.push('>');
        write(self);
        self.scope.truncate(known);
        if self.out.len() == start + 1 {
            self.out.truncate(start);
            self.out.push_str("/>");
        } else {
            self.out.push_str(&format!("</{}>", spelled(name)));
        }
    }

    /// The beginning of an element, with its attributes, but for its end.
    fn open(&mut self, name: &XmlName, attributes: &[(XmlName, String)]) {
        self.out.push_str(&format!("<{}", spelled(name)));
        self.declare(name);
        // An attribute without a prefix is in no namespace.
        for (name, _) in attributes.iter().filter(|(name, _)| name.prefix.is_some()) {
            self.declare(name);
        }
        for (name, value) in attributes {
            let attribute = format!(" {}=\"{}\"", spelled(name), quoted(value));
            self.out.push_str(&attribute);
        }
    }

    /// Says what a prefix stands for, unless that is in force already.
    fn declare(&mut self, name: &XmlName) {
        let Some(namespace) = &name.namespace else {
            return;
        };
        let prefix = name.prefix.as_ref().map_or("", |prefix| prefix.as_str());
        let mut declared = self.scope.iter().rev();
        let known = declared.find(|(known, _)| known == prefix);
        if known.is_some_and(|(_, uri)| uri == namespace.as_str()) {
            return;
        }
        let colon = if prefix.is_empty() { "" } else { ":" };
        let uri = quoted(namespace.as_str());
        self.out
            .push_str(&format!(" xmlns{colon}{prefix}=\"{uri}\""));
        self.scope
            .push((prefix.to_owned(), namespace.as_str().to_owned()));
    }
}

fn spelled(name: &XmlName) -> String {
    match &name.prefix {
        Some(prefix) => format!("{}:{}", prefix.as_str(), name.local.as_str()),
        None => name.local.as_str().to_owned(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    escaped(text)
        .replace('"', "&quot;")
        .replace('\t', "&#9;")
        .replace('\n', "&#10;")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\r', "&#13;")
}
