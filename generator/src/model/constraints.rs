//! What a schema demands of a value beyond its type.

use super::Prose;
use indexmap::IndexSet;
use serde_json::{Number, Value};
use std::hash::Hash;

/// What a schema demands beyond its type (JSON Schema Validation, section 6). All of it must hold of values that it
/// speaks of: a length of texts, a number of items of arrays.
#[derive(Debug, Clone, Default, PartialEq, Hash)]
pub struct Constraints {
    /// How many characters a text may have: Unicode code points.
    pub length: Sizes,
    /// Regular expressions of ECMA 262, each of which a text must match somewhere.
    pub patterns: Vec<Prose>,
    /// The `format` of a text, as the document spells it.
    pub format: Option<Prose>,
    /// The lower bound, and whether it is excluded.
    pub minimum: Option<(Number, bool)>,
    /// The upper bound, and whether it is excluded.
    pub maximum: Option<(Number, bool)>,
    /// What a number must be a multiple of, each of them.
    pub multiple_of: Vec<Number>,
    /// The numbers or booleans that are listed; empty where any may come. Other lists are types of their own.
    pub listed: Vec<Value>,
    /// How many items an array may have.
    pub items: Sizes,
    /// Whether items must differ.
    pub unique_items: bool,
    /// How many properties an object may have.
    pub properties: Sizes,
    /// What is demanded of each item of an array, or of each value of a map.
    pub each: Option<Box<Constraints>>,
    /// What else must hold, in the words of JSON Schema.
    pub schemas: Vec<SchemaDemand>,
}

/// Words of JSON Schema 2020-12 that no type and no other constraint says: `if`, `not`, `contains` and their like.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SchemaDemand {
    /// A schema of these words alone.
    pub schema: Value,
    /// Whether values can be held to it; if not, it is said to people alone.
    pub is_checked: bool,
}

/// The sizes that are allowed, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Sizes {
    /// The smallest.
    pub min: Option<u64>,
    /// The largest.
    pub max: Option<u64>,
}

impl Constraints {
    /// Whether nothing is demanded. A format is said, not demanded.
    pub fn is_empty(&self) -> bool {
        let said = Constraints {
            format: self.format.clone(),
            schemas: self.schemas.clone(),
            ..Constraints::default()
        };
        if self.checked_schemas().next().is_some() {
            return false;
        }
        *self == said
    }

    /// Demands all that `more` demands too.
    pub fn add(&mut self, more: &Constraints) {
        self.gather(more);
        self.settle();
    }

    /// As [`Constraints::add`] without looking for what is demanded twice, which [`Constraints::settle`] does for all that
    /// was gathered.
    pub fn gather(&mut self, more: &Constraints) {
        self.length.add(more.length);
        self.items.add(more.items);
        self.properties.add(more.properties);
        self.unique_items |= more.unique_items;
        tighten(&mut self.minimum, &more.minimum, |new, old| new > old);
        tighten(&mut self.maximum, &more.maximum, |new, old| new < old);
        self.patterns.extend_from_slice(&more.patterns);
        self.multiple_of.extend_from_slice(&more.multiple_of);
        self.listed.extend_from_slice(&more.listed);
        self.schemas.extend_from_slice(&more.schemas);
        if self.format.is_none() {
            self.format.clone_from(&more.format);
        }
        if let Some(more) = &more.each {
            self.each.get_or_insert_default().gather(more);
        }
    }

    /// Takes away what is demanded twice.
    pub fn settle(&mut self) {
        keep_first(&mut self.patterns);
        keep_first(&mut self.multiple_of);
        keep_first(&mut self.listed);
        keep_first(&mut self.schemas);
        if let Some(each) = &mut self.each {
            each.settle();
        }
    }

    /// What is demanded, in words without text of the document: bounds, steps and sizes. Patterns and formats are text
    /// of the document and left to whoever can show that.
    pub fn phrases(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        if !self.listed.is_empty() {
            let listed: Vec<String> = self.listed.iter().map(Value::to_string).collect();
            phrases.push(match listed.as_slice() {
                [only] => format!("only {only}"),
                listed => format!("one of {}", listed.join(", ")),
            });
        }
        phrases.extend(self.range());
        for step in &self.multiple_of {
            phrases.push(format!("multiple of {step}"));
        }
        phrases.extend(self.length.phrase("character", "characters"));
        phrases.extend(self.items.phrase("item", "items"));
        if self.unique_items {
            phrases.push("all items differ".to_owned());
        }
        phrases.extend(self.properties.phrase("property", "properties"));
        if let Some(each) = &self.each {
            let of_each = each.phrases();
            phrases.extend(of_each.iter().map(|phrase| format!("each: {phrase}")));
        }
        phrases
    }

    /// Every pattern, those of items after those of the whole.
    pub fn all_patterns(&self) -> Vec<&Prose> {
        let mut patterns: Vec<&Prose> = self.patterns.iter().collect();
        if let Some(each) = &self.each {
            patterns.extend(each.all_patterns());
        }
        patterns
    }

    /// The schemas that values can be held to.
    pub fn checked_schemas(&self) -> impl Iterator<Item = &Value> {
        let checked = self.schemas.iter().filter(|demand| demand.is_checked);
        checked.map(|demand| &demand.schema)
    }

    /// Every demand in words of JSON Schema, those of items after those of the whole.
    pub fn all_schemas(&self) -> Vec<&SchemaDemand> {
        let mut schemas: Vec<&SchemaDemand> = self.schemas.iter().collect();
        if let Some(each) = &self.each {
            schemas.extend(each.all_schemas());
        }
        schemas
    }

    fn range(&self) -> Option<String> {
        let low = self.minimum.as_ref().map(|(bound, excluded)| {
            let words = if *excluded { "more than" } else { "at least" };
            format!("{words} {bound}")
        });
        let high = self.maximum.as_ref().map(|(bound, excluded)| {
            let words = if *excluded { "less than" } else { "at most" };
            format!("{words} {bound}")
        });
        match (&self.minimum, &self.maximum) {
            (Some((low, false)), Some((high, false))) => Some(format!("from {low} to {high}")),
            _ => match (low, high) {
                (Some(low), Some(high)) => Some(format!("{low}, {high}")),
                (low, high) => low.or(high),
            },
        }
    }
}

impl Sizes {
    /// Allows only what `more` allows too.
    fn add(&mut self, more: Sizes) {
        self.min = self.min.max(more.min);
        self.max = match (self.max, more.max) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    /// Whether a size is allowed.
    pub fn allow(&self, size: u64) -> bool {
        self.min.is_none_or(|min| size >= min) && self.max.is_none_or(|max| size <= max)
    }

    fn phrase(self, one: &str, many: &str) -> Option<String> {
        let counted = |count: u64| format!("{count} {}", if count == 1 { one } else { many });
        match (self.min.filter(|min| *min > 0), self.max) {
            (None, None) => None,
            (Some(min), None) => Some(format!("at least {}", counted(min))),
            (None, Some(max)) => Some(format!("at most {}", counted(max))),
            (Some(min), Some(max)) if min == max => Some(format!("exactly {}", counted(min))),
            (Some(min), Some(max)) => Some(format!("{min} to {}", counted(max))),
        }
    }
}

/// Takes a bound that is tighter, or as tight and excluded.
fn tighten(
    bound: &mut Option<(Number, bool)>,
    more: &Option<(Number, bool)>,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some((new, is_excluded)) = more else {
        return;
    };
    let replaces = match bound {
        None => true,
        Some((old, was_excluded)) => match (new.as_f64(), old.as_f64()) {
            (Some(new), Some(old)) if new == old => *is_excluded && !*was_excluded,
            (Some(new), Some(old)) => is_tighter(new, old),
            _ => false,
        },
    };
    if replaces {
        *bound = Some((new.clone(), *is_excluded));
    }
}

/// Keeps the first of those that are the same.
fn keep_first<T: Eq + Hash>(list: &mut Vec<T>) {
    if list.len() > 1 {
        let different: IndexSet<T> = list.drain(..).collect();
        list.extend(different);
    }
}

#[cfg(test)]
mod tests {
    use super::{Constraints, Sizes};
    use serde_json::Number;

    fn sizes(min: Option<u64>, max: Option<u64>) -> Sizes {
        Sizes { min, max }
    }

    #[test]
    fn what_is_added_holds_too() {
        let mut one = Constraints {
            minimum: Some((Number::from(1), false)),
            maximum: Some((Number::from(10), false)),
            length: sizes(Some(1), None),
            ..Constraints::default()
        };
        one.add(&Constraints {
            minimum: Some((Number::from(1), true)),
            maximum: Some((Number::from(20), true)),
            length: sizes(None, Some(5)),
            ..Constraints::default()
        });
        assert_eq!(one.minimum, Some((Number::from(1), true)));
        assert_eq!(one.maximum, Some((Number::from(10), false)));
        assert_eq!(one.length, sizes(Some(1), Some(5)));
    }

    #[test]
    fn demands_are_short_to_read() {
        let demands = Constraints {
            minimum: Some((Number::from(0), true)),
            maximum: Some((Number::from(9), false)),
            length: sizes(Some(8), Some(8)),
            items: sizes(None, Some(1)),
            unique_items: true,
            properties: sizes(Some(1), Some(3)),
            each: Some(Box::new(Constraints {
                length: sizes(Some(2), None),
                ..Constraints::default()
            })),
            ..Constraints::default()
        };
        let phrases = [
            "more than 0, at most 9",
            "exactly 8 characters",
            "at most 1 item",
            "all items differ",
            "1 to 3 properties",
            "each: at least 2 characters",
        ];
        assert_eq!(demands.phrases(), phrases);
    }
}
