//! Defaults that no literal of Rust says: lists, objects, dates, numbers of any size.

use super::codec::{Decode, decode};

/// A value, or where it is absent what the document gives in JSON for it.
pub fn or_default<T: Decode + Clone>(value: &Option<T>, json: &str) -> T {
    match value {
        Some(value) => value.clone(),
        None => default_of(json),
    }
}

/// What the document gives in JSON. It was compared with the type when the client was made; what cannot be read all the
/// same is blank.
pub fn default_of<T: Decode>(json: &str) -> T {
    decode(json.as_bytes()).unwrap_or_else(|_| T::blank())
}
