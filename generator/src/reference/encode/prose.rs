//! Prose of the document: parsed as CommonMark, and written again with nothing active in it.
//!
//! A parser decides what is a link, a heading or a tag, so that there is no spelling that slips through. Raw HTML
//! becomes text, links are kept if they open a page or a mail, images become links, and fences are always closed.

mod block;
mod line;
pub mod markup;

pub use line::LineContext;

use super::Url;
use super::html;
use super::markdown::{code_span, escape_into};
use super::table;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream};
use std::borrow::Cow;

/// Prose as blocks, under a heading of level `below`.
pub fn block(text: &str, below: u8) -> String {
    if is_plain(text) {
        return text.trim().to_owned();
    }
    let text = prepare(text);
    block::write(&text, below)
}

/// Prose in one line.
pub fn line(text: &str, context: LineContext) -> String {
    if is_plain(text) {
        return text.trim().to_owned();
    }
    let text = prepare(text);
    line::write(events(&text), context)
}

/// The first paragraph of a prose, in a cell.
pub fn first_paragraph(text: &str) -> String {
    if is_plain(text) {
        return text.trim().to_owned();
    }
    let text = prepare(text);
    let mut depth = 0_usize;
    let mut seen = false;
    let first = events(&text).take_while(|event| {
        let ended = seen && depth == 0;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        seen = true;
        !ended
    });
    line::write(first, LineContext::Cell)
}

/// Whether a text is one line of words, which stands for itself in every context. Most descriptions are.
fn is_plain(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b' ' | b'.'
                        | b','
                        | b';'
                        | b'\''
                        | b'"'
                        | b'('
                        | b')'
                        | b'/'
                        | b'?'
                        | b'%'
                        | b'-'
                        | b'='
                )
        })
}

fn prepare(text: &str) -> Cow<'_, str> {
    if text.contains('<') {
        Cow::Owned(html::to_markdown(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// What descriptions may use beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    TextMergeStream::new(Parser::new_ext(text, OPTIONS))
}

/// The inline part of both writers: a line that grows, and the links that are open in it.
#[derive(Default)]
struct Line {
    text: String,
    links: Vec<Option<Url>>,
}

impl Line {
    fn is_at_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    fn text(&mut self, text: &str) {
        let at_start = self.is_at_start();
        escape_into(text, at_start, &mut self.text);
    }

    fn code(&mut self, text: &str, in_table: bool) {
        self.text.push_str(&if in_table {
            table::code_span(text)
        } else {
            code_span(text)
        });
    }

    /// Raw HTML is shown, but for comments, which nobody was meant to see.
    fn html(&mut self, html: &CowStr<'_>) {
        let html = html.trim_end_matches('\n');
        if !(html.starts_with("<!--") && html.ends_with("-->")) {
            self.text(html);
        }
    }

    /// Opens an inline element; `false` if the tag is none.
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        match tag {
            Tag::Emphasis => self.text.push('*'),
            Tag::Strong => self.text.push_str("**"),
            Tag::Strikethrough => self.text.push_str("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let nested = self.links.iter().any(Option::is_some);
                let target = Url::external(dest_url).filter(|_| !nested);
                if target.is_some() {
                    // An exclamation mark before the bracket would make an image of the link.
                    if self.text.ends_with('!') {
                        self.text.pop();
                        self.text.push_str("\\!");
                    }
                    self.text.push('[');
                }
                self.links.push(target);
            }
            _ => return false,
        }
        true
    }

    /// Closes an inline element; `false` if the tag is none.
    fn end(&mut self, tag: TagEnd) -> bool {
        match tag {
            TagEnd::Emphasis => self.text.push('*'),
            TagEnd::Strong => self.text.push_str("**"),
            TagEnd::Strikethrough => self.text.push_str("~~"),
            TagEnd::Link | TagEnd::Image => {
                if let Some(target) = self.links.pop().flatten() {
                    self.text.push_str(&format!("]({target})"));
                }
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests;
