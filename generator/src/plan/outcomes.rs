//! The documented responses: which are successes, which are failures, and what the enums of them are called.

use super::convert::Types;
use super::docs::plan_docs;
use super::names::{Kind, Scope, Wish, plan_names};
use super::reserved::Place;
use super::statuses::status_words;
use crate::model::{ContentKind, HttpMethod, Operation, Response, StatusPattern, Type};
use crate::rust::{CaseItem, OutcomeItem, Payload, RustName};

/// The names of the enums in `operations`; markers have come first.
#[derive(Debug)]
pub(super) struct OutcomeNames {
    scope: Scope,
}

impl OutcomeNames {
    /// Names enums in the scope of the markers.
    pub(super) fn new(scope: Scope) -> Self {
        OutcomeNames { scope }
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
    marker: &RustName,
    names: &mut OutcomeNames,
) -> (OutcomeItem, OutcomeItem) {
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
    let output = plan_output(
        types,
        operation,
        responses
            .iter()
            .copied()
            .filter(|response| is_success(response))
            .collect(),
        |what| names.name(marker, what),
    );
    let failures: Vec<&Response> = responses
        .iter()
        .copied()
        .filter(|response| is_failure(response))
        .collect();
    let error = if failures.is_empty() {
        OutcomeItem::None
    } else {
        plan_enum(
            types,
            operation,
            &failures,
            names.name(marker, "Error"),
            Boxed::No,
        )
    };
    (output, error)
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
    name: impl FnOnce(&str) -> RustName,
) -> OutcomeItem {
    let payloads: Vec<Payload> = successes
        .iter()
        .map(|response| plan_payload(types, operation, response, Boxed::No))
        .collect();
    match payloads.first() {
        None => OutcomeItem::None,
        Some(first) if payloads.iter().all(|payload| payload == first) => OutcomeItem::Single {
            payload: first.clone(),
            cases: plan_cases(types, operation, &successes, Boxed::No),
        },
        Some(_) => plan_enum(types, operation, &successes, name("Output"), Boxed::Yes),
    }
}

fn plan_enum(
    types: &Types<'_>,
    operation: &Operation,
    responses: &[&Response],
    name: RustName,
    boxed: Boxed,
) -> OutcomeItem {
    let comparable = responses
        .iter()
        .filter_map(|response| json_type(response))
        .all(|ty| types.is_comparable(ty));
    OutcomeItem::Enum {
        name,
        cases: plan_cases(types, operation, responses, boxed),
        comparable,
    }
}

fn plan_cases(
    types: &Types<'_>,
    operation: &Operation,
    responses: &[&Response],
    boxed: Boxed,
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
            payload: plan_payload(types, operation, response, boxed),
            docs: plan_docs(&response.docs),
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Boxed {
    Yes,
    No,
}

fn plan_payload(
    types: &Types<'_>,
    operation: &Operation,
    response: &Response,
    boxed: Boxed,
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
    match &content.kind {
        ContentKind::Json(ty) if boxed == Boxed::Yes => Payload::Json(types.plan_boxed(ty)),
        ContentKind::Json(ty) => Payload::Json(types.plan_type(ty)),
        ContentKind::Form { .. } | ContentKind::Text => Payload::Text,
        ContentKind::Bytes | ContentKind::Multipart { .. } => Payload::Bytes,
    }
}

fn json_type(response: &Response) -> Option<&Type> {
    match &response.content.as_ref()?.kind {
        ContentKind::Json(ty) => Some(ty),
        _ => None,
    }
}
