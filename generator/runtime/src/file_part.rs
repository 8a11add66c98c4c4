//! Files in bodies of several parts.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::body::Body;
use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};

/// A file in a form: its contents, and what its part says of them.
///
/// Whatever is a [`Body`] is one by `into`: bytes, a text, a stream. A copy shares the contents, so that a stream which
/// can be sent once is sent by the first of the copies.
#[derive(Clone)]
pub struct FilePart {
    contents: Arc<Mutex<Body>>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file with these contents.
    pub fn new(contents: impl Into<Body>) -> Self {
        let contents = contents.into();
        FilePart {
            file_name: contents.file_name().map(str::to_owned),
            content_type: None,
            headers: Vec::new(),
            contents: Arc::new(Mutex::new(contents)),
        }
    }

    /// Tells the server this name, in the place of the one that the contents have. A file without one is called like
    /// its field, since servers take a part without a file name for a text.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Tells the server this media type, such as `image/png`, in the place of the one that the document has or of
    /// `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The name that the server is told.
    pub(super) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type that the server is told.
    pub(super) fn declared_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The headers beside those.
    pub(super) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The contents, for a request.
    pub(super) fn take_contents(&self) -> Body {
        self.contents
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl<T: Into<Body>> From<T> for FilePart {
    fn from(contents: T) -> Self {
        FilePart::new(contents)
    }
}

/// Shows nothing of the contents, since they may be anything.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.format(f)
    }
}

impl Format for FilePart {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        match &self.file_name {
            Some(name) => write!(out, "FilePart({name:?})"),
            None => out.write_str("FilePart"),
        }
    }
    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl Encode for FilePart {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl Decode for FilePart {
    fn blank() -> Self {
        FilePart::new(Body::empty())
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for FilePart {
    fn put(&mut self, text: &str) -> bool {
        *self = FilePart::new(text.to_owned());
        true
    }
}
