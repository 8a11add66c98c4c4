//! Spells values as parameters: in paths, queries, headers and cookies (OpenAPI 3.0, "Style Values"; RFC 6570).

use std::borrow::Cow;

use http::header::{COOKIE, InvalidHeaderValue};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::codec::{Encode, FieldSpec, Json, View};
use super::form::{add_json, json_text};
use super::write::{Formatted, added_tag};

/// How a value is spelled in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`, and `k,v` for an object.
    Simple,
    /// `a,b`, and `k=v` for an object.
    SimpleExplode,
    /// `.a,b`, and `.k,v` for an object.
    Label,
    /// `.a.b`, and `.k=v` for an object.
    LabelExplode,
    /// `;name=a,b`, and `;name=k,v` for an object.
    Matrix,
    /// `;name=a;name=b`, and `;k=v` for an object.
    MatrixExplode,
    /// The text of its JSON.
    Json,
}

/// How a value is spelled in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a,b`, and `name=k,v` for an object.
    Form,
    /// `name=a&name=b`, and `k=v` for an object.
    FormExplode,
    /// `name=a%20b`, and `name=k%20v` for an object.
    SpaceDelimited,
    /// `name=a%7Cb`, and `name=k%7Cv` for an object.
    PipeDelimited,
    /// `name[k]=v`, nested and in lists too: `name[0][k]=v`.
    DeepObject,
    /// The text of its JSON.
    Json,
}

/// How a value is spelled in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`, and `k,v` for an object.
    Simple,
    /// `a,b`, and `k=v` for an object.
    SimpleExplode,
    /// The text of its JSON.
    Json,
}

/// How a value is spelled in a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`, and `name=k,v` for an object.
    Form,
    /// `name=a; name=b`, and `k=v` for an object.
    FormExplode,
    /// The text of its JSON.
    Json,
}

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Why a value has no spelling as a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unspellable(pub &'static str);

const NESTED: Unspellable =
    Unspellable("it holds a list or an object where only a plain value can stand");
const TOO_DEEP: Unspellable = Unspellable("it is nested too deeply");

/// Deeper values are refused, for they could only come from a mistake.
const MAX_DEPTH: usize = 64;

/// The text of a value in a path, percent-encoded; empty if the value is, even where a mark would stand before it.
pub fn path_text(name: &str, value: &dyn Encode, style: PathStyle) -> Result<String, Unspellable> {
    let view = value.view();
    let encoded_name = encoded(Cow::Borrowed(name));
    let label = |texts: Vec<String>, separator: &str| match texts.as_slice() {
        [] => String::new(),
        texts => format!(".{}", texts.join(separator)),
    };
    match style {
        PathStyle::Json => Ok(encoded(json_text(view)?.into())),
        PathStyle::Simple => Ok(texts(view, ",", &encoded)?.join(",")),
        PathStyle::SimpleExplode => Ok(texts(view, "=", &encoded)?.join(",")),
        PathStyle::Label => Ok(label(texts(view, ",", &encoded)?, ",")),
        PathStyle::LabelExplode => Ok(label(texts(view, "=", &encoded)?, ".")),
        PathStyle::Matrix => Ok(match texts(view, ",", &encoded)?.as_slice() {
            [] => String::new(),
            texts => matrix_pair(&encoded_name, &texts.join(",")),
        }),
        PathStyle::MatrixExplode => Ok(pairs(&encoded_name, view)?
            .iter()
            .map(|(name, text)| matrix_pair(name, text))
            .collect()),
    }
}

/// RFC 6570, section 3.2.7: nothing is said of an empty value but its name.
fn matrix_pair(name: &str, text: &str) -> String {
    let mark = if text.is_empty() { "" } else { "=" };
    format!(";{name}{mark}{text}")
}

/// The text of a value in a header.
pub fn header_text(value: &dyn Encode, style: HeaderStyle) -> Result<String, Unspellable> {
    let mark = match style {
        HeaderStyle::Json => return json_text(value.view()),
        HeaderStyle::Simple => ",",
        HeaderStyle::SimpleExplode => "=",
    };
    Ok(texts(value.view(), mark, &|text| text.into_owned())?.join(","))
}

/// The text of a value in the header `Cookie`, percent-encoded, for a semicolon or a comma would end it. Cookies stand
/// apart by `; `, also where the style would have `&` (RFC 6265, section 4.2.1).
pub fn cookie_text(
    name: &str,
    value: &dyn Encode,
    style: CookieStyle,
) -> Result<String, Unspellable> {
    let view = value.view();
    match style {
        _ if matches!(view, View::Absent) => Ok(String::new()),
        CookieStyle::Json => Ok(format!("{name}={}", encoded(json_text(view)?.into()))),
        CookieStyle::Form => {
            let text = texts(view, ",", &encoded)?.join(",");
            Ok(format!("{name}={text}"))
        }
        CookieStyle::FormExplode => {
            let cookies = pairs(name, view)?;
            let cookies: Vec<String> = cookies
                .iter()
                .map(|(name, text)| format!("{name}={text}"))
                .collect();
            Ok(cookies.join("; "))
        }
    }
}

/// Adds cookies to those of a request, all of which stand in one header. It is sensitive if any of them is.
pub fn add_cookies(
    headers: &mut HeaderMap,
    cookies: &str,
    is_sensitive: bool,
) -> Result<(), InvalidHeaderValue> {
    let before = headers.get(COOKIE);
    let was_sensitive = before.is_some_and(HeaderValue::is_sensitive);
    let mut value = match before.and_then(|cookies| cookies.to_str().ok()) {
        Some(before) => HeaderValue::try_from(format!("{before}; {cookies}"))?,
        None => HeaderValue::from_str(cookies)?,
    };
    value.set_sensitive(is_sensitive || was_sensitive);
    headers.insert(COOKIE, value);
    Ok(())
}

/// Adds a parameter to a query.
pub fn add_query(
    query: &mut String,
    name: &str,
    value: &dyn Encode,
    style: QueryStyle,
) -> Result<(), Unspellable> {
    let view = value.view();
    let separator = match style {
        QueryStyle::Json => return add_json(query, name, view),
        QueryStyle::DeepObject => return add_deep(query, name, view, 0),
        QueryStyle::FormExplode => return add_exploded(query, name, view),
        QueryStyle::Form => ",",
        QueryStyle::SpaceDelimited => "%20",
        QueryStyle::PipeDelimited => "%7C",
    };
    if !matches!(view, View::Absent) {
        add_pair(
            query,
            name,
            &texts(view, separator, &encoded)?.join(separator),
        );
    }
    Ok(())
}

/// Adds a name and a value to a query; the value is percent-encoded already.
pub fn add_pair(query: &mut String, name: &str, encoded_value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, RESERVED));
    query.push('=');
    query.push_str(encoded_value);
}

/// A text, percent-encoded.
pub fn encoded(text: Cow<'_, str>) -> String {
    utf8_percent_encode(&text, RESERVED).to_string()
}

fn add_exploded(query: &mut String, name: &str, view: View<'_>) -> Result<(), Unspellable> {
    match parts(view) {
        Parts::None => {}
        Parts::Plain(text) => add_pair(query, name, &encoded(text)),
        Parts::Items(items) => {
            for text in plain_texts(items).ok_or(NESTED)? {
                add_pair(query, name, &text);
            }
        }
        Parts::Entries(entries) => {
            for (key, view) in entries {
                match parts(view) {
                    // A list in an object has no defined spelling; each item gets the key, as a list of its own would.
                    Parts::Items(_) | Parts::Plain(_) | Parts::None => {
                        add_exploded(query, &key, view)?;
                    }
                    Parts::Entries(_) => add_deep(query, &key, view, 0)?,
                }
            }
        }
    }
    Ok(())
}

/// Adds a value with the keys of what is nested in brackets.
pub(super) fn add_deep(
    query: &mut String,
    name: &str,
    view: View<'_>,
    depth: usize,
) -> Result<(), Unspellable> {
    if depth > MAX_DEPTH {
        return Err(TOO_DEEP);
    }
    match parts(view) {
        Parts::None => {
            // What is absent is not sent; an explicit null is sent as nothing, which is how such a form clears a field.
            if !matches!(view, View::Absent) {
                add_pair(query, name, "");
            }
        }
        Parts::Plain(text) => add_pair(query, name, &encoded(text)),
        Parts::Items(items) => {
            for (index, item) in items.into_iter().enumerate() {
                add_deep(query, &format!("{name}[{index}]"), item, depth + 1)?;
            }
        }
        Parts::Entries(entries) => {
            for (key, view) in entries {
                add_deep(query, &format!("{name}[{key}]"), view, depth + 1)?;
            }
        }
    }
    Ok(())
}

/// The items, percent-encoded, if they are all plain; null is an empty text.
pub(super) fn plain_texts(items: Vec<View<'_>>) -> Option<Vec<String>> {
    items
        .into_iter()
        .map(|item| match parts(item) {
            Parts::Plain(text) => Some(encoded(text)),
            Parts::None => Some(String::new()),
            Parts::Items(_) | Parts::Entries(_) => None,
        })
        .collect()
}

/// The parts of a value, which is one part if it is plain. `mark` stands between the key and the value of an object.
fn texts(
    view: View<'_>,
    mark: &str,
    spell: &dyn Fn(Cow<'_, str>) -> String,
) -> Result<Vec<String>, Unspellable> {
    match parts(view) {
        Parts::Items(items) => items.into_iter().map(|item| plain(item, spell)).collect(),
        Parts::Entries(entries) => entries
            .into_iter()
            .map(|(key, view)| Ok(format!("{}{mark}{}", spell(key), plain(view, spell)?)))
            .collect(),
        Parts::Plain(_) | Parts::None => Ok(vec![plain(view, spell)?]),
    }
}

/// The pairs of an exploded value, percent-encoded: items have the name, which is legal already, members have their keys.
fn pairs(name: &str, view: View<'_>) -> Result<Vec<(String, String)>, Unspellable> {
    let pair = |name: String, view| Ok((name, plain(view, &encoded)?));
    match parts(view) {
        Parts::None => Ok(Vec::new()),
        Parts::Plain(text) => Ok(vec![(name.to_owned(), encoded(text))]),
        Parts::Items(items) => items
            .into_iter()
            .map(|item| pair(name.to_owned(), item))
            .collect(),
        Parts::Entries(entries) => entries
            .into_iter()
            .map(|(key, view)| pair(encoded(key), view))
            .collect(),
    }
}

/// A value without parts; null is an empty text.
fn plain(view: View<'_>, spell: &dyn Fn(Cow<'_, str>) -> String) -> Result<String, Unspellable> {
    match parts(view) {
        Parts::Plain(text) => Ok(spell(text)),
        Parts::None => Ok(String::new()),
        Parts::Items(_) | Parts::Entries(_) => Err(NESTED),
    }
}

/// A view as parameters see it: nothing, a text, a list or an object.
pub(super) enum Parts<'a> {
    None,
    Plain(Cow<'a, str>),
    Items(Vec<View<'a>>),
    Entries(Vec<(Cow<'a, str>, View<'a>)>),
}

/// The view as parameters see it.
pub(super) fn parts(view: View<'_>) -> Parts<'_> {
    match view {
        View::Absent | View::Null => Parts::None,
        View::Bool(value) => Parts::Plain(Cow::Borrowed(if value { "true" } else { "false" })),
        View::Int(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Uint(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Single(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Float(value) => Parts::Plain(Cow::Owned(value.to_string())),
        View::Text(text) | View::Secret(text) => Parts::Plain(Cow::Borrowed(text)),
        View::Format(value) => Parts::Plain(Cow::Owned(Formatted(value).to_string())),
        View::List(list) => Parts::Items(
            (0..list.count())
                .filter_map(|index| list.item(index))
                .collect(),
        ),
        View::Map(map) => Parts::Entries(
            map.entries()
                .map(|(key, value)| (Cow::Borrowed(key), value))
                .collect(),
        ),
        View::Record(record) => {
            let mut entries = Vec::new();
            for (index, field) in record.spec().fields.iter().enumerate() {
                match (record.field(index), field) {
                    (View::Absent, FieldSpec::Optional(_)) => {}
                    (view, field) => entries.push((Cow::Borrowed(field.name()), view)),
                }
            }
            if let Some(rest) = record.rest() {
                let rest = rest.entries();
                entries.extend(rest.map(|(key, value)| (Cow::Borrowed(key), value)));
            }
            Parts::Entries(entries)
        }
        View::Union(union) => match (added_tag(union), parts(union.value())) {
            (Some((tag, value)), Parts::Entries(mut entries)) => {
                entries.insert(0, (Cow::Borrowed(tag), View::Text(value)));
                Parts::Entries(entries)
            }
            (_, parts) => parts,
        },
        View::Json(value) => json_parts(value),
    }
}

fn json_parts(value: &Json) -> Parts<'_> {
    match value {
        Json::Null => Parts::None,
        Json::Bool(value) => parts(View::Bool(*value)),
        Json::Number(number) => Parts::Plain(Cow::Owned(number.to_string())),
        Json::String(text) => Parts::Plain(Cow::Borrowed(text)),
        Json::Array(items) => Parts::Items(items.iter().map(View::Json).collect()),
        Json::Object(entries) => Parts::Entries(
            entries
                .iter()
                .map(|(key, value)| (Cow::Borrowed(key.as_str()), View::Json(value)))
                .collect(),
        ),
    }
}
