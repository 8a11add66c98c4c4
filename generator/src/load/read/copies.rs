//! Local copies of what is on other servers, which are what their checksums say or are not used.

use super::{Found, Refusal};
use crate::load::Mapping;
use crate::load::fragment::percent_decode;
use crate::source::Sources;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The copies that the user named, each read when it is first needed.
pub(super) struct Copies<'a> {
    mappings: &'a [Mapping],
    read: BTreeMap<usize, Result<Copy, Refusal>>,
}

/// The files of a copy by their paths in it, with `/`; a copy that is one file has the empty path.
struct Copy {
    files: BTreeMap<String, Vec<u8>>,
}

/// The most bytes of one copy. A folder that was named by mistake should not be read to its end.
const MAX_BYTES: usize = 64 * 1024 * 1024;

impl<'a> Copies<'a> {
    pub(super) fn new(mappings: &'a [Mapping]) -> Self {
        Copies {
            mappings,
            read: BTreeMap::new(),
        }
    }

    /// The file that stands for a URL. The longest mapping decides.
    pub(super) fn find(&mut self, url: &str, sources: &mut Sources) -> Result<Found, Refusal> {
        let candidates = self.mappings.iter().enumerate();
        let (index, mapping, rest) = candidates
            .filter_map(|(index, mapping)| Some((index, mapping, below(url, &mapping.url)?)))
            .max_by_key(|(_, mapping, _)| mapping.url.len())
            .ok_or_else(remote)?;
        sources.watch(mapping.path.clone());
        let copy = self.read.entry(index).or_insert_with(|| read(mapping));
        let copy = copy.as_ref().map_err(Refusal::clone)?;
        let place = percent_decode(rest).unwrap_or_else(|| rest.to_owned());
        match copy.files.contains_key(&place) {
            true => Ok(Found::Copy {
                mapping: index,
                place,
            }),
            false => Err(Refusal::missing(format!(
                "its local copy {} has no such file",
                mapping.path.display()
            ))),
        }
    }

    pub(super) fn bytes(&self, mapping: usize, place: &str) -> Option<&[u8]> {
        let copy = self.read.get(&mapping)?.as_ref().ok()?;
        copy.files.get(place).map(Vec::as_slice)
    }
}

/// What follows the beginning of a URL that a mapping names, which ends where a folder ends.
fn below<'u>(url: &'u str, prefix: &str) -> Option<&'u str> {
    let rest = url.strip_prefix(prefix)?;
    match rest.strip_prefix('/') {
        _ if rest.is_empty() || prefix.ends_with('/') => Some(rest),
        within => within,
    }
}

fn remote() -> Refusal {
    Refusal::forbidden(
        "is on another server, and specwright never uses the network",
        "download it, and map the beginning of its URL to the folder under `mappings` in specwright.toml",
    )
}

/// Reads a copy and compares it with its checksum.
fn read(mapping: &Mapping) -> Result<Copy, Refusal> {
    let name = mapping.path.display();
    let failed = |error: std::io::Error| {
        Refusal::missing(format!("its local copy {name} cannot be read: {error}"))
    };
    let root = mapping.path.canonicalize().map_err(failed)?;
    let mut copy = Copy {
        files: BTreeMap::new(),
    };
    if root.is_file() {
        copy.files
            .insert(String::new(), fs::read(&root).map_err(failed)?);
    } else {
        copy.read_folder(&root).map_err(failed)?;
    }
    let found = copy.checksum();
    if found.eq_ignore_ascii_case(mapping.checksum.trim()) {
        return Ok(copy);
    }
    let help = match mapping.checksum.trim().is_empty() {
        true => format!("if you trust it, add the checksum {found}"),
        false => format!("look at what changed; if you trust it, the checksum is now {found}"),
    };
    Err(Refusal::forbidden(
        format!("has the local copy {name}, which is not what its checksum says"),
        help,
    ))
}

impl Copy {
    /// Reads the files below a folder. Symbolic links are passed over, as they may lead anywhere.
    fn read_folder(&mut self, root: &Path) -> std::io::Result<()> {
        let mut waiting = vec![(root.to_owned(), String::new())];
        let mut bytes = 0;
        while let Some((folder, prefix)) = waiting.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let place = format!("{prefix}{}", entry.file_name().to_string_lossy());
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    waiting.push((entry.path(), format!("{place}/")));
                } else if kind.is_file() {
                    let content = fs::read(entry.path())?;
                    bytes += content.len();
                    if bytes > MAX_BYTES {
                        let message = format!("it has more than {MAX_BYTES} bytes");
                        return Err(std::io::Error::other(message));
                    }
                    self.files.insert(place, content);
                }
            }
        }
        Ok(())
    }

    fn checksum(&self) -> String {
        if let (1, Some(content)) = (self.files.len(), self.files.get("")) {
            return format!("sha256:{}", hash(content));
        }
        let mut list = String::new();
        for (place, content) in &self.files {
            let _ = writeln!(list, "{}  {place}", hash(content));
        }
        format!("sha256:{}", hash(list.as_bytes()))
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
