//! Remembers where the places of the canonical form came from.

use crate::source::{FileId, Origin, Pointer};
use std::collections::BTreeMap;

/// Where places of the canonical form came from, in two steps: from where upgrading and bundling moved them, and from
/// which file that came.
///
/// The longest known prefix of a pointer decides; what follows it stays as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    /// Places and where they stood before upgrading, where that is not the same.
    moved: BTreeMap<String, String>,
    /// Places before upgrading and where they stand in a file, where that is not the same place of the entry document.
    files: BTreeMap<String, Origin>,
}

impl Origins {
    /// Notes that what stands at a place before upgrading came from somewhere else.
    pub(super) fn note_file(&mut self, place: &Pointer, origin: Origin) {
        self.files.insert(place.as_str().to_owned(), origin);
    }

    /// Notes where what stands at a place stood before upgrading.
    pub(super) fn note(&mut self, place: &Pointer, before: &Pointer) {
        self.moved
            .insert(place.as_str().to_owned(), before.as_str().to_owned());
    }

    /// Notes that what stands at a pointer, and all in it, stands at another one, too.
    pub(super) fn copy(&mut self, from: &Pointer, to: &Pointer) {
        let before = self.before(from);
        let below = format!("{from}/");
        let inner: Vec<(String, String)> = self
            .moved
            .range(below.clone()..)
            .take_while(|(place, _)| place.starts_with(&below))
            .filter_map(|(place, before)| {
                let rest = place.get(from.as_str().len()..)?;
                Some((format!("{to}{rest}"), before.clone()))
            })
            .collect();
        self.moved.extend(inner);
        self.note(to, &before);
    }

    /// Where what stands at a place stood before upgrading.
    pub(super) fn before(&self, place: &Pointer) -> Pointer {
        match longest(&self.moved, place.as_str()) {
            Some((before, rest)) => Pointer::from_escaped(&format!("{before}{rest}")),
            None => place.clone(),
        }
    }

    /// Where a place of the canonical form came from.
    pub(super) fn origin(&self, place: &Pointer) -> Origin {
        self.source(self.before(place))
    }

    /// Where what stood at a place before upgrading came from.
    pub(super) fn source(&self, before: Pointer) -> Origin {
        match longest(&self.files, before.as_str()) {
            Some((origin, rest)) => {
                let source = format!("{}{rest}", origin.pointer);
                Origin::new(origin.file, Pointer::from_escaped(&source))
            }
            None => Origin::new(FileId::ENTRY, before),
        }
    }
}

/// What is known of the longest prefix of a pointer, and the rest of the pointer.
fn longest<'m, 'p, T>(
    known: &'m BTreeMap<String, T>,
    pointer: &'p str,
) -> Option<(&'m T, &'p str)> {
    if known.is_empty() {
        return None;
    }
    let mut end = pointer.len();
    loop {
        if let Some(value) = known.get(pointer.get(..end)?) {
            return Some((value, pointer.get(end..)?));
        }
        end = pointer.get(..end)?.rfind('/')?;
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
            origins.note(&Pointer::from_escaped(to), &Pointer::from_escaped(from));
        };
        note(&mut origins, "/components/schemas/A", "/paths/~1a/schema");
        note(&mut origins, "/components/schemas/A/items", "/elsewhere");
        let elsewhere = Origin::new(FileId::ENTRY, Pointer::from_escaped("/file"));
        origins.note_file(&Pointer::from_escaped("/elsewhere"), elsewhere);
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
        assert_eq!(origin("/components/schemas/A/items/0"), "/file/0");
        assert_eq!(origin("/components/schemas/AB"), "/components/schemas/AB");
    }
}
