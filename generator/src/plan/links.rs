//! Links: the methods of an answer that prepare the call which it leads to.

use super::docs::plan_docs;
use super::names::{Kind, Scope, Wish};
use super::reserved::Place;
use super::surroundings::ServerNames;
use crate::model::{Api, Link, LinkValue, Operation, Response, StatusPattern};
use crate::rust::{CaseItem, GivenPlace, HeadersItem, LinkItem, OperationItem, OutcomeItem};

/// A link, with the statuses of the answers that have it.
struct Shared<'a> {
    link: &'a Link,
    statuses: Vec<(u16, u16)>,
}

/// Gives the answers of an operation the methods of their links.
pub(super) fn plan_links(
    api: &Api,
    operation: &Operation,
    item: &mut OperationItem,
    servers: &mut ServerNames,
) {
    let has_links = |response: &Response| !response.links.is_empty();
    if !operation.responses.iter().any(has_links) {
        return;
    }
    let successes: Vec<StatusPattern> = match &item.output {
        OutcomeItem::None => Vec::new(),
        OutcomeItem::Single { cases, .. } | OutcomeItem::Enum { cases, .. } => {
            cases.iter().map(|case| case.status).collect()
        }
    };
    if let Some(marker) = &mut item.headers {
        let is_one = |response: &&Response| successes.contains(&response.status);
        let responses = operation.responses.iter().filter(is_one);
        marker.links = plan_methods(api, operation, responses, marker, servers);
    }
    let OutcomeItem::Enum { cases, .. } = &mut item.error else {
        return;
    };
    for CaseItem {
        status, headers, ..
    } in cases
    {
        if let Some(marker) = headers {
            let is_it = |response: &&Response| response.status == *status;
            let responses = operation.responses.iter().filter(is_it);
            marker.links = plan_methods(api, operation, responses, marker, servers);
        }
    }
}

fn plan_methods<'a>(
    api: &Api,
    operation: &'a Operation,
    responses: impl Iterator<Item = &'a Response>,
    marker: &HeadersItem,
    servers: &mut ServerNames,
) -> Vec<LinkItem> {
    let mut all: Vec<Shared<'a>> = Vec::new();
    for response in responses {
        let statuses = statuses(operation, response.status);
        for link in &response.links {
            match all.iter_mut().find(|known| known.link.is_same(link)) {
                Some(known) => known.statuses.extend(&statuses),
                None => all.push(Shared {
                    link,
                    statuses: statuses.clone(),
                }),
            }
        }
    }
    let wishes: Vec<Wish<'_>> = all
        .iter()
        .map(|shared| Wish {
            words: vec!["follow", shared.link.name.as_str()],
            first: true,
            apart: "",
        })
        .collect();
    let mut scope = Scope::new(Kind::Method, Place::ResponseMethods);
    let accessors: Vec<Wish<'_>> = marker
        .headers
        .iter()
        .map(|header| Wish::of(header.wire.as_str()))
        .collect();
    scope.add(&accessors);
    let methods = scope.add(&wishes);
    let all = all.into_iter().zip(methods);
    all.map(|(shared, method)| {
        let link = shared.link;
        LinkItem {
            wire: link.name.clone(),
            statuses: shared.statuses,
            target: link.target.index(),
            given: plan_given(api, link),
            content: link.body.as_ref().map_or(0, |body| body.content),
            servers: link
                .server
                .as_ref()
                .map(|server| servers.plan_list(std::slice::from_ref(server), &method)),
            docs: plan_docs(&link.docs),
            method,
        }
    })
    .collect()
}

fn plan_given(api: &Api, link: &Link) -> Vec<(GivenPlace, LinkValue)> {
    let parameters = &api.operations[link.target].parameters;
    let given = link.parameters.iter().filter_map(|(index, value)| {
        let parameter = parameters.get(*index)?;
        let place = GivenPlace::Parameter(parameter.location, parameter.name.clone());
        Some((place, value.clone()))
    });
    let body = link.body.iter();
    given
        .chain(body.map(|body| (GivenPlace::Body, body.value.clone())))
        .collect()
}

/// The statuses that a response stands for, without those that another of the operation names more exactly.
fn statuses(operation: &Operation, pattern: StatusPattern) -> Vec<(u16, u16)> {
    let rank = |pattern: StatusPattern| match pattern {
        StatusPattern::Code(_) => 0,
        StatusPattern::Range(_) => 1,
        StatusPattern::Default => 2,
    };
    let all = operation.responses.iter().map(|response| response.status);
    let mut others: Vec<(u16, u16)> = all
        .filter(|other| rank(*other) < rank(pattern))
        .map(range)
        .collect();
    others.sort_unstable();
    let (mut first, last) = range(pattern);
    let mut found = Vec::new();
    for (from, to) in others {
        if to < first || from > last {
            continue;
        }
        if from > first {
            found.push((first, from - 1));
        }
        first = to + 1;
    }
    if first <= last {
        found.push((first, last));
    }
    found
}

fn range(pattern: StatusPattern) -> (u16, u16) {
    match pattern {
        StatusPattern::Code(code) => (code, code),
        StatusPattern::Range(hundred) => (u16::from(hundred) * 100, u16::from(hundred) * 100 + 99),
        StatusPattern::Default => (100, 599),
    }
}
