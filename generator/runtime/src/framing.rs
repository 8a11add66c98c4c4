//! Where the items of a stream begin and end: server-sent events, lines of JSON, and JSON text sequences. Bytes go in as
//! they come, cut anywhere, and what is complete comes out, no sooner than it is asked for.

use std::time::Duration;

use bytes::{Buf as _, Bytes};
use http::HeaderMap;

use super::parts_in::PartSplitter;

/// How items stand in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events (HTML, section 9.2).
    Events,
    /// One JSON value on each line.
    Lines,
    /// JSON values, each after the character 1E (RFC 7464).
    Sequence,
    /// Parts, each with headers of its own (RFC 2046).
    Parts,
}

/// How a stream is spelled.
#[derive(Debug)]
pub struct StreamSpec {
    /// Its media type.
    pub media_type: &'static str,
    /// How items stand in it.
    pub framing: Framing,
    /// Whether items are text as it is, rather than JSON.
    pub is_text: bool,
}

/// An item as it arrived.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What it holds.
    pub data: Vec<u8>,
    /// The name of the event.
    pub event: Option<String>,
    /// The last identifier that an event had, itself included.
    pub id: Option<String>,
    /// The headers of a part.
    pub headers: HeaderMap,
}

/// An item is larger than the limit.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge;

/// The answer does not say what stands between its parts.
#[derive(Debug, PartialEq, Eq)]
pub struct NoBoundary;

/// Cuts a stream into items.
pub struct Splitter {
    framing: Framing,
    limit: usize,
    /// What has arrived and is not cut yet, and whether nothing comes after it.
    arrived: Bytes,
    has_ended: bool,
    /// What has been cut of a line or a record.
    partial: Vec<u8>,
    nesting: Nesting,
    /// The event whose lines arrive, and whether it has data.
    frame: Frame,
    has_data: bool,
    /// Whether the last byte was a CR, with which a LF is one end of a line.
    after_cr: bool,
    /// Whether nothing has been read, so that a byte order mark may come.
    is_start: bool,
    /// The identifier of the event whose lines arrive, which counts once the event is complete.
    next_id: Option<String>,
    /// What cuts parts, once the answer has said what stands between them.
    parts: PartSplitter,
    /// The last identifier of an event that was handed out, which the next connection sends.
    pub last_id: Option<String>,
    /// How long the server wants a client to wait before it connects again.
    pub retry: Option<Duration>,
}

impl Splitter {
    /// A splitter whose items may have so many bytes.
    pub fn new(framing: Framing, limit: usize) -> Self {
        Splitter {
            framing,
            limit,
            arrived: Bytes::new(),
            has_ended: false,
            partial: Vec::new(),
            nesting: Nesting::default(),
            frame: Frame::default(),
            has_data: false,
            after_cr: false,
            is_start: true,
            next_id: None,
            parts: PartSplitter::default(),
            last_id: None,
            retry: None,
        }
    }

    /// How many bytes an item may have.
    pub fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes;
    }

    /// The same for another connection: what was incomplete is forgotten, the last identifier is not.
    ///
    /// # Errors
    ///
    /// If it is to have parts, and these headers do not say what stands between them.
    pub fn begin_again(&mut self, headers: &HeaderMap) -> Result<(), NoBoundary> {
        if self.framing == Framing::Parts {
            self.parts = PartSplitter::of(headers).ok_or(NoBoundary)?;
        }
        self.arrived.clear();
        self.partial.clear();
        self.nesting = Nesting::default();
        self.frame = Frame::default();
        self.next_id = None;
        (self.has_ended, self.has_data, self.after_cr) = (false, false, false);
        self.is_start = true;
        Ok(())
    }

    /// Takes what has arrived.
    pub fn push(&mut self, bytes: Bytes) {
        if self.framing == Framing::Parts {
            self.parts.push(&bytes);
        } else if self.arrived.is_empty() {
            self.arrived = bytes;
        } else {
            self.arrived = [&*self.arrived, &*bytes].concat().into();
        }
    }

    /// Takes the end of the stream: an event needs an empty line to be one, the others end with it.
    pub fn finish(&mut self) {
        self.has_ended = true;
    }

    /// The next complete item; `None` if more has to arrive for it.
    ///
    /// # Errors
    ///
    /// If it is larger than the limit.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, TooLarge> {
        if self.framing == Framing::Parts {
            return self.next_part();
        }
        let mut bytes = std::mem::take(&mut self.arrived);
        let found = self.cut(&mut bytes);
        self.arrived = bytes;
        found
    }

    /// Takes bytes until an item is complete.
    fn cut(&mut self, bytes: &mut Bytes) -> Result<Option<Frame>, TooLarge> {
        while let Some(first) = bytes.first() {
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                bytes.advance(1);
                continue;
            }
            let end = bytes.iter().position(|byte| self.ends(*byte));
            let part = bytes.split_to(end.unwrap_or(bytes.len()));
            if self.partial.len() + self.frame.data.len() + part.len() > self.limit {
                return Err(TooLarge);
            }
            self.partial.extend_from_slice(&part);
            if let Some(byte) = bytes.first() {
                self.after_cr = *byte == b'\r';
                bytes.advance(1);
                if let Some(frame) = self.end_part() {
                    return Ok(Some(frame));
                }
            }
        }
        // An event that no empty line ends is none.
        let is_last = std::mem::take(&mut self.has_ended) && self.framing != Framing::Events;
        Ok(is_last.then(|| self.end_part()).flatten())
    }

    fn next_part(&mut self) -> Result<Option<Frame>, TooLarge> {
        let mut part = self.parts.next_part();
        if part.is_none() && self.parts.held() > self.limit {
            return Err(TooLarge);
        }
        if part.is_none() && std::mem::take(&mut self.has_ended) {
            part = self.parts.finish();
        }
        match part {
            Some(part) if part.data.len() > self.limit => Err(TooLarge),
            part => Ok(part.map(|part| Frame {
                data: part.data,
                headers: part.headers,
                ..Frame::default()
            })),
        }
    }

    fn ends(&mut self, byte: u8) -> bool {
        match self.framing {
            Framing::Events => byte == b'\n' || byte == b'\r',
            Framing::Lines => byte == b'\n',
            // The next mark may be long in coming.
            Framing::Sequence => byte == 0x1e || self.nesting.is_complete_at(byte),
            // They are cut elsewhere.
            Framing::Parts => false,
        }
    }

    fn end_part(&mut self) -> Option<Frame> {
        self.nesting = Nesting::default();
        let part = std::mem::take(&mut self.partial);
        if self.framing == Framing::Events {
            return self.end_line(&part);
        }
        let data = part.trim_ascii();
        (!data.is_empty()).then(|| Frame {
            data: data.to_vec(),
            ..Frame::default()
        })
    }

    /// Takes a line of an event; an empty one ends it.
    fn end_line(&mut self, mut line: &[u8]) -> Option<Frame> {
        if std::mem::take(&mut self.is_start) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        if line.is_empty() {
            return self.end_event();
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.frame.data.push(b'\n');
                }
                self.frame.data.extend_from_slice(value);
            }
            b"event" => self.frame.event = Some(text()).filter(|name| !name.is_empty()),
            b"id" if !value.contains(&0) => self.next_id = Some(text()),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = text().parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // A comment, or what a later version may mean.
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<Frame> {
        if let Some(id) = self.next_id.take() {
            // An empty one says that there is none any more.
            self.last_id = Some(id).filter(|id| !id.is_empty());
        }
        let mut frame = std::mem::take(&mut self.frame);
        frame.id = self.last_id.clone();
        std::mem::take(&mut self.has_data).then_some(frame)
    }
}

/// How deep in a JSON value the bytes are that have arrived of it.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_text: bool,
    after_backslash: bool,
    has_begun: bool,
}

impl Nesting {
    /// Takes a byte: whether it is the end of a line after which a value is complete.
    fn is_complete_at(&mut self, byte: u8) -> bool {
        if self.in_text {
            self.in_text = self.after_backslash || byte != b'"';
            self.after_backslash = !self.after_backslash && byte == b'\\';
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let is_complete = byte == b'\n' && self.has_begun && self.depth == 0;
        self.has_begun |= !byte.is_ascii_whitespace();
        is_complete
    }
}
