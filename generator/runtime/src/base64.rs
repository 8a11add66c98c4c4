//! Bytes that travel as Base64.

use std::fmt;
use std::ops::Deref;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::display::Base64Display;
use base64::engine::general_purpose;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};

/// Padding is written, and read whether it is there or not.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that travel as Base64 (RFC 4648, section 4).
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<T: Into<Vec<u8>>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Base64(bytes.into())
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({self})")
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Base64Display::new(&self.0, &general_purpose::STANDARD).fmt(f)
    }
}

impl Encode for Base64 {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl Format for Base64 {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Decode for Base64 {
    fn blank() -> Self {
        Base64::default()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for Base64 {
    fn put(&mut self, text: &str) -> bool {
        LENIENT.decode(text).map(|bytes| self.0 = bytes).is_ok()
    }
    fn expected(&self) -> &'static str {
        "Base64"
    }
}
