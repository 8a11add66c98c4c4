//! Where things stand in the input: files, JSON Pointers and origins.
//!
//! Positions are not paid for when nothing is wrong. Every node carries an [`Origin`], a file and a JSON Pointer
//! (RFC 6901), and a line and a column are only looked for when a diagnostic is printed.

pub mod locate;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of the input, as an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The file that the user named, which all others are reached from.
    pub const ENTRY: FileId = FileId(0);
}

/// A file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as a diagnostic shows it: relative, as the user gave it.
    pub name: String,
    /// The text after a byte order mark was taken off.
    pub text: String,
}

/// All files that were read, in the order in which they were first needed.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    watched: Vec<PathBuf>,
}

impl Sources {
    /// Adds a file and gives its id. The first file added is [`FileId::ENTRY`].
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    /// The file of an id, unless the id belongs to other sources.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// Notes a path of the disk that the result depends on: a file that was read, one that is not there, or a folder.
    pub fn watch(&mut self, path: PathBuf) {
        self.watched.push(path);
    }

    /// The paths of the disk that the result depends on, in the order in which they were first needed.
    pub fn watched(&self) -> impl Iterator<Item = &Path> {
        self.watched.iter().map(PathBuf::as_path)
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }
}

/// A JSON Pointer (RFC 6901) into one file, kept in its escaped form: `/paths/~1v0~1api_keys/post`.
///
/// Cloning is cheap; the empty pointer is the whole document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Default for Pointer {
    fn default() -> Self {
        Pointer(Arc::from(""))
    }
}

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Takes a pointer that is already escaped, such as the fragment of a reference without its `#`.
    pub fn from_escaped(text: &str) -> Self {
        Pointer(Arc::from(text))
    }

    /// The pointer to a member of this object or an item of this array; `~` and `/` are escaped.
    pub fn child(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in token.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Pointer(Arc::from(text))
    }

    /// The pointer to an item of this array.
    pub fn index(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The unescaped reference tokens from the root to here.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The escaped text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a node of the document stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place in the file.
    pub pointer: Pointer,
}

impl Origin {
    /// A place in a file.
    pub fn new(file: FileId, pointer: Pointer) -> Self {
        Origin { file, pointer }
    }

    /// The place of a member below this one.
    pub fn child(&self, token: &str) -> Self {
        Origin {
            file: self.file,
            pointer: self.pointer.child(token),
        }
    }

    /// The place of an item below this one.
    pub fn index(&self, index: usize) -> Self {
        Origin {
            file: self.file,
            pointer: self.pointer.index(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn a_pointer_escapes_and_unescapes_its_tokens() {
        let pointer = Pointer::root().child("paths").child("/a~b").index(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b", "3"]);
    }
}
