//! Text in Markdown: a parser reads back what was written, as text and nothing else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use specwright::model::Prose;
use specwright::reference::fuzzing::{Block, Cell, Fence, Inline, Table, Url};

fuzz_target!(|text: &str| {
    // A line of its own, and one that begins with words of ours.
    for lead in ["", "lead "] {
        let markdown = format!("{lead}{}", Inline::text(text));
        let read = plain(&markdown);
        assert_eq!(words(&read), words(&format!("{lead}{}", seen(text))), "{markdown:?}");
    }

    let markdown = format!("a {} b", Inline::code(text));
    assert_no_html(&markdown);
    let spans = Parser::new(&markdown).filter(|event| matches!(event, Event::Code(_))).count();
    assert!(spans <= 1, "{markdown:?}");

    let mut table = Table::new(&["A", "B"]);
    table.row([Cell::text(text), Cell::code(text)]);
    let prose = Prose::new(text);
    let cell = prose.as_ref().map_or(Cell::own(""), Cell::prose);
    table.row([cell, Cell::own("end")]);
    let markdown = template_of(&table);
    assert_no_html(&markdown);
    let cells = Parser::new_ext(&markdown, Options::ENABLE_TABLES)
        .filter(|event| matches!(event, Event::End(TagEnd::TableCell)))
        .count();
    assert_eq!(cells, 6, "{markdown}");

    let markdown = Fence::new("json", text).to_string();
    let events: Vec<Event<'_>> = Parser::new(&markdown).collect();
    let is_block = matches!(events.first(), Some(Event::Start(Tag::CodeBlock(_))))
        && matches!(events.last(), Some(Event::End(TagEnd::CodeBlock)))
        && events.iter().filter(|event| matches!(event, Event::Start(_))).count() == 1;
    assert!(is_block, "{markdown:?}: {events:?}");

    if let Some(prose) = &prose {
        assert_no_html(&Block::prose(prose, 2).to_string());
        assert_no_html(&Inline::prose(prose).to_string());
    }

    if let Some(url) = Url::external(text) {
        let markdown = Inline::link(&Inline::text(text), &url).to_string();
        let links = Parser::new(&markdown).filter(|event| matches!(event, Event::Start(Tag::Link { .. })));
        assert_eq!(links.count(), 1, "{markdown}");
    }
});

fn template_of(table: &Table) -> String {
    table.to_string()
}

/// Nothing of it is HTML, an image, or a link to where no reader wants to go.
fn assert_no_html(markdown: &str) {
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            // A cell has no other way to break a line.
            Event::InlineHtml(html) if &*html == "<br/>" => {}
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} in {markdown:?}"),
            Event::Start(Tag::Image { .. }) => panic!("an image in {markdown:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let lower = dest_url.to_ascii_lowercase();
                let safe = ["http://", "https://", "mailto:"];
                assert!(safe.iter().any(|scheme| lower.starts_with(scheme)), "{dest_url:?} in {markdown:?}");
            }
            _ => {}
        }
    }
}

/// The text of a paragraph that is nothing but text.
fn plain(markdown: &str) -> String {
    let mut read = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => read.push_str(&text),
            Event::SoftBreak | Event::HardBreak => read.push(' '),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    read
}

/// The text without what a reader cannot see, which encoders may spell in another way.
fn seen(text: &str) -> String {
    text.to_owned()
}

/// The words, without those that hold what cannot be seen.
fn words(text: &str) -> Vec<String> {
    let is_plain = |word: &&str| {
        word.chars().all(|c| c.is_ascii_graphic() || c.is_alphanumeric())
    };
    text.split_whitespace().filter(is_plain).map(str::to_owned).collect()
}
