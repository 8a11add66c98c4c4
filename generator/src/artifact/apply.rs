//! Brings an output directory into line with a set of artifacts, or says how it differs.

use super::journal::Journal;
use super::manifest::{self, Manifest};
use super::{Artifact, ArtifactPath, content_hash};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What to do about the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only find them.
    Check,
    /// Write, but refuse if a file that specwright did not write stands in the way with other content.
    Write,
    /// Write, and replace such files too.
    Overwrite,
}

/// How the directory differed. All paths are relative to it, with `/` between their parts, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files whose content was another.
    pub changed: Vec<String>,
    /// Files of a former run that belong to it no longer.
    pub removed: Vec<String>,
    /// Files of a former run that belong to it no longer, but were edited since, so that they are left to the user.
    pub kept: Vec<String>,
    /// How many files were as they should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether everything was as it should be.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Brings the directory `root` into line with the artifacts, or only finds the differences.
///
/// Unchanged files are not touched. Everything is written beside the output before the first file is replaced, and a
/// failure puts back what was replaced, so a run that fails leaves the former output whole.
///
/// # Errors
///
/// When a file cannot be read or written, when something that specwright did not write is in the way, when a path
/// would go through a symbolic link below `root`, when the manifest is damaged, or when two artifacts would be the
/// same file on a file system that ignores case.
pub fn apply(root: &Path, artifacts: &[Artifact], mode: Mode) -> Result<Changes, ApplyError> {
    refuse_collisions(artifacts)?;
    let survey = Survey::of(root, artifacts)?;
    if mode == Mode::Write && !survey.foreign.is_empty() {
        return Err(ApplyError::Foreign {
            root: root.to_owned(),
            paths: survey.foreign,
        });
    }
    if mode != Mode::Check && !survey.changes.is_empty() {
        exchange(root, artifacts, &survey)?;
    }
    Ok(survey.changes)
}

/// Why a directory could not be brought into line. Nothing was changed.
#[derive(Debug)]
pub enum ApplyError {
    /// The file system refused.
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// Files that specwright did not write stand where it would write.
    Foreign {
        /// The output directory.
        root: PathBuf,
        /// The files, relative to it.
        paths: Vec<String>,
    },
    /// Something that is no regular file, or no directory, stands where one must be.
    Blocked {
        /// The place.
        path: PathBuf,
        /// What stands there, such as `a symbolic link`.
        by: &'static str,
    },
    /// The list of files that specwright wrote cannot be read.
    Manifest {
        /// The list.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// Two artifacts would be the same file on some file systems.
    Collision {
        /// The path of one.
        first: String,
        /// The path of the other.
        second: String,
    },
}

impl ApplyError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        ApplyError::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApplyError::Io {
                action,
                path,
                source,
            } => write!(f, "cannot {action} {}: {source}", path.display()),
            ApplyError::Foreign { root, paths } => {
                let root = root.display();
                write!(f, "{root} holds files that specwright did not write:")?;
                for path in paths {
                    write!(f, "\n  {path}")?;
                }
                f.write_str("\nMove them away, or let them be replaced with --force.")
            }
            ApplyError::Blocked { path, by } => {
                write!(f, "cannot write {}: {by} is in the way", path.display())
            }
            ApplyError::Manifest { path, line } => write!(
                f,
                "{}, line {line}: not a line of specwright's list of files; restore the list, or remove it and \
                 generate with --force",
                path.display()
            ),
            ApplyError::Collision { first, second } => {
                write!(
                    f,
                    "{first} and {second} would be one file where case is ignored"
                )
            }
        }
    }
}

impl std::error::Error for ApplyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ApplyError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// The state of the directory against the artifacts.
struct Survey {
    changes: Changes,
    /// Files in the way that no manifest lists.
    foreign: Vec<String>,
    former: Manifest,
    wanted: Manifest,
}

impl Survey {
    fn of(root: &Path, artifacts: &[Artifact]) -> Result<Self, ApplyError> {
        let (former_text, former) = read_manifest(root)?;
        let mut survey = Survey {
            changes: Changes::default(),
            foreign: Vec::new(),
            wanted: Manifest::of(artifacts),
            former,
        };
        let mut directories = BTreeSet::new();
        for artifact in artifacts {
            refuse_detours(root, &artifact.path, &mut directories)?;
            survey.compare(root, artifact)?;
        }
        survey.find_stale(root)?;
        match former_text {
            None => survey.changes.created.push(manifest::FILE_NAME.to_owned()),
            Some(text) if text == survey.wanted.render() => {}
            Some(_) => survey.changes.changed.push(manifest::FILE_NAME.to_owned()),
        }
        survey.changes.created.sort();
        survey.changes.changed.sort();
        Ok(survey)
    }

    fn compare(&mut self, root: &Path, artifact: &Artifact) -> Result<(), ApplyError> {
        let path = artifact.path.as_str();
        match read_file(&root.join(path))? {
            None => self.changes.created.push(path.to_owned()),
            Some(found) if found == artifact.content.as_bytes() => self.changes.unchanged += 1,
            Some(_) => {
                self.changes.changed.push(path.to_owned());
                if !self.former.contains(&artifact.path) {
                    self.foreign.push(path.to_owned());
                }
            }
        }
        Ok(())
    }

    fn find_stale(&mut self, root: &Path) -> Result<(), ApplyError> {
        for (path, hash) in self.former.iter() {
            if self.wanted.contains(path) || !is_direct(root, path) {
                continue;
            }
            match read_file(&root.join(path.as_str())) {
                Ok(Some(found)) if content_hash(&found) == hash => {
                    self.changes.removed.push(path.as_str().to_owned());
                }
                // What is no longer a file of ours is left where it is.
                Ok(Some(_)) | Err(ApplyError::Blocked { .. }) => {
                    self.changes.kept.push(path.as_str().to_owned());
                }
                Ok(None) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Writes everything aside, then changes places, then cleans up.
fn exchange(root: &Path, artifacts: &[Artifact], survey: &Survey) -> Result<(), ApplyError> {
    fs::create_dir_all(root).map_err(|error| ApplyError::io("create", root, error))?;
    let mut journal = Journal::begin(root)?;
    let touched: BTreeSet<&str> = [&survey.changes.created, &survey.changes.changed]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let mut staged = Vec::new();
    for artifact in artifacts {
        if touched.contains(artifact.path.as_str()) {
            staged.push((&artifact.path, journal.stage(&artifact.content)?));
        }
    }
    let manifest_path = root.join(manifest::FILE_NAME);
    let passing = journal.stage(&survey.wanted.with_former(&survey.former).render())?;
    let settled = journal.stage(&survey.wanted.render())?;

    journal.install(&passing, &manifest_path)?;
    for (path, content) in staged {
        for directory in path.ancestors() {
            let directory = root.join(directory);
            if !directory.is_dir() {
                journal.create_directory(&directory)?;
            }
        }
        journal.install(&content, &root.join(path.as_str()))?;
    }
    for path in &survey.changes.removed {
        journal.remove(&root.join(path))?;
    }
    journal.install(&settled, &manifest_path)?;
    journal.finish();
    remove_empty_directories(root, &survey.changes.removed);
    Ok(())
}

/// Removes the directories that the removal of files left empty. One that is not empty refuses, which is what is meant.
fn remove_empty_directories(root: &Path, removed: &[String]) {
    for path in removed {
        let mut rest = path.as_str();
        while let Some((directory, _)) = rest.rsplit_once('/') {
            if fs::remove_dir(root.join(directory)).is_err() {
                break;
            }
            rest = directory;
        }
    }
}

/// Refuses artifacts that are one file, or a file and a directory, where case is ignored.
fn refuse_collisions(artifacts: &[Artifact]) -> Result<(), ApplyError> {
    let mut files: BTreeMap<String, &ArtifactPath> = BTreeMap::new();
    let collision = |first: &ArtifactPath, second: &ArtifactPath| ApplyError::Collision {
        first: first.to_string(),
        second: second.to_string(),
    };
    for artifact in artifacts {
        let key = artifact.path.as_str().to_ascii_lowercase();
        if let Some(first) = files.insert(key, &artifact.path) {
            return Err(collision(first, &artifact.path));
        }
    }
    for artifact in artifacts {
        for directory in artifact.path.ancestors() {
            if let Some(file) = files.get(&directory.to_ascii_lowercase()) {
                return Err(collision(file, &artifact.path));
            }
        }
    }
    Ok(())
}

/// Refuses a path that would go through something else than directories. `known` holds those that were looked at.
fn refuse_detours<'a>(
    root: &Path,
    path: &'a ArtifactPath,
    known: &mut BTreeSet<&'a str>,
) -> Result<(), ApplyError> {
    for directory in path.ancestors() {
        if !known.insert(directory) {
            continue;
        }
        let place = root.join(directory);
        match file_type(&place)? {
            None => {}
            Some(kind) if kind.is_dir() => {}
            Some(kind) => {
                return Err(ApplyError::Blocked {
                    path: root.join(path.as_str()),
                    by: kind_name(kind),
                });
            }
        }
    }
    Ok(())
}

/// Whether only directories lie between the root and the file.
fn is_direct(root: &Path, path: &ArtifactPath) -> bool {
    path.ancestors().all(
        |directory| matches!(file_type(&root.join(directory)), Ok(Some(kind)) if kind.is_dir()),
    )
}

fn read_manifest(root: &Path) -> Result<(Option<String>, Manifest), ApplyError> {
    let path = root.join(manifest::FILE_NAME);
    let Some(bytes) = read_file(&path)? else {
        return Ok((None, Manifest::default()));
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match Manifest::parse(&text) {
        Ok(manifest) => Ok((Some(text), manifest)),
        Err(line) => Err(ApplyError::Manifest { path, line }),
    }
}

/// The content of a regular file; `None` where there is nothing.
fn read_file(path: &Path) -> Result<Option<Vec<u8>>, ApplyError> {
    match file_type(path)? {
        None => Ok(None),
        Some(kind) if kind.is_file() => match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) => Err(ApplyError::io("read", path, error)),
        },
        Some(kind) => Err(ApplyError::Blocked {
            path: path.to_owned(),
            by: kind_name(kind),
        }),
    }
}

/// What stands at a path, symbolic links not followed; `None` if nothing does.
fn file_type(path: &Path) -> Result<Option<fs::FileType>, ApplyError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ApplyError::io("read", path, error)),
    }
}

fn kind_name(kind: fs::FileType) -> &'static str {
    if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a directory"
    } else if kind.is_file() {
        "a file"
    } else {
        "a special file"
    }
}
