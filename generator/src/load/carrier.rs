//! What newer versions say and 3.0 has no words for, carried in extensions that only this file writes and reads.

use openapiv3::SchemaData;
use serde_json::{Map, Value};

/// On an array: the members of the anyOf under `items` are the items by position, and there are no others.
const TUPLE: &str = "x-specwright-tuple";

/// Marks an array whose items have a type by position.
pub(super) fn mark_tuple(schema: &mut Map<String, Value>) {
    schema.insert(TUPLE.to_owned(), Value::Bool(true));
}

/// Whether the items of an array have a type by position: that of the members of the anyOf under `items`.
pub fn is_tuple(schema: &SchemaData) -> bool {
    schema.extensions.get(TUPLE) == Some(&Value::Bool(true))
}
