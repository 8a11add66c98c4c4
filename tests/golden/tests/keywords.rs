//! Every keyword of JSON Schema 2020-12 against instances: what is invalid is refused by whom the case says.
//!
//! The cases under `tests/cases/keywords` carry their instances. The jsonschema crate says which of them are valid; the
//! types of the clients and `validate` say what a user gets.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use golden::runtime::codec::{Decode, DecodeError, decode, encode};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use specwright::diagnostic::Severity;
use specwright::load::Entry;
use specwright::pipeline::{self, Options};
use std::fs;
use tests::places::workspace;

/// Reads a record with one property and validates it.
type Drive = fn(&[u8]) -> Result<Read, DecodeError>;

/// What became of a value that the type took.
struct Read {
    /// What `validate` found.
    violations: Vec<String>,
    /// What is sent when the value is sent back.
    written: Value,
}

macro_rules! drive {
    ($module:ident :: $ty:ident) => {
        |json| {
            let value: golden::$module::types::$ty = decode(json)?;
            let result = value.validate();
            Ok(Read {
                violations: result.err().map_or(Vec::new(), |error| {
                    error.violations().iter().map(ToString::to_string).collect()
                }),
                written: written(&value),
            })
        }
    };
}

const CASES: &[(&str, &str, Drive)] = &[
    ("arrays", "Arrays", drive!(keywords_arrays::Arrays)),
    ("formats", "Formats", drive!(keywords_formats::Formats)),
    ("objects", "Objects", drive!(keywords_objects::Objects)),
    (
        "references",
        "References",
        drive!(keywords_references::References),
    ),
    ("values", "Values", drive!(keywords_values::Values)),
];

/// Who has to do with an instance, by the list in which it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// It is valid, and comes back the same.
    Valid,
    /// The type refuses it.
    Type,
    /// The type takes it, and `validate` refuses it.
    Validate,
    /// Both take it, and a warning says so.
    Accepted,
    /// Both take it on purpose, as SUPPORTED.md says.
    Said,
    /// It is valid, and the type refuses it on purpose, as SUPPORTED.md says.
    Stricter,
}

const LISTS: [(&str, Fate); 6] = [
    ("x-valid", Fate::Valid),
    ("x-type", Fate::Type),
    ("x-validate", Fate::Validate),
    ("x-accepted", Fate::Accepted),
    ("x-said", Fate::Said),
    ("x-stricter", Fate::Stricter),
];

#[test]
fn every_instance_is_taken_or_refused_by_whom_its_list_says() {
    let mut problems = Vec::new();
    let mut counts = [0; LISTS.len()];
    for (case, record, drive) in CASES {
        let path = workspace().join(format!("tests/cases/keywords/{case}.yaml"));
        let text = fs::read_to_string(path).unwrap();
        let document: Value = serde_yaml::from_str(&text).unwrap();
        let warned = warned(&text);
        let schemas = &document["components"]["schemas"];
        for (name, schema) in schemas[record]["properties"].as_object().unwrap() {
            let judge = judge(schemas, record, name);
            let place = format!("/components/schemas/{record}/properties/{}", escaped(name));
            for (index, (list, fate)) in LISTS.iter().enumerate() {
                let instances = schema.get(list).and_then(Value::as_array);
                for instance in instances.into_iter().flatten() {
                    counts[index] += 1;
                    let is_valid = judge.is_valid(instance);
                    if let Some(problem) = problem(*fate, is_valid, name, instance, *drive) {
                        problems.push(format!("{case}: `{name}`: {instance}: {problem}"));
                    }
                }
                if *fate == Fate::Accepted && instances.is_some() {
                    let is_warned = warned.iter().any(|at| at.starts_with(&place));
                    if !is_warned {
                        problems.push(format!("{case}: `{name}`: nothing warns of it"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    println!("{counts:?}");
}

/// What is not as the list of an instance says.
fn problem(
    fate: Fate,
    is_valid: bool,
    name: &str,
    instance: &Value,
    drive: Drive,
) -> Option<String> {
    if is_valid != matches!(fate, Fate::Valid | Fate::Stricter) {
        return Some(format!("the judge finds it valid: {is_valid}"));
    }
    let whole = json!({ name: instance });
    let read = match drive(whole.to_string().as_bytes()) {
        Ok(read) => read,
        Err(_) if matches!(fate, Fate::Type | Fate::Stricter) => return None,
        Err(error) => return Some(format!("the type refuses it: {error}")),
    };
    match fate {
        Fate::Valid if !read.violations.is_empty() => Some(format!(
            "`validate` refuses it: {}",
            read.violations.join("; ")
        )),
        Fate::Valid if !is_same(&read.written, &whole) => {
            Some(format!("it comes back as {}", read.written))
        }
        Fate::Type | Fate::Stricter => Some("the type takes it".to_owned()),
        Fate::Validate if read.violations.is_empty() => Some("`validate` takes it".to_owned()),
        Fate::Accepted | Fate::Said if !read.violations.is_empty() => Some(format!(
            "`validate` refuses it after all: {}",
            read.violations.join("; ")
        )),
        _ => None,
    }
}

/// The keywords of JSON Schema 2020-12; `$vocabulary` is for meta-schemas alone.
const KEYWORDS: &str = "$schema $id $anchor $ref $dynamicRef $dynamicAnchor $defs $comment prefixItems items contains \
    additionalProperties properties patternProperties dependentSchemas propertyNames if then else allOf anyOf oneOf not \
    unevaluatedItems unevaluatedProperties type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum \
    maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties \
    required dependentRequired title description default deprecated readOnly writeOnly examples format contentEncoding \
    contentMediaType contentSchema";

#[test]
fn every_keyword_has_instances() {
    let mut with_instances = Vec::new();
    for (case, record, _) in CASES {
        let path = workspace().join(format!("tests/cases/keywords/{case}.yaml"));
        let document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let whole = &document["components"]["schemas"][record];
        with_instances.extend(whole.as_object().unwrap().keys().cloned());
        let properties = &whole["properties"];
        for (name, schema) in properties.as_object().unwrap() {
            assert!(
                schema.get("x-valid").is_some(),
                "{case}: `{name}` has no valid instance"
            );
            with_instances.extend(name.split(' ').map(str::to_owned));
            with_instances.extend(schema.as_object().unwrap().keys().cloned());
        }
    }
    let missing: Vec<&str> = KEYWORDS
        .split_whitespace()
        .filter(|word| !with_instances.iter().any(|known| known == word))
        .collect();
    assert!(missing.is_empty(), "no case has instances of {missing:?}");
}

fn written<T: Decode>(value: &T) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

/// Where the pipeline warns.
fn warned(text: &str) -> Vec<String> {
    let entry = Entry::texts("case.yaml", [("case.yaml", text)]);
    let run = pipeline::run(&entry, &Options::default());
    let warnings = run.diagnostics.iter();
    warnings
        .filter(|found| found.severity == Severity::Warning)
        .map(|found| found.primary.pointer.as_str().to_owned())
        .collect()
}

/// What says whether a value is one of a property.
fn judge(schemas: &Value, record: &str, name: &str) -> Validator {
    let text = schemas
        .to_string()
        .replace("#/components/schemas/", "#/$defs/");
    let schemas: Value = serde_json::from_str(&text).unwrap();
    let reference = format!("#/$defs/{record}/properties/{}", encoded(&escaped(name)));
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&json!({ "$id": "https://example.com/case", "$ref": reference, "$defs": schemas }))
        .unwrap()
}

/// A name as a step of a JSON Pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A pointer as a fragment of a URI.
fn encoded(pointer: &str) -> String {
    pointer.replace(' ', "%20")
}

/// Whether two values are the same to JSON Schema, to which `1.0` is `1`.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => are_same(one, other),
        _ => one == other,
    }
}

fn are_same(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let has_same = |(key, value)| other.get(key).is_some_and(|found| is_same(value, found));
    one.len() == other.len() && one.iter().all(has_same)
}
