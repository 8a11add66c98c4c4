//! Keywords that no type says: conditions, exclusions, what an array contains, the names of properties. They are carried
//! as they are, for `validate` and for people.

use super::schema_keys;
use crate::diagnostic::Code;
use crate::load::upgrade::Upgrade;
use crate::load::{carrier, is_readable};
use crate::source::Pointer;
use serde_json::{Map, Value};

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
    for group in GROUPS {
        let found = group.iter().filter_map(|word| {
            let mut value = schema.shift_remove(*word)?;
            carrier::take_target(&mut value);
            Some(((*word).to_owned(), value))
        });
        let words: Map<String, Value> = found.collect();
        let Some(head) = group.first().filter(|head| words.contains_key(**head)) else {
            continue;
        };
        if *head == "propertyNames" && !says_more_than_text(words.get(*head)) {
            continue;
        }
        let unread = untyped_properties(&words, schema);
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
        if !unread.is_empty() {
            let message = format!(
                "{} only here, and the type does not have it",
                match unread.as_slice() {
                    [one] => format!("the property `{one}` stands"),
                    many => format!("the properties `{}` stand", many.join("`, `")),
                }
            );
            upgrade.warn(Code::NotSupported, &at.child(head), message);
        }
        carrier::add_demand(schema, words, is_checked);
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

/// Properties that stand under a condition and not in the schema itself. What parts of an allOf say is not looked for.
fn untyped_properties(words: &Map<String, Value>, schema: &Map<String, Value>) -> Vec<String> {
    let others = ["allOf", "oneOf", "anyOf", "$ref"];
    if others.iter().any(|word| schema.contains_key(*word)) {
        return Vec::new();
    }
    let dependent = words.get("dependentSchemas").and_then(Value::as_object);
    let branches = [words.get("then"), words.get("else")];
    let branches = branches.into_iter().flatten();
    let known = schema.get("properties");
    let mut untyped: Vec<String> = Vec::new();
    for branch in branches.chain(dependent.into_iter().flat_map(Map::values)) {
        let properties = branch.get("properties").and_then(Value::as_object);
        for name in properties.into_iter().flat_map(Map::keys) {
            let is_known = known.is_some_and(|known| known.get(name).is_some());
            if !is_known && !untyped.contains(name) {
                untyped.push(name.clone());
            }
        }
    }
    untyped
}
