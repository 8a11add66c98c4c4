//! Bodies of answers, expanded (RFC 9110, section 8.4.1.3).

use std::io::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::{Body as HttpBody, Frame};

use super::body::Body;
use super::client::ClientBuilder;
use super::layer::{Layer, Next};
use super::transport::{TransportError, TransportFuture};

impl ClientBuilder {
    /// Asks servers to compress their answers with gzip (`Accept-Encoding`), and expands those that do, streams piece by
    /// piece as they come. The limit of what is buffered holds for what a body expands to. Calls that ask for a part of
    /// something (`Range`), or say themselves what they accept, are left alone.
    pub fn accept_gzip(self) -> Self {
        self.layer(Expand)
    }
}

struct Expand;

impl Layer for Expand {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let headers = request.headers_mut();
        if headers.contains_key(ACCEPT_ENCODING) || headers.contains_key(RANGE) {
            return next.send(request);
        }
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        Box::pin(async move { next.send(request).await.map(expand) })
    }
}

fn expand(mut answer: Response<Body>) -> Response<Body> {
    if !is_gzip(answer.headers()) {
        return answer;
    }
    answer.headers_mut().remove(CONTENT_ENCODING);
    answer.headers_mut().remove(CONTENT_LENGTH);
    answer.map(|body| {
        Body::wrap(Expanded {
            body,
            waiting: Bytes::new(),
            decoder: MultiGzDecoder::new(Vec::new()),
            has_begun: false,
        })
    })
}

/// Whether gzip is the only encoding.
fn is_gzip(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_ENCODING).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let names = [&b"gzip"[..], b"x-gzip"];
    let value = value.as_bytes().trim_ascii();
    names.iter().any(|name| value.eq_ignore_ascii_case(name))
}

/// How many bytes are expanded at once: a piece of an answer is at most about a thousand times as large.
const PIECE: usize = 1024;

struct Expanded {
    body: Body,
    /// What came, and is not expanded yet.
    waiting: Bytes,
    decoder: MultiGzDecoder<Vec<u8>>,
    has_begun: bool,
}

impl Expanded {
    /// What the next piece expands to, which may be nothing yet.
    fn expand(&mut self) -> io::Result<Bytes> {
        let piece = self.waiting.split_to(PIECE.min(self.waiting.len()));
        self.has_begun = true;
        self.decoder.write_all(&piece)?;
        // Else a part of it would wait for more to come, which of a stream of events may take hours.
        self.decoder.flush()?;
        Ok(std::mem::take(self.decoder.get_mut()).into())
    }
}

impl HttpBody for Expanded {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            if !self.waiting.is_empty() {
                match self.expand() {
                    Ok(data) if data.is_empty() => continue,
                    result => return Poll::Ready(Some(result.map(Frame::data).map_err(broken))),
                }
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)).transpose()? {
                Some(frame) => match frame.into_data() {
                    Ok(data) => self.waiting = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                // An answer to HEAD is compressed and has no body.
                None if !self.has_begun => return Poll::Ready(None),
                None => {
                    let result = self.decoder.try_finish();
                    return Poll::Ready(result.err().map(|error| Err(broken(error))));
                }
            }
        }
    }
}

fn broken(error: io::Error) -> TransportError {
    TransportError::new("the answer is not compressed as it says").with_source(error)
}
