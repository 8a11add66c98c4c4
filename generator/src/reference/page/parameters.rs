//! Parameters that many operations take, each described once.

use super::docs_cell;
use super::schema::{restrictions, type_cell};
use crate::model::{Access, Api, Parameter, ParameterLocation};
use crate::reference::encode::{Anchor, Cell, FrontMatter, Inline};
use crate::reference::links::Links;
use serde::Serialize;
use std::collections::HashMap;

/// What `pages/parameters.md.jinja` is given.
#[derive(Serialize)]
pub struct ParametersView {
    front: Option<FrontMatter>,
    parameters: Vec<ParameterView>,
}

#[derive(Serialize)]
struct ParameterView {
    anchor: Anchor,
    name: Inline,
    place: Inline,
    ty: Cell,
    restrictions: Option<Cell>,
    description: Cell,
}

/// A description that stands on fewer pages stands there alone.
const FEWEST: usize = 3;

/// A description with fewer bytes is not worth a link.
const SHORTEST: usize = 160;

/// Parameters that are the same for many operations: of one place, name and description.
#[derive(Default)]
pub struct Shared<'a> {
    anchors: HashMap<Key<'a>, Anchor>,
    /// One of each, in the order of the document.
    list: Vec<&'a Parameter>,
}

type Key<'a> = (ParameterLocation, &'a str, &'a str);

fn key(parameter: &Parameter) -> Option<Key<'_>> {
    let description = parameter.docs.description.as_ref()?.as_str();
    let is_long = description.len() >= SHORTEST;
    is_long.then(|| (parameter.location, parameter.name.as_str(), description))
}

impl<'a> Shared<'a> {
    /// Finds them.
    pub fn find(api: &'a Api) -> Self {
        let mut counts: HashMap<Key<'a>, usize> = HashMap::new();
        let mut shared = Shared::default();
        let operations = api.operations.iter();
        for parameter in operations.flat_map(|(_, operation)| &operation.parameters) {
            let Some(key) = key(parameter) else {
                continue;
            };
            let count = counts.entry(key).or_default();
            *count += 1;
            if *count == FEWEST {
                let number = shared.list.len();
                let name = format!("{}-{}-{number}", key.0.as_str(), key.1);
                shared.anchors.insert(key, Anchor::new(&name));
                shared.list.push(parameter);
            }
        }
        shared
    }

    /// Where a parameter is described, if it is shared.
    pub fn anchor<'s>(&'s self, parameter: &'s Parameter) -> Option<&'s Anchor> {
        self.anchors.get(&key(parameter)?)
    }

    /// Makes the view of their page.
    pub fn page(&self, links: Links<'_>) -> ParametersView {
        let view = |parameter: &&Parameter| {
            let facts = restrictions(&parameter.constraints, &parameter.presence, Access::Both);
            Some(ParameterView {
                anchor: self.anchor(parameter)?.clone(),
                name: Inline::code(parameter.name.as_str()),
                place: Inline::own(parameter.location.as_str()),
                ty: type_cell(links, &parameter.ty),
                restrictions: (!facts.is_empty()).then(|| Cell::join(facts, ", ")),
                description: docs_cell(&parameter.docs, false),
            })
        };
        ParametersView {
            front: links.front("Parameters", None),
            parameters: self.list.iter().filter_map(view).collect(),
        }
    }
}
