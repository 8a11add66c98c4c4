//! Prose as paragraphs, lists, tables and code, with headings that fit under those of the page.

use super::super::markdown::fence;
use super::{Line, events};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

/// Lists and quotes that are nested deeper are flattened, so that the work does not grow with the square of the depth.
const DEEPEST: usize = 16;

/// Writes a text as blocks.
pub fn write(text: &str, below: u8) -> String {
    let top = events(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level),
            _ => None,
        })
        .min()
        .unwrap_or(HeadingLevel::H1);
    let mut writer = Writer {
        frames: vec![Frame::new(FrameKind::Document)],
        line: Line::default(),
        raw: None,
        table: None,
        shift: (below, top),
        flattened: 0,
    };
    for event in events(text) {
        writer.event(event);
    }
    writer.finish()
}

struct Writer {
    frames: Vec<Frame>,
    line: Line,
    /// Code that is being collected, with the language that it is shown in.
    raw: Option<(&'static str, String)>,
    table: Option<TableFrame>,
    /// The level of the heading above, and the highest heading of the prose.
    shift: (u8, HeadingLevel),
    flattened: usize,
}

/// A container that is open.
struct Frame {
    kind: FrameKind,
    blocks: Vec<String>,
    loose: bool,
}

enum FrameKind {
    Document,
    Quote,
    List(Option<u64>),
    Item,
}

#[derive(Default)]
struct TableFrame {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
}

impl Frame {
    fn new(kind: FrameKind) -> Self {
        Frame {
            kind,
            blocks: Vec::new(),
            loose: false,
        }
    }

    fn text(self) -> String {
        match self.kind {
            FrameKind::Document => self.blocks.join("\n\n"),
            FrameKind::Quote => prefixed(&self.blocks.join("\n\n"), "> ", "> "),
            FrameKind::Item | FrameKind::List(_) => {
                self.blocks.join(if self.loose { "\n\n" } else { "\n" })
            }
        }
    }
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        if let (Event::Text(text), Some((_, code))) = (&event, &mut self.raw) {
            code.push_str(text);
            return;
        }
        let in_table = self.table.is_some();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.line.text(&text),
            Event::Code(text) => self.line.code(&text, in_table),
            Event::Html(html) => {
                self.line.html(&html);
                self.line.text.push('\n');
            }
            Event::InlineHtml(html) => self.line.html(&html),
            Event::SoftBreak => self.line.text.push('\n'),
            Event::HardBreak => self.line.text.push_str("\\\n"),
            Event::Rule => self.push_block("* * *".to_owned()),
            Event::TaskListMarker(done) => {
                self.line.text.push_str(if done { "☑ " } else { "☐ " })
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.line.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.line.start(&tag) {
            return;
        }
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.mark_loose();
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.raw = Some((language(&kind), String::new()));
            }
            Tag::BlockQuote(_) => self.open(FrameKind::Quote),
            Tag::List(start) => self.open(FrameKind::List(start)),
            Tag::Item => self.open(FrameKind::Item),
            Tag::Table(_) => {
                self.flush();
                self.table = Some(TableFrame::default());
            }
            Tag::Heading { .. } | Tag::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.line.end(tag) {
            return;
        }
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(level) => {
                let text = self.take_line().replace("\\\n", " ").replace('\n', " ");
                let marks = "#".repeat(self.level(level));
                self.push_block(format!("{marks} {text}"));
            }
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.raw.take() {
                    self.push_block(fence(language, &code));
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::TableCell => {
                let cell = self.take_line();
                if let Some(table) = &mut self.table {
                    table.row.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(std::mem::take(&mut table.row));
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push_block(table.text());
                }
            }
            _ => {}
        }
    }

    fn level(&self, level: HeadingLevel) -> usize {
        let (below, top) = self.shift;
        let level = usize::from(below) + 1 + (level as usize).saturating_sub(top as usize);
        level.min(6)
    }

    fn open(&mut self, kind: FrameKind) {
        self.flush();
        if self.frames.len() > DEEPEST {
            self.flattened += 1;
        } else {
            self.frames.push(Frame::new(kind));
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let is_item = matches!(frame.kind, FrameKind::Item);
        let loose = frame.loose;
        let text = frame.text();
        if !is_item {
            self.push_block(text);
            return;
        }
        if let Some(list) = self.frames.last_mut() {
            list.loose |= loose;
            let marker = match &mut list.kind {
                FrameKind::List(Some(number)) => {
                    let marker = format!("{number}. ");
                    *number = number.saturating_add(1);
                    marker
                }
                _ => "- ".to_owned(),
            };
            let indent = " ".repeat(marker.len());
            list.blocks.push(prefixed(&text, &marker, &indent));
        }
    }

    fn mark_loose(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && matches!(frame.kind, FrameKind::Item)
        {
            frame.loose = true;
        }
    }

    /// Ends the paragraph that is being written.
    fn flush(&mut self) {
        let line = self.take_line();
        if !line.is_empty() {
            self.push_block(no_module(line));
        }
    }

    fn take_line(&mut self) -> String {
        let line = std::mem::take(&mut self.line.text);
        line.trim().trim_end_matches("\\\n").to_owned()
    }

    fn push_block(&mut self, block: String) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn finish(mut self) -> String {
        while self.frames.len() > 1 {
            self.close();
        }
        self.flush();
        self.frames.pop().map(Frame::text).unwrap_or_default()
    }
}

impl TableFrame {
    fn text(&self) -> String {
        let mut lines: Vec<String> = self
            .rows
            .iter()
            .map(|row| format!("| {} |", row.join(" | ")))
            .collect();
        let columns = self.rows.first().map_or(0, Vec::len);
        if !lines.is_empty() {
            lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        }
        lines.join("\n")
    }
}

/// A paragraph whose first word is none that MDX takes for the start of a program.
fn no_module(line: String) -> String {
    for (word, spelled) in [("import ", "&#105;mport "), ("export ", "&#101;xport ")] {
        if let Some(rest) = line.strip_prefix(word) {
            return format!("{spelled}{rest}");
        }
    }
    line
}

/// Puts `first` before the first line and `rest` before all others; empty lines get no blanks at their end.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (index, line) in text.split('\n').enumerate() {
        let prefix = if index == 0 { first } else { rest };
        if index > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        });
        out.push_str(line);
    }
    out
}

/// The languages of data keep their highlighting. Programs of the document are shown as text, since they are none of
/// ours and some readers offer to run what they know.
fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "";
    };
    let word = info.split_whitespace().next().unwrap_or_default();
    ["json", "yaml", "xml", "http", "text"]
        .into_iter()
        .find(|known| word.eq_ignore_ascii_case(known))
        .unwrap_or("")
}
