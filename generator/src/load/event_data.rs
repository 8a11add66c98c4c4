//! What the data of a server-sent event is. The `itemSchema` of an answer of events describes each event with all its
//! fields, of which `data` is a text; its `contentSchema` says what the text spells.

use super::fragment::{lookup, tokens};
use serde_json::{Value, json};

/// How many references and parts are followed within each other.
const DEEPEST: usize = 8;

/// How many variants and parts are looked at.
const MOST: usize = 256;

/// The schema of the data of the events that a schema describes; `None` if it does not describe events, as that of
/// somebody who describes their data alone.
pub(super) fn of_events(root: &Value, events: &Value) -> Option<Value> {
    let mut search = Search { root, left: MOST };
    Some(match search.data(events, 0)? {
        Data::Spelled(schema) => schema,
        Data::Text(schema) => schema,
    })
}

/// What a schema says of the data of an event.
enum Data {
    /// It is JSON of this schema.
    Spelled(Value),
    /// It is a text of this schema.
    Text(Value),
}

struct Search<'v> {
    root: &'v Value,
    left: usize,
}

impl Search<'_> {
    fn data(&mut self, schema: &Value, depth: usize) -> Option<Data> {
        self.left = self.left.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        let own = schema.get("properties").and_then(|all| all.get("data"));
        let own = own.map(|data| self.spelled(data, depth));
        if let Some(Data::Spelled(_)) = own {
            return own;
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| target.strip_prefix('#'));
        let target = target.and_then(|fragment| lookup(self.root, &tokens(fragment).ok()?));
        let parts = schema.get("allOf").and_then(Value::as_array);
        let mut found = own;
        for part in target.into_iter().chain(parts.into_iter().flatten()) {
            match self.data(part, depth + 1) {
                Some(Data::Spelled(schema)) => return Some(Data::Spelled(schema)),
                text => found = found.or(text),
            }
        }
        for word in ["oneOf", "anyOf"] {
            let variants = schema.get(word).and_then(Value::as_array);
            match variants.and_then(|variants| self.variants(variants, depth)) {
                Some(Data::Spelled(schema)) => return Some(Data::Spelled(schema)),
                text => found = found.or(text),
            }
        }
        found
    }

    /// What is said of a property: also by what it refers to.
    fn spelled(&mut self, data: &Value, depth: usize) -> Data {
        if let Some(content) = data.get("contentSchema") {
            return Data::Spelled(content.clone());
        }
        let target = data.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| target.strip_prefix('#'));
        let target = target.and_then(|fragment| lookup(self.root, &tokens(fragment).ok()?));
        match target.filter(|_| depth < DEEPEST) {
            Some(target) => match self.spelled(target, depth + 1) {
                Data::Spelled(schema) => Data::Spelled(schema),
                Data::Text(_) => Data::Text(data.clone()),
            },
            None => Data::Text(data.clone()),
        }
    }

    /// What variants say: JSON if all do, else a text, which has what each of them means.
    fn variants(&mut self, variants: &[Value], depth: usize) -> Option<Data> {
        let mut schemas: Vec<Value> = Vec::new();
        let mut is_text = false;
        let mut is_event = false;
        for variant in variants {
            match self.data(variant, depth + 1) {
                Some(Data::Spelled(schema)) => {
                    is_event = true;
                    if !schemas.contains(&schema) {
                        schemas.push(schema);
                    }
                }
                Some(Data::Text(_)) => (is_event, is_text) = (true, true),
                None => is_text = true,
            }
        }
        if !is_event {
            return None;
        }
        Some(match (is_text, schemas.as_mut_slice()) {
            (true, _) => Data::Text(json!({ "type": "string" })),
            (false, [only]) => Data::Spelled(std::mem::take(only)),
            (false, _) => Data::Spelled(json!({ "anyOf": schemas })),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::of_events;
    use serde_json::{Value, json};

    fn data(events: Value) -> Option<Value> {
        let root = json!({ "components": { "schemas": {
            "Event": { "properties": { "id": { "type": "string" }, "data": { "type": "string" } } },
            "Tick": { "allOf": [
                { "$ref": "#/components/schemas/Event" },
                { "properties": { "data": { "contentSchema": { "$ref": "#/components/schemas/At" } } } },
            ] },
            "At": { "type": "integer" },
        } } });
        of_events(&root, &events)
    }

    #[test]
    fn data_is_what_its_text_spells() {
        let at = json!({ "$ref": "#/components/schemas/At" });
        let tick = json!({ "$ref": "#/components/schemas/Tick" });
        assert_eq!(data(tick.clone()), Some(at.clone()));
        let event = json!({ "$ref": "#/components/schemas/Event" });
        assert_eq!(data(event.clone()), Some(json!({ "type": "string" })));
        assert_eq!(data(json!({ "oneOf": [tick.clone()] })), Some(at.clone()));
        let other = json!({ "properties": { "data": { "contentSchema": true } } });
        assert_eq!(
            data(json!({ "oneOf": [tick.clone(), other] })),
            Some(json!({ "anyOf": [at, true] }))
        );
        assert_eq!(
            data(json!({ "anyOf": [tick, event] })),
            Some(json!({ "type": "string" }))
        );
    }

    #[test]
    fn a_schema_of_the_data_alone_is_none_of_events() {
        assert_eq!(data(json!({ "$ref": "#/components/schemas/At" })), None);
        assert_eq!(data(json!({ "properties": { "id": true } })), None);
    }
}
