//! The documented responses: which are successes, which are failures, and what the enums of them are called.

use super::bodies::media_words;
use super::convert::Types;
use super::docs::plan_docs;
use super::headers::{plan_failure_headers, plan_success_headers};
use super::names::{Kind, Scope, Wish, plan_names};
use super::reserved::Place;
use super::statuses::status_words;
use crate::model::{Content, ContentKind, HttpMethod, Operation, Response, StatusPattern};
use crate::rust::{
    CaseItem, ChoiceItem, ChoiceVariant, HeadersItem, OutcomeItem, Payload, RustName,
};
use std::collections::HashMap;

/// The names of the enums in `operations`; markers have come first.
#[derive(Debug)]
pub(super) struct OutcomeNames {
    scope: Scope,
    headers: HashMap<String, HeadersItem>,
}

/// The enums of one operation: what is named after it, and the choices of media types met so far.
#[derive(Debug)]
pub(super) struct OwnNames<'n> {
    names: &'n mut OutcomeNames,
    marker: &'n RustName,
    choices: Vec<ChoiceItem>,
}

impl OwnNames<'_> {
    /// Names an enum of the operation.
    pub(super) fn name(&mut self, what: &str) -> RustName {
        self.names.name(self.marker, what)
    }

    /// The headers that were met before under this key.
    pub(super) fn known_headers(&self, key: &str) -> Option<&HeadersItem> {
        self.names.headers.get(key)
    }

    /// Keeps headers under a key.
    pub(super) fn keep_headers(&mut self, key: String, headers: HeadersItem) {
        self.names.headers.insert(key, headers);
    }

    /// The choice of these variants: one that was met before, or a new one.
    fn choice(&mut self, what: &str, variants: Vec<ChoiceVariant>, comparable: bool) -> ChoiceItem {
        let mut known = self.choices.iter();
        if let Some(known) = known.find(|choice| choice.variants == variants) {
            return known.clone();
        }
        let choice = ChoiceItem {
            name: self.name(what),
            variants,
            comparable,
        };
        self.choices.push(choice.clone());
        choice
    }
}

impl OutcomeNames {
    /// Names enums in the scope of the markers.
    pub(super) fn new(scope: Scope) -> Self {
        OutcomeNames {
            scope,
            headers: HashMap::new(),
        }
    }

    /// The names of the operation with this marker.
    pub(super) fn of<'n>(&'n mut self, marker: &'n RustName) -> OwnNames<'n> {
        OwnNames {
            names: self,
            marker,
            choices: Vec::new(),
        }
    }

    fn name(&mut self, marker: &RustName, what: &str) -> RustName {
        self.scope.add_one(&format!("{} {what}", marker.as_str()))
    }
}

/// The documented successes and failures of an operation.
///
/// Statuses 2XX are successes. Where none is documented, informational and redirecting ones are, and `default` stands
/// for 2XX among the successes and for the rest among the failures. Everything else is a failure: 304 beside a 200 is
/// a failure too, since there is no value to give.
pub(super) fn plan_outcomes(
    types: &Types<'_>,
    operation: &Operation,
    names: &mut OwnNames<'_>,
) -> (OutcomeItem, OutcomeItem, Option<HeadersItem>) {
    let mut responses: Vec<&Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| match response.status {
        StatusPattern::Code(_) => 0,
        StatusPattern::Range(_) => 1,
        StatusPattern::Default => 2,
    });
    let has_success = responses
        .iter()
        .any(|response| hundred(response) == Some(2));
    let is_success = |response: &Response| match hundred(response) {
        Some(2) => true,
        Some(1 | 3) | None => !has_success,
        Some(_) => false,
    };
    let is_failure =
        |response: &Response| !is_success(response) || response.status == StatusPattern::Default;
    let successes: Vec<&Response> = responses
        .iter()
        .copied()
        .filter(|response| is_success(response))
        .collect();
    let headers = plan_success_headers(types, &successes, names);
    let output = plan_output(types, operation, successes, names);
    let failures: Vec<&Response> = responses
        .iter()
        .copied()
        .filter(|response| is_failure(response))
        .collect();
    let error = if failures.is_empty() {
        OutcomeItem::None
    } else {
        plan_enum(types, operation, &failures, Side::Error, names)
    };
    (output, error, headers)
}

fn hundred(response: &Response) -> Option<u16> {
    match response.status {
        StatusPattern::Code(code) => Some(code / 100),
        StatusPattern::Range(hundred) => Some(u16::from(hundred)),
        StatusPattern::Default => None,
    }
}

fn plan_output(
    types: &Types<'_>,
    operation: &Operation,
    successes: Vec<&Response>,
    names: &mut OwnNames<'_>,
) -> OutcomeItem {
    let payloads: Vec<Payload> = successes
        .iter()
        .map(|response| plan_payload(types, operation, response, Boxed::No, names))
        .collect();
    match payloads.first() {
        None => OutcomeItem::None,
        Some(first) if payloads.iter().all(|payload| payload == first) => OutcomeItem::Single {
            payload: first.clone(),
            cases: plan_cases(types, operation, &successes, Side::Output, Boxed::No, names),
        },
        Some(_) => plan_enum(types, operation, &successes, Side::Output, names),
    }
}

fn plan_enum(
    types: &Types<'_>,
    operation: &Operation,
    responses: &[&Response],
    side: Side,
    names: &mut OwnNames<'_>,
) -> OutcomeItem {
    let (what, boxed) = match side {
        Side::Output => ("Output", Boxed::Yes),
        Side::Error => ("Error", Boxed::No),
    };
    OutcomeItem::Enum {
        name: names.name(what),
        cases: plan_cases(types, operation, responses, side, boxed, names),
        comparable: is_comparable(types, responses.iter().flat_map(|one| one.contents())),
    }
}

fn is_comparable<'c>(types: &Types<'_>, mut contents: impl Iterator<Item = &'c Content>) -> bool {
    contents.all(|content| match &content.kind {
        ContentKind::Json(ty) | ContentKind::Xml { ty, .. } => types.is_comparable(ty),
        _ => true,
    })
}

fn plan_cases(
    types: &Types<'_>,
    operation: &Operation,
    responses: &[&Response],
    side: Side,
    boxed: Boxed,
    names: &mut OwnNames<'_>,
) -> Vec<CaseItem> {
    let words: Vec<String> = responses
        .iter()
        .map(|response| status_words(response.status))
        .collect();
    let wishes: Vec<Wish<'_>> = words.iter().map(|words| Wish::of(words)).collect();
    let variants = plan_names(Kind::Variant, Place::Local, &wishes);
    responses
        .iter()
        .zip(variants)
        .map(|(response, variant)| CaseItem {
            status: response.status,
            variant,
            payload: plan_payload(types, operation, response, boxed, names),
            headers: match side {
                Side::Output => None,
                Side::Error => plan_failure_headers(types, response, names),
            },
            docs: plan_docs(&response.docs),
        })
        .collect()
}

/// Successes or failures.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Output,
    Error,
}

/// Whether what is held by value is put behind a pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Boxed {
    Yes,
    No,
}

fn plan_payload(
    types: &Types<'_>,
    operation: &Operation,
    response: &Response,
    boxed: Boxed,
    names: &mut OwnNames<'_>,
) -> Payload {
    // Answers to HEAD, 204 and 304 have no body, whatever a document says of one (RFC 9110, 6.4.1).
    let bodyless = operation.method == HttpMethod::Head
        || matches!(
            response.status,
            StatusPattern::Code(100..=199 | 204 | 205 | 304)
        );
    let Some(content) = response.content.as_ref().filter(|_| !bodyless) else {
        return Payload::Empty;
    };
    let contents: Vec<&Content> = match response.others.is_empty() {
        true => vec![content],
        false => response.contents().collect(),
    };
    let what = format!("{} Content", status_words(response.status));
    plan_contents(types, &contents, &what, boxed, names)
}

/// What a body of one of these contents is. A choice of them is named after what it is.
pub(super) fn plan_contents(
    types: &Types<'_>,
    contents: &[&Content],
    what: &str,
    boxed: Boxed,
    names: &mut OwnNames<'_>,
) -> Payload {
    if let [content] = contents {
        return plan_content(types, content, boxed);
    }
    let words: Vec<String> = contents
        .iter()
        .map(|content| media_words(content))
        .collect();
    let wishes: Vec<Wish<'_>> = words.iter().map(|words| Wish::of(words)).collect();
    let variants = plan_names(Kind::Variant, Place::Local, &wishes);
    let variants = variants.into_iter().zip(contents);
    let variants: Vec<ChoiceVariant> = variants
        .map(|(name, content)| ChoiceVariant {
            name,
            media_types: content.media_types().chain(&content.xml).cloned().collect(),
            payload: plan_content(types, content, Boxed::Yes),
        })
        .collect();
    let comparable = is_comparable(types, contents.iter().copied());
    Payload::Choice(names.choice(what, variants, comparable))
}

fn plan_content(types: &Types<'_>, content: &Content, boxed: Boxed) -> Payload {
    match &content.kind {
        ContentKind::Json(ty) => {
            let ty = match boxed {
                Boxed::Yes => types.plan_boxed(ty),
                Boxed::No => types.plan_type(ty),
            };
            match content.xml.is_empty() {
                true => Payload::Json(ty),
                false => Payload::JsonOrXml(ty),
            }
        }
        ContentKind::Xml { ty, .. } if boxed == Boxed::Yes => Payload::Xml(types.plan_boxed(ty)),
        ContentKind::Xml { ty, .. } => Payload::Xml(types.plan_type(ty)),
        ContentKind::Form { .. } | ContentKind::Text => Payload::Text,
        ContentKind::Bytes | ContentKind::Multipart { .. } | ContentKind::Items { .. } => {
            Payload::Bytes
        }
    }
}
