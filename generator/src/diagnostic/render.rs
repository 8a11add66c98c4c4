//! Draws findings for people.

use super::harmless::harmless;
use super::place::{Place, Places, places};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Origin, Sources};
use annotate_snippets::Origin as Heading;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

/// How findings are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct RenderOptions {
    /// Whether the text may carry ANSI colours.
    pub color: bool,
}

/// The most characters of a line that are shown: a document may be a single line of megabytes.
const WIDTH: usize = 120;

/// Draws findings for people: what, where, the lines themselves, and what to do about it.
///
/// All of them are drawn. A caller that shows some of many passes those alone, as every place that is asked for costs.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, options: RenderOptions) -> String {
    let renderer = match options.color {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut text = String::new();
    for (diagnostic, places) in diagnostics.iter().zip(places(diagnostics, sources)) {
        let drawn = renderer.render(&report(diagnostic, &places, sources));
        text.push_str(&without_empty_headings(&drawn));
        text.push_str("\n\n");
    }
    text
}

/// Takes out the lines that stand for a file without a name, which the renderer draws above the part of a line whose
/// place was said already. A line of the document never looks so, as it has its number before it.
fn without_empty_headings(drawn: &str) -> String {
    let is_empty = |line: &str| {
        let mut plain = String::new();
        let mut is_escape = false;
        for c in line.chars() {
            match c {
                '\u{1b}' => is_escape = true,
                'm' if is_escape => is_escape = false,
                _ if is_escape => {}
                other => plain.push(other),
            }
        }
        plain.trim() == ":::"
    };
    let lines: Vec<&str> = drawn.lines().filter(|line| !is_empty(line)).collect();
    lines.join("\n")
}

fn report<'a>(
    diagnostic: &'a Diagnostic,
    places: &Places<'a>,
    sources: &'a Sources,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(harmless(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = draw(
        Group::with_title(title),
        places.primary.as_ref(),
        &diagnostic.primary,
        sources,
    );
    let pointer = diagnostic.primary.pointer.as_str();
    if !pointer.is_empty() {
        let pointer = cut(&harmless(pointer), 0, 4 * WIDTH).0;
        group = group.element(Level::NOTE.message(format!("at {pointer}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    let related = diagnostic.related.iter().zip(&places.related);
    let notes = related.map(|(label, place)| {
        let title = Level::NOTE.secondary_title(harmless(&label.text));
        draw(
            Group::with_title(title),
            place.as_ref(),
            &label.origin,
            sources,
        )
    });
    std::iter::once(group).chain(notes).collect()
}

/// Adds a place and its line to a group.
fn draw<'a>(
    group: Group<'a>,
    place: Option<&Place<'a>>,
    origin: &Origin,
    sources: &'a Sources,
) -> Group<'a> {
    let Some(place) = place else {
        let name = sources
            .get(origin.file)
            .map_or("", |file| file.name.as_str());
        return group.element(Heading::path(harmless(name)));
    };
    let (snippet, is_whole) = snippet(place);
    let name = harmless(&place.file.name);
    // The line and the column are read off the snippet, unless it shows only a part of the line.
    if is_whole {
        return group.element(snippet.path(name));
    }
    let heading = Heading::path(name)
        .line(place.line)
        .char_column(place.column);
    group.element(heading).element(snippet)
}

/// The line of a place, without what a terminal would obey, cut to a window around what is meant; and whether all that
/// stands before the mark is there as it is in the file.
fn snippet<'a>(place: &Place<'a>) -> (Snippet<'a, Annotation<'a>>, bool) {
    let text = place.file.text.as_str();
    let part =
        |start: usize, end: usize| harmless(text.get(start..end.max(start)).unwrap_or_default());
    let end = place
        .span
        .end
        .clamp(place.span.start, place.row.end.max(place.span.start));
    // Where nothing is marked, the next character is.
    let end = match text.get(end..).and_then(|rest| rest.chars().next()) {
        Some(c) if end == place.span.start && end < place.row.end => end + c.len_utf8(),
        _ => end,
    };
    let before = part(place.row.start, place.span.start);
    let marked = part(place.span.start, end);
    let after = part(end, place.row.end);

    let (before, is_cut_before) = cut_left(&before, WIDTH / 2);
    let is_whole = !is_cut_before && before.chars().count() + 1 == place.column;
    let (marked, is_cut) = cut(&marked, 0, WIDTH);
    let room = WIDTH.saturating_sub(before.chars().count() + marked.chars().count());
    let after = if is_cut {
        String::new()
    } else {
        cut(&after, 0, room.max(20)).0
    };
    let span = before.len()..before.len() + marked.len();
    let snippet = Snippet::source(format!("{before}{marked}{after}"))
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(span));
    (snippet, is_whole)
}

/// The first characters of a text, and whether there were more.
fn cut(text: &str, from: usize, width: usize) -> (String, bool) {
    let mut rest = text.chars().skip(from);
    let mut kept: String = rest.by_ref().take(width).collect();
    let is_cut = rest.next().is_some();
    if is_cut {
        kept.push('…');
    }
    (kept, is_cut)
}

/// The last characters of a text, and whether there were more.
fn cut_left(text: &str, width: usize) -> (String, bool) {
    match text.char_indices().rev().nth(width) {
        Some((place, c)) => {
            let kept = text.get(place + c.len_utf8()..).unwrap_or_default();
            (format!("…{kept}"), true)
        }
        None => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::{RenderOptions, render};
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};
    use crate::source::{FileId, Origin, Pointer, Sources};

    fn draw(text: &str, diagnostic: Diagnostic) -> String {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.add("api.yaml", text);
        diagnostics.push(diagnostic);
        render(&diagnostics, &sources, RenderOptions::default())
    }

    fn at(pointer: &str) -> Origin {
        Origin::new(FileId::ENTRY, Pointer::from_escaped(pointer))
    }

    #[test]
    fn a_finding_is_drawn_with_its_line() {
        let found = Diagnostic::new(
            Code::WrongType,
            at("/info/version"),
            "this must be a string",
        )
        .help("put it in quotes")
        .label(at("/openapi"), "as this version demands");
        let expected = "\
warning[wrong-type]: this must be a string
 --> api.yaml:3:3
  |
3 |   version: 1.10
  |   ^^^^^^^^^^^^^
  |
  = note: at /info/version
  = help: put it in quotes
note: as this version demands
 --> api.yaml:1:1
  |
1 | openapi: 3.0.3
  | ^^^^^^^^^^^^^^

";
        let drawn = draw("openapi: 3.0.3\ninfo:\n  version: 1.10\n", found);
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_line_of_megabytes_is_cut_to_what_matters() {
        let text = format!(
            "{{\"a\": \"{}\", \"b\": 1, \"c\": \"{}\"}}",
            "x".repeat(9000),
            "y".repeat(9000)
        );
        let drawn = draw(&text, Diagnostic::new(Code::WrongType, at("/b"), "no"));
        assert!(drawn.contains("api.yaml:1:9011"), "{drawn}");
        assert!(drawn.contains("\"b\": 1"), "{drawn}");
        assert!(!drawn.contains(":::"), "{drawn}");
        assert!(drawn.len() < 600, "{drawn}");
    }

    #[test]
    fn nothing_of_the_document_reaches_the_terminal_as_a_command() {
        let text = "a: \"\u{9b}31m \u{202e}\"\n";
        let found = Diagnostic::new(Code::WrongType, at("/a"), "bad \u{1b}[31m").help("\u{202e}");
        let drawn = draw(text, found);
        assert!(!drawn.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{drawn}");
    }

    #[test]
    fn a_file_without_text_is_named() {
        let drawn = draw("", Diagnostic::new(Code::Io, at(""), "it cannot be read"));
        assert!(drawn.contains("--> api.yaml"), "{drawn}");
    }
}
