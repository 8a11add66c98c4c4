//! Reads a document into its one canonical form.
//!
//! Every step is a file: `read` the bytes, `parse` them to an ordered value, look at the `version`,
//! `upgrade` it to OpenAPI 3.0, `bundle` the references, and `decode` piece by piece, so that one bad schema spoils one schema.

mod bundle;
mod decode;
mod objects;
mod options;
mod origins;
mod parse;
mod read;
mod upgrade;
mod version;

pub use options::{Entry, LoadOptions};

use crate::diagnostic::Diagnostics;
use crate::source::{Origin, Pointer, Sources};
use openapiv3::OpenAPI;
use origins::Origins;

/// Reads the entry document and brings it to its canonical form, collecting what is wrong with it.
///
/// There is no document when something was so wrong that nothing can be said about the rest; then at least one of the
/// diagnostics is an error. A document can come with errors, too.
pub fn load(
    entry: &Entry,
    options: &LoadOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let file = read::read(entry, options, sources, diagnostics)?;
    let text = &sources.get(file)?.text;
    let mut value = parse::parse(file, text, options, diagnostics)?;
    let version = version::find(file, &value, diagnostics)?;
    let origins = upgrade::upgrade(version, &mut value, diagnostics);
    let bundle = bundle::bundle(&mut value, origins, diagnostics);
    upgrade::clear_shelves(version, &mut value);
    decode::decode(file, text, value, bundle, diagnostics)
}

/// A document in canonical form: OpenAPI 3.0, single-file, every reference leading to a component.
#[derive(Debug, Clone)]
pub struct Document {
    /// The document.
    pub openapi: OpenAPI,
    origins: Origins,
}

impl Document {
    /// Where in the input a place of the canonical form came from.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        self.origins.origin(pointer)
    }
}
