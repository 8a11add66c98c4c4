//! The document itself, as a file of the site.

use super::file;
use crate::artifact::Artifact;

/// A file of the document.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// Its name, as the user gave it or as a reference names it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The files of the document below `document/`, and the path of the one that leads to the others. What stands above
/// all of them is no business of the site's readers, so paths start at the directory that they share.
pub fn files(documents: &[Document<'_>]) -> (Option<String>, Vec<Artifact>) {
    let paths: Vec<Vec<&str>> = documents
        .iter()
        .map(|document| {
            let parts = document.name.split(['/', '\\']);
            parts.filter(|part| !matches!(*part, "" | ".")).collect()
        })
        .collect();
    let Some(first) = paths.first() else {
        return (None, Vec::new());
    };
    let mut shared = first.len().saturating_sub(1);
    for path in &paths {
        let directories = path.len().saturating_sub(1);
        let same = first
            .iter()
            .zip(path)
            .take_while(|(one, other)| one == other);
        shared = shared.min(same.count()).min(directories);
    }
    let artifacts: Vec<Artifact> = paths
        .iter()
        .zip(documents)
        .map(|(path, document)| {
            let rest: Vec<&str> = path.iter().skip(shared).copied().collect();
            let path = format!("document/{}", rest.join("/"));
            file(&path, document.text.to_owned())
        })
        .collect();
    let entry = artifacts.first().map(|artifact| {
        let path = artifact.path.as_str();
        path.strip_prefix("docs/html/").unwrap_or(path).to_owned()
    });
    (entry, artifacts)
}
