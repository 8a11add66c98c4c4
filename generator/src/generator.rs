//! The whole of specwright as one call, for build scripts and other programs.

use crate::artifact::{ApplyError, Changes, Layout, Mode, apply};
use crate::diagnostic::{Diagnostics, RenderOptions, render};
use crate::load::{Entry, LoadOptions};
use crate::pipeline::{
    self, Options, PageRule, Parts, Run, Strict, usual_features, validates_usually,
};
use crate::plan::{Defaults, Formats};
use crate::reference::Flavour;
use crate::rust::Feature;
use crate::source::Sources;
use std::env;
use std::fmt;
use std::path::PathBuf;

/// Generates a client from a document.
///
/// In a build script (`build.rs`), the client as one file for `include!`:
///
/// ```no_run
/// fn main() -> Result<(), specwright::GenerateError> {
///     specwright::Generator::new("api.yaml")
///         .layout(specwright::Layout::File)
///         .cargo_directives(true)
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// and in the sources of the crate:
///
/// ```text
/// pub mod api {
///     include!(concat!(env!("OUT_DIR"), "/client.rs"));
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Generator {
    entry: Entry,
    output: Option<PathBuf>,
    options: Options,
    parts: Option<Parts>,
    validate: Option<bool>,
    features: Vec<Feature>,
    cargo_directives: bool,
}

impl Generator {
    /// A generator for the document in this file, in YAML or JSON.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self::of(Entry::path(document))
    }

    /// A generator for a document that is at hand as text, with the name that diagnostics call it by.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::of(Entry::text(name, text))
    }

    /// A generator for several documents that refer to each other and are at hand as texts: each by its path, such as
    /// `schemas/pet.yaml`, or by the URL that references call it by. `name` is the path of the one to begin with.
    pub fn from_texts<P: Into<String>, T: Into<String>>(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        Self::of(Entry::texts(name, files))
    }

    fn of(entry: Entry) -> Self {
        Generator {
            entry,
            output: None,
            options: Options::default(),
            parts: None,
            validate: None,
            features: Vec::new(),
            cargo_directives: false,
        }
    }

    /// Names the package; without it the title of the document does.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.plan.name = Some(name.into());
        self
    }

    /// How the client is cut into files; a crate unless said otherwise.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.options.layout = layout;
        self
    }

    /// What is made of the document: for a crate everything, for a module or a file the client alone, unless said
    /// otherwise.
    #[must_use]
    pub fn parts(mut self, parts: Parts) -> Self {
        self.parts = Some(parts);
        self
    }

    /// Whether the types get a method `validate`, which checks a value against what the document demands beyond its
    /// type. A crate has it behind its feature `validate` unless said otherwise; a module or a file has it only if so.
    #[must_use]
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = Some(validate);
        self
    }

    /// Asks for a part that a client does not have unless it is asked for: `blocking`, `compression`, `oauth2`
    /// (which a crate has anyway, if the document has flows), `signatures` (which it has if the API sends something),
    /// `tracing`, `xml` (bodies of XML by their types). In a crate each but `xml` is behind a feature of this name.
    #[must_use]
    pub fn feature(mut self, feature: Feature) -> Self {
        self.features.push(feature);
        self
    }

    /// What may be read beside the document, and the limits of reading.
    #[must_use]
    pub fn load(mut self, load: LoadOptions) -> Self {
        self.options.load = load;
        self
    }

    /// Whether the pages have a static site beside them, `docs/html/`; not unless said otherwise.
    #[must_use]
    pub fn html(mut self, html: bool) -> Self {
        self.options.docs.html = html;
        self
    }

    /// What reads the Markdown pages; GitHub unless said otherwise.
    #[must_use]
    pub fn flavour(mut self, flavour: Flavour) -> Self {
        self.options.docs.flavour = flavour;
        self
    }

    /// A template that stands for the one of specwright with this name, such as `pages/operation.md.jinja`.
    #[must_use]
    pub fn template(mut self, name: impl Into<String>, source: impl Into<String>) -> Self {
        let template = (name.into(), source.into());
        self.options.docs.templates.push(template);
        self
    }

    /// Whether a crate has a test that calls each of its operations with example values, `tests/contract.rs`; not unless
    /// said otherwise.
    #[must_use]
    pub fn contract_tests(mut self, contract_tests: bool) -> Self {
        self.options.contract_tests = contract_tests;
        self
    }

    /// How an operation hands out what it has in pages, by its operationId or by method and path (`GET /orders`); `None`
    /// if it does not. It is stronger than what the document says, which is stronger than what names suggest.
    #[must_use]
    pub fn pagination(mut self, operation: impl Into<String>, rule: Option<PageRule>) -> Self {
        self.options.pagination.insert(operation.into(), rule);
        self
    }

    /// Which types stand for the formats of strings, such as `jiff`'s for dates: the usual ones unless said otherwise.
    #[must_use]
    pub fn formats(mut self, formats: Formats) -> Self {
        self.options.plan.formats = formats;
        self
    }

    /// What becomes of the defaults of properties that may be absent: the fields stay `Option`s, and accessors say what the
    /// API takes, unless they are to be filled in.
    #[must_use]
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.options.plan.defaults = defaults;
        self
    }

    /// Which warnings are errors; none unless said otherwise.
    #[must_use]
    pub fn strict(mut self, strict: Strict) -> Self {
        self.options.strict = strict;
        self
    }

    /// Where to write; `OUT_DIR` unless said otherwise, which Cargo sets for build scripts.
    #[must_use]
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.output = Some(directory.into());
        self
    }

    /// Whether to print `cargo::rerun-if-changed` for each file that was read, and `cargo::warning` for each warning.
    #[must_use]
    pub fn cargo_directives(mut self, print: bool) -> Self {
        self.cargo_directives = print;
        self
    }

    /// Generates and writes.
    ///
    /// # Errors
    ///
    /// When the document has errors, or the output cannot be written; the former output is whole then.
    pub fn generate(&self) -> Result<Generated, GenerateError> {
        self.generate_with(Mode::Write)
    }

    /// Generates and compares with what was written before, without writing.
    ///
    /// # Errors
    ///
    /// When the document has errors, or the output cannot be read.
    pub fn check(&self) -> Result<Generated, GenerateError> {
        self.generate_with(Mode::Check)
    }

    fn generate_with(&self, mode: Mode) -> Result<Generated, GenerateError> {
        let output = self.output_directory()?;
        let mut options = self.options.clone();
        options.parts = self.parts.unwrap_or(Parts::usual_for(options.layout));
        let usual = validates_usually(options.layout);
        options.plan.validate = self.validate.unwrap_or(usual);
        options.plan.features = usual_features(options.layout);
        for feature in &self.features {
            options.plan.features.add(*feature);
        }
        let run = pipeline::run(&self.entry, &options);
        if self.cargo_directives {
            print_cargo_directives(&run);
        }
        let Some(product) = run.product else {
            return Err(GenerateError::Document {
                sources: run.sources,
                diagnostics: run.diagnostics,
            });
        };
        let changes = apply(&output, &product.into_artifacts(), mode)?;
        Ok(Generated {
            sources: run.sources,
            diagnostics: run.diagnostics,
            changes,
        })
    }

    fn output_directory(&self) -> Result<PathBuf, GenerateError> {
        match &self.output {
            Some(directory) => Ok(directory.clone()),
            None => env::var_os("OUT_DIR")
                .map(PathBuf::from)
                .ok_or(GenerateError::NoOutput),
        }
    }
}

/// Cargo reads these lines from the output of a build script.
fn print_cargo_directives(run: &Run) {
    // What could not be opened must be looked for again, so it is named, too.
    for path in run.sources.watched() {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    if run.product.is_some() {
        for diagnostic in run.diagnostics.iter() {
            let message = diagnostic.message.replace(['\r', '\n'], " ");
            let pointer = &diagnostic.primary.pointer;
            println!(
                "cargo::warning={message} [{}] at {pointer}",
                diagnostic.code
            );
        }
    }
}

/// What a successful run did.
#[derive(Debug)]
pub struct Generated {
    /// The files that were read.
    pub sources: Sources,
    /// What there was to say about them: warnings and notes.
    pub diagnostics: Diagnostics,
    /// What was written, or would be.
    pub changes: Changes,
}

impl Generated {
    /// The warnings and notes, drawn for people, without colours.
    pub fn report(&self) -> String {
        render(&self.diagnostics, &self.sources, RenderOptions::default())
    }
}

/// Why nothing was generated.
///
/// `Debug` shows the same text as `Display`, so that a build script whose `main` returns this error shows the drawn
/// diagnostics.
pub enum GenerateError {
    /// The document has errors.
    Document {
        /// The files that were read.
        sources: Sources,
        /// What is wrong with them, at least one error among it.
        diagnostics: Diagnostics,
    },
    /// The output could not be written.
    Apply(ApplyError),
    /// There is no directory to write to: none was given, and `OUT_DIR` is not set.
    NoOutput,
}

impl From<ApplyError> for GenerateError {
    fn from(error: ApplyError) -> Self {
        GenerateError::Apply(error)
    }
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenerateError::Document {
                sources,
                diagnostics,
            } => {
                f.write_str("the document has errors\n\n")?;
                f.write_str(&render(diagnostics, sources, RenderOptions::default()))
            }
            GenerateError::Apply(error) => error.fmt(f),
            GenerateError::NoOutput => {
                f.write_str("no output directory: call out_dir(), or run in a build script")
            }
        }
    }
}

impl fmt::Debug for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for GenerateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            GenerateError::Apply(error) => Some(error),
            _ => None,
        }
    }
}
