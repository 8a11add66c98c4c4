//! Writes the events of CommonMark again, from a closed list of constructs.

mod blocks;
mod html;

use super::DEEPEST;
use super::escape::{code_span, encode_url, escape_into, is_safe_url, url_end};
use super::html::is_known_language;
pub(super) use blocks::fill_own;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

/// Stands for a space at which a line must not be broken. Prose cannot hold it: controls are spelled out before.
const HARD_SPACE: char = '\u{1}';
/// Stands for a line break that must stay.
const HARD_BREAK: char = '\u{2}';

/// Writes blocks.
#[derive(Debug)]
pub(super) struct Writer {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// The numbers of the ordered lists that are open; `None` for a list of bullets.
    lists: Vec<Option<u64>>,
    /// What was written of the current paragraph, escaped.
    inline: String,
    /// Where links that are open lead to; `None` where a link must not be one.
    links: Vec<Option<String>>,
    /// Where a link of HTML started in `inline`, and where it leads to.
    html_link: Option<(usize, String)>,
    html_code: Option<String>,
    html_block: Option<String>,
    code_block: Option<(String, String)>,
    heading: Option<usize>,
    table: Option<Table>,
    /// Whether an empty line must come before the next block.
    apart: bool,
    too_deep: bool,
}

#[derive(Debug)]
enum Container {
    Quote,
    Item {
        marker: String,
        started: bool,
        html: bool,
    },
}

#[derive(Debug, Default)]
struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

impl Writer {
    /// A writer that has written nothing.
    pub(super) fn new() -> Self {
        Writer {
            lines: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            inline: String::new(),
            links: Vec::new(),
            html_link: None,
            html_code: None,
            html_block: None,
            code_block: None,
            heading: None,
            table: None,
            apart: false,
            too_deep: false,
        }
    }

    /// The lines, unless the prose was too deep to be written.
    pub(super) fn finish(mut self) -> Option<Vec<String>> {
        self.flush();
        (!self.too_deep).then_some(self.lines)
    }

    /// Adds text that is known to mean nothing to Markdown.
    pub(super) fn raw(&mut self, text: &str) {
        self.inline.push_str(text);
    }

    /// Adds a paragraph whose every mark is escaped.
    pub(super) fn plain_paragraph(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' => self.inline.push(' '),
                mark if mark.is_ascii_punctuation() => {
                    self.inline.push('\\');
                    self.inline.push(mark);
                }
                other => self.inline.push(other),
            }
        }
        self.flush();
    }

    /// Adds an event.
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                let span = code_span(&code).replace(' ', &HARD_SPACE.to_string());
                // A cell must escape its bars even in code.
                self.inline.push_str(&match self.table {
                    Some(_) => span.replace('|', "\\|"),
                    None => span,
                });
            }
            Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.flush(),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong => self.inline.push_str("**"),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link_start(&dest_url),
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match &kind {
                    CodeBlockKind::Fenced(info) if is_known_language(info) => info.to_string(),
                    _ => "text".to_owned(),
                };
                self.code_block = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html_block = Some(String::new());
            }
            Tag::Heading { level, .. } => {
                self.flush();
                // The title of the item is a heading already.
                self.heading = Some((level as usize + 1).min(6));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.open(Container::Quote);
            }
            Tag::List(start) => {
                self.flush();
                // A list that does not start with 1 cannot follow a paragraph without an empty line.
                if start.is_none() && matches!(self.containers.last(), Some(Container::Item { .. }))
                {
                    self.apart = false;
                }
                self.lists.push(start);
            }
            Tag::Item => self.item_start(),
            Tag::Table(alignments) => {
                self.flush();
                self.table = Some(Table {
                    alignments,
                    rows: Vec::new(),
                });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            _ => self.flush_unless_cell(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong => self.inline.push_str("**"),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => self.link_end(),
            TagEnd::CodeBlock => self.write_code_block(),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html_block.take() {
                    self.html(&html);
                }
                self.flush();
                self.close_html_items();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.containers.pop();
                self.apart = true;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.apart = true;
            }
            TagEnd::Item => {
                self.flush();
                self.close_html_items();
                if let Some(Container::Item { started: false, .. }) = self.containers.last() {
                    self.write_lines(vec![String::new()]);
                }
                self.containers.pop();
                self.apart = false;
            }
            TagEnd::TableCell => {
                self.close_html();
                let cell = self.take_inline().replace([HARD_SPACE, HARD_BREAK], " ");
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell.trim().to_owned());
                }
            }
            TagEnd::Table => self.write_table(),
            _ => self.flush_unless_cell(),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code_block {
            code.push_str(text);
        } else if let Some(code) = &mut self.html_code {
            code.push_str(text);
        } else if self.links.is_empty() && self.html_link.is_none() {
            self.text_with_links(text);
        } else {
            escape_into(&mut self.inline, text);
        }
    }

    /// Text whose bare addresses become links, as rustdoc asks for.
    fn text_with_links(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = find_address(rest) {
            let (before, address) = (
                rest.get(..start).unwrap_or(""),
                rest.get(start..).unwrap_or(""),
            );
            escape_into(&mut self.inline, before);
            let end = url_end(address);
            let url = address.get(..end).unwrap_or("");
            if is_safe_url(url) {
                self.inline.push('<');
                self.inline.push_str(&encode_url(url));
                self.inline.push('>');
            } else {
                escape_into(&mut self.inline, url);
            }
            rest = address.get(end..).unwrap_or("");
        }
        escape_into(&mut self.inline, rest);
    }

    fn hard_break(&mut self) {
        if !self.inline.is_empty() {
            self.inline.push(HARD_BREAK);
        }
    }

    fn link_start(&mut self, url: &str) {
        let nested = self.html_link.is_some() || !self.links.is_empty();
        if is_safe_url(url) && !nested {
            self.inline.push('[');
            self.links.push(Some(encode_url(url)));
        } else {
            self.links.push(None);
        }
    }

    fn link_end(&mut self) {
        if let Some(Some(url)) = self.links.pop() {
            if self.inline.ends_with('[') && !self.inline.ends_with("\\[") {
                self.inline.push_str("link");
            }
            self.inline.push_str("](");
            self.inline.push_str(&url);
            self.inline.push(')');
        }
    }

    fn item_start(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "- ".to_owned(),
        };
        self.open(Container::Item {
            marker,
            started: false,
            html: false,
        });
    }

    fn open(&mut self, container: Container) {
        self.containers.push(container);
        self.too_deep |= self.containers.len() > DEEPEST;
    }

    fn flush_unless_cell(&mut self) {
        if self.table.is_none() {
            self.flush();
        }
    }

    fn take_inline(&mut self) -> String {
        std::mem::take(&mut self.inline)
    }
}

/// Where a bare address starts.
fn find_address(text: &str) -> Option<usize> {
    let http = text.find("http://");
    let https = text.find("https://");
    match (http, https) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
