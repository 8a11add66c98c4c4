//! Brings what other files hold into the entry document, before anything else is done with it.
//!
//! What a reference to another file leads to becomes a component of the document, once, under a name of its own; where
//! there are no components of its kind, a copy stands in the place of the reference. References are found along the
//! tables of the specification, so that a `$ref` in an example stays what it is. Every later step sees one document.

mod address;
mod addresses;
mod build;
mod follow;
mod identifiers;
mod names;
mod shapes;
mod sites;

pub(super) use address::{Address, normalize};
pub(super) use addresses::Addresses;

use super::budget::Budget;
use super::objects::{Kind, Shape};
use super::origins::Origins;
use super::read::{Found, Reader, Refusal};
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, Sources};
use build::Builder;
use identifiers::Identifiers;
use serde_json::Value;
use sites::{Base, Piece, Site, sites};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// A document with all that it refers to in other files.
pub(super) struct Gathered {
    pub(super) value: Value,
    /// Where what came from other files stands in them.
    pub(super) origins: Origins,
    /// References that lead nowhere and were reported.
    pub(super) broken: BTreeSet<String>,
    /// Where the files are.
    pub(super) addresses: Addresses,
}

/// Reads every file that the document leads to.
pub(super) fn gather(value: Value, version: Version, context: Context<'_, '_>) -> Option<Gathered> {
    let (address, found) = context.reader.entry();
    let entry = Loaded::new(
        FileId::ENTRY,
        value,
        address.clone(),
        version.has_identifiers(),
    );
    let mut gatherer = Gatherer {
        context,
        version,
        by_address: BTreeMap::from([(address, Ok(0))]),
        by_found: BTreeMap::from([(found, 0)]),
        by_id: BTreeMap::new(),
        files: Vec::new(),
        resolutions: BTreeMap::new(),
        units: Vec::new(),
        unit_of: BTreeMap::new(),
        waiting: VecDeque::new(),
        seen: BTreeSet::new(),
        broken: BTreeMap::new(),
        unknown: Vec::new(),
        has_failed: false,
    };
    gatherer.add_file(entry);
    gatherer.want(Place {
        file: 0,
        pointer: Pointer::root(),
        shape: Shape::Object(Kind::OpenApi),
    });
    gatherer.look_through_all();
    if gatherer.has_failed {
        return None;
    }
    Builder::new(gatherer).build()
}

/// What reading needs.
pub(super) struct Context<'c, 'o> {
    pub(super) reader: Reader<'o>,
    pub(super) budget: &'c mut Budget<'o>,
    pub(super) sources: &'c mut Sources,
    pub(super) diagnostics: &'c mut Diagnostics,
}

/// A file that was read.
struct Loaded {
    id: FileId,
    value: Rc<Value>,
    /// What references in it are relative to: its `$self` or where it is.
    base: Address,
    address: Address,
    identifiers: Identifiers,
    has_ids: bool,
}

impl Loaded {
    fn new(id: FileId, value: Value, address: Address, has_ids: bool) -> Self {
        let own = |key: &str| {
            let own = value.get(key).and_then(Value::as_str)?;
            address.join(own.split('#').next().unwrap_or_default()).ok()
        };
        let base = match has_ids {
            true => own("$self").or_else(|| own("$id")),
            false => None,
        };
        let base = base.unwrap_or_else(|| address.clone());
        let identifiers = match has_ids {
            true => Identifiers::of(&value, &base),
            false => Identifiers::default(),
        };
        Loaded {
            id,
            value: Rc::new(value),
            base,
            address,
            identifiers,
            has_ids,
        }
    }
}

/// A piece of a file, and as what it is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file: usize,
    pointer: Pointer,
    shape: Shape,
}

/// What becomes of a reference.
#[derive(Debug, Clone)]
enum Resolution {
    /// It leads to a place of the entry document.
    Entry(Pointer),
    /// It leads to what becomes a component.
    Unit(usize),
    /// What it leads to takes its place.
    Copy(Place),
    /// It leads nowhere, and is written so that later steps know.
    Broken(String),
}

struct Gatherer<'c, 'o> {
    context: Context<'c, 'o>,
    version: Version,
    files: Vec<Loaded>,
    by_address: BTreeMap<Address, Result<usize, Refusal>>,
    by_found: BTreeMap<Found, usize>,
    /// Files and schemas that have a name of their own.
    by_id: BTreeMap<Address, (usize, Pointer)>,
    resolutions: BTreeMap<Place, Resolution>,
    /// What becomes a component.
    units: Vec<Place>,
    unit_of: BTreeMap<Place, usize>,
    waiting: VecDeque<Place>,
    seen: BTreeSet<Place>,
    /// What was reported of a reference from a file.
    broken: BTreeMap<(usize, String), String>,
    /// References by an identifier that no file had that was read so far, each with its file.
    unknown: Vec<(usize, Site)>,
    /// Whether a file could not be understood, which was reported.
    has_failed: bool,
}

impl Gatherer<'_, '_> {
    fn add_file(&mut self, file: Loaded) -> usize {
        let index = self.files.len();
        if file.base != file.address {
            let root = (index, Pointer::root());
            self.by_id.entry(file.base.clone()).or_insert(root);
        }
        for (pointer, address) in &file.identifiers.resources {
            let place = (index, pointer.clone());
            self.by_id.entry(address.clone()).or_insert(place);
        }
        self.files.push(file);
        index
    }

    /// Has a piece looked through, unless it was.
    fn want(&mut self, place: Place) {
        if self.seen.insert(place.clone()) {
            self.waiting.push_back(place);
        }
    }

    fn look_through_all(&mut self) {
        loop {
            while let Some(place) = self.waiting.pop_front() {
                self.look_through(&place);
            }
            // Files that were read since may have what was not known before.
            let unknown = std::mem::take(&mut self.unknown);
            let (known, unknown): (Vec<_>, Vec<_>) = unknown
                .into_iter()
                .partition(|(_, site)| self.is_by_identifier(site));
            let is_last = known.is_empty();
            self.unknown = unknown;
            for (file, site) in known {
                self.resolve(file, site);
            }
            if is_last {
                break;
            }
        }
        for (file, site) in std::mem::take(&mut self.unknown) {
            self.resolve(file, site);
        }
        while let Some(place) = self.waiting.pop_front() {
            self.look_through(&place);
        }
    }

    fn look_through(&mut self, place: &Place) {
        let Some(file) = self.files.get(place.file) else {
            return;
        };
        let root = file.value.clone();
        let Some(value) = root.pointer(place.pointer.as_str()) else {
            return;
        };
        let base = file.identifiers.base(&place.pointer).unwrap_or_else(|| {
            Rc::new(Base {
                address: file.base.clone(),
                resource: Pointer::root(),
            })
        });
        let found = sites(&Piece {
            value,
            shape: place.shape,
            pointer: place.pointer.clone(),
            base,
            has_ids: file.has_ids,
            is_entry: place.file == 0,
        });
        for site in found {
            match self.is_known(&site) {
                true => self.resolve(place.file, site),
                false => self.unknown.push((place.file, site)),
            }
        }
    }

    fn resolve(&mut self, file: usize, site: Site) {
        if let Some(resolution) = self.follow(file, &site) {
            let place = Place {
                file,
                pointer: site.pointer,
                shape: site.shape,
            };
            self.resolutions.insert(place, resolution);
        }
    }

    fn report(&mut self, file: usize, site: &Site, code: Code, message: String) -> Diagnostic {
        let id = self.files.get(file).map_or(FileId::ENTRY, |file| file.id);
        let pointer = match site.key {
            Some(key) => site.pointer.child(key),
            None => site.pointer.clone(),
        };
        Diagnostic::new(code, Origin::new(id, pointer), message)
    }
}

#[cfg(test)]
mod tests;
