//! Bodies of several parts: how each is made (OpenAPI 3.0.4, Encoding Object).

use super::context::Lowering;
use super::form::form_style;
use super::media_type::{MediaKind, is_media_type, is_range, media_kind};
use crate::diagnostic::Code;
use crate::model::{FormStyle, PartStyle, PartStyles, Scalar, Shape, Type, WireName};
use crate::source::Pointer;
use openapiv3::{Encoding, MediaType};

/// JSON for objects, text for plain values, bytes for files.
const USUAL: PartStyle = PartStyle::Form(FormStyle::Plain);

impl Lowering<'_> {
    /// The styles of the properties that are not made in the usual way.
    pub(super) fn lower_part_styles(
        &mut self,
        media: &MediaType,
        body: &Type,
        at: &Pointer,
    ) -> Vec<(WireName, PartStyle)> {
        let place = at.child("encoding");
        let mut styles = Vec::new();
        for (name, encoding) in &media.encoding {
            let at = place.child(name);
            let property = self.part_type(body, name);
            self.report_part(name, encoding, property.as_ref(), &at);
            let style = part_style(encoding);
            styles.extend(style.map(|style| (WireName::new(name), style)));
        }
        styles
    }

    /// The styles of the parts of a body whose parts have no names (OpenAPI 3.2, "Encoding By Position").
    pub(super) fn lower_positions(
        &mut self,
        first: &[Encoding],
        rest: Option<&Encoding>,
        body: &Type,
        at: &Pointer,
    ) -> PartStyles {
        let item = match self.without_alias(body) {
            Type::List(item) => (**item).clone(),
            _ => Type::Json,
        };
        let prefix_at = at.child("prefixEncoding");
        let mut styles = Vec::new();
        for (index, encoding) in first.iter().enumerate() {
            let name = format!("part {index}");
            self.report_part(&name, encoding, Some(&item), &prefix_at.index(index));
            styles.push(part_style(encoding).unwrap_or(USUAL));
        }
        if let Some(encoding) = rest {
            self.report_part(
                "each part",
                encoding,
                Some(&item),
                &at.child("itemEncoding"),
            );
        }
        let rest = rest.map(|encoding| part_style(encoding).unwrap_or(USUAL));
        PartStyles::Positional(styles, rest)
    }

    fn report_part(
        &mut self,
        name: &str,
        encoding: &Encoding,
        property: Option<&Type>,
        at: &Pointer,
    ) {
        let Some(property) = property else {
            let message = format!("the body has no property `{name}`; its encoding has no effect");
            return self.report(Code::NotSupported, at, message);
        };
        let is_file = self.is_file(property);
        if !encoding.headers.is_empty() && !is_file {
            let message = format!(
                "headers of parts that are no files are not supported yet; `{name}` is sent without"
            );
            self.report(Code::NotSupported, &at.child("headers"), message);
        }
        let named = concrete(encoding);
        if let Some(media_type) = named
            && !is_file
            && self.has_members(property)
            && media_kind(media_type) != MediaKind::Json
        {
            let message = format!("objects are sent as JSON; `{name}` cannot be {media_type} yet");
            self.report(Code::NotSupported, &at.child("contentType"), message);
        }
    }

    /// The type of a property of a body.
    fn part_type(&self, body: &Type, name: &str) -> Option<Type> {
        match self.without_alias(body) {
            Type::Named(id) => match &self.types[*id].shape {
                Shape::Record(record) => record
                    .fields
                    .iter()
                    .find(|field| field.name.as_str() == name)
                    .map(|field| field.ty.clone()),
                // What a variant calls its own, some other variant may not have.
                Shape::Union(_) => Some(Type::Json),
                _ => None,
            },
            Type::Map(_, value) => Some((**value).clone()),
            _ => None,
        }
    }

    /// Whether a part, or each of several, is a file.
    fn is_file(&self, ty: &Type) -> bool {
        match self.without_alias(ty) {
            Type::Scalar(scalar) => *scalar == Scalar::Binary,
            Type::List(item) => *self.without_alias(item) == Type::Scalar(Scalar::Binary),
            _ => false,
        }
    }

    fn has_members(&self, ty: &Type) -> bool {
        match self.without_alias(ty) {
            Type::Named(id) => matches!(self.types[*id].shape, Shape::Record(_)),
            Type::Map(_, _) => true,
            _ => false,
        }
    }

    /// The type behind the names and the null of another.
    pub(super) fn without_alias<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty.without_null();
        // Aliases of aliases end somewhere, unless the document is wrong.
        for _ in 0..self.types.len() {
            let Type::Named(id) = ty else { break };
            let Shape::Alias(target) = &self.types[*id].shape else {
                break;
            };
            ty = target.without_null();
        }
        ty
    }
}

/// A style says more than a content type, which the specification ignores beside it.
fn part_style(encoding: &Encoding) -> Option<PartStyle> {
    match form_style(encoding) {
        FormStyle::Plain | FormStyle::Json => {
            concrete(encoding).map(|name| PartStyle::Content(WireName::new(name)))
        }
        style => Some(PartStyle::Form(style)),
    }
}

/// The first media type of the list that is no range. Which of a range a file has, only its sender knows.
fn concrete(encoding: &Encoding) -> Option<&str> {
    let list = encoding.content_type.as_deref()?.split(',');
    list.map(str::trim)
        .find(|name| is_media_type(name) && !is_range(name))
}
