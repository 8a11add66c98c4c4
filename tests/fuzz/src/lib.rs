//! What the targets share: running the pipeline, and looking at what came out.

use specwright::artifact::Artifact;
use specwright::load::Entry;
use specwright::pipeline::{self, Options, Product, Run};

/// Runs every stage over one text; what comes out is said to be either a product or an error.
pub fn run(text: &str, html: bool) -> Run {
    let mut options = Options::default();
    options.docs.html = html;
    // What a fuzzer finds should be small.
    options.load.max_bytes = 256 * 1024;
    let run = pipeline::run(&Entry::text("fuzz.yaml", text), &options);
    assert_eq!(run.product.is_none(), run.diagnostics.has_errors(), "it ends as neither");
    run
}

/// The files that are made from the document: those of the runtime are the same text for all.
pub fn made(product: &Product) -> impl Iterator<Item = &Artifact> {
    let files = product.code.iter().chain(&product.pages);
    files.filter(|file| !file.path.as_str().starts_with("src/runtime/"))
}

/// Asserts that every file of Rust is parsed by syn, and every manifest by toml.
pub fn assert_code(product: &Product) {
    for file in made(product) {
        let path = file.path.as_str();
        if path.ends_with(".rs") && !path.starts_with("docs/") {
            if let Err(error) = syn::parse_file(&file.content) {
                panic!("{path}: {error} at {:?}\n{}", error.span().start(), file.content);
            }
        } else if path.ends_with(".toml") {
            toml::from_str::<toml::Table>(&file.content).expect(path);
        }
    }
}

/// The files whose names end so.
pub fn ending<'p>(product: &'p Product, end: &'static str) -> impl Iterator<Item = &'p Artifact> {
    let files = product.code.iter().chain(&product.pages);
    files.filter(move |file| file.path.as_str().ends_with(end))
}

/// The tags of a page, each with the names of its attributes; entities and texts are passed over. What is written is well
/// formed, so this need not be a browser.
pub fn tags(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(after) = after.strip_prefix("!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let mut end = after.len();
        let mut quote = None;
        let mut names = String::new();
        for (index, c) in after.char_indices() {
            match (quote, c) {
                (None, '>') => {
                    end = index + 1;
                    break;
                }
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if c == open => quote = None,
                (None, c) => names.push(c),
                (Some(_), _) => {}
            }
        }
        let name = names.split_whitespace().next().unwrap_or_default().to_owned();
        rest = &after[end..];
        // What stands in these is no markup.
        if name == "script" || name == "style" {
            let close = format!("</{name}");
            rest = rest.find(&close).map_or("", |at| &rest[at..]);
        }
        found.push(names.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    found
}
