#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::DocText;
use crate::rust::Prose;

fn shown(text: &str) -> String {
    DocText::prose(&Prose::new(text).unwrap())
        .lines()
        .join("\n")
}

#[test]
fn plain_prose_stays_and_is_filled() {
    assert_eq!(shown("The name of the key."), "The name of the key.");
    let long = "word ".repeat(40);
    assert!(shown(&long).lines().all(|line| line.len() <= 100));
}

#[test]
fn structure_survives() {
    assert_eq!(
        shown("# Title\n\nText with *stress* and `code`."),
        "## Title\n\nText with *stress* and `code`."
    );
    assert_eq!(
        shown("- one\n- two\n  - deep\n\nafter"),
        "- one\n- two\n  - deep\n\nafter"
    );
    assert_eq!(shown("3. c\n4. d"), "3. c\n4. d");
    assert_eq!(shown("> quoted\n> more"), "> quoted more");
    assert_eq!(
        shown("|a|b|\n|-|-|\n|1|2|"),
        "| a | b |\n|---|---|\n| 1 | 2 |"
    );
    assert_eq!(shown("one\n\ntwo"), "one\n\ntwo");
}

#[test]
fn code_is_never_a_test() {
    assert_eq!(shown("```\nlet x = 1;\n```"), "```text\nlet x = 1;\n```");
    assert_eq!(
        shown("```rust,should_panic\npanic!()\n```"),
        "```text\npanic!()\n```"
    );
    assert_eq!(
        shown("para\n\n    indented()"),
        "para\n\n```text\nindented()\n```"
    );
    assert_eq!(shown("~~~json\n{}\n~~~"), "```json\n{}\n```");
    assert_eq!(
        shown("````\n```\nx\n```\n````"),
        "````text\n```\nx\n```\n````"
    );
}

#[test]
fn html_is_text_and_formatting_tags_are_gone() {
    assert_eq!(
        shown("<script>alert(1)</script>"),
        "\\<script\\>alert(1)\\</script\\>"
    );
    assert_eq!(
        shown("a <img src=x onerror=y> b"),
        "a \\<img src=x onerror=y\\> b"
    );
    assert_eq!(
        shown("<p>Uses <code>a b</code>, see <a href=\"https://x.y/z\">there</a>.</p>"),
        "Uses `a b`, see [there](https://x.y/z)."
    );
    assert_eq!(shown("&lt;b&gt;"), "\\<b\\>");
    assert_eq!(
        shown("Vec<String> of Map<K, V>"),
        "Vec\\<String\\> of Map\\<K, V\\>"
    );
}

#[test]
fn links_lead_only_to_pages() {
    assert_eq!(shown("[x](javascript:alert(1))"), "x");
    assert_eq!(shown("[x](#/components/schemas/Y)"), "x");
    assert_eq!(shown("see [Foo] and [bar](Baz)"), "see \\[Foo\\] and bar");
    assert_eq!(
        shown("[x](https://a.b/c_(d))"),
        "[x](https://a.b/c_%28d%29)"
    );
    assert_eq!(shown("at https://a.b/c, or"), "at <https://a.b/c>, or");
    assert_eq!(
        shown("![alt](https://a.b/c.png)"),
        "[alt](https://a.b/c.png)"
    );
    assert_eq!(shown("[a]\n\n[a]: javascript:x"), "a");
}

#[test]
fn what_cannot_be_seen_is_spelled_out() {
    assert_eq!(shown("a\u{202e}b"), "a\\\\u{202e}b");
    assert_eq!(shown("a\u{0}b\u{7f}"), "a\\\\u{0}b\\\\u{7f}");
    assert_eq!(shown("one\r\ntwo\rthree\u{2028}four"), "one two three four");
    assert_eq!(shown("`a\u{202e}`"), "`a\\u{202e}`");
}

#[test]
fn nothing_ends_the_comment_or_starts_a_block_by_accident() {
    assert_eq!(shown("a */ b"), "a \\*/ b");
    assert_eq!(shown("\\# not a title"), "\\# not a title");
    assert_eq!(shown("1\\. not a list"), "1\\. not a list");
    let filled = shown(&format!("{} - x # y 1. z + w", "long ".repeat(20)));
    assert!(!filled.contains("\n- ") && !filled.contains("\n# ") && !filled.contains("\n1. "));
    assert_eq!(shown("a  \nb"), "a\\\nb");
}

#[test]
fn depth_without_end_is_flattened() {
    let deep = shown(&format!("{} x", ">".repeat(5_000)));
    assert!(deep.ends_with('x') && !deep.starts_with('>'));
    let nested: String = (0..500)
        .map(|depth| format!("{}- a\n", " ".repeat(depth * 2)))
        .collect();
    assert!(!shown(&nested).is_empty());
}
