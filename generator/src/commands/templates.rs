//! Templates of the user's that stand for ours.

use super::Failure;
use specwright::reference::template_names;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads a directory whose files are named like ours, such as `pages/operation.md.jinja`.
pub(super) fn read(directory: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    collect(directory, &mut files)?;
    files.sort();
    let mut templates = Vec::new();
    for path in files {
        let name = path.strip_prefix(directory).unwrap_or(&path);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        if !template_names().any(|known| known == name) {
            let known: Vec<&str> = template_names().collect();
            return Err(Failure::user(format!(
                "{} stands for no template; there are {}",
                path.display(),
                known.join(", ")
            )));
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        templates.push((name, text));
    }
    Ok(templates)
}

/// The templates below a directory. Other files, such as a README, may stand beside them.
fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(directory).map_err(|error| unreadable(directory, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(directory, &error))?;
        let path = entry.path();
        let kind = entry
            .file_type()
            .map_err(|error| unreadable(&path, &error))?;
        if kind.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "jinja") {
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::user(format!("cannot read {}: {error}", path.display()))
}
