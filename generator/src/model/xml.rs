//! How values are spelled in XML (OpenAPI, "XML Object").

use super::{Api, Shape, Type, WireName};

/// What the element that a body is is called and, if the body is a list, each of its items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct XmlRoot {
    /// The name of the element.
    pub name: XmlName,
    /// The name of each item.
    pub item: XmlName,
}

/// The name of an element or an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct XmlName {
    /// The name without a prefix.
    pub local: WireName,
    /// The prefix.
    pub prefix: Option<WireName>,
    /// The namespace.
    pub namespace: Option<WireName>,
}

impl XmlName {
    /// A name without a prefix, in no namespace.
    pub fn new(local: &str) -> Self {
        XmlName {
            local: WireName::new(local),
            prefix: None,
            namespace: None,
        }
    }
}

/// How a property is spelled, where it is not an element of its name, or one for each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlField {
    /// What it is.
    pub node: XmlNode,
    /// What it is called; of a list without an element around it, what each item is called.
    pub name: XmlName,
    /// Of a list with an element around it, what each item is called.
    pub items: Option<XmlName>,
}

/// What a value is in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNode {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// Text in the element around it.
    Text,
    /// The same as a CDATA section.
    CData,
    /// Nothing: what it holds stands in the element around it.
    None,
}

/// Whether a media type is XML.
pub fn is_xml(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

impl Api {
    /// How a property of a type is spelled in XML; `None` if in the usual way.
    pub fn xml_field(&self, ty: &Type, property: &str) -> Option<&XmlField> {
        let mut ty = ty.without_null();
        // As many steps as there are types reach the end of any chain that has one.
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { return None };
            match &self.types[*id].shape {
                Shape::Alias(target) => ty = target.without_null(),
                Shape::Record(record) => {
                    let mut fields = record.fields.iter();
                    let field = fields.find(|field| field.name.as_str() == property)?;
                    return field.xml.as_deref();
                }
                _ => return None,
            }
        }
        None
    }
}
