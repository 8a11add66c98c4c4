//! Schemas as lists of fields, nested ones folded below their parent, each with a place to link to.

use super::Site;
use super::pages::Root;
use crate::model::{
    Access, Additional, Constraints, Decision, Docs, Header, Parameter, Presence, Shape, Type,
    TypeId, Union, WireName,
};
use crate::reference::encode::{Html, Text};
use crate::reference::facts::{self, Fact, TypeWord};
use crate::reference::phrases::Phrase;
use serde::Serialize;
use std::collections::BTreeMap;

/// A field, a parameter, a header or a variant.
#[derive(Serialize)]
pub struct FieldView {
    id: Text,
    /// Its name on the wire; `None` where it has none.
    name: Option<Text>,
    /// What stands in the place of a name.
    label: &'static str,
    ty: Html,
    required: bool,
    deprecated: bool,
    facts: Vec<Html>,
    description: Option<Html>,
    values: Vec<ValueView>,
    /// Whether some value has a description.
    described_values: bool,
    hidden_values: usize,
    parts: Option<PartsView>,
}

/// What a type is made of.
#[derive(Serialize)]
pub struct PartsView {
    /// What its parts are called.
    label: &'static str,
    /// Their number, those that are not shown included.
    count: usize,
    fields: Vec<FieldView>,
    /// A link to the page that shows all, where some are not shown.
    more: Option<Html>,
}

#[derive(Serialize)]
struct ValueView {
    value: Text,
    description: Option<Html>,
}

/// How much of a schema a page shows before it links to the page of the type.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    depth: usize,
    rows: usize,
    values: usize,
}

impl Limits {
    /// Limits that keep the pages in proportion to the document: the more types there are, the more often each of
    /// them would be repeated.
    pub fn for_types(count: usize) -> Self {
        let limits = |depth, rows, values| Limits {
            depth,
            rows,
            values,
        };
        match count {
            0..=80 => limits(6, 300, 100),
            81..=400 => limits(3, 120, 60),
            _ => limits(2, 60, 40),
        }
    }

    /// The same for the page of a type in a large document, which has one of its own for each nested type.
    pub fn for_type_page(count: usize) -> Self {
        let usual = Limits::for_types(count);
        Limits {
            depth: if count > 400 { 1 } else { usual.depth },
            rows: usize::MAX,
            values: usize::MAX,
        }
    }
}

/// Makes the lists of one page, with ids that are unique in it.
pub struct Fields<'a> {
    site: &'a Site<'a>,
    root: Root,
    limits: Limits,
    made: usize,
    open: Vec<TypeId>,
    /// The ids of the page, and how often each was asked for.
    ids: BTreeMap<String, usize>,
}

/// What a list item is made of before its parts are known.
struct Item<'a> {
    name: Option<&'a WireName>,
    label: &'static str,
    ty: &'a Type,
    required: bool,
    docs: &'a Docs,
    facts: Vec<Html>,
}

impl<'a> Fields<'a> {
    /// No lists yet.
    pub fn new(site: &'a Site<'a>, root: Root, limits: Limits) -> Self {
        Fields {
            site,
            root,
            limits,
            made: 0,
            open: Vec::new(),
            ids: BTreeMap::new(),
        }
    }

    /// A parameter of an operation.
    pub fn parameter(&mut self, parameter: &'a Parameter) -> FieldView {
        self.made = 0;
        let item = Item {
            name: Some(&parameter.name),
            label: "",
            ty: &parameter.ty,
            required: parameter.presence.is_required(),
            docs: &parameter.docs,
            facts: fact_list(&parameter.constraints, &parameter.presence, Access::Both),
        };
        self.item(item, parameter.location.as_str(), 0)
    }

    /// A header of a response.
    pub fn header(&mut self, header: &'a Header, prefix: &str) -> FieldView {
        self.made = 0;
        let item = Item {
            name: Some(&header.name),
            label: "",
            ty: &header.ty,
            required: header.required,
            docs: &header.docs,
            facts: Vec::new(),
        };
        self.item(item, prefix, 0)
    }

    /// What a body is made of.
    pub fn body(&mut self, ty: &'a Type, prefix: &str) -> Option<PartsView> {
        self.made = 0;
        self.parts(ty, prefix, 0)
    }

    /// What a type is made of.
    pub fn type_parts(&mut self, id: TypeId, prefix: &str) -> Option<PartsView> {
        self.made = 0;
        self.parts_of(id, prefix, 0)
    }

    /// The values of the enumeration that a type is.
    pub fn values(&self, id: TypeId) -> Vec<(Text, Option<Html>)> {
        let values = facts::enumeration_values(&self.site.links.api.types[id]).into_iter();
        values
            .map(|(value, text)| {
                let text = text.map(|prose| Html::line(prose, true));
                (Text::new(&value), text)
            })
            .collect()
    }

    fn item(&mut self, item: Item<'a>, prefix: &str, depth: usize) -> FieldView {
        self.made += 1;
        let name = item.name.map_or(item.label, |name| name.as_str());
        let id = self.id(prefix, name);
        let values = match self.site.links.part_types.of(item.ty) {
            Some(ty) => self.values(ty),
            None => Vec::new(),
        };
        let hidden_values = values.len().saturating_sub(self.limits.values);
        let parts = self.parts(item.ty, &id, depth + 1);
        FieldView {
            id: Text::new(&id),
            name: item.name.map(|name| Text::new(name.as_str())),
            label: item.label,
            ty: self.site.type_html(self.root, item.ty),
            required: item.required,
            deprecated: item.docs.deprecated,
            facts: item.facts,
            description: self.description(item.docs, item.ty),
            described_values: values.iter().any(|(_, text)| text.is_some()),
            values: values
                .into_iter()
                .take(self.limits.values)
                .map(|(value, description)| ValueView { value, description })
                .collect(),
            hidden_values,
            parts,
        }
    }

    /// What the document says of a value: of this place, else of its type.
    fn description(&self, docs: &Docs, ty: &Type) -> Option<Html> {
        let of = |docs: &Docs| {
            let prose = docs.description.as_ref().or(docs.summary.as_ref())?;
            let html = Html::prose(prose, 6);
            (!html.is_empty()).then(|| html.boxed())
        };
        of(docs).or_else(|| match ty.without_null() {
            Type::Named(id) => of(&self.site.links.api.types[*id].docs),
            _ => None,
        })
    }

    fn parts(&mut self, ty: &'a Type, prefix: &str, depth: usize) -> Option<PartsView> {
        self.parts_of(self.site.links.part_types.of(ty)?, prefix, depth)
    }

    fn parts_of(&mut self, id: TypeId, prefix: &str, depth: usize) -> Option<PartsView> {
        let is_full = depth > 0 && (depth >= self.limits.depth || self.made >= self.limits.rows);
        if is_full || self.open.contains(&id) {
            return None;
        }
        self.open.push(id);
        let parts = match &self.site.links.api.types[id].shape {
            Shape::Record(record) => {
                let most = self.limits.rows;
                let mut fields: Vec<FieldView> = record
                    .fields
                    .iter()
                    .take(most)
                    .map(|field| {
                        let item = Item {
                            name: Some(&field.name),
                            label: "",
                            ty: &field.ty,
                            required: field.presence.is_required(),
                            docs: &field.docs,
                            facts: fact_list(&field.constraints, &field.presence, field.access),
                        };
                        self.item(item, prefix, depth)
                    })
                    .collect();
                let mut count = record.fields.len();
                if let Additional::Kept(ty) = &record.additional {
                    count += 1;
                    fields.push(self.any_other(ty, prefix, depth));
                }
                let more = (record.fields.len() > most).then(|| self.site.type_link(self.root, id));
                Some(PartsView {
                    label: if count == 1 { "property" } else { "properties" },
                    count,
                    fields,
                    more,
                })
            }
            Shape::Union(union) => Some(self.variants(union, prefix, depth)),
            Shape::Enumeration(_) | Shape::Alias(_) => None,
        };
        self.open.pop();
        parts.filter(|parts| !parts.fields.is_empty())
    }

    fn any_other(&mut self, ty: &'a Type, prefix: &str, depth: usize) -> FieldView {
        const NO_DOCS: &Docs = &Docs {
            summary: None,
            description: None,
            deprecated: false,
            external: None,
        };
        let item = Item {
            name: None,
            label: "any other name",
            ty,
            required: false,
            docs: NO_DOCS,
            facts: Vec::new(),
        };
        self.item(item, prefix, depth)
    }

    fn variants(&mut self, union: &'a Union, prefix: &str, depth: usize) -> PartsView {
        let fields = union.variants.iter().enumerate().map(|(index, variant)| {
            let tags = match &union.decision {
                Decision::Tag(property) => variant
                    .tags
                    .iter()
                    .map(|tag| {
                        let property = Html::code_span(property.as_str());
                        Html::join([property, Html::code_span(tag.as_str())], " = ")
                    })
                    .collect(),
                Decision::Shape | Decision::Open => Vec::new(),
            };
            let item = Item {
                name: None,
                label: if index == 0 { "one of" } else { "or" },
                ty: &variant.ty,
                required: false,
                docs: &variant.docs,
                facts: tags,
            };
            self.item(item, prefix, depth)
        });
        PartsView {
            label: "variants",
            count: union.variants.len(),
            fields: fields.collect(),
            more: None,
        }
    }

    /// An id that no other element of the page has.
    pub(super) fn id(&mut self, prefix: &str, name: &str) -> String {
        let name: String = name
            .chars()
            .map(|c| match c {
                c if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') => c,
                _ => '-',
            })
            .take(80)
            .collect();
        let id = format!("{prefix}-{name}");
        let mut unique = id.clone();
        while self.ids.contains_key(&unique) {
            let count = self.ids.entry(id.clone()).or_insert(1);
            *count += 1;
            unique = format!("{id}-{count}");
        }
        self.ids.insert(unique.clone(), 1);
        unique
    }
}

fn fact_list(constraints: &Constraints, presence: &Presence, access: Access) -> Vec<Html> {
    let facts = facts::restrictions(constraints, presence, access).into_iter();
    facts
        .map(|fact| match fact {
            Fact::Own(word) => Html::text(word),
            Fact::Text(text) => Html::text(&text),
            Fact::Code(word, code) => Html::join([Html::text(word), Html::code_span(&code)], " "),
        })
        .collect()
}

impl Site<'_> {
    /// A type as a reader knows it, with a link where it has a name.
    pub(super) fn type_html(&self, root: Root, ty: &Type) -> Html {
        let words = facts::type_words(self.links.api, ty).into_iter();
        let pieces = words.map(|word| match word {
            TypeWord::Own(words) => Html::text(words),
            TypeWord::Named(id) => self.type_link(root, id),
        });
        Html::join(pieces, "")
    }

    /// Words with the names of types as links.
    pub(super) fn phrases_html(&self, root: Root, phrases: Vec<Phrase<'_>>) -> Html {
        let pieces = phrases.into_iter().map(|phrase| match phrase {
            Phrase::Words(words) => Html::text(words),
            Phrase::Code(code) => Html::code_span(&code),
            Phrase::Type(ty) => self.type_html(root, ty),
        });
        Html::join(pieces, "")
    }

    /// The name of a type as a link to its page.
    pub(super) fn type_link(&self, root: Root, id: TypeId) -> Html {
        let label = Html::text(self.type_title(id));
        Html::link(&label, &root.url(self.pages.type_page(id)))
    }
}
