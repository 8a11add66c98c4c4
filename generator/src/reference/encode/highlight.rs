//! Colours for the code on a page, decided when the page is written.
//!
//! The programs are our own samples, so a table for each language and one scanner tell strings, comments, numbers and
//! keywords apart as well as a grammar would. What the scanner does not know stays as it is: it only adds elements
//! around text that is escaped all the same.

mod grammar;

use super::markup::escape_into;
use grammar::{Grammar, Quote};

/// The class of a piece of code, and of the element around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Comment,
    String,
    Number,
    Keyword,
    Name,
    Property,
}

impl Class {
    fn open(self) -> &'static str {
        match self {
            Class::Comment => "<i class=\"c\">",
            Class::String => "<i class=\"s\">",
            Class::Number => "<i class=\"n\">",
            Class::Keyword => "<i class=\"k\">",
            Class::Name => "<i class=\"t\">",
            Class::Property => "<i class=\"p\">",
        }
    }
}

/// Code of a language as HTML; text where the language is not known.
pub fn highlight(language: &str, code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    match Grammar::of(language) {
        Some(grammar) => Scanner {
            grammar,
            rest: code,
        }
        .run(&mut out),
        None => escape_into(code, &mut out),
    }
    out
}

struct Scanner<'a> {
    grammar: &'static Grammar,
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn run(mut self, out: &mut String) {
        let mut at_word_start = true;
        let mut open: Option<Class> = None;
        while let Some(first) = self.rest.chars().next() {
            let (length, class) = self.piece(first, at_word_start);
            let (piece, rest) = self
                .rest
                .split_at_checked(length.max(first.len_utf8()))
                .unwrap_or((self.rest, ""));
            self.rest = rest;
            at_word_start = piece.ends_with(|c: char| !is_word(c));
            // What has one colour is one element, blanks between its pieces included.
            if class != open && !(open.is_some() && piece.trim().is_empty()) {
                close(open, out);
                if let Some(class) = class {
                    out.push_str(class.open());
                }
                open = class;
            }
            escape_into(piece, out);
        }
        close(open, out);
    }

    /// The length of the piece that starts here, and what it is.
    fn piece(&self, first: char, at_word_start: bool) -> (usize, Option<Class>) {
        let grammar = self.grammar;
        if first.is_whitespace() {
            let length = self.rest.len() - self.rest.trim_start().len();
            return (length, None);
        }
        if let Some(length) = self.comment(at_word_start) {
            return (length, Some(Class::Comment));
        }
        if let Some(quote) = grammar
            .quotes
            .iter()
            .find(|quote| self.rest.starts_with(quote.open))
        {
            let length = self.string(quote);
            let after = self.rest.get(length..).unwrap_or_default();
            let is_key = grammar.has_keys && after.trim_start().starts_with(':');
            let class = match is_key {
                true => Some(Class::Property),
                // In data nearly everything is a string: what stands out are the names.
                false => (!grammar.is_data).then_some(Class::String),
            };
            return (length, class);
        }
        if grammar.sigils.contains(first) {
            return (self.variable(), Some(Class::Name));
        }
        if grammar.has_flags && at_word_start && self.rest.starts_with("--") {
            let length = self.while_char(|c| is_word(c) || c == '-');
            return (length, Some(Class::Property));
        }
        if first.is_ascii_digit() {
            let length = self.while_char(|c| is_word(c) || c == '.');
            return (length, Some(Class::Number));
        }
        if is_word(first) {
            let length = self.while_char(is_word);
            return (length, self.word_class(length));
        }
        (first.len_utf8(), None)
    }

    fn word_class(&self, length: usize) -> Option<Class> {
        let word = self.rest.get(..length).unwrap_or_default();
        let after = self.rest.get(length..).unwrap_or_default();
        if self.grammar.keywords.contains(&word) {
            Some(Class::Keyword)
        } else if after.starts_with(['(', '!']) && !after.starts_with("!=")
            || word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.contains(|c: char| c.is_ascii_lowercase())
        {
            Some(Class::Name)
        } else {
            None
        }
    }

    fn comment(&self, at_word_start: bool) -> Option<usize> {
        let starts = |mark: &&&str| self.rest.starts_with(**mark);
        if let Some(mark) = self.grammar.line_comments.iter().find(starts) {
            // `#` within a word of a shell is no comment.
            if *mark != "#" || at_word_start {
                return Some(self.rest.find('\n').unwrap_or(self.rest.len()));
            }
        }
        let (open, close) = self.grammar.block_comment?;
        self.rest.starts_with(open).then(|| {
            let inside = self.rest.get(open.len()..).unwrap_or_default();
            inside
                .find(close)
                .map_or(self.rest.len(), |end| open.len() + end + close.len())
        })
    }

    fn string(&self, quote: &Quote) -> usize {
        let inside = self.rest.get(quote.open.len()..).unwrap_or_default();
        let mut chars = inside.char_indices();
        while let Some((at, c)) = chars.next() {
            if quote.escapes && c == '\\' {
                chars.next();
            } else if inside
                .get(at..)
                .is_some_and(|rest| rest.starts_with(quote.close))
            {
                return quote.open.len() + at + quote.close.len();
            }
        }
        self.rest.len()
    }

    /// `$NAME`, `${NAME}` and the like.
    fn variable(&self) -> usize {
        let name = self.rest.get(1..).unwrap_or_default();
        if name.starts_with('{') {
            return name.find('}').map_or(1, |end| end + 2);
        }
        1 + (name.len() - name.trim_start_matches(is_word).len())
    }

    fn while_char(&self, belongs: impl Fn(char) -> bool) -> usize {
        self.rest
            .find(|c: char| !belongs(c))
            .unwrap_or(self.rest.len())
    }
}

/// Ends an element, before the blanks at the end of it.
fn close(open: Option<Class>, out: &mut String) {
    if open.is_some() {
        let end = out.trim_end().len();
        out.insert_str(end, "</i>");
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn strings_comments_and_keywords_are_told_apart() {
        assert_eq!(
            highlight("json", "{\"a\": [1, \"b\", null]}"),
            "{<i class=\"p\">&quot;a&quot;</i>: [<i class=\"n\">1</i>, &quot;b&quot;, <i class=\"k\">null</i>]}"
        );
        assert_eq!(
            highlight("shell", "x#y '#' # z"),
            "x#y <i class=\"s\">&#39;#&#39;</i> <i class=\"c\"># z</i>"
        );
        assert_eq!(
            highlight("shell", "# a\n# b\nc"),
            "<i class=\"c\"># a\n# b</i>\nc"
        );
        assert_eq!(
            highlight("rust", "let a = r#\"x\"y\"#; // z"),
            "<i class=\"k\">let</i> a = <i class=\"s\">r#&quot;x&quot;y&quot;#</i>; <i class=\"c\">// z</i>"
        );
    }

    #[test]
    fn what_is_no_code_of_ours_is_escaped_and_nothing_more() {
        let text = "</code><script>alert(1)</script>";
        assert_eq!(
            highlight("none", text),
            "&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
        );
        // Strings that are never closed end with the code.
        assert_eq!(highlight("python", "\"<"), "<i class=\"s\">&quot;&lt;</i>");
    }
}
