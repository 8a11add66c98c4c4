//! What reading may cost, counted over all files together.

use super::LoadOptions;

/// The limits, and what was used up so far.
pub(super) struct Budget<'o> {
    pub(super) options: &'o LoadOptions,
    /// The bytes of all files.
    pub(super) bytes: usize,
    /// The values in all files, after aliases are unfolded, and the copies that references need.
    pub(super) nodes: usize,
    /// The bytes that aliases brought, roughly.
    pub(super) unfolded: usize,
}

impl<'o> Budget<'o> {
    pub(super) fn new(options: &'o LoadOptions) -> Self {
        Budget {
            options,
            bytes: 0,
            nodes: 0,
            unfolded: 0,
        }
    }

    /// How many more bytes may be read.
    pub(super) fn bytes_left(&self) -> u64 {
        let used = u64::try_from(self.bytes).unwrap_or(u64::MAX);
        self.options.max_bytes.saturating_sub(used)
    }

    /// Counts the bytes of a file, unless they are too many.
    pub(super) fn take_bytes(&mut self, bytes: usize) -> Result<(), String> {
        if u64::try_from(bytes).is_ok_and(|bytes| bytes <= self.bytes_left()) {
            self.bytes += bytes;
            return Ok(());
        }
        let limit = self.options.max_bytes;
        Err(match self.bytes {
            0 => format!("the file is larger than the limit of {limit} bytes"),
            _ => format!("with this file, all files are larger than the limit of {limit} bytes"),
        })
    }

    /// Counts values, unless they are too many.
    pub(super) fn take_nodes(&mut self, nodes: usize) -> Result<(), String> {
        self.nodes = self.nodes.saturating_add(nodes);
        match self.nodes > self.options.max_nodes {
            true => Err(too_many(self.options.max_nodes)),
            false => Ok(()),
        }
    }

    /// The most bytes that aliases may unfold to.
    pub(super) fn expansion_limit(&self) -> usize {
        self.options
            .free_expansion
            .saturating_add(self.bytes.saturating_mul(self.options.max_expansion))
    }
}

pub(super) fn too_many(max_nodes: usize) -> String {
    format!("the document has more values than the limit of {max_nodes}")
}
