//! The crate that reads and writes: the types of a client, those files of the runtime that they need, and a table.

use crate::values::Case;
use serde_json::{Value, json};
use specwright::artifact::Artifact;
use specwright::emit::spell_type;
use specwright::rust::RustType;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Writes the crate into a folder.
pub fn write(code: &[Artifact], cases: &[Case], folder: &Path) {
    let files: BTreeMap<&str, &str> = code
        .iter()
        .map(|file| (file.path.as_str(), file.content.as_str()))
        .collect();
    let source = folder.join("src");
    fs::create_dir_all(source.join("runtime")).unwrap();
    let put = |name: &str, text: &str| fs::write(source.join(name), text).unwrap();

    let types = files["src/types.rs"];
    let modules = modules_of_types(&files);
    put("types.rs", types);
    let mut runtime = String::new();
    for module in &modules {
        let name = format!("runtime/{module}.rs");
        put(&name, files[format!("src/{name}").as_str()]);
        runtime.push_str(&format!("pub mod {module};\n"));
    }
    put("runtime.rs", &runtime);

    let mut table: Vec<&RustType> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut values = Vec::new();
    for case in cases {
        let index = *index_of.entry(spell_type(&case.ty)).or_insert_with(|| {
            table.push(&case.ty);
            table.len() - 1
        });
        values.push(json!([index, case.value.to_string()]));
    }
    put("table.rs", &spell_table(&table));
    put("main.rs", include_str!("driver.rs.txt"));
    fs::write(folder.join("values.json"), Value::from(values).to_string()).unwrap();
    let text: String = modules
        .iter()
        .map(|module| files[format!("src/runtime/{module}.rs").as_str()])
        .chain([types])
        .collect();
    fs::write(
        folder.join("Cargo.toml"),
        manifest(files["Cargo.toml"], &text, folder),
    )
    .unwrap();
}

/// The modules of the runtime that implement things for values, and those that the types name beside them, be it by way
/// of others.
fn modules_of_types<'f>(files: &BTreeMap<&'f str, &'f str>) -> BTreeSet<&'f str> {
    let name = |path: &&'f str| path.strip_prefix("src/runtime/")?.strip_suffix(".rs");
    let text = |module: &str| files[format!("src/runtime/{module}.rs").as_str()];
    let all: BTreeSet<&'f str> = files.keys().filter_map(name).collect();
    let mut found = modules_without_http(&all, text);
    let mut unread = vec![files["src/types.rs"]];
    while let Some(reader) = unread.pop() {
        for module in &all {
            let is_named = names_path(reader, &format!("runtime::{module}"))
                || names_path(reader, &format!("super::{module}"));
            if is_named && found.insert(*module) {
                unread.push(text(module));
            }
        }
    }
    found
}

fn modules_without_http<'f>(
    all: &BTreeSet<&'f str>,
    text: impl Fn(&str) -> &'f str,
) -> BTreeSet<&'f str> {
    let mut modules = all.clone();
    modules.remove("serde");
    loop {
        let is_of_values = |module: &&&str| {
            // What a macro names matters only where it is called.
            if **module == "macros" {
                return true;
            }
            let text = text(module);
            let mut others = all.difference(&modules);
            !["http", "http_body", "reqwest", "percent_encoding"]
                .iter()
                .any(|krate| {
                    names_path(text, &format!("use {krate}"))
                        || text.contains(&format!(" {krate}::"))
                })
                && !others.any(|other| names_path(text, &format!("super::{other}")))
        };
        let kept: BTreeSet<&'f str> = modules.iter().filter(is_of_values).copied().collect();
        if kept.len() == modules.len() {
            return kept;
        }
        modules = kept;
    }
}

/// Whether a path stands in a text and ends where it ends.
fn names_path(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(start, _)| {
        let rest = text.get(start + path.len()..).unwrap_or_default();
        !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

fn spell_table(types: &[&RustType]) -> String {
    let rows: String = types
        .iter()
        .map(|ty| format!("    super::round_trip::<{}>,\n", spell_type(ty)))
        .collect();
    format!("use super::types;\n\npub const TABLE: &[super::RoundTrip] = &[\n{rows}];\n")
}

/// The dependencies of the client that the text needs.
fn manifest(whole: &str, text: &str, folder: &Path) -> String {
    let (_, dependencies) = whole.split_once("[dependencies]\n").unwrap();
    let dependencies = dependencies.split("\n[").next().unwrap();
    let is_needed = |line: &&str| {
        let name = line.split(' ').next().unwrap().replace('-', "_");
        name == "serde_json" || text.contains(&format!("{name}::"))
    };
    let kept: Vec<&str> = dependencies.lines().filter(is_needed).collect();
    let name = folder.file_name().unwrap().to_str().unwrap();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\nserde = []\n\n[dependencies]\n{}\n",
        kept.join("\n")
    )
}
