//! Reads JSON.

use super::{Failure, duplicate_key, too_deep, too_many};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::LoadOptions;
use crate::source::{FileId, Origin, Pointer, locate};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::fmt;

/// Reads one JSON text.
pub(super) fn parse(file: FileId, text: &str, options: &LoadOptions) -> Result<Value, Failure> {
    let reader = Reader {
        max_depth: options.max_depth,
        max_nodes: options.max_nodes,
        nodes: Cell::new(0),
        refusal: RefCell::new(None),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = Node {
        reader: &reader,
        path: None,
        depth: 0,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value));
    result.map_err(|error| {
        let place = locate::offset(text, error.line(), error.column());
        Box::new(match reader.refusal.take() {
            Some(Refusal::Duplicate(pointer)) => refuse_duplicate(file, text, pointer),
            Some(Refusal::Limit(message)) => limit(file, text, place, message),
            None if error.to_string().starts_with("recursion limit") => {
                limit(file, text, place, too_deep(127))
            }
            None => syntax(file, text, place, &error),
        })
    })
}

/// Why reading stopped, when it was not the syntax.
enum Refusal {
    Duplicate(Pointer),
    Limit(String),
}

struct Reader {
    max_depth: usize,
    max_nodes: usize,
    nodes: Cell<usize>,
    refusal: RefCell<Option<Refusal>>,
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
            return Err(self.refuse(Refusal::Limit(too_many(self.reader.max_nodes))));
        }
        Ok(())
    }

    fn enter<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= self.reader.max_depth {
            return Err(self.refuse(Refusal::Limit(too_deep(self.reader.max_depth))));
        }
        Ok(self.depth + 1)
    }

    fn refuse<E: serde::de::Error>(&self, refusal: Refusal) -> E {
        self.reader.refusal.replace(Some(refusal));
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
            let step = Step {
                parent: self.path,
                token: &key,
                index: usize::MAX,
            };
            if members.contains_key(&key) {
                return Err(self.refuse(Refusal::Duplicate(step.pointer())));
            }
            let node = Node {
                reader: self.reader,
                path: Some(&step),
                depth,
            };
            let value = access.next_value_seed(node)?;
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

fn refuse_duplicate(file: FileId, text: &str, pointer: Pointer) -> Diagnostic {
    let places = locate::key_places(text, &pointer);
    duplicate_key(
        Origin::new(file, pointer),
        places.first().cloned(),
        places.get(1).cloned(),
    )
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
