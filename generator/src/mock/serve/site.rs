//! The documentation beside the stand-in, so that "Try it" has a server that lets it.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::OnceLock;

/// Makes the files of a site for a server at an address, each under its path.
pub type SiteMaker = Box<dyn Fn(SocketAddr) -> HashMap<String, String> + Send + Sync>;

/// A site that is made when somebody first asks for it: that of a large document takes seconds.
pub(super) struct Site {
    pub(super) maker: SiteMaker,
    pub(super) address: SocketAddr,
    pub(super) files: OnceLock<HashMap<String, String>>,
}

impl Site {
    /// The file at a path of a URL; `None` if the path is none of the site's.
    pub(super) fn answer(&self, path: &str) -> Option<Response<Body>> {
        if matches!(path, "/" | "/docs" | "/docs/") {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::FOUND;
            let index = HeaderValue::from_static("/docs/index.html");
            response.headers_mut().insert(LOCATION, index);
            return Some(response);
        }
        let name = path.strip_prefix("/docs/")?;
        let files = self.files.get_or_init(|| (self.maker)(self.address));
        let mut response = match files.get(name) {
            Some(text) => Response::new(Body::from(text.clone())),
            None => {
                let mut response = Response::new(Body::from("There is no such page.\n"));
                *response.status_mut() = StatusCode::NOT_FOUND;
                response
            }
        };
        let media_type = HeaderValue::from_static(media_type(name));
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        Some(response)
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}
