//! How a caller says who it is, in words.

use super::authentication::scheme_url;
use crate::model::{ApiKeyPlace, Operation, SecurityId, SecurityKind};
use crate::reference::encode::Inline;
use crate::reference::links::Links;

/// Each alternative in one line: the schemes needed together, with how they travel, and what the document says of them if
/// they are to be described.
pub fn security(links: Links<'_>, operation: &Operation, described: bool) -> Vec<Inline> {
    operation
        .security
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(|requirement| {
            let schemes = requirement.schemes.iter().map(|(id, scopes)| {
                let scheme = &links.api.security[*id];
                let mut pieces = vec![
                    Inline::link(&Inline::code(scheme.name.as_str()), &scheme_url(links, *id)),
                    travels(&scheme.kind),
                ];
                if !scopes.is_empty() {
                    pieces.push(Inline::own("with"));
                    let scopes = scopes.iter().map(|scope| Inline::code(scope.as_str()));
                    pieces.push(Inline::join(scopes, ", "));
                }
                let line = Inline::join(pieces, " ");
                match &scheme.docs.description {
                    Some(prose) if described => Inline::join([line, Inline::prose(prose)], ": "),
                    _ => line,
                }
            });
            Inline::join(schemes, " and ")
        })
        .collect()
}

/// How a credential travels, in words.
pub fn travels(kind: &SecurityKind) -> Inline {
    match kind {
        SecurityKind::Bearer { format } => {
            let header = Inline::code("Authorization: Bearer …");
            match format {
                Some(format) => {
                    let format = Inline::join([Inline::prose(format), header], ", ");
                    Inline::join([Inline::own("("), format, Inline::own(")")], "")
                }
                None => Inline::join([Inline::own("("), header, Inline::own(")")], ""),
            }
        }
        SecurityKind::Basic => Inline::own("(`Authorization: Basic …`, user and password)"),
        SecurityKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "(key in the header ",
                ApiKeyPlace::Query => "(key in the query parameter ",
                ApiKeyPlace::Cookie => "(key in the cookie ",
            };
            Inline::join(
                [
                    Inline::own(place),
                    Inline::code(name.as_str()),
                    Inline::own(")"),
                ],
                "",
            )
        }
        SecurityKind::MutualTls => Inline::own("(a certificate of the client, in TLS)"),
    }
}

/// What the builder of the client is told of a scheme.
pub fn builder_call(links: Links<'_>, id: SecurityId) -> String {
    match links.client.credentials.get(id.index()) {
        Some(item) => format!("Client::builder().{}(…)", item.method),
        None => "Client::builder().transport(…)".to_owned(),
    }
}
