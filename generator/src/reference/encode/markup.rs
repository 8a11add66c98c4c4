//! Contexts within the pages of the site.
//!
//! A template is given three kinds of text: [`Text`], which it escapes itself when it writes it; [`Html`], which only
//! the functions here make and which it writes as it is; and [`Data`], JSON that can stand in a script element.

use super::highlight::highlight;
use super::prose::markup;
use super::{Url, is_invisible};
use crate::model::Prose;
use minijinja::value::Value;
use serde::{Serialize, Serializer};
use std::fmt;

/// Text for the content of an element or a quoted attribute. Templates escape it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

/// Markup for the content of an element. Templates write it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

/// JSON in which nothing ends a script element or opens a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data(String);

impl Text {
    /// Text as it is, but for characters that a reader cannot see.
    pub fn new(text: &str) -> Self {
        Text(text.chars().map(visible).collect())
    }

    /// Prose of the document without its markup, in one line.
    pub fn prose(prose: &Prose) -> Self {
        Text::new(&markup::plain(prose.as_str()))
    }

    /// The words that fit into so many characters, with a mark if there are more.
    pub fn cut(self, longest: usize) -> Self {
        let Some((end, _)) = self.0.char_indices().nth(longest) else {
            return self;
        };
        let start = self.0.get(..end).unwrap_or_default();
        let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
        Text(format!("{words} …"))
    }

    /// What templates are given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Html {
    /// Text as it is.
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 8);
        escape_into(text, &mut out);
        Html(out)
    }

    /// Prose of the document as blocks, under a heading of level `below`: its own headings start one level lower.
    pub fn prose(prose: &Prose, below: u8) -> Self {
        Html(markup::blocks(prose.as_str(), below))
    }

    /// Prose of the document in one line, without links where `links` is false: inside of a link there can be none.
    pub fn line(prose: &Prose, links: bool) -> Self {
        Html(markup::line(prose.as_str(), links))
    }

    /// Prose with the element around it, which is the paragraph itself where there is but one.
    pub fn boxed(self) -> Self {
        let paragraph = self.0.strip_prefix("<p>");
        let paragraph = paragraph.and_then(|rest| rest.strip_suffix("</p>"));
        Html(match paragraph.filter(|inner| !inner.contains("</p>")) {
            Some(inner) => format!("<p class=\"prose\">{inner}</p>"),
            None => format!("<div class=\"prose\">{}</div>", self.0),
        })
    }

    /// Code of a language, coloured. Pages have no other ends of lines than their own.
    pub fn code(language: &str, code: &str) -> Self {
        let code = code.replace("\r\n", "\n");
        Html(highlight(language, code.trim_end_matches('\n')))
    }

    /// A short piece of code.
    pub fn code_span(code: &str) -> Self {
        let code = Html::text(code);
        Html(format!("<code>{code}</code>"))
    }

    /// A link.
    pub fn link(label: &Html, target: &Url) -> Self {
        let target = Html::text(&target.to_string());
        Html(format!("<a href=\"{target}\">{label}</a>"))
    }

    /// Pieces one after the other, with text of our own between.
    pub fn join(pieces: impl IntoIterator<Item = Html>, separator: &'static str) -> Self {
        let pieces: Vec<String> = pieces.into_iter().map(|piece| piece.0).collect();
        Html(pieces.join(separator))
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Data {
    /// A value as JSON.
    pub fn json(value: &impl Serialize) -> Self {
        // What is given here has strings for keys and is held in memory: it can always be written.
        let json = serde_json::to_string(value).unwrap_or_default();
        let mut out = String::with_capacity(json.len() + 16);
        for c in json.chars() {
            // JSON has none of these outside of its strings.
            if matches!(c, '<' | '>' | '&') || is_invisible(c) {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                out.push(c);
            }
        }
        Data(out)
    }
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

/// Adds a text with the characters escaped that mean something in an element or a quoted attribute.
pub fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(visible(c)),
        }
    }
}

/// The character, or a mark in the place of one that acts on a reader without being seen.
pub fn visible(c: char) -> char {
    if is_invisible(c) && !matches!(c, '\n' | '\t') {
        '\u{fffd}'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::{Data, Html};

    #[test]
    fn text_stays_text_in_elements_and_attributes() {
        let html = Html::text("<a b=\"c\" d='e'>&\u{202e}").to_string();
        assert_eq!(html, "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\u{fffd}");
    }

    #[test]
    fn one_paragraph_needs_no_element_around_it() {
        let boxed = |html: &str| Html(html.to_owned()).boxed().to_string();
        assert_eq!(boxed("<p>a</p>"), "<p class=\"prose\">a</p>");
        assert_eq!(
            boxed("<p>a</p>\n<p>b</p>"),
            "<div class=\"prose\"><p>a</p>\n<p>b</p></div>"
        );
    }

    #[test]
    fn data_ends_no_script() {
        let data = Data::json(&"</script><!--\u{2028}").to_string();
        assert_eq!(data, "\"\\u003c/script\\u003e\\u003c!--\\u2028\"");
    }
}
