//! The limit of how long the JSON Pointer of a value may be.
//!
//! Every node of the model keeps its place. A key of a megabyte with a hundred thousand properties below it would make
//! as many pointers of a megabyte of a small file.

use crate::source::Pointer;
use serde_json::Value;

/// The place of the first value that has one in it whose pointer would be longer than so many bytes. The levels are
/// limited already.
pub(super) fn find_too_long(value: &Value, most: usize) -> Option<Pointer> {
    let mut tokens = search(value, most)?;
    tokens.reverse();
    let root = Pointer::root();
    Some(tokens.into_iter().fold(root, |at, token| at.child(&token)))
}

/// The tokens that lead to it, the last one first.
fn search(value: &Value, left: usize) -> Option<Vec<String>> {
    let below = |token: &str, value: &Value| match left.checked_sub(token.len() + 1) {
        Some(left) => {
            let mut tokens = search(value, left)?;
            tokens.push(token.to_owned());
            Some(tokens)
        }
        None => Some(Vec::new()),
    };
    match value {
        Value::Object(map) => map.iter().find_map(|(key, value)| below(key, value)),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| match item {
                Value::Object(_) | Value::Array(_) => below(&index.to_string(), item),
                _ => None,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::find_too_long;
    use crate::source::Pointer;
    use serde_json::json;

    #[test]
    fn keys_above_count_as_well() {
        let value = json!({"a": 1, "long": [{"long": {"b": 2}}]});
        assert_eq!(find_too_long(&value, 14), None);
        let expected = ["long", "0", "long"];
        let expected = expected
            .iter()
            .fold(Pointer::root(), |at, key| at.child(key));
        assert_eq!(find_too_long(&value, 13), Some(expected));
    }
}
