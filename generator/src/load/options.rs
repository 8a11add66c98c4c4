//! What is read, and the limits of reading.

use std::path::PathBuf;

/// The document that reading starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file. Diagnostics show the path as it is given here.
    Path(PathBuf),
    /// A text that is at hand already.
    Text {
        /// What diagnostics call it.
        name: String,
        /// The document, in YAML or JSON.
        text: String,
    },
}

impl Entry {
    /// A file.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Entry::Path(path.into())
    }

    /// A text with the name that diagnostics call it by.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Entry::Text {
            name: name.into(),
            text: text.into(),
        }
    }
}

/// Limits of reading. What goes beyond one is refused with a `limit` error at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOptions {
    /// The most bytes of one file: 64 MiB.
    pub max_bytes: u64,
    /// The most levels of nesting: 128. More than 128 is not possible, as every later stage recurses into the levels.
    pub max_depth: usize,
    /// The most values of one document, after aliases are unfolded: 5 million.
    pub max_nodes: usize,
    /// How many bytes aliases may unfold to before their number is compared with the size of the file: 8 MiB.
    pub free_expansion: usize,
    /// How many times the size of the file aliases may unfold to beyond that: 100.
    pub max_expansion: usize,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions {
            max_bytes: 64 * 1024 * 1024,
            max_depth: 128,
            max_nodes: 5_000_000,
            free_expansion: 8 * 1024 * 1024,
            max_expansion: 100,
        }
    }
}
