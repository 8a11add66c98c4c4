//! Properties whose names match patterns. 3.0 has no words for them: they are a map of whatever one of them may be, and
//! `validate` tells them apart by their names.

use super::{Walk, schema_demands};
use crate::diagnostic::Code;
use crate::load::{carrier, is_readable};
use crate::source::Pointer;
use serde_json::{Map, Value};

/// Patterns that every name matches.
const UNIVERSAL: &[&str] = &[
    "", "^", "$", ".", ".*", ".+", "^.*", "^.+", ".*$", ".+$", "^.*$", "^.+$", "^(.*)$", "^(.+)$",
];

/// What may stand under names that match no pattern.
enum Rest {
    /// There are none: what properties remain match, or must not be there.
    Nothing,
    /// Anything.
    Anything,
    /// Values of a schema.
    Schema(Value),
}

impl Walk<'_, '_> {
    /// Makes a map of properties by pattern.
    pub(super) fn lift_patterns(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(patterns) = schema.shift_remove("patternProperties") else {
            return;
        };
        let place = at.child("patternProperties");
        let Value::Object(patterns) = patterns else {
            self.upgrade.warn(
                Code::WrongType,
                &place,
                "`patternProperties` must be an object; it is ignored",
            );
            return;
        };
        if patterns.is_empty() {
            return;
        }
        let is_universal = patterns.keys().any(|key| UNIVERSAL.contains(&key.as_str()));
        let rest = match schema.get("additionalProperties") {
            _ if is_universal => Rest::Nothing,
            Some(Value::Bool(false)) => Rest::Nothing,
            None | Some(Value::Bool(true)) => Rest::Anything,
            Some(rest) => Rest::Schema(rest.clone()),
        };
        let mut schemas: Vec<(Pointer, Value)> = Vec::new();
        for (pattern, member) in &patterns {
            if !schemas.iter().any(|(_, known)| known == member) {
                schemas.push((place.child(pattern), member.clone()));
            }
        }
        if let Rest::Schema(rest) = &rest
            && !schemas.iter().any(|(_, known)| known == rest)
        {
            schemas.push((at.child("additionalProperties"), rest.clone()));
        }
        if !is_universal || patterns.len() > 1 {
            self.demand_patterns(schema, &patterns, &rest, schemas.len() == 1, &place);
        }
        let mut values = self.any_of(schemas, &at.child("additionalProperties"), is_open(&rest));
        if is_open(&rest) {
            carrier::mark_open(&mut values);
        }
        schema.insert("additionalProperties".to_owned(), values);
    }

    /// Has `validate` hold each property to the patterns that its name matches. Where the type says what all of them are,
    /// only their names are left to say.
    fn demand_patterns(
        &mut self,
        schema: &mut Map<String, Value>,
        patterns: &Map<String, Value>,
        rest: &Rest,
        is_one: bool,
        place: &Pointer,
    ) {
        let copy = carrier::take_inlined(schema, "patternProperties");
        let copy_of_rest = carrier::take_inlined(schema, "additionalProperties");
        let mut whole = copy.unwrap_or_else(|| Value::Object(patterns.clone()));
        if let (true, false, Value::Object(members)) = (is_one, is_open(rest), &mut whole) {
            for member in members.values_mut() {
                *member = Value::Bool(true);
            }
        }
        let others = match rest {
            Rest::Nothing => Some(Value::Bool(false)),
            Rest::Anything => None,
            Rest::Schema(_) if is_one => return,
            Rest::Schema(rest) => Some(copy_of_rest.unwrap_or_else(|| rest.clone())),
        };
        let mut words = Map::new();
        if let Some(others) = others {
            let named = schema.get("properties").and_then(Value::as_object);
            let named = named.into_iter().flat_map(Map::keys);
            let named: Map<String, Value> = named
                .map(|name| (name.clone(), Value::Bool(true)))
                .collect();
            if !named.is_empty() {
                words.insert("properties".to_owned(), Value::Object(named));
            }
            words.insert("additionalProperties".to_owned(), others);
        }
        let says_nothing =
            |member: &Value| *member == true || member.as_object().is_some_and(Map::is_empty);
        if words.is_empty() && patterns.values().all(says_nothing) {
            return;
        }
        words.insert("patternProperties".to_owned(), whole);
        let is_checked = is_readable(&Value::Object(words.clone()));
        schema_demands::say(self.upgrade, place, "patternProperties", is_checked);
        carrier::add_demand(schema, words, is_checked);
    }
}

fn is_open(rest: &Rest) -> bool {
    matches!(rest, Rest::Anything)
}
