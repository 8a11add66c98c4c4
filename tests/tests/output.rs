//! What holds for the output as a whole: it is what the pipeline gives now, and always the same.

#![allow(clippy::unwrap_used, clippy::panic)]

use specwright::artifact::{Mode, apply};
use specwright::config::Config;
use specwright::load::Entry;
use specwright::pipeline;
use specwright::{Generator, Layout};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tests::places::workspace;

#[test]
fn generating_again_changes_nothing() {
    let path = workspace().join("spec/specwright.toml");
    let config = Config::parse(&path, &fs::read_to_string(&path).unwrap()).unwrap();
    let run = pipeline::run(&Entry::path(config.input), &config.options);
    let artifacts = run.product.unwrap().into_artifacts();
    let changes = apply(&config.output, &artifacts, Mode::Check).unwrap();
    assert!(
        changes.is_empty(),
        "generated/ is not what spec/ gives now; `cargo run` mends it: {changes:#?}"
    );
}

#[test]
fn two_directories_get_the_same_bytes() {
    for layout in [Layout::Crate, Layout::Module, Layout::File] {
        let (one, other) = (
            output_in_new_directory(layout),
            output_in_new_directory(layout),
        );
        assert!(!one.is_empty());
        assert_eq!(
            one.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (name, content) in &one {
            assert!(
                other.get(name) == Some(content),
                "{} differs",
                name.display()
            );
        }
    }
}

/// The files that are generated from a copy of the document into a directory that nobody had before.
fn output_in_new_directory(layout: Layout) -> BTreeMap<PathBuf, Vec<u8>> {
    let directory = tempfile::tempdir().unwrap();
    let document = directory.path().join("api-keys.yaml");
    fs::copy(workspace().join("spec/api-keys.yaml"), &document).unwrap();
    let output = directory.path().join("output");
    Generator::new(document)
        .layout(layout)
        .out_dir(&output)
        .generate()
        .unwrap();
    let mut files = BTreeMap::new();
    collect(&output, &output, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
