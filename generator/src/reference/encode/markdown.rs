//! Contexts within Markdown, as GitHub, GitBook and CommonMark read it.

use super::prose::{self, LineContext};
use super::{is_invisible, table};
use crate::model::{Prose, WireName};
use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! contexts {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $name(String);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(&self.0)
                }
            }
        )+
    };
}

contexts! {
    /// Text within a line.
    Inline;
    /// The content of a cell of a table.
    Cell;
    /// Whole paragraphs, without a line break at the end.
    Block;
    /// A fenced block of code, without a line break at the end.
    Fence;
    /// The target of a link, which is a web page, a mail address or a page of ours.
    Url;
    /// The name of a place in a page: what stands after `#`, and in the `id` of the place.
    Anchor;
    /// Data at the start of a page for the program that shows it, in YAML.
    FrontMatter;
}

impl Inline {
    /// Text as it is.
    pub fn text(text: &str) -> Self {
        Inline(escape_line(text))
    }

    /// Text of our own, which may hold Markdown.
    pub fn own(text: &'static str) -> Self {
        Inline(text.to_owned())
    }

    /// A code span.
    pub fn code(text: &str) -> Self {
        Inline(code_span(text))
    }

    /// Prose of the document, brought into one line.
    pub fn prose(prose: &Prose) -> Self {
        Inline(prose::line(prose.as_str(), LineContext::Text))
    }

    /// The first paragraph of a prose of the document.
    pub fn first_paragraph(prose: &Prose) -> Self {
        Inline(prose::first_paragraph(prose.as_str()))
    }

    /// A link.
    pub fn link(label: &Inline, target: &Url) -> Self {
        Inline(format!("[{label}]({target})"))
    }

    /// Several pieces with commas between.
    pub fn join(pieces: impl IntoIterator<Item = Inline>, separator: &'static str) -> Self {
        let pieces: Vec<String> = pieces.into_iter().map(|piece| piece.0).collect();
        Inline(pieces.join(separator))
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Cell {
    /// Text as it is.
    pub fn text(text: &str) -> Self {
        Cell(escape_line(text))
    }

    /// Text of our own, which may hold Markdown but no `|`.
    pub fn own(text: &'static str) -> Self {
        Cell(text.to_owned())
    }

    /// A number of our own.
    pub fn number(number: impl Into<u64>) -> Self {
        Cell(number.into().to_string())
    }

    /// A code span.
    pub fn code(text: &str) -> Self {
        Cell(table::code_span(text))
    }

    /// Prose of the document: its paragraphs are kept apart by line breaks.
    pub fn prose(prose: &Prose) -> Self {
        Cell(prose::line(prose.as_str(), LineContext::Cell))
    }

    /// The first paragraph of a prose of the document.
    pub fn first_paragraph(prose: &Prose) -> Self {
        Cell(prose::first_paragraph(prose.as_str()))
    }

    /// A link.
    pub fn link(label: &Cell, target: &Url) -> Self {
        Cell(format!("[{label}]({target})"))
    }

    /// Pieces one after the other.
    pub fn join(pieces: impl IntoIterator<Item = Cell>, separator: &'static str) -> Self {
        let pieces: Vec<String> = pieces.into_iter().map(|piece| piece.0).collect();
        Cell(pieces.join(separator))
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How wide it is in the source, in characters.
    pub fn width(&self) -> usize {
        self.0.chars().count()
    }
}

impl Block {
    /// Prose of the document under a heading of level `below`: its own headings start one level lower.
    pub fn prose(prose: &Prose, below: u8) -> Self {
        Block(prose::block(prose.as_str(), below))
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Fence {
    /// Code of a language, in a fence that is longer than any run of backticks in it.
    pub fn new(language: &'static str, code: &str) -> Self {
        Fence(fence(language, code))
    }

    /// The same with a title of our own, as some readers show it.
    pub fn titled(language: &'static str, title: &'static str, code: &str) -> Self {
        Fence(fence(&format!("{language} {title}"), code))
    }
}

impl Url {
    /// A link target of the document; `None` if following it would do anything but open a page or a mail.
    pub fn external(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':')?;
        let known = ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        let complete = scheme.eq_ignore_ascii_case("mailto") || rest.starts_with("//");
        (known && complete && rest.len() > 2).then(|| Url(encode_url(text)))
    }

    /// A mail address of the document.
    pub fn mail(address: &str) -> Option<Self> {
        address
            .contains('@')
            .then(|| Url(encode_url(&format!("mailto:{}", address.trim()))))
    }

    /// A page of ours, and a place in it.
    pub fn page(page: &str, anchor: Option<&Anchor>) -> Self {
        match anchor {
            Some(anchor) => Url(format!("{}#{anchor}", encode_url(page))),
            None => Url(encode_url(page)),
        }
    }

    /// A target of our own.
    pub fn own(url: impl Into<String>) -> Self {
        Url(url.into())
    }
}

impl Anchor {
    /// A name made of `text`, reduced to letters, digits, `_` and `-`.
    pub fn new(text: &str) -> Self {
        Anchor(
            text.chars()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                .collect(),
        )
    }
}

impl FrontMatter {
    /// Texts of the document under names of our own.
    pub fn new(fields: &[(&'static str, &str)]) -> Self {
        let lines: Vec<String> = fields
            .iter()
            .map(|(name, text)| format!("{name}: {}\n", yaml_text(text)))
            .collect();
        FrontMatter(format!("---\n{}---", lines.concat()))
    }
}

/// A text in one line, between the quotes of YAML, in which JSON's escapes mean the same.
fn yaml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for word in text.split_whitespace() {
        if out.len() > 1 {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '"' | '\\' => {
                    out.push('\\');
                    out.push(c);
                }
                c if is_invisible(c) => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    out.push('"');
    out
}

impl From<&WireName> for Cell {
    fn from(name: &WireName) -> Self {
        Cell::text(name.as_str())
    }
}

/// A text in one line: characters that Markdown reads are escaped, line breaks and runs of blanks become a blank.
pub fn escape_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        let first = out.is_empty();
        if !first {
            out.push(' ');
        }
        escape_into(word, first, &mut out);
    }
    out
}

/// Adds a text with the characters escaped that Markdown reads, and with those that only a line's start makes special
/// if it stands at one.
pub fn escape_into(text: &str, at_line_start: bool, out: &mut String) {
    let text = if at_line_start {
        text.trim_start()
    } else {
        text
    };
    let marker = at_line_start.then(|| line_marker(text)).flatten();
    let mut before = out.chars().next_back();
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if marker == Some(index) {
            out.push('\\');
        }
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' => {
                out.push('\\');
                out.push(c);
            }
            '_' if !(is_word(before) && is_word(next)) => out.push_str("\\_"),
            '&' if next.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()) => out.push_str("\\&"),
            // Templates and MDX take braces for code.
            '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_invisible(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
        before = Some(c);
    }
}

/// Where a backslash must stand so that the start of a line does not open a heading, a list or a rule.
fn line_marker(text: &str) -> Option<usize> {
    if text.starts_with(['#', '+', '-', '=']) {
        return Some(0);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    (digits > 0 && rest.starts_with(['.', ')'])).then_some(digits)
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// A code span whose delimiters are longer than any run of backticks in it.
pub fn code_span(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_invisible(c) => '\u{fffd}',
            c => c,
        })
        .collect();
    if text.trim().is_empty() {
        return format!("\"{text}\"");
    }
    let delimiter = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{delimiter}{pad}{text}{pad}{delimiter}")
}

/// A fenced block of code. The language is of our own.
pub fn fence(language: &str, code: &str) -> String {
    let delimiter = "`".repeat(longest_run(code).max(2) + 1);
    let code = code.replace("\r\n", "\n").replace(['\r', '\0'], "\u{fffd}");
    let code = code.trim_end_matches('\n');
    format!("{delimiter}{language}\n{code}\n{delimiter}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn encode_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        let plain = c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
        if plain {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
