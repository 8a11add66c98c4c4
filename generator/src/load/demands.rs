//! Which schemas values can be held to word by word, without types.

use serde_json::Value;

/// Words whose values are schemas.
const SCHEMAS: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
];

/// Words whose values are lists of schemas.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

/// Words whose values are schemas by name.
const MAPS: &[&str] = &["dependentSchemas", "patternProperties", "properties"];

/// Words that speak of values, and words for people.
const PLAIN: &[&str] = &[
    "$comment",
    "const",
    "default",
    "dependentRequired",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "externalDocs",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Words that limit numbers; before JSON Schema 2019-09 some of them were flags.
const NUMBERS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];

/// Whether `validate` can hold values to a schema: it refers to no other and has no words but those which the runtime
/// knows (`runtime/schema.rs`).
pub fn is_readable(schema: &Value) -> bool {
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let words = match schema {
            Value::Bool(_) => continue,
            Value::Object(words) => words,
            _ => return false,
        };
        for (word, value) in words {
            let word = word.as_str();
            match value {
                value if SCHEMAS.contains(&word) => open.push(value),
                Value::Array(list) if LISTS.contains(&word) => open.extend(list),
                Value::Object(map) if MAPS.contains(&word) => open.extend(map.values()),
                Value::Number(_) if NUMBERS.contains(&word) => {}
                _ if PLAIN.contains(&word) || word.starts_with("x-") => {}
                _ => return false,
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_readable;
    use serde_json::json;

    #[test]
    fn a_schema_is_readable_if_all_of_it_is() {
        assert!(is_readable(&json!({ "not": { "required": ["a"] } })));
        assert!(is_readable(
            &json!({ "if": { "properties": { "a": { "const": 1 } } } })
        ));
        assert!(!is_readable(
            &json!({ "not": { "$ref": "#/components/schemas/A" } })
        ));
        assert!(!is_readable(
            &json!({ "contains": { "unevaluatedItems": false } })
        ));
        assert!(!is_readable(
            &json!({ "not": { "minimum": 1, "exclusiveMinimum": true } })
        ));
    }
}
