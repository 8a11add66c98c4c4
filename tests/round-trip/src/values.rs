//! The values of a document: what its examples and defaults are, and which types they belong to.

use crate::places::{Kind, Place};
use crate::yaml;
use serde_json::Value;
use specwright::rust::RustType;
use specwright::source::{FileId, Origin, Pointer, Sources};
use std::collections::{BTreeMap, HashSet};

/// Each file with its name, parsed by other means than specwright's.
pub type Files = BTreeMap<FileId, (String, Value)>;

/// A value, the type that it belongs to, and the schema that it is meant for.
#[derive(Debug)]
pub struct Case {
    /// Where the value stands.
    pub at: Origin,
    /// Where its schema stands, if it has one.
    pub schema: Pointer,
    /// Its type.
    pub ty: RustType,
    /// The value.
    pub value: Value,
}

/// Parses what specwright read.
pub fn parse(sources: &Sources) -> Files {
    let parse = |name: &str, text: &str| match name.ends_with(".json") {
        true => serde_json::from_str(text).unwrap(),
        false => yaml::parse(text).unwrap(),
    };
    sources
        .iter()
        .map(|(id, file)| (id, (file.name.clone(), parse(&file.name, &file.text))))
        .collect()
}

/// The values at places, each once for each type that it belongs to.
pub fn find(files: &Files, places: Vec<Place>) -> Vec<Case> {
    let mut finder = Finder {
        files,
        seen: HashSet::new(),
        cases: Vec::new(),
    };
    for place in places {
        let before = finder.cases.len();
        finder.visit(&place);
        if place.kind == Kind::Named {
            let mut index = 0;
            finder.cases.retain(|case| {
                index += 1;
                index <= before || !case.value.is_null()
            });
        }
    }
    finder.cases
}

struct Finder<'f> {
    files: &'f Files,
    seen: HashSet<(Origin, RustType)>,
    cases: Vec<Case>,
}

impl<'f> Finder<'f> {
    fn visit(&mut self, place: &Place) {
        let Some(node) = self.node(&place.origin) else {
            return;
        };
        let (at, ty) = (&place.origin, &place.ty);
        match &place.kind {
            Kind::Schema | Kind::Named => self.visit_schema(at, ty),
            // In 2.0 a parameter is its schema.
            Kind::Parameter if node.get("schema").is_none() => self.visit_schema(at, ty),
            Kind::Parameter => self.visit_shown(at, ty),
            Kind::Body(media_type) => {
                let content = at.child("content").child(media_type);
                let first = self.cases.len();
                self.visit_shown(&content, ty);
                // An example of `null` for a request that needs no body is no body.
                let is_request = at.pointer.as_str().contains("/requestBod");
                if is_request && node.get("required") != Some(&Value::Bool(true)) {
                    let shown = self.cases.split_off(first);
                    self.cases
                        .extend(shown.into_iter().filter(|case| !case.value.is_null()));
                }
                // The body of 2.0, and the examples of its responses.
                self.visit_schema(&at.child("schema"), ty);
                let example = at.child("examples").child(media_type);
                self.take(&example, &at.child("schema").pointer, ty);
            }
        }
    }

    /// A parameter or a media type: a schema, with examples beside it.
    fn visit_shown(&mut self, at: &Origin, ty: &RustType) {
        let schema = at.child("schema");
        self.visit_schema(&schema, ty);
        self.take(&at.child("example"), &schema.pointer, ty);
        let examples = at.child("examples");
        let Some(Value::Object(named)) = self.node(&examples) else {
            return;
        };
        for (name, example) in named {
            let example = match example.get("$ref").and_then(Value::as_str) {
                Some(reference) => match reference.strip_prefix('#') {
                    Some(pointer) => Origin::new(at.file, Pointer::from_escaped(pointer)),
                    None => continue,
                },
                None => examples.child(name),
            };
            for word in ["value", "dataValue"] {
                self.take(&example.child(word), &schema.pointer, ty);
            }
        }
    }

    fn visit_schema(&mut self, at: &Origin, ty: &RustType) {
        let Some(Value::Object(node)) = self.node(at) else {
            return;
        };
        if !self.seen.insert((at.clone(), ty.clone())) {
            return;
        }
        for word in ["example", "default"] {
            self.take(&at.child(word), &at.pointer, ty);
        }
        if let Some(Value::Array(examples)) = node.get("examples") {
            for index in 0..examples.len() {
                self.take(&at.child("examples").index(index), &at.pointer, ty);
            }
        }
        match without_wrappers(ty) {
            RustType::Vec(item) => self.visit_schema(&at.child("items"), item),
            RustType::Map(value) => self.visit_schema(&at.child("additionalProperties"), value),
            RustType::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit_schema(&at.child("prefixItems").index(index), item);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, at: &Origin, schema: &Pointer, ty: &RustType) {
        if let Some(value) = self.node(at)
            && self.seen.insert((at.clone(), ty.clone()))
        {
            self.cases.push(Case {
                at: at.clone(),
                schema: schema.clone(),
                ty: ty.clone(),
                value: read_text(at, ty, value),
            });
        }
    }

    fn node(&self, at: &Origin) -> Option<&'f Value> {
        let (_, document) = self.files.get(&at.file)?;
        document.pointer(at.pointer.as_str())
    }
}

/// The JSON that a string holds, where a media type shows its example so (OpenAPI 3.0.4, Media Type Object).
fn read_text(at: &Origin, ty: &RustType, value: &Value) -> Value {
    let is_of_media_type = at.pointer.as_str().contains("/content/");
    match (value, without_wrappers(ty)) {
        (Value::String(text), RustType::Named(_) | RustType::Vec(_) | RustType::Map(_))
            if is_of_media_type =>
        {
            let read: Result<Value, _> = serde_json::from_str(text);
            let read = read.ok().filter(|read| read.is_object() || read.is_array());
            read.unwrap_or_else(|| value.clone())
        }
        _ => value.clone(),
    }
}

fn without_wrappers(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) | RustType::Box(inner) => without_wrappers(inner),
        other => other,
    }
}
