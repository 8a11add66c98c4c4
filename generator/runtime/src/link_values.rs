//! Values that links take from a call, and how they become what the next call is given.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;

use super::codec::{self, Decode};
use super::header_values::value_of;
use super::json::Cursor;
use super::operation::is_json;

/// Names of properties and numbers of items, one inside the other. An empty one is the whole.
pub type Path = &'static [&'static str];

/// What was found for a parameter, or why nothing was.
pub struct Found<'a> {
    pub(super) link: &'static str,
    pub(super) value: Result<Value<'a>, String>,
}

/// A value as it was found.
pub(super) enum Value<'a> {
    Json(&'a str),
    Text(Cow<'a, str>),
}

impl Found<'_> {
    /// The value for a parameter that must be there.
    ///
    /// # Errors
    ///
    /// If there is none, or it is none of this type.
    pub fn required<V: Decode>(self, parameter: &'static str) -> Result<V, LinkError> {
        let value = self.value.and_then(|value| value.decode());
        value.map_err(|reason| LinkError {
            link: self.link,
            reason: format!("it has no value for `{parameter}`: {reason}"),
        })
    }

    /// The value for a parameter that may be absent.
    ///
    /// # Errors
    ///
    /// If it is none of this type.
    pub fn optional<V: Decode>(self, parameter: &'static str) -> Result<Option<V>, LinkError> {
        match self.value {
            Ok(_) => self.required(parameter).map(Some),
            // OpenAPI, Link Object: what an expression does not find is not passed.
            Err(_) => Ok(None),
        }
    }
}

impl<'a> Value<'a> {
    /// The value as a type, or as one that is spelled like it: `5` for a text, `"5"` for a number, an item for a list.
    fn decode<V: Decode>(self) -> Result<V, String> {
        if let Value::Json(json) = self {
            let read = codec::decode(json.as_bytes());
            let read = read
                .or_else(|error| codec::decode(format!("[{json}]").as_bytes()).map_err(|_| error));
            match read {
                Ok(value) => return Ok(value),
                Err(error) if matches!(json.as_bytes().first(), Some(b'{' | b'[')) => {
                    return Err(error.message().to_owned());
                }
                Err(_) => {}
            }
        }
        let text = self.plain_or_reason()?;
        let json = value_of(V::blank().slot(), &text).to_string();
        codec::decode(json.as_bytes()).map_err(|error| error.message().to_owned())
    }

    /// The text of a plain value.
    pub(super) fn plain_or_reason(self) -> Result<Cow<'a, str>, String> {
        match self {
            Value::Text(text) => Ok(text),
            Value::Json(json) => match json.as_bytes().first() {
                Some(b'"') => Cursor::new(json)
                    .text()
                    .map_err(|_| "it is no JSON".to_owned()),
                Some(b'{' | b'[') => Err("an object or a list is no text".to_owned()),
                _ => Ok(json.into()),
            },
        }
    }
}

/// Why a link cannot be followed. It never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkError {
    pub(super) link: &'static str,
    pub(super) reason: String,
}

impl LinkError {
    /// The name of the link in the document.
    pub fn link(&self) -> &'static str {
        self.link
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the link `{}` cannot be followed: {}",
            self.link, self.reason
        )
    }
}

impl std::error::Error for LinkError {}

/// What is said of a body that has nothing at a path.
pub(super) fn nothing(of: &str, path: Path) -> String {
    match path {
        [] => format!("the body of the {of} was not kept"),
        path => format!("the body of the {of} has nothing at `/{}`", path.join("/")),
    }
}

/// The lines of a header as one.
pub(super) fn in_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Value<'a>> {
    let mut lines = headers.get_all(name).iter().map(|line| line.to_str());
    let first = lines.next()?.ok()?;
    let rest: Vec<&str> = lines.collect::<Result<_, _>>().ok()?;
    Some(Value::Text(match rest.as_slice() {
        [] => first.into(),
        rest => format!("{first},{}", rest.join(",")).into(),
    }))
}

/// What stands in a body: of JSON, of a form, or the whole of a text.
pub(super) fn in_body<'a>(
    body: Option<&'a Bytes>,
    headers: &HeaderMap,
    path: Path,
) -> Option<Value<'a>> {
    let text = std::str::from_utf8(body?).ok()?;
    let media_type = headers.get(CONTENT_TYPE);
    let media_type = media_type.map_or("application/json", |value| value.to_str().unwrap_or(""));
    if media_type.starts_with("application/x-www-form-urlencoded") {
        return in_form(text, path);
    }
    if path.is_empty() && !is_json(media_type) {
        return Some(Value::Text(text.into()));
    }
    in_json(text, path).map(Value::Json)
}

fn in_form<'a>(text: &'a str, path: Path) -> Option<Value<'a>> {
    let [name] = path else { return None };
    let plain = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| plain(key) == *name)?;
    Some(Value::Text(plain(value).into()))
}

/// The JSON at a path, unless it is null.
fn in_json(text: &str, path: Path) -> Option<&str> {
    let mut cursor = Cursor::new(text);
    for name in path {
        match cursor.peek() {
            b'{' => find_key(&mut cursor, name)?,
            b'[' => find_item(&mut cursor, name.parse().ok()?)?,
            _ => return None,
        }
    }
    let is_null = cursor.peek() == b'n';
    let start = cursor;
    cursor.skip().ok()?;
    (!is_null).then(|| cursor.text_since(start))
}

fn find_key(cursor: &mut Cursor<'_>, name: &str) -> Option<()> {
    cursor.eat(b'{').ok()?;
    let mut is_first = true;
    while cursor.next_key(is_first).ok()?? != name {
        cursor.skip().ok()?;
        is_first = false;
    }
    Some(())
}

fn find_item(cursor: &mut Cursor<'_>, index: usize) -> Option<()> {
    cursor.eat(b'[').ok()?;
    for place in 0.. {
        if !cursor.next_item(place == 0).ok()? {
            return None;
        }
        if place == index {
            return Some(());
        }
        cursor.skip().ok()?;
    }
    None
}
