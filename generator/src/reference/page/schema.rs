//! Schemas as rows of a table, nested ones below their parent.

use super::described_cell;
use crate::model::{
    Access, Additional, Constraints, Decision, Docs, Presence, Shape, Type, TypeDef, TypeId,
};
use crate::reference::encode::{Cell, Table};
use crate::reference::facts::{self, Fact, TypeWord};
use crate::reference::links::Links;

/// How much of a schema a page shows before it links to the page of types.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How deep rows are nested.
    pub depth: usize,
    /// After how many rows no further type is opened.
    pub rows: usize,
    /// How many values of an enumeration are listed.
    pub values: usize,
    /// How many fields of a response are listed.
    pub fields: usize,
}

impl Limits {
    /// Limits that keep the pages in proportion to the document: the more types there are, the more often each of
    /// them would be repeated.
    pub fn for_types(count: usize) -> Self {
        match count {
            0..=80 => Limits {
                depth: 5,
                rows: 120,
                values: 50,
                fields: usize::MAX,
            },
            81..=400 => Limits {
                depth: 2,
                rows: 40,
                values: 25,
                fields: usize::MAX,
            },
            _ => Limits {
                depth: 1,
                rows: 12,
                values: 12,
                fields: 10,
            },
        }
    }
}

/// A row.
pub struct Row {
    /// How deep it is nested.
    pub depth: usize,
    /// The name, without the marks of its depth.
    pub name: Cell,
    /// The type, as a link where it has a name.
    pub ty: Cell,
    /// Whether it must be there.
    pub required: bool,
    /// What the document demands beyond the type.
    pub restrictions: Vec<Cell>,
    /// What the document says of it.
    pub description: Cell,
}

impl Row {
    /// The name with the marks of its depth.
    pub fn marked_name(&self) -> Cell {
        if self.depth == 0 {
            return self.name.clone();
        }
        const MARKS: &str = "»»»»»»»»»»»»";
        let marks: String = MARKS.chars().take(self.depth).collect();
        Cell::join([Cell::text(&marks), self.name.clone()], " ")
    }
}

/// The rows of one table, and the enumerations met on the way.
pub struct Rows<'a> {
    links: Links<'a>,
    limits: Limits,
    /// The rows.
    pub list: Vec<Row>,
    /// The enumerations, each with the name of the row that it is the type of.
    pub enumerations: Vec<(Cell, TypeId)>,
    open: Vec<TypeId>,
}

impl<'a> Rows<'a> {
    /// No rows.
    pub fn new(links: Links<'a>, limits: Limits) -> Self {
        Rows {
            links,
            limits,
            list: Vec::new(),
            enumerations: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Adds a row, and what its type is made of below it.
    pub fn add(&mut self, row: Row, ty: &Type) {
        let (name, depth) = (row.marked_name(), row.depth);
        self.list.push(row);
        self.parts(&name, ty, depth);
    }

    /// Adds what a type is made of, one level below `depth`.
    pub fn parts(&mut self, name: &Cell, ty: &Type, depth: usize) {
        let Some(id) = self.links.part_types.of(ty) else {
            return;
        };
        if let Shape::Enumeration(_) = &self.links.api.types[id].shape {
            self.enumerations.push((name.clone(), id));
            return;
        }
        let full = depth > 0 && (depth >= self.limits.depth || self.list.len() >= self.limits.rows);
        if full || self.open.contains(&id) {
            return;
        }
        self.open.push(id);
        match &self.links.api.types[id].shape {
            Shape::Record(record) => {
                for field in &record.fields {
                    let row = Row {
                        depth: depth + 1,
                        name: Cell::text(field.name.as_str()),
                        ty: type_cell(self.links, &field.ty),
                        required: field.presence.is_required(),
                        restrictions: restrictions(
                            &field.constraints,
                            &field.presence,
                            field.access,
                        ),
                        description: self.description(&field.docs, &field.ty, depth),
                    };
                    self.add(row, &field.ty);
                }
                if let Additional::Kept(ty) = &record.additional {
                    let row = Row {
                        depth: depth + 1,
                        name: Cell::own("*any other name*"),
                        ty: type_cell(self.links, ty),
                        required: false,
                        restrictions: Vec::new(),
                        description: Cell::own(""),
                    };
                    self.add(row, ty);
                }
            }
            Shape::Union(union) => {
                for (index, variant) in union.variants.iter().enumerate() {
                    let row = Row {
                        depth: depth + 1,
                        name: Cell::own(if index == 0 { "*one of*" } else { "*or*" }),
                        ty: type_cell(self.links, &variant.ty),
                        required: false,
                        restrictions: tags(&union.decision, &variant.tags),
                        description: self.description(&variant.docs, &variant.ty, depth),
                    };
                    self.add(row, &variant.ty);
                }
            }
            Shape::Enumeration(_) | Shape::Alias(_) => {}
        }
        self.open.pop();
    }

    /// The description of a part. Deep down only the first paragraph.
    fn description(&self, docs: &Docs, ty: &Type, depth: usize) -> Cell {
        let brief = depth > 0 || self.limits.depth < 5;
        described_cell(self.links.api, docs, ty, brief)
    }

    /// The enumerations as a table.
    pub fn enumeration_table(&self, first: &'static str) -> Option<Table> {
        let described = self
            .enumerations
            .iter()
            .any(|(_, id)| is_described(&self.links.api.types[*id]));
        let mut table = if described {
            Table::new(&[first, "Value", "Description"])
        } else {
            Table::new(&[first, "Value"])
        };
        for (name, id) in &self.enumerations {
            let values = enumeration_values(&self.links.api.types[*id]);
            let count = values.len();
            for (value, description) in values.into_iter().take(self.limits.values) {
                if described {
                    table.row([name.clone(), value, description]);
                } else {
                    table.row([name.clone(), value]);
                }
            }
            if count > self.limits.values {
                let more = Cell::join([Cell::own("all values:"), self.links.type_cell(*id)], " ");
                if described {
                    table.row([name.clone(), more, Cell::own("")]);
                } else {
                    table.row([name.clone(), more]);
                }
            }
        }
        table.filled()
    }
}

fn is_described(def: &TypeDef) -> bool {
    let values = facts::enumeration_values(def);
    values.iter().any(|(_, description)| description.is_some())
}

/// The values of an enumeration with their descriptions.
pub fn enumeration_values(def: &TypeDef) -> Vec<(Cell, Cell)> {
    let values = facts::enumeration_values(def).into_iter();
    values
        .map(|(value, text)| (Cell::code(&value), text.map_or(Cell::own(""), Cell::prose)))
        .collect()
}

/// A type as a reader knows it, with a link where it has a name.
pub fn type_cell(links: Links<'_>, ty: &Type) -> Cell {
    let words = facts::type_words(links.api, ty);
    let cells = words.into_iter().map(|word| match word {
        TypeWord::Own(words) => Cell::own(words),
        TypeWord::Named(id) => links.type_cell(id),
    });
    Cell::join(cells, "")
}

fn tags(decision: &Decision, tags: &[crate::model::WireName]) -> Vec<Cell> {
    let Decision::Tag(property) = decision else {
        return Vec::new();
    };
    tags.iter()
        .map(|tag| {
            let property = Cell::code(property.as_str());
            Cell::join([property, Cell::code(tag.as_str())], " = ")
        })
        .collect()
}

/// What the document demands of a value beyond its type, and the default.
pub fn restrictions(constraints: &Constraints, presence: &Presence, access: Access) -> Vec<Cell> {
    let facts = facts::restrictions(constraints, presence, access);
    let cell = |fact: Fact| match fact {
        Fact::Own(word) => Cell::own(word),
        Fact::Text(text) => Cell::text(&text),
        Fact::Code(word, code) => Cell::join([Cell::own(word), Cell::code(&code)], " "),
    };
    facts.into_iter().map(cell).collect()
}
