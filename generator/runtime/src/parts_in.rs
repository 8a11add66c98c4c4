//! Where the parts of a body begin and end (RFC 2046, section 5.1). Bytes go in as they come, cut anywhere, and parts that
//! are complete come out.

use bytes::{Buf as _, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};

/// A part as it arrived.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its headers.
    pub headers: HeaderMap,
    /// What it holds.
    pub data: Vec<u8>,
}

/// Cuts a body into parts.
#[derive(Default)]
pub struct PartSplitter {
    /// A line end, two hyphens and the boundary.
    delimiter: Vec<u8>,
    /// What has arrived since the last delimiter.
    partial: BytesMut,
    /// How much of that is known to hold no delimiter.
    looked_at: usize,
    place: Place,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Place {
    /// Before the first part.
    #[default]
    Preamble,
    Part,
    /// After the last delimiter.
    Epilogue,
}

impl PartSplitter {
    /// A splitter for the body of an answer; `None` if the answer does not say what stands between its parts.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let mut parameters = media_type.split(';').skip(1);
        let boundary = parameters.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_it = name.trim().eq_ignore_ascii_case("boundary");
            is_it.then(|| value.trim().trim_matches('"'))
        })?;
        (!boundary.is_empty()).then(|| PartSplitter {
            delimiter: format!("\n--{boundary}").into_bytes(),
            // The first delimiter stands at the beginning of a line, too.
            partial: BytesMut::from("\n"),
            ..PartSplitter::default()
        })
    }

    /// How many bytes of an incomplete part are held.
    pub fn held(&self) -> usize {
        self.partial.len()
    }

    /// Takes what has arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.place != Place::Epilogue {
            self.partial.extend_from_slice(bytes);
        }
    }

    /// The next complete part; `None` if more has to arrive for it.
    pub fn next_part(&mut self) -> Option<Part> {
        while let Some((at, end, is_last)) = self.find() {
            let part = self.part(at);
            // The end of the delimiter's line may be the beginning of the next delimiter.
            self.partial.advance(end);
            self.looked_at = 0;
            if is_last {
                self.end();
            } else {
                self.place = Place::Part;
            }
            if part.is_some() {
                return part;
            }
        }
        None
    }

    /// Takes the end of the body. A part without a delimiter behind it is given as it is.
    pub fn finish(&mut self) -> Option<Part> {
        let part = self
            .part(self.partial.len())
            .filter(|part| *part != Part::default());
        self.end();
        part
    }

    fn end(&mut self) {
        self.place = Place::Epilogue;
        self.partial.clear();
    }

    /// The next delimiter: where it begins, where its line ends, and whether it is the last one. `None` as long as its
    /// line has not arrived.
    fn find(&mut self) -> Option<(usize, usize, bool)> {
        let size = self.delimiter.len();
        if size == 0 {
            // Before the answer is there, nothing says what stands between its parts.
            return None;
        }
        loop {
            let rest = self.partial.get(self.looked_at..)?;
            let Some(found) = rest
                .windows(size)
                .position(|window| window == self.delimiter)
            else {
                let seen = self.partial.len().saturating_sub(size - 1);
                self.looked_at = self.looked_at.max(seen);
                return None;
            };
            let at = self.looked_at + found;
            let after = self.partial.get(at + size..).unwrap_or_default();
            if after.starts_with(b"--") {
                return Some((at, at + size, true));
            }
            self.looked_at = at;
            let line = after.iter().position(|byte| *byte == b'\n')?;
            let padding = after.get(..line).unwrap_or_default();
            if padding.trim_ascii().is_empty() {
                return Some((at, at + size + line, false));
            }
            // A longer word than the boundary is none.
            self.looked_at = at + 1;
        }
    }

    /// The part that ends at a place.
    fn part(&self, end: usize) -> Option<Part> {
        if self.place != Place::Part {
            return None;
        }
        let mut rest = self.partial.get(..end).unwrap_or_default();
        // The end of the delimiter's line.
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        if end < self.partial.len() {
            rest = rest.strip_suffix(b"\r").unwrap_or(rest);
        }
        let mut part = Part::default();
        while let Some(length) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(length);
            rest = after.get(1..).unwrap_or_default();
            let line = line.trim_ascii();
            if line.is_empty() {
                part.data = rest.to_vec();
                return Some(part);
            }
            add_header(&mut part.headers, line);
        }
        add_header(&mut part.headers, rest);
        Some(part)
    }
}

fn add_header(headers: &mut HeaderMap, line: &[u8]) {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return;
    };
    let (name, value) = line.split_at(colon);
    let value = value.get(1..).unwrap_or_default().trim_ascii();
    if let (Ok(name), Ok(value)) = (
        HeaderName::from_bytes(name.trim_ascii()),
        HeaderValue::from_bytes(value),
    ) {
        headers.append(name, value);
    }
}
