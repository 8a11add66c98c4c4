//! The work of a call, the same for every operation: a request is put together, sent, and its answer received.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::authorize::Chosen;
use super::body::Body;
use super::client::Client;
use super::clock;
use super::codec::{self, Encode, View};
use super::cookies::{self, CookieStyle};
use super::credential;
use super::error::{Error, RequestError};
use super::form::{self, FormStyles};
use super::identity::Called;
use super::limits::{Deadline, LeftOpen};
use super::operation::{OperationSpec, Reply};
use super::params::{self, HeaderStyle, PathStyle, QueryStyle, Spell};
use super::retry::{Idempotent, RetryPolicy};
use super::route::add_route;
use super::server::{self, Server};
use super::transport::TransportError;

/// How much of the body of an answer that is no success is kept.
const ERROR_BODY_LIMIT: usize = 64 * 1024;

/// Makes a call.
pub(super) async fn send(
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
) -> Result<Reply, Error<Infallible>> {
    let (timeout, request, kept) = prepare(draft, &client, spec)?;
    let reply = async {
        let answer = client.shared.send(request).await?;
        receive(&client, answer, kept).await
    };
    limited(timeout, reply).await
}

/// Makes a call and leaves the body of a success to be read, for which no limit of time is set any more. What is no
/// success is received in full.
pub(super) async fn open(
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
) -> Result<Result<http::Response<Body>, Reply>, Error<Infallible>> {
    let (timeout, mut request, kept) = prepare(draft, &client, spec)?;
    request.extensions_mut().insert(LeftOpen);
    let reply = async {
        let mut answer = client.shared.send(request).await?;
        match answer.status().is_success() {
            true => {
                *answer.extensions_mut() = kept.values;
                Ok(Ok(answer))
            }
            false => receive(&client, answer, kept).await.map(Err),
        }
    };
    limited(timeout, reply).await
}

/// How long the call may take, the request, and what is kept of it.
fn prepare(
    mut draft: Draft,
    client: &Client,
    spec: &'static OperationSpec,
) -> Result<(Option<Duration>, http::Request<Body>, Kept), Error<Infallible>> {
    let timeout = draft.timeout.or(client.shared.timeout);
    let mut kept = std::mem::take(&mut draft.kept);
    let mut request = draft.into_request(client, spec).map_err(Error::Request)?;
    if let Some(deadline) = timeout.and_then(|timeout| clock::now().checked_add(timeout)) {
        request.extensions_mut().insert(Deadline(deadline));
    }
    if let Some(keeper) = kept.keeper {
        (keeper.of_request)(&request, &mut kept.values);
    }
    Ok((timeout, request, kept))
}

async fn limited<T>(
    timeout: Option<Duration>,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, Error<Infallible>> {
    match clock::within(timeout, work).await {
        Some(Ok(done)) => Ok(done),
        Some(Err(error)) if error.is_timeout() => Err(Error::Timeout),
        Some(Err(error)) if error.is_credentials() => Err(Error::Credentials(error)),
        Some(Err(error)) => Err(Error::Transport(error)),
        None => Err(Error::Timeout),
    }
}

/// Receives the body of an answer, as far as the client buffers.
async fn receive(
    client: &Client,
    answer: http::Response<Body>,
    mut kept: Kept,
) -> Result<Reply, TransportError> {
    let (head, body) = answer.into_parts();
    let limit = if head.status.is_success() {
        client.shared.body_limit
    } else {
        ERROR_BODY_LIMIT
    };
    let (body, is_cut) = body.collect_up_to(limit).await?;
    if let Some(keeper) = kept.keeper {
        (keeper.of_answer)(&body, &mut kept.values);
    }
    Ok(Reply {
        status: head.status,
        headers: head.headers,
        body,
        is_cut,
        kept: kept.values,
    })
}

/// What of a call is handed out again with its answer.
#[derive(Clone, Default)]
pub(super) struct Kept {
    pub(super) values: Extensions,
    pub(super) keeper: Option<Keeper>,
}

/// What takes from a request and from the body of its answer what is to be kept.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    pub(super) of_request: fn(&http::Request<Body>, &mut Extensions),
    pub(super) of_answer: fn(&Bytes, &mut Extensions),
}

/// A request in the making. What goes wrong is kept until it is sent, so that it can be put together in one expression.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Body>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) base_url: Option<String>,
    /// Servers of the document in the place of the operation's.
    pub(super) servers: Option<&'static [Server]>,
    pub(super) idempotency_header: Option<&'static str>,
    pub(super) path_is_secret: bool,
    pub(super) error: Option<RequestError>,
    pub(super) kept: Kept,
    /// What is done with the URL at last.
    pub(super) edit_url: Option<UrlEdit>,
}

/// Changes a URL that is ready otherwise.
pub(super) type UrlEdit = Box<dyn FnOnce(&mut String) + Send + Sync>;

impl Draft {
    pub(super) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    pub(super) fn set_retry(&mut self, policy: RetryPolicy) {
        self.retry = Some(policy);
    }

    pub(super) fn set_base_url(&mut self, base_url: String) {
        self.base_url = Some(base_url);
    }

    /// The header by which the server tells a call that is made again from another one.
    pub(super) fn set_idempotency_header(&mut self, name: &'static str) {
        self.idempotency_header = Some(name);
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            (Ok(_), Err(_)) => self.fail(
                format!("the header `{name}`"),
                "it has a character that no header can have",
            ),
            (Err(_), _) => self.fail("a header", "no header can have its name"),
        }
    }

    pub(super) fn add_path(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &dyn Encode,
        spell: Spell<'_>,
    ) {
        self.path_is_secret |= matches!(value.view(), View::Secret(_));
        match params::path_text(name, value, style, spell) {
            Ok(text) if text.is_empty() => self.fail(
                format!("the path parameter `{name}`"),
                "it is empty, which would change the route",
            ),
            Ok(text) => self.path.push((name, text)),
            Err(error) => self.fail(format!("the path parameter `{name}`"), error.0),
        }
    }

    pub(super) fn add_query(
        &mut self,
        name: &'static str,
        style: QueryStyle,
        value: &dyn Encode,
        spell: Spell<'_>,
    ) {
        if let Err(error) = params::add_query(&mut self.query, name, value, style, spell) {
            self.fail(format!("the query parameter `{name}`"), error.0);
        }
    }

    pub(super) fn add_header(
        &mut self,
        name: &'static str,
        style: HeaderStyle,
        value: &dyn Encode,
    ) {
        let text = match params::header_text(value, style) {
            Ok(text) => text,
            Err(error) => return self.fail(format!("the header `{name}`"), error.0),
        };
        self.set_header(name, &text);
        if matches!(value.view(), View::Secret(_))
            && let Some(value) = self.headers.get_mut(name)
        {
            value.set_sensitive(true);
        }
    }

    pub(super) fn add_cookie(
        &mut self,
        name: &'static str,
        style: CookieStyle,
        value: &dyn Encode,
        spell: Spell<'_>,
    ) {
        let is_secret = matches!(value.view(), View::Secret(_));
        match cookies::cookie_text(name, value, style, spell) {
            Ok(cookies) if cookies.is_empty() => {}
            Ok(cookies) => {
                if cookies::add_cookies(&mut self.headers, &cookies, is_secret).is_err() {
                    self.fail(
                        format!("the cookie `{name}`"),
                        "no header can have its name",
                    );
                }
            }
            Err(error) => self.fail(format!("the cookie `{name}`"), error.0),
        }
    }

    pub(super) fn set_json(&mut self, media_type: &'static str, body: &dyn Encode) {
        match codec::encode(body) {
            Ok(json) => self.set_body(media_type, json.into()),
            Err(error) => self.fail("the body", error.to_string()),
        }
    }

    pub(super) fn set_form(&mut self, body: &dyn Encode, styles: FormStyles<'_>) {
        let mut form = String::new();
        match form::add_form(&mut form, body, styles) {
            Ok(()) => self.set_body("application/x-www-form-urlencoded", form.into()),
            Err(error) => self.fail("the body", error.0),
        }
    }

    pub(super) fn set_body(&mut self, media_type: &'static str, body: Body) {
        self.headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(media_type));
        self.body = Some(body);
    }

    /// Keeps the first thing that goes wrong.
    pub(super) fn fail(&mut self, subject: impl Into<String>, reason: impl Into<String>) {
        if self.error.is_none() {
            self.error = Some(RequestError::new(subject, reason));
        }
    }

    fn into_request(
        mut self,
        client: &Client,
        spec: &'static OperationSpec,
    ) -> Result<http::Request<Body>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let shared = &client.shared;
        if let Some(name) = self.idempotency_header
            && !self.headers.contains_key(name)
        {
            self.set_header(name, &client.random());
        }
        let credentials = if shared.authorizes {
            credential::choose(spec.security, &shared.credentials)?
        } else {
            Vec::new()
        };
        let mut url = match &self.base_url {
            Some(base_url) => server::check_base_url(base_url)?,
            None => client.base_url(self.servers.or(spec.servers))?,
        };
        add_route(&mut url, spec.path, &self.path)?;
        if !self.query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        if let Some(edit) = self.edit_url {
            edit(&mut url);
        }
        for (name, value) in &shared.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        if !spec.accept.is_empty() {
            self.headers
                .entry(ACCEPT)
                .or_insert(HeaderValue::from_static(spec.accept));
        }
        let mut request = http::Request::builder()
            .method(spec.method)
            .uri(url)
            .body(self.body.unwrap_or_else(Body::empty))
            // The error of the builder could quote the URL, which may hold secrets.
            .map_err(|_| RequestError::new("the URL", "it is not a legal URL, or too long"))?;
        *request.headers_mut() = self.headers;
        let extensions = request.extensions_mut();
        extensions.insert(Called::new(spec, self.path_is_secret));
        if !credentials.is_empty() {
            extensions.insert(Chosen {
                credentials: credentials.into(),
                base_url: self
                    .base_url
                    .unwrap_or_else(|| client.document_url(spec))
                    .into(),
            });
        }
        if self.idempotency_header.is_some() {
            extensions.insert(Idempotent);
        }
        if let Some(policy) = self.retry {
            extensions.insert(policy);
        }
        Ok(request)
    }
}
