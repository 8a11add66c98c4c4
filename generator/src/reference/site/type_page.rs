//! The page of a type, and the list of all types.

use super::fields::{Fields, Limits, PartsView};
use super::incoming::called;
use super::pages::Root;
use super::shell::{Crumb, Place, Shell};
use super::{Site, description, external};
use crate::model::{Decision, Shape, TypeDef, TypeId};
use crate::reference::encode::{Html, Text, Url};
use crate::reference::page::snippet::rust_type;
use crate::reference::sample::json_text;
use crate::rust::{TypeBody, TypeItem};
use serde::Serialize;

/// What `site/type.html.jinja` is given.
#[derive(Serialize)]
pub struct TypeView {
    shell: Shell,
    title: Text,
    kind: &'static str,
    deprecated: bool,
    description: Option<Html>,
    external: Option<Html>,
    /// What it is, where it has no parts.
    sentence: Option<Html>,
    parts: Option<PartsView>,
    values: Vec<ValueView>,
    example: Option<Html>,
    rust: Html,
    used_by: Vec<UserView>,
    /// How many more use it.
    unlisted: usize,
}

#[derive(Serialize)]
struct ValueView {
    value: Text,
    rust: Option<Text>,
    description: Option<Html>,
}

#[derive(Serialize)]
struct UserView {
    title: Text,
    url: Url,
    /// The method, if it is a request.
    method: Option<Text>,
}

/// What `site/types.html.jinja` is given.
#[derive(Serialize)]
pub struct TypesView {
    shell: Shell,
    groups: Vec<LetterView>,
}

#[derive(Serialize)]
struct LetterView {
    letter: Text,
    types: Vec<EntryView>,
}

#[derive(Serialize)]
struct EntryView {
    title: Text,
    url: Url,
    kind: &'static str,
}

/// More users than this are counted and not listed.
const MOST_USERS: usize = 60;

impl Site<'_> {
    /// Makes the view of a type.
    pub(super) fn type_view(&self, id: TypeId) -> TypeView {
        let def = &self.links.api.types[id];
        let item = self.links.item(id);
        let root = Root::BELOW;
        let limits = Limits::for_type_page(self.links.api.types.len());
        let mut fields = Fields::new(self, root, limits);
        let title = Text::new(self.type_title(id));
        let crumbs = vec![
            Crumb {
                label: Text::new("Types"),
                url: Some(root.url("types.html")),
            },
            Crumb {
                label: title.clone(),
                url: None,
            },
        ];
        let users = self.users(root, id);
        let unlisted = users.len().saturating_sub(MOST_USERS);
        TypeView {
            shell: self.shell(root, Place::Type, title.clone(), crumbs, None, None),
            title,
            kind: kind(&def.shape),
            deprecated: def.docs.deprecated,
            description: description(&def.docs, 1),
            external: external(&def.docs),
            sentence: self.sentence(root, def),
            parts: fields.type_parts(id, "field"),
            values: values(&fields, id, item),
            example: def
                .example
                .as_ref()
                .map(|value| Html::code("json", &json_text(value))),
            rust: rust(item),
            used_by: users.into_iter().take(MOST_USERS).collect(),
            unlisted,
        }
    }

    fn users(&self, root: Root, id: TypeId) -> Vec<UserView> {
        let operations = self.usage.operations(id).map(|id| UserView {
            title: self.operation_title(id),
            url: root.url(self.pages.operation(id)),
            method: Some(Text::new(self.links.api.operations[id].method.as_str())),
        });
        let types = self.usage.types(id).map(|id| UserView {
            title: Text::new(self.type_title(id)),
            url: root.url(self.pages.type_page(id)),
            method: None,
        });
        let sent = self.usage.incoming(id).filter_map(|index| {
            let sent = self.links.api.incoming.get(index)?;
            Some(UserView {
                title: called(sent),
                url: root.url(self.pages.incoming(index)),
                method: Some(Text::new(sent.method.as_str())),
            })
        });
        operations.chain(sent).chain(types).collect()
    }

    fn sentence(&self, root: Root, def: &TypeDef) -> Option<Html> {
        match &def.shape {
            Shape::Alias(ty) => Some(Html::join(
                [Html::text("Another name for"), self.type_html(root, ty)],
                " ",
            )),
            Shape::Union(union) => Some(match &union.decision {
                Decision::Tag(tag) => Html::join(
                    [
                        Html::text("One of these types. The property"),
                        Html::code_span(tag.as_str()),
                        Html::text("says which."),
                    ],
                    " ",
                ),
                Decision::Shape => Html::text("One of these types. The value itself says which."),
                Decision::Open => Html::text(
                    "One of these types, or any other value. The value itself says which.",
                ),
            }),
            Shape::Record(record) if record.fields.is_empty() => {
                Some(Html::text("An object without documented properties."))
            }
            Shape::Record(_) | Shape::Enumeration(_) => None,
        }
    }

    /// Makes the view of the list of types.
    pub(super) fn types_view(&self) -> TypesView {
        let root = Root::TOP;
        let mut types: Vec<(String, TypeId)> = self
            .links
            .api
            .types
            .ids()
            .map(|id| (self.type_title(id).to_lowercase(), id))
            .collect();
        types.sort();
        let mut groups: Vec<LetterView> = Vec::new();
        for (name, id) in types {
            let letter: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
            let letter = Text::new(&letter);
            let entry = EntryView {
                title: Text::new(self.type_title(id)),
                url: root.url(self.pages.type_page(id)),
                kind: kind(&self.links.api.types[id].shape),
            };
            match groups.last_mut() {
                Some(group) if group.letter == letter => group.types.push(entry),
                _ => groups.push(LetterView {
                    letter,
                    types: vec![entry],
                }),
            }
        }
        let title = Text::new("Types");
        let crumbs = vec![Crumb {
            label: title.clone(),
            url: None,
        }];
        TypesView {
            shell: self.shell(root, Place::Types, title, crumbs, None, None),
            groups,
        }
    }
}

fn values(fields: &Fields<'_>, id: TypeId, item: Option<&TypeItem>) -> Vec<ValueView> {
    let names: Vec<&str> = match item.map(|item| &item.body) {
        Some(TypeBody::StringEnum(item)) => item.variants.iter().map(|v| v.name.as_str()).collect(),
        Some(TypeBody::IntegerEnum(item)) => {
            item.variants.iter().map(|v| v.name.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let values = fields.values(id).into_iter().enumerate();
    values
        .map(|(index, (value, description))| ValueView {
            value,
            rust: names.get(index).map(|name| Text::new(name)),
            description,
        })
        .collect()
}

/// How Rust spells the type.
fn rust(item: Option<&TypeItem>) -> Html {
    let code = item.map_or_else(String::new, |item| match &item.body {
        TypeBody::Alias(ty) => format!("pub type {} = {};", item.name, rust_type(ty)),
        TypeBody::Newtype(new) => format!("pub struct {}(pub {});", item.name, rust_type(&new.ty)),
        TypeBody::Record(record) => {
            let mut out = format!("pub struct {} {{\n", item.name);
            for field in &record.fields {
                out.push_str(&format!(
                    "    pub {}: {},\n",
                    field.name,
                    rust_type(&field.ty)
                ));
            }
            if let Some((name, ty)) = &record.additional {
                out.push_str(&format!(
                    "    pub {name}: BTreeMap<String, {}>,\n",
                    rust_type(ty)
                ));
            }
            out.push('}');
            out
        }
        TypeBody::StringEnum(list) => {
            enumeration(item, list.variants.iter().map(|v| v.name.as_str()))
        }
        TypeBody::IntegerEnum(list) => {
            enumeration(item, list.variants.iter().map(|v| v.name.as_str()))
        }
        TypeBody::Union(union) => {
            let mut out = format!("pub enum {} {{\n", item.name);
            for variant in &union.variants {
                out.push_str(&format!(
                    "    {}({}),\n",
                    variant.name,
                    rust_type(&variant.ty)
                ));
            }
            out.push('}');
            out
        }
    });
    Html::code("rust", &code)
}

fn enumeration<'a>(item: &TypeItem, names: impl Iterator<Item = &'a str>) -> String {
    let mut out = format!("pub enum {} {{\n", item.name);
    for name in names {
        out.push_str(&format!("    {name},\n"));
    }
    out.push('}');
    out
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Record(_) => "object",
        Shape::Enumeration(_) => "enumeration",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "alias",
    }
}
