//! The vocabulary of pagination. All words are as [`plain`](crate::model::plain) makes them: lower case, letters and
//! digits alone.

/// Parameters that take a token, the clearest first.
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "pagetoken",
    "nextpagetoken",
    "paginationtoken",
    "nexttoken",
    "nextcursor",
    "pagecursor",
    "startcursor",
    "aftercursor",
    "cursorafter",
    "continuationtoken",
    "continuation",
    "continuetoken",
    "continue",
    "marker",
    "nextmarker",
    "scrollid",
    "pagestate",
    "pageafter",
    "exclusivestartkey",
    "startkey",
    "startingtoken",
    "bookmark",
    "startingafter",
    "afterid",
    "after",
    "nextpage",
    "pageid",
    "page",
    "offset",
    "start",
    "position",
    "until",
];

/// What a property of an answer must be called for a parameter whose word means other things as well.
pub(super) const TIES: &[(&str, &[&str])] = &[
    ("page", &["nextpage", "nextpagetoken", "nextcursor"]),
    ("offset", &["nextoffset", "nextpagetoken"]),
    ("start", &["nextstart"]),
    ("position", &["nextposition"]),
    ("until", &["next"]),
    ("startingafter", &["lastid", "nextcursor"]),
    ("afterid", &["lastid"]),
    (
        "after",
        &["endcursor", "lastid", "nextcursor", "after", "nextafter"],
    ),
];

/// Properties of answers that hold the token of the next page, the clearest first.
pub(super) const TOKENS: &[&str] = &[
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextcontinuationtoken",
    "continuationtoken",
    "continuation",
    "continue",
    "endcursor",
    "nextpage",
    "nextpageid",
    "nextkey",
    "nextid",
    "next",
    "lastevaluatedkey",
    "cursor",
    "paginationtoken",
    "pagetoken",
    "scrollid",
    "bookmark",
];

/// Parameters that number pages.
pub(super) const PAGES: &[&str] = &[
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "p",
];

/// Parameters that count items.
pub(super) const OFFSETS: &[&str] = &[
    "offset",
    "skip",
    "startindex",
    "startat",
    "startposition",
    "pageoffset",
    "startoffset",
    "firstresult",
    "firstindex",
];

/// Parameters that count items if another one says how many a page has.
pub(super) const VAGUE_OFFSETS: &[&str] = &["start", "from", "position", "begin", "first"];

/// Parameters that say how many items a page has.
pub(super) const SIZES: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "size",
    "count",
    "maxresults",
    "pagelimit",
    "max",
    "take",
    "top",
    "rows",
    "maxitems",
    "results",
    "resultsperpage",
    "itemsperpage",
    "maxpagesize",
];

/// Properties that say whether there are more pages.
pub(super) const FLAGS: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "morepages",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "moreavailable",
    "moreresults",
    "istruncated",
    "truncated",
    "more",
];

/// Properties that say how many pages there are.
pub(super) const TOTAL_PAGES: &[&str] = &[
    "totalpages",
    "pagecount",
    "lastpage",
    "numpages",
    "pagestotal",
    "totalpagecount",
    "pages",
];

/// Properties that say how many items there are.
pub(super) const TOTAL_ITEMS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalrecords",
    "totalelements",
    "totalsize",
    "totalsetsize",
    "totalhits",
    "recordcount",
];

/// Properties that hold the URL of the next page, whatever they say of themselves.
pub(super) const URLS: &[&str] = &[
    "nexturl",
    "nextlink",
    "nexthref",
    "nexturi",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "odatanextlink",
    "nextrecordsurl",
];

/// Properties that hold what is said of a page rather than what is on it.
pub(super) const META: &[&str] = &[
    "meta",
    "metadata",
    "responsemetadata",
    "resultinfo",
    "pagination",
    "paginationinfo",
    "paging",
    "pageinfo",
    "page",
    "pages",
    "pager",
    "links",
    "link",
    "cursor",
    "cursors",
    "next",
    "nextpage",
    "result",
    "response",
    "listmetadata",
    "resultset",
];

/// Properties that hold the whole answer once more.
pub(super) const WRAPPERS: &[&str] = &[
    "data", "result", "results", "response", "body", "payload", "embedded",
];

/// Properties that hold the items, the clearest first.
pub(super) const ITEMS: &[&str] = &[
    "data",
    "items",
    "results",
    "records",
    "values",
    "value",
    "entries",
    "elements",
    "objects",
    "resources",
    "nodes",
    "rows",
    "list",
    "content",
    "hits",
    "result",
];

/// Lists that stand beside the items.
pub(super) const BESIDE: &[&str] = &[
    "errors",
    "warnings",
    "messages",
    "links",
    "included",
    "includes",
    "facets",
    "aggregations",
    "sort",
    "order",
    "filters",
    "columns",
    "fields",
    "tags",
];

/// Words of paths that take a POST for a question.
pub(super) const SEARCHES: &[&str] = &["search", "query", "list", "find", "filter"];
