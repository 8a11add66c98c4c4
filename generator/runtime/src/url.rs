//! URLs as values of the codec.

use std::fmt;

use super::spelled::{Spelled, TextForm};

/// A [`url::Url`], and how the server spelled it: the type adds a slash after a host, among others.
pub type Url = Spelled<url::Url>;

impl TextForm for url::Url {
    const EXPECTED: &'static str = "a URL";

    fn read(text: &str) -> Option<Self> {
        url::Url::parse(text).ok()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        out.write_str(self.as_str())
    }
    fn some() -> Self {
        // It parses, and there is no way to make one without parsing.
        url::Url::parse("about:blank").unwrap_or_else(|_| Self::some())
    }
}
