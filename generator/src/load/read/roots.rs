//! The folders that references may lead into.

use super::Refusal;
use crate::load::files::normalize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Folders, each as it was named and as it is when all symbolic links are resolved.
pub(super) struct Roots {
    named: Vec<PathBuf>,
    real: Vec<PathBuf>,
}

impl Roots {
    pub(super) fn none() -> Self {
        Roots {
            named: Vec::new(),
            real: Vec::new(),
        }
    }

    /// The folder of the document, and those that the user names.
    pub(super) fn new(document: &Path, others: &[PathBuf]) -> Self {
        let own = match document.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut roots = Roots::none();
        for folder in std::iter::once(&own).chain(others) {
            if let Some(named) = absolute(folder) {
                roots.named.push(named);
            }
            if let Ok(real) = folder.canonicalize() {
                roots.real.push(real);
            }
        }
        roots
    }

    /// The real path of a file that may be read. What lies outside by its name is not even looked at.
    pub(super) fn find(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let named = absolute(path).ok_or_else(outside)?;
        let is_below =
            |roots: &[PathBuf], path: &Path| roots.iter().any(|root| path.starts_with(root));
        if !is_below(&self.named, &named) && !is_below(&self.real, &named) {
            return Err(outside());
        }
        let real = named.canonicalize().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Refusal::missing("there is no such file"),
            _ => Refusal::missing("the file cannot be opened"),
        })?;
        if !is_below(&self.real, &real) {
            return Err(Refusal::forbidden(
                "is a symbolic link that leads out of the folders that references may lead into",
                "name the folder that it leads to with --root, or under `roots` in specwright.toml",
            ));
        }
        // A pipe or a device may have no end.
        if !real.is_file() {
            return Err(Refusal::missing("what is there is no file"));
        }
        Ok(real)
    }
}

fn outside() -> Refusal {
    Refusal::forbidden(
        "leads out of the folders that references may lead into",
        "name a folder around it with --root, or under `roots` in specwright.toml",
    )
}

/// The path from the root of the disk, without asking the disk.
fn absolute(path: &Path) -> Option<PathBuf> {
    Some(normalize(&std::path::absolute(path).ok()?))
}
