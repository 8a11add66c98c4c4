//! The request for one page of a listing: the one that the user made, with what leads to the page in it.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::draft::Draft;
use super::paging::{Next, Paging, Path, Target};
use super::params::{QueryStyle, encoded};
use super::repeat::again;

/// The request for a page, by what the page before said; the request itself for the first.
pub(super) fn ask_for(draft: &Draft, paging: &Paging, page: Option<&str>) -> Draft {
    let mut draft = again(draft);
    let Some(page) = page else {
        return draft;
    };
    match (&paging.next, target(paging)) {
        (Next::Url(_) | Next::Link, _) | (_, None) => {
            let page = page.to_owned();
            draft.edit_url = Some(Box::new(move |url| *url = followed(url, &page)));
        }
        (_, Some(Target::Query(name))) => {
            draft.add_query(name, QueryStyle::FormExplode, &page, &encoded);
        }
        (next, Some(Target::Body(path))) => {
            let counts = matches!(next, Next::Offset { .. } | Next::Page { .. });
            let value = match page.parse::<u64>() {
                Ok(number) if counts => Value::from(number),
                _ => Value::from(page),
            };
            put_in_body(&mut draft, path, value);
        }
    }
    draft
}

/// Which page the user's own request asks for, where it says so.
pub(super) fn asked_for(draft: &Draft, paging: &Paging) -> Option<String> {
    match target(paging)? {
        Target::Query(name) => {
            let (_, pair) = draft.query.iter().find(|(known, _)| *known == name)?;
            let (_, value) = pair.split_once('=')?;
            Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
        }
        Target::Body(path) => {
            let body: Value = serde_json::from_slice(draft.body.as_ref()?.as_bytes()?).ok()?;
            let found = path.iter().try_fold(&body, |value, name| value.get(name))?;
            match found {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        }
    }
}

fn target(paging: &Paging) -> Option<Target> {
    match &paging.next {
        Next::Token { to, .. }
        | Next::LastItem { to, .. }
        | Next::Offset { to, .. }
        | Next::Page { to, .. } => Some(*to),
        Next::Header { to, .. } => *to,
        Next::Url(_) | Next::Link => None,
    }
}

fn put_in_body(draft: &mut Draft, path: Path, value: Value) {
    let bytes = draft.body.as_ref().and_then(|body| body.as_bytes());
    let mut body = match bytes.map(serde_json::from_slice::<Value>) {
        None => Value::Object(Default::default()),
        Some(Ok(body)) => body,
        Some(Err(_)) => {
            return draft.fail("the body", "it is no JSON, so no page can be named in it");
        }
    };
    let mut place = &mut body;
    for name in path {
        if !place.is_object() {
            *place = Value::Object(Default::default());
        }
        let Value::Object(members) = place else {
            return;
        };
        place = members.entry(*name).or_insert(Value::Null);
    }
    *place = value;
    let media_type = draft.media_type.take();
    draft.set_body("application/json", body.to_string().into());
    // It is sent as what it was.
    draft.media_type = media_type.or(draft.media_type.take());
}

/// The URL that a reference of the server leads to. Credentials and the route are the client's affair: where the
/// reference names another server than the call went to, only its query is taken.
fn followed(url: &str, reference: &str) -> String {
    let (origin, rest) = split_origin(url);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let reference = reference.split('#').next().unwrap_or_default();
    let (other, target) = split_origin(reference);
    let same_host = match reference.strip_prefix("//") {
        Some(_) => false,
        None => other.is_empty() || other.eq_ignore_ascii_case(origin),
    };
    if !same_host || target.starts_with('?') || target.is_empty() {
        let query = target.find('?').and_then(|at| target.get(at..));
        return format!("{origin}{path}{}", query.unwrap_or_default());
    }
    if target.starts_with('/') {
        return format!("{origin}{target}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{origin}{folder}/{target}")
}

/// Scheme and authority of a URL, and what follows them.
fn split_origin(url: &str) -> (&str, &str) {
    let Some(after) = url.find("://").map(|at| at + 3) else {
        return ("", url);
    };
    let length = url.get(after..).and_then(|rest| rest.find(['/', '?', '#']));
    url.split_at(length.map_or(url.len(), |length| after + length))
}
