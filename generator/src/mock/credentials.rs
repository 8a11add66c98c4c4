//! Whether a request says who is calling.

use super::Call;
use super::problem::Problem;
use super::text::pairs;
use crate::model::{ApiKeyPlace, SecurityKind, SecurityRequirement};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether one of the alternatives is fulfilled: each credential is there. Any will do, since nobody knows them.
pub fn check(call: &Call<'_>) -> Result<(), Problem> {
    let alternatives = &call.api.operations[call.id].security;
    let mut missing: Option<String> = None;
    for alternative in alternatives {
        match lacking(call, alternative) {
            None => return Ok(()),
            Some(what) => missing = missing.or(Some(what)),
        }
    }
    match missing {
        None => Ok(()),
        Some(detail) => Err(Problem {
            place: "security",
            name: None,
            pointer: String::new(),
            detail,
        }),
    }
}

/// What an alternative lacks.
fn lacking(call: &Call<'_>, alternative: &SecurityRequirement) -> Option<String> {
    alternative.schemes.iter().find_map(|(id, _)| {
        let scheme = &call.api.security[*id];
        let authorization = call.request.header("authorization").unwrap_or_default();
        let (kind, credential) = authorization.split_once(' ').unwrap_or((authorization, ""));
        match &scheme.kind {
            SecurityKind::Bearer { .. } => {
                let is_there = kind.eq_ignore_ascii_case("bearer") && !credential.trim().is_empty();
                (!is_there).then(|| "there is no header `Authorization: Bearer …`".to_owned())
            }
            SecurityKind::Basic => {
                let pair = STANDARD.decode(credential.trim()).unwrap_or_default();
                let is_there = kind.eq_ignore_ascii_case("basic") && pair.contains(&b':');
                (!is_there)
                    .then(|| "there is no header `Authorization: Basic …` with a pair".to_owned())
            }
            SecurityKind::ApiKey { place, name } => {
                let (is_there, what) = match place {
                    ApiKeyPlace::Header => (
                        call.request
                            .header(name.as_str())
                            .is_some_and(|value| !value.is_empty()),
                        "header",
                    ),
                    ApiKeyPlace::Query => (
                        pairs(call.query)
                            .iter()
                            .any(|(known, value)| known == name.as_str() && !value.is_empty()),
                        "query parameter",
                    ),
                    ApiKeyPlace::Cookie => (
                        cookies(call)
                            .iter()
                            .any(|(known, value)| known == name.as_str() && !value.is_empty()),
                        "cookie",
                    ),
                };
                (!is_there).then(|| format!("there is no {what} `{}`", name.as_str()))
            }
            // Nothing of it is in a request, and the mock does without TLS.
            SecurityKind::MutualTls => None,
        }
    })
}

/// The cookies of a request.
pub fn cookies(call: &Call<'_>) -> Vec<(String, String)> {
    let header = call.request.header("cookie").unwrap_or_default();
    header
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
