//! The encoder of documentation comments: prose of the document as Markdown that rustdoc can only show.
//!
//! The prose is read as CommonMark and written again, so that what reaches the comment is made of a closed list of
//! constructs. Nothing of the document becomes a documentation test, HTML, an intra-doc link or a link of another
//! scheme than http, https and mailto, and nothing of it can end the comment. Characters that cannot be seen are spelled
//! out, such as `\u{202e}`.

mod escape;
mod html;
mod writer;

use crate::rust::Prose;
use escape::{code_span, visible};
use pulldown_cmark::{Event, Options, Parser, TextMergeStream};
use writer::{Writer, fill_own};

/// The width that lines are filled to, without the comment marks and the indentation of the code.
const WIDTH: usize = 100;

/// Containers in containers beyond this depth are not worth their structure.
const DEEPEST: usize = 12;

/// The longest text of the document that a code span shows, in characters.
const LONGEST_CODE: usize = 240;

/// Lines of a documentation comment, harmless and without their line ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DocText {
    lines: Vec<String>,
}

impl DocText {
    /// Prose of the document.
    pub(super) fn prose(prose: &Prose) -> Self {
        let text = visible(prose.as_str());
        DocText {
            lines: encode(&text),
        }
    }

    /// Text of our own, CommonMark. A paragraph of one line is filled to the width.
    pub(super) fn own(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        DocText {
            lines: match lines.as_slice() {
                [only] if only.len() > WIDTH => fill_own(only),
                _ => lines.into_iter().map(str::to_owned).collect(),
            },
        }
    }

    /// Text of the document as a code span, cut where it is very long.
    pub(super) fn code(text: &str) -> String {
        let shown: String = text.chars().take(LONGEST_CODE).collect();
        let cut = if shown.len() < text.len() {
            "\u{2026}"
        } else {
            ""
        };
        code_span(&visible(&format!("{shown}{cut}")))
    }

    /// Prose of the document as one line of Markdown, for a heading.
    pub(super) fn heading(prose: &Prose) -> String {
        DocText::code_free(&DocText::line(prose))
    }

    /// Prose of the document as one line that is not Markdown, for a manifest.
    pub(super) fn line(prose: &Prose) -> String {
        let text = visible(prose.as_str());
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().take(LONGEST_CODE).collect()
    }

    fn code_free(text: &str) -> String {
        let mut escaped = String::new();
        escape::escape_into(&mut escaped, text);
        escaped
    }

    /// The lines.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Adds a text after an empty line.
    pub(super) fn add(&mut self, text: DocText) {
        if text.lines.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(text.lines);
    }

    /// Adds a text as an item of a list, with words of our own before it.
    pub(super) fn add_item(&mut self, lead: &str, text: &DocText) {
        match text.lines.first() {
            None => self.lines.push(format!("- {lead}")),
            Some(first) => self.lines.push(format!("- {lead}: {first}")),
        }
        for line in text.lines.iter().skip(1) {
            self.lines.push(if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            });
        }
    }

    /// The first paragraph alone; nothing if the text starts with another kind of block.
    pub(super) fn first_paragraph(&self) -> DocText {
        let lines: Vec<String> = self
            .lines
            .iter()
            .take_while(|line| !line.is_empty())
            .cloned()
            .collect();
        let is_paragraph = lines.first().is_some_and(|line| {
            !line.starts_with(['-', '#', '>', '|', '`', '*'])
                && !line.starts_with(|c: char| c.is_ascii_digit())
        });
        DocText {
            lines: if is_paragraph { lines } else { Vec::new() },
        }
    }
}

fn encode(text: &str) -> Vec<String> {
    if is_plain(text) {
        let mut writer = Writer::new();
        writer.raw(text.trim());
        return writer.finish().unwrap_or_default();
    }
    let mut writer = Writer::new();
    for event in TextMergeStream::new(parse(text)) {
        writer.event(event);
    }
    match writer.finish() {
        Some(lines) if is_harmless(&lines) => lines,
        _ => as_text(text),
    }
}

/// Whether nothing in the text could mean anything to Markdown.
fn is_plain(text: &str) -> bool {
    let starts_plain = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_alphabetic() || c == '(' || c == '"');
    starts_plain
        && text.chars().all(|c| {
            c == ' '
                || c.is_alphanumeric()
                || matches!(
                    c,
                    '.' | ',' | ';' | '(' | ')' | '\'' | '"' | '/' | '?' | '%'
                )
        })
}

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The text with every mark escaped: what is left when its structure is not to be trusted.
fn as_text(text: &str) -> Vec<String> {
    let mut writer = Writer::new();
    for paragraph in text.split("\n\n") {
        writer.plain_paragraph(paragraph);
    }
    writer.finish().unwrap_or_default()
}

/// Reads what was written the way rustdoc will, and looks for what must not be there. Writing escapes everything; this
/// holds should the two readings of a corner of CommonMark differ.
fn is_harmless(lines: &[String]) -> bool {
    use pulldown_cmark::{CodeBlockKind, Tag};
    let text = lines.join("\n");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(&text, options).all(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => false,
        Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_)) => false,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => false,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => html::is_known_language(&info),
        Event::Start(Tag::Link { dest_url, .. }) => escape::is_safe_url(&dest_url),
        _ => true,
    })
}

#[cfg(test)]
mod tests;
