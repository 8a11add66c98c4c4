//! Prose as HTML. The crate that parses CommonMark also writes it; before it does, raw HTML becomes text, images become
//! links, links that would do anything but open a page or a mail become text, and headings find their level.

use super::super::highlight::highlight;
use super::super::markup::{escape_into, visible};
use super::{OPTIONS, Url, events, is_plain, prepare};
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
    TextMergeStream, html,
};

/// Containers that are nested deeper are flattened: elements nested without end are slow to lay out.
const DEEPEST: usize = 24;

/// From this level on, a heading is a line of bold text: it would stand deeper than HTML has levels.
const NO_HEADINGS: usize = 6;

/// Prose as blocks, under a heading of level `below`.
pub fn blocks(text: &str, below: u8) -> String {
    if is_plain(text) {
        let mut out = String::from("<p>");
        escape_into(text.trim(), &mut out);
        out.push_str("</p>");
        return out;
    }
    let text = prepare(text);
    let top = events(&text)
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level),
            _ => None,
        })
        .min()
        .unwrap_or(HeadingLevel::H1);
    let mut filter = Filter::new(true);
    filter.shift = (usize::from(below) + 1).saturating_sub(top as usize);
    filter.below = usize::from(below);
    filter.last = usize::from(below);
    // Quotes that begin with `[!NOTE]` get a class here; Markdown keeps the words.
    let parser = Parser::new_ext(&text, OPTIONS | Options::ENABLE_GFM);
    write(TextMergeStream::new(parser).filter_map(|event| filter.event(event)))
}

/// Prose in one line.
pub fn line(text: &str, links: bool) -> String {
    if is_plain(text) {
        let mut out = String::new();
        escape_into(text.trim(), &mut out);
        return out;
    }
    let text = prepare(text);
    let mut filter = Filter::new(links);
    let inline = events(&text)
        .filter_map(|event| filter.event(event))
        .filter_map(|event| match event {
            Event::Start(ref tag) => is_inline(tag.to_end()).then_some(event),
            Event::End(tag) if is_inline(tag) => Some(event),
            Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                Some(Event::Text(" ".into()))
            }
            Event::Html(_) => None,
            event => Some(event),
        });
    write(inline)
}

/// Prose without markup, in one line.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.trim().to_owned();
    }
    let text = prepare(text);
    let mut out = String::with_capacity(text.len());
    for event in events(&text) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(_) => {}
            Event::End(tag) if is_inline(tag) => {}
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.truncate(out.trim_end().len());
    out
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Makes of each event one with nothing active in it, or none.
struct Filter {
    links: bool,
    shift: usize,
    below: usize,
    /// The level of the last heading, so that no level is left out.
    last: usize,
    /// For each link that is open, whether it is written.
    open: Vec<bool>,
    /// For each container that is open, whether it is written.
    containers: Vec<bool>,
    /// Code that is being collected, with its language.
    code: Option<(String, String)>,
}

impl Filter {
    fn new(links: bool) -> Self {
        Filter {
            links,
            shift: 0,
            below: 0,
            last: 6,
            open: Vec::new(),
            containers: Vec::new(),
            code: None,
        }
    }

    fn event<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        if let (Event::Text(text), Some((_, code))) = (&event, &mut self.code) {
            code.push_str(text);
            return None;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => Some(Event::Text(shown(text))),
            Event::Code(text) => Some(Event::Code(shown(text))),
            Event::Html(html) | Event::InlineHtml(html) => {
                let is_comment = html.starts_with("<!--") && html.trim_end().ends_with("-->");
                (!is_comment).then(|| Event::Text(shown(html)))
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                Some(Event::Text(shown(text)))
            }
            Event::TaskListMarker(done) => Some(Event::Text(if done { "☑ " } else { "☐ " }.into())),
            Event::SoftBreak | Event::HardBreak | Event::Rule => Some(event),
        }
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        match tag {
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let nested = self.open.contains(&true);
                let target = Url::external(&dest_url).filter(|_| self.links && !nested);
                self.open.push(target.is_some());
                target.map(|target| {
                    Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url: target.to_string().into(),
                        title: CowStr::Borrowed(""),
                        id: CowStr::Borrowed(""),
                    })
                })
            }
            Tag::Heading { .. } if self.below >= NO_HEADINGS => {
                Some(Event::Html("<p><strong>".into()))
            }
            Tag::Heading { level, .. } => {
                self.last = (level as usize + self.shift).min(self.last + 1).min(6);
                Some(Event::Start(Tag::Heading {
                    level: heading(self.last),
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }))
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info
                        .split_whitespace()
                        .next()
                        .unwrap_or_default()
                        .to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
                None
            }
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) => self.container(tag),
            Tag::Paragraph
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => Some(Event::Start(tag)),
            _ => None,
        }
    }

    fn container<'a>(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        let written = self.containers.len() < DEEPEST;
        self.containers.push(written);
        written.then_some(Event::Start(tag))
    }

    fn end<'a>(&mut self, tag: TagEnd) -> Option<Event<'a>> {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                let written = self.open.pop().unwrap_or(false);
                written.then_some(Event::End(TagEnd::Link))
            }
            TagEnd::Heading(_) if self.below >= NO_HEADINGS => {
                Some(Event::Html("</strong></p>".into()))
            }
            TagEnd::Heading(_) => Some(Event::End(TagEnd::Heading(heading(self.last)))),
            TagEnd::CodeBlock => {
                let (language, code) = self.code.take()?;
                let code = highlight(&language, code.trim_end());
                // The one piece of markup that is not the crate's own: escaped text between elements of ours.
                Some(Event::Html(
                    format!("<pre tabindex=\"0\"><code>{code}</code></pre>\n").into(),
                ))
            }
            TagEnd::BlockQuote(_) => {
                let written = self.containers.pop().unwrap_or(false);
                written.then_some(Event::End(TagEnd::BlockQuote(None)))
            }
            TagEnd::List(_) | TagEnd::Item => {
                let written = self.containers.pop().unwrap_or(false);
                written.then_some(Event::End(tag))
            }
            TagEnd::Paragraph
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => Some(Event::End(tag)),
            _ => None,
        }
    }
}

fn heading(level: usize) -> HeadingLevel {
    match level {
        0 | 1 => HeadingLevel::H1,
        2 => HeadingLevel::H2,
        3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// The text without what acts on a reader unseen.
fn shown(text: CowStr<'_>) -> CowStr<'_> {
    if text.chars().all(|c| visible(c) == c) {
        text
    } else {
        text.chars().map(visible).collect::<String>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::{blocks, line, plain};

    #[test]
    fn nothing_active_is_written() {
        let cases = [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            (
                "a <img src=x onerror=alert(1)> b",
                "a &lt;img src=x onerror=alert(1)&gt; b",
            ),
            ("[a](javascript:alert(1))", "a"),
            ("[a](data:text/html,x)", "a"),
            ("[a](../secret)", "a"),
            (
                "![a](https://x.example/a.png)",
                "<a href=\"https://x.example/a.png\">a</a>",
            ),
            ("a <!-- b --> c", "a  c"),
        ];
        for (text, html) in cases {
            assert_eq!(line(text, true), html, "{text}");
        }
    }

    #[test]
    fn headings_start_below_that_of_the_page_and_leave_no_level_out() {
        assert_eq!(blocks("# A\n\n### B", 2), "<h3>A</h3>\n<h4>B</h4>");
        assert_eq!(blocks("# A", 6), "<p><strong>A</strong></p>");
    }

    #[test]
    fn code_is_coloured_and_still_text() {
        let html = blocks("```json\n{\"a\": \"</code>\"}\n```", 1);
        assert!(
            html.contains("<i class=\"p\">&quot;a&quot;</i>: &quot;&lt;/code&gt;&quot;"),
            "{html}"
        );
    }

    #[test]
    fn the_search_reads_words_alone() {
        assert_eq!(
            plain("# A\n\n*b* `c` [d](https://x.example) <b>e</b>"),
            "A b c d e"
        );
    }
}
