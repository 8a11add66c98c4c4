//! Holds a value to what a schema says that no type and no other demand does: conditions, exclusions, what an array
//! contains, names of properties (JSON Schema 2020-12, Core section 10 and Validation section 6).
//!
//! The schema is a text in the table of demands, made ready when it is first asked for. The generator writes only such
//! whose words are all here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Map;

use super::codec::Json;
use super::decimal::Decimal;
use super::distinct::{canonical, first_same};
use super::validate::Matcher;

thread_local! {
    /// The schemas that have been used, read once for each thread.
    static READY: RefCell<HashMap<&'static str, Rc<Json>>> = RefCell::default();
}

/// Whether a value keeps to a schema. A text that is no JSON demands nothing.
pub fn keeps(schema: &'static str, value: &Json, is_match: Matcher) -> bool {
    let ready = READY.with_borrow_mut(|ready| {
        let read = || Rc::new(serde_json::from_str(schema).unwrap_or_default());
        Rc::clone(ready.entry(schema).or_insert_with(read))
    });
    Check { is_match }.holds(&ready, value)
}

/// The recursion follows the schema, whose depth the generator limits.
struct Check {
    is_match: Matcher,
}

impl Check {
    fn holds(&self, schema: &Json, value: &Json) -> bool {
        match schema {
            Json::Object(words) => {
                let mut all = words.iter();
                all.all(|(word, demand)| self.keeps_to(word, demand, words, value))
            }
            other => *other != Json::Bool(false),
        }
    }

    /// Whether a value keeps to one word of a schema, which may speak of the words beside it.
    fn keeps_to(
        &self,
        word: &str,
        demand: &Json,
        beside: &Map<String, Json>,
        value: &Json,
    ) -> bool {
        match word {
            "type" => match demand {
                Json::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind)),
                kind => is_of(value, kind),
            },
            "const" => canonical(demand) == canonical(value),
            "enum" => list(demand)
                .iter()
                .any(|one| canonical(one) == canonical(value)),
            "not" => !self.holds(demand, value),
            "allOf" => list(demand).iter().all(|part| self.holds(part, value)),
            "anyOf" => list(demand).iter().any(|part| self.holds(part, value)),
            "oneOf" => {
                let fit = list(demand).iter().filter(|part| self.holds(part, value));
                fit.count() == 1
            }
            "if" => {
                let then = if self.holds(demand, value) {
                    "then"
                } else {
                    "else"
                };
                beside.get(then).is_none_or(|then| self.holds(then, value))
            }
            _ => match value {
                Json::Object(members) => self.keeps_object(word, demand, beside, members),
                Json::Array(items) => self.keeps_array(word, demand, beside, items),
                Json::String(text) => self.keeps_text(word, demand, text),
                Json::Number(_) => keeps_number(word, demand, value).unwrap_or(true),
                Json::Null | Json::Bool(_) => true,
            },
        }
    }

    fn keeps_object(
        &self,
        word: &str,
        demand: &Json,
        beside: &Map<String, Json>,
        members: &Map<String, Json>,
    ) -> bool {
        let has_all = |names: &Json| list(names).iter().all(|name| has(members, name));
        match word {
            "required" => has_all(demand),
            "properties" => entries(demand).all(|(name, schema)| {
                let member = members.get(name);
                member.is_none_or(|member| self.holds(schema, member))
            }),
            "patternProperties" => entries(demand).all(|(pattern, schema)| {
                let mut named = members
                    .iter()
                    .filter(|(name, _)| (self.is_match)(pattern, name));
                named.all(|(_, member)| self.holds(schema, member))
            }),
            "additionalProperties" => {
                let mut rest = members
                    .iter()
                    .filter(|(name, _)| !self.is_named(name, beside));
                rest.all(|(_, member)| self.holds(demand, member))
            }
            "propertyNames" => {
                let mut names = members.keys().map(|name| Json::from(name.as_str()));
                names.all(|name| self.holds(demand, &name))
            }
            "dependentRequired" => {
                let mut present = entries(demand).filter(|(name, _)| members.contains_key(*name));
                present.all(|(_, names)| has_all(names))
            }
            "dependentSchemas" => {
                let whole = Json::Object(members.clone());
                let mut present = entries(demand).filter(|(name, _)| members.contains_key(*name));
                present.all(|(_, schema)| self.holds(schema, &whole))
            }
            "minProperties" => size(demand).is_none_or(|min| members.len() >= min),
            "maxProperties" => size(demand).is_none_or(|max| members.len() <= max),
            _ => true,
        }
    }

    /// Whether the words beside `additionalProperties` speak of a property.
    fn is_named(&self, name: &str, beside: &Map<String, Json>) -> bool {
        let properties = beside
            .get("properties")
            .and_then(|properties| properties.get(name));
        let mut patterns = beside
            .get("patternProperties")
            .into_iter()
            .flat_map(entries);
        properties.is_some() || patterns.any(|(pattern, _)| (self.is_match)(pattern, name))
    }

    fn keeps_array(
        &self,
        word: &str,
        demand: &Json,
        beside: &Map<String, Json>,
        items: &[Json],
    ) -> bool {
        match word {
            "items" => {
                let first = beside
                    .get("prefixItems")
                    .map_or(0, |prefix| list(prefix).len());
                items
                    .iter()
                    .skip(first)
                    .all(|item| self.holds(demand, item))
            }
            "prefixItems" => {
                let mut pairs = list(demand).iter().zip(items);
                pairs.all(|(schema, item)| self.holds(schema, item))
            }
            "contains" => {
                let count = items.iter().filter(|item| self.holds(demand, item)).count();
                let limit = |word: &str| beside.get(word).and_then(size);
                count >= limit("minContains").unwrap_or(1)
                    && limit("maxContains").is_none_or(|max| count <= max)
            }
            "minItems" => size(demand).is_none_or(|min| items.len() >= min),
            "maxItems" => size(demand).is_none_or(|max| items.len() <= max),
            "uniqueItems" => *demand != Json::Bool(true) || first_same(items).is_none(),
            _ => true,
        }
    }

    fn keeps_text(&self, word: &str, demand: &Json, text: &str) -> bool {
        match word {
            "minLength" => size(demand).is_none_or(|min| text.chars().count() >= min),
            "maxLength" => size(demand).is_none_or(|max| text.chars().count() <= max),
            "pattern" => demand
                .as_str()
                .is_none_or(|pattern| (self.is_match)(pattern, text)),
            _ => true,
        }
    }
}

/// Whether a number keeps to a word; `None` where the word demands nothing of it.
fn keeps_number(word: &str, demand: &Json, value: &Json) -> Option<bool> {
    let limit = || Decimal::parse(&demand.as_number()?.to_string());
    let value = Decimal::parse(&value.as_number()?.to_string())?;
    Some(match word {
        "minimum" => value.compare(&limit()?).is_ge(),
        "exclusiveMinimum" => value.compare(&limit()?).is_gt(),
        "maximum" => value.compare(&limit()?).is_le(),
        "exclusiveMaximum" => value.compare(&limit()?).is_lt(),
        "multipleOf" => value.is_multiple_of(&limit()?),
        _ => return None,
    })
}

/// Whether a value is of a type, by the word of the specification.
fn is_of(value: &Json, kind: &Json) -> bool {
    match (kind.as_str().unwrap_or_default(), value) {
        ("null", Json::Null)
        | ("boolean", Json::Bool(_))
        | ("number", Json::Number(_))
        | ("string", Json::String(_))
        | ("array", Json::Array(_))
        | ("object", Json::Object(_)) => true,
        // 1.0 is an integer to JSON Schema.
        ("integer", Json::Number(number)) => {
            !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
        }
        _ => false,
    }
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn entries(value: &Json) -> impl Iterator<Item = (&String, &Json)> {
    value.as_object().into_iter().flatten()
}

fn has(members: &Map<String, Json>, name: &Json) -> bool {
    name.as_str().is_some_and(|name| members.contains_key(name))
}

/// A count; one that no value reaches is none.
fn size(value: &Json) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}
