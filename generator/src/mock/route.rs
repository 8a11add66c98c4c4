//! Which operation a path belongs to.

use super::text::{decoded, pairs};
use crate::model::{Api, Operation, OperationId, ParameterLocation, PathPiece};

/// The paths of a document, those with fewer parameters first.
pub struct Routes {
    order: Vec<OperationId>,
    /// The paths of all servers, longest first; the last is empty.
    prefixes: Vec<String>,
}

/// What there is at a path.
pub enum Found<'a> {
    /// No path of the document.
    Nothing,
    /// A path of the document without the method; these it has.
    Methods(Vec<&'a str>),
    /// An operation, the values of its path parameters, still encoded, and the path below the server's.
    Operation(OperationId, Vec<(String, String)>, String),
}

impl Routes {
    /// Orders the paths.
    pub fn new(api: &Api) -> Self {
        let mut order: Vec<OperationId> = api.operations.ids().collect();
        order.sort_by_key(|id| parameters(&api.operations[*id]));
        let own = api
            .operations
            .iter()
            .filter_map(|(_, operation)| operation.servers.as_ref());
        let servers = api.servers.iter().chain(own.flatten());
        let mut prefixes: Vec<String> = servers
            .map(|server| prefix(&server.default_url()))
            .collect();
        prefixes.push(String::new());
        prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
        prefixes.dedup();
        Routes { order, prefixes }
    }

    /// Looks for a path, below the path of a server or without it. Of operations with the same path and method, that is
    /// meant whose constants the query has.
    pub fn find<'a>(&self, api: &'a Api, method: &str, path: &str, query: &str) -> Found<'a> {
        let mut allowed: Vec<&str> = Vec::new();
        let pairs = pairs(query);
        for prefix in &self.prefixes {
            let Some(rest) = path.strip_prefix(prefix.as_str()) else {
                continue;
            };
            let mut first = None;
            for id in &self.order {
                let operation = &api.operations[*id];
                let Some(values) = matched(operation, rest) else {
                    continue;
                };
                if operation.method.as_str() == method {
                    let place = rest.trim_end_matches('/').to_owned();
                    let found = Found::Operation(*id, values, place);
                    if has_constants(operation, &pairs) {
                        return found;
                    }
                    first.get_or_insert(found);
                    continue;
                }
                if !allowed.contains(&operation.method.as_str()) {
                    allowed.push(operation.method.as_str());
                }
            }
            if let Some(found) = first {
                return found;
            }
        }
        match allowed.is_empty() {
            true => Found::Nothing,
            false => Found::Methods(allowed),
        }
    }
}

/// Whether a query has each value that an operation always sends.
fn has_constants(operation: &Operation, pairs: &[(String, String)]) -> bool {
    let in_query = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Query);
    let mut constants =
        in_query.filter_map(|parameter| Some((&parameter.name, parameter.constant.as_ref()?)));
    constants.all(|(name, constant)| {
        pairs
            .iter()
            .any(|(known, text)| known == name.as_str() && text == constant.as_str())
    })
}

/// The path of a URL, without a slash at its end.
fn prefix(url: &str) -> String {
    let rest = match url.split_once("//") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or(""),
        None => url,
    };
    rest.trim_end_matches('/').to_owned()
}

fn parameters(operation: &Operation) -> usize {
    operation
        .path
        .iter()
        .filter(|piece| matches!(piece, PathPiece::Parameter(_)))
        .count()
}

/// The values of the path's parameters, if the path is one of the operation. A value ends before a slash, and before
/// the text that follows it in the template.
fn matched(operation: &Operation, path: &str) -> Option<Vec<(String, String)>> {
    let mut rest = path;
    let mut values = Vec::new();
    let mut open: Option<&str> = None;
    for piece in &operation.path {
        match (piece, open) {
            (PathPiece::Parameter(name), None) => open = Some(name.as_str()),
            // Nothing says where the first of two neighbours ends: it takes one character.
            (PathPiece::Parameter(name), Some(before)) => {
                let end = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
                let (value, after) = rest.split_at_checked(end)?;
                values.push(value_of(before, value)?);
                rest = after;
                open = Some(name.as_str());
            }
            (PathPiece::Literal(text), None) => rest = strip(rest, text.as_str())?,
            (PathPiece::Literal(text), Some(name)) => {
                let segment = rest.find('/').unwrap_or(rest.len());
                let at = find(rest, text.as_str(), segment)?;
                let (value, after) = rest.split_at_checked(at)?;
                values.push(value_of(name, value)?);
                rest = strip(after, text.as_str())?;
                open = None;
            }
        }
    }
    match open {
        Some(name) => {
            let value = rest.strip_suffix('/').unwrap_or(rest);
            values.push(value_of(name, value)?);
        }
        None if rest.is_empty() || rest == "/" => {}
        None => return None,
    }
    Some(values)
}

fn value_of(name: &str, value: &str) -> Option<(String, String)> {
    let is_one = !value.is_empty() && !value.contains('/');
    is_one.then(|| (name.to_owned(), value.to_owned()))
}

/// Takes a text of the template off, which may be encoded in the path.
fn strip<'a>(rest: &'a str, literal: &str) -> Option<&'a str> {
    if let Some(after) = rest.strip_prefix(literal) {
        return Some(after);
    }
    // A slash at the end of the template, or of the path, makes no difference.
    if literal.strip_suffix('/') == Some(rest) {
        return Some("");
    }
    let mut ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.find_map(|end| {
        let (head, after) = rest.split_at_checked(end)?;
        (decoded(head) == decoded(literal)).then_some(after)
    })
}

/// Where a text of the template begins, at the latest at the end of the segment.
fn find(rest: &str, literal: &str, segment: usize) -> Option<usize> {
    if literal.starts_with('/') {
        return strip(rest.get(segment..)?, literal).map(|_| segment);
    }
    let within = rest.get(..segment)?;
    within
        .rmatch_indices(literal.split('/').next()?)
        .map(|(at, _)| at)
        .find(|at| {
            *at > 0
                && rest
                    .get(*at..)
                    .is_some_and(|tail| strip(tail, literal).is_some())
        })
}
