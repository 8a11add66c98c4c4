//! Headers of the parts of a body, beside those that each part has by itself.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::body::Body;
use super::multipart::escaped;
use super::request::Request;

impl<O> Request<'_, O> {
    /// Sends a header with a part of the body, which has been given already: with all parts of this name, also within other
    /// parts, or where parts have no names with the one at this position, counted from `0`.
    pub fn part_header(mut self, part: &str, name: &str, value: &str) -> Self {
        let is_legal = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
        let subject = format!("the header `{name}` of the part `{part}`");
        if !is_legal {
            self.draft
                .fail(subject, "it has a character that no header can have");
            return self;
        }
        let media_type = self.draft.media_type.as_ref();
        let media_type = media_type.and_then(|value| value.to_str().ok());
        let boundary = media_type.and_then(|value| value.split_once("boundary="));
        let (Some((_, boundary)), Some(body)) = (boundary, self.draft.body.take()) else {
            self.draft.fail(subject, "there is no body of parts yet");
            return self;
        };
        let mut adding = Adding {
            boundary: format!("{boundary}\r\n"),
            named: format!("name=\"{}\"", escaped(part)),
            position: part.parse().ok(),
            line: format!("{name}: {value}\r\n"),
            passed: 0,
            added: 0,
        };
        let body = body.map_bytes(&mut |bytes| adding.add(bytes));
        if adding.added == 0 {
            self.draft.fail(subject, "the body has no such part");
        }
        self.draft.body = Some(body);
        self
    }
}

/// A header on its way into the heads of parts.
struct Adding {
    /// The boundary with the end of its line.
    boundary: String,
    named: String,
    position: Option<usize>,
    line: String,
    /// How many parts there have been.
    passed: usize,
    /// To how many it was added.
    added: usize,
}

impl Adding {
    /// The same bytes, with the header in each head that it belongs to. A head is never in two pieces, and what is within a
    /// part cannot hold the boundary, which is random.
    fn add(&mut self, bytes: Bytes) -> Body {
        let mut out = Vec::with_capacity(bytes.len() + self.line.len());
        let mut rest: &[u8] = &bytes;
        while let Some(at) = find(rest, self.boundary.as_bytes()) {
            let (before, after) = rest.split_at(at + self.boundary.len());
            out.extend_from_slice(before);
            rest = after;
            let line = before.get(..at).unwrap_or_default();
            let line = line
                .rsplit(|byte| *byte == b'\n')
                .next()
                .unwrap_or_default();
            // The parts of a part have a longer delimiter.
            let is_own = line == b"--";
            if !is_own && !line.starts_with(b"--in-") {
                continue;
            }
            let head = find(after, b"\r\n\r\n").unwrap_or_default();
            let head = String::from_utf8_lossy(after.get(..head).unwrap_or_default());
            if self.belongs_to(&head, is_own) {
                out.extend_from_slice(self.line.as_bytes());
                self.added += 1;
            }
            self.passed += usize::from(is_own);
        }
        out.extend_from_slice(rest);
        Body::from(out)
    }

    fn belongs_to(&self, head: &str, is_own: bool) -> bool {
        let mut lines = head.split("\r\n");
        let named = lines.find_map(|line| line.strip_prefix("content-disposition: form-data; "));
        match named {
            Some(rest) => rest
                .strip_prefix(&self.named)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("; filename=")),
            None => is_own && self.position == Some(self.passed),
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
