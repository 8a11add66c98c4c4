//! Bytes that travel as Base64.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::display::Base64Display;
use base64::engine::general_purpose;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::spelled::{Spelled, TextForm};

/// Bytes that travel as Base64 (RFC 4648, section 4), and how the server spelled them where that is another way: without
/// padding, in the alphabet for URLs, in lines.
pub type Base64 = Spelled<Vec<u8>>;

impl TextForm for Vec<u8> {
    const EXPECTED: &'static str = "Base64";

    fn read(text: &str) -> Option<Self> {
        let text: Cow<'_, str> = match text.contains(is_white) {
            true => text.replace(is_white, "").into(),
            false => text.into(),
        };
        let engine = match text.contains(['-', '_']) {
            true => lenient(&URL_SAFE),
            false => lenient(&STANDARD),
        };
        engine.decode(text.as_ref()).ok()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(
            out,
            "{}",
            Base64Display::new(self, &general_purpose::STANDARD)
        )
    }
    fn some() -> Self {
        Vec::new()
    }
}

/// Takes padding whether it is there or not, and whatever the bits after the last byte are.
fn lenient(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

/// What RFC 2045 puts between the lines of Base64, and people around it.
fn is_white(c: char) -> bool {
    matches!(c, '\r' | '\n' | ' ' | '\t')
}
