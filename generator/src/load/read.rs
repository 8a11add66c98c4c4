//! Reads the bytes of files and makes text of them. Nothing outside of the roots is opened, and never the network.

mod copies;
mod roots;

use super::budget::Budget;
use super::files::Address;
use super::{Entry, LoadOptions};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, Sources};
use copies::Copies;
use roots::Roots;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where files come from.
pub(super) struct Reader<'a> {
    entry: &'a Entry,
    roots: Roots,
    copies: Copies<'a>,
}

/// A file that may be read, by what tells it from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// On the disk, with all symbolic links resolved.
    Disk(PathBuf),
    /// A part of a local copy, by its place there.
    Copy { mapping: usize, place: String },
    /// A text that was at hand, by its name.
    Text(String),
}

/// Why a file may not be read, for the end of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) reason: String,
    pub(super) help: Option<String>,
}

impl Refusal {
    fn missing(reason: impl Into<String>) -> Self {
        Refusal {
            code: Code::UnresolvedReference,
            reason: reason.into(),
            help: None,
        }
    }

    /// What is wrong with the file itself was reported already.
    pub(super) fn unreadable() -> Self {
        Self::missing("the file cannot be understood")
    }

    fn forbidden(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal {
            code: Code::ForbiddenReference,
            reason: reason.into(),
            help: Some(help.into()),
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader that may open the folder of the document and what the options allow.
    pub(super) fn new(entry: &'a Entry, options: &'a LoadOptions) -> Self {
        Reader {
            entry,
            roots: match entry {
                Entry::Path(path) => Roots::new(path, &options.roots),
                Entry::Text { .. } | Entry::Texts { .. } => Roots::none(),
            },
            copies: Copies::new(&options.mappings),
        }
    }

    /// Where the document is, and what tells it from other files.
    pub(super) fn entry(&self) -> (Address, Found) {
        match self.entry {
            Entry::Path(path) => {
                let real = path.canonicalize().unwrap_or_else(|_| path.clone());
                (Address::path(path), Found::Disk(real))
            }
            Entry::Text { name, .. } | Entry::Texts { name, .. } => {
                (Address::path(Path::new(name)), Found::Text(name.clone()))
            }
        }
    }

    /// Adds the document to the sources.
    pub(super) fn read_entry(
        &self,
        budget: &mut Budget<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        let (name, bytes) = match self.entry {
            Entry::Path(path) => {
                sources.watch(path.clone());
                (path.display().to_string(), read_bytes(path, budget))
            }
            Entry::Text { name, text } => (name.clone(), take(text, budget)),
            Entry::Texts { name, files } => {
                let text = files.get(name);
                let missing = || (Code::Io, "there is no text of this name".to_owned());
                let bytes = text.ok_or_else(missing).and_then(|text| take(text, budget));
                (name.clone(), bytes)
            }
        };
        match bytes {
            Ok(bytes) => add_bytes(name, bytes, sources, diagnostics),
            Err((code, message)) => {
                let file = sources.add(name, "");
                diagnostics.push(Diagnostic::new(code, root(file), message));
                None
            }
        }
    }

    /// Finds out whether an address may be read, without reading it. A local copy is read, as its checksum must be known.
    pub(super) fn find(
        &mut self,
        address: &Address,
        sources: &mut Sources,
    ) -> Result<Found, Refusal> {
        if let Some(texts) = texts(self.entry) {
            let name = match address {
                Address::Path(path) => path.display().to_string(),
                Address::Url(url) => url.clone(),
            };
            if texts.contains_key(&name) {
                return Ok(Found::Text(name));
            }
            if let Address::Path(path) = address {
                return Err(match path.is_absolute() || path.starts_with("..") {
                    true => Refusal::forbidden(
                        "leads out of the folder of the document",
                        "give all texts by paths in one folder",
                    ),
                    false => Refusal::missing("there is no such file"),
                });
            }
        }
        match (address, self.entry) {
            (Address::Url(url), _) => self.copies.find(url, sources),
            (Address::Path(_), Entry::Text { .. }) => Err(Refusal::forbidden(
                "leads to another file, and this document is a text without a folder",
                "give the document as a file, or all texts at once",
            )),
            (Address::Path(path), _) => {
                sources.watch(path.clone());
                self.roots.find(path).map(Found::Disk)
            }
        }
    }

    /// Adds a file to the sources under the name that diagnostics call it by.
    pub(super) fn read(
        &self,
        found: &Found,
        name: String,
        budget: &mut Budget<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<FileId>, Refusal> {
        let missing = || (Code::Io, "it is gone".to_owned());
        let bytes = match found {
            Found::Disk(path) => read_bytes(path, budget),
            Found::Copy { mapping, place } => match self.copies.bytes(*mapping, place) {
                Some(bytes) => take_bytes(bytes, budget),
                None => Err(missing()),
            },
            Found::Text(name) => match texts(self.entry).and_then(|texts| texts.get(name)) {
                Some(text) => take(text, budget),
                None => Err(missing()),
            },
        };
        match bytes {
            Ok(bytes) => Ok(add_bytes(name, bytes, sources, diagnostics)),
            Err((code, reason)) => Err(Refusal {
                code,
                reason: format!("cannot be read: {reason}"),
                help: None,
            }),
        }
    }
}

fn texts(entry: &Entry) -> Option<&BTreeMap<String, String>> {
    match entry {
        Entry::Texts { files, .. } => Some(files),
        Entry::Path(_) | Entry::Text { .. } => None,
    }
}

fn take(text: &str, budget: &mut Budget<'_>) -> Result<Vec<u8>, (Code, String)> {
    take_bytes(text.as_bytes(), budget)
}

fn take_bytes(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Vec<u8>, (Code, String)> {
    budget
        .take_bytes(bytes.len())
        .map_err(|message| (Code::Limit, message))?;
    Ok(bytes.to_vec())
}

fn read_bytes(path: &Path, budget: &mut Budget<'_>) -> Result<Vec<u8>, (Code, String)> {
    let failed = |error: std::io::Error| (Code::Io, format!("the file cannot be read: {error}"));
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that just fits, whatever its metadata say.
    file.take(budget.bytes_left().saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    budget
        .take_bytes(bytes.len())
        .map_err(|message| (Code::Limit, message))?;
    Ok(bytes)
}

fn add_bytes(
    name: String,
    mut bytes: Vec<u8>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(name, text)),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
            // What could be decoded is kept, so that the place can be drawn.
            let file = sources.add(name, String::from_utf8_lossy(&bytes));
            let message = format!("the file is not UTF-8: byte {place} begins no character");
            let help = if is_utf16 {
                "it begins like UTF-16; save it as UTF-8"
            } else {
                "save the file as UTF-8"
            };
            diagnostics.push(
                Diagnostic::new(Code::Syntax, root(file), message)
                    .at(place..place + '\u{fffd}'.len_utf8())
                    .help(help),
            );
            None
        }
    }
}

fn root(file: FileId) -> Origin {
    Origin::new(file, Pointer::root())
}

#[cfg(test)]
mod tests;
