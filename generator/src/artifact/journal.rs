//! Exchanging many files as one: what was done is kept in a journal and undone if a later step fails.

use super::apply::ApplyError;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The steps of an exchange that is under way. Dropped before [`finish`](Self::finish), it puts everything back.
pub(super) struct Journal {
    /// New contents before, and old contents after they changed places. It lies in the output directory, so that
    /// moving is renaming.
    staging: TempDir,
    next: usize,
    done: Vec<Step>,
}

enum Step {
    CreatedFile(PathBuf),
    CreatedDirectory(PathBuf),
    Replaced { path: PathBuf, former: PathBuf },
}

impl Journal {
    /// Begins an exchange in a directory that exists.
    pub(super) fn begin(root: &Path) -> Result<Self, ApplyError> {
        let staging = tempfile::Builder::new()
            .prefix(".specwright-")
            .tempdir_in(root)
            .map_err(|error| ApplyError::io("write to", root, error))?;
        Ok(Journal {
            staging,
            next: 0,
            done: Vec::new(),
        })
    }

    /// Writes a content beside the place that it is meant for, where nobody looks yet.
    pub(super) fn stage(&mut self, content: &str) -> Result<PathBuf, ApplyError> {
        let path = self.staging_path();
        fs::write(&path, content).map_err(|error| ApplyError::io("write", &path, error))?;
        Ok(path)
    }

    /// Makes a directory whose parent exists.
    pub(super) fn create_directory(&mut self, path: &Path) -> Result<(), ApplyError> {
        fs::create_dir(path).map_err(|error| ApplyError::io("create", path, error))?;
        self.done.push(Step::CreatedDirectory(path.to_owned()));
        Ok(())
    }

    /// Puts a staged content in its place; the place never stands empty if a file was there.
    pub(super) fn install(&mut self, staged: &Path, path: &Path) -> Result<(), ApplyError> {
        let step = match fs::symlink_metadata(path) {
            Ok(_) => {
                let former = self.staging_path();
                // Some file systems know no hard links.
                fs::hard_link(path, &former)
                    .or_else(|_| fs::copy(path, &former).map(drop))
                    .map_err(|error| ApplyError::io("keep a copy of", path, error))?;
                Step::Replaced {
                    path: path.to_owned(),
                    former,
                }
            }
            Err(_) => Step::CreatedFile(path.to_owned()),
        };
        fs::rename(staged, path).map_err(|error| ApplyError::io("write", path, error))?;
        self.done.push(step);
        Ok(())
    }

    /// Takes a file away.
    pub(super) fn remove(&mut self, path: &Path) -> Result<(), ApplyError> {
        let former = self.staging_path();
        fs::rename(path, &former).map_err(|error| ApplyError::io("remove", path, error))?;
        self.done.push(Step::Replaced {
            path: path.to_owned(),
            former,
        });
        Ok(())
    }

    /// Ends the exchange: from here on there is no way back.
    pub(super) fn finish(mut self) {
        self.done.clear();
    }

    fn staging_path(&mut self) -> PathBuf {
        self.next += 1;
        self.staging.path().join(self.next.to_string())
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // What cannot be undone stays as it is: the error that led here is the one that the user must hear of.
        for step in self.done.drain(..).rev() {
            let _ = match step {
                Step::CreatedFile(path) => fs::remove_file(path),
                Step::CreatedDirectory(path) => fs::remove_dir(path),
                Step::Replaced { path, former } => fs::rename(former, path),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Replaces a file, adds one in a new directory and removes one.
    fn exchange(root: &Path) -> Journal {
        fs::write(root.join("replaced"), "old").unwrap();
        fs::write(root.join("removed"), "old").unwrap();
        let mut journal = Journal::begin(root).unwrap();
        let [one, two] = ["new", "new"].map(|text| journal.stage(text).unwrap());
        journal.install(&one, &root.join("replaced")).unwrap();
        journal.create_directory(&root.join("sub")).unwrap();
        journal.install(&two, &root.join("sub/added")).unwrap();
        journal.remove(&root.join("removed")).unwrap();
        journal
    }

    fn entries(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    #[test]
    fn an_exchange_that_is_not_finished_is_undone() {
        let root = tempfile::tempdir().unwrap();
        let mut journal = exchange(root.path());
        assert!(journal.create_directory(&root.path().join("a/b")).is_err());
        drop(journal);
        assert_eq!(entries(root.path()), ["removed", "replaced"]);
        for name in ["removed", "replaced"] {
            assert_eq!(fs::read_to_string(root.path().join(name)).unwrap(), "old");
        }
    }

    #[test]
    fn an_exchange_that_is_finished_stays_and_leaves_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        exchange(root.path()).finish();
        assert_eq!(entries(root.path()), ["replaced", "sub"]);
        assert_eq!(
            fs::read_to_string(root.path().join("replaced")).unwrap(),
            "new"
        );
        assert_eq!(entries(&root.path().join("sub")), ["added"]);
    }
}
