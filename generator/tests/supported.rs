//! Holds `SUPPORTED.md` to its word: every field of the specification is in it, and every case that it names exists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const FATES: &[&str] = &["carried", "shown", "warned", "refused", "no effect"];

/// A line of a table: what it is about, its fate if the table has one, and the cases that it names.
struct Row {
    line: usize,
    subject: String,
    fate: String,
    cases: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The rows of the page by their section.
fn rows() -> BTreeMap<String, Vec<Row>> {
    let mut sections: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut section = String::new();
    for (index, line) in read("SUPPORTED.md").lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.trim_end_matches(" Object").to_owned();
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        let is_heading = line.ends_with("| case |") || line.starts_with("|---");
        if !line.starts_with("| ") || is_heading {
            continue;
        }
        let last = cells.last().unwrap();
        sections.entry(section.clone()).or_default().push(Row {
            line: index + 1,
            subject: cells[0].trim_start_matches("| ").replace('`', ""),
            fate: cells.get(1).unwrap().to_string(),
            cases: last
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        });
    }
    sections
}

/// The fields of each object of the specification, as the tables by which documents are read have them.
fn specified() -> BTreeMap<String, BTreeSet<String>> {
    let tables = read("src/load/objects/tables.rs") + &read("src/load/objects/tables/schemas.rs");
    let mut objects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in tables
        .split("static ")
        .filter(|text| text.contains(": Table = "))
    {
        // What follows a table, such as a constant, is not of it.
        let end = table.find("\n);").or(table.find("\n};"));
        let table = table.get(..end.unwrap()).unwrap();
        let title = ["object(", "title:"]
            .iter()
            .find_map(|start| table.split_once(start))
            .and_then(|(_, rest)| rest.split('"').nth(1));
        let fields = objects.entry(title.unwrap().to_owned()).or_default();
        for constructor in ["may(", "must(", "filled("] {
            for rest in table.split(constructor).skip(1) {
                fields.insert(rest.split('"').nth(1).unwrap().to_owned());
            }
        }
        if table.contains("SCOPES") {
            fields.insert("scopes".to_owned());
        }
    }
    objects
}

#[test]
fn every_field_of_the_specification_has_a_fate() {
    let sections = rows();
    let objects = specified();
    assert!(objects.len() >= 27, "the tables are no longer found");
    let mut missing = Vec::new();
    for (object, fields) in &objects {
        let listed: BTreeSet<&str> = sections
            .get(object)
            .into_iter()
            .flatten()
            .map(|row| row.subject.as_str())
            .collect();
        for field in fields {
            if !listed.contains(field.as_str()) {
                missing.push(format!("{object} Object: `{field}`"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn every_line_has_a_known_fate_and_a_case_that_exists() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut problems = Vec::new();
    for row in rows().into_values().flatten() {
        let Row { line, fate, .. } = &row;
        // The table of formats has types in the place of fates.
        let is_format = fate.contains('`') || row.subject.contains("int8");
        if !is_format && !FATES.contains(&fate.as_str()) {
            problems.push(format!("line {line}: `{fate}` is no fate"));
        }
        if row.cases.is_empty() {
            problems.push(format!("line {line}: no case"));
        }
        for case in &row.cases {
            if !cases.join(format!("{case}.yaml")).exists() {
                problems.push(format!("line {line}: there is no case `{case}`"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
