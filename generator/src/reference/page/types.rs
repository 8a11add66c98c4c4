//! The pages of types.

use super::described_cell;
use super::description;
use super::schema::{Limits, enumeration_values, restrictions, type_cell};
use crate::model::{Access, Additional, Decision, Shape, TypeDef, TypeId};
use crate::reference::encode::{Anchor, Block, Cell, Fence, FrontMatter, Inline, Table};
use crate::reference::links::{Links, initial, plain, type_anchor};
use crate::reference::page::snippet::rust_type;
use crate::reference::sample::json_text;
use crate::rust::{FieldItem, TypeBody, TypeItem};
use serde::Serialize;
use std::collections::HashMap;

/// What `pages/types.md.jinja` is given.
#[derive(Serialize)]
pub struct TypesView {
    front: Option<FrontMatter>,
    /// The initial letter, on a page for one.
    letter: Option<Inline>,
    /// The types of this page.
    types: Vec<TypeView>,
    /// The pages for the initial letters, on the page that leads to them.
    pages: Vec<Inline>,
}

#[derive(Serialize)]
struct TypeView {
    anchor: Anchor,
    name: Inline,
    deprecated: bool,
    description: Option<Block>,
    /// What it is, where it has no table.
    sentence: Option<Cell>,
    table: Option<Table>,
    example: Option<Fence>,
}

/// Makes the views of the pages of types, each with its name.
pub fn types_pages(links: Links<'_>) -> Vec<(String, TypesView)> {
    let mut named: Vec<(TypeId, &TypeItem)> = links
        .api
        .types
        .ids()
        .filter_map(|id| Some((id, links.item(id)?)))
        .collect();
    let brief = links.types_are_split();
    if !brief {
        let types = named
            .iter()
            .map(|(id, item)| type_view(links, *id, item))
            .collect();
        let view = TypesView {
            front: links.front("Types", None),
            letter: None,
            types,
            pages: Vec::new(),
        };
        return vec![("types".to_owned(), view)];
    }
    named.sort_by(|(_, one), (_, other)| {
        let key = |item: &TypeItem| (initial(item), plain(&item.name).to_owned());
        key(one).cmp(&key(other))
    });
    let mut pages: Vec<(String, TypesView)> = Vec::new();
    for (id, item) in named {
        let file = links.type_page(item);
        let view = type_view(links, id, item);
        match pages.last_mut() {
            Some((last, page)) if *last == file => page.types.push(view),
            _ => pages.push((
                file,
                TypesView {
                    front: links.front(
                        &format!("Types: {}", initial(item).to_ascii_uppercase()),
                        None,
                    ),
                    letter: Some(Inline::text(
                        &initial(item).to_ascii_uppercase().to_string(),
                    )),
                    types: vec![view],
                    pages: Vec::new(),
                },
            )),
        }
    }
    let list = pages
        .iter()
        .filter_map(|(file, page)| {
            Some(Inline::link(
                page.letter.as_ref()?,
                &links.page_url(file, None),
            ))
        })
        .collect();
    let index = TypesView {
        front: links.front("Types", None),
        letter: None,
        types: Vec::new(),
        pages: list,
    };
    pages.insert(0, ("types".to_owned(), index));
    pages
}

fn type_view(links: Links<'_>, id: TypeId, item: &TypeItem) -> TypeView {
    let def = &links.api.types[id];
    TypeView {
        anchor: type_anchor(item),
        name: Inline::text(plain(&item.name)),
        deprecated: def.docs.deprecated,
        description: description(&def.docs, 2),
        sentence: sentence(links, def, item),
        table: table(links, def, item),
        example: def
            .example
            .as_ref()
            .filter(|_| Limits::for_types(links.api.types.len()).depth > 1)
            .map(|value| Fence::new("json", &json_text(value))),
    }
}

fn sentence(links: Links<'_>, def: &TypeDef, item: &TypeItem) -> Option<Cell> {
    match (&def.shape, &item.body) {
        (Shape::Alias(ty), TypeBody::Alias(rust)) => Some(Cell::join(
            [
                type_cell(links, ty),
                Cell::own("in Rust"),
                Cell::code(&rust_type(rust)),
            ],
            " ",
        )),
        (Shape::Alias(ty), _) => Some(type_cell(links, ty)),
        (Shape::Union(union), _) => Some(match &union.decision {
            Decision::Tag(tag) => Cell::join(
                [
                    Cell::own("One of these, as the property"),
                    Cell::code(tag.as_str()),
                    Cell::own("says:"),
                ],
                " ",
            ),
            Decision::Shape => Cell::own("One of these:"),
            Decision::Open => Cell::own("One of these, or any other value:"),
        }),
        (Shape::Record(record), _) if record.fields.is_empty() => match &record.additional {
            Additional::Kept(ty) => Some(Cell::join(
                [Cell::own("Any names with"), type_cell(links, ty)],
                " ",
            )),
            _ => Some(Cell::own("An object without documented properties.")),
        },
        _ => None,
    }
}

fn table(links: Links<'_>, def: &TypeDef, item: &TypeItem) -> Option<Table> {
    match (&def.shape, &item.body) {
        (Shape::Record(record), TypeBody::Record(planned)) => {
            let mut table =
                Table::new(&["Name", "Type", "Required", "Restrictions", "Description"]);
            let planned: HashMap<&str, &FieldItem> = (planned.fields.iter())
                .map(|item| (item.wire.as_str(), item))
                .collect();
            for field in &record.fields {
                let rust = planned.get(field.name.as_str());
                let renamed = rust.filter(|item| plain(&item.name) != field.name.as_str());
                let mut facts = restrictions(&field.constraints, &field.presence, field.access);
                facts.extend(renamed.map(|item| {
                    Cell::join([Cell::own("Rust:"), Cell::code(item.name.as_str())], " ")
                }));
                let filled = rust.and_then(|item| item.filled());
                facts.extend(filled.map(|_| Cell::own("Rust: filled in")));
                table.row([
                    Cell::text(field.name.as_str()),
                    type_cell(links, &field.ty),
                    Cell::own(if field.presence.is_required() {
                        "true"
                    } else {
                        "false"
                    }),
                    Cell::join(facts, ", "),
                    described_cell(links.api, &field.docs, &field.ty, false),
                ]);
            }
            if let (Additional::Kept(ty), false) = (&record.additional, record.fields.is_empty()) {
                table.row([
                    Cell::own("*any other name*"),
                    type_cell(links, ty),
                    Cell::own("false"),
                    Cell::join(
                        restrictions(
                            &Default::default(),
                            &crate::model::Presence::Optional,
                            Access::Both,
                        ),
                        ", ",
                    ),
                    Cell::own(""),
                ]);
            }
            table.filled()
        }
        (Shape::Enumeration(_), body) => {
            let names: Vec<&str> = match body {
                TypeBody::StringEnum(item) => {
                    item.variants.iter().map(|v| v.name.as_str()).collect()
                }
                TypeBody::IntegerEnum(item) => {
                    item.variants.iter().map(|v| v.name.as_str()).collect()
                }
                _ => Vec::new(),
            };
            let mut table = Table::new(&["Value", "Rust", "Description"]);
            for (index, (value, text)) in enumeration_values(def).into_iter().enumerate() {
                let name = names
                    .get(index)
                    .map_or(Cell::own(""), |name| Cell::code(name));
                table.row([value, name, text]);
            }
            table.filled()
        }
        (Shape::Union(union), TypeBody::Union(planned)) => {
            let mut table = Table::new(&["Type", "Rust", "Tags", "Description"]);
            for (index, variant) in union.variants.iter().enumerate() {
                let name = planned
                    .variants
                    .get(index)
                    .map_or(Cell::own(""), |v| Cell::code(v.name.as_str()));
                let tags = variant.tags.iter().map(|tag| Cell::code(tag.as_str()));
                table.row([
                    type_cell(links, &variant.ty),
                    name,
                    Cell::join(tags, ", "),
                    described_cell(links.api, &variant.docs, &variant.ty, false),
                ]);
            }
            table.filled()
        }
        _ => None,
    }
}
