//! The views of the pages: what each template is given.

mod authentication;
mod errors;
mod incoming;
mod index;
mod llms;
mod operation;
mod parameters;
mod readme;
mod schema;
mod security;
pub mod snippet;
pub mod status;
mod types;

pub use authentication::{authentication_page, flow_names, flow_urls};
pub use errors::errors_page;
pub use incoming::{callback_links, incoming_page};
pub use index::index_page;
pub use llms::llms_page;
pub use operation::{Part, error_match, fit, operation_page};
pub use parameters::Shared;
pub use readme::readme;
pub use security::builder_call;
pub use types::types_pages;

use super::encode::{Block, Cell, Inline};
use crate::model::{Api, Docs, Prose, Type};

/// A description under a heading of a level, with what the summary does not say already.
fn description(docs: &Docs, below: u8) -> Option<Block> {
    docs.description
        .as_ref()
        .map(|prose| Block::prose(prose, below))
        .filter(|block| !block.is_empty())
}

/// A link to a page outside, if it is one.
fn external(docs: &Docs) -> Option<Inline> {
    let external = docs.external.as_ref()?;
    let url = super::encode::Url::external(external.url.as_str())?;
    let label = external
        .description
        .as_ref()
        .map_or_else(|| Inline::own("More"), Inline::prose);
    Some(Inline::link(&label, &url))
}

/// What the document says of a node in a cell: its description, else its summary.
fn docs_cell(docs: &Docs, brief: bool) -> Cell {
    let prose: Option<&Prose> = docs.description.as_ref().or(docs.summary.as_ref());
    let text = match prose {
        Some(prose) if brief => Cell::first_paragraph(prose),
        Some(prose) => Cell::prose(prose),
        None => Cell::own(""),
    };
    if docs.deprecated {
        let mark = Cell::own("**Deprecated.**");
        return if text.is_empty() {
            mark
        } else {
            Cell::join([mark, text], " ")
        };
    }
    text
}

/// The same for a part of a value, which speaks for itself only where the document gives it words of its own.
fn described_cell(api: &Api, docs: &Docs, ty: &Type, brief: bool) -> Cell {
    let cell = docs_cell(docs, brief);
    match ty.without_null() {
        Type::Named(id) if cell.is_empty() => docs_cell(&api.types[*id].docs, true),
        _ => cell,
    }
}
