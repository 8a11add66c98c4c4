//! Each document under `cases/` against the code and the diagnostics that it gave when somebody last looked.

#![allow(clippy::unwrap_used, clippy::panic)]

use specwright::Defaults;
use specwright::artifact::Artifact;
use specwright::diagnostic::{Code, RenderOptions, render};
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts, Run, usual_features};
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::path::Path;
use tests::places::{Case, cases};

/// The files of a client that depend on the document alone; the rest is the runtime and the manifest.
const SHOWN: [&str; 7] = [
    "src/types.rs",
    "src/constraints.rs",
    "src/operations.rs",
    "src/client.rs",
    "src/security.rs",
    "src/servers.rs",
    "src/xml.rs",
];

#[test]
fn every_case_gives_what_it_gave() {
    let changed: Vec<String> = cases()
        .iter()
        .filter(|case| catch_unwind(|| compare(case)).is_err())
        .map(|case| format!("{}/{}", case.area, case.name))
        .collect();
    assert!(
        changed.is_empty(),
        "to be reviewed with `cargo insta review`, or taken with INSTA_UPDATE=always: {changed:#?}"
    );
}

/// All but the two that no document brings about: a file that cannot be read, and a mistake of specwright itself.
#[test]
fn every_code_has_a_case_of_its_name_that_reports_it() {
    let cases = cases();
    let silent: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !matches!(code, Code::Io | Code::Internal) && !is_reported(**code, &cases))
        .map(|code| code.as_str())
        .collect();
    assert!(
        silent.is_empty(),
        "no tests/cases/diagnostics/<code>.yaml reports its code: {silent:?}"
    );
}

/// What `explain` shows is what a user would try.
#[test]
fn every_bad_example_is_reported_and_no_good_one_is() {
    let reports = |text: &str, code: Code| {
        let entry = Entry::texts("api.yaml", [("api.yaml", text)]);
        let run = pipeline::run(&entry, &Options::default());
        run.diagnostics.iter().any(|found| found.code == code)
    };
    let mut problems = Vec::new();
    for code in Code::ALL {
        let Some((bad, good)) = code.example_documents() else {
            continue;
        };
        if !reports(&bad, *code) {
            problems.push(format!("the bad example of {code} is not reported"));
        }
        if reports(&good, *code) {
            problems.push(format!("the good example of {code} is reported"));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

fn is_reported(code: Code, cases: &[Case]) -> bool {
    cases
        .iter()
        .filter(|case| case.area == "diagnostics" && case.name == code.as_str())
        .any(|case| {
            generate(case)
                .diagnostics
                .iter()
                .any(|found| found.code == code)
        })
}

fn compare(case: &Case) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case.path.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(case.name.clone(), shown(&generate(case))));
}

fn generate(case: &Case) -> Run {
    let text = std::fs::read_to_string(&case.path).unwrap();
    let mut options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    options.plan.validate = true;
    options.plan.features = usual_features(options.layout);
    // What the name says is asked for; without it, XML is text or bytes.
    options.plan.features.xml = case.name.starts_with("xml");
    if case.name.ends_with("-filled") {
        options.plan.defaults = Defaults::Filled;
    }
    let name = format!("{}.yaml", case.name);
    let mut files = vec![(name.clone(), text)];
    beside(&case.path.with_extension(""), &case.name, &mut files);
    pipeline::run(&Entry::texts(name, files), &options)
}

/// The files of a case that has several: those in the folder of its name.
fn beside(folder: &Path, name: &str, files: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => beside(&path, &name, files),
            false => files.push((name, std::fs::read_to_string(&path).unwrap())),
        }
    }
}

/// The diagnostics, then the files, each under its name.
fn shown(run: &Run) -> String {
    let mut text = report(run);
    let Some(product) = &run.product else {
        text.push_str("\n(nothing is generated)\n");
        return text;
    };
    for name in SHOWN {
        let content = content(&product.code, name);
        if !content.is_empty() {
            let _ = write!(text, "\n// ---- {name} ----\n\n{content}");
        }
    }
    text
}

fn report(run: &Run) -> String {
    match render(&run.diagnostics, &run.sources, RenderOptions::default()) {
        nothing if nothing.is_empty() => "(no diagnostics)\n".to_owned(),
        report => report,
    }
}

fn content<'a>(files: &'a [Artifact], name: &str) -> &'a str {
    files
        .iter()
        .find(|file| file.path.as_str() == name)
        .map_or("", |file| file.content.as_str())
}
