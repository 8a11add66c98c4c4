//! Writes the document with everything that its references lead to in other files.

use super::names::{Nameless, names};
use super::{Addresses, Gathered, Gatherer, Place, Resolution, shapes};
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::load::objects::{Kind, Shape};
use crate::load::origins::Origins;
use crate::load::version::Version;
use crate::source::{FileId, Origin, Pointer};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Builder<'c, 'o> {
    gatherer: Gatherer<'c, 'o>,
    /// Where each unit stands in the document.
    units: Vec<Pointer>,
    /// The files with units, whose other units may contain them.
    unit_files: BTreeSet<usize>,
    origins: Origins,
    /// The copies that are being made, to see one that contains itself.
    open: Vec<Place>,
    is_full: bool,
}

/// A value that is written.
struct Source<'v> {
    file: usize,
    value: &'v Value,
    shape: Shape,
    /// Where it stands in its file.
    at: Pointer,
    depth: usize,
}

impl<'c, 'o> Builder<'c, 'o> {
    pub(super) fn new(gatherer: Gatherer<'c, 'o>) -> Self {
        let unit_files = gatherer.units.iter().map(|unit| unit.file).collect();
        Builder {
            units: Vec::new(),
            unit_files,
            origins: Origins::default(),
            open: Vec::new(),
            is_full: false,
            gatherer,
        }
    }

    pub(super) fn build(mut self) -> Option<Gathered> {
        let root = self.gatherer.files.first()?.value.clone();
        let broken: BTreeSet<String> = self.gatherer.broken.values().cloned().collect();
        let addresses = Addresses::of(&self.gatherer.files);
        if self.gatherer.resolutions.is_empty() {
            drop(self.gatherer);
            return Some(Gathered {
                value: std::rc::Rc::try_unwrap(root).unwrap_or_else(|shared| (*shared).clone()),
                origins: self.origins,
                broken,
                addresses,
            });
        }
        self.units = self.place_units(&root);
        let source = Source {
            file: 0,
            value: &root,
            shape: Shape::Object(Kind::OpenApi),
            at: Pointer::root(),
            depth: 0,
        };
        let mut value = self.write(source, &Pointer::root())?;
        for index in 0..self.units.len() {
            self.write_unit(index, &mut value);
        }
        Some(Gathered {
            value,
            origins: self.origins,
            broken,
            addresses,
        })
    }

    /// Decides where each unit stands.
    fn place_units(&self, root: &Value) -> Vec<Pointer> {
        let gatherer = &self.gatherer;
        let mut taken: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        let mut list = Vec::new();
        for unit in &gatherer.units {
            let section = gatherer.section(unit.shape).unwrap_or_default();
            taken.entry(section).or_insert_with(|| {
                let members = root.pointer(self.section(section).as_str());
                let members = members.and_then(Value::as_object);
                members.into_iter().flat_map(Map::keys).cloned().collect()
            });
            if let Some(file) = gatherer.files.get(unit.file) {
                list.push(Nameless {
                    section,
                    address: &file.address,
                    pointer: &unit.pointer,
                });
            }
        }
        let sections = list.iter().map(|nameless| nameless.section);
        sections
            .zip(names(&list, &taken))
            .map(|(section, name)| self.section(section).child(&name))
            .collect()
    }

    fn section(&self, section: &str) -> Pointer {
        match self.gatherer.version {
            Version::Swagger2 => Pointer::root().child(section),
            _ => Pointer::root().child("components").child(section),
        }
    }

    fn write_unit(&mut self, index: usize, document: &mut Value) {
        let (Some(unit), Some(to)) = (
            self.gatherer.units.get(index).cloned(),
            self.units.get(index).cloned(),
        ) else {
            return;
        };
        let Some(value) = self.copy(&unit, &to, to.tokens().count()) else {
            return;
        };
        let mut place = document;
        for token in to.tokens() {
            let Some(object) = place.as_object_mut() else {
                return;
            };
            place = object
                .entry(token)
                .or_insert_with(|| Value::Object(Map::new()));
        }
        *place = value;
    }

    /// Writes a piece of a file to another place of the document.
    fn copy(&mut self, place: &Place, to: &Pointer, depth: usize) -> Option<Value> {
        let file = self.gatherer.files.get(place.file)?;
        let root = file.value.clone();
        let value = root.pointer(place.pointer.as_str())?;
        self.origins
            .note_file(to, Origin::new(file.id, place.pointer.clone()));
        self.open.push(place.clone());
        let source = Source {
            file: place.file,
            value,
            shape: place.shape,
            at: place.pointer.clone(),
            depth,
        };
        let written = self.write(source, to);
        self.open.pop();
        written
    }

    /// Writes a value, whose references lead to where things stand in the document. Nothing if it must be left out.
    fn write(&mut self, source: Source<'_>, to: &Pointer) -> Option<Value> {
        if !self.open.is_empty() {
            self.count(&source)?;
        }
        let shape = shapes::simple(source.shape, source.value);
        let source = Source { shape, ..source };
        if let Some((key, _)) = shapes::reference(shape, source.value) {
            let place = Place {
                file: source.file,
                pointer: source.at.clone(),
                shape,
            };
            match self.gatherer.resolutions.get(&place).cloned() {
                None => {}
                Some(Resolution::Copy(target)) => return self.write_copy(&source, &target, to),
                Some(Resolution::Broken(_)) if self.gatherer.section(shape).is_none() => {
                    return None;
                }
                Some(resolution) => {
                    let mut value = self.write_members(&source, to);
                    if let (Some(target), Some(object)) =
                        (self.spelled(&resolution), value.as_object_mut())
                    {
                        object.insert(key.to_owned(), Value::String(target));
                    }
                    return Some(value);
                }
            }
        }
        if let Some(reference) = self.inner_unit(&source) {
            let mut object = Map::new();
            object.insert("$ref".to_owned(), Value::String(reference));
            return Some(Value::Object(object));
        }
        Some(self.write_members(&source, to))
    }

    fn write_members(&mut self, source: &Source<'_>, to: &Pointer) -> Value {
        match source.value {
            Value::Object(object) => {
                let mut written = Map::new();
                for (key, value) in object {
                    let at = source.at.child(key);
                    if let Some(value) = self.write_member(source, key, value, at, &to.child(key)) {
                        written.insert(key.clone(), value);
                    }
                }
                Value::Object(written)
            }
            Value::Array(items) => {
                let Shape::List(shape) = source.shape else {
                    return source.value.clone();
                };
                let mut written = Vec::new();
                for (index, value) in items.iter().enumerate() {
                    let at = source.at.index(index);
                    let item = source.below(value, *shape, at);
                    let item = self.write(item, &to.index(index));
                    // The items behind it stay where they are.
                    written.push(item.unwrap_or_else(|| Value::Object(Map::new())));
                }
                Value::Array(written)
            }
            other => other.clone(),
        }
    }

    fn write_member(
        &mut self,
        source: &Source<'_>,
        key: &str,
        value: &Value,
        at: Pointer,
        to: &Pointer,
    ) -> Option<Value> {
        let shape = match source.shape {
            Shape::Object(Kind::Discriminator) if key == "mapping" => {
                return Some(self.write_mapping(source.file, value, &at));
            }
            Shape::Object(kind) | Shape::Referable(kind) => shapes::of_key(kind, key),
            Shape::Map(shape) => Some(*shape),
            _ => None,
        };
        match shape {
            Some(shape) => self.write(source.below(value, shape, at), to),
            None => Some(value.clone()),
        }
    }

    fn write_mapping(&self, file: usize, mapping: &Value, at: &Pointer) -> Value {
        let mut mapping = mapping.clone();
        let Some(object) = mapping.as_object_mut() else {
            return mapping;
        };
        object.retain(|key, target| {
            let place = Place {
                file,
                pointer: at.child(key),
                shape: Shape::Referable(Kind::Schema),
            };
            match self.gatherer.resolutions.get(&place) {
                None => true,
                Some(Resolution::Broken(_)) => false,
                Some(resolution) => {
                    if let Some(spelled) = self.spelled(resolution) {
                        *target = Value::String(spelled);
                    }
                    true
                }
            }
        });
        mapping
    }

    /// Puts what a reference leads to in its place; what stands beside the reference wins.
    fn write_copy(&mut self, source: &Source<'_>, target: &Place, to: &Pointer) -> Option<Value> {
        let mut own = match self.write_members(source, to) {
            Value::Object(own) => own,
            _ => Map::new(),
        };
        own.shift_remove("$ref");
        let origin = self.origin(source);
        if self.open.contains(target) {
            let message = "this reference leads back to where it stands, and never to an object";
            let origin = origin.child("$ref");
            self.push(Diagnostic::new(Code::CircularReference, origin, message));
            return (!own.is_empty()).then_some(Value::Object(own));
        }
        let kept: Vec<String> = own.keys().cloned().collect();
        let copied = self.copy(target, to, source.depth)?;
        for key in &kept {
            self.origins.note_file(&to.child(key), origin.child(key));
        }
        let Value::Object(mut copied) = copied else {
            return Some(copied);
        };
        for (key, value) in own {
            copied.insert(key, value);
        }
        Some(Value::Object(copied))
    }

    /// A component that stands inside of what is written, and is referred to there.
    fn inner_unit(&self, source: &Source<'_>) -> Option<String> {
        if !self.unit_files.contains(&source.file) || !matches!(source.shape, Shape::Referable(_)) {
            return None;
        }
        let place = Place {
            file: source.file,
            pointer: source.at.clone(),
            shape: source.shape,
        };
        let unit = self.gatherer.unit_of.get(&place)?;
        match self.open.last() == Some(&place) {
            true => None,
            false => self.spelled(&Resolution::Unit(*unit)),
        }
    }

    fn spelled(&self, resolution: &Resolution) -> Option<String> {
        let pointer = match resolution {
            Resolution::Entry(pointer) => pointer,
            Resolution::Unit(unit) => self.units.get(*unit)?,
            Resolution::Broken(mark) => return Some(mark.clone()),
            Resolution::Copy(_) => return None,
        };
        Some(format!("#{}", pointer.as_str().replace('%', "%25")))
    }

    /// Copies count like values that were read. Nothing if there are too many or they are too deep.
    fn count(&mut self, source: &Source<'_>) -> Option<()> {
        let context = &mut self.gatherer.context;
        let max_depth = context.budget.options.max_depth;
        let problem = match context.budget.take_nodes(1) {
            Err(message) => message,
            Ok(()) if source.depth > max_depth => crate::load::parse::too_deep(max_depth),
            Ok(()) => return Some(()),
        };
        if !self.is_full {
            self.is_full = true;
            let origin = self.origin(source);
            self.push(Diagnostic::new(Code::Limit, origin, problem));
        }
        None
    }

    fn origin(&self, source: &Source<'_>) -> Origin {
        let file = self.gatherer.files.get(source.file);
        let id = file.map_or(FileId::ENTRY, |file| file.id);
        Origin::new(id, source.at.clone())
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.gatherer.context.diagnostics.push(diagnostic);
    }
}

impl Source<'_> {
    fn below<'v>(&self, value: &'v Value, shape: Shape, at: Pointer) -> Source<'v> {
        Source {
            file: self.file,
            value,
            shape,
            at,
            depth: self.depth + 1,
        }
    }
}
