//! Finds the references in a piece of a file.

use super::Address;
use super::shapes;
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::Value;
use std::rc::Rc;

/// What relative references are relative to.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// The address of the schema resource or file.
    pub(super) address: Address,
    /// Where the resource begins in its file.
    pub(super) resource: Pointer,
}

/// A reference.
#[derive(Debug)]
pub(super) struct Site {
    /// The place of the object that holds it; in a mapping, of the text itself.
    pub(super) pointer: Pointer,
    pub(super) key: Option<&'static str>,
    pub(super) target: String,
    /// What must stand there.
    pub(super) shape: Shape,
    pub(super) base: Rc<Base>,
}

/// A piece of a file.
pub(super) struct Piece<'v> {
    pub(super) value: &'v Value,
    pub(super) shape: Shape,
    pub(super) pointer: Pointer,
    pub(super) base: Rc<Base>,
    /// Whether `$id` means something in it.
    pub(super) has_ids: bool,
    /// Whether it is of the entry document, whose references to itself are followed later.
    pub(super) is_entry: bool,
}

/// The references in a piece that must be followed.
pub(super) fn sites(piece: &Piece<'_>) -> Vec<Site> {
    let mut finder = Finder {
        has_ids: piece.has_ids,
        is_entry: piece.is_entry,
        bases: vec![piece.base.clone()],
        sites: Vec::new(),
    };
    let way = Way {
        parent: None,
        token: Token::Start(&piece.pointer),
    };
    finder.visit(piece.value, piece.shape, &way);
    finder.sites
}

/// The way from the beginning of the piece, on the stack.
struct Way<'a> {
    parent: Option<&'a Way<'a>>,
    token: Token<'a>,
}

enum Token<'a> {
    Start(&'a Pointer),
    Key(&'a str),
    Index(usize),
}

impl Way<'_> {
    fn pointer(&self) -> Pointer {
        let parent = self.parent.map(Way::pointer).unwrap_or_default();
        match self.token {
            Token::Start(pointer) => pointer.clone(),
            Token::Key(key) => parent.child(key),
            Token::Index(index) => parent.index(index),
        }
    }
}

struct Finder {
    has_ids: bool,
    is_entry: bool,
    bases: Vec<Rc<Base>>,
    sites: Vec<Site>,
}

impl Finder {
    /// Looks at a value. Recursion is bounded by the limit of depth.
    fn visit(&mut self, value: &Value, shape: Shape, way: &Way<'_>) {
        let shape = shapes::simple(shape, value);
        let bases = self.bases.len();
        if self.has_ids && shape == Shape::Referable(Kind::Schema) {
            self.enter(value, way);
        }
        if let Some((key, target)) = shapes::reference(shape, value) {
            self.note(Some(key), target, shape, way);
        }
        match (shape, value) {
            (Shape::Object(Kind::Discriminator), Value::Object(object)) => {
                let mapping = object.get("mapping").and_then(Value::as_object);
                let way = step(way, Token::Key("mapping"));
                for (key, target) in mapping.into_iter().flatten() {
                    if let Some(target) = target.as_str().filter(|text| shapes::is_reference(text))
                    {
                        let way = step(&way, Token::Key(key));
                        self.note(None, target, Shape::Referable(Kind::Schema), &way);
                    }
                }
            }
            (Shape::Object(kind) | Shape::Referable(kind), Value::Object(object)) => {
                for (key, value) in object {
                    if let Some(shape) = shapes::of_key(kind, key) {
                        self.visit(value, shape, &step(way, Token::Key(key)));
                    }
                }
            }
            (Shape::Map(shape), Value::Object(object)) => {
                for (key, value) in object {
                    self.visit(value, *shape, &step(way, Token::Key(key)));
                }
            }
            (Shape::List(shape), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.visit(value, *shape, &step(way, Token::Index(index)));
                }
            }
            _ => {}
        }
        self.bases.truncate(bases);
    }

    /// A schema with an `$id` is what the references in it are relative to.
    fn enter(&mut self, value: &Value, way: &Way<'_>) {
        let id = value.get("$id").and_then(Value::as_str);
        if let (Some(id), Some(base)) = (id, self.bases.last())
            && let Ok(address) = base.address.join(id.split('#').next().unwrap_or_default())
        {
            self.bases.push(Rc::new(Base {
                address,
                resource: way.pointer(),
            }));
        }
    }

    fn note(&mut self, key: Option<&'static str>, target: &str, shape: Shape, way: &Way<'_>) {
        if self.is_entry && target.starts_with('#') && is_followed_later(shape) {
            return;
        }
        if let Some(base) = self.bases.last() {
            self.sites.push(Site {
                pointer: way.pointer(),
                key,
                target: target.to_owned(),
                shape,
                base: base.clone(),
            });
        }
    }
}

/// Whether upgrading and bundling follow a reference inside of the entry document.
pub(super) fn is_followed_later(shape: Shape) -> bool {
    matches!(shape, Shape::Referable(_) | Shape::Object(Kind::MediaType))
}

fn step<'a>(parent: &'a Way<'a>, token: Token<'a>) -> Way<'a> {
    Way {
        parent: Some(parent),
        token,
    }
}
