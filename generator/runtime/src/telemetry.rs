//! Spans of `tracing` around calls, with the names that OpenTelemetry has for clients of HTTP (semantic conventions 1.23
//! and later). No credential and no body is in them, and no value of a query.

use http::{Request, Response, Uri};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::body::Body;
use super::client::ClientBuilder;
use super::identity::Called;
use super::layer::{Layer, Next};
use super::transport::{TransportError, TransportFuture};

impl ClientBuilder {
    /// Opens a span around each call, named after its operation, and within it one around each try, named after its method
    /// and the template of its path.
    pub fn tracing(self) -> Self {
        self.telemetry(CallSpan, TrySpan)
    }
}

/// The span of a call, all its tries included.
struct CallSpan;

impl Layer for CallSpan {
    fn call<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let called = request.extensions().get::<Called>();
        let operation = called.map_or("", |called| called.operation.id);
        let span = tracing::info_span!(
            "call",
            otel.name = operation,
            otel.kind = "internal",
            otel.status_code = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
        );
        watched(span, request, next)
    }
}

/// The span of a try.
struct TrySpan;

impl Layer for TrySpan {
    fn call<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let called = request.extensions().get::<Called>();
        let template = called.map_or("", |called| called.operation.path);
        let path_is_secret = called.is_none_or(|called| called.path_is_secret);
        let resent = called.map_or(0, Called::count_try);
        let (method, uri) = (request.method(), request.uri());
        let span = tracing::info_span!(
            "http",
            otel.name = format!("{method} {template}"),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = method.as_str(),
            http.request.resend_count = (resent > 0).then_some(resent),
            http.response.status_code = Empty,
            server.address = uri.host(),
            server.port = port(uri),
            url.full = full(uri, template, path_is_secret),
            url.scheme = uri.scheme_str(),
            url.template = template,
            error.type = Empty,
        );
        watched(span, request, next)
    }
}

fn watched<'a>(span: Span, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
    let noted = span.clone();
    let work = async move {
        let answer = next.send(request).await;
        note(&noted, &answer);
        answer
    };
    Box::pin(work.instrument(span))
}

fn note(span: &Span, answer: &Result<Response<Body>, TransportError>) {
    match answer {
        Ok(answer) => {
            let status = answer.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", status.as_str());
                span.record("otel.status_code", "ERROR");
            }
        }
        Err(error) => {
            let kind = match error {
                error if error.is_timeout() => "timeout",
                error if error.is_connect() => "connect",
                error if error.is_credentials() => "credentials",
                _ => "transport",
            };
            span.record("error.type", kind);
            span.record("otel.status_code", "ERROR");
        }
    }
}

fn port(uri: &Uri) -> u16 {
    let usual = if uri.scheme_str() == Some("http") {
        80
    } else {
        443
    };
    uri.port_u16().unwrap_or(usual)
}

/// The URL with no value in its query, since any may be a key or the name of a person.
fn full(uri: &Uri, template: &str, path_is_secret: bool) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let path = if path_is_secret { template } else { uri.path() };
    let mut url = format!("{scheme}://{authority}{path}");
    for (index, pair) in uri.query().unwrap_or_default().split('&').enumerate() {
        let name = pair.split('=').next().unwrap_or_default();
        if !name.is_empty() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push_str("=REDACTED");
        }
    }
    url
}
