//! How an operation hands out what it has in pages, and what of an answer leads to the next page. It looks at the bytes
//! of an answer, so it is the same for every operation.

use std::fmt;
use std::str::FromStr;

use http::HeaderMap;
use http::header::LINK;

use super::json::{Cursor, Number};

/// Names of properties, one inside the other. An empty one is the whole.
pub type Path = &'static [&'static str];

/// How an operation hands out what it has in pages.
#[derive(Debug)]
pub struct Paging {
    /// Where the items are in the body of an answer.
    pub items: Path,
    /// What leads from a page to the next one.
    pub next: Next,
}

/// What leads from a page to the next one.
#[derive(Debug)]
pub enum Next {
    /// A token in the body of the answer.
    Token {
        /// Where it is.
        from: Path,
        /// Where the next request has it.
        to: Target,
        /// The property that says whether there are more pages, if one does.
        more: Option<Path>,
    },
    /// A property of the last item.
    LastItem {
        /// Where it is in the item.
        from: Path,
        /// Where the next request has it.
        to: Target,
        /// The property of the body that says whether there are more pages, if one does.
        more: Option<Path>,
    },
    /// The number of the first item of the page.
    Offset {
        /// Where the request has it.
        to: Target,
        /// The number of the first item of all, usually 0.
        first: u64,
        /// What says that there are no more.
        end: End,
    },
    /// The number of the page.
    Page {
        /// Where the request has it.
        to: Target,
        /// The number of the first page.
        first: u64,
        /// What says that there are no more.
        end: End,
    },
    /// A URL in the body of the answer.
    Url(Path),
    /// A header of the answer.
    Header {
        /// Its name.
        from: &'static str,
        /// Where the next request has what it says; `None` if that is the URL of the next page.
        to: Option<Target>,
    },
    /// The URL with the relation `next` in the header `Link` (RFC 8288).
    Link,
}

/// Where a request says which page it asks for.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// In this query parameter.
    Query(&'static str),
    /// In this property of the body, which is JSON.
    Body(Path),
}

/// What says that there are no more pages. A page without items is the last one in any case.
#[derive(Debug)]
pub enum End {
    /// Nothing else does.
    Empty,
    /// This property is `false`.
    Flag(Path),
    /// This property is missing, null or empty.
    Missing(Path),
    /// This property is the number of all items.
    Items(Path),
    /// This property is the number of all pages.
    Pages(Path),
}

/// A place in a listing, to go on from later: its text can be kept, and parsed again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Position {
    /// What the request for the page says; `None` for the page that it asks for by itself.
    pub(super) page: Option<String>,
    /// How many items of the page have been taken already.
    pub(super) taken: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Some(page) => write!(f, "{}:{page}", self.taken),
            None => write!(f, "{}", self.taken),
        }
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        let (taken, page) = match text.split_once(':') {
            Some((taken, page)) => (taken, Some(page.to_owned())),
            None => (text, None),
        };
        let taken = taken.parse().map_err(|_| PositionError)?;
        Ok(Position { page, taken })
    }
}

/// A text that is no [`Position`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionError;

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is no position in a listing")
    }
}

impl std::error::Error for PositionError {}

/// What asks for the page after this answer; `None` if it is the last one. `current` is what asked for this one.
pub(super) fn advance(
    paging: &Paging,
    current: Option<&str>,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    match &paging.next {
        Next::Token { from, more, .. } => {
            let goes_on = more.is_none_or(|more| is_true(text, more));
            scalar(text, from).filter(|_| goes_on)
        }
        Next::LastItem { from, more, .. } => {
            let goes_on = more.is_none_or(|more| is_true(text, more));
            let (last, _) = items(text, paging.items)?;
            scalar(last?, from).filter(|_| goes_on)
        }
        Next::Offset { first, end, .. } => {
            let (_, count) = items(text, paging.items)?;
            let here: u64 = current.map_or(Ok(*first), str::parse).ok()?;
            let next = here.checked_add(count)?;
            goes_on(text, end, count, next.saturating_sub(*first), 0).then(|| next.to_string())
        }
        Next::Page { first, end, .. } => {
            let (_, count) = items(text, paging.items)?;
            let here: u64 = current.map_or(Ok(*first), str::parse).ok()?;
            let done = here.saturating_sub(*first).saturating_add(1);
            let next = here.checked_add(1)?;
            goes_on(text, end, count, 0, done).then(|| next.to_string())
        }
        Next::Url(from) => scalar(text, from),
        Next::Header { from, .. } => {
            let value = std::str::from_utf8(headers.get(*from)?.as_bytes())
                .ok()?
                .trim();
            (!value.is_empty()).then(|| value.to_owned())
        }
        Next::Link => linked(headers),
    }
}

/// Whether there are pages after one with so many items; `items` and `pages` are how many there have been.
fn goes_on(text: &str, end: &End, count: u64, items: u64, pages: u64) -> bool {
    let below = |path, done| {
        let total = scalar(text, path).and_then(|total| total.parse::<u64>().ok());
        total.is_none_or(|total| done < total)
    };
    count > 0
        && match end {
            End::Empty => true,
            End::Flag(path) => is_true(text, path),
            End::Missing(path) => scalar(text, path).is_some() || is_object(text, path),
            // An API that counts pages does not say how many items there have been.
            End::Items(path) => items == 0 || below(path, items),
            End::Pages(path) => below(path, pages),
        }
}

/// The value at a path.
fn find<'j>(text: &'j str, path: &[&str]) -> Option<Cursor<'j>> {
    let mut cursor = Cursor::new(text);
    for name in path {
        cursor.eat(b'{').ok()?;
        let mut is_first = true;
        loop {
            let key = cursor.next_key(is_first).ok()??;
            if key == *name {
                break;
            }
            cursor.skip().ok()?;
            is_first = false;
        }
    }
    Some(cursor)
}

/// The text or the number at a path, as the next request spells it; `None` for a text without characters too.
fn scalar(text: &str, path: &[&str]) -> Option<String> {
    let mut cursor = find(text, path)?;
    match cursor.peek() {
        b'"' => {
            let text = cursor.text().ok()?.into_owned();
            (!text.is_empty()).then_some(text)
        }
        b'-' | b'0'..=b'9' => Some(match cursor.number().ok()? {
            Number::Integer(number) => number.to_string(),
            Number::Other(number) => number.to_owned(),
        }),
        _ => None,
    }
}

fn is_object(text: &str, path: &[&str]) -> bool {
    find(text, path).is_some_and(|mut cursor| cursor.peek() == b'{')
}

fn is_true(text: &str, path: &[&str]) -> bool {
    find(text, path).is_some_and(|mut cursor| cursor.peek() == b't')
}

/// The last item of the array at a path, and how many there are; none where the array is missing or null.
fn items<'j>(text: &'j str, path: &[&str]) -> Option<(Option<&'j str>, u64)> {
    let Some(mut cursor) = find(text, path) else {
        return Some((None, 0));
    };
    let (mut last, mut count) = (None, 0);
    if cursor.eat(b'[').is_err() {
        return Some((None, 0));
    }
    while cursor.next_item(count == 0).ok()? {
        let start = cursor;
        cursor.skip().ok()?;
        last = Some(cursor.text_since(start));
        count += 1;
    }
    Some((last, count))
}

/// The target of the link with the relation `next` (RFC 8288, section 3).
fn linked(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    // Titles need not be ASCII.
    let mut values = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    values.find_map(next_link)
}

fn next_link(mut links: &str) -> Option<String> {
    while let Some((target, rest)) = links.split_once('<').and_then(|it| it.1.split_once('>')) {
        let (parameters, others) = cut(rest, ',');
        if is_next(parameters) {
            return Some(target.to_owned());
        }
        links = others;
    }
    None
}

/// Whether a link leads from this page to the next one. Of several relations the first counts, which may have several
/// names; with an anchor it is a link of something else.
fn is_next(mut parameters: &str) -> bool {
    let mut relation = None;
    while !parameters.is_empty() {
        let (parameter, others) = cut(parameters, ';');
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "anchor" => return false,
            "rel" => relation = relation.or(Some(value.trim().trim_matches('"'))),
            _ => {}
        }
        parameters = others;
    }
    let mut names = relation.unwrap_or_default().split_ascii_whitespace();
    names.any(|name| name.eq_ignore_ascii_case("next"))
}

/// What stands before and after the first such mark that is in no quotes.
fn cut(text: &str, mark: char) -> (&str, &str) {
    let (mut in_quotes, mut is_escaped) = (false, false);
    let found = text.char_indices().find(|(_, c)| {
        let counts = !std::mem::take(&mut is_escaped);
        is_escaped = counts && in_quotes && *c == '\\';
        in_quotes ^= counts && *c == '"';
        !in_quotes && *c == mark
    });
    let (before, after) = text.split_at(found.map_or(text.len(), |(at, _)| at));
    (before, after.strip_prefix(mark).unwrap_or_default())
}
