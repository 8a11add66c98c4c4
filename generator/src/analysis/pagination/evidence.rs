//! What an operation says that could speak of pages: what a request can hold, and what of an answer stands around the
//! items.

use super::lookup::Model;
use super::words::{BESIDE, ITEMS, META, URLS, WRAPPERS};
use crate::model::{
    Field, Operation, PagePlace, Parameter, ParameterLocation, ParameterStyle, PathPiece, Record,
    Scalar, Shape, Type, WireName, plain,
};

/// How many properties deep an answer is looked through.
const DEEPEST: usize = 4;

/// How many properties of an answer are looked at.
const MOST: usize = 400;

/// What an operation says.
pub(super) struct Evidence<'a> {
    /// What a request can hold.
    pub(super) inputs: Vec<Input<'a>>,
    /// Where the items are in an answer.
    pub(super) items: Vec<WireName>,
    /// The type of an item.
    pub(super) item: &'a Type,
    /// The type of the body of an answer.
    pub(super) page: &'a Type,
    /// The property of an item that identifies it.
    pub(super) item_id: Option<WireName>,
    /// What stands around the items.
    pub(super) leaves: Vec<Leaf>,
    /// Whether the header `Link` is documented.
    pub(super) has_link: bool,
}

/// A parameter, or a property of the body.
pub(super) struct Input<'a> {
    /// Its name in plain words.
    pub(super) words: String,
    /// Where it is.
    pub(super) place: PagePlace,
    /// What it takes.
    pub(super) kind: Kind,
    /// The parameter, unless it is a property.
    pub(super) parameter: Option<&'a Parameter>,
}

/// A value in an answer.
pub(super) struct Leaf {
    /// Its name in plain words.
    pub(super) words: String,
    /// Where it is.
    pub(super) path: Vec<WireName>,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is the URL of the next page.
    pub(super) is_url: bool,
}

impl Leaf {
    /// Whether what holds it is there to speak of pages.
    pub(super) fn is_in_meta(&self) -> bool {
        let holder = self.path.iter().rev().nth(1);
        holder.is_some_and(|name| META.contains(&&*plain(name.as_str())))
    }

    /// Whether what holds it speaks of the next page.
    pub(super) fn is_in_next(&self) -> bool {
        let holder = self.path.iter().rev().nth(1);
        holder.is_some_and(|name| plain(name.as_str()).starts_with("next"))
    }
}

/// What a value is, as far as pages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Flag,
    /// The document does not say.
    Any,
    Other,
}

impl<'a> Evidence<'a> {
    /// What an operation says; nothing if no list of items is in what it answers.
    pub(super) fn collect(model: Model<'a>, operation: &'a Operation) -> Option<Self> {
        let (ty, response) = model.success(operation)?;
        let (items, item) = model.find_items(ty, operation)?;
        let has_link = response
            .headers
            .iter()
            .any(|header| header.name.as_str().eq_ignore_ascii_case("link"));
        Some(Evidence {
            inputs: model.inputs(operation),
            item_id: model.identifier(item),
            leaves: model.leaves(ty, &items),
            items,
            item,
            page: ty,
            has_link,
        })
    }
}

impl<'a> Model<'a> {
    /// Parameters of the query, and properties of a body that asks for something.
    pub(super) fn inputs(self, operation: &'a Operation) -> Vec<Input<'a>> {
        let query = operation.parameters.iter().filter(|parameter| {
            parameter.location == ParameterLocation::Query
                && parameter.style != ParameterStyle::Json
        });
        let mut inputs: Vec<Input<'a>> = query
            .map(|parameter| Input {
                words: plain(parameter.name.as_str()),
                place: PagePlace::Query(parameter.name.clone()),
                kind: self.kind(&parameter.ty),
                parameter: Some(parameter),
            })
            .collect();
        if let Some(record) = self.body(operation).and_then(|ty| self.record(ty)) {
            inputs.extend(record.fields.iter().map(|field| Input {
                words: plain(field.name.as_str()),
                place: PagePlace::Body(vec![field.name.clone()]),
                kind: self.kind(&field.ty),
                parameter: None,
            }));
        }
        inputs
    }

    /// Where the items of an answer are, and their type.
    pub(super) fn find_items(
        self,
        ty: &'a Type,
        operation: &Operation,
    ) -> Option<(Vec<WireName>, &'a Type)> {
        if let Type::List(item) = self.resolve(ty) {
            return Some((Vec::new(), item));
        }
        let record = self.record(ty)?;
        if let Some((field, item)) = self.list_in(record, operation) {
            return Some((vec![field.name.clone()], item));
        }
        // Some wrap the answer once more; then the list is in the only property that could hold it.
        let mut found = record.fields.iter().filter_map(|outer| {
            let inner = self.record(&outer.ty)?;
            let (field, item) = self.list_in(inner, operation)?;
            let words = plain(outer.name.as_str());
            let speaks_of_pages = || {
                self.leaves_of(inner)
                    .any(|leaf| leaf.words.starts_with("next"))
            };
            (WRAPPERS.contains(&&*words) || speaks_of_pages())
                .then(|| (vec![outer.name.clone(), field.name.clone()], item))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The list among the properties of a record that holds the items: the one that is called so, or like what the
    /// path names, or the only one.
    fn list_in(self, record: &'a Record, operation: &Operation) -> Option<(&'a Field, &'a Type)> {
        let lists = || {
            record
                .fields
                .iter()
                .filter_map(|field| match self.resolve(&field.ty) {
                    Type::List(item) => Some((field, plain(field.name.as_str()), &**item)),
                    _ => None,
                })
        };
        let literal = operation.path.iter().rev().find_map(|piece| match piece {
            PathPiece::Literal(text) => text.as_str().rsplit('/').find(|part| !part.is_empty()),
            PathPiece::Parameter(_) => None,
        });
        let segment = plain(literal.unwrap_or_default());
        let called = |name: &str| lists().find(|(_, words, _)| words == name);
        let named = || called(&segment);
        let usual = || ITEMS.iter().find_map(|name| called(name));
        let only = || {
            let mut lists = lists().filter(|(_, words, _)| !BESIDE.contains(&&**words));
            let first = lists.next()?;
            lists.next().is_none().then_some(first)
        };
        let (field, _, item) = named().or_else(usual).or_else(only)?;
        Some((field, item))
    }

    /// The property that identifies an item.
    fn identifier(self, item: &'a Type) -> Option<WireName> {
        let has_id = |record: &Record| {
            let mut fields = record.fields.iter();
            fields.any(|field| field.name.as_str() == "id")
        };
        let found = match self.shape(item)? {
            Shape::Record(record) => has_id(record),
            Shape::Union(union) => union
                .variants
                .iter()
                .all(|variant| self.record(&variant.ty).is_some_and(has_id)),
            _ => false,
        };
        found.then(|| WireName::new("id"))
    }

    /// The values in an answer that stand around the items: at its top, in what holds the items, and in what is there to
    /// speak of pages.
    fn leaves(self, ty: &'a Type, items: &[WireName]) -> Vec<Leaf> {
        let mut found = Vec::new();
        let mut open = vec![(ty, Vec::new())];
        let mut looked = 0;
        while let Some((ty, path)) = open.pop() {
            for field in self.fields(ty) {
                looked += 1;
                if looked > MOST {
                    return found;
                }
                let mut path: Vec<WireName> = path.clone();
                path.push(field.name.clone());
                let leads_to_items = path.len() < items.len() && items.starts_with(&path);
                if let Some(leaf) = self.leaf(field, path.clone()) {
                    found.push(leaf);
                } else if path.len() < DEEPEST
                    && (leads_to_items || META.contains(&&*plain(field.name.as_str())))
                {
                    open.push((&field.ty, path));
                }
            }
        }
        found.sort_by_key(|leaf| leaf.path.len());
        found
    }

    fn leaves_of(self, record: &'a Record) -> impl Iterator<Item = Leaf> {
        let fields = record.fields.iter();
        fields.filter_map(move |field| self.leaf(field, vec![field.name.clone()]))
    }

    fn leaf(self, field: &'a Field, path: Vec<WireName>) -> Option<Leaf> {
        let kind = self.kind(&field.ty);
        if kind == Kind::Other {
            return None;
        }
        let words = plain(field.name.as_str());
        let is_url =
            matches!(kind, Kind::Text | Kind::Any) && self.is_next_url(field, &words, &path);
        Some(Leaf {
            words,
            path,
            kind,
            is_url,
        })
    }

    /// Whether a text is the URL of the next page: by its name, or by its name and what it says of itself.
    fn is_next_url(self, field: &'a Field, words: &str, path: &[WireName]) -> bool {
        if URLS.contains(&words) {
            return true;
        }
        let holder = path.iter().rev().nth(1).map(|name| plain(name.as_str()));
        let holder = holder.as_deref();
        let is_next = matches!(words, "next" | "nextpage")
            || (matches!(words, "href" | "url" | "uri")
                && matches!(holder, Some("next" | "nextpage")));
        let is_uri = matches!(self.resolve(&field.ty), Type::Scalar(Scalar::Uri));
        let example = field.example.as_ref().and_then(|example| example.as_str());
        let text = field.docs.description.as_ref().map(|text| text.as_str());
        let text = text.unwrap_or_default().to_ascii_lowercase();
        is_next
            && (is_uri
                || words != "next" && words != "nextpage"
                || matches!(holder, Some("links" | "link"))
                || example.is_some_and(|text| text.starts_with('/') || text.contains("://"))
                || ["url", "uri", "link to"]
                    .iter()
                    .any(|word| text.contains(word)))
    }
}
