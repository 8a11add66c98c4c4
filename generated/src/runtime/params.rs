//! Spells values as parameters: in paths, queries, headers and cookies (OpenAPI 3.0, "Style Values"; RFC 6570).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::codec::{Encode, View};
use super::form::{add_json, json_text};
use super::parts::{Parts, parts};

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
    /// The text of its JSON is the whole query, without a name.
    Whole,
    /// Its text is the whole query, without a name.
    WholeText,
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

/// How the characters of a text are spelled.
pub(super) type Spell<'a> = &'a dyn Fn(Cow<'_, str>) -> String;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What cannot stand in a query even where reserved characters may: what is reserved and would end a pair or the query,
/// or be taken for a space, and what no URL has.
const ILLEGAL_IN_PAIR: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The same for a segment of a path, which ends where one of these characters stands, but for a plus, which is no space
/// there, and an ampersand (OpenAPI 3.2, "Path Templating").
const ILLEGAL_IN_SEGMENT: &AsciiSet = &ILLEGAL_IN_PAIR
    .remove(b'&')
    .remove(b'+')
    .add(b'/')
    .add(b'?');

/// The same for a cookie, where a comma is not legal and a semicolon would end it (RFC 6265, section 4.1.1).
const ILLEGAL_IN_COOKIE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Why a value has no spelling as a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unspellable(pub &'static str);

const NESTED: Unspellable =
    Unspellable("it holds a list or an object where only a plain value can stand");
const TOO_DEEP: Unspellable = Unspellable("it is nested too deeply");

/// Deeper values are refused, for they could only come from a mistake.
const MAX_DEPTH: usize = 64;

/// The text of a value in a path, percent-encoded; empty if the value is, even where a mark would stand before it.
pub fn path_text(
    name: &str,
    value: &dyn Encode,
    style: PathStyle,
    spell: Spell<'_>,
) -> Result<String, Unspellable> {
    let view = value.view();
    let encoded_name = encoded(Cow::Borrowed(name));
    let label = |texts: Vec<String>, separator: &str| match texts.as_slice() {
        [] => String::new(),
        texts => format!(".{}", texts.join(separator)),
    };
    match style {
        PathStyle::Json => Ok(encoded(json_text(view)?.into())),
        PathStyle::Simple => Ok(texts(view, ",", spell)?.join(",")),
        PathStyle::SimpleExplode => Ok(texts(view, "=", spell)?.join(",")),
        PathStyle::Label => Ok(label(texts(view, ",", spell)?, ",")),
        PathStyle::LabelExplode => Ok(label(texts(view, "=", spell)?, ".")),
        PathStyle::Matrix => Ok(match texts(view, ",", spell)?.as_slice() {
            [] => String::new(),
            texts => matrix_pair(&encoded_name, &texts.join(",")),
        }),
        PathStyle::MatrixExplode => Ok(pairs(&encoded_name, view, spell)?
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

/// Adds a parameter to a query.
pub fn add_query(
    query: &mut String,
    name: &str,
    value: &dyn Encode,
    style: QueryStyle,
    spell: Spell<'_>,
) -> Result<(), Unspellable> {
    let view = value.view();
    let separator = match style {
        QueryStyle::Json => return add_json(query, name, view),
        QueryStyle::Whole if matches!(view, View::Absent) => return Ok(()),
        QueryStyle::Whole => {
            query.push_str(&encoded(json_text(view)?.into()));
            return Ok(());
        }
        QueryStyle::WholeText => {
            query.push_str(&plain(view, &encoded)?);
            return Ok(());
        }
        QueryStyle::DeepObject => return add_deep(query, name, view, spell, 0),
        QueryStyle::FormExplode => return add_exploded(query, name, view, spell),
        QueryStyle::Form => ",",
        QueryStyle::SpaceDelimited => "%20",
        QueryStyle::PipeDelimited => "%7C",
    };
    if !matches!(view, View::Absent) {
        add_pair(query, name, &texts(view, separator, spell)?.join(separator));
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

/// A text with its reserved characters and what is percent-encoded already (RFC 6570, section 3.2.3), but for those that
/// would end a pair of a query or of a form.
pub(super) fn reserved(text: Cow<'_, str>) -> String {
    reserved_but(&text, ILLEGAL_IN_PAIR)
}

/// The same for a segment of a path.
pub(super) fn reserved_in_path(text: Cow<'_, str>) -> String {
    reserved_but(&text, ILLEGAL_IN_SEGMENT)
}

/// The same for a cookie.
pub(super) fn reserved_in_cookie(text: Cow<'_, str>) -> String {
    reserved_but(&text, ILLEGAL_IN_COOKIE)
}

fn reserved_but(text: &str, illegal: &'static AsciiSet) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        spelled.extend(utf8_percent_encode(before, illegal));
        let mut digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit);
        let is_triple = digits.next().is_some() && digits.next().is_some();
        spelled.push_str(if is_triple { "%" } else { "%25" });
        rest = after;
    }
    spelled.extend(utf8_percent_encode(rest, illegal));
    spelled
}

fn add_exploded(
    query: &mut String,
    name: &str,
    view: View<'_>,
    spell: Spell<'_>,
) -> Result<(), Unspellable> {
    match parts(view) {
        Parts::None => {}
        Parts::Plain(text) => add_pair(query, name, &spell(text)),
        Parts::Items(items) => {
            for text in plain_texts(items, spell).ok_or(NESTED)? {
                add_pair(query, name, &text);
            }
        }
        Parts::Entries(entries) => {
            for (key, view) in entries {
                match parts(view) {
                    // A list in an object has no defined spelling; each item gets the key, as a list of its own would.
                    Parts::Items(_) | Parts::Plain(_) | Parts::None => {
                        add_exploded(query, &key, view, spell)?;
                    }
                    Parts::Entries(_) => add_deep(query, &key, view, spell, 0)?,
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
    spell: Spell<'_>,
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
        Parts::Plain(text) => add_pair(query, name, &spell(text)),
        Parts::Items(items) => {
            for (index, item) in items.into_iter().enumerate() {
                add_deep(query, &format!("{name}[{index}]"), item, spell, depth + 1)?;
            }
        }
        Parts::Entries(entries) => {
            for (key, view) in entries {
                add_deep(query, &format!("{name}[{key}]"), view, spell, depth + 1)?;
            }
        }
    }
    Ok(())
}

/// The items, spelled, if they are all plain; null is an empty text.
pub(super) fn plain_texts(items: Vec<View<'_>>, spell: Spell<'_>) -> Option<Vec<String>> {
    items
        .into_iter()
        .map(|item| match parts(item) {
            Parts::Plain(text) => Some(spell(text)),
            Parts::None => Some(String::new()),
            Parts::Items(_) | Parts::Entries(_) => None,
        })
        .collect()
}

/// The parts of a value, which is one part if it is plain. `mark` stands between the key and the value of an object.
pub(super) fn texts(
    view: View<'_>,
    mark: &str,
    spell: Spell<'_>,
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

/// The pairs of an exploded value, spelled: items have the name, which is legal already, members have their keys.
pub(super) fn pairs(
    name: &str,
    view: View<'_>,
    spell: Spell<'_>,
) -> Result<Vec<(String, String)>, Unspellable> {
    let pair = |name: String, view| Ok((name, plain(view, spell)?));
    match parts(view) {
        Parts::None => Ok(Vec::new()),
        Parts::Plain(text) => Ok(vec![(name.to_owned(), spell(text))]),
        Parts::Items(items) => items
            .into_iter()
            .map(|item| pair(name.to_owned(), item))
            .collect(),
        Parts::Entries(entries) => entries
            .into_iter()
            .map(|(key, view)| pair(spell(key), view))
            .collect(),
    }
}

/// A value without parts; null is an empty text.
fn plain(view: View<'_>, spell: Spell<'_>) -> Result<String, Unspellable> {
    match parts(view) {
        Parts::Plain(text) => Ok(spell(text)),
        Parts::None => Ok(String::new()),
        Parts::Items(_) | Parts::Entries(_) => Err(NESTED),
    }
}
