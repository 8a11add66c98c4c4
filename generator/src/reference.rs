//! Writes the reference documentation: pages, samples and the README of the emitted crate.
//!
//! What the pages call things comes from the plan of the client, so that pages and code cannot disagree. A text of the
//! document reaches a page only through an encoder of `encode`, or of the language of a sample.

mod call;
mod contract;
mod encode;
mod example;
mod facts;
mod flavour;
#[cfg(fuzzing)]
pub mod fuzzing;
mod links;
mod page;
mod phrases;
mod rust_expression;
mod sample;
mod sections;
mod site;
mod templates;
mod xml;

#[cfg(test)]
mod fixture;

pub use contract::contract_tests;
pub use example::{fits, response_example, value_example};
pub use flavour::Flavour;
pub use sample::{Language, Sample};
pub use site::Document;
pub use templates::{TemplateError, template_names};
pub use xml::xml;

use crate::artifact::{Artifact, ArtifactPath, Layout};
use crate::model::{Api, HttpMethod, OperationId};
use crate::rust::{Client, IncomingModule};
use facts::PartTypes;
use links::Links;
use rust_expression::Expressions;
use sample::SampleWriter;
use sections::sections;
use site::Site;
use templates::Templates;

/// What is written.
#[derive(Debug, Clone)]
pub struct ReferenceOptions<'a> {
    /// How the client is laid out: a crate has a README and examples beside its pages.
    pub layout: Layout,
    /// What the pages show.
    pub docs: DocsOptions,
    /// The files of the document, which the site offers for download.
    pub documents: Vec<Document<'a>>,
}

/// What the pages show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocsOptions {
    /// The languages of the samples, in the order in which they are shown; the usual ones of the flavour unless the user
    /// names any, and then no more than keep the pages in proportion to the document.
    pub languages: Option<Vec<Language>>,
    /// What reads the Markdown pages.
    pub flavour: Flavour,
    /// Templates that stand for ours, each with its name.
    pub templates: Vec<(String, String)>,
    /// Where the user tells what changed between versions: a URL, or a path from the index.
    pub changelog: Option<String>,
    /// Whether there is a static site, `docs/html/`, too. A large API has thousands of pages, so it is asked for.
    pub html: bool,
}

impl DocsOptions {
    /// The languages that are shown: those that most readers use, then, where a page has tabs, all others.
    fn shown(&self) -> Vec<Language> {
        if let Some(languages) = &self.languages {
            return languages.clone();
        }
        let mut languages = vec![
            Language::Shell,
            Language::Rust,
            Language::Python,
            Language::TypeScript,
        ];
        if self.flavour.has_tabs() {
            let others = Language::ALL.into_iter();
            let others: Vec<_> = others.filter(|one| !languages.contains(one)).collect();
            languages.extend(others);
        }
        languages
    }
}

/// With more operations, the site shows the languages that the Markdown pages show; with fewer, all of them.
const MOST_WITH_ALL_LANGUAGES: usize = 200;

/// With more operations, there is an example for the first of each tag.
const MOST_EXAMPLES: usize = 12;

/// Writes the pages of an API, in the order index, types, errors, operations, then the site, and what a crate has beside
/// them.
///
/// # Errors
///
/// If a template does not fit its view, which is a fault of specwright and never of the document.
pub fn render(
    api: &Api,
    client: &Client,
    options: &ReferenceOptions<'_>,
) -> Result<Vec<Artifact>, TemplateError> {
    let docs = &options.docs;
    let templates = Templates::new(docs.html, docs.flavour, &docs.templates)?;
    let flavour = docs.flavour;
    let links = Links {
        api,
        client,
        flavour,
        part_types: &PartTypes::new(api),
    };
    let expressions = Expressions::new(client);
    let writer = SampleWriter {
        templates: &templates,
        links,
        expressions: &expressions,
    };
    let mut site = options
        .docs
        .html
        .then(|| Site::new(links, &options.documents));
    let docs_page = |name: &str, content: String| page_file(name, flavour.extension(), content);
    let mut artifacts = vec![docs_page(
        "index",
        templates.render(
            "pages/index.md.jinja",
            &page::index_page(links, docs.changelog.as_deref()),
        )?,
    )];
    if let Some(view) = page::authentication_page(links) {
        let text = templates.render("pages/authentication.md.jinja", &view)?;
        artifacts.push(docs_page("authentication", text));
    }
    for (name, view) in page::types_pages(links) {
        let text = templates.render("pages/types.md.jinja", &view)?;
        artifacts.push(docs_page(&name, text));
    }
    artifacts.push(docs_page(
        "errors",
        templates.render("pages/errors.md.jinja", &page::errors_page(links))?,
    ));
    for module in IncomingModule::ALL {
        if let Some(view) = page::incoming_page(links, module) {
            let text = templates.render("pages/incoming.md.jinja", &view)?;
            artifacts.push(docs_page(module.name(), text));
        }
    }
    let languages = docs.shown();
    let shows_all = api.operations.len() <= MOST_WITH_ALL_LANGUAGES;
    let on_site = match shows_all {
        true => Language::ALL.to_vec(),
        false => languages.clone(),
    };
    let mut examples = Vec::new();
    let mut reading = None;
    let mut pages = Vec::new();
    let mut views = Vec::new();
    let chosen = chosen_examples(api);
    let shared = page::Shared::find(api);
    for (id, operation) in api.operations.iter() {
        let Some(item) = links.operation(id) else {
            continue;
        };
        let call = call::build(api, operation, item);
        let samples = writer.samples(&languages, operation, item, &call)?;
        if chosen.contains(&id)
            && let Some(rust) = writer.sample(Language::Rust, operation, item, &call)?
        {
            // Who tries a client for the first time would rather not change anything.
            if operation.method == HttpMethod::Get {
                reading.get_or_insert(examples.len());
            }
            examples.push((links::plain(&item.method).to_owned(), rust));
        }
        views.push(page::operation_page(
            links, id, item, &call, &samples, &shared,
        ));
        pages.push(links::operation_page(item));
        if let Some(site) = &mut site {
            let all = match shows_all {
                true => Some(writer.samples(&Language::ALL, operation, item, &call)?),
                false => None,
            };
            let samples = all.as_deref().unwrap_or(&samples);
            let fixed = writer.fixed(&on_site, operation, item, &call);
            site.operation(&templates, id, item, &call, samples, &fixed)?;
        }
    }
    let mut languages = languages;
    let spare: &[Language] = match docs.languages {
        Some(_) => &[],
        None => &languages,
    };
    let left_out = page::fit(&mut views, spare, budget(options, &artifacts));
    languages.retain(|language| !left_out.contains(&page::Part::Sample(*language)));
    if left_out.contains(&page::Part::SharedParameters) {
        let text = templates.render("pages/parameters.md.jinja", &shared.page(links))?;
        artifacts.push(docs_page("parameters", text));
    }
    for (file, view) in pages.iter().zip(&views) {
        let text = templates.render("pages/operation.md.jinja", view)?;
        artifacts.push(docs_page(file, text));
    }
    let list = templates.render("pages/llms.txt.jinja", &page::llms_page(links))?;
    artifacts.push(page_file("llms", ".txt", list));
    if let Some(site) = site {
        artifacts.extend(site.finish(&templates, &on_site)?);
    }
    if options.layout == Layout::Crate {
        let names: Vec<String> = examples.iter().map(|(name, _)| name.clone()).collect();
        let quick_start = examples.get(reading.unwrap_or_default());
        let quick_start = quick_start.map(|(_, code)| code.as_str());
        let view = page::readme(links, quick_start, &names, &languages);
        artifacts.push(Artifact {
            path: ArtifactPath::new(["README.md"]),
            content: templates.render("pages/readme.md.jinja", &view)?,
        });
        artifacts.extend(examples.into_iter().map(|(name, content)| Artifact {
            path: ArtifactPath::new(["examples", &format!("{name}.rs")]),
            content,
        }));
    }
    Ok(artifacts)
}

/// Pages of fewer bytes than this show everything, however small the document.
const ALWAYS_SHOWN: usize = 64 * 1024;

/// How many bytes the pages of operations may have: all pages together twice as many as the document.
fn budget(options: &ReferenceOptions<'_>, others: &[Artifact]) -> usize {
    let document: usize = options.documents.iter().map(|file| file.text.len()).sum();
    let others: usize = others.iter().map(|page| page.content.len()).sum();
    // A little is kept back, since pages are weighed before they are filled.
    let all = (document.saturating_mul(2) - document / 20).max(ALWAYS_SHOWN);
    all.saturating_sub(others)
}

fn page_file(name: &str, extension: &str, content: String) -> Artifact {
    let path = ArtifactPath::new(["docs", &format!("{name}{extension}")]);
    Artifact { path, content }
}

/// The samples of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationSamples {
    /// The operation.
    pub operation: OperationId,
    /// The name of the client's method, which is a name for a file as well.
    pub name: String,
    /// The samples, in the order of the languages that were asked for. A language that cannot make the call is left out.
    pub samples: Vec<Sample>,
}

/// Writes the samples of every operation.
///
/// # Errors
///
/// If a template does not fit its view, which is a fault of specwright and never of the document.
pub fn render_samples(
    api: &Api,
    client: &Client,
    languages: &[Language],
) -> Result<Vec<OperationSamples>, TemplateError> {
    let flavour = Flavour::default();
    let templates = Templates::new(false, flavour, &[])?;
    let links = Links {
        api,
        client,
        flavour,
        part_types: &PartTypes::new(api),
    };
    let expressions = Expressions::new(client);
    let writer = SampleWriter {
        templates: &templates,
        links,
        expressions: &expressions,
    };
    let mut all = Vec::new();
    for (id, operation) in api.operations.iter() {
        if let Some(item) = links.operation(id) {
            let call = call::build(api, operation, item);
            all.push(OperationSamples {
                operation: id,
                name: links::plain(&item.method).to_owned(),
                samples: writer.samples(languages, operation, item, &call)?,
            });
        }
    }
    Ok(all)
}

/// The operations that a crate has an example for: all, or the first of each section where there are many.
fn chosen_examples(api: &Api) -> Vec<OperationId> {
    if api.operations.len() <= MOST_EXAMPLES {
        return api.operations.ids().collect();
    }
    sections(api)
        .into_iter()
        .filter_map(|section| section.operations.first().copied())
        .take(MOST_EXAMPLES)
        .collect()
}
