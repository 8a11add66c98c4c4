//! HTML in prose: the tags that only format are dropped or become Markdown; all else is text.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, entities and all.
    Text(&'a str),
    /// A tag that starts or ends a block.
    Block,
    /// A line break.
    Break,
    /// The start of an item.
    ItemStart,
    /// The end of an item.
    ItemEnd,
    /// The start of a link, with its address.
    LinkStart(&'a str),
    /// The end of a link.
    LinkEnd,
    /// The start of code.
    CodeStart,
    /// The end of code.
    CodeEnd,
    /// A tag whose only effect is a look.
    Nothing,
}

/// Cuts HTML into pieces. Tags that are not known to format are text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let tag = rest.find('<').and_then(|start| {
            let end = start + rest.get(start..)?.find('>')? + 1;
            Some((start, end))
        });
        let Some((start, end)) = tag else {
            found.push(Piece::Text(rest));
            break;
        };
        let (before, tag) = (
            rest.get(..start).unwrap_or(""),
            rest.get(start..end).unwrap_or(""),
        );
        if !before.is_empty() {
            found.push(Piece::Text(before));
        }
        found.push(piece_of_tag(tag));
        rest = rest.get(end..).unwrap_or("");
    }
    found
}

fn piece_of_tag(tag: &str) -> Piece<'_> {
    let inner = tag
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim_end_matches('/');
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name = inner
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    match (name.as_str(), closing) {
        ("br" | "hr", _) => Piece::Break,
        (
            "p" | "div" | "ul" | "ol" | "table" | "tbody" | "thead" | "tr" | "blockquote" | "pre"
            | "dl" | "section" | "details" | "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            // Of the XML that the documents of AWS and of .NET are made from.
            | "note" | "important" | "caution" | "para",
            _,
        ) => Piece::Block,
        ("li" | "dt" | "dd", false) => Piece::ItemStart,
        ("li" | "dt" | "dd", true) => Piece::ItemEnd,
        ("code" | "tt" | "kbd", false) => Piece::CodeStart,
        ("code" | "tt" | "kbd", true) => Piece::CodeEnd,
        (
            "b" | "strong" | "i" | "em" | "u" | "span" | "small" | "sup" | "sub" | "td" | "th"
            | "font" | "center",
            _,
        ) => Piece::Nothing,
        ("a", true) => Piece::LinkEnd,
        ("a", false) => attribute(inner, "href").map_or(Piece::Nothing, Piece::LinkStart),
        _ => Piece::Text(tag),
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!("{name}="))? + name.len() + 1;
    let rest = tag.get(start..)?;
    match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
        _ => rest.split(char::is_whitespace).next(),
    }
}

/// Whether a fence may carry the language: known to rustdoc as none that it would compile.
pub(super) fn is_known_language(language: &str) -> bool {
    matches!(
        language,
        "text"
            | "json"
            | "yaml"
            | "xml"
            | "html"
            | "http"
            | "bash"
            | "sh"
            | "shell"
            | "console"
            | "python"
            | "javascript"
            | "typescript"
            | "go"
            | "java"
            | "kotlin"
            | "ruby"
            | "php"
            | "csharp"
            | "sql"
            | "toml"
            | "csv"
            | "graphql"
            | "protobuf"
            | "css"
    )
}
