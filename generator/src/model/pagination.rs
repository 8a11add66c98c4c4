//! How operations hand out what they have in pages.

use super::{Type, WireName};

/// How an operation hands out what it has in pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// How this is known.
    pub source: PaginationSource,
    /// Where the items are in the body of an answer: names of properties, one inside the other; none if it is the list.
    pub items: Vec<WireName>,
    /// The type of an item.
    pub item: Type,
    /// The type of the body of an answer.
    pub page: Type,
    /// What leads from a page to the next one.
    pub advance: Advance,
}

/// How it is known that an operation hands out pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaginationSource {
    /// From the names of its parameters and of what it answers.
    Inferred,
    /// The document says so, in `x-specwright-pagination`.
    Declared,
    /// The configuration of the project says so.
    Configured,
}

/// What leads from a page to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advance {
    /// A token in the body of an answer, which the next request sends.
    Cursor {
        /// Where the request has it.
        to: PagePlace,
        /// Where the answer has it.
        from: Vec<WireName>,
        /// The property of the answer that says whether there are more pages.
        more: Option<Vec<WireName>>,
    },
    /// A property of the last item of a page, which the next request sends.
    LastItem {
        /// Where the request has it.
        to: PagePlace,
        /// Where the item has it.
        from: Vec<WireName>,
        /// The property of the answer that says whether there are more pages.
        more: Option<Vec<WireName>>,
    },
    /// The number of the first item of the page.
    Offset {
        /// Where the request has it.
        to: PagePlace,
        /// The number of the first item of all; by 0 it is the number of items that come before the page.
        first: u64,
        /// What says that there are no more.
        end: PageEnd,
    },
    /// The number of the page.
    Page {
        /// Where the request has it.
        to: PagePlace,
        /// The number of the first page.
        first: u64,
        /// What says that there are no more.
        end: PageEnd,
    },
    /// The URL of the next page in the body of an answer.
    Url {
        /// Where it is.
        from: Vec<WireName>,
    },
    /// A header of the answer: a token that the next request sends, or else the URL of the next page.
    Header {
        /// Where the request has the token; `None` for a URL.
        to: Option<PagePlace>,
        /// The name of the header.
        from: WireName,
    },
    /// The URL of the next page in the header `Link`.
    Link,
}

/// Where a request says which page it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagePlace {
    /// In this query parameter.
    Query(WireName),
    /// In this property of the body.
    Body(Vec<WireName>),
}

/// What of an answer says that there are no more pages, beside a page without items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageEnd {
    /// Nothing does.
    Empty,
    /// This property is `false`.
    Flag(Vec<WireName>),
    /// This property is missing, null or empty.
    Missing(Vec<WireName>),
    /// This property is the number of all items.
    Items(Vec<WireName>),
    /// This property is the number of all pages.
    Pages(Vec<WireName>),
}

impl Advance {
    /// The name of the kind, as the configuration spells it.
    pub fn kind(&self) -> &'static str {
        match self {
            Advance::Cursor { .. } | Advance::Header { to: Some(_), .. } => "cursor",
            Advance::LastItem { .. } => "last-item",
            Advance::Offset { .. } => "offset",
            Advance::Page { .. } => "page",
            Advance::Url { .. } | Advance::Header { to: None, .. } => "next-url",
            Advance::Link => "link",
        }
    }

    /// Where the request says which page it asks for; a URL of the server says it by itself.
    pub fn place(&self) -> Option<&PagePlace> {
        match self {
            Advance::Cursor { to, .. }
            | Advance::LastItem { to, .. }
            | Advance::Offset { to, .. }
            | Advance::Page { to, .. } => Some(to),
            Advance::Header { to, .. } => to.as_ref(),
            Advance::Url { .. } | Advance::Link => None,
        }
    }
}

/// A name without what different conventions of spelling differ in: `nextPageToken`, `next_page_token` and
/// `next-page-token` are the same, as are `page[size]` and `pageSize`. The vocabulary of pagination is spelled so.
pub fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}
