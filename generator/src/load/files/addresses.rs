//! Where the files of a document are, for references that are no `$ref`.

use super::{Address, Loaded};
use crate::load::fragment;
use crate::source::{FileId, Origin, Pointer};

/// Where files are, and what references in each are relative to.
#[derive(Debug, Clone, Default)]
pub(in crate::load) struct Addresses {
    files: Vec<FileAddress>,
}

#[derive(Debug, Clone)]
struct FileAddress {
    id: FileId,
    /// Its `$self`, or where it is.
    base: Address,
    address: Address,
}

impl Addresses {
    /// Those of files that were read.
    pub(super) fn of(files: &[Loaded]) -> Self {
        let files = files.iter().map(|file| FileAddress {
            id: file.id,
            base: file.base.clone(),
            address: file.address.clone(),
        });
        Addresses {
            files: files.collect(),
        }
    }

    /// Where a reference in a file leads to; `None` if that is in no file of these, or the reference is malformed.
    pub(in crate::load) fn refer(&self, from: FileId, reference: &str) -> Option<Origin> {
        let (place, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let id = match place {
            "" => from,
            _ => {
                let from = self.files.iter().find(|file| file.id == from)?;
                // What is relative to a `$self` is looked for beside the file, too, as files are.
                let wanted = [from.base.join(place).ok()?, from.address.join(place).ok()?];
                let is_it = |file: &&FileAddress| {
                    wanted.contains(&file.base) || wanted.contains(&file.address)
                };
                self.files.iter().find(is_it)?.id
            }
        };
        let tokens = fragment::tokens(fragment).ok()?;
        let pointer = tokens
            .iter()
            .fold(Pointer::root(), |pointer, token| pointer.child(token));
        Some(Origin::new(id, pointer))
    }
}
