//! Finds what a reference leads to.

use super::sites::Site;
use crate::diagnostic::Code;
use crate::load::objects::{Kind, Shape};
use crate::source::Pointer;
use serde_json::Value;

/// What a reference leads to.
pub(super) enum Target {
    /// A component of the right kind, by its name.
    Component(String),
    /// Another place of the document that holds the right kind of object, or may hold it.
    Elsewhere { pointer: Pointer, is_movable: bool },
    /// Nothing that can be used.
    Broken {
        code: Code,
        message: String,
        help: Option<String>,
    },
}

/// Resolves a reference (RFC 3986 for the fragment, RFC 6901 for the pointer in it).
pub(super) fn resolve(root: &Value, site: &Site) -> Target {
    let Some(fragment) = site.target.strip_prefix('#') else {
        return refuse_other_file(&site.target);
    };
    let tokens = match tokens(fragment) {
        Ok(tokens) => tokens,
        Err(reason) => return broken(site, reason),
    };
    let Some(value) = lookup(root, &tokens) else {
        return broken(site, "there is nothing at that place");
    };
    if !value.is_object() {
        return broken(site, "there is no object at that place");
    }
    let place = place(&tokens);
    match place {
        Place::Known { kind, .. } if kind != site.kind => Target::Broken {
            code: Code::UnresolvedReference,
            message: format!(
                "`{}` leads to an object of the kind {}, where one of the kind {} must stand",
                site.target,
                kind.table().title,
                site.kind.table().title
            ),
            help: None,
        },
        Place::Structure => broken(site, "what stands there is no object of the right kind"),
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

/// A name for what stands at a place, of the words of its pointer that say something.
pub(super) fn derived_name(pointer: &Pointer) -> String {
    const STRUCTURE: &[&str] = &[
        "components",
        "schemas",
        "properties",
        "paths",
        "content",
        "schema",
        "definitions",
        "$defs",
    ];
    let words: Vec<String> = pointer
        .tokens()
        .filter(|token| !STRUCTURE.contains(&token.as_str()))
        .map(|token| {
            let letters = token
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
            letters.collect::<String>().trim_matches('_').to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect();
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

fn lookup<'v>(root: &'v Value, tokens: &[String]) -> Option<&'v Value> {
    tokens.iter().try_fold(root, |value, token| match value {
        Value::Object(object) => object.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

fn pointer(tokens: &[String]) -> Pointer {
    tokens
        .iter()
        .fold(Pointer::root(), |pointer, token| pointer.child(token))
}

/// The tokens of a fragment, or why it is no pointer.
fn tokens(fragment: &str) -> Result<Vec<String>, &'static str> {
    let text = percent_decode(fragment).ok_or("its percent-encoding is malformed")?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err("what follows `#` must be a JSON Pointer, which begins with `/`");
    };
    rest.split('/')
        .map(|token| unescape(token).ok_or("`~` must be followed by 0 or 1 in a JSON Pointer"))
        .collect()
}

/// A token of a JSON Pointer without its escapes; nothing if it is malformed.
pub(super) fn unescape(token: &str) -> Option<String> {
    let mut text = String::with_capacity(token.len());
    let mut chars = token.chars();
    while let Some(c) = chars.next() {
        match c {
            '~' => text.push(match chars.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            }),
            other => text.push(other),
        }
    }
    Some(text)
}

/// A fragment without its percent-encoding; nothing if it is malformed.
pub(in crate::load) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn broken(site: &Site, reason: &str) -> Target {
    Target::Broken {
        code: Code::UnresolvedReference,
        message: format!("`{}` leads nowhere: {reason}", site.target),
        help: None,
    }
}

fn refuse_other_file(target: &str) -> Target {
    let is_remote =
        target.starts_with("//") || target.contains("://") && !target.starts_with("file:");
    let (message, help) = if is_remote {
        (
            format!("`{target}` is on another server, and specwright never uses the network"),
            "download what it leads to and put it into this document",
        )
    } else {
        (
            format!("`{target}` leads to another file, which is not supported yet"),
            "put what it leads to under `components` and refer to it as `#/components/...`",
        )
    };
    Target::Broken {
        code: Code::NotSupported,
        message,
        help: Some(help.to_owned()),
    }
}
