//! The index that the search reads: scripts, since a page that was opened from a file may read nothing else.
//!
//! It comes in two parts, each loaded when the search is opened: what there is a page for, which is small and answers
//! at once, and the fields of all pages.

use super::Site;
use crate::model::{Docs, Shape, Type};
use crate::reference::encode::{Data, Text};
use serde::Serialize;

/// A page: its kind or method, title, path, file, description.
#[derive(Serialize)]
struct PageEntry<'a>(&'a str, Text, Text, &'a str, Text);

/// A field: the number of its page, name, anchor, description.
#[derive(Serialize)]
struct FieldEntry<'a>(usize, &'a str, String, Text);

/// Longer descriptions of fields are cut: what a search can find there, it finds in the first lines.
const LONGEST_FIELD_TEXT: usize = 400;

impl Site<'_> {
    /// The scripts, with their paths from the root of the site.
    pub(super) fn search_index(&self) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        let mut fields = Vec::new();
        let api = self.links.api;
        for (id, operation) in api.operations.iter() {
            for parameter in &operation.parameters {
                let text = field_text(&parameter.docs);
                let anchor = parameter.location.as_str();
                let name = parameter.name.as_str();
                fields.push(FieldEntry(pages.len(), name, anchor.to_owned(), text));
            }
            pages.push(PageEntry(
                operation.method.as_str(),
                self.operation_title(id),
                Text::new(&operation.path_template()),
                self.pages.operation(id),
                text(&operation.docs, usize::MAX),
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
                    let name = field.name.as_str();
                    let anchor = "field".to_owned();
                    fields.push(FieldEntry(pages.len(), name, anchor, field_text(docs)));
                }
            }
            pages.push(PageEntry(
                "type",
                Text::new(self.type_title(id)),
                Text::new(""),
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
            script("fields", Data::json(&fields)),
        ]
    }
}

fn field_text(docs: &Docs) -> Text {
    text(docs, LONGEST_FIELD_TEXT)
}

fn text(docs: &Docs, longest: usize) -> Text {
    let prose = docs.description.as_ref().or(docs.summary.as_ref());
    let text = prose.map_or(Text::new(""), Text::prose);
    match text.as_str().char_indices().nth(longest) {
        Some((end, _)) => Text::new(text.as_str().get(..end).unwrap_or_default()),
        None => text,
    }
}
