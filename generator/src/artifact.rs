//! Output files, and what becomes of them on disk.

/// A file to be written, with a path relative to the output directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The path, with `/` between its parts; every part comes from an allow-list of characters.
    pub path: ArtifactPath,
    /// The whole content.
    pub content: String,
}

/// A relative path that cannot leave the output directory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArtifactPath(String);

impl ArtifactPath {
    /// Joins parts, each reduced to letters, digits, `_`, `-` and `.`, without a leading dot.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let parts: Vec<String> = parts.into_iter().map(safe_part).collect();
        ArtifactPath(parts.join("/"))
    }

    /// The path, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn safe_part(part: &str) -> String {
    let kept: String = part
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    match kept.trim_start_matches('.') {
        "" => "_".to_owned(),
        rest => rest.to_owned(),
    }
}
