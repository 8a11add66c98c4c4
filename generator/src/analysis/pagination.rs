//! Pagination: which operations hand out what they have in pages, and what leads from one to the next.
//!
//! Few documents say so. It is inferred from what they do say: the names and types of parameters and of what is
//! answered. A guess that is wrong would leave items out in silence, so a parameter alone is never enough: a cursor
//! needs its counterpart in the answer, and everything needs a list of items.

mod declared;
mod evidence;
mod lookup;
mod words;

use super::TypeFacts;
use crate::model::{
    Advance, Api, HttpMethod, Operation, OperationName, PageEnd, PageFault, PageRule,
    PageRuleFault, PageRules, Pagination, PaginationSource, Presence, WireName, plain,
};
use evidence::{Evidence, Input, Kind, Leaf};
use lookup::Model;
use serde_json::Value;
use std::collections::BTreeSet;
use words::{
    CURSORS, FLAGS, OFFSETS, PAGES, SEARCHES, SIZES, TIES, TOKENS, TOTAL_ITEMS, TOTAL_PAGES,
    VAGUE_OFFSETS,
};

/// The pagination of each operation, at its index: what the configuration says, else the document, else what is inferred.
/// With what is wrong with what they say; where something is, the operation has no pages, since a guess might leave items
/// out.
pub(super) fn find_pagination(
    api: &Api,
    types: &[TypeFacts],
    configured: &PageRules,
) -> (Vec<Option<Pagination>>, Vec<PageFault>) {
    let model = Model { api, types };
    let mut faults = Vec::new();
    let mut unused: BTreeSet<&str> = configured.keys().map(String::as_str).collect();
    let mut found = Vec::with_capacity(api.operations.len());
    for (id, operation) in api.operations.iter() {
        let entry = configured_for(operation, configured);
        let (name, said, source) = match (entry, &operation.pages) {
            (Some((key, rule)), _) => {
                unused.remove(key);
                (key, rule, PaginationSource::Configured)
            }
            (None, Some(declared)) => ("", declared.rule.as_ref(), PaginationSource::Declared),
            (None, None) => {
                found.push(infer(model, operation));
                continue;
            }
        };
        let resolved = said.map(|rule| declared::resolve(model, operation, rule, source));
        found.push(resolved.and_then(|resolved| {
            let report = |fault| {
                faults.push(PageFault {
                    operation: Some(id),
                    name: name.to_owned(),
                    source,
                    fault,
                });
            };
            resolved.map_err(report).ok()
        }));
    }
    faults.extend(unused.into_iter().map(|name| PageFault {
        operation: None,
        name: name.to_owned(),
        source: PaginationSource::Configured,
        fault: PageRuleFault::whole("names no operation of the document"),
    }));
    (found, faults)
}

/// What the configuration says of an operation, by its operationId or else by its method and path.
fn configured_for<'c>(
    operation: &Operation,
    configured: &'c PageRules,
) -> Option<(&'c str, Option<&'c PageRule>)> {
    if configured.is_empty() {
        return None;
    }
    let by_id = match &operation.name {
        OperationName::Declared(id) => configured.get_key_value(id.as_str()),
        OperationName::Derived(_) => None,
    };
    let (method, path) = (operation.method.as_str(), operation.path_template());
    let (key, rule) = by_id.or_else(|| configured.get_key_value(&format!("{method} {path}")))?;
    Some((key, rule.as_ref()))
}

fn infer(model: Model<'_>, operation: &Operation) -> Option<Pagination> {
    if !matches!(
        operation.method,
        HttpMethod::Get | HttpMethod::Post | HttpMethod::Query
    ) {
        return None;
    }
    let evidence = Evidence::collect(model, operation)?;
    let advance = by_link(&evidence)
        .or_else(|| by_cursor(&evidence))
        .or_else(|| by_last_item(&evidence))
        .or_else(|| by_number(operation, &evidence))
        .or_else(|| by_url(&evidence))?;
    Some(Pagination {
        source: PaginationSource::Inferred,
        items: evidence.items,
        item: evidence.item.clone(),
        page: evidence.page.clone(),
        advance,
    })
}

/// A documented header `Link`, where a parameter says that there are pages.
fn by_link(evidence: &Evidence<'_>) -> Option<Advance> {
    let names_pages = |input: &Input<'_>| {
        let lists = [CURSORS, PAGES, OFFSETS, SIZES];
        lists.iter().any(|list| list.contains(&&*input.words))
    };
    (evidence.has_link && evidence.inputs.iter().any(names_pages)).then_some(Advance::Link)
}

/// A parameter for a token, and the token in the answer.
fn by_cursor(evidence: &Evidence<'_>) -> Option<Advance> {
    let inputs = CURSORS.iter().flat_map(|name| {
        let inputs = evidence.inputs.iter();
        inputs.filter(move |input| input.words == *name && input.kind != Kind::Other)
    });
    for input in inputs {
        if let Some(from) = token_for(evidence, input) {
            return Some(Advance::Cursor {
                to: input.place.clone(),
                from: from.path.clone(),
                more: flag(evidence),
            });
        }
    }
    None
}

/// The token in the answer that a parameter takes: the one that is called like it, else one that is called a token.
fn token_for<'e>(evidence: &'e Evidence<'_>, input: &Input<'_>) -> Option<&'e Leaf> {
    let fits = |leaf: &&Leaf| match input.kind {
        // A number counts or dates; what counts is no token, unless it is called one.
        Kind::Integer => leaf.kind == Kind::Integer,
        _ => leaf.kind == Kind::Text || leaf.kind == Kind::Any,
    };
    let leaves = || evidence.leaves.iter().filter(fits);
    let called_next = leaves().find(|leaf| {
        let next = format!("next{}", input.words);
        // What is called like a parameter that counts is an echo of it, unless it stands in what speaks of the next page.
        let may_echo = input.kind == Kind::Integer && !leaf.is_in_next();
        leaf.words == next || (leaf.words == input.words && leaf.is_in_meta() && !may_echo)
    });
    // Words that mean other things too are taken only with a word of their own for the answer.
    if let Some((_, answers)) = TIES.iter().find(|(name, _)| *name == input.words) {
        let tied = || leaves().find(|leaf| answers.contains(&&*leaf.words));
        return called_next.or_else(tied);
    }
    let tokens = || {
        let mut names = TOKENS.iter();
        names.find_map(|name| leaves().find(|leaf| leaf.words == *name && !leaf.is_url))
    };
    (input.kind != Kind::Integer || called_next.is_some())
        .then(|| called_next.or_else(tokens))
        .flatten()
}

/// A parameter for the identifier of the last item, and the property that says that there are more.
fn by_last_item(evidence: &Evidence<'_>) -> Option<Advance> {
    let mut inputs = evidence.inputs.iter();
    let input = inputs.find(|input| {
        matches!(&*input.words, "startingafter" | "afterid") && input.kind == Kind::Text
    })?;
    let more = flag(evidence)?;
    let id = evidence.item_id.clone()?;
    Some(Advance::LastItem {
        to: input.place.clone(),
        from: vec![id],
        more: Some(more),
    })
}

/// A parameter for the number of the page, or of the items before it.
fn by_number(operation: &Operation, evidence: &Evidence<'_>) -> Option<Advance> {
    let path = plain(&operation.path_template());
    if operation.method == HttpMethod::Post && !SEARCHES.iter().any(|word| path.contains(word)) {
        return None;
    }
    let integer = |names: &[&str]| {
        let mut inputs = evidence.inputs.iter();
        inputs.find(|input| input.kind == Kind::Integer && names.contains(&&*input.words))
    };
    let has_size = integer(SIZES).is_some();
    if let Some(input) = integer(PAGES) {
        let total = leaf(evidence, TOTAL_PAGES, Kind::Integer).map(PageEnd::Pages);
        return Some(Advance::Page {
            to: input.place.clone(),
            first: first_page(input),
            end: end(evidence).or(total).unwrap_or(PageEnd::Empty),
        });
    }
    let vague = || integer(VAGUE_OFFSETS).filter(|_| has_size);
    let input = integer(OFFSETS).or_else(vague)?;
    let total = leaf(evidence, TOTAL_ITEMS, Kind::Integer).map(PageEnd::Items);
    Some(Advance::Offset {
        to: input.place.clone(),
        first: u64::from(counts_from_one(input, evidence)),
        end: end(evidence).or(total).unwrap_or(PageEnd::Empty),
    })
}

/// A URL of the next page in the answer.
fn by_url(evidence: &Evidence<'_>) -> Option<Advance> {
    let url = evidence.leaves.iter().find(|leaf| leaf.is_url)?;
    // A list inside of something else may have pages of its own elsewhere, which the URL then leads to.
    let names_size = |input: &Input<'_>| SIZES.contains(&&*input.words);
    if evidence.items.len() > 1 && !evidence.inputs.iter().any(names_size) {
        return None;
    }
    Some(Advance::Url {
        from: url.path.clone(),
    })
}

/// What says that there are no more pages, beside totals.
fn end(evidence: &Evidence<'_>) -> Option<PageEnd> {
    let next = || {
        let mut leaves = evidence.leaves.iter();
        let leaf = leaves.find(|leaf| leaf.is_url || leaf.words == "nextpage")?;
        Some(PageEnd::Missing(leaf.path.clone()))
    };
    flag(evidence).map(PageEnd::Flag).or_else(next)
}

fn flag(evidence: &Evidence<'_>) -> Option<Vec<WireName>> {
    leaf(evidence, FLAGS, Kind::Flag)
}

fn leaf(evidence: &Evidence<'_>, names: &[&str], kind: Kind) -> Option<Vec<WireName>> {
    names.iter().find_map(|name| {
        let mut leaves = evidence.leaves.iter();
        let leaf = leaves.find(|leaf| leaf.kind == kind && leaf.words == *name)?;
        Some(leaf.path.clone())
    })
}

/// Whether the first of all items has the number 1: where that is what the parameter is by default, and where a list is
/// answered as in OpenSearch and SCIM (RFC 7644, section 3.4.2.4), which count so.
fn counts_from_one(input: &Input<'_>, evidence: &Evidence<'_>) -> bool {
    let presence = input.parameter.map(|parameter| &parameter.presence);
    if let Some(Presence::Defaulted(Value::Number(default))) = presence {
        return default.as_u64() == Some(1);
    }
    let has = |name| leaf(evidence, &[name], Kind::Integer).is_some();
    input.words == "startindex" && has("totalresults") && has("itemsperpage")
}

/// The number of the first page: what the parameter is by default, or else at the least, if that is 0; usually 1.
fn first_page(input: &Input<'_>) -> u64 {
    let Some(parameter) = input.parameter else {
        return 1;
    };
    if let Presence::Defaulted(Value::Number(default)) = &parameter.presence {
        return default.as_u64().filter(|first| *first <= 1).unwrap_or(1);
    }
    let text = parameter.docs.description.as_ref();
    let text = text.map(|text| text.as_str().to_ascii_lowercase());
    let says = |words: &str| text.as_ref().is_some_and(|text| text.contains(words));
    let from_zero = [
        "0-based",
        "zero-based",
        "starting at 0",
        "starts at 0",
        "starting from 0",
    ];
    u64::from(!from_zero.into_iter().any(says))
}
