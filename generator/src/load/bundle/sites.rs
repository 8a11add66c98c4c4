//! Finds the references of a document that are not in their canonical form yet.

use super::{Broken, component_name};
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::Value;

/// A Reference Object.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) pointer: Pointer,
    /// What it must lead to.
    pub(super) kind: Kind,
    /// Its `$ref`.
    pub(super) target: String,
}

/// Every reference that does not lead to a component by the component's plain name, but for those known to be broken.
pub(super) fn sites(root: &Value, broken: &Broken) -> Vec<Site> {
    let mut finder = Finder {
        root,
        broken,
        path: Vec::new(),
        sites: Vec::new(),
    };
    finder.visit(root, Shape::Object(Kind::OpenApi));
    finder.sites
}

struct Finder<'v> {
    root: &'v Value,
    broken: &'v Broken,
    path: Vec<Step<'v>>,
    sites: Vec<Site>,
}

enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

impl<'v> Finder<'v> {
    fn visit(&mut self, value: &'v Value, shape: Shape) {
        match (shape, value) {
            (Shape::Referable(kind), Value::Object(object)) => match object.get("$ref") {
                Some(Value::String(target)) => self.reference(kind, target),
                _ => self.visit(value, Shape::Object(kind)),
            },
            (Shape::SchemaOrFlag, Value::Object(_)) => {
                self.visit(value, Shape::Referable(Kind::Schema));
            }
            (Shape::Object(kind), Value::Object(object)) => {
                let table = kind.table();
                for (key, value) in object {
                    if let Some(shape) = table.shape(key) {
                        self.step(Step::Key(key), value, shape);
                    }
                }
            }
            (Shape::Map(shape), Value::Object(object)) => {
                for (key, value) in object {
                    self.step(Step::Key(key), value, *shape);
                }
            }
            (Shape::List(shape), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.step(Step::Index(index), value, *shape);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, step: Step<'v>, value: &'v Value, shape: Shape) {
        if value.is_object() || value.is_array() {
            self.path.push(step);
            self.visit(value, shape);
            self.path.pop();
        }
    }

    fn reference(&mut self, kind: Kind, target: &str) {
        if self.is_canonical(kind, target) || self.broken.holds(kind, target) {
            return;
        }
        let pointer = self
            .path
            .iter()
            .fold(Pointer::root(), |pointer, step| match step {
                Step::Key(key) => pointer.child(key),
                Step::Index(index) => pointer.index(*index),
            });
        self.sites.push(Site {
            pointer,
            kind,
            target: target.to_owned(),
        });
    }

    fn is_canonical(&self, kind: Kind, target: &str) -> bool {
        let component = kind.section().and_then(|section| {
            let name = component_name(target, section)?;
            self.root.get("components")?.get(section)?.get(&name)
        });
        component.is_some_and(Value::is_object)
    }
}
