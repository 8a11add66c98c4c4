//! What became of the values, and whose fault it is.

use crate::schemas::{Schemas, Verdict, member};
use crate::values::{Case, Files};
use serde_json::{Value, json};
use specwright::emit::spell_type;
use specwright::source::Origin;
use std::collections::BTreeSet;
use std::path::Path;
use std::{fmt, fs};

/// Prints a line of JSON: how many values came back the same, how many could not since they are
/// invalid, which of them lost what no schema declares, and what is left.
pub fn print(files: &Files, cases: &[Case], folder: &Path) {
    let printed = fs::read_to_string(folder.join("printed")).unwrap();
    let mut lines = printed.lines();
    let mut schemas = None;
    let (mut same, mut faults, mut undeclared, mut ours) = (0, Vec::new(), Vec::new(), Vec::new());
    for case in cases {
        let line = lines.next().unwrap_or("[false,\"the program stopped\"]");
        let result: Value = serde_json::from_str(line).unwrap();
        let all = match result[0] == true {
            true => differences(&case.value, &result[1]),
            false => vec![Difference::Other(result[1].as_str().unwrap().to_owned())],
        };
        let Some(reason) = all.first() else {
            same += 1;
            continue;
        };
        let schema = Origin::new(case.at.file, case.schema.clone());
        let schemas = schemas.get_or_insert_with(|| Schemas::new(files));
        let name = &files[&case.at.file].0;
        let told = format!(
            "{name}{}: {}: {reason}",
            case.at.pointer,
            spell_type(&case.ty)
        );
        match schemas.judge(&schema, &case.value) {
            Ok(Verdict::Invalid(fault)) => faults.push(format!("{told}; {fault}")),
            Ok(Verdict::Valid { declared, coarse }) => {
                let mut left = all
                    .iter()
                    .filter(|found| !found.is_spelling(&coarse))
                    .peekable();
                if left.peek().is_none() {
                    same += 1;
                } else if left.all(|found| found.is_undeclared(&declared)) {
                    undeclared.push(told);
                } else {
                    ours.push(told);
                }
            }
            Err(error) => ours.push(format!("{told}; its schema cannot be read: {error}")),
        }
    }
    println!(
        "{}",
        json!({ "cases": cases.len(), "same": same, "faults": faults, "undeclared": undeclared, "ours": ours })
    );
}

/// How the second value differs from the first.
enum Difference {
    /// The member at a JSON pointer is not there.
    Lost(String, Value),
    /// What is at a JSON pointer is there as a number of single precision has it, or in the other case.
    Coarse(String, Value, Value),
    /// Anything else, in words.
    Other(String),
}

impl Difference {
    /// Whether it is no more than a member that none of these is, each given by its place in the value.
    fn is_undeclared(&self, declared: &BTreeSet<String>) -> bool {
        match self {
            Difference::Lost(path, _) => !declared.contains(path),
            Difference::Coarse(..) | Difference::Other(_) => false,
        }
    }

    /// Whether it is no more than what the types of these values cannot hold.
    fn is_spelling(&self, coarse: &BTreeSet<String>) -> bool {
        matches!(self, Difference::Coarse(path, ..) if coarse.contains(path))
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Lost(path, value) => write!(f, "{path} is lost: {}", shortened(value)),
            Difference::Coarse(path, given, written) => {
                write!(f, "{path} is {written} instead of {given}")
            }
            Difference::Other(words) => f.write_str(words),
        }
    }
}

/// Where two values differ, but for the order of members.
fn differences(given: &Value, written: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), given, written)];
    while let Some((at, given, written)) = open.pop() {
        match (given, written) {
            (Value::Object(a), Value::Object(b)) => {
                for (key, value) in a {
                    let at = member(&at, key);
                    match b.get(key) {
                        Some(other) => open.push((at, value, other)),
                        None => found.push(Difference::Lost(at, value.clone())),
                    }
                }
                let new = b.keys().filter(|key| !a.contains_key(*key));
                found.extend(new.map(|key| Difference::Other(format!("{at}/{key} is new"))));
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                let pairs = a.iter().zip(b).enumerate();
                open.extend(pairs.map(|(index, (a, b))| (format!("{at}/{index}"), a, b)));
            }
            (Value::Number(a), Value::Number(b))
                if a.as_f64() == b.as_f64() && (a == b || a.is_f64() || b.is_f64()) => {}
            (Value::Number(a), Value::Number(b))
                if a.as_f64().map(|a| a as f32) == b.as_f64().map(|b| b as f32) =>
            {
                found.push(Difference::Coarse(at, given.clone(), written.clone()));
            }
            (Value::String(a), Value::String(b)) if a != b && a.eq_ignore_ascii_case(b) => {
                found.push(Difference::Coarse(at, given.clone(), written.clone()));
            }
            (a, b) if a == b => {}
            (a, b) => {
                let words = format!("{at} is {} instead of {}", shortened(b), shortened(a));
                found.push(Difference::Other(words));
            }
        }
    }
    found
}

fn shortened(value: &Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(60).collect();
    match start.len() == text.len() {
        true => text,
        false => start + "...",
    }
}
