//! What each of several objects has that no other of them has.

use super::Test;
use super::profile::{Kinds, Object, Property};
use std::collections::HashMap;

/// A set of properties that more objects than this may have in part is not tried, since each of them is looked at.
const MOST_HOLDERS: usize = 1_000;

/// Objects that a value may be one of, with an index of their properties: each is compared with all others at once.
pub(super) struct Rivals<'o> {
    objects: Vec<&'o Object>,
    holders: HashMap<&'o str, Holders<'o>>,
}

/// The objects that have a property.
#[derive(Default)]
struct Holders<'o> {
    /// By their positions.
    objects: Vec<usize>,
    /// How many of them list each value.
    constants: HashMap<&'o str, usize>,
    /// The JSON types of those that list none.
    unlisted: Kinds,
}

impl<'o> Rivals<'o> {
    /// The index of objects.
    pub(super) fn new(objects: impl Iterator<Item = &'o Object>) -> Self {
        let objects: Vec<&'o Object> = objects.collect();
        let mut holders: HashMap<&'o str, Holders<'o>> = HashMap::new();
        for (position, object) in objects.iter().enumerate() {
            for (name, property) in &object.properties {
                let held = holders.entry(name).or_default();
                held.objects.push(position);
                match &property.constants {
                    Some(constants) => {
                        for constant in constants.iter() {
                            *held.constants.entry(constant).or_default() += 1;
                        }
                    }
                    None => held.unlisted.add(property.kinds),
                }
            }
        }
        Rivals { objects, holders }
    }

    /// A test that every value of the object at a position passes and no value of the others does.
    pub(super) fn sure_test(&self, position: usize) -> Option<Test> {
        let object = self.objects.get(position)?;
        let required = || {
            let properties = object.properties.iter();
            properties.filter(|(_, property)| property.is_required)
        };
        for (name, property) in required() {
            if let Some(values) = self.own_values(name, property) {
                return Some(Test::Is(name.clone(), values));
            }
        }
        for (name, _) in required() {
            if self.holders.get(name.as_str())?.objects.len() == 1 {
                return Some(Test::Has(vec![name.clone()]));
            }
        }
        let all: Vec<String> = required().map(|(name, _)| name.clone()).collect();
        let is_sure = !all.is_empty() && all.len() <= 8 && !self.another_has_all(position, &all);
        is_sure.then_some(Test::Has(all))
    }

    /// The values of a property, if no other object may have one of them.
    fn own_values(&self, name: &str, property: &Property) -> Option<Vec<String>> {
        let constants = property.constants.as_ref()?;
        let holders = self.holders.get(name)?;
        let is_own = |constant: &String| holders.constants.get(constant.as_str()) == Some(&1);
        let are_own = !constants.is_empty()
            && !holders.unlisted.meets(property.kinds)
            && constants.iter().all(is_own);
        are_own.then(|| constants.iter().cloned().collect())
    }

    fn another_has_all(&self, position: usize, all: &[String]) -> bool {
        let holders = all
            .iter()
            .filter_map(|name| self.holders.get(name.as_str()));
        let rarest = holders.min_by_key(|holders| holders.objects.len());
        let Some(rarest) = rarest.filter(|rarest| rarest.objects.len() <= MOST_HOLDERS) else {
            return true;
        };
        let others = rarest.objects.iter().filter(|other| **other != position);
        let has_all = |other: &Object| all.iter().all(|name| other.properties.contains_key(name));
        others
            .filter_map(|other| self.objects.get(*other))
            .any(|other| has_all(other))
    }
}
