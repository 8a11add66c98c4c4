//! Forms: how each property is spelled (OpenAPI 3.0.4, Encoding Object).

use super::context::Lowering;
use super::media_type::{MediaKind, media_kind};
use crate::diagnostic::Code;
use crate::model::{FormStyle, WireName};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{Encoding, QueryStyle};

impl Lowering<'_> {
    /// The styles of the properties that are not spelled in the default way.
    pub(super) fn lower_form_styles(
        &mut self,
        encodings: &IndexMap<String, Encoding>,
        at: &Pointer,
    ) -> Vec<(WireName, FormStyle)> {
        let place = at.child("encoding");
        let mut styles = Vec::new();
        for (name, encoding) in encodings {
            self.report_encoding(name, encoding, &place.child(name));
            let style = form_style(encoding);
            if style != FormStyle::Plain {
                styles.push((WireName::new(name), style));
            }
        }
        styles
    }

    fn report_encoding(&mut self, name: &str, encoding: &Encoding, at: &Pointer) {
        let content_type = encoding.content_type.as_deref();
        let is_known = content_type
            .is_none_or(|name| matches!(media_kind(name), MediaKind::Json | MediaKind::Text));
        if !is_known || !encoding.headers.is_empty() {
            let message = format!(
                "in a form, content types but JSON and text have no form and headers no place; `{name}` is sent as plain text"
            );
            self.report(Code::NotSupported, at, message);
        }
    }
}

/// A style says more than a content type, which the specification ignores beside it.
pub(super) fn form_style(encoding: &Encoding) -> FormStyle {
    let is_json = encoding
        .content_type
        .as_deref()
        .is_some_and(|name| media_kind(name) == MediaKind::Json);
    match (&encoding.style, encoding.explode) {
        (Some(QueryStyle::DeepObject), _) => FormStyle::DeepObject,
        (None, _) if is_json => FormStyle::Json,
        (Some(QueryStyle::SpaceDelimited), false) => FormStyle::SpaceDelimited,
        (Some(QueryStyle::PipeDelimited), false) => FormStyle::PipeDelimited,
        (Some(QueryStyle::Form) | None, false) => FormStyle::Joined,
        (_, true) => FormStyle::Plain,
    }
}
