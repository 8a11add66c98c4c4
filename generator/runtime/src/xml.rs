//! How the types of a client are spelled in XML, where it is not by the names of their properties (OpenAPI, "XML Object").

/// The records of which something is to be said, in the order of their names.
#[derive(Debug)]
pub struct XmlTypes(pub &'static [XmlRecord]);

/// A record: its name in Rust, and the properties of which something is to be said.
#[derive(Debug)]
pub struct XmlRecord(pub &'static str, pub &'static [XmlField]);

/// How a property is spelled.
#[derive(Debug, Clone, Copy)]
pub struct XmlField {
    /// Its name in JSON.
    pub property: &'static str,
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
    /// The same, written as a CDATA section.
    CData,
    /// Nothing: what it holds stands in the element around it.
    None,
}

/// The name of an element or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlName {
    /// The prefix; empty for none.
    pub prefix: &'static str,
    /// The name without it.
    pub local: &'static str,
    /// The namespace that the prefix stands for, or elements without one are in; empty if nothing is said of it.
    pub namespace: &'static str,
}

/// The element that a body is: its name and, if the body is a list, what each item is called.
#[derive(Debug, Clone, Copy)]
pub struct XmlRoot {
    /// Its name.
    pub name: XmlName,
    /// The name of each item.
    pub item: XmlName,
}

impl XmlName {
    /// A name without a prefix, in no namespace that is known.
    pub const fn new(local: &'static str) -> Self {
        XmlName {
            prefix: "",
            local,
            namespace: "",
        }
    }
}

impl XmlTypes {
    /// How a property of a record is spelled.
    pub(super) fn field(&self, record: &str, property: &'static str) -> XmlField {
        let records = self.0;
        let found = records.binary_search_by(|XmlRecord(name, _)| (*name).cmp(record));
        let found = found.ok().and_then(|index| records.get(index));
        let mut fields = found.into_iter().flat_map(|XmlRecord(_, fields)| *fields);
        match fields.find(|field| field.property == property) {
            Some(field) => *field,
            None => XmlField {
                property,
                node: XmlNode::Element,
                name: XmlName::new(property),
                items: None,
            },
        }
    }
}
