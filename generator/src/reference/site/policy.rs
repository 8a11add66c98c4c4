//! The Content-Security-Policy of the pages: nothing but the site's own files, and requests to the servers alone that
//! the document names, for "Try it".

use crate::model::{Api, Server, UrlPiece};
use crate::reference::encode::Text;
use std::collections::BTreeSet;

/// The policy of a page.
pub fn policy(api: &Api) -> Text {
    let own = api.operations.iter().flat_map(|(_, operation)| {
        let servers = operation.servers.as_deref().unwrap_or_default();
        servers.iter()
    });
    // A set, since many operations name the same server; sorted, so that the same document gives the same policy.
    let mut sources: BTreeSet<String> = api.servers.iter().chain(own).filter_map(source).collect();
    sources.extend([
        "http://localhost:*".to_owned(),
        "http://127.0.0.1:*".to_owned(),
    ]);
    let sources: Vec<String> = sources.into_iter().collect();
    Text::new(&format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {}; \
         base-uri 'none'; form-action 'none'",
        sources.join(" ")
    ))
}

/// The origin of a server as a source of the policy; `None` for relative URLs, which are the site's own origin, and for
/// what is no host. A host of which a part is a variable may be any host.
fn source(server: &Server) -> Option<String> {
    let url: String = server
        .url
        .iter()
        .map(|piece| match piece {
            UrlPiece::Literal(text) => text.as_str(),
            UrlPiece::Variable(_) => "*",
        })
        .collect();
    origin(&url)
}

/// The same of a URL in which `*` stands for a variable.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https" | "*") {
        return None;
    }
    let scheme = if scheme == "*" { "https" } else { scheme };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('*') {
        return Some(format!("{scheme}:"));
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let is_port = port.bytes().all(|b| b.is_ascii_digit());
    (is_name && is_port).then(|| {
        let colon = if port.is_empty() { "" } else { ":" };
        format!("{scheme}://{}{colon}{port}", name.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_source_is_an_origin_and_nothing_else() {
        let source = |url| origin(url).unwrap_or_default();
        assert_eq!(
            source("https://API.example.com:8443/v1"),
            "https://api.example.com:8443"
        );
        assert_eq!(source("https://*/v1"), "https:");
        assert_eq!(source("*://api.example.com"), "https://api.example.com");
        for bad in [
            "/v1",
            "ftp://x",
            "https://a b",
            "https://x; script-src y",
            "https://x:y",
            "https://",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
