//! What specwright has to say about a document, and where.
//!
//! A stage collects diagnostics and goes on; the pipeline stops between stages when there is an error. Every construct
//! of OpenAPI is supported, warned about or refused, and the last two are a [`Diagnostic`] with an [`Origin`].

mod catalogue;
mod harmless;
mod json;
mod place;
mod render;

pub use catalogue::Code;
pub use json::render_json;
pub use render::{RenderOptions, render};

use crate::source::Origin;
use std::ops::Range;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// The output is complete but for what the message says.
    Warning,
    /// There is no output.
    Error,
}

/// A second place that explains the first, such as the other declaration of a duplicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub origin: Origin,
    /// The bytes of the file, where the pointer alone would not tell: one of two equal keys.
    pub span: Option<Range<usize>>,
    /// What is to be seen there, without a full stop.
    pub text: String,
}

/// One finding, at one place of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The entry of the catalogue, which `specwright explain` prints.
    pub code: Code,
    /// How bad it is. Starts as the severity of the code and is raised by `--strict`.
    pub severity: Severity,
    /// What is wrong here, in one sentence that starts in lower case and has no full stop.
    pub message: String,
    /// The place.
    pub primary: Origin,
    /// The bytes of the file, where the pointer alone would not tell: a syntax error, one of two equal keys.
    pub span: Option<Range<usize>>,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// What the user can do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding with the severity of its code.
    pub fn new(code: Code, primary: Origin, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            primary,
            span: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, origin: Origin, text: impl Into<String>) -> Self {
        self.related.push(Label {
            origin,
            span: None,
            text: text.into(),
        });
        self
    }

    /// Says which bytes of the file are meant, where the pointer alone does not.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds a second place by its bytes.
    #[must_use]
    pub fn label_at(mut self, origin: Origin, span: Range<usize>, text: impl Into<String>) -> Self {
        self.related.push(Label {
            origin,
            span: Some(span),
            text: text.into(),
        });
        self
    }

    /// Its own place, then those of its labels.
    fn places(&self) -> impl Iterator<Item = (&Origin, Option<&Range<usize>>)> {
        let related = self.related.iter();
        let related = related.map(|label| (&label.origin, label.span.as_ref()));
        std::iter::once((&self.primary, self.span.as_ref())).chain(related)
    }

    /// Makes an error of it.
    #[must_use]
    pub fn error(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }
}

/// The findings of a run, in the order in which they were made.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether there is an error among them, so that the next stage must not run.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Makes errors of the warnings whose code the user chose.
    pub fn raise(&mut self, is_strict: impl Fn(Code) -> bool) {
        for diagnostic in &mut self.list {
            if diagnostic.severity == Severity::Warning && is_strict(diagnostic.code) {
                diagnostic.severity = Severity::Error;
            }
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.list.extend(iter);
    }
}
