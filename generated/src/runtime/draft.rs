//! A request in the making, the same for every operation.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::authorize::Chosen;
use super::body::Body;
use super::client::Client;
use super::codec::{self, Encode, View};
use super::cookies::{self, CookieStyle};
use super::credential;
use super::error::RequestError;
use super::form::{self, FormStyles};
use super::identity::Called;
use super::operation::OperationSpec;
use super::params::{self, HeaderStyle, PathStyle, QueryStyle, Spell};
use super::retry::{Idempotent, RetryPolicy};
use super::route::add_route;
use super::server::{self, Server};

/// A request in the making. What goes wrong is kept until it is sent, so that it can be put together in one expression.
/// Of what is given twice the later counts, be it the user or a link who gave the first.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) path: Vec<(&'static str, String)>,
    /// Each parameter with the pairs that it is in the query.
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) headers: HeaderMap,
    /// Each parameter with the cookies that it is, and whether they are secret.
    pub(super) cookies: Vec<(&'static str, (String, bool))>,
    pub(super) body: Option<Body>,
    /// What the body is sent as, unless the user names another.
    pub(super) media_type: Option<HeaderValue>,
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
                if name == COOKIE {
                    self.cookies.clear();
                }
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
        let mut pairs = String::new();
        match params::add_query(&mut pairs, name, value, style, spell) {
            Ok(()) => replace(&mut self.query, name, pairs),
            Err(error) => self.fail(format!("the query parameter `{name}`"), error.0),
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
            Ok(cookies) => replace(&mut self.cookies, name, (cookies, is_secret)),
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
        self.media_type = Some(HeaderValue::from_static(media_type));
        self.body = Some(body);
    }

    /// Keeps the first thing that goes wrong.
    pub(super) fn fail(&mut self, subject: impl Into<String>, reason: impl Into<String>) {
        if self.error.is_none() {
            self.error = Some(RequestError::new(subject, reason));
        }
    }

    pub(super) fn into_request(
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
        for (_, pairs) in self.query.iter().filter(|(_, pairs)| !pairs.is_empty()) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(pairs);
        }
        if let Some(edit) = self.edit_url {
            edit(&mut url);
        }
        for (name, (cookies, is_secret)) in &self.cookies {
            if !cookies.is_empty() {
                cookies::add_cookies(&mut self.headers, cookies, *is_secret).map_err(|_| {
                    RequestError::new(
                        format!("the cookie `{name}`"),
                        "no header can have its name",
                    )
                })?;
            }
        }
        if let Some(media_type) = self.media_type {
            self.headers.entry(CONTENT_TYPE).or_insert(media_type);
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

/// Puts a parameter at the end, in the place of what was given for it before.
fn replace<T>(given: &mut Vec<(&'static str, T)>, name: &'static str, value: T) {
    given.retain(|(known, _)| *known != name);
    given.push((name, value));
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
