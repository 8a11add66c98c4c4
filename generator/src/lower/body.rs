//! Bodies: what they hold.

use super::context::Lowering;
use super::docs::described;
use super::keywords::{Keywords, Kind, Node, Part};
use super::media_type::{MediaKind, is_range};
use super::names::Names;
use crate::load::positional_encodings;
use crate::model::{
    Content, ContentKind, Framing, MapKey, PartStyles, RequestBody, Scalar, Type, WireName,
};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{Example, MediaType, ReferenceOr, RequestBody as Body, Schema};
use serde_json::Value;

/// Which way a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Request,
    Response,
}

impl<'d> Lowering<'d> {
    /// The body of an operation. The error says why the operation cannot be carried.
    pub(super) fn lower_body(
        &mut self,
        body: &'d ReferenceOr<Body>,
        at: &Pointer,
        names: &Names,
    ) -> Result<Option<RequestBody>, String> {
        let resolved = self.resolve(body, at, "requestBodies", |components| {
            &components.request_bodies
        });
        let Some(resolved) = resolved else {
            return Err("its body is a reference that leads nowhere".to_owned());
        };
        let root;
        let names = match resolved.component {
            Some(component) => {
                root = Names::root(component);
                root.child("request")
            }
            None => names.child("request"),
        };
        let body = resolved.item;
        let contents = self.lower_contents(&body.content, &resolved.at, &names, Way::Request);
        let mut contents = contents.list.into_iter();
        match contents.next() {
            Some(content) => Ok(Some(RequestBody {
                required: body.required,
                docs: described(body.description.as_deref()),
                content,
                others: contents.collect(),
                origin: self.origin(&resolved.at),
            })),
            None if body.content.is_empty() => Ok(None),
            None => Err("what stands for the media type of its body is none".to_owned()),
        }
    }

    pub(super) fn lower_content(
        &mut self,
        name: &str,
        media: &'d MediaType,
        at: &Pointer,
        names: &Names,
        way: Way,
    ) -> Content {
        let schema = media.schema.as_ref();
        let schema_at = at.child("schema");
        let is_binary = schema.is_some_and(|schema| self.is_binary(Node::from(schema), &schema_at));
        let kind = match self.kind_of(name, way) {
            _ if is_binary => ContentKind::Bytes,
            MediaKind::Json => ContentKind::Json(match schema {
                Some(schema) => self.lower_type(schema, &schema_at, names),
                None => Type::Json,
            }),
            MediaKind::Form => {
                let styles = self.lower_form_styles(&media.encoding, at);
                let ty = match schema {
                    Some(schema) => self.lower_type(schema, &schema_at, names),
                    None => Type::Map(MapKey::Text, Box::new(Type::Json)),
                };
                let named = media.encoding.iter();
                let named = named.filter(|(_, encoding)| encoding.allow_reserved);
                let reserved = named.map(|(name, _)| WireName::new(name)).collect();
                ContentKind::Form {
                    ty,
                    styles,
                    reserved,
                }
            }
            MediaKind::Multipart if way == Way::Request => {
                let ty = match schema {
                    Some(schema) => self.lower_type(schema, &schema_at, names),
                    None => Type::Map(MapKey::Text, Box::new(Type::Json)),
                };
                let styles = match positional_encodings(media) {
                    Some((first, rest)) => self.lower_positions(&first, rest.as_ref(), &ty, at),
                    None => PartStyles::Named(self.lower_part_styles(&media.encoding, &ty, at)),
                };
                ContentKind::Multipart { ty, styles }
            }
            MediaKind::Xml => self.lower_xml(schema, &schema_at, names, name),
            MediaKind::Items(framing) => self.lower_items(schema, &schema_at, names, framing),
            MediaKind::Text => ContentKind::Text,
            MediaKind::Bytes | MediaKind::Multipart => ContentKind::Bytes,
        };
        let mut examples = self.lower_examples(media, at);
        if let ContentKind::Items { .. } = &kind {
            examples.iter_mut().for_each(|(_, value)| as_list(value));
        }
        Content {
            media_type: WireName::new(match way {
                Way::Request => sent_type(name, &kind),
                Way::Response => name,
            }),
            synonyms: Vec::new(),
            xml: Vec::new(),
            kind,
            examples,
        }
    }

    /// XML of a type. Where there is no schema, or it is a text, the user has the XML.
    fn lower_xml(
        &mut self,
        schema: Option<&'d ReferenceOr<Schema>>,
        at: &Pointer,
        names: &Names,
        media_type: &str,
    ) -> ContentKind {
        let ty = schema.map(|schema| self.lower_type(schema, at, names));
        let is_text = |ty: &Type| *self.without_alias(ty) == Type::Scalar(Scalar::String);
        match (schema, ty) {
            (Some(schema), Some(ty)) if !is_text(&ty) => ContentKind::Xml {
                root: self.xml_root(Node::from(schema), at),
                ty,
            },
            _ if media_type.starts_with("text/") => ContentKind::Text,
            _ => ContentKind::Bytes,
        }
    }

    /// The items of a body, of which the schema is the list, or one of them. Where it is none, or text, nothing is known of
    /// the items, and the body is whatever the user has.
    fn lower_items(
        &mut self,
        schema: Option<&'d ReferenceOr<Schema>>,
        at: &Pointer,
        names: &Names,
        framing: Framing,
    ) -> ContentKind {
        let Some(schema) = schema else {
            return ContentKind::Bytes;
        };
        let ty = self.lower_type(schema, at, names);
        let ty = match self.without_alias(&ty) {
            Type::Scalar(Scalar::String) => return ContentKind::Bytes,
            Type::List(item) => Type::List(item.clone()),
            _ => Type::List(Box::new(ty)),
        };
        ContentKind::Items { ty, framing }
    }

    fn is_binary(&self, schema: Node<'d>, at: &Pointer) -> bool {
        let resolved = self.schema_of(schema, at);
        resolved.is_some_and(|(schema, _)| {
            let keywords = Keywords::of(schema);
            keywords.kind == Some(Kind::String) && keywords.format == Some("binary")
        })
    }

    fn lower_examples(
        &mut self,
        media: &'d MediaType,
        at: &Pointer,
    ) -> Vec<(Option<WireName>, Value)> {
        let mut examples = Vec::new();
        examples.extend(media.example.clone().map(|value| (None, value)));
        examples.extend(self.named_examples(&media.examples, at));
        if examples.is_empty()
            && let Some(schema) = &media.schema
        {
            let part = Part::whole(schema, at.child("schema"));
            let resolved = self.resolved_part(&part);
            let example = resolved.and_then(|part| self.annotations(&[part]).example);
            examples.extend(example.map(|value| (None, value)));
        }
        examples
    }

    /// The values of examples by name. Those that are only a link are left to the pages.
    pub(super) fn named_examples(
        &mut self,
        examples: &'d IndexMap<String, ReferenceOr<Example>>,
        at: &Pointer,
    ) -> Vec<(Option<WireName>, Value)> {
        let place = at.child("examples");
        let mut found = Vec::with_capacity(examples.len());
        for (name, example) in examples {
            let resolved = self.resolve(example, &place.child(name), "examples", |components| {
                &components.examples
            });
            if let Some(value) = resolved.and_then(|resolved| resolved.item.value.clone()) {
                found.push((Some(WireName::new(name)), value));
            }
        }
        found
    }
}

/// The media type that a body is sent as. A range cannot say what a body is.
pub(super) fn sent_type<'n>(name: &'n str, kind: &ContentKind) -> &'n str {
    match kind {
        _ if !is_range(name) => name,
        ContentKind::Json(_) => "application/json",
        ContentKind::Multipart { .. } => "multipart/form-data",
        ContentKind::Text => "text/plain",
        ContentKind::Form { .. }
        | ContentKind::Xml { .. }
        | ContentKind::Items { .. }
        | ContentKind::Bytes => "application/octet-stream",
    }
}

/// Makes the list of items of an example that spells them, or is one of them.
fn as_list(example: &mut Value) {
    let items = match &*example {
        Value::Array(_) => return,
        Value::String(text) => {
            let lines = text.split(['\n', '\u{1e}']).map(str::trim);
            let lines = lines.filter(|line| !line.is_empty());
            lines
                .map(serde_json::from_str)
                .collect::<Result<Vec<Value>, _>>()
        }
        item => Ok(vec![item.clone()]),
    };
    if let Ok(items) = items {
        *example = Value::Array(items);
    }
}
