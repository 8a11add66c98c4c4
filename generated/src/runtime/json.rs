//! A cursor over JSON: where values, keys and texts begin and end.
//!
//! It knows the structure and the plain cases alone, and can go back to where it was, which is how a union looks ahead.
//! Whatever takes care is left to serde_json: escapes, values of no type, values that nobody wants, and what to say of
//! bytes that are no JSON.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::codec::Json;

/// What is being read cannot be: the reader's trail says why, or else it is no JSON.
#[derive(Debug, Clone, Copy)]
pub struct Failed;

/// A place in JSON.
#[derive(Clone, Copy)]
pub struct Cursor<'j> {
    text: &'j str,
    at: usize,
}

/// A number.
pub enum Number<'j> {
    /// One without a fraction.
    Integer(i128),
    /// One with a fraction or an exponent, or with more digits than an integer has here; as it is spelled.
    Other(&'j str),
}

impl<'j> Cursor<'j> {
    /// The beginning of JSON.
    pub fn new(text: &'j str) -> Self {
        Cursor { text, at: 0 }
    }

    /// The text between another place and this one, which comes after it.
    pub fn text_since(self, earlier: Cursor<'j>) -> &'j str {
        self.text.get(earlier.at..self.at).unwrap_or_default()
    }

    /// How many bytes lie between another place and this one, which comes after it.
    pub fn distance_from(self, earlier: Cursor<'j>) -> usize {
        self.at.saturating_sub(earlier.at)
    }

    /// The first byte of what comes next, after white space; 0 at the end, which begins no value.
    pub fn peek(&mut self) -> u8 {
        let mut rest = self.rest().iter();
        loop {
            match rest.next() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// Passes white space up to the end, if nothing else comes.
    pub fn end(&mut self) -> Result<(), Failed> {
        self.peek();
        self.rest().is_empty().then_some(()).ok_or(Failed)
    }

    /// Passes what comes next, if it is this.
    pub fn eat(&mut self, byte: u8) -> Result<(), Failed> {
        if self.peek() != byte {
            return Err(Failed);
        }
        self.at += 1;
        Ok(())
    }

    /// Passes a word such as `null`.
    pub fn eat_word(&mut self, word: &str) -> Result<(), Failed> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(Failed);
        }
        self.at += word.len();
        Ok(())
    }

    /// Whether there is one more item, at which the cursor is then; past the end of the array if not.
    pub fn next_item(&mut self, is_first: bool) -> Result<bool, Failed> {
        match self.peek() {
            b']' => {
                self.at += 1;
                Ok(false)
            }
            b',' if !is_first => {
                self.at += 1;
                Ok(true)
            }
            _ if is_first => Ok(true),
            _ => Err(Failed),
        }
    }

    /// The next key, with the cursor then at its value; past the end of the object if there is none.
    pub fn next_key(&mut self, is_first: bool) -> Result<Option<Cow<'j, str>>, Failed> {
        match self.peek() {
            b'}' => {
                self.at += 1;
                return Ok(None);
            }
            b',' if !is_first => self.at += 1,
            _ if is_first => {}
            _ => return Err(Failed),
        }
        if self.peek() != b'"' {
            return Err(Failed);
        }
        let key = self.text()?;
        self.eat(b':')?;
        Ok(Some(key))
    }

    /// The text at whose opening quote the cursor is.
    pub fn text(&mut self) -> Result<Cow<'j, str>, Failed> {
        let start = self.at + 1;
        let length = plain_length(self.bytes_from(start));
        let end = start + length;
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                self.text.get(start..end).map(Cow::Borrowed).ok_or(Failed)
            }
            Some(b'\\') => self.library::<String>().map(Cow::Owned),
            _ => Err(Failed),
        }
    }

    /// The number at which the cursor is.
    pub fn number(&mut self) -> Result<Number<'j>, Failed> {
        let rest = self.rest();
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.get(sign..).unwrap_or_default();
        let (value, count) = leading_digits(digits);
        if count == 0 || (count > 1 && digits.first() == Some(&b'0')) {
            return Err(Failed);
        }
        let mut length = sign + count;
        let fraction = fraction_length(rest.get(length..).unwrap_or_default())?;
        length += fraction;
        let spelled = self.text.get(self.at..self.at + length).ok_or(Failed)?;
        self.at += length;
        // Nineteen digits always fit; and an integer has no negative zero, but a number does.
        if fraction > 0 || (sign > 0 && value == 0) {
            return Ok(Number::Other(spelled));
        }
        if count > 19 {
            let value = spelled.parse().map(Number::Integer);
            return Ok(value.unwrap_or(Number::Other(spelled)));
        }
        let value = i128::from(value);
        Ok(Number::Integer(if sign > 0 { -value } else { value }))
    }

    /// The kind of the value at which the cursor is, as in "found a string".
    pub fn kind(mut self) -> Option<&'static str> {
        Some(match self.peek() {
            b'"' => "a string",
            b't' | b'f' => "a boolean",
            b'n' => "null",
            b'[' => "an array",
            b'{' => "an object",
            b'-' | b'0'..=b'9' => match self.number() {
                Ok(Number::Integer(_)) => "an integer",
                _ => "a number",
            },
            _ => return None,
        })
    }

    /// The value at which the cursor is, whatever it is.
    pub fn json(&mut self) -> Result<Json, Failed> {
        self.library()
    }

    /// Passes the value at which the cursor is.
    pub fn skip(&mut self) -> Result<(), Failed> {
        self.library::<IgnoredAny>().map(drop)
    }

    /// What serde_json makes of the value at which the cursor is.
    fn library<T: Deserialize<'j>>(&mut self) -> Result<T, Failed> {
        let rest = self.text.get(self.at..).ok_or(Failed)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            _ => Err(Failed),
        }
    }

    fn rest(&self) -> &'j [u8] {
        self.bytes_from(self.at)
    }

    fn bytes_from(&self, start: usize) -> &'j [u8] {
        self.text.as_bytes().get(start..).unwrap_or_default()
    }
}

/// How many digits there are at the beginning, and their value if they are few.
fn leading_digits(bytes: &[u8]) -> (u64, usize) {
    let mut value = 0_u64;
    let mut count = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        count += 1;
    }
    (value, count)
}

/// How long the fraction and the exponent at the beginning are together.
fn fraction_length(bytes: &[u8]) -> Result<usize, Failed> {
    let mut length = 0;
    if bytes.first() == Some(&b'.') {
        length = 1 + some_digits(bytes.get(1..))?;
    }
    if let Some(b'e' | b'E') = bytes.get(length) {
        length += 1;
        if let Some(b'+' | b'-') = bytes.get(length) {
            length += 1;
        }
        length += some_digits(bytes.get(length..))?;
    }
    Ok(length)
}

fn some_digits(bytes: Option<&[u8]>) -> Result<usize, Failed> {
    match leading_digits(bytes.unwrap_or_default()) {
        (_, 0) => Err(Failed),
        (_, count) => Ok(count),
    }
}

/// How many bytes at the beginning JSON can spell as they are in a text: none is a control character, a quote or a
/// backslash.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, tail) = bytes.as_chunks::<8>();
    for (index, block) in blocks.iter().enumerate() {
        let found = special_in_block(u64::from_le_bytes(*block));
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    // What is left is looked at together with what stands before it, which is known to be plain.
    if !tail.is_empty()
        && let Some(last) = bytes.last_chunk::<8>()
    {
        let found = special_in_block(u64::from_le_bytes(*last));
        return bytes.len() - 8
            + if found == 0 {
                8
            } else {
                found.trailing_zeros() as usize / 8
            };
    }
    let is_special = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    let in_tail = tail.iter().position(is_special);
    bytes.len() - tail.len() + in_tail.unwrap_or(tail.len())
}

/// Eight bytes at a time: the lowest bit is in the first byte that is special, and the result is 0 if none is ("Bit
/// Twiddling Hacks", "hasless").
fn special_in_block(block: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let less_than = |block: u64, limit: u8| block.wrapping_sub(ONES * u64::from(limit)) & !block;
    let equal_to = |byte: u8| less_than(block ^ (ONES * u64::from(byte)), 1);
    (less_than(block, b' ') | equal_to(b'"') | equal_to(b'\\')) & (ONES << 7)
}
