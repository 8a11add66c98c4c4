//! Small documents and what they are lowered to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod links;
mod operations;
mod parameters;
mod schemas;
mod unions;

use super::lower;
use crate::diagnostic::{Code, Diagnostics};
use crate::load::{Entry, LoadOptions, load};
use crate::model::{Api, Field, Operation, Record, Shape, Type, TypeDef, TypeName, WireName};
use crate::source::Sources;

/// A lowered document with what was found in it.
struct Lowered {
    api: Api,
    diagnostics: Diagnostics,
}

/// Lowers a whole document without its head.
fn lower_yaml(rest: &str) -> Lowered {
    let head = "openapi: 3.0.3\ninfo: {title: Test, version: '1'}\n";
    let paths = if rest.contains("paths:") {
        ""
    } else {
        "paths: {}\n"
    };
    lower_files(&[("test.yaml", &format!("{head}{paths}{rest}"))])
}

/// Lowers a document of several files, the first of which leads to the others.
fn lower_files(files: &[(&str, &str)]) -> Lowered {
    let entry = Entry::texts(files[0].0, files.iter().copied());
    let mut sources = Sources::default();
    let (options, mut ignored) = (LoadOptions::default(), Diagnostics::default());
    let document = load(&entry, &options, &mut sources, &mut ignored).expect("a document");
    let mut diagnostics = Diagnostics::default();
    let api = lower(&document, false, &mut diagnostics);
    Lowered { api, diagnostics }
}

/// Lowers schemas, given as YAML with two spaces before each name.
fn lower_schemas(schemas: &str) -> Lowered {
    let indented: String = schemas.lines().map(|line| format!("  {line}\n")).collect();
    lower_yaml(&format!("components:\n  schemas:\n{indented}"))
}

impl Lowered {
    fn def(&self, name: &str) -> &TypeDef {
        let wanted = TypeName::Component(WireName::new(name));
        let found = self.api.types.iter().find(|(_, def)| def.name == wanted);
        found.map(|(_, def)| def).expect("a component")
    }

    fn inline(&self, path: &[&str]) -> &TypeDef {
        let wanted = TypeName::Inline(path.iter().copied().map(WireName::new).collect());
        let found = self.api.types.iter().find(|(_, def)| def.name == wanted);
        found.map(|(_, def)| def).expect("an inline type")
    }

    fn record(&self, name: &str) -> &Record {
        record(self.def(name))
    }

    fn field(&self, name: &str, field: &str) -> &Field {
        let fields = &self.record(name).fields;
        let found = fields.iter().find(|known| known.name.as_str() == field);
        found.expect("a field")
    }

    fn operation(&self) -> &Operation {
        let mut operations = self.api.operations.iter();
        operations
            .next()
            .map(|(_, operation)| operation)
            .expect("an operation")
    }

    fn named(&self, name: &str) -> Type {
        let wanted = TypeName::Component(WireName::new(name));
        let found = self.api.types.iter().find(|(_, def)| def.name == wanted);
        Type::Named(found.map(|(id, _)| id).expect("a component"))
    }

    /// The codes and places of what was found.
    fn findings(&self) -> Vec<(Code, String)> {
        self.diagnostics
            .iter()
            .map(|finding| (finding.code, finding.primary.pointer.to_string()))
            .collect()
    }

    #[track_caller]
    fn assert_finding(&self, code: Code, at: &str) {
        let findings = self.findings();
        assert!(findings.contains(&(code, at.to_owned())), "{findings:?}");
    }

    #[track_caller]
    fn assert_clean(&self) {
        assert_eq!(self.findings(), Vec::new());
    }
}

#[track_caller]
fn record(def: &TypeDef) -> &Record {
    match &def.shape {
        Shape::Record(record) => record,
        other => panic!("{other:?} is no record"),
    }
}

fn field_names(record: &Record) -> Vec<&str> {
    record
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect()
}
