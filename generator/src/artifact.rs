//! Output files, and what becomes of them on disk.
//!
//! The stages before this one only make [`Artifact`]s; [`apply`] alone writes. It owns what its manifest lists and
//! nothing else, so an output directory may hold files of the user beside the emitted ones.

mod apply;
mod journal;
mod manifest;

pub use apply::{ApplyError, Changes, Mode, apply};

use std::fmt;

/// A file to be written, with a path relative to the output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The path, with `/` between its parts; every part comes from an allow-list of characters.
    pub path: ArtifactPath,
    /// The whole content.
    pub content: String,
}

/// How a client is cut into files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A package, with its manifest, sources, pages and examples.
    #[default]
    Crate,
    /// A directory with a `mod.rs`, to stand among the sources of a crate.
    Module,
    /// One file, for `include!` from the output directory of a build script.
    File,
}

/// A relative path that cannot leave the output directory and that every file system can hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArtifactPath(String);

/// The longest part that is kept as it is, in bytes. File systems take 255; a page may add an extension or a suffix.
const LONGEST_PART: usize = 120;

impl ArtifactPath {
    /// Joins parts, each reduced to letters, digits, `_`, `-` and `.`, without a dot at either end, at most 120 bytes
    /// long (a longer one ends in a hash of itself) and none of the names that Windows keeps for devices.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let parts: Vec<String> = parts.into_iter().map(safe_part).collect();
        ArtifactPath(parts.join("/"))
    }

    /// Takes a path that [`new`](Self::new) would leave as it is; `None` for every other.
    pub fn parse(text: &str) -> Option<Self> {
        let path = ArtifactPath::new(text.split('/'));
        (path.0 == text).then_some(path)
    }

    /// The path, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The directories that the path goes through, outermost first: `a` and `a/b` for `a/b/c.md`.
    fn ancestors(&self) -> impl Iterator<Item = &str> {
        self.0
            .match_indices('/')
            .filter_map(|(end, _)| self.0.get(..end))
    }
}

impl fmt::Display for ArtifactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn safe_part(part: &str) -> String {
    let kept: String = part
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') => c,
            _ => '-',
        })
        .collect();
    let kept = match kept.trim_matches('.') {
        "" => "_",
        rest => rest,
    };
    if kept.len() > LONGEST_PART {
        let short = kept.get(..LONGEST_PART - 17).unwrap_or(kept);
        return format!("{short}-{:016x}", content_hash(part.as_bytes()));
    }
    match kept.split_once('.') {
        Some((stem, rest)) if is_device(stem) => format!("{stem}_.{rest}"),
        None if is_device(kept) => format!("{kept}_"),
        _ => kept.to_owned(),
    }
}

/// Whether Windows takes a file of this name, with any extension, for a device.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"))
        .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    numbered || matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
}

/// FNV-1a, 64 bit. It tells an edited file from an untouched one; nobody is kept out by it, so it need not be a
/// cryptographic one, but unlike the standard library's hasher it must be the same in every release.
fn content_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::ArtifactPath;

    fn path(parts: &[&str]) -> String {
        ArtifactPath::new(parts.iter().copied()).as_str().to_owned()
    }

    #[test]
    fn a_part_cannot_climb_hide_or_split() {
        assert_eq!(path(&["docs", "..", "x.md"]), "docs/_/x.md");
        assert_eq!(path(&["docs", ".git"]), "docs/git");
        assert_eq!(path(&["docs", "a/b\\c:d\0é.md"]), "docs/a-b-c-d--.md");
        assert_eq!(path(&[""]), "_");
    }

    #[test]
    fn names_of_windows_devices_are_changed() {
        assert_eq!(path(&["docs", "con.md"]), "docs/con_.md");
        assert_eq!(path(&["AUX"]), "AUX_");
        assert_eq!(path(&["lpt1.tar.gz"]), "lpt1_.tar.gz");
        assert_eq!(path(&["console.md", "com12"]), "console.md/com12");
        assert_eq!(path(&["trailing."]), "trailing");
    }

    #[test]
    fn long_parts_are_cut_and_stay_apart() {
        let (one, other) = ("x".repeat(300), "x".repeat(301));
        let (one, other) = (path(&[&one]), path(&[&other]));
        assert_eq!(one.len(), 120);
        assert_ne!(one, other);
    }

    #[test]
    fn only_safe_paths_are_parsed() {
        assert!(ArtifactPath::parse("src/runtime/codec.rs").is_some());
        for bad in [
            "/etc/passwd",
            "../x",
            "a//b",
            "a/../b",
            ".specwright",
            "",
            "a\\b",
            "nul",
        ] {
            assert!(ArtifactPath::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn ancestors_are_the_directories_on_the_way() {
        let path = ArtifactPath::new(["a", "b", "c.md"]);
        assert_eq!(path.ancestors().collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
