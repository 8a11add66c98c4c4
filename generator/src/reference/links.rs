//! What pages there are, and how they reach each other.

use super::encode::{Anchor, Cell, FrontMatter, Inline, Url};
use super::facts::{self, PartTypes, TypeWord};
use super::flavour::Flavour;
use crate::model::{Api, OperationId, Type, TypeId};
use crate::rust::{Client, OperationItem, RustName, TypeItem};

/// With more types than this, a page for each initial letter is easier to load than one page.
const MOST_TYPES_ON_A_PAGE: usize = 150;

/// The pages of an API.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its client.
    pub client: &'a Client,
    /// What reads the pages.
    pub flavour: Flavour,
    /// Which parts are shown below a type.
    pub part_types: &'a PartTypes,
}

impl<'a> Links<'a> {
    /// The item of an operation; planned at the same index.
    pub fn operation(&self, id: OperationId) -> Option<&'a OperationItem> {
        self.client.operations.get(id.index())
    }

    /// The item of a type; planned at the same index.
    pub fn item(&self, id: TypeId) -> Option<&'a TypeItem> {
        self.client.types.get(id.index())
    }

    /// Whether types have a page for each initial letter.
    pub fn types_are_split(&self) -> bool {
        self.client.types.len() > MOST_TYPES_ON_A_PAGE
    }

    /// A page, or a place in it, as the target of a link.
    pub fn page_url(&self, name: &str, anchor: Option<&Anchor>) -> Url {
        Url::page(&format!("{name}{}", self.flavour.suffix()), anchor)
    }

    /// The data at the start of a page, where the reader knows any.
    pub fn front(&self, title: &str, description: Option<&str>) -> Option<FrontMatter> {
        let mut fields = vec![("title", title)];
        fields.extend(description.map(|text| ("description", text)));
        self.flavour
            .has_front_matter()
            .then(|| FrontMatter::new(&fields))
    }

    /// The page that describes a type.
    pub fn type_page(&self, item: &TypeItem) -> String {
        if self.types_are_split() {
            format!("types-{}", initial(item))
        } else {
            "types".to_owned()
        }
    }

    /// The place that describes a type.
    pub fn type_url(&self, item: &TypeItem) -> Url {
        self.page_url(&self.type_page(item), Some(&type_anchor(item)))
    }

    /// A type as a reader knows it, with links in a sentence.
    pub fn type_inline(&self, ty: &Type) -> Inline {
        let words = facts::type_words(self.api, ty).into_iter();
        let pieces = words.map(|word| match word {
            TypeWord::Own(words) => Inline::own(words),
            TypeWord::Named(id) => match self.item(id) {
                Some(item) => Inline::link(&Inline::code(plain(&item.name)), &self.type_url(item)),
                None => Inline::own("object"),
            },
        });
        Inline::join(pieces, "")
    }

    /// The name of a type as a link to its description.
    pub fn type_cell(&self, id: TypeId) -> Cell {
        match self.item(id) {
            Some(item) => Cell::link(&Cell::text(plain(&item.name)), &self.type_url(item)),
            None => Cell::own("object"),
        }
    }
}

/// The anchor of a type in its page.
pub fn type_anchor(item: &TypeItem) -> Anchor {
    Anchor::new(plain(&item.name))
}

/// The initial letter that a type is filed under.
pub fn initial(item: &TypeItem) -> char {
    plain(&item.name)
        .chars()
        .next()
        .filter(char::is_ascii_alphabetic)
        .map_or('0', |c| c.to_ascii_lowercase())
}

/// The page of an operation, without its extension. A method that is called like a page of ours gives way.
pub fn operation_page(item: &OperationItem) -> String {
    match plain(&item.method) {
        name @ ("index" | "types" | "errors" | "readme" | "authentication" | "parameters"
        | "webhooks" | "callbacks") => {
            format!("{name}-operation")
        }
        name => name.to_owned(),
    }
}

/// A name without the mark of a raw identifier.
pub fn plain(name: &RustName) -> &str {
    name.as_str().strip_prefix("r#").unwrap_or(name.as_str())
}
