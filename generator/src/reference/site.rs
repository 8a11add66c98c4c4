//! The static site: a page for each operation, type and tag, that needs neither a server nor a script.
//!
//! The pages are whole when they are written. The scripts in `assets/` add what only a program can: search, a theme
//! that is remembered, copying, and trying a call. A page asks for nothing but the site's own files.

mod assets;
mod download;
mod fields;
mod incoming;
mod links;
mod operation;
mod overview;
mod pages;
mod policy;
mod search;
mod shell;
mod tokens;
mod try_it;
mod type_page;
mod usage;

pub use download::Document;

use super::call::Call;
use super::encode::{Data, Html, Text, Url};
use super::links::{Links, plain};
use super::sample::{self, Language, Sample};
use super::sections::words;
use super::templates::{TemplateError, Templates};
use crate::artifact::{Artifact, ArtifactPath};
use crate::model::{OperationId, TypeId};
use crate::rust::{IncomingModule, OperationItem, OutcomeItem};
use pages::Pages;
use serde_json::Value;
use usage::Usage;

/// Where the site stands in the output.
const DIRECTORY: [&str; 2] = ["docs", "html"];

/// A site that is being written.
pub struct Site<'a> {
    links: Links<'a>,
    pages: Pages<'a>,
    usage: Usage,
    policy: Text,
    /// The document itself, from the root of the site.
    download: Option<String>,
    documents: Vec<Artifact>,
    written: Vec<Artifact>,
}

impl<'a> Site<'a> {
    /// A site without pages. The files of the document are offered for download.
    pub fn new(links: Links<'a>, documents: &[Document<'_>]) -> Self {
        let (download, documents) = download::files(documents);
        Site {
            links,
            pages: Pages::new(links),
            usage: Usage::new(links.api),
            policy: policy::policy(links.api),
            download,
            documents,
            written: Vec::new(),
        }
    }

    /// Writes the page of an operation.
    pub fn operation(
        &mut self,
        templates: &Templates,
        id: OperationId,
        item: &OperationItem,
        call: &Call,
        samples: &[Sample],
        fixed: &Value,
    ) -> Result<(), TemplateError> {
        let view = self.operation_view(id, item, call, samples, fixed);
        let content = templates.render("site/operation.html.jinja", &view)?;
        self.written.push(file(self.pages.operation(id), content));
        Ok(())
    }

    /// Writes all other pages and the assets, and gives the site.
    pub fn finish(
        mut self,
        templates: &Templates,
        languages: &[Language],
    ) -> Result<Vec<Artifact>, TemplateError> {
        let mut artifacts = std::mem::take(&mut self.written);
        let mut page = |name: &str, content: String| artifacts.push(file(name, content));
        page(
            "index.html",
            templates.render("site/index.html.jinja", &self.index_view())?,
        );
        if self.has_errors() {
            page(
                "errors.html",
                templates.render("site/errors.html.jinja", &self.errors_view())?,
            );
        }
        for index in 0..self.pages.groups.len() {
            if let Some((name, view)) = self.tag_view(index) {
                page(name, templates.render("site/tag.html.jinja", &view)?);
            }
        }
        if !self.links.api.types.is_empty() {
            page(
                "types.html",
                templates.render("site/types.html.jinja", &self.types_view())?,
            );
        }
        for module in IncomingModule::ALL {
            if let Some((name, view)) = self.incoming_list(module) {
                page(&name, templates.render("site/tag.html.jinja", &view)?);
            }
        }
        for (index, view) in self.incoming_views().enumerate() {
            let content = templates.render("site/incoming.html.jinja", &view)?;
            page(self.pages.incoming(index), content);
        }
        for id in self.links.api.types.ids() {
            let view = self.type_view(id);
            let content = templates.render("site/type.html.jinja", &view)?;
            page(self.pages.type_page(id), content);
        }
        for (name, content) in self.search_index() {
            page(&name, content);
        }
        let tables = Data::json(&sample::languages(languages, templates, self.links.client)?);
        page(
            "assets/languages.js",
            format!("specwright.languages = {tables};\n"),
        );
        for (name, content) in assets::assets() {
            page(name, content);
        }
        artifacts.extend(self.documents);
        Ok(artifacts)
    }

    fn has_errors(&self) -> bool {
        let mut operations = self.links.client.operations.iter();
        operations.any(|item| matches!(item.error, OutcomeItem::Enum { .. }))
    }

    /// The summary of an operation, else its name in words.
    fn operation_title(&self, id: OperationId) -> Text {
        let operation = &self.links.api.operations[id];
        match (&operation.docs.summary, self.links.operation(id)) {
            (Some(summary), _) => Text::prose(summary),
            (None, Some(item)) => Text::new(&words(plain(&item.method))),
            (None, None) => Text::new(&operation.path_template()),
        }
    }

    fn type_title(&self, id: TypeId) -> &'a str {
        self.links
            .item(id)
            .map_or("object", |item| plain(&item.name))
    }
}

fn file(path: &str, content: String) -> Artifact {
    let path = ArtifactPath::new(DIRECTORY.into_iter().chain(path.split('/')));
    Artifact { path, content }
}

/// A description under a heading of a level, with the element around it.
fn description(docs: &crate::model::Docs, below: u8) -> Option<Html> {
    let prose = docs.description.as_ref()?;
    let html = Html::prose(prose, below);
    (!html.is_empty()).then(|| html.boxed())
}

/// A link to a page outside, if it is one.
fn external(docs: &crate::model::Docs) -> Option<Html> {
    let external = docs.external.as_ref()?;
    let url = Url::external(external.url.as_str())?;
    let label = match &external.description {
        Some(prose) => Html::line(prose, false),
        None => Html::text("Read more"),
    };
    Some(Html::link(&label, &url))
}
