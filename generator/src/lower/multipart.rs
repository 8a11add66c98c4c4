//! Bodies of several parts: how each is made (OpenAPI 3.0.4, Encoding Object).

use super::context::Lowering;
use super::form::form_style;
use super::media_type::{MediaKind, is_media_type, is_range, media_kind};
use crate::diagnostic::Code;
use crate::load::{nested_encodings, nested_positions};
use crate::model::{FormStyle, PartStyle, PartStyles, Scalar, Shape, Type, WireName};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::Encoding;

/// JSON for objects, text for plain values, bytes for files.
const USUAL: PartStyle = PartStyle::Form(FormStyle::Plain);

impl Lowering<'_> {
    /// The styles of the properties that are not made in the usual way.
    pub(super) fn lower_part_styles(
        &mut self,
        encodings: &IndexMap<String, Encoding>,
        body: &Type,
        at: &Pointer,
    ) -> Vec<(WireName, PartStyle)> {
        let place = at.child("encoding");
        let mut styles = Vec::new();
        for (name, encoding) in encodings {
            let at = place.child(name);
            let property = self.part_type(body, name);
            self.report_part(name, encoding, property.as_ref(), &at);
            let style = self.part_style(encoding, property.as_ref(), &at);
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
            let at = prefix_at.index(index);
            let style = self.part_style(encoding, Some(&item), &at);
            styles.push(style.unwrap_or(USUAL));
        }
        if let Some(encoding) = rest {
            self.report_part(
                "each part",
                encoding,
                Some(&item),
                &at.child("itemEncoding"),
            );
        }
        let rest = rest.map(|encoding| {
            let at = at.child("itemEncoding");
            let style = self.part_style(encoding, Some(&item), &at);
            style.unwrap_or(USUAL)
        });
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
        let named = concrete(encoding);
        if let Some(media_type) = named
            && !is_file
            && self.has_members(property)
            && !matches!(
                media_kind(media_type),
                MediaKind::Json | MediaKind::Form | MediaKind::Multipart
            )
        {
            let message = format!("objects are sent as JSON; `{name}` cannot be {media_type} yet");
            self.report(Code::NotSupported, &at.child("contentType"), message);
        }
    }

    /// How a part is made; `None` if in the usual way. A style says more than a content type, which the specification
    /// ignores beside it. What has parts of its own is made like a body that has (OpenAPI 3.2, "Nested Encoding").
    fn part_style(
        &mut self,
        encoding: &Encoding,
        property: Option<&Type>,
        at: &Pointer,
    ) -> Option<PartStyle> {
        let style = form_style(encoding);
        if !matches!(style, FormStyle::Plain | FormStyle::Json) {
            return Some(PartStyle::Form(style));
        }
        let name = WireName::new(concrete(encoding)?);
        let inner = property.filter(|ty| !self.is_file(ty) && self.has_parts_of_its_own(ty));
        let Some(inner) = inner else {
            return Some(PartStyle::Content(name));
        };
        match media_kind(name.as_str()) {
            MediaKind::Multipart => {
                let styles = match nested_positions(encoding) {
                    Some((first, rest)) => self.lower_positions(&first, rest.as_ref(), inner, at),
                    None => {
                        let nested = nested_encodings(encoding).unwrap_or_default();
                        PartStyles::Named(self.lower_part_styles(&nested, inner, at))
                    }
                };
                Some(PartStyle::Parts(name, Box::new(styles)))
            }
            MediaKind::Form => {
                let nested = nested_encodings(encoding).unwrap_or_default();
                let styles = self.lower_form_styles(&nested, at);
                Some(PartStyle::Urlencoded(name, styles))
            }
            _ => Some(PartStyle::Content(name)),
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

    fn has_parts_of_its_own(&self, ty: &Type) -> bool {
        self.has_members(ty) || matches!(self.without_alias(ty), Type::List(_) | Type::Tuple(_))
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

/// The first media type of the list that is no range. Which of a range a file has, only its sender knows.
fn concrete(encoding: &Encoding) -> Option<&str> {
    let list = encoding.content_type.as_deref()?.split(',');
    list.map(str::trim)
        .find(|name| is_media_type(name) && !is_range(name))
}
