//! Brings documents of other versions to the shape of OpenAPI 3.0, so that no later step asks which version it has.
//!
//! What is moved keeps its origin, and a reference to the place that it left follows it. What 3.0 cannot say is carried
//! where a client can act on it, and warned about with its place otherwise.

mod dialect;
mod references;
mod swagger2;
mod v3_1;
mod v3_2;
mod webhooks;

use super::origins::Origins;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Pointer;
use references::References;
use serde_json::{Map, Value};

/// Sections of the components that are only there to be referred to.
const COMPONENT_SHELVES: &[&str] = &["pathItems", "mediaTypes"];

/// Upgrades a document in place and notes what was moved.
pub(super) fn upgrade(
    version: Version,
    value: &mut Value,
    origins: Origins,
    diagnostics: &mut Diagnostics,
) -> Origins {
    let mut upgrade = Upgrade {
        origins,
        references: References::default(),
        diagnostics,
    };
    match version {
        // What a word of everybody's was before 3.1 made it one of the specification.
        Version::V3_0 => {
            if let Some(root) = value.as_object_mut() {
                webhooks::shelve(&mut upgrade, root, "x-webhooks");
            }
            return upgrade.origins;
        }
        Version::Swagger2 => swagger2::upgrade(value, &mut upgrade),
        Version::V3_1 | Version::V3_2 => v3_1::upgrade(value, &mut upgrade),
    }
    let references = std::mem::take(&mut upgrade.references);
    references.rewrite(value);
    upgrade.origins
}

/// Takes away what was only there to be referred to, once every reference leads to a component.
pub(super) fn clear_shelves(version: Version, value: &mut Value) {
    if !matches!(version, Version::V3_1 | Version::V3_2) {
        return;
    }
    let Some(root) = value.as_object_mut() else {
        return;
    };
    if let Some(Value::Object(components)) = root.get_mut("components") {
        for shelf in COMPONENT_SHELVES {
            components.shift_remove(*shelf);
        }
    }
}

/// What an upgrade notes on its way.
struct Upgrade<'d> {
    origins: Origins,
    references: References,
    diagnostics: &'d mut Diagnostics,
}

impl Upgrade<'_> {
    /// Notes that what stood at a place of the document stands elsewhere now.
    fn moved(&mut self, from: &Pointer, to: &Pointer) {
        let before = self.origins.before(from);
        self.references.moved(&before, to);
        self.origins.note(to, &before);
    }

    /// Notes where something comes from that was made of what stands at another place, and still stands there.
    fn made(&mut self, from: &Pointer, to: &Pointer) {
        let before = self.origins.before(from);
        self.origins.note(to, &before);
    }

    /// Like [`Upgrade::moved`], of a place before upgrading.
    fn placed(&mut self, before: &Pointer, to: &Pointer) {
        self.references.moved(before, to);
        self.origins.note(to, before);
    }

    /// Where a place of the upgraded document was before upgrading.
    fn before(&self, at: &Pointer) -> Pointer {
        self.origins.before(at)
    }

    fn warn(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, self.origins.origin(at), message);
        self.diagnostics.push(diagnostic);
    }

    /// Like [`Upgrade::warn`], of a place before upgrading.
    fn warn_of(&mut self, code: Code, before: &Pointer, message: &str) {
        let origin = self.origins.source(before.clone());
        self.diagnostics
            .push(Diagnostic::new(code, origin, message));
    }

    /// Says what a client need not act on, or what is carried in another way.
    fn note(&mut self, at: &Pointer, message: impl Into<String>) {
        let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origins.origin(at), message);
        diagnostic.severity = Severity::Note;
        self.diagnostics.push(diagnostic);
    }
}

/// Moves a text to a field that has none yet.
fn fill_in(object: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(text) = object.shift_remove(from)
        && !object.contains_key(to)
    {
        object.insert(to.to_owned(), text);
    }
}

#[cfg(test)]
mod tests;
