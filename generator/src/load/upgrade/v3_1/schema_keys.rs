//! Maps whose keys are of a type (`propertyNames` with a list of values or a format). 3.0 cannot say it: the values are an
//! anyOf of what the keys and the values are, with a mark.

use crate::load::carrier;
use crate::load::upgrade::Upgrade;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Whether the names of properties are of a type of their own: they are listed, or have a format.
pub(super) fn are_typed(names: &Value) -> bool {
    let Some(names) = names.as_object() else {
        return false;
    };
    let is_text = names.get("type").is_none_or(|ty| ty == "string");
    let is_listed = names
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string));
    let is_typed = names.get("format").is_some_and(Value::is_string) || names.contains_key("$ref");
    is_text && (is_listed || is_typed)
}

/// The schema of the keys of a map, if they are typed and there are no properties beside.
pub(super) fn find(schema: &Map<String, Value>) -> Option<Value> {
    let others = ["properties", "required", "patternProperties"];
    let is_map = match (schema.get("type"), schema.get("additionalProperties")) {
        (_, Some(Value::Bool(false))) => false,
        (_, Some(_)) => true,
        (Some(Value::Array(types)), None) => types.iter().any(|ty| ty == "object"),
        (Some(ty), None) => ty == "object",
        (None, None) => false,
    };
    if !is_map || others.iter().any(|word| schema.contains_key(*word)) {
        return None;
    }
    let names = schema.get("propertyNames").filter(|names| are_typed(names));
    let mut names = names?.clone();
    match carrier::take_target(&mut names) {
        Some(target) => Some(json!({ "$ref": target })),
        None => {
            if let Value::Object(names) = &mut names
                && !names.contains_key("$ref")
            {
                names.entry("type").or_insert_with(|| json!("string"));
            }
            Some(names)
        }
    }
}

/// Puts the schema of the keys beside that of the values.
pub(super) fn lift(
    upgrade: &mut Upgrade<'_>,
    schema: &mut Map<String, Value>,
    keys: Value,
    at: &Pointer,
) {
    let place = at.child("additionalProperties");
    let list = place.child("anyOf");
    let values = match schema.shift_remove("additionalProperties") {
        None | Some(Value::Bool(_)) => json!({}),
        Some(values) => {
            upgrade.moved(&place, &list.index(1));
            values
        }
    };
    upgrade.moved(&at.child("propertyNames"), &list.index(0));
    let both = json!({ "anyOf": [keys, values] });
    schema.insert("additionalProperties".to_owned(), both);
    carrier::mark_keys(schema);
}
