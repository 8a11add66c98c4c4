//! The sockets of the stand-in.

mod pieces;
mod site;

pub use site::SiteMaker;

use super::problem::refusal;
use super::{Mock, Problem, Reply, Request};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use pieces::Pieces;
use site::Site;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// The largest body that is read.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What is told of each request, after it was answered.
pub type Observer = Box<dyn Fn(&Request, &Reply, Duration) + Send + Sync>;

/// How a document is served.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServeOptions {
    /// The port on this machine; 0 for any that is free.
    pub port: u16,
    /// How long every answer is held back.
    pub delay: Duration,
}

/// How long a stream pauses between its pieces, if answers are not held back longer.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves a stand-in on this machine alone until the process ends, with the site at `/docs/` where the document has no
/// such path. `ready` is told the address.
///
/// # Errors
///
/// If the port is taken, or the system gives no socket.
pub fn serve(
    mock: Mock,
    options: ServeOptions,
    site: SiteMaker,
    ready: impl FnOnce(SocketAddr),
    observer: Observer,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        ready(address);
        let shared = Arc::new(Shared {
            mock,
            delay: options.delay,
            observer,
            site: Site {
                maker: site,
                address,
                files: OnceLock::new(),
            },
        });
        axum::serve(listener, Router::new().fallback(handle).with_state(shared)).await
    })
}

struct Shared {
    mock: Mock,
    delay: Duration,
    observer: Observer,
    site: Site,
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    request: axum::http::Request<Body>,
) -> Response<Body> {
    let start = Instant::now();
    let (parts, body) = request.into_parts();
    if parts.method == Method::GET && !shared.mock.knows(parts.uri.path()) {
        // Making the site may take a while, in which others are still to be answered.
        let page = tokio::task::block_in_place(|| shared.site.answer(parts.uri.path()));
        if let Some(page) = page {
            return page;
        }
    }
    let target = parts.uri.path_and_query();
    let mut request = Request {
        method: parts.method.as_str().to_owned(),
        target: target.map_or("/", |target| target.as_str()).to_owned(),
        headers: headers(&parts.headers),
        body: Vec::new(),
    };
    let reply = match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => {
            request.body = bytes.to_vec();
            shared.mock.answer(&request)
        }
        Err(error) => {
            let detail = format!("cannot be read, or has more than {MOST_BYTES} bytes: {error}");
            refusal(413, vec![Problem::body("", detail)])
        }
    };
    if !shared.delay.is_zero() {
        tokio::time::sleep(shared.delay).await;
    }
    (shared.observer)(&request, &reply, start.elapsed());
    response(&parts.method, &parts.headers, reply, shared.delay)
}

/// The headers with bytes beyond ASCII as Latin-1, which every byte has a character in.
fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| value.as_bytes().iter().copied().map(char::from).collect();
    map.iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value)))
        .collect()
}

/// The reply with what a page of another origin needs to read it (Fetch Standard, section 3.3).
fn response(method: &Method, asked: &HeaderMap, reply: Reply, delay: Duration) -> Response<Body> {
    let body = match reply.ends.as_slice() {
        [] => Body::from(reply.body),
        ends => Body::from_stream(Pieces::new(&reply.body, ends, delay.max(PAUSE))),
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let map = response.headers_mut();
    for (name, value) in &reply.headers {
        // What HTTP does not allow as a header cannot be answered; the document's example is to blame.
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_str()),
            HeaderValue::from_str(value),
        ) {
            map.append(name, value);
        }
    }
    let any = HeaderValue::from_static("*");
    let origin = asked.get("origin").cloned();
    if origin.is_some() {
        map.insert(
            "access-control-allow-credentials",
            HeaderValue::from_static("true"),
        );
        map.insert("vary", HeaderValue::from_static("Origin"));
    }
    map.insert("access-control-allow-origin", origin.unwrap_or(any.clone()));
    if method == Method::OPTIONS {
        let copied = [
            (
                "access-control-request-method",
                "access-control-allow-methods",
            ),
            (
                "access-control-request-headers",
                "access-control-allow-headers",
            ),
        ];
        for (wish, grant) in copied {
            let granted = asked.get(wish).cloned();
            map.insert(grant, granted.unwrap_or(any.clone()));
        }
    } else {
        let names: Vec<&str> = map.keys().map(HeaderName::as_str).collect();
        if let Ok(names) = HeaderValue::from_str(&names.join(", ")) {
            map.insert("access-control-expose-headers", names);
        }
    }
    response
}
