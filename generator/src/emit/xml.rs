//! The module `xml`: how the types are spelled in XML.

use super::names::{Imports, XML_FIELD, XML_NAME, XML_NODE, XML_RECORD, XML_ROOT, XML_TYPES};
use crate::rust::{Client, XmlField, XmlName, XmlNode, XmlRoot};
use proc_macro2::TokenStream;
use quote::quote;

/// The module, if a body is XML.
pub(super) fn emit_xml(client: &Client) -> Option<TokenStream> {
    if !client.runtime.xml {
        return None;
    }
    let mut imports = Imports::default();
    let types = imports.name(XML_TYPES);
    let records = client.xml.iter().map(|item| {
        let record = imports.name(XML_RECORD);
        // The runtime knows a record by its name as it is written.
        let name = item.name.as_str();
        let fields = item
            .fields
            .iter()
            .map(|(property, field)| emit_field(property.as_str(), field, &mut imports));
        let fields: Vec<TokenStream> = fields.collect();
        quote!(#record(#name, &[#(#fields),*]))
    });
    let records: Vec<TokenStream> = records.collect();
    let uses = imports.items();
    Some(quote! {
        //! How the types are spelled in XML, where it is not by the names of their properties.
        #uses
        pub(super) static TYPES: #types = #types(&[#(#records),*]);
    })
}

fn emit_field(property: &str, field: &XmlField, imports: &mut Imports) -> TokenStream {
    let (fields, nodes) = (imports.name(XML_FIELD), imports.name(XML_NODE));
    let node = match field.node {
        XmlNode::Element => quote!(Element),
        XmlNode::Attribute => quote!(Attribute),
        XmlNode::Text => quote!(Text),
        XmlNode::CData => quote!(CData),
        XmlNode::None => quote!(None),
    };
    let name = emit_name(&field.name, imports);
    let items = match &field.items {
        Some(item) => {
            let item = emit_name(item, imports);
            quote!(Some(#item))
        }
        None => quote!(None),
    };
    quote!(#fields { property: #property, node: #nodes::#node, name: #name, items: #items })
}

fn emit_name(name: &XmlName, imports: &mut Imports) -> TokenStream {
    let names = imports.name(XML_NAME);
    let local = name.local.as_str();
    if name.prefix.is_none() && name.namespace.is_none() {
        return quote!(#names::new(#local));
    }
    let prefix = name.prefix.as_ref().map_or("", |text| text.as_str());
    let namespace = name.namespace.as_ref().map_or("", |text| text.as_str());
    quote!(#names { prefix: #prefix, local: #local, namespace: #namespace })
}

/// What the element of a body is called.
pub(super) fn emit_root(root: &XmlRoot, imports: &mut Imports) -> TokenStream {
    let roots = imports.name(XML_ROOT);
    let (name, item) = (
        emit_name(&root.name, imports),
        emit_name(&root.item, imports),
    );
    quote!(#roots { name: #name, item: #item })
}
