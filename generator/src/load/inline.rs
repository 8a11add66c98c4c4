//! Puts schemas in the place of the references to them, within the keywords that no type says and `validate` holds values
//! to (`not`, `if`, `contains` and their like): its reader follows no references. Of keywords that types say in part, such
//! as properties by pattern, a copy without references is put beside.
//!
//! What refers to itself, or comes to more than some hundred values, is left as it is, and is said to people alone.

use super::fragment::{lookup, tokens};
use super::sequential::{Sequence, sequence};
use super::{carrier, event_data};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Keywords whose references are replaced.
const HEADS: &[&str] = &["contains", "if", "not", "propertyNames"];

/// Keywords of which copies are made, where the first one stands.
const COPIED: &[(&str, &[&str])] = &[
    (
        "patternProperties",
        &["patternProperties", "additionalProperties"],
    ),
    ("prefixItems", &["prefixItems", "items"]),
    ("if", &["then", "else"]),
    ("dependentSchemas", &["dependentSchemas"]),
];

/// Keywords whose values are schemas by name: a name among them is no keyword.
const MAPS: &[&str] = &[
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
    "schemas",
];

/// Keywords whose values are data.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Keywords of a schema that is referred to which demand nothing where it is put.
const UNSAID: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// How many references are followed within each other.
const MOST_REFERENCES: usize = 8;

/// How deep what is put together may be.
const DEEPEST: usize = 64;

/// How many values one keyword may come to; it is a text in the client.
const LARGEST: usize = 400;

/// How many values all of them may come to.
const LARGEST_OF_ALL: usize = 100_000;

/// Replaces the references in these keywords.
pub(super) fn inline_references(root: &mut Value) {
    let mut search = Search {
        root,
        found: Vec::new(),
        left: LARGEST_OF_ALL,
    };
    search.visit(root, false, &mut Vec::new());
    let found = search.found;
    for (at, word, value) in found {
        match (word, root.pointer_mut(at.as_str())) {
            (None, Some(place)) => *place = value,
            (Some(word), Some(Value::Object(schema))) => carrier::keep_inlined(schema, word, value),
            _ => {}
        }
    }
}

/// A step on the way to a value: a pointer is only made when there is something to replace.
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

fn pointer(way: &[Step<'_>]) -> Pointer {
    way.iter().fold(Pointer::root(), |at, step| match step {
        Step::Key(key) => at.child(key),
        Step::Index(index) => at.index(*index),
    })
}

struct Search<'v> {
    root: &'v Value,
    /// Where a value belongs, or the schema that it belongs to as a copy of the keyword.
    found: Vec<(Pointer, Option<&'static str>, Value)>,
    left: usize,
}

impl<'v> Search<'v> {
    /// Looks for the keywords. The recursion follows the document, whose depth is limited.
    fn visit(&mut self, value: &'v Value, is_map: bool, way: &mut Vec<Step<'v>>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if item.is_object() || item.is_array() {
                        way.push(Step::Index(index));
                        self.visit(item, false, way);
                        way.pop();
                    }
                }
            }
            Value::Object(members) => {
                if !is_map {
                    self.copy(members, way);
                }
                for (key, member) in members {
                    let is_data =
                        !is_map && (DATA.contains(&key.as_str()) || key.starts_with("x-"));
                    if is_data || !(member.is_object() || member.is_array()) {
                        continue;
                    }
                    way.push(Step::Key(key));
                    if !is_map && HEADS.contains(&key.as_str()) {
                        self.replace(key, member, way);
                    } else {
                        self.visit(member, !is_map && MAPS.contains(&key.as_str()), way);
                    }
                    way.pop();
                }
            }
            _ => {}
        }
    }

    fn replace(&mut self, key: &str, value: &'v Value, way: &[Step<'_>]) {
        if !has_reference(value) {
            return;
        }
        let mut inliner = Inliner {
            root: self.root,
            left: LARGEST.min(self.left),
        };
        if let Some(mut whole) = inliner.schema(value, MAPS.contains(&key), 0, 0) {
            // The type of the keys of a map is the one that is referred to.
            if let ("propertyNames", Some(target)) = (key, value.get("$ref")) {
                carrier::keep_target(&mut whole, target.clone());
            }
            self.left -= LARGEST.min(self.left) - inliner.left;
            self.found.push((pointer(way), None, whole));
        }
    }

    fn copy(&mut self, object: &'v Map<String, Value>, way: &[Step<'_>]) {
        for (head, words) in COPIED {
            for word in words.iter().filter(|_| object.contains_key(*head)) {
                let Some(value) = object.get(*word).filter(|value| has_reference(value)) else {
                    continue;
                };
                let mut inliner = Inliner {
                    root: self.root,
                    left: LARGEST.min(self.left),
                };
                if let Some(whole) = inliner.schema(value, MAPS.contains(word), 0, 0) {
                    self.left -= LARGEST.min(self.left) - inliner.left;
                    self.found.push((pointer(way), Some(word), whole));
                }
            }
        }
        // Of a Media Type Object: what the data of its events are, which are described elsewhere.
        if let Some(events) = object.get("itemSchema")
            && let Some(Step::Key(media_type)) = way.last()
            && sequence(media_type) == Some(Sequence::Events)
            && let Some(data) = event_data::of_events(self.root, events)
        {
            self.found.push((pointer(way), Some("itemSchema"), data));
        }
    }
}

fn has_reference(value: &Value) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                if members.get("$ref").is_some_and(Value::is_string) {
                    return true;
                }
                open.extend(members.values());
            }
            _ => {}
        }
    }
    false
}

struct Inliner<'v> {
    root: &'v Value,
    /// How many values may still be put together.
    left: usize,
}

impl Inliner<'_> {
    /// The schema without references; `None` if it is too large, too deep, or refers to what is not to be found.
    fn schema(
        &mut self,
        value: &Value,
        is_map: bool,
        depth: usize,
        references: usize,
    ) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        match value {
            Value::Object(members) if !is_map => match members.get("$ref") {
                Some(Value::String(target)) => self.target(target, members, depth, references),
                _ => self.members(members, depth, references),
            },
            Value::Object(members) => {
                let named = members.iter().map(|(name, member)| {
                    Some((
                        name.clone(),
                        self.schema(member, false, depth + 1, references)?,
                    ))
                });
                Some(Value::Object(named.collect::<Option<Map<_, _>>>()?))
            }
            Value::Array(items) => {
                let mut items = items.iter();
                let items = items.try_fold(Vec::new(), |mut all, item| {
                    all.push(self.schema(item, false, depth + 1, references)?);
                    Some(all)
                });
                items.map(Value::Array)
            }
            plain => Some(plain.clone()),
        }
    }

    fn target(
        &mut self,
        target: &str,
        members: &Map<String, Value>,
        depth: usize,
        references: usize,
    ) -> Option<Value> {
        let tokens = tokens(target.strip_prefix('#')?).ok()?;
        let found = lookup(self.root, &tokens)?;
        // Within a schema that has a name of its own, references mean something else.
        if references == MOST_REFERENCES || found.get("$id").is_some() {
            return None;
        }
        let whole = self.schema(found, false, depth + 1, references + 1)?;
        let beside: Map<String, Value> = members
            .iter()
            .filter(|(key, _)| *key != "$ref" && !UNSAID.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if beside.is_empty() {
            return Some(whole);
        }
        let beside = self.members(&beside, depth + 1, references)?;
        Some(json!({ "allOf": [whole, beside] }))
    }

    fn members(
        &mut self,
        members: &Map<String, Value>,
        depth: usize,
        references: usize,
    ) -> Option<Value> {
        let mut all = Map::new();
        for (key, member) in members {
            let key = key.as_str();
            if references > 0 && (UNSAID.contains(&key) || key.starts_with("x-")) {
                continue;
            }
            let member = if DATA.contains(&key) {
                member.clone()
            } else {
                self.schema(member, MAPS.contains(&key), depth + 1, references)?
            };
            all.insert(key.to_owned(), member);
        }
        Some(Value::Object(all))
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::inline_references;
    use serde_json::{Value, json};

    fn inlined(mut document: Value) -> Value {
        inline_references(&mut document);
        document
    }

    #[test]
    fn a_schema_stands_where_it_is_referred_to() {
        let document = json!({
            "if": { "$ref": "#/$defs/a" }, "items": { "$ref": "#/$defs/a" },
            "$defs": { "a": { "description": "A.", "not": { "$ref": "#/$defs/b" } }, "b": { "minimum": 1 } },
        });
        let whole = inlined(document);
        assert_eq!(whole["if"], json!({ "not": { "minimum": 1 } }));
        assert_eq!(whole["items"], json!({ "$ref": "#/$defs/a" }));
        assert_eq!(whole["$defs"]["a"]["not"], json!({ "minimum": 1 }));
    }

    #[test]
    fn what_refers_to_itself_or_nowhere_is_left() {
        let document = json!({
            "not": { "$ref": "#/$defs/tree" }, "if": { "$ref": "#/nowhere" }, "then": { "$ref": "other.yaml" },
            "$defs": { "tree": { "items": { "$ref": "#/$defs/tree" } } },
        });
        assert_eq!(inlined(document.clone()), document);
    }

    #[test]
    fn names_and_data_are_no_keywords() {
        let document = json!({
            "properties": { "not": { "$ref": "#/$defs/a" } }, "example": { "not": { "$ref": "#/$defs/a" } },
            "$defs": { "a": { "type": "string" } },
        });
        assert_eq!(inlined(document.clone()), document);
    }
}
