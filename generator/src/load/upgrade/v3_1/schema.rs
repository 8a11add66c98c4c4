//! Schemas of JSON Schema 2020-12: what stands around their types.

use super::{Walk, schema_keys, schema_types, schema_words};
use crate::diagnostic::Code;
use crate::load::objects::{Kind, Shape};
use crate::load::{carrier, is_readable};
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Sections of a schema that are only there to be referred to.
const SHELVES: &[&str] = &["$defs", "definitions"];

impl Walk<'_, '_> {
    /// Upgrades a schema, then those in it.
    pub(super) fn schema(&mut self, value: &mut Value, at: &Pointer) {
        if let Value::Bool(flag) = *value {
            if !flag {
                self.upgrade.warn(
                    Code::NotSupported,
                    at,
                    "the schema `false` allows no value; this place accepts any",
                );
            }
            *value = Value::Object(Map::new());
            return;
        }
        let Some(schema) = value.as_object_mut() else {
            return;
        };
        let outer = self.base;
        self.identify(schema, at);
        self.refer(schema, at);
        let keys = schema_keys::find(schema);
        schema_words::upgrade(self.upgrade, schema, at);
        schema_types::upgrade(self.upgrade, schema, at);
        self.lift_patterns(schema, at);
        self.lift_tuple(schema, at);
        if let Some(keys) = keys {
            schema_keys::lift(self.upgrade, schema, keys, at);
        }
        if schema.get("$ref").is_some_and(Value::is_string) {
            self.reference(at);
        }
        let table = Kind::Schema.table();
        for (key, value) in schema.iter_mut() {
            let at = at.child(key);
            match table.shape(key) {
                Some(shape @ Shape::Object(Kind::Discriminator)) => {
                    self.mapping(value, &at);
                    self.visit(value, shape, &at);
                }
                Some(shape) => self.visit(value, shape, &at),
                None if SHELVES.contains(&key.as_str()) => {
                    self.visit(value, Shape::Map(&Shape::Object(Kind::Schema)), &at);
                }
                None => {}
            }
        }
        self.base = outer;
    }

    /// Notes the names that references may call the schema by.
    fn identify(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let source = self.upgrade.before(at);
        let references = &mut self.upgrade.references;
        if let Some(Value::String(id)) = schema.shift_remove("$id") {
            self.base = references.resource(self.base, &id, source.clone());
        }
        for word in ["$anchor", "$dynamicAnchor"] {
            if let Some(Value::String(name)) = schema.shift_remove(word) {
                references.anchor(self.base, &name, source.clone());
            }
        }
    }

    /// What stands beside a reference counts from 3.1 on, which 3.0 says with an allOf.
    fn refer(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        for (word, anchor) in [("$dynamicRef", true), ("$recursiveRef", false)] {
            let Some(target) = schema.shift_remove(word) else {
                continue;
            };
            let message = format!(
                "`{word}` is taken for a `$ref`: that a schema which refers here may replace what it means is not carried"
            );
            self.upgrade
                .warn(Code::NotSupported, &at.child(word), message);
            if !schema.contains_key("$ref") && (anchor || target.as_str() == Some("#")) {
                schema.insert("$ref".to_owned(), target);
                self.upgrade.made(&at.child(word), &at.child("$ref"));
            }
        }
        if !schema.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        // The Reference Object has a `summary`, which schemas do not have.
        super::fill_in(schema, "summary", "description");
        let is_alone = |key: &String| key == "$ref" || key == "$comment" || key.starts_with("x-");
        if schema.keys().all(is_alone) {
            schema.shift_remove("$comment");
            return;
        }
        let place = at.child("allOf");
        let list = schema.entry("allOf").or_insert_with(|| json!([]));
        let Value::Array(list) = list else {
            return;
        };
        let part = place.index(list.len());
        list.push(Value::Null);
        let index = list.len() - 1;
        let target = schema.shift_remove("$ref");
        if let (Some(Value::Array(list)), Some(target)) = (schema.get_mut("allOf"), target)
            && let Some(part) = list.get_mut(index)
        {
            *part = json!({ "$ref": target });
        }
        self.upgrade.made(at, &part);
    }

    fn mapping(&mut self, value: &mut Value, at: &Pointer) {
        let default = value.get("defaultMapping").and_then(Value::as_str);
        if default.is_some_and(|target| target.starts_with('#'))
            && let Some(discriminator) = value.as_object_mut()
            && let Some(target) = discriminator.shift_remove("defaultMapping")
        {
            let word = carrier::keep_default_mapping(discriminator, target);
            self.upgrade
                .made(&at.child("defaultMapping"), &at.child(word));
            self.upgrade.references.site(at.child(word), self.base);
        }
        let Some(mapping) = value.get("mapping").and_then(Value::as_object) else {
            return;
        };
        let at = at.child("mapping");
        for (key, target) in mapping {
            // Anything else may be the name of a component.
            if target
                .as_str()
                .is_some_and(|target| target.starts_with('#'))
            {
                self.upgrade.references.site(at.child(key), self.base);
            }
        }
    }

    /// Items by position. Where nothing may follow them they are a tuple, which 3.0 cannot say: the items are an anyOf of
    /// them with a mark. Otherwise they are an array of whatever any of them may be.
    fn lift_tuple(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        // Before 2020-12, an array under `items` said what `prefixItems` says, and `additionalItems` what `items` says.
        let (word, rest) = match schema.get("items") {
            Some(Value::Array(_)) => ("items", "additionalItems"),
            _ => ("prefixItems", "items"),
        };
        let Some(prefix) = schema.shift_remove(word) else {
            return;
        };
        let place = at.child(word);
        let Value::Array(prefix) = prefix else {
            self.upgrade.warn(
                Code::WrongType,
                &place,
                format!("`{word}` must be an array; it is ignored"),
            );
            return;
        };
        let length = u64::try_from(prefix.len()).unwrap_or(u64::MAX);
        let limit = |word: &str| schema.get(word).and_then(Value::as_u64);
        let is_closed = schema.get(rest) == Some(&Value::Bool(false))
            || limit("maxItems").is_some_and(|most| most <= length);
        let is_whole = limit("minItems").is_none_or(|least| least >= length)
            && limit("maxItems").is_none_or(|most| most >= length);
        let is_tuple = is_closed && is_whole && !prefix.is_empty();
        let rest = schema.shift_remove(rest).map(|item| (at.child(rest), item));
        schema.shift_remove("additionalItems");
        if !is_tuple || prefix.iter().any(has_limits) {
            demand_positions(schema, word, &prefix, rest.as_ref());
        }
        let mut members: Vec<(Pointer, Value)> = Vec::new();
        for (index, item) in prefix.into_iter().enumerate() {
            if is_tuple || !members.iter().any(|(_, known)| *known == item) {
                members.push((place.index(index), item));
            }
        }
        if is_tuple {
            carrier::mark_tuple(schema);
        } else {
            match rest {
                _ if is_closed => {}
                Some(rest) => members.push(rest),
                None => members.clear(),
            }
            let message = match members.len() {
                0 => {
                    "items by position are a tuple only where nothing may follow them (`items: false` or `maxItems`): here the items accept any value"
                }
                1 => "the number of items by position is not checked",
                _ => {
                    "items by position are a tuple only where they are all there and nothing may follow them: here every item may be any of them"
                }
            };
            self.upgrade.warn(Code::NotSupported, &place, message);
        }
        let items = self.any_of(members, &at.child("items"), is_tuple);
        schema.insert("items".to_owned(), items);
    }

    /// An anyOf of schemas that stood elsewhere; a single one stands for itself, and none accepts anything.
    pub(super) fn any_of(
        &mut self,
        members: Vec<(Pointer, Value)>,
        to: &Pointer,
        is_tuple: bool,
    ) -> Value {
        match <[_; 1]>::try_from(members) {
            Ok([(from, one)]) if !is_tuple => {
                self.upgrade.moved(&from, to);
                one
            }
            Ok([(from, one)]) => {
                self.upgrade.moved(&from, &to.child("anyOf").index(0));
                json!({ "anyOf": [one] })
            }
            Err(members) if members.is_empty() => Value::Object(Map::new()),
            Err(members) => {
                let mut list = Vec::new();
                for (index, (from, member)) in members.into_iter().enumerate() {
                    self.upgrade.moved(&from, &to.child("anyOf").index(index));
                    list.push(member);
                }
                json!({ "anyOf": list })
            }
        }
    }
}

/// Whether a schema says more than the type of an item does.
fn has_limits(schema: &Value) -> bool {
    const OF_TYPES: &[&str] = &[
        "$ref",
        "type",
        "format",
        "title",
        "description",
        "example",
        "examples",
        "properties",
        "required",
    ];
    let words = schema.as_object().into_iter().flatten();
    words
        .into_iter()
        .any(|(word, _)| !OF_TYPES.contains(&word.as_str()) && !word.starts_with("x-"))
}

/// Has `validate` hold each item to the schema of its position.
fn demand_positions(
    schema: &mut Map<String, Value>,
    word: &str,
    prefix: &[Value],
    rest: Option<&(Pointer, Value)>,
) {
    let copy = carrier::take_inlined(schema, word);
    let prefix = copy.unwrap_or_else(|| Value::Array(prefix.to_vec()));
    let mut words = Map::from_iter([("prefixItems".to_owned(), prefix)]);
    if let Some((_, rest)) = rest {
        let copy = carrier::take_inlined(schema, "items").filter(|_| word == "prefixItems");
        words.insert("items".to_owned(), copy.unwrap_or_else(|| rest.clone()));
    }
    let is_checked = is_readable(&Value::Object(words.clone()));
    carrier::add_demand(schema, words, is_checked);
}
