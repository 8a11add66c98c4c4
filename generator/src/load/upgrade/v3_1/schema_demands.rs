//! Keywords that no type says: conditions, exclusions, what an array contains, the names of properties. They are carried
//! as they are, for `validate` and for people.

use super::schema_keys;
use crate::diagnostic::Code;
use crate::load::upgrade::Upgrade;
use crate::load::{carrier, is_readable};
use crate::source::Pointer;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// Keywords that belong together, the first of which says something alone.
const GROUPS: &[&[&str]] = &[
    &["if", "then", "else"],
    &["dependentSchemas"],
    &["dependentRequired"],
    &["contains", "minContains", "maxContains"],
    &["propertyNames"],
    &["not"],
];

/// Takes the keywords out and carries them.
pub(super) fn carry(upgrade: &mut Upgrade<'_>, schema: &mut Map<String, Value>, at: &Pointer) {
    split_dependencies(schema);
    let has_keys = schema_keys::find(schema).is_some();
    let mut conditional = Vec::new();
    for group in GROUPS {
        let (mut words, mut branches) = (Map::new(), Vec::new());
        for word in *group {
            let Some(mut value) = schema.shift_remove(*word) else {
                continue;
            };
            carrier::take_target(&mut value);
            let copy = carrier::take_inlined(schema, word).unwrap_or_else(|| value.clone());
            words.insert((*word).to_owned(), copy);
            let place = at.child(word);
            match *word {
                "then" | "else" => branches.push((place, value)),
                "dependentSchemas" => branches.extend(members(&place, value)),
                _ => {}
            }
        }
        let Some(head) = group.first().filter(|head| words.contains_key(**head)) else {
            continue;
        };
        if *head == "propertyNames" && !says_more_than_text(words.get(*head)) {
            continue;
        }
        conditional.extend(branches);
        let is_checked = is_readable(&Value::Object(words.clone()));
        if *head == "not" && !is_checked {
            // What it refers to is a schema of its own, and lowering says what becomes of it.
            schema.extend(words);
            continue;
        }
        // The type of a map says its keys; `validate`, that they are known ones.
        if !(has_keys && *head == "propertyNames" && is_checked) {
            say(upgrade, &at.child(head), head, is_checked);
        }
        carrier::add_demand(schema, words, is_checked);
    }
    add_conditional(upgrade, schema, conditional, at);
}

fn members(place: &Pointer, schemas: Value) -> Vec<(Pointer, Value)> {
    match schemas {
        Value::Object(schemas) => {
            let schemas = schemas.into_iter();
            schemas
                .map(|(name, schema)| (place.child(&name), schema))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Says what becomes of a keyword that the types do not say.
pub(super) fn say(upgrade: &mut Upgrade<'_>, at: &Pointer, word: &str, is_checked: bool) {
    if is_checked {
        let message = format!("no type says `{word}`: `validate` holds values to it");
        upgrade.note(at, message);
    } else {
        let message = format!(
            "`{word}` is not carried into the types, and `validate` cannot follow the references in it: it is said in the documentation alone"
        );
        upgrade.warn(Code::NotSupported, at, message);
    }
}

/// Before 2019-09, one keyword said what two say since.
fn split_dependencies(schema: &mut Map<String, Value>) {
    let Some(Value::Object(dependencies)) = schema.shift_remove("dependencies") else {
        return;
    };
    for (name, needed) in dependencies {
        let word = match needed {
            Value::Array(_) => "dependentRequired",
            _ => "dependentSchemas",
        };
        let map = schema
            .entry(word)
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = map {
            map.insert(name, needed);
        }
    }
}

/// Names of properties are strings anyway.
fn says_more_than_text(names: Option<&Value>) -> bool {
    match names {
        Some(Value::Bool(flag)) => !flag,
        Some(Value::Object(names)) => names.iter().any(|(key, value)| match key.as_str() {
            "type" => value != "string",
            "description" | "title" | "$comment" | "example" | "examples" => false,
            _ => true,
        }),
        _ => true,
    }
}

/// Adds the properties that stand under a condition and not in the schema itself. Where the condition does not hold they
/// may have any value, so their type has one for what the branches do not say. What parts of an allOf say is not looked
/// for.
fn add_conditional(
    upgrade: &mut Upgrade<'_>,
    schema: &mut Map<String, Value>,
    branches: Vec<(Pointer, Value)>,
    at: &Pointer,
) {
    let others = ["allOf", "oneOf", "anyOf", "$ref"];
    if others.iter().any(|word| schema.contains_key(*word)) {
        return;
    }
    let known = schema.get("properties").and_then(Value::as_object);
    let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
    let mut found: IndexMap<String, Vec<(Pointer, Value)>> = IndexMap::new();
    for (place, mut branch) in branches {
        let Some(Value::Object(properties)) = branch
            .as_object_mut()
            .and_then(|branch| branch.shift_remove("properties"))
        else {
            continue;
        };
        let place = place.child("properties");
        for (name, property) in properties {
            let says_more = property.as_object().is_some_and(|words| !words.is_empty());
            if says_more && !is_known(&name) {
                let all = found.entry(name.clone()).or_default();
                if !all.iter().any(|(_, known)| *known == property) {
                    all.push((place.child(&name), property));
                }
            }
        }
    }
    for (name, all) in found {
        let to = at.child("properties").child(&name);
        let mut variants = Vec::new();
        for (from, variant) in all {
            let message = format!(
                "the property `{name}` stands only under a condition: the type has it, and takes any other value there too"
            );
            upgrade.note(&from, message);
            upgrade.moved(&from, &to.child("anyOf").index(variants.len()));
            variants.push(variant);
        }
        let mut property = json!({ "anyOf": variants });
        carrier::mark_open(&mut property);
        let properties = schema
            .entry("properties")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(properties) = properties {
            properties.insert(name, property);
        }
    }
}
