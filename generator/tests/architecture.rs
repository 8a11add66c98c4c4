//! Holds the sources to the rules of `ARCHITECTURE.md`: who may know whom, who may touch the disk, how long a file is.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules of the crate each module may name. A module may always name itself.
const MAY_SEE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("model", &["source"]),
    ("rust", &["model"]),
    ("artifact", &[]),
    ("load", &["source", "diagnostic"]),
    ("lower", &["load", "model", "source", "diagnostic"]),
    ("analysis", &["model"]),
    ("plan", &["model", "analysis", "rust"]),
    ("emit", &["rust", "artifact"]),
    ("reference", &["model", "rust", "artifact"]),
    (
        "pipeline",
        &[
            "analysis",
            "artifact",
            "diagnostic",
            "emit",
            "load",
            "lower",
            "model",
            "plan",
            "reference",
            "rust",
            "source",
        ],
    ),
    // What a user can ask for is a word of the plan: the features of a client.
    (
        "config",
        &["artifact", "load", "pipeline", "reference", "rust"],
    ),
    (
        "generator",
        &[
            "artifact",
            "diagnostic",
            "load",
            "pipeline",
            "plan",
            "reference",
            "rust",
            "source",
        ],
    ),
    ("mock", &["model", "reference"]),
    // The command line is a crate of its own and sees what every user of the library sees.
    ("main", &[]),
    ("commands", &[]),
    ("lib", &[]),
];

/// Who may touch files, the environment or the streams.
const MAY_DO_IO: &[&str] = &[
    "main.rs",
    "commands.rs",
    "commands",
    "artifact/apply.rs",
    "artifact/journal.rs",
    "load/read.rs",
    "load/read",
    // The sockets of the mock server, which is no part of the pipeline.
    "mock/serve.rs",
    "mock/serve",
    // It spells programs that print, and prints nothing itself.
    "reference/sample/rust.rs",
    // It spells tests that are told of their server by the environment, and asks nobody itself.
    "reference/contract.rs",
    // It spells the types of addresses, and connects to nothing.
    "emit/rust_types.rs",
    // It reads texts as addresses, and connects to nothing either.
    "plan/readable.rs",
    // The library's face for build scripts, which speak to Cargo through the environment and standard output.
    "generator.rs",
];

const IO: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
    "fs::",
    "File::",
    "println!",
    "print!",
    "dbg!",
];

/// The most lines of a file.
const LONGEST_FILE: usize = 400;

/// Files that are longer, each with the reason.
const MAY_BE_LONGER: &[(&str, &str)] = &[(
    "generator/src/rust.rs",
    "the whole plan of a client is read in one place, and is declarations alone",
)];

struct Source {
    /// Relative to the workspace, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines that are neither comments nor tests, numbered.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, line))
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn sources(directory: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut waiting = vec![workspace().join(directory)];
    while let Some(directory) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&directory) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(workspace()).unwrap();
                found.push(Source {
                    path: name.to_str().unwrap().replace('\\', "/"),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The sources of the generator, each with its path below `src`. Files that only tests are built with are left out.
fn generator_sources() -> Vec<(String, Source)> {
    let is_for_tests = |path: &str| path.ends_with("/tests.rs") || path.ends_with("/fixture.rs");
    let name = |source: Source| {
        let path = source.path.strip_prefix("generator/src/").unwrap();
        (path.to_owned(), source)
    };
    let all = sources("generator/src").into_iter().map(name);
    all.filter(|(path, _)| !is_for_tests(path)).collect()
}

fn first_part(path: &str) -> &str {
    let part = path.split_once('/').map_or(path, |(first, _)| first);
    part.strip_suffix(".rs").unwrap_or(part)
}

/// The modules that a line names by `crate::`.
fn named_modules(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
    })
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_module_names_only_those_that_it_may_see() {
    let may_see: BTreeMap<&str, &[&str]> = MAY_SEE.iter().copied().collect();
    let mut problems = Vec::new();
    for (path, source) in generator_sources() {
        let module = first_part(&path);
        let Some(seen) = may_see.get(module) else {
            problems.push(format!("{path}: say in this test what `{module}` may see"));
            continue;
        };
        for (number, line) in source.code() {
            for named in named_modules(line) {
                if named != module && !seen.contains(&named) {
                    problems.push(format!(
                        "{path}:{number}: `{module}` must not see `{named}`"
                    ));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn only_the_edges_touch_the_world() {
    let mut problems = Vec::new();
    for (path, source) in generator_sources() {
        let is_edge = |edge: &&str| path == **edge || path.starts_with(&format!("{edge}/"));
        if MAY_DO_IO.iter().any(is_edge) {
            continue;
        }
        for (number, line) in source.code() {
            if let Some(word) = IO.iter().find(|word| names_word(line, word)) {
                problems.push(format!("{path}:{number}: {word} in a pure module"));
            }
        }
    }
    assert_none(&problems);
}

/// Whether the line holds the word, not as the end of a longer one such as `offs::`.
fn names_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '"' | '`'))
    })
}

#[test]
fn files_are_short_and_named_after_what_they_hold() {
    let mut problems = Vec::new();
    let all = [
        "generator/src",
        "generator/runtime",
        "generator/tests",
        "tests",
    ];
    for source in all.into_iter().flat_map(sources) {
        let path = &source.path;
        let lines = source.text.lines().count();
        let may_be_longer = MAY_BE_LONGER.iter().any(|(longer, _)| longer == path);
        if lines > LONGEST_FILE && !may_be_longer {
            problems.push(format!("{path}: {lines} lines, at most {LONGEST_FILE}"));
        }
        for name in ["mod.rs", "utils.rs", "util.rs", "helpers.rs", "common.rs"] {
            if path.ends_with(&format!("/{name}")) {
                problems.push(format!("{path}: a file is named after what it holds"));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn imports_name_what_they_import() {
    let mut problems = Vec::new();
    for source in ["generator/src", "generator/runtime/src"]
        .into_iter()
        .flat_map(sources)
    {
        for (number, line) in source.code() {
            let line = line.trim();
            if line.contains("use ") && (line.ends_with("::*;") || line.contains("::{*")) {
                problems.push(format!("{}:{number}: {line}", source.path));
            }
        }
    }
    assert_none(&problems);
}
