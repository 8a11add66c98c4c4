//! XML: what elements and attributes are called (OpenAPI, "XML Object").

use super::context::Lowering;
use super::keywords::{Keywords, Node, Part};
use crate::load::{XmlObject, xml_of};
use crate::model::{Type, WireName, XmlField, XmlName, XmlNode, XmlRoot};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// How a property is spelled; `None` if it is an element of its name, or one for each item, or if nobody asks.
    pub(super) fn xml_field(
        &self,
        property: &str,
        parts: &[Part<'d>],
        ty: &Type,
    ) -> Option<Box<XmlField>> {
        if !self.has_xml {
            return None;
        }
        let own = parts
            .iter()
            .find_map(|part| self.xml_at(part.node, &part.at));
        let own = own.unwrap_or_default();
        let name = named(&own, property);
        let field = match self.without_alias(ty) {
            Type::List(_) => {
                let mut parts = parts.iter();
                let items = parts.find_map(|part| self.xml_of_items(part.node, &part.at));
                let item = items.map(|items| named(&items, name.local.as_str()));
                let item = item.unwrap_or_else(|| name.clone());
                let is_wrapped = own.wrapped || own.node_type.as_deref() == Some("element");
                match is_wrapped {
                    true => XmlField {
                        node: XmlNode::Element,
                        name,
                        items: Some(item),
                    },
                    false => XmlField {
                        node: XmlNode::Element,
                        name: item,
                        items: None,
                    },
                }
            }
            _ => XmlField {
                node: node(&own),
                name,
                items: None,
            },
        };
        let usual = XmlField {
            node: XmlNode::Element,
            name: XmlName::new(property),
            items: None,
        };
        (field != usual).then(|| Box::new(field))
    }

    /// What the element of a body is called.
    pub(super) fn xml_root(&self, schema: Node<'d>, at: &Pointer) -> XmlRoot {
        let own = self.xml_at(schema, at).unwrap_or_default();
        let name = named(&own, self.component_named(schema).unwrap_or("root"));
        let (items, item) = match self.schema_of(schema, at) {
            Some((schema, at)) => (Keywords::of(schema).items, at.child("items")),
            None => (None, at.clone()),
        };
        let item = items.map(|items| {
            let own = self.xml_at(items, &item).unwrap_or_default();
            named(
                &own,
                self.component_named(items).unwrap_or(name.local.as_str()),
            )
        });
        XmlRoot {
            item: item.unwrap_or_else(|| name.clone()),
            name,
        }
    }

    /// The name of the component that a schema is.
    fn component_named(&self, schema: Node<'d>) -> Option<&'d str> {
        match schema {
            Node::Reference(reference) => self.schema_component(reference).map(|(name, _)| name),
            Node::Schema(_) => None,
        }
    }

    /// What is said of a schema, or of what it refers to.
    fn xml_at(&self, node: Node<'d>, at: &Pointer) -> Option<XmlObject> {
        let (schema, _) = self.schema_of(node, at)?;
        xml_of(&schema.schema_data)
    }

    fn xml_of_items(&self, node: Node<'d>, at: &Pointer) -> Option<XmlObject> {
        let (schema, at) = self.schema_of(node, at)?;
        let items = Keywords::of(schema).items?;
        self.xml_at(items, &at.child("items"))
    }
}

/// The name that an object gives, or another with its prefix and namespace.
fn named(object: &XmlObject, otherwise: &str) -> XmlName {
    let text = |text: &Option<String>| {
        text.as_deref()
            .filter(|text| !text.is_empty())
            .map(WireName::new)
    };
    let name = object.name.as_deref().filter(|name| !name.is_empty());
    let name = name.unwrap_or(otherwise);
    // Some documents have the prefix in the name, too.
    let local = match (&object.prefix, name.split_once(':')) {
        (Some(prefix), Some((own, local))) if own == prefix => local,
        _ => name,
    };
    XmlName {
        local: WireName::new(local),
        prefix: text(&object.prefix),
        namespace: text(&object.namespace),
    }
}

fn node(object: &XmlObject) -> XmlNode {
    match object.node_type.as_deref() {
        Some("attribute") => XmlNode::Attribute,
        Some("text") => XmlNode::Text,
        Some("cdata") => XmlNode::CData,
        Some("none") => XmlNode::None,
        None if object.attribute => XmlNode::Attribute,
        _ => XmlNode::Element,
    }
}
