//! How the pages group operations: by tags, which may stand within tags, have titles, or be labels.
#![allow(clippy::unwrap_used, clippy::panic)]

use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use std::fs;
use std::path::Path;

/// A page of a case of the tests.
fn page(case: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/cases/docs")
        .join(case);
    let entry = Entry::texts(
        "api.yaml",
        [("api.yaml", fs::read_to_string(path).unwrap())],
    );
    let options = Options {
        parts: Parts::Docs,
        ..Options::default()
    };
    let pages = pipeline::run(&entry, &options).product.unwrap().pages;
    let page = pages.into_iter().find(|page| page.path.as_str() == name);
    page.unwrap().content
}

/// The headings of the operations in a page, with the operations below them.
fn outline(index: &str) -> Vec<String> {
    let (_, operations) = index.split_once("Operations\n").unwrap();
    let (operations, _) = operations.split_once("\n## ").unwrap();
    operations
        .lines()
        .filter_map(|line| match line.split_once("</a>") {
            Some((heading, title)) => Some(format!("{} {title}", heading.split(' ').next()?)),
            None => Some(line.split_once("](")?.1.split_once(".md)")?.0.to_owned()),
        })
        .collect()
}

#[test]
fn tags_stand_within_tags_in_the_order_of_the_document() {
    let outline = outline(&page("tags.yaml", "docs/index.md"));
    // `money` has no operation of its own; `hen` closes a circle, so that it is put at the top.
    let expected = [
        "### Money",
        "#### Refunds",
        "list_refunds",
        "### lost",
        "find",
        "### hen",
        "hatch",
        "#### egg",
        "lay",
        "### Other operations",
        "try",
    ];
    assert_eq!(outline, expected);
}

#[test]
fn groups_of_tags_and_their_titles_are_read_as_redoc_has_them() {
    let outline = outline(&page("tag-groups.yaml", "docs/index.md"));
    let expected = [
        "### Money",
        "#### payments",
        "list_payments",
        "#### Money back",
        "list_refunds",
        "### Stock",
        "list_stock",
        "#### shelves",
        "list_shelves",
    ];
    assert_eq!(outline, expected);
}

#[test]
fn a_list_of_one_level_names_what_a_group_stands_within() {
    let list = page("tags.yaml", "docs/llms.txt");
    assert!(list.contains("\n## Money / Refunds\n"), "{list}");
    assert!(!list.contains("\n## Money\n"), "{list}");
}

#[test]
fn a_badge_is_said_of_the_operation() {
    let page = page("tags.yaml", "docs/list_refunds.md");
    assert!(
        page.contains("\n[Beta](https://example.com/beta), partners\n"),
        "{page}"
    );
}
