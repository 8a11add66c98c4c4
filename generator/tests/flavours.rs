//! The pages of every flavour: what each reader needs is there, and every link leads to a page.
#![allow(clippy::unwrap_used, clippy::panic)]

use specwright::Flavour;
use specwright::artifact::Artifact;
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use specwright::reference::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn pages(flavour: Flavour) -> Vec<Artifact> {
    pages_of("../spec/api-keys.yaml", flavour)
}

fn pages_of(spec: &str, flavour: Flavour) -> Vec<Artifact> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join(spec);
    let text = fs::read_to_string(spec).unwrap();
    let mut options = Options {
        parts: Parts::Docs,
        ..Options::default()
    };
    options.docs.flavour = flavour;
    let entry = Entry::texts("api.yaml", [("api.yaml", text)]);
    pipeline::run(&entry, &options).product.unwrap().pages
}

/// The targets of links to other pages, without places in them.
fn targets(text: &str) -> BTreeSet<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty())
        .collect()
}

#[test]
fn every_link_leads_to_a_page() {
    for flavour in Flavour::ALL {
        let pages = pages(flavour);
        let files: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        let of_docs = pages
            .iter()
            .filter(|page| page.path.as_str().starts_with("docs/"));
        for page in of_docs {
            for target in targets(&page.content) {
                let file = match target.contains('.') {
                    true => format!("docs/{target}"),
                    false => format!("docs/{target}{}", flavour.extension()),
                };
                assert!(
                    files.contains(file.as_str()),
                    "{}: {target} in {}",
                    flavour.as_str(),
                    page.path.as_str()
                );
            }
        }
    }
}

#[test]
fn samples_stand_in_the_tabs_of_the_reader() {
    let marks = [
        (Flavour::GitHub, "\n### Shell\n", 4),
        (Flavour::GitBook, "{% tab title=", 13),
        (Flavour::Mintlify, "\n```", 13),
        (Flavour::Docusaurus, "<TabItem value=", 13),
    ];
    for (flavour, mark, languages) in marks {
        let name = format!("docs/create_api_key{}", flavour.extension());
        let pages = pages(flavour);
        let page = pages
            .iter()
            .find(|page| page.path.as_str() == name)
            .unwrap();
        let text = &page.content;
        assert!(text.contains(mark), "{}", flavour.as_str());
        let shown = Language::ALL
            .iter()
            .filter(|language| text.contains(&format!("```{}", language.fence())));
        assert!(shown.count() >= languages, "{}", flavour.as_str());
        assert_eq!(
            text.starts_with("---\ntitle: \"Create API Key\"\n"),
            flavour.has_front_matter()
        );
        // Mintlify makes the heading of the front matter.
        let heading = text.contains("\n\n# Create");
        assert_eq!(
            heading || text.starts_with("# Create"),
            flavour != Flavour::Mintlify
        );
    }
}

#[test]
fn what_an_answer_leads_to_is_told_with_it() {
    for flavour in Flavour::ALL {
        let pages = pages_of("../tests/cases/responses/links.yaml", flavour);
        let name = format!("docs/add_book{}", flavour.extension());
        let page = pages.iter().find(|page| page.path.as_str() == name);
        let text = &page.unwrap().content;
        let row_of = |status: &str| {
            let is_it = |line: &&str| {
                let mut cells = line.split('|').map(str::trim).skip(1);
                cells.next() == Some(status) && cells.next() == Some("book")
            };
            text.lines().find(is_it).unwrap()
        };
        let row = row_of("201");
        assert!(targets(row).contains(format!("read_book{}", flavour.suffix()).as_str()));
        for part in [
            "`$request.path.shelf`",
            "path.id = `$response.body#/id`",
            "`follow_book`",
            "The book as it is kept.",
        ] {
            assert!(row.contains(part), "{}: {row}", flavour.as_str());
        }
        assert!(text.contains("at `https://eu.covers.example.com`"));
        assert!(row_of("409").contains("follow_book"));
    }
}
