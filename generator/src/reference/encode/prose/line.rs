//! Prose brought into one line.

use super::Line;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// What the line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineContext {
    /// Running text: blocks are kept apart by blanks.
    Text,
    /// A cell of a table: blocks are kept apart by line breaks.
    Cell,
}

/// Writes events as a line.
pub fn write<'a>(events: impl Iterator<Item = Event<'a>>, context: LineContext) -> String {
    let mut writer = Writer {
        line: Line::default(),
        context,
        pending: false,
        code: None,
    };
    for event in events {
        writer.event(event);
    }
    writer.line.text.trim().to_owned()
}

struct Writer {
    line: Line,
    context: LineContext,
    /// Whether a block ended, so that the next one needs a break.
    pending: bool,
    code: Option<String>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        if let (Event::Text(text), Some(code)) = (&event, &mut self.code) {
            code.push_str(text);
            return;
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.separate();
                self.line.text(&text);
            }
            Event::Code(text) => {
                self.separate();
                self.line.code(&text, self.context == LineContext::Cell);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.separate();
                self.line.html(&html);
            }
            Event::SoftBreak => self.line.text.push(' '),
            Event::HardBreak | Event::Rule => self.pending = true,
            Event::TaskListMarker(done) => {
                self.line.text.push_str(if done { "☑ " } else { "☐ " })
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.line.text(&text);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ) {
            self.separate();
            self.line.start(tag);
            return;
        }
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.code = Some(String::new());
            }
            Tag::Item => {
                self.pending = true;
                self.separate();
                self.line.text.push_str("• ");
            }
            Tag::Heading { .. } => {
                self.separate();
                self.line.text.push_str("**");
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.line.end(tag) {
            return;
        }
        match tag {
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                for line in code.lines().filter(|line| !line.trim().is_empty()) {
                    self.separate();
                    self.line.code(line, self.context == LineContext::Cell);
                    self.pending = true;
                }
            }
            TagEnd::Heading(_) => {
                self.line.text.push_str("**");
                self.pending = true;
            }
            TagEnd::TableCell => self.line.text.push_str("  "),
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::HtmlBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.pending = true,
            _ => {}
        }
    }

    /// Writes the break that is due, unless nothing stands before it.
    fn separate(&mut self) {
        if self.pending && !self.line.text.is_empty() && !self.line.text.ends_with("• ") {
            self.line.text.push_str(match self.context {
                LineContext::Text => " ",
                LineContext::Cell => "<br/>",
            });
        }
        self.pending = false;
    }
}
