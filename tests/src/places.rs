//! Where things are, found from the manifest of the test crate and never written down.

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// A document of the folder that is shared between checkouts: `shared/specs` beside the workspace or beside one of
/// the folders around it, or what the variable `SPECWRIGHT_SHARED` names. Nothing of it is part of the project.
pub fn shared_document(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("SPECWRIGHT_SHARED").map(PathBuf::from);
    let root = workspace();
    let beside = root.ancestors().skip(1).map(|folder| folder.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .map(|shared| shared.join("specs").join(name))
        .find(|document| document.is_file())
}

/// The folder `shared/hostile`, found like a shared document.
pub fn hostile_folder() -> Option<PathBuf> {
    let index = shared_document("../hostile/INDEX.tsv")?;
    Some(index.parent()?.to_owned())
}

/// The cases: each document under `tests/cases` with its area and its name, in a fixed order.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = folders(&workspace().join("tests/cases"))
        .iter()
        .flat_map(|area| documents(area))
        .collect();
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!cases.is_empty(), "there are no cases");
    cases
}

/// A document that shows one construct.
#[derive(Debug, Clone)]
pub struct Case {
    /// The folder that it stands in.
    pub area: String,
    /// Its file name without the extension.
    pub name: String,
    /// Its whole path.
    pub path: PathBuf,
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    entries(parent)
        .into_iter()
        .filter(|path| path.is_dir())
        .collect()
}

fn documents(area: &Path) -> Vec<Case> {
    entries(area)
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| Case {
            area: name_of(area),
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            path,
        })
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
