//! The table of contents: every stage in its order, from a document to the files that are made of it.
//!
//! A stage collects what it finds and goes on; between two stages the run stops if there was an error.

mod findings;

use crate::analysis::analyze;
use crate::artifact::{Artifact, Layout};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::emit::emit;
use crate::load::{Entry, LoadOptions, load};
use crate::lower::lower;
pub use crate::model::PageRule;
use crate::model::{Api, PageRules};
pub use crate::plan::Defaults;
use crate::plan::{PlanOptions, plan};
use crate::reference::{
    DocsOptions, Document, ReferenceOptions, TemplateError, contract_tests, render,
};
use crate::rust::{Client, Features};
use crate::source::{FileId, Origin, Pointer, Sources};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Runs every stage but the last: nothing is written.
///
/// The stages recurse over the levels of a document, so they run on a stack of their own, which is large enough for the
/// deepest that is allowed, whatever the caller's is.
pub fn run(entry: &Entry, options: &Options) -> Run {
    let work = || {
        let mut run = Run::default();
        run.product = stages(entry, options, &mut run);
        run
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        match builder.spawn_scoped(scope, work) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Without a thread there is the stack of the caller, which is enough for all but the deepest documents.
            Err(_) => work(),
        }
    })
}

/// Bytes of the stack, which take memory only where they are used.
const STACK: usize = 256 * 1024 * 1024;

fn stages(entry: &Entry, options: &Options, run: &mut Run) -> Option<Product> {
    let document = run.stage(Stage::Load, |sources, diagnostics| {
        load(entry, &options.load, sources, diagnostics)
    })?;
    run.stop_at_errors(&options.strict)?;

    let api = run.stage(Stage::Lower, |_, diagnostics| {
        lower(&document, options.plan.features.xml, diagnostics)
    });
    run.stop_at_errors(&options.strict)?;

    let facts = run.stage(Stage::Analyze, |_, diagnostics| {
        let facts = analyze(&api, &options.pagination);
        diagnostics.extend(findings::of_analysis(&api, &facts));
        facts
    });
    run.stop_at_errors(&options.strict)?;

    let client = run.stage(Stage::Plan, |_, diagnostics| {
        let client = plan(&api, &facts, &options.plan);
        diagnostics.extend(findings::of_pages(&api, &facts, &client));
        client
    });
    run.stop_at_errors(&options.strict)?;

    let mut code = match options.parts {
        Parts::All | Parts::Client => run.stage(Stage::Emit, |_, _| emit(&client, options.layout)),
        Parts::Docs => Vec::new(),
    };
    if options.contract_tests && options.layout == Layout::Crate && options.parts != Parts::Docs {
        code.extend(contract_tests(&api, &client));
    }
    let pages = match options.parts {
        Parts::All | Parts::Docs => run.stage(Stage::Reference, |sources, diagnostics| {
            let reference = ReferenceOptions {
                layout: options.layout,
                docs: options.docs.clone(),
                documents: documents(sources),
            };
            render(&api, &client, &reference).unwrap_or_else(|error| own_fault(&error, diagnostics))
        }),
        Parts::Client => Vec::new(),
    };
    limit_output(code.iter().chain(&pages), &options.load, run);
    run.stop_at_errors(&options.strict)?;

    Some(Product {
        api,
        client,
        code,
        pages,
    })
}

/// The files that were read, for readers of the site.
fn documents(sources: &Sources) -> Vec<Document<'_>> {
    let files = sources.iter();
    files
        .map(|(_, file)| Document {
            name: &file.name,
            text: &file.text,
        })
        .collect()
}

/// Refuses an output that is out of all proportion to the document.
fn limit_output<'a>(
    files: impl Iterator<Item = &'a Artifact>,
    options: &LoadOptions,
    run: &mut Run,
) {
    let sum = |lengths: &mut dyn Iterator<Item = usize>| lengths.fold(0, usize::saturating_add);
    let read = sum(&mut run.sources.iter().map(|(_, file)| file.text.len()));
    let written = sum(&mut files.map(|file| file.content.len()));
    let limit = FREE_OUTPUT.saturating_add(read.saturating_mul(options.max_output));
    if written > limit {
        let root = Origin::new(FileId::ENTRY, Pointer::root());
        let message =
            format!("the output would have {written} bytes, which is beyond the limit of {limit}");
        run.diagnostics
            .push(Diagnostic::new(Code::Limit, root, message));
    }
}

/// The bytes that every output may have: the runtime and what surrounds it do not depend on the document.
const FREE_OUTPUT: usize = 8 * 1024 * 1024;

/// Reports what is no fault of the document, but of a template of the user's or of ours.
fn own_fault(error: &TemplateError, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    let root = Origin::new(FileId::ENTRY, Pointer::root());
    let code = match error.custom {
        true => Code::Io,
        false => Code::Internal,
    };
    diagnostics.push(Diagnostic::new(code, root, error.to_string()));
    Vec::new()
}

/// What the user may choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The limits of reading.
    pub load: LoadOptions,
    /// The names that the document does not decide.
    pub plan: PlanOptions,
    /// What is said of listings in pages, stronger than what the document says.
    pub pagination: PageRules,
    /// How the client is cut into files.
    pub layout: Layout,
    /// What is made of the document.
    pub parts: Parts,
    /// What the pages show.
    pub docs: DocsOptions,
    /// Whether a crate has a test that calls each of its operations, `tests/contract.rs`.
    pub contract_tests: bool,
    /// Which warnings are errors.
    pub strict: Strict,
}

/// Whether a client can check values against what the document demands beyond their types, unless the user says
/// otherwise. A crate can, behind a feature, which costs those nothing who leave it off; elsewhere there are no features.
pub fn validates_usually(layout: Layout) -> bool {
    layout == Layout::Crate
}

/// What a client has in a layout beside what the user asks for. In a crate it costs those nothing who leave the feature
/// off.
pub fn usual_features(layout: Layout) -> Features {
    Features {
        oauth2: layout == Layout::Crate,
        received: layout == Layout::Crate,
        ..Features::default()
    }
}

/// What is made of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Parts {
    /// The client, its pages and its samples.
    #[default]
    All,
    /// The client alone.
    Client,
    /// The pages and samples alone.
    Docs,
}

impl Parts {
    /// What is made unless the user says otherwise: pages and samples have no place inside another crate's sources.
    pub fn usual_for(layout: Layout) -> Self {
        match layout {
            Layout::Crate => Parts::All,
            Layout::Module | Layout::File => Parts::Client,
        }
    }
}

/// Which warnings are errors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Strict {
    /// None: what cannot be generated is left out, and the rest is generated.
    #[default]
    Never,
    /// Those with one of these codes.
    Codes(BTreeSet<Code>),
    /// All of them.
    Always,
}

impl Strict {
    fn holds(&self, code: Code) -> bool {
        match self {
            Strict::Never => false,
            Strict::Codes(codes) => codes.contains(&code),
            Strict::Always => true,
        }
    }
}

/// A run: what was read, what was found, how long it took, and what came out.
#[derive(Debug, Default)]
pub struct Run {
    /// The files that were read.
    pub sources: Sources,
    /// What there is to say about them.
    pub diagnostics: Diagnostics,
    /// The stages that ran, each with the time it took.
    pub timings: Vec<(Stage, Duration)>,
    /// What came out; `None` if the run stopped at an error.
    pub product: Option<Product>,
}

/// What came out of a run that was not stopped.
#[derive(Debug)]
pub struct Product {
    /// The model of the API.
    pub api: Api,
    /// The plan of the client.
    pub client: Client,
    /// The files of the client.
    pub code: Vec<Artifact>,
    /// The pages and the samples.
    pub pages: Vec<Artifact>,
}

impl Product {
    /// All files.
    pub fn into_artifacts(self) -> Vec<Artifact> {
        let mut artifacts = self.code;
        artifacts.extend(self.pages);
        artifacts
    }
}

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Stage {
    Load,
    Lower,
    Analyze,
    Plan,
    Emit,
    Reference,
}

impl Stage {
    /// The verb that names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Load => "load",
            Stage::Lower => "lower",
            Stage::Analyze => "analyze",
            Stage::Plan => "plan",
            Stage::Emit => "emit",
            Stage::Reference => "reference",
        }
    }
}

impl Run {
    fn stage<T>(
        &mut self,
        stage: Stage,
        work: impl FnOnce(&mut Sources, &mut Diagnostics) -> T,
    ) -> T {
        let start = Instant::now();
        let result = work(&mut self.sources, &mut self.diagnostics);
        self.timings.push((stage, start.elapsed()));
        result
    }

    fn stop_at_errors(&mut self, strict: &Strict) -> Option<()> {
        self.diagnostics.raise(|code| strict.holds(code));
        (!self.diagnostics.has_errors()).then_some(())
    }
}
