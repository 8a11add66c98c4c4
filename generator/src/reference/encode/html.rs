//! Formatting tags in descriptions, rewritten as the Markdown that means the same.
//!
//! Many documents write their descriptions in HTML. This makes them readable and nothing else: what comes out is still
//! text of the document, and goes through the same encoders as if its author had written it so.

/// Rewrites formatting tags outside of code; every other tag stays, and is shown as text later.
pub fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut links: Vec<Option<String>> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let taken = if from.starts_with('`') {
            let taken = code_length(from);
            out.push_str(from.get(..taken).unwrap_or_default());
            taken
        } else {
            match Tag::read(from) {
                Some(tag) if write_tag(&tag, &mut links, &mut out) => tag.length,
                _ => {
                    out.push('<');
                    1
                }
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A tag as it stands in the text.
struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let end = text.find('>')?;
        let inside = text.get(1..end)?;
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let name_end = inside
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        (!name.is_empty()).then(|| Tag {
            name: name.to_ascii_lowercase(),
            closing,
            attributes,
            length: end + 1,
        })
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.attributes.split_once(&format!("{name}="))?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.split(quote).nth(1)
    }
}

/// Writes what a tag means; `false` if it is none that Markdown can say.
fn write_tag(tag: &Tag<'_>, links: &mut Vec<Option<String>>, out: &mut String) -> bool {
    match (tag.name.as_str(), tag.closing) {
        ("p" | "div" | "ul" | "ol" | "dl", _) => out.push_str("\n\n"),
        ("br", _) => out.push_str("  \n"),
        ("li", false) => out.push_str("\n- "),
        ("dt" | "dd", false) => out.push_str("\n\n"),
        ("li" | "dt" | "dd", true) => out.push('\n'),
        ("b" | "strong", closing) => write_mark("**", closing, out),
        ("i" | "em", closing) => write_mark("*", closing, out),
        ("code" | "tt", _) => out.push('`'),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => out.push_str("\n\n#### "),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => out.push_str("\n\n"),
        ("span" | "u" | "small" | "sup" | "sub", _) => {}
        ("a", false) => {
            let target = tag.attribute("href").filter(|href| {
                !href.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'))
            });
            if target.is_some() {
                out.push('[');
            }
            links.push(target.map(str::to_owned));
        }
        ("a", true) => {
            if let Some(target) = links.pop().flatten() {
                out.push_str(&format!("]({target})"));
            }
        }
        _ => return false,
    }
    true
}

/// Writes a delimiter of emphasis, which Markdown only takes next to a word.
fn write_mark(mark: &str, closing: bool, out: &mut String) {
    if closing {
        let end = out.trim_end().len();
        let blank = out.split_off(end);
        out.push_str(mark);
        out.push_str(&blank);
    } else {
        out.push_str(mark);
    }
}

/// The length of the code span or fence that starts here; of its backticks alone if it is never closed.
fn code_length(text: &str) -> usize {
    let run = text.len() - text.trim_start_matches('`').len();
    let delimiter = text.get(..run).unwrap_or_default();
    let mut from = run;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(delimiter)) {
        let start = from + found;
        let here = text.get(start..).unwrap_or_default();
        let length = here.len() - here.trim_start_matches('`').len();
        if length == run {
            return start + run;
        }
        from = start + length;
    }
    run
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn formatting_tags_become_markdown_and_others_stay() {
        let cases = [
            ("<p>One</p><p>Two</p>", "\n\nOne\n\n\n\nTwo\n\n"),
            ("a <code>b</code> c", "a `b` c"),
            (
                "<a href=\"https://x.example/a\">x</a>",
                "[x](https://x.example/a)",
            ),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("`<p>` is a tag", "`<p>` is a tag"),
            ("a < b", "a < b"),
            ("<strong>now </strong>then", "**now** then"),
        ];
        for (html, markdown) in cases {
            assert_eq!(to_markdown(html), markdown);
        }
    }
}
