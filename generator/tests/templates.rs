//! Holds `templates/README.md`: it names what each template is given, all of it, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic)]

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};
use specwright::load::Entry;
use specwright::pipeline::{self, Options};
use specwright::reference::template_names;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates")
}

/// The names under each heading that bears the names of templates.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(templates().join("README.md")).unwrap();
    let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            open = code_spans(heading);
        }
        if line.starts_with("| `") {
            let name = code_spans(line).first().unwrap().clone();
            for section in &open {
                sections
                    .entry(section.clone())
                    .or_default()
                    .insert(name.clone());
            }
        }
    }
    sections
}

fn code_spans(line: &str) -> Vec<String> {
    line.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn source(name: &str) -> String {
    fs::read_to_string(templates().join(name)).unwrap()
}

/// What a template names and does not define itself.
fn used(name: &str) -> BTreeSet<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    environment.set_syntax(syntax.build().unwrap());
    environment
        .add_template_owned(name.to_owned(), source(name))
        .unwrap();
    let template = environment.get_template(name).unwrap();
    let own = [
        "flavour",
        "suffix",
        "extension",
        "loop",
        "range",
        "namespace",
        "dict",
    ];
    let names = template.undeclared_variables(false).into_iter();
    names.filter(|name| !own.contains(&name.as_str())).collect()
}

#[test]
fn everything_that_a_template_uses_is_documented() {
    let documented = documented();
    let mut missing = Vec::new();
    for name in template_names().filter(|name| !name.ends_with("macros.html.jinja")) {
        let Some(known) = documented.get(name) else {
            missing.push(format!("{name} has no heading"));
            continue;
        };
        let unknown = used(name).into_iter().filter(|used| !known.contains(used));
        missing.extend(unknown.map(|used| format!("{name}: {used}")));
    }
    assert!(missing.is_empty(), "templates/README.md lacks {missing:#?}");
}

/// Each page with a template of the user's that prints all that it is said to be given: a name that is not there is an
/// error of the template.
#[test]
fn everything_that_is_documented_is_given() {
    let spec = fs::read_to_string(templates().join("../spec/api-keys.yaml")).unwrap();
    let entry = Entry::texts("api.yaml", [("api.yaml".to_owned(), spec)]);
    for (name, names) in documented() {
        let mut options = Options::default();
        options.docs.html = true;
        options.docs.languages = Some(specwright::reference::Language::ALL.to_vec());
        let lines: Vec<String> = names
            .iter()
            .map(|name| format!("{{{{ {name} is defined or 1 / 0 }}}}"))
            .collect();
        let text = format!("{}\nour own {{{{ flavour }}}}\n", lines.join("\n"));
        options.docs.templates = vec![(name.clone(), text)];
        let run = pipeline::run(&entry, &options);
        let found: Vec<String> = run
            .diagnostics
            .iter()
            .map(|found| found.message.clone())
            .filter(|message| message.contains("template"))
            .collect();
        assert!(found.is_empty(), "{name}: {found:?}");
        let product = run.product.unwrap();
        let mut pages = product.pages.iter();
        // What a document without long lists of parameters has no page for is shown by none.
        if !name.contains("parameters") && !name.contains("incoming") {
            assert!(
                pages.any(|page| page.content.contains("our own")),
                "{name} stands for nothing"
            );
        }
    }
}

#[test]
fn a_template_with_a_mistake_is_the_users() {
    let spec = fs::read_to_string(templates().join("../spec/api-keys.yaml")).unwrap();
    let entry = Entry::texts("api.yaml", [("api.yaml".to_owned(), spec)]);
    let mut options = Options::default();
    options.docs.templates = vec![(
        "pages/errors.md.jinja".to_owned(),
        "a\n{{ nowhere }}".to_owned(),
    )];
    let run = pipeline::run(&entry, &options);
    let found = run.diagnostics.iter().next().unwrap();
    assert_eq!(found.code.as_str(), "io");
    assert!(
        found.message.contains("pages/errors.md.jinja:2"),
        "{}",
        found.message
    );
}
