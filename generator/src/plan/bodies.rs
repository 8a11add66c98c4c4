//! Bodies: how each is handed over and sent, and which of the server's an operation asks for.

use super::convert::Types;
use super::docs::plan_value_docs;
use super::forms;
use super::names::{Kind, Wish, plan_names};
use super::operations::plan_passing;
use super::outcomes::OwnNames;
use super::reserved::Place;
use crate::model::{
    Content, ContentKind, Framing, Operation, RequestBody, Response, Scalar, StatusPattern, Type,
    WireName,
};
use crate::rust::{
    ArgumentItem, BodyChoice, BodyCodec, BodyItem, BodyVariant, Passing, RustName, RustType, Target,
};
use indexmap::IndexSet;

/// The argument or setter of a body.
pub(super) fn plan_body(
    types: &Types<'_>,
    body: &RequestBody,
    name: RustName,
    names: &mut OwnNames<'_>,
) -> ArgumentItem {
    let item = plan_item(types, &body.content);
    let (ty, passing, target) = match body.others.is_empty() {
        true => {
            let (ty, passing) = plan_body_passing(types, &body.content);
            (ty, passing, Target::Body(item))
        }
        false => (
            plan_owned(types, &body.content),
            Passing::Into,
            Target::Choice(BodyChoice {
                name: names.name("Body"),
                variants: plan_variants(types, body),
            }),
        ),
    };
    ArgumentItem {
        name,
        ty,
        passing,
        target,
        docs: plan_value_docs(types.formats, &body.docs, None, &Default::default(), None),
    }
}

fn plan_variants(types: &Types<'_>, body: &RequestBody) -> Vec<BodyVariant> {
    let words: Vec<String> = body.contents().map(media_words).collect();
    let wishes: Vec<Wish<'_>> = words.iter().map(|words| Wish::of(words)).collect();
    let variants = plan_names(Kind::Variant, Place::Local, &wishes);
    let mut known = Vec::new();
    let variants = variants.into_iter().zip(body.contents());
    variants
        .map(|(name, content)| {
            let key = match &content.kind {
                ContentKind::Text => Some(Type::Scalar(Scalar::String)),
                ContentKind::Bytes => Some(Type::Scalar(Scalar::Binary)),
                kind => kind.ty().and_then(|ty| types.expand(ty)),
            };
            let is_items = matches!(content.kind, ContentKind::Items { .. });
            let key = key.map(|key| (is_items, key));
            // What cannot be compared may be the same as another, of which the compiler would know.
            let from = key.is_some() && !known.contains(&key);
            known.push(key);
            BodyVariant {
                name,
                ty: match &content.kind {
                    ContentKind::Json(ty)
                    | ContentKind::Xml { ty, .. }
                    | ContentKind::Form { ty, .. }
                    | ContentKind::Multipart { ty, .. } => types.plan_boxed(ty),
                    ContentKind::Items { ty, .. } => plan_items(types, ty),
                    ContentKind::Text => RustType::String,
                    ContentKind::Bytes => RustType::Body,
                },
                body: plan_item(types, content),
                from,
            }
        })
        .collect()
}

/// How a body is sent.
fn plan_item(types: &Types<'_>, content: &Content) -> BodyItem {
    BodyItem {
        codec: match &content.kind {
            ContentKind::Json(_) => BodyCodec::Json,
            ContentKind::Xml { root, .. } => BodyCodec::Xml(root.clone()),
            ContentKind::Form {
                styles, reserved, ..
            } if !reserved.is_empty() => BodyCodec::ReservedForm(styles.clone(), reserved.clone()),
            ContentKind::Form { ty, styles, .. } => forms::plan_form(types, ty, styles),
            ContentKind::Multipart { styles, .. } => BodyCodec::Multipart(styles.clone()),
            ContentKind::Items { framing, .. } => match framing {
                Framing::Sequence => BodyCodec::Sequence,
                Framing::Lines | Framing::Events | Framing::Parts => BodyCodec::Lines,
            },
            ContentKind::Text => BodyCodec::Text,
            ContentKind::Bytes => BodyCodec::Bytes,
        },
        media_type: content.media_type.clone(),
        synonyms: content.synonyms.clone(),
    }
}

/// The type of a body that is not borrowed.
fn plan_owned(types: &Types<'_>, content: &Content) -> RustType {
    match &content.kind {
        ContentKind::Json(ty)
        | ContentKind::Xml { ty, .. }
        | ContentKind::Form { ty, .. }
        | ContentKind::Multipart { ty, .. } => types.plan_type(ty),
        ContentKind::Items { ty, .. } => plan_items(types, ty),
        ContentKind::Text => RustType::String,
        ContentKind::Bytes => RustType::Body,
    }
}

/// Items as a user hands them over.
fn plan_items(types: &Types<'_>, list: &Type) -> RustType {
    RustType::Items(Box::new(match types.plan_type(list) {
        RustType::Vec(item) => *item,
        item => item,
    }))
}

fn plan_body_passing(types: &Types<'_>, content: &Content) -> (RustType, Passing) {
    match &content.kind {
        ContentKind::Json(ty) | ContentKind::Xml { ty, .. } | ContentKind::Form { ty, .. } => {
            plan_passing(types, ty)
        }
        ContentKind::Multipart { ty, .. } => (types.plan_type(ty), Passing::Value),
        ContentKind::Items { ty, .. } => (plan_items(types, ty), Passing::Into),
        ContentKind::Text => (RustType::String, Passing::Into),
        ContentKind::Bytes => (RustType::Body, Passing::Into),
    }
}

/// What is particular in the media type of a content, in words: `json`, `csv`, `vnd.api+json`.
pub(super) fn media_words(content: &Content) -> String {
    let essence = content.media_type.as_str().split(';').next();
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    let words = match (kind, subtype) {
        ("application", "x-www-form-urlencoded") => "form",
        ("multipart", "form-data") => "multipart",
        ("application", "octet-stream") | ("application" | "*", "*") => match content.kind {
            ContentKind::Json(_) => "json",
            _ => "bytes",
        },
        ("text", "plain") => "text",
        ("multipart", other) => return format!("multipart {other}"),
        (kind, "*") => kind,
        (_, subtype) => subtype,
    };
    words.to_owned()
}

/// The media types of the responses, those of successes first, each once. What is preferred in a response is asked for
/// before what it could be instead.
pub(super) fn plan_accept(operation: &Operation) -> Vec<(WireName, u8)> {
    let mut accept: Vec<(WireName, u8)> = Vec::new();
    let mut responses: Vec<_> = operation.responses.iter().collect();
    responses.sort_by_key(|response| match response.status {
        StatusPattern::Code(200..=299) | StatusPattern::Range(2) => 0,
        StatusPattern::Default => 1,
        _ => 2,
    });
    for response in responses {
        for (quality, content) in (1..=10).rev().zip(response.contents()) {
            for media_type in content.media_types() {
                if !accept.iter().any(|(known, _)| known == media_type) {
                    accept.push((media_type.clone(), quality));
                }
            }
        }
    }
    accept
}

/// The media types in which responses are spelled otherwise, each once.
pub(super) fn plan_spellings(operation: &Operation) -> Vec<WireName> {
    let all = operation.responses.iter();
    each_once(all.flat_map(|response| &response.spellings))
}

/// Those of XML that is read as the types of JSON.
pub(super) fn plan_xml_spellings(operation: &Operation) -> Vec<WireName> {
    let all = operation.responses.iter().flat_map(Response::contents);
    each_once(all.flat_map(|content| &content.xml))
}

fn each_once<'n>(names: impl Iterator<Item = &'n WireName>) -> Vec<WireName> {
    let list: IndexSet<&WireName> = names.collect();
    list.into_iter().cloned().collect()
}
