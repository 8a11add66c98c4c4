//! What is read, and the limits of reading.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The document that reading starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file. Diagnostics show the path as it is given here.
    Path(PathBuf),
    /// A text that is at hand already. References to other files find nothing.
    Text {
        /// What diagnostics call it.
        name: String,
        /// The document, in YAML or JSON.
        text: String,
    },
    /// Several texts that are at hand already and refer to each other. Nothing is read from the disk.
    Texts {
        /// Which of them is the document.
        name: String,
        /// Every text by its path, such as `schemas/pet.yaml`, or by the URL that references call it by.
        files: BTreeMap<String, String>,
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

    /// Several texts by their paths, and the path of the one to begin with.
    pub fn texts<P: Into<String>, T: Into<String>>(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let files = files.into_iter();
        Entry::Texts {
            name: name.into(),
            files: files
                .map(|(path, text)| (path.into(), text.into()))
                .collect(),
        }
    }
}

/// What may be read, and the limits of reading. What goes beyond one is refused with an error at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOptions {
    /// Folders that references may lead into, beside the folder of the document. Symbolic links are resolved first.
    pub roots: Vec<PathBuf>,
    /// Local copies of what is on other servers.
    pub mappings: Vec<Mapping>,
    /// The most bytes of all files together: 64 MiB.
    pub max_bytes: u64,
    /// The most levels of nesting: 128. Every later stage recurses into the levels, on a stack that is made for 512.
    pub max_depth: usize,
    /// The most bytes of the JSON Pointer of a value: 4096. Every node keeps its own.
    pub max_pointer: usize,
    /// The most values of all files together, after aliases are unfolded: 5 million.
    pub max_nodes: usize,
    /// How many bytes aliases may unfold to before their number is compared with the size of the files: 8 MiB.
    pub free_expansion: usize,
    /// How many times the size of the files aliases may unfold to beyond that: 100.
    pub max_expansion: usize,
    /// How many times the size of the files the output may be, beyond the 8 MiB that every output may be: 200.
    pub max_output: usize,
}

impl LoadOptions {
    /// The limits by the names that they have on the command line and in the configuration file.
    pub const LIMITS: &'static [&'static str] = &[
        "max-bytes",
        "max-depth",
        "max-pointer",
        "max-nodes",
        "max-expansion",
        "max-output",
    ];

    /// Sets a limit by its name; nothing happens if there is no limit of this name.
    pub fn set_limit(&mut self, name: &str, value: usize) {
        match name {
            "max-bytes" => self.max_bytes = u64::try_from(value).unwrap_or(u64::MAX),
            "max-depth" => self.max_depth = value.min(DEEPEST),
            "max-pointer" => self.max_pointer = value,
            "max-nodes" => self.max_nodes = value,
            "max-expansion" => self.max_expansion = value,
            "max-output" => self.max_output = value,
            _ => {}
        }
    }
}

/// The most levels that the stack of the stages is made for.
const DEEPEST: usize = 512;

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions {
            roots: Vec::new(),
            mappings: Vec::new(),
            max_bytes: 64 * 1024 * 1024,
            max_depth: 128,
            max_pointer: 4096,
            max_nodes: 5_000_000,
            free_expansion: 8 * 1024 * 1024,
            max_expansion: 100,
            max_output: 200,
        }
    }
}

/// A folder, or one file, that stands for what references call by a URL. The network is never used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The beginning of the URLs, such as `https://example.com/schemas/`, or one whole URL.
    pub url: String,
    /// Where the copy is.
    pub path: PathBuf,
    /// What the copy must be: `sha256:` and 64 hexadecimal digits. Of a file, that is what `sha256sum` prints; of a folder,
    /// the hash of what `sha256sum` prints of its files in the order of their paths.
    pub checksum: String,
}
