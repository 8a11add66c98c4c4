//! Remembers where the places of the canonical form came from.

use crate::source::{FileId, Origin, Pointer};
use std::collections::BTreeMap;

/// Where places of the canonical form came from, where that is not the same pointer of the entry document.
///
/// The longest known prefix of a pointer decides; what follows it stays as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    moved: BTreeMap<String, Origin>,
}

impl Origins {
    /// Notes that what stands at a pointer came from somewhere else.
    pub(super) fn note(&mut self, pointer: &Pointer, origin: Origin) {
        self.moved.insert(pointer.as_str().to_owned(), origin);
    }

    /// Notes that what stands at a pointer, and all in it, stands at another one, too.
    pub(super) fn copy(&mut self, from: &Pointer, to: &Pointer) {
        let origin = self.origin(from);
        let below = format!("{from}/");
        let inner: Vec<(String, Origin)> = self
            .moved
            .range(below.clone()..)
            .take_while(|(place, _)| place.starts_with(&below))
            .filter_map(|(place, origin)| {
                let rest = place.get(from.as_str().len()..)?;
                Some((format!("{to}{rest}"), origin.clone()))
            })
            .collect();
        self.moved.extend(inner);
        self.note(to, origin);
    }

    /// Where a place of the canonical form came from.
    pub(super) fn origin(&self, pointer: &Pointer) -> Origin {
        let text = pointer.as_str();
        let mut end = text.len();
        while !self.moved.is_empty() {
            let Some(prefix) = text.get(..end) else { break };
            if let Some(origin) = self.moved.get(prefix) {
                let rest = text.get(end..).unwrap_or_default();
                let source = format!("{}{rest}", origin.pointer);
                return Origin::new(origin.file, Pointer::from_escaped(&source));
            }
            match prefix.rfind('/') {
                Some(slash) => end = slash,
                None => break,
            }
        }
        Origin::new(FileId::ENTRY, pointer.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use crate::source::{FileId, Origin, Pointer};

    #[test]
    fn the_longest_prefix_decides() {
        let mut origins = Origins::default();
        let note = |origins: &mut Origins, to: &str, from: &str| {
            let origin = Origin::new(FileId::ENTRY, Pointer::from_escaped(from));
            origins.note(&Pointer::from_escaped(to), origin);
        };
        note(&mut origins, "/components/schemas/A", "/paths/~1a/schema");
        note(&mut origins, "/components/schemas/A/items", "/elsewhere");
        let origin = |text: &str| {
            origins
                .origin(&Pointer::from_escaped(text))
                .pointer
                .to_string()
        };
        assert_eq!(
            origin("/components/schemas/A/type"),
            "/paths/~1a/schema/type"
        );
        assert_eq!(origin("/components/schemas/A/items/0"), "/elsewhere/0");
        assert_eq!(origin("/components/schemas/AB"), "/components/schemas/AB");
    }
}
