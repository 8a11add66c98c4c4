//! Reads JSON.

use super::{Failure, duplicate_key, too_deep};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::budget::{Budget, too_many};
use crate::source::{FileId, Origin, Pointer, locate};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

/// Reads one JSON text. Keys that stand twice are errors, and reading goes on with the first.
pub(super) fn parse(
    file: FileId,
    text: &str,
    budget: &mut Budget<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Failure> {
    let reader = Reader {
        max_depth: budget.options.max_depth,
        max_nodes: budget.options.max_nodes,
        nodes: Cell::new(budget.nodes),
        refusal: RefCell::new(None),
        duplicates: RefCell::new(BTreeSet::new()),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // The limit of depth is ours, which is the same for YAML.
    deserializer.disable_recursion_limit();
    let result = Node {
        reader: &reader,
        path: None,
        depth: 0,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    budget.nodes = reader.nodes.get();
    let duplicates = reader.duplicates.take();
    let value = result.map_err(|error| {
        let place = locate::offset(text, error.line(), error.column());
        Box::new(match reader.refusal.take() {
            Some(message) => limit(file, text, place, message),
            None => syntax(file, text, place, &error),
        })
    })?;
    let duplicates: Vec<Pointer> = duplicates.into_iter().collect();
    for (pointer, keys) in duplicates.iter().zip(locate::key_places(text, &duplicates)) {
        let origin = Origin::new(file, pointer.clone());
        for key in keys.iter().skip(1) {
            let first = keys.first().cloned();
            diagnostics.push(duplicate_key(origin.clone(), first, Some(key.clone())));
        }
    }
    Ok(value)
}

/// The key under which serde_json hands over the digits of a number that is no integer of 64 bits.
pub(in crate::load) const NUMBER: &str = "$serde_json::private::Number";

/// The number whose digits stand under [`NUMBER`], or the object that somebody made to look like one.
fn spelled_number<'de, A: MapAccess<'de>>(mut access: A) -> Result<Value, A::Error> {
    let spelled: String = access.next_value()?;
    match spelled.parse() {
        Ok(number) => Ok(Value::Number(number)),
        Err(_) => Err(serde::de::Error::custom("a key that no document has")),
    }
}

struct Reader {
    max_depth: usize,
    max_nodes: usize,
    nodes: Cell<usize>,
    /// Why reading stopped, when it was not the syntax.
    refusal: RefCell<Option<String>>,
    /// Keys that stand more than once.
    duplicates: RefCell<BTreeSet<Pointer>>,
}

/// The way from the root, kept on the stack, as it is only needed when a key stands twice.
struct Step<'a> {
    parent: Option<&'a Step<'a>>,
    token: &'a str,
    index: usize,
}

impl Step<'_> {
    fn pointer(&self) -> Pointer {
        let parent = self.parent.map(Step::pointer).unwrap_or_default();
        if self.token.is_empty() && self.index != usize::MAX {
            parent.index(self.index)
        } else {
            parent.child(self.token)
        }
    }
}

#[derive(Clone, Copy)]
struct Node<'a> {
    reader: &'a Reader,
    path: Option<&'a Step<'a>>,
    depth: usize,
}

impl Node<'_> {
    fn count<E: serde::de::Error>(&self) -> Result<(), E> {
        let nodes = self.reader.nodes.get() + 1;
        self.reader.nodes.set(nodes);
        if nodes > self.reader.max_nodes {
            return Err(self.refuse(too_many(self.reader.max_nodes)));
        }
        Ok(())
    }

    fn enter<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= self.reader.max_depth {
            return Err(self.refuse(too_deep(self.reader.max_depth)));
        }
        Ok(self.depth + 1)
    }

    fn refuse<E: serde::de::Error>(&self, message: String) -> E {
        self.reader.refusal.replace(Some(message));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        let mut items = Vec::new();
        loop {
            let step = Step {
                parent: self.path,
                token: "",
                index: items.len(),
            };
            let node = Node {
                reader: self.reader,
                path: Some(&step),
                depth,
            };
            match access.next_element_seed(node)? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        let mut members = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if key == NUMBER && members.is_empty() {
                return spelled_number(access);
            }
            let step = Step {
                parent: self.path,
                token: &key,
                index: usize::MAX,
            };
            let is_duplicate = members.contains_key(&key);
            if is_duplicate {
                let mut duplicates = self.reader.duplicates.borrow_mut();
                duplicates.insert(step.pointer());
            }
            let node = Node {
                reader: self.reader,
                path: Some(&step),
                depth,
            };
            let value = access.next_value_seed(node)?;
            if !is_duplicate {
                members.insert(key, value);
            }
        }
        Ok(Value::Object(members))
    }
}

fn syntax(file: FileId, text: &str, place: usize, error: &serde_json::Error) -> Diagnostic {
    let message = error.to_string();
    // The place is drawn, so it need not be said again.
    let message = message
        .split(" at line ")
        .next()
        .unwrap_or("not JSON")
        .to_owned();
    Diagnostic::new(
        Code::Syntax,
        Origin::new(file, locate::pointer_at(text, place)),
        message,
    )
    .at(place..place)
}

fn limit(file: FileId, text: &str, place: usize, message: String) -> Diagnostic {
    Diagnostic::new(
        Code::Limit,
        Origin::new(file, locate::pointer_at(text, place)),
        message,
    )
    .at(place..place)
}
