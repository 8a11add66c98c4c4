//! What there is to say of types and values, in no output's spelling: the Markdown pages and the site say it each in
//! their own.

use super::sample::json_line;
use crate::model::{
    Access, Api, Constraints, Enumeration, IntegerKind, MapKey, Presence, Prose, Scalar, Shape,
    Type, TypeDef, TypeId,
};
use serde_json::Value;

/// A piece of the name that a reader gives a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeWord {
    /// Words of our own.
    Own(&'static str),
    /// A type with a name.
    Named(TypeId),
}

/// A type as a reader knows it: JSON's word, the format, its name where it has one.
pub fn type_words(api: &Api, ty: &Type) -> Vec<TypeWord> {
    let mut words = Vec::new();
    push_words(api, ty, &mut words);
    words
}

/// The recursion follows the type, whose depth is limited.
fn push_words(api: &Api, ty: &Type, words: &mut Vec<TypeWord>) {
    match ty {
        Type::Scalar(scalar) => words.push(TypeWord::Own(scalar_word(*scalar))),
        Type::List(item) => {
            words.push(TypeWord::Own("array of "));
            push_words(api, item, words);
        }
        Type::Map(key, value) => {
            words.push(TypeWord::Own("map of "));
            push_words(api, value, words);
            match key {
                MapKey::Text => {}
                MapKey::Scalar(scalar) => {
                    words.push(TypeWord::Own(" by "));
                    words.push(TypeWord::Own(scalar_word(*scalar)));
                }
                MapKey::Named(id) => {
                    words.push(TypeWord::Own(" by "));
                    words.push(TypeWord::Named(*id));
                }
            }
        }
        Type::Tuple(items) => {
            words.push(TypeWord::Own("tuple of "));
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    words.push(TypeWord::Own(", "));
                }
                push_words(api, item, words);
            }
        }
        Type::Nullable(inner) => {
            push_words(api, inner, words);
            words.push(TypeWord::Own(" or null"));
        }
        Type::Named(id) => {
            if let Shape::Alias(Type::Scalar(scalar)) = &api.types[*id].shape {
                words.push(TypeWord::Own(scalar_word(*scalar)));
                words.push(TypeWord::Own(", "));
            }
            words.push(TypeWord::Named(*id));
        }
        Type::Json => words.push(TypeWord::Own("any")),
    }
}

fn scalar_word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Integer(IntegerKind::I64) => "integer (int64)",
        Scalar::Integer(IntegerKind::I32) => "integer (int32)",
        Scalar::Integer(IntegerKind::I16) => "integer (int16)",
        Scalar::Integer(IntegerKind::I8) => "integer (int8)",
        Scalar::Integer(IntegerKind::U64) => "integer (uint64)",
        Scalar::Integer(IntegerKind::U32) => "integer (uint32)",
        Scalar::Integer(IntegerKind::U16) => "integer (uint16)",
        Scalar::Integer(IntegerKind::Big) => "integer (any size)",
        Scalar::Integer(IntegerKind::U8) => "integer (uint8)",
        Scalar::Float => "number (float)",
        Scalar::Double => "number",
        Scalar::String => "string",
        Scalar::Secret => "string (secret)",
        Scalar::Uuid => "string (uuid)",
        Scalar::Date => "string (date)",
        Scalar::DateTime => "string (date-time)",
        Scalar::Base64 => "string (base64)",
        Scalar::Uri => "string (uri)",
        Scalar::Time => "string (time)",
        Scalar::Duration => "string (duration)",
        Scalar::BigNumber => "number (decimal)",
        Scalar::Decimal => "string (decimal)",
        Scalar::Ipv4 => "string (ipv4)",
        Scalar::Ipv6 => "string (ipv6)",
        Scalar::Binary => "bytes",
    }
}

/// Something that the document demands of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Words of our own.
    Own(&'static str),
    /// Words that may hold text of the document.
    Text(String),
    /// Words of our own, then text of the document that is to be shown as code.
    Code(&'static str, String),
}

/// Longer defaults say little to a reader.
const LONGEST_DEFAULT: usize = 200;

/// Longer schemas are to be read in the document.
const LONGEST_SCHEMA: usize = 300;

/// What the document demands of a value beyond its type, and the default.
pub fn restrictions(constraints: &Constraints, presence: &Presence, access: Access) -> Vec<Fact> {
    let mut list = Vec::new();
    match access {
        Access::Both => {}
        Access::ReadOnly => list.push(Fact::Own("read-only")),
        Access::WriteOnly => list.push(Fact::Own("write-only")),
    }
    if let Presence::Defaulted(value) = presence {
        let mut value = json_line(value);
        if value.len() > LONGEST_DEFAULT {
            value = "(long)".to_owned();
        }
        list.push(Fact::Code("default", value));
    }
    list.extend(constraints.phrases().into_iter().map(Fact::Text));
    for pattern in constraints.all_patterns() {
        list.push(Fact::Code("pattern", pattern.as_str().to_owned()));
    }
    for demand in constraints.all_schemas() {
        if let Some(only) = only_value(&demand.schema) {
            list.push(Fact::Code("always", json_line(only)));
            continue;
        }
        let mut schema = json_line(&demand.schema);
        if schema.len() > LONGEST_SCHEMA {
            schema = "(long)".to_owned();
        }
        list.push(Fact::Code("must keep to", schema));
    }
    list
}

/// The value of a schema that says `const` and nothing else.
fn only_value(schema: &Value) -> Option<&Value> {
    let words = schema.as_object().filter(|words| words.len() == 1)?;
    words.get("const")
}

/// The values of an enumeration with their descriptions.
pub fn enumeration_values(def: &TypeDef) -> Vec<(String, Option<&Prose>)> {
    match &def.shape {
        Shape::Enumeration(Enumeration::Strings(values)) => values
            .iter()
            .map(|value| (value.value.clone(), value.description.as_ref()))
            .collect(),
        Shape::Enumeration(Enumeration::Integers(values)) => values
            .iter()
            .map(|value| (value.value.to_string(), value.description.as_ref()))
            .collect(),
        _ => Vec::new(),
    }
}

/// The named types whose parts are shown below others: what is behind null, lists, maps and aliases.
pub struct PartTypes(Vec<Option<TypeId>>);

impl PartTypes {
    /// Follows every chain of aliases once, however many begin within it.
    pub fn new(api: &Api) -> Self {
        let mut ends: Vec<Option<Option<TypeId>>> = vec![None; api.types.len()];
        for start in api.types.ids() {
            let mut trail = Vec::new();
            let mut id = start;
            let end = loop {
                // What is on the trail is known not to end, should it be met again.
                match ends.get_mut(id.index()) {
                    Some(Some(known)) => break *known,
                    Some(unknown) => *unknown = Some(None),
                    None => break None,
                }
                trail.push(id);
                match &api.types[id].shape {
                    Shape::Alias(ty) => match named_part(ty) {
                        Some(next) => id = next,
                        None => break None,
                    },
                    _ => break Some(id),
                }
            };
            for id in trail {
                if let Some(known) = ends.get_mut(id.index()) {
                    *known = Some(end);
                }
            }
        }
        PartTypes(ends.into_iter().map(Option::flatten).collect())
    }

    /// That of a type, if it has one.
    pub fn of(&self, ty: &Type) -> Option<TypeId> {
        self.0.get(named_part(ty)?.index()).copied().flatten()
    }
}

/// The name behind null, lists and maps.
fn named_part(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Nullable(inner) | Type::List(inner) | Type::Map(_, inner) => named_part(inner),
        Type::Named(id) => Some(*id),
        Type::Scalar(_) | Type::Tuple(_) | Type::Json => None,
    }
}
