//! Lowers a document in canonical form to the language-neutral model.
//!
//! The only stage that knows both OpenAPI and the model. What the model cannot say is reported with its place.

mod all_of;
mod binary;
mod body;
mod constant;
mod constraints;
mod contents;
mod context;
mod contradiction;
mod defaults;
mod discriminator;
mod docs;
mod enumeration;
mod expression;
mod form;
#[cfg(fuzzing)]
pub mod fuzzing;
mod implied;
mod incoming;
mod info;
mod inheritance;
mod keyed;
mod keywords;
mod links;
mod media_type;
mod multipart;
mod names;
mod null;
mod object;
mod operation;
mod parameter;
mod path;
mod response;
mod scalar;
mod schema;
mod secret;
mod security;
mod server;
mod sharing;
mod spelling;
mod stream;
mod tags;
mod tokens;
mod tuple;
mod union;
mod variant_names;
mod ways;
mod xml;

use self::context::Lowering;
use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::model::Api;

/// Lowers a document. What could not be carried is left out and reported.
///
/// Bodies of XML are of types if they are asked for, and else text or bytes.
pub fn lower(document: &Document, has_xml: bool, diagnostics: &mut Diagnostics) -> Api {
    let openapi = &document.openapi;
    let mut lowering = Lowering::new(document, diagnostics);
    lowering.has_xml = has_xml;
    lowering.lower_components();
    let security = lowering.lower_security_schemes();
    let servers = lowering.lower_document_servers();
    let (mut operations, callers) = lowering.lower_operations(&security);
    let incoming = lowering.lower_incoming(&callers);
    lowering.settle_binary(&mut operations, &incoming);
    lowering.lower_links(&mut operations, &callers);
    let tags = lowering.lower_tags(&operations);
    let mut api = Api {
        info: info::lower_info(openapi),
        servers,
        tags,
        types: std::mem::take(&mut lowering.types),
        operations,
        incoming,
        security: security.schemes,
    };
    constant::mark_tags(&mut api.types);
    ways::part_ways(&mut api);
    lowering.check_defaults(&mut api);
    api
}

#[cfg(test)]
mod tests;
