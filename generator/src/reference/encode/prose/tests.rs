use super::{LineContext, block, first_paragraph, line};

#[test]
fn formatting_is_kept_and_active_content_is_not() {
    let cases = [
        ("a *b* **c** `d|e`", "a *b* **c** `d|e`"),
        ("# Top\n\n## Below\ntext", "### Top\n\n#### Below\n\ntext"),
        (
            "<script>alert(1)</script>",
            "\\<script\\>alert(1)\\</script\\>",
        ),
        ("[x](javascript:alert(1))", "x"),
        ("[x](JaVaScRiPt&colon;alert(1))", "x"),
        ("[x](data:text/html,y)", "x"),
        ("[x](https://x.example/a|b)", "[x](https://x.example/a%7Cb)"),
        (
            "![x](https://x.example/y.png)",
            "[x](https://x.example/y.png)",
        ),
        ("wow![x](https://x.example)", "wow[x](https://x.example)"),
        (
            "wow\\![x](https://x.example)",
            "wow\\![x](https://x.example)",
        ),
        ("```sh\nrm x", "```\nrm x\n```"),
        ("````json\n```\n````", "````json\n```\n````"),
        ("- a\n- b\n  1. c\n  2. d", "- a\n- b\n  1. c\n  2. d"),
        ("> a\n\n> b", "> a\n\n> b"),
        ("1\\. not a list", "1\\. not a list"),
        ("&lt;b&gt; &amp;amp;", "\\<b\\> \\&amp;"),
        ("<p>One <b>two</b></p><p>Three</p>", "One **two**\n\nThree"),
        (
            "| a | b |\n|---|---|\n| 1 | `x\\|y` |",
            "| a | b |\n| --- | --- |\n| 1 | `x\\|y` |",
        ),
        ("{{ 7*7 }} {% x %}", "\\{\\{ 7\\*7 \\}\\} \\{% x %\\}"),
        ("a<!-- b -->c", "ac"),
    ];
    for (text, expected) in cases {
        assert_eq!(block(text, 2), expected, "{text}");
    }
}

#[test]
fn a_cell_has_no_line_break_and_no_bare_bar() {
    let cases = [
        ("a | b", "a \\| b"),
        ("`a|b`", "`a\\|b`"),
        ("one\n\ntwo", "one<br/>two"),
        ("- a\n- b", "• a<br/>• b"),
        ("```\na\nb\n```", "`a`<br/>`b`"),
        ("# T\nx", "**T**<br/>x"),
    ];
    for (text, expected) in cases {
        let cell = line(text, LineContext::Cell);
        assert_eq!(cell, expected, "{text}");
        assert!(!cell.contains('\n'));
    }
}

#[test]
fn the_first_paragraph_ends_where_the_second_block_starts() {
    assert_eq!(first_paragraph("one *two*\n\nthree"), "one *two*");
    assert_eq!(first_paragraph("<p>one</p><p>two</p>"), "one");
    assert_eq!(first_paragraph("plain"), "plain");
}

#[test]
fn deep_nesting_costs_no_more_than_its_length() {
    let text = ">".repeat(20_000) + " deep";
    assert!(block(&text, 2).len() < 100_000);
}
