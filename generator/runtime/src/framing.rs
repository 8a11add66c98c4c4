//! Where the items of a stream begin and end: server-sent events, lines of JSON, and JSON text sequences. Bytes go in as
//! they come, cut anywhere, and what is complete comes out.

use std::collections::VecDeque;
use std::time::Duration;

use http::HeaderMap;

use super::parts_in::{Part, PartSplitter};

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
    /// What has arrived of a line or a record.
    partial: Vec<u8>,
    /// The event whose lines arrive, and whether it has data.
    frame: Frame,
    has_data: bool,
    /// Whether the last byte was a CR, with which a LF is one end of a line.
    after_cr: bool,
    /// Whether nothing has been read, so that a byte order mark may come.
    is_start: bool,
    ready: VecDeque<Frame>,
    /// What cuts parts, once the answer has said what stands between them.
    parts: PartSplitter,
    /// The last identifier, which the next connection sends.
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
            partial: Vec::new(),
            frame: Frame::default(),
            has_data: false,
            after_cr: false,
            is_start: true,
            ready: VecDeque::new(),
            parts: PartSplitter::default(),
            last_id: None,
            retry: None,
        }
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
        self.partial.clear();
        self.frame = Frame::default();
        (self.has_data, self.after_cr, self.is_start) = (false, false, true);
        Ok(())
    }

    /// The next complete item.
    pub fn next_frame(&mut self) -> Option<Frame> {
        self.ready.pop_front()
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    ///
    /// If an item is larger than the limit.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), TooLarge> {
        if self.framing == Framing::Parts {
            let parts = self.parts.push(bytes);
            self.ready.extend(parts.into_iter().map(frame));
            return match self.parts.held() > self.limit {
                true => Err(TooLarge),
                false => Ok(()),
            };
        }
        while let Some(first) = bytes.first() {
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                bytes = bytes.get(1..).unwrap_or_default();
                continue;
            }
            let end = bytes.iter().position(|byte| self.ends(*byte));
            let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            if self.partial.len() + self.frame.data.len() + part.len() > self.limit {
                return Err(TooLarge);
            }
            self.partial.extend_from_slice(part);
            if let Some((byte, rest)) = rest.split_first() {
                self.after_cr = *byte == b'\r';
                self.end_part();
                bytes = rest;
            } else {
                bytes = rest;
            }
        }
        Ok(())
    }

    /// Takes the end of the stream: an event needs an empty line to be one, the others end with it.
    pub fn finish(&mut self) {
        match self.framing {
            Framing::Events => {}
            Framing::Lines | Framing::Sequence => self.end_part(),
            Framing::Parts => self.ready.extend(self.parts.finish().map(frame)),
        }
    }

    fn ends(&self, byte: u8) -> bool {
        match self.framing {
            Framing::Events => byte == b'\n' || byte == b'\r',
            Framing::Lines => byte == b'\n',
            Framing::Sequence => byte == 0x1e,
            // They are cut elsewhere.
            Framing::Parts => false,
        }
    }

    fn end_part(&mut self) {
        let part = std::mem::take(&mut self.partial);
        if self.framing == Framing::Events {
            return self.end_line(&part);
        }
        let data = part.trim_ascii();
        if !data.is_empty() {
            self.ready.push_back(Frame {
                data: data.to_vec(),
                ..Frame::default()
            });
        }
    }

    /// Takes a line of an event.
    fn end_line(&mut self, mut line: &[u8]) {
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
            b"event" => self.frame.event = Some(text()),
            b"id" if !value.contains(&0) => self.last_id = Some(text()),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = text().parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // A comment, or what a later version may mean.
            _ => {}
        }
    }

    fn end_event(&mut self) {
        let mut frame = std::mem::take(&mut self.frame);
        if std::mem::take(&mut self.has_data) {
            frame.id = self.last_id.clone();
            self.ready.push_back(frame);
        }
    }
}

fn frame(part: Part) -> Frame {
    Frame {
        data: part.data,
        headers: part.headers,
        ..Frame::default()
    }
}
