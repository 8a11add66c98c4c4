//! The index that the search reads: scripts, since a page that was opened from a file may read nothing else.
//!
//! It comes in two parts, each loaded when the search is opened: what there is a page for, which is small and answers
//! at once, and the fields of all pages. The parameter that hundreds of operations share is there once, with its places.

use super::Site;
use super::incoming::called;
use crate::model::{Docs, Parameter, Shape, Type, TypeName, WireName};
use crate::reference::encode::{Data, Text};
use serde::Serialize;
use std::collections::HashMap;

/// A page: its kind or method, title, path, file, description. The path of a type leads to its schema.
#[derive(Serialize)]
struct PageEntry<'a>(&'a str, Text, Text, &'a str, Text);

/// A field: its name, what its anchors begin with, its description, the numbers of its pages.
#[derive(Serialize)]
struct FieldEntry<'a>(&'a str, &'static str, Text, Vec<usize>);

/// Fields in the order in which they were first met.
#[derive(Default)]
struct FieldEntries<'a> {
    list: Vec<FieldEntry<'a>>,
    known: HashMap<(&'a str, &'static str, String), usize>,
}

impl<'a> FieldEntries<'a> {
    fn add_parameters(&mut self, page: usize, parameters: &'a [Parameter]) {
        for parameter in parameters {
            let anchor = parameter.location.as_str();
            self.add(page, parameter.name.as_str(), anchor, &parameter.docs);
        }
    }

    fn add(&mut self, page: usize, name: &'a str, anchor: &'static str, docs: &Docs) {
        let text = text(docs, LONGEST_FIELD_TEXT);
        let key = (name, anchor, text.as_str().to_owned());
        let at = *self.known.entry(key).or_insert(self.list.len());
        match self.list.get_mut(at) {
            Some(FieldEntry(.., pages)) => pages.push(page),
            None => self.list.push(FieldEntry(name, anchor, text, vec![page])),
        }
    }
}

/// Longer descriptions of fields are cut: what a search can find there, it finds in the first lines.
const LONGEST_FIELD_TEXT: usize = 400;

impl Site<'_> {
    /// The scripts, with their paths from the root of the site.
    pub(super) fn search_index(&self) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        let mut fields = FieldEntries::default();
        let api = self.links.api;
        for (id, operation) in api.operations.iter() {
            fields.add_parameters(pages.len(), &operation.parameters);
            pages.push(PageEntry(
                operation.method.as_str(),
                self.operation_title(id),
                Text::new(&operation.path_template()),
                self.pages.operation(id),
                text(&operation.docs, usize::MAX),
            ));
        }
        for (index, (sent, item)) in self.incoming().enumerate() {
            fields.add_parameters(pages.len(), &sent.parameters);
            pages.push(PageEntry(
                item.module.one(),
                called(sent),
                Text::new(sent.name.as_str()),
                self.pages.incoming(index),
                text(&sent.docs, usize::MAX),
            ));
        }
        for group in &self.pages.groups {
            let docs = group.docs.map(|docs| text(docs, usize::MAX));
            pages.push(PageEntry(
                "tag",
                group.title.clone(),
                Text::new(""),
                group.file(),
                docs.unwrap_or(Text::new("")),
            ));
        }
        for (id, def) in api.types.iter() {
            if let Shape::Record(record) = &def.shape {
                for field in &record.fields {
                    let docs = match field.ty.without_null() {
                        Type::Named(id) if field.docs.description.is_none() => &api.types[*id].docs,
                        _ => &field.docs,
                    };
                    fields.add(pages.len(), field.name.as_str(), "field", docs);
                }
            }
            pages.push(PageEntry(
                "type",
                Text::new(self.type_title(id)),
                path(&def.name),
                self.pages.type_page(id),
                text(&def.docs, usize::MAX),
            ));
        }
        let script = |name: &str, data: Data| {
            let path = format!("search/{name}.js");
            (
                path,
                format!("specwright.searchData(\"{name}\", {data});\n"),
            )
        };
        vec![
            script("pages", Data::json(&pages)),
            script("fields", Data::json(&fields.list)),
        ]
    }
}

/// Where the schema of a type without a name stands: `Order.items.item`. A component stands where its name says.
fn path(name: &TypeName) -> Text {
    match name {
        TypeName::Component(_) => Text::new(""),
        TypeName::Inline(names) => {
            let names: Vec<&str> = names.iter().map(WireName::as_str).collect();
            Text::new(&names.join("."))
        }
    }
}

fn text(docs: &Docs, longest: usize) -> Text {
    let prose = docs.description.as_ref().or(docs.summary.as_ref());
    let text = prose.map_or(Text::new(""), Text::prose);
    match text.as_str().char_indices().nth(longest) {
        Some((end, _)) => Text::new(text.as_str().get(..end).unwrap_or_default()),
        None => text,
    }
}
