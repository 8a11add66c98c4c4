//! Finds what a reference leads to.

use super::meant::meant;
use super::sites::Site;
use crate::load::fragment::{lookup, tokens};
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::{Map, Value};

/// What a reference leads to.
pub(super) enum Target {
    /// A component of the right kind, by its name.
    Component(String),
    /// Another place of the document that holds the right kind of object, or may hold it.
    Elsewhere { pointer: Pointer, is_movable: bool },
    /// An object of the wrong kind, which holds what is meant at this place.
    Deeper { pointer: Pointer, message: String },
    /// An object of the wrong kind, around which this one can be put.
    Around {
        object: Map<String, Value>,
        message: String,
    },
    /// Nothing that can be used.
    Broken {
        message: String,
        /// Whether it cannot be meant at all, so that nothing else may stand in its place.
        is_error: bool,
    },
}

/// Resolves a reference (RFC 3986 for the fragment, RFC 6901 for the pointer in it).
pub(super) fn resolve(root: &Value, site: &Site) -> Target {
    let Some(fragment) = site.target.strip_prefix('#') else {
        return nowhere(site, "it leads out of this document", true);
    };
    let tokens = match tokens(fragment) {
        Ok(tokens) => tokens,
        // It can mean nothing else, so it is as good as one that leads nowhere.
        Err(reason) => return nowhere(site, reason, false),
    };
    let Some(value) = lookup(root, &tokens) else {
        return nowhere(site, "there is nothing at that place", false);
    };
    if !value.is_object() {
        let is_error = is_needed(site.kind);
        return nowhere(site, "there is no object at that place", is_error);
    }
    match place(&tokens) {
        Place::Known { kind, .. } if kind != site.kind => {
            meant(root, site, kind, &pointer(&tokens)).unwrap_or_else(|| wrong_kind(site, kind))
        }
        Place::Structure => {
            let reason = "what stands there is no object of the right kind";
            nowhere(site, reason, is_needed(site.kind))
        }
        Place::Known { is_referable, .. } => match component(&tokens, site.kind) {
            Some(name) => Target::Component(name),
            None => Target::Elsewhere {
                pointer: pointer(&tokens),
                is_movable: is_referable && value.get("$ref").is_none(),
            },
        },
        Place::Unknown => Target::Elsewhere {
            pointer: pointer(&tokens),
            is_movable: false,
        },
    }
}

fn nowhere(site: &Site, reason: &str, is_error: bool) -> Target {
    Target::Broken {
        message: format!("`{}` leads nowhere: {reason}", site.target),
        is_error,
    }
}

fn wrong_kind(site: &Site, found: Kind) -> Target {
    Target::Broken {
        message: format!(
            "`{}` leads to an object of the kind {}, where one of the kind {} must stand",
            site.target,
            found.table().title,
            site.kind.table().title
        ),
        is_error: is_needed(site.kind),
    }
}

/// Whether a call cannot be made as it is meant without an object of this kind. Without a schema a value is of any type,
/// and what is missing of an answer is missing in its types alone.
fn is_needed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Parameter | Kind::RequestBody | Kind::SecurityScheme | Kind::PathItem
    )
}

/// A name for what stands at a place, of the words of its pointer that say something.
pub(in crate::load) fn derived_name(pointer: &Pointer) -> String {
    let mut words = Vec::new();
    let mut is_media_type = false;
    for token in pointer.tokens() {
        let word = match token.as_str() {
            _ if is_media_type => "",
            "components" | "schemas" | "properties" | "paths" | "content" | "schema"
            | "definitions" | "$defs" => "",
            "requestBody" => "request",
            "responses" => "response",
            other => other,
        };
        is_media_type = token == "content" && !is_media_type;
        let letters = word
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        let letters: String = letters.collect();
        let letters = letters.trim_matches('_');
        if !letters.is_empty() {
            words.push(letters.to_owned());
        }
    }
    match words.is_empty() {
        true => "Referenced".to_owned(),
        false => words.join("_"),
    }
}

/// What the specification says about a place.
enum Place {
    Known {
        kind: Kind,
        is_referable: bool,
    },
    /// A map, a list or a value that is part of an object.
    Structure,
    /// Inside of an extension or a field that the specification does not know.
    Unknown,
}

fn place(tokens: &[String]) -> Place {
    let mut shape = Shape::Object(Kind::OpenApi);
    for token in tokens {
        shape = match shape {
            Shape::Object(kind) | Shape::Referable(kind) => match kind.table().shape(token) {
                Some(shape) => shape,
                None => return Place::Unknown,
            },
            Shape::SchemaOrFlag => match Kind::Schema.table().shape(token) {
                Some(shape) => shape,
                None => return Place::Unknown,
            },
            Shape::Map(shape) | Shape::List(shape) => *shape,
            Shape::Any => return Place::Unknown,
            _ => return Place::Structure,
        };
    }
    match shape {
        Shape::Object(kind) => Place::Known {
            kind,
            is_referable: false,
        },
        Shape::Referable(kind) => Place::Known {
            kind,
            is_referable: true,
        },
        Shape::SchemaOrFlag => Place::Known {
            kind: Kind::Schema,
            is_referable: true,
        },
        Shape::Any => Place::Unknown,
        _ => Place::Structure,
    }
}

fn component(tokens: &[String], kind: Kind) -> Option<String> {
    match tokens {
        [components, section, name]
            if components == "components" && Some(section.as_str()) == kind.section() =>
        {
            Some(name.clone())
        }
        _ => None,
    }
}

fn pointer(tokens: &[String]) -> Pointer {
    tokens
        .iter()
        .fold(Pointer::root(), |pointer, token| pointer.child(token))
}
