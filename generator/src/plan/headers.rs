//! The headers of answers: a marker for each set of them, and the names of their accessors.

use super::convert::Types;
use super::docs::plan_docs;
use super::names::{Kind, Wish, plan_names};
use super::outcomes::OwnNames;
use super::reserved::Place;
use super::statuses::status_words;
use crate::model::{Header, Response};
use crate::rust::{HeaderItem, HeadersItem};
use indexmap::IndexMap;
use std::collections::HashSet;

/// The headers of successes. What only some of them have need not be there.
pub(super) fn plan_success_headers(
    types: &Types<'_>,
    responses: &[&Response],
    names: &mut OwnNames<'_>,
) -> Option<HeadersItem> {
    let mut headers: IndexMap<String, Header> = IndexMap::new();
    for header in responses.iter().flat_map(|response| &response.headers) {
        let known = headers.entry(spelling(header));
        known.or_insert_with(|| header.clone());
    }
    for response in responses {
        let required = response.headers.iter().filter(|header| header.required);
        let required: HashSet<String> = required.map(spelling).collect();
        for (spelling, header) in &mut headers {
            header.required &= required.contains(spelling);
        }
    }
    let headers: Vec<Header> = headers.into_values().collect();
    let leads_on = responses.iter().any(|response| !response.links.is_empty());
    plan_headers(types, &headers, leads_on, "", names)
}

/// The headers of a failure.
pub(super) fn plan_failure_headers(
    types: &Types<'_>,
    response: &Response,
    names: &mut OwnNames<'_>,
) -> Option<HeadersItem> {
    let words = status_words(response.status);
    let leads_on = !response.links.is_empty();
    plan_headers(types, &response.headers, leads_on, &words, names)
}

/// Documents say the same of many answers, and a client would have it compiled for each: the same headers are one item.
fn plan_headers(
    types: &Types<'_>,
    headers: &[Header],
    leads_on: bool,
    status: &str,
    names: &mut OwnNames<'_>,
) -> Option<HeadersItem> {
    if headers.is_empty() && !leads_on {
        return None;
    }
    let key: String = headers.iter().map(key).collect();
    // What an answer leads to is a matter of its operation.
    if let Some(known) = names.known_headers(&key).filter(|_| !leads_on) {
        return Some(known.clone());
    }
    let what = if leads_on { "Answer" } else { "Headers" };
    let wishes: Vec<Wish<'_>> = headers
        .iter()
        .map(|header| Wish::of(header.name.as_str()))
        .collect();
    let accessors = plan_names(Kind::Method, Place::ResponseMethods, &wishes);
    let item = HeadersItem {
        name: names.name(&format!("{status} {what}")),
        links: Vec::new(),
        headers: headers
            .iter()
            .zip(accessors)
            .map(|(header, name)| HeaderItem {
                name,
                wire: header.name.clone(),
                ty: types.plan_type(header.ty.without_null()),
                is_json: header.is_json,
                required: header.required,
                docs: plan_docs(&header.docs),
            })
            .collect(),
    };
    if !leads_on {
        names.keep_headers(key, item.clone());
    }
    Some(item)
}

/// What is the same of headers that are the same to HTTP.
fn spelling(header: &Header) -> String {
    header.name.as_str().to_ascii_lowercase()
}

/// What makes a header the same as another to the compiler.
fn key(header: &Header) -> String {
    let (name, ty) = (&header.name, &header.ty);
    format!("{name:?} {ty:?} {} {};", header.required, header.is_json)
}
