//! The list of the files that a run wrote, kept in the output directory so that the next run knows what is its own.

use super::{Artifact, ArtifactPath, content_hash};
use std::collections::BTreeMap;

/// The manifest's own file name. No [`ArtifactPath`] starts with a dot, so no artifact can replace it.
pub(super) const FILE_NAME: &str = ".specwright";

const HEADING: &str = "\
# The files that specwright wrote here, with a hash of each. It replaces and removes these and no others.
";

/// The files that a run wrote, sorted, each with the hash of its content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<ArtifactPath, u64>,
}

impl Manifest {
    /// What a run that writes these artifacts leaves behind.
    pub(super) fn of(artifacts: &[Artifact]) -> Self {
        let entry = |artifact: &Artifact| {
            let hash = content_hash(artifact.content.as_bytes());
            (artifact.path.clone(), hash)
        };
        Manifest {
            files: artifacts.iter().map(entry).collect(),
        }
    }

    /// Reads a manifest; the error is the number of the first line that is not one of a manifest's.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let mut files = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (path, hash) = parse_line(line).ok_or(index + 1)?;
            files.insert(path, hash);
        }
        Ok(Manifest { files })
    }

    /// The text, the same for the same files.
    pub(super) fn render(&self) -> String {
        let mut text = HEADING.to_owned();
        for (path, hash) in &self.files {
            text.push_str(&format!("{hash:016x} {path}\n"));
        }
        text
    }

    /// The files of this manifest, and those of a former one that are not in it.
    ///
    /// It stands while files are exchanged: a run that is killed then has not made strangers of its own files.
    pub(super) fn with_former(&self, former: &Manifest) -> Self {
        let mut files = former.files.clone();
        files.extend(self.files.clone());
        Manifest { files }
    }

    pub(super) fn contains(&self, path: &ArtifactPath) -> bool {
        self.files.contains_key(path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&ArtifactPath, u64)> {
        self.files.iter().map(|(path, hash)| (path, *hash))
    }
}

fn parse_line(line: &str) -> Option<(ArtifactPath, u64)> {
    let (hash, path) = line.split_once(' ')?;
    Some((
        ArtifactPath::parse(path)?,
        u64::from_str_radix(hash, 16).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_manifest_survives_being_written_and_read() {
        let artifacts = ["src/lib.rs", "README.md"].map(|path| Artifact {
            path: ArtifactPath::parse(path).unwrap(),
            content: path.to_owned(),
        });
        let manifest = Manifest::of(&artifacts);
        let text = manifest.render();
        assert_eq!(Manifest::parse(&text).unwrap(), manifest);
        assert_eq!(
            Manifest::parse(&text.replace('\n', "\r\n")).unwrap(),
            manifest
        );
        let paths: Vec<_> = manifest.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["README.md", "src/lib.rs"]);
    }

    #[test]
    fn a_manifest_cannot_name_a_file_outside() {
        let text = "# heading\n00000000000000ff src/lib.rs\n00000000000000ff ../secret\n";
        assert_eq!(Manifest::parse(text), Err(3));
        assert_eq!(Manifest::parse("<<<<<<< HEAD\n"), Err(1));
    }
}
