//! Which of a record's fields a key means, and which have come.

use super::codec::FieldSpec;

/// Which fields have come.
pub(super) struct Seen {
    first: u128,
    more: Vec<bool>,
}

impl Seen {
    /// None yet, of so many.
    pub(super) fn new(fields: usize) -> Self {
        Seen {
            first: 0,
            more: vec![false; fields.saturating_sub(128)],
        }
    }

    /// Notes a field; whether it had come before.
    pub(super) fn mark(&mut self, index: usize) -> bool {
        if index < 128 {
            let bit = 1 << index;
            let before = self.first & bit != 0;
            self.first |= bit;
            before
        } else {
            let before = self.more.get_mut(index - 128);
            before.is_some_and(|before| std::mem::replace(before, true))
        }
    }

    /// Takes back that a field has come.
    pub(super) fn forget(&mut self, index: usize) {
        if index < 128 {
            self.first &= !(1 << index);
        } else if let Some(seen) = self.more.get_mut(index - 128) {
            *seen = false;
        }
    }

    /// Whether a field has come.
    pub(super) fn has(&self, index: usize) -> bool {
        if index < 128 {
            self.first & (1 << index) != 0
        } else {
            self.more.get(index - 128).copied().unwrap_or_default()
        }
    }
}

/// The field with this name, trying the one after the last first: servers mostly keep to the order of their documents.
pub(super) fn find_field(fields: &[FieldSpec], next: usize, name: &str) -> Option<usize> {
    let is_it = |field: &FieldSpec| field.name() == name;
    let (before, after) = fields.split_at_checked(next).unwrap_or((fields, &[]));
    match after.iter().position(is_it) {
        Some(index) => Some(next + index),
        None => before.iter().position(is_it),
    }
}
