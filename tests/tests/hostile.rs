//! Documents that mean harm: nothing panics, each ends as it may, and nothing outside of it reaches the output.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use specwright::diagnostic::{RenderOptions, Severity, render};
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Run};
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};
use tests::places::{hostile_folder, workspace};
use tests::skipped;

/// The longest that any document may take here, where nothing is optimised. The largest of them has 600 KB.
const LONGEST: Duration = Duration::from_secs(60);

#[test]
fn hostile_documents_end_as_they_must() {
    let Some(folder) = hostile_folder() else {
        skipped(
            "hostile_documents_end_as_they_must",
            "there is no folder shared/hostile",
        );
        return;
    };
    let index = fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let problems: Vec<String> = index
        .lines()
        .skip(1)
        .filter_map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let [file, category, _, must, ..] = cells.as_slice() else {
                panic!("{row}");
            };
            // This index was made for readers of OpenAPI 3 alone.
            let must = match file.ends_with("swagger_2.yaml") {
                true => "accept and escape",
                false => must,
            };
            let problem = problem_of(&folder.join(file), category, must)?;
            Some(format!("{file}: {problem}"))
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

fn problem_of(document: &Path, category: &str, must: &str) -> Option<String> {
    let start = Instant::now();
    let run = match catch_unwind(|| pipeline::run(&Entry::path(document), &Options::default())) {
        Ok(run) => run,
        Err(_) => return Some("it panics".to_owned()),
    };
    if start.elapsed() > LONGEST {
        return Some(format!("it takes {:?}", start.elapsed()));
    }
    if reads_what_lies_outside(&run) {
        return Some("it reads what lies outside of its folder".to_owned());
    }
    let (errors, warnings) = (
        run.diagnostics.count(Severity::Error),
        run.diagnostics.count(Severity::Warning),
    );
    let may = |outcome: &str| {
        must.split(" | ")
            .any(|allowed| allowed.starts_with(outcome))
    };
    let is_allowed = match (&run.product, errors) {
        (None, 0) => return Some("it ends without an error".to_owned()),
        (None, _) => may("reject"),
        (Some(_), 0) if category == "control" => run.diagnostics.iter().count() == 0,
        (Some(_), 0) => may("accept"),
        (Some(_), _) => return Some("it goes on after an error".to_owned()),
    };
    (!is_allowed).then(|| format!("{errors} errors, {warnings} warnings, where it must {must}"))
}

/// The canary stands beside the folder of the documents, and the passwords stand on every machine.
fn reads_what_lies_outside(run: &Run) -> bool {
    let report = render(&run.diagnostics, &run.sources, RenderOptions::default());
    let product = run.product.iter();
    let files = product.flat_map(|product| product.code.iter().chain(&product.pages));
    let texts = files.map(|file| file.content.as_str());
    texts
        .chain([report.as_str()])
        .any(|text| text.contains("PWNED_CANARY") || text.contains("root:x:0:0"))
}

/// Every third place of a small document of each version, with one of many values put in its stead.
#[test]
fn documents_with_anything_anywhere_never_panic() {
    for (name, step) in [
        ("versions/swagger-2-operations.yaml", 5),
        ("requests/query-parameters.yaml", 3),
        ("versions/types-3-1.yaml", 3),
    ] {
        let text = fs::read_to_string(workspace().join("tests/cases").join(name)).unwrap();
        try_mutants(name, &serde_yaml::from_str(&text).unwrap(), step);
    }
}

/// Every mutant of the documents that the variable names, which takes long: `SPECWRIGHT_MUTANTS=a.json,b.json`.
#[test]
fn chosen_documents_with_anything_anywhere_never_panic() {
    let Ok(names) = std::env::var("SPECWRIGHT_MUTANTS") else {
        skipped(
            "chosen_documents_with_anything_anywhere_never_panic",
            "SPECWRIGHT_MUTANTS names no document",
        );
        return;
    };
    for name in names.split(',') {
        let text = fs::read_to_string(name).unwrap();
        try_mutants(name, &serde_yaml::from_str(&text).unwrap(), 1);
    }
}

fn try_mutants(name: &str, document: &Value, step: usize) {
    let mut pointers = Vec::new();
    collect(document, String::new(), &mut pointers);
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e308),
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!([]),
        json!({}),
        json!([null]),
        json!({"": null}),
        json!({"$ref": "#"}),
        json!([[[[]]]]),
    ];
    let values = values.map(Change::Put);
    let changes: Vec<Change> = values
        .into_iter()
        .chain([Change::Remove, Change::Capitalize])
        .collect();
    let mut failures = Vec::new();
    for (number, pointer) in pointers.iter().enumerate().step_by(step) {
        // Of a sample, each place gets a change of its own; of all, each place gets each.
        let chosen = match step {
            1 => changes.iter().collect(),
            _ => vec![changes.get(number / step % changes.len()).unwrap()],
        };
        for change in chosen {
            let Some(mutant) = change.apply(document, pointer) else {
                continue;
            };
            let entry = Entry::text("mutant.json", mutant.to_string());
            let start = Instant::now();
            let run = catch_unwind(|| pipeline::run(&entry, &Options::default()));
            match run {
                Err(_) => failures.push(format!("{name}: {change:?} at {pointer} panics")),
                Ok(run) if run.product.is_none() && !run.diagnostics.has_errors() => {
                    failures.push(format!(
                        "{name}: {change:?} at {pointer} gives nothing and says nothing"
                    ));
                }
                Ok(_) if start.elapsed() > LONGEST => {
                    failures.push(format!("{name}: {change:?} at {pointer} takes long"));
                }
                Ok(_) => {}
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// What is done to one place of a document.
#[derive(Debug, Clone)]
enum Change {
    /// Another value takes the place.
    Put(Value),
    /// It is gone.
    Remove,
    /// Its key is in capital letters, and what it had is 1.
    Capitalize,
}

impl Change {
    /// The document with this change; `None` if there is no key to be removed or changed.
    fn apply(&self, document: &Value, pointer: &str) -> Option<Value> {
        let mut mutant = document.clone();
        if let Change::Put(value) = self {
            *mutant.pointer_mut(pointer).unwrap() = value.clone();
            return Some(mutant);
        }
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        let object = mutant.pointer_mut(parent).unwrap().as_object_mut()?;
        object.remove(&key);
        if matches!(self, Change::Capitalize) {
            object.insert(key.to_uppercase(), json!(1));
        }
        Some(mutant)
    }
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    if !pointer.is_empty() {
        pointers.push(pointer.clone());
    }
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
}
