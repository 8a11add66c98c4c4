//! Bodies of requests, compressed (RFC 9110, section 8.4.1.3).

use std::io::{self, Write as _};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Request};

use super::body::Body;
use super::client::ClientBuilder;
use super::layer::{Layer, Next};
use super::transport::TransportFuture;

impl ClientBuilder {
    /// Compresses the bodies of requests with gzip that have at least so many bytes, and says so in `Content-Encoding`. The
    /// document does not say whether its server understands that: it is for the user to know.
    ///
    /// A body is compressed once for all tries of its call, by the thread that makes the call, and layers that are added
    /// after this one see it compressed. Sent as they are: streams, whose pieces are for the server to have as soon as they
    /// are there; bodies that have a `Content-Encoding` already, or a media type that is compressed anyway, such as
    /// `image/png`; and what would not become smaller.
    pub fn compress_requests(self, from: usize) -> Self {
        self.layer(Compress { from })
    }
}

struct Compress {
    from: usize,
}

impl Layer for Compress {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        if let Some(compressed) = self.compressed(&request) {
            *request.body_mut() = Body::from(compressed);
            let headers = request.headers_mut();
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            headers.remove(CONTENT_LENGTH);
        }
        next.send(request)
    }
}

impl Compress {
    fn compressed(&self, request: &Request<Body>) -> Option<Bytes> {
        let headers = request.headers();
        let media_type = headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        if headers.contains_key(CONTENT_ENCODING) || media_type.is_some_and(is_compressed) {
            return None;
        }
        let bytes = request.body().as_bytes()?;
        let is_large = !bytes.is_empty() && bytes.len() >= self.from;
        let compressed = is_large.then(|| gzip(bytes).ok()).flatten()?;
        (compressed.len() < bytes.len()).then(|| compressed.into())
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Whether what has a media type is compressed by itself.
fn is_compressed(media_type: &str) -> bool {
    const ARCHIVES: [&str; 9] = [
        "7z", "brotli", "bzip", "compress", "gzip", "rar", "xz", "zip", "zstd",
    ];
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    match kind {
        "image" => !subtype.contains("svg") && subtype != "bmp",
        "audio" | "video" => true,
        "font" => subtype.starts_with("woff"),
        _ => ARCHIVES.iter().any(|name| subtype.contains(name)),
    }
}
