//! Makes every reference lead to a component of the right kind.
//!
//! A reference may lead to any place of the document. What is referred to elsewhere than in `components` is moved there
//! under a name of its own, and the place it was taken from refers to it, too, so that it stays one type. What leads
//! nowhere is reported; decoding then leaves it out. Nothing but the document itself is ever looked at.

mod meant;
mod resolve;
mod sites;

use super::fragment;
use super::objects::Kind;
use super::origins::Origins;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Pointer;
pub(super) use resolve::derived_name;
use resolve::{Target, resolve};
use serde_json::{Map, Value};
use sites::{Site, sites};
use std::collections::{BTreeMap, BTreeSet};

/// What bundling found out, for decoding to go by.
#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) broken: Broken,
    /// Where the components that were moved came from.
    pub(super) origins: Origins,
}

/// References that lead to nothing of use and were reported.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// Those that other files left.
    anywhere: BTreeSet<String>,
    /// Those that are broken where an object of this kind must stand; elsewhere they may be right.
    of_kind: BTreeSet<(Kind, String)>,
}

impl Broken {
    pub(super) fn holds(&self, kind: Kind, target: &str) -> bool {
        self.anywhere.contains(target) || self.of_kind.contains(&(kind, target.to_owned()))
    }
}

/// How often the document is looked through: what is moved can hold references of its own that were out of sight before.
const ROUNDS: usize = 32;

/// Bundles a document, some of whose places may have been moved before, and some of whose references were reported.
pub(super) fn bundle(
    value: &mut Value,
    origins: Origins,
    anywhere: BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Bundle {
    let broken = Broken {
        anywhere,
        of_kind: BTreeSet::new(),
    };
    let mut bundler = Bundler {
        bundle: Bundle { broken, origins },
        names: BTreeMap::new(),
        used: BTreeSet::new(),
        numbers: BTreeMap::new(),
        diagnostics,
    };
    for _ in 0..ROUNDS {
        let sites = sites(value, &bundler.bundle.broken);
        if sites.is_empty() {
            break;
        }
        bundler.round(value, sites);
    }
    // What is left after so many rounds refers to itself in a way that never ends.
    for site in sites(value, &bundler.bundle.broken) {
        let message = format!("`{}` leads in a circle", site.target);
        bundler.refuse(Code::CircularReference, &site, message, true);
    }
    bundler.break_circles(value);
    bundler.bundle
}

struct Bundler<'d> {
    bundle: Bundle,
    /// The names under which places were moved to the components, by pointer.
    names: BTreeMap<String, String>,
    /// The names that are used up in a section.
    used: BTreeSet<(&'static str, String)>,
    /// The next number for each name that several places would have.
    numbers: BTreeMap<(&'static str, String), usize>,
    diagnostics: &'d mut Diagnostics,
}

impl Bundler<'_> {
    fn round(&mut self, value: &mut Value, sites: Vec<Site>) {
        let mut moves: BTreeMap<String, (Kind, String, bool)> = BTreeMap::new();
        let mut inlined = Vec::new();
        let mut rewritten = Vec::new();
        let mut replaced = Vec::new();
        for site in sites {
            match resolve(value, &site) {
                Target::Component(name) => {
                    rewritten.push((site.pointer, reference(site.kind, &name)));
                }
                Target::Elsewhere { pointer, .. } if site.kind == Kind::PathItem => {
                    inlined.push((site, pointer));
                }
                Target::Elsewhere {
                    pointer,
                    is_movable,
                } => {
                    // What was moved in an earlier round is a reference to itself by now, or a copy that refers to itself.
                    let is_moved = self.names.contains_key(pointer.as_str())
                        && !moves.contains_key(pointer.as_str());
                    let name = self.name(value, site.kind, &pointer);
                    rewritten.push((site.pointer, reference(site.kind, &name)));
                    if !is_moved {
                        moves
                            .entry(pointer.as_str().to_owned())
                            .or_insert((site.kind, name, is_movable));
                    }
                }
                Target::Deeper { pointer, message } => {
                    self.repaired(&site, message);
                    // A fragment is percent-encoded (RFC 6901, section 6).
                    let fragment = pointer.as_str().replace('%', "%25");
                    rewritten.push((site.pointer, format!("#{fragment}")));
                }
                Target::Around { object, message } => {
                    self.repaired(&site, message);
                    replaced.push((site.pointer, object));
                }
                Target::Broken { message, is_error } => {
                    let code = Code::UnresolvedReference;
                    self.refuse(code, &site, message, is_error);
                }
            }
        }
        for (pointer, reference) in rewritten {
            if let Some(place) = value.pointer_mut(pointer.as_str())
                && let Some(place) = place.get_mut("$ref")
            {
                *place = Value::String(reference);
            }
        }
        for (pointer, object) in replaced {
            if let Some(place) = value.pointer_mut(pointer.as_str()) {
                *place = Value::Object(object);
            }
        }
        // A longer pointer may lie inside of a shorter one, and is moved first.
        let mut moves: Vec<_> = moves.into_iter().collect();
        moves.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.len()));
        for (pointer, (kind, name, is_movable)) in moves {
            self.hoist(
                value,
                &Pointer::from_escaped(&pointer),
                kind,
                &name,
                is_movable,
            );
        }
        for (site, target) in inlined {
            self.inline(value, &site, &target);
        }
    }

    /// Moves a place to the components, or copies it from where no reference may stand.
    fn hoist(
        &mut self,
        value: &mut Value,
        pointer: &Pointer,
        kind: Kind,
        name: &str,
        is_movable: bool,
    ) {
        let Some(section) = kind.section() else {
            return;
        };
        let Some(place) = value.pointer_mut(pointer.as_str()) else {
            return;
        };
        let content = if is_movable {
            let mut object = Map::new();
            object.insert("$ref".to_owned(), Value::String(reference(kind, name)));
            std::mem::replace(place, Value::Object(object))
        } else {
            place.clone()
        };
        let Some(components) = member(value, "components") else {
            return;
        };
        let Some(section_map) = components
            .as_object_mut()
            .map(|_| ())
            .and_then(|()| member(components, section))
        else {
            return;
        };
        if let Some(section_map) = section_map.as_object_mut() {
            section_map.insert(name.to_owned(), content);
        }
        let canonical = Pointer::root()
            .child("components")
            .child(section)
            .child(name);
        self.bundle.origins.copy(pointer, &canonical);
    }

    /// Puts a copy of a path item in the place of a reference to it, as there is no section of components for them.
    fn inline(&mut self, value: &mut Value, site: &Site, target: &Pointer) {
        let Some(copy) = value.pointer(target.as_str()).cloned() else {
            return;
        };
        let (Value::Object(copy), Some(Value::Object(place))) =
            (copy, value.pointer_mut(site.pointer.as_str()))
        else {
            return;
        };
        place.remove("$ref");
        for (key, member) in copy {
            if !place.contains_key(&key) {
                let to = site.pointer.child(&key);
                self.bundle.origins.copy(&target.child(&key), &to);
                place.insert(key, member);
            }
        }
    }

    fn name(&mut self, value: &Value, kind: Kind, pointer: &Pointer) -> String {
        if let Some(name) = self.names.get(pointer.as_str()) {
            return name.clone();
        }
        let section = kind.section().unwrap_or_default();
        let taken = value
            .pointer(&format!("/components/{section}"))
            .and_then(Value::as_object);
        let base = derived_name(pointer);
        let number = self.numbers.entry((section, base.clone())).or_insert(2);
        let mut name = base.clone();
        while taken.is_some_and(|taken| taken.contains_key(&name))
            || self.used.contains(&(section, name.clone()))
        {
            name = format!("{base}_{number}");
            *number += 1;
        }
        self.used.insert((section, name.clone()));
        self.names.insert(pointer.as_str().to_owned(), name.clone());
        name
    }

    fn repaired(&mut self, site: &Site, message: String) {
        let origin = self.bundle.origins.origin(&site.pointer.child("$ref"));
        self.diagnostics
            .push(Diagnostic::new(Code::UnresolvedReference, origin, message));
    }

    fn refuse(&mut self, code: Code, site: &Site, message: String, is_error: bool) {
        let origin = self.bundle.origins.origin(&site.pointer.child("$ref"));
        let diagnostic = Diagnostic::new(code, origin, message);
        self.diagnostics.push(match is_error {
            true => diagnostic.error(),
            false => diagnostic,
        });
        let broken = (site.kind, site.target.clone());
        self.bundle.broken.of_kind.insert(broken);
    }

    /// Finds components that are nothing but references to each other.
    fn break_circles(&mut self, value: &mut Value) {
        for field in Kind::Components.table().fields {
            let pointer = Pointer::root().child("components").child(field.name);
            let Some(Value::Object(section)) = value.pointer_mut(pointer.as_str()) else {
                continue;
            };
            let next = |section: &Map<String, Value>, name: &str| -> Option<String> {
                let target = section.get(name)?.get("$ref")?.as_str()?;
                component_name(target, field.name)
            };
            let names: Vec<String> = section.keys().cloned().collect();
            let mut seen = BTreeSet::new();
            for name in names {
                let Some(circle) = circle(&name, &mut seen, |name| next(section, name)) else {
                    continue;
                };
                let name = circle.first().cloned().unwrap_or(name);
                let at = |name: &str| self.bundle.origins.origin(&pointer.child(name));
                let mut diagnostic = Diagnostic::new(
                    Code::CircularReference,
                    at(&name),
                    format!("`{name}` refers to itself and never to an object"),
                )
                .help("write the object out in one of the places");
                for other in circle.iter().filter(|other| **other != name) {
                    diagnostic = diagnostic.label(at(other), "through this reference");
                }
                self.diagnostics.push(diagnostic);
                if let Some(place) = section.get_mut(&name) {
                    *place = Value::Object(Map::new());
                }
            }
        }
    }
}

/// The names in the circle that the references of a name lead to, unless they lead to what was seen before.
fn circle(
    name: &str,
    seen: &mut BTreeSet<String>,
    next: impl Fn(&str) -> Option<String>,
) -> Option<Vec<String>> {
    let mut way = Vec::new();
    let mut places = BTreeMap::new();
    let mut at = name.to_owned();
    while seen.insert(at.clone()) {
        places.insert(at.clone(), way.len());
        way.push(at.clone());
        at = next(&at)?;
    }
    let start = places.get(&at)?;
    Some(way.split_off(*start))
}

/// A reference in its canonical form: `~` and `/` are escaped in the name and nothing else is.
fn reference(kind: Kind, name: &str) -> String {
    let section = kind.section().unwrap_or_default();
    let pointer = Pointer::root()
        .child("components")
        .child(section)
        .child(name);
    format!("#{pointer}")
}

/// The name of the component that a reference in canonical form leads to.
fn component_name(target: &str, section: &str) -> Option<String> {
    let name = target
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    if name.contains('/') {
        return None;
    }
    fragment::unescape(name)
}

/// A member of an object, which is made if it is not there.
fn member<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let object = value.as_object_mut()?;
    if !object.get(key).is_some_and(Value::is_object) {
        object.insert(key.to_owned(), Value::Object(Map::new()));
    }
    object.get_mut(key)
}
