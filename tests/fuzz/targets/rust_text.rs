//! Text in Rust and TOML: documentation stays documentation, and is never a test.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use specwright::emit::fuzzing::{doc_code, doc_lines, manifest_line};

fuzz_target!(|text: &str| {
    let lines = doc_lines(text);
    let mut source = String::new();
    for line in &lines {
        assert!(!line.contains(['\n', '\r']), "{line:?}");
        source.push_str(&format!("///{}{line}\n", if line.is_empty() { "" } else { " " }));
    }
    let file = syn::parse_file(&format!("{source}struct S;")).expect("documentation is no code");
    assert_eq!(file.items.len(), 1);

    let markdown = lines.join("\n");
    for event in Parser::new(&markdown) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} in {markdown:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("a test in {markdown:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // rustdoc runs what says nothing, and what says Rust.
                assert!(info.split([',', ' ']).any(|word| word == "text" || word == "ignore"), "{info:?}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let safe = ["http://", "https://", "mailto:"];
                let lower = dest_url.to_ascii_lowercase();
                assert!(safe.iter().any(|scheme| lower.starts_with(scheme)), "{dest_url}");
            }
            Event::Start(Tag::Image { .. }) => panic!("an image in {markdown:?}"),
            _ => {}
        }
    }

    let code = doc_code(text);
    let events: Vec<Event<'_>> = Parser::new(&code).collect();
    let is_code = matches!(events.as_slice(), [_, Event::Code(_), _]);
    assert!(is_code || code == "(empty)" || code == "(space)", "{code:?}: {events:?}");

    let line = manifest_line(text);
    assert!(!line.chars().any(char::is_control), "{line:?}");
});
