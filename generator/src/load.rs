//! Reads a document into its one canonical form.
//!
//! Every step is a file: `read` the bytes, `parse` them to an ordered value, look at the `version`, gather what stands in
//! other `files`, `upgrade` it all to OpenAPI 3.0, `bundle` the references, and `decode` piece by piece, so that one bad
//! schema spoils one schema. A `budget` counts what all files cost together.

mod budget;
mod bundle;
mod carrier;
mod decode;
mod demands;
mod event_data;
mod files;
mod fragment;
mod inline;
mod objects;
mod options;
mod origins;
mod parse;
mod read;
mod sequential;
mod upgrade;
mod version;

pub use carrier::{
    XmlObject, default_mapping, demands, device_flow, exact_limit, has_keys, is_open,
    is_plain_cookie, is_reserved, is_tuple, is_whole_query, metadata_url, nested_encodings,
    nested_positions, other_methods, positional_encodings, referred_callbacks, tag_details,
    webhooks, xml_of,
};
pub use demands::is_readable;
pub(crate) use fragment::percent_decode;
pub use options::{Entry, LoadOptions, Mapping};
pub use sequential::{Sequence, sequence};

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Origin, Pointer, Sources};
use budget::Budget;
use files::{Addresses, Context, Gathered};
use openapiv3::{OpenAPI, Operation};
use origins::Origins;
use read::Reader;
use std::collections::HashMap;

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
    let mut budget = Budget::new(options);
    let reader = Reader::new(entry, options);
    let file = reader.read_entry(&mut budget, sources, diagnostics)?;
    let text = &sources.get(file)?.text;
    let value = parse::parse(file, text, &mut budget, diagnostics)?;
    let version = version::find(file, &value, diagnostics)?;
    let context = Context {
        reader,
        budget: &mut budget,
        sources,
        diagnostics,
    };
    let Gathered {
        mut value,
        origins,
        broken,
        addresses,
    } = files::gather(value, version, context)?;
    inline::inline_references(&mut value);
    let origins = upgrade::upgrade(version, &mut value, origins, diagnostics);
    let bundle = bundle::bundle(&mut value, origins, broken, diagnostics);
    upgrade::clear_shelves(version, &mut value);
    let mut document = decode::decode(sources, value, bundle, diagnostics)?;
    document.addresses = addresses;
    Some(document)
}

/// A document in canonical form: OpenAPI 3.0, single-file, every reference leading to a component.
#[derive(Debug, Clone)]
pub struct Document {
    /// The document.
    pub openapi: OpenAPI,
    /// The operations of a path that `openapiv3` has no fields for, with their methods and places.
    operations: HashMap<String, Vec<(String, Pointer, Operation)>>,
    origins: Origins,
    addresses: Addresses,
}

impl Document {
    /// Where a reference in a file leads to, if that is a place of a file that was read. What stands there is not looked
    /// at.
    pub fn refer(&self, from: FileId, reference: &str) -> Option<Origin> {
        self.addresses.refer(from, reference)
    }

    /// The operations of a path with other methods than 3.0 has fields for: the method, its place, the operation.
    pub fn additional_operations(&self, path: &str) -> &[(String, Pointer, Operation)] {
        self.operations.get(path).map_or(&[], Vec::as_slice)
    }

    /// Where in the input a place of the canonical form came from.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        self.origins.origin(pointer)
    }
}
