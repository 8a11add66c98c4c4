//! The layer that gives each try its credentials.

use std::sync::Arc;

use http::{Request, Response, StatusCode, Uri};
use secrecy::SecretString;

use super::body::Body;
use super::credential::{Credential, SecurityScheme};
use super::layer::{Layer, Next};
use super::retry;
use super::token::Need;
use super::transport::{Transport, TransportError, TransportFuture};

/// What a call is to be made with: an extension of each request.
#[derive(Clone)]
pub(super) struct Chosen {
    pub(super) credentials: Arc<[(&'static SecurityScheme, Credential)]>,
    /// The URL of the API's server, which those of token servers may be relative to.
    pub(super) base_url: Arc<str>,
}

/// The layer that gives each try its credentials. A token that the server refuses is renewed, and the try is made once
/// more.
pub(super) struct Authorize;

impl Layer for Authorize {
    fn call<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        Box::pin(send(request, next))
    }
}

async fn send(
    mut request: Request<Body>,
    next: Next<'_>,
) -> Result<Response<Body>, TransportError> {
    let Some(chosen) = request.extensions_mut().remove::<Chosen>() else {
        return next.send(request).await;
    };
    let has_tokens = chosen
        .credentials
        .iter()
        .any(|(_, credential)| credential.is_renewable());
    let again = if has_tokens {
        retry::copy(&request)
    } else {
        None
    };
    let used = authorize(&mut request, &chosen, &[], next.transport()).await?;
    let answer = next.send(request).await?;
    match again {
        Some(mut again) if answer.status() == StatusCode::UNAUTHORIZED => {
            drop(answer);
            authorize(&mut again, &chosen, &used, next.transport()).await?;
            next.send(again).await
        }
        _ => Ok(answer),
    }
}

/// Adds the credentials to a request, and says which secrets they were. Those that were refused are not used again if
/// there are others to be had.
async fn authorize(
    request: &mut Request<Body>,
    chosen: &Chosen,
    refused: &[SecretString],
    transport: &Arc<dyn Transport>,
) -> Result<Vec<SecretString>, TransportError> {
    let mut used = Vec::with_capacity(chosen.credentials.len());
    let mut query = String::new();
    for (index, (scheme, credential)) in chosen.credentials.iter().enumerate() {
        let need = Need {
            refused: refused.get(index).cloned(),
            transport: transport.clone(),
            base_url: chosen.base_url.clone(),
        };
        let secret = credential.secret(&need).await?;
        let headers = request.headers_mut();
        scheme
            .apply(&secret, headers, &mut query)
            .map_err(|error| TransportError::credentials(error.to_string()))?;
        used.push(secret);
    }
    if !query.is_empty() {
        *request.uri_mut() = with_query(request.uri(), &query)?;
    }
    Ok(used)
}

fn with_query(uri: &Uri, query: &str) -> Result<Uri, TransportError> {
    let separator = if uri.query().is_some() { '&' } else { '?' };
    // The error of the parser could quote the URL, which holds secrets.
    format!("{uri}{separator}{query}")
        .parse()
        .map_err(|_| TransportError::credentials("the URL is too long with the credentials"))
}
