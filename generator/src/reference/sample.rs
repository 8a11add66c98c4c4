//! Code samples: one template and one encoder for each language.
//!
//! A sample is a whole file that runs as it stands. Its template gets nothing but [`code::Code`], which only the dialect
//! of the language makes of a text of the document.

mod code;
mod dialect;
#[cfg(fuzzing)]
pub mod fuzzing;
mod http;
mod json;
mod language;
mod literal;
mod live;
mod parts;
pub(super) mod rust;
mod shell;
mod typescript;
mod values;
mod view;

pub use json::{json_line, json_text};
pub use language::Language;
pub use live::languages;

use super::call::Call;
use super::links::Links;
use super::rust_expression::Expressions;
use super::templates::{TemplateError, Templates};
use crate::model::{HttpMethod, Operation};
use crate::rust::OperationItem;
use code::{Code, Writer};
use view::sample_view;

/// The sample of an operation in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The language.
    pub language: Language,
    /// A whole file.
    pub code: String,
}

/// What samples are made of.
pub struct SampleWriter<'a> {
    pub templates: &'a Templates,
    pub links: Links<'a>,
    pub expressions: &'a Expressions<'a>,
}

impl SampleWriter<'_> {
    /// Writes the samples of a call in those of the languages that can say it, in their order.
    pub fn samples(
        &self,
        languages: &[Language],
        operation: &Operation,
        item: &OperationItem,
        call: &Call,
    ) -> Result<Vec<Sample>, TemplateError> {
        let mut samples = Vec::new();
        for language in languages {
            if let Some(code) = self.sample(*language, operation, item, call)? {
                let language = *language;
                samples.push(Sample { language, code });
            }
        }
        Ok(samples)
    }

    /// Writes the sample of a call; `None` if the language cannot say it.
    pub fn sample(
        &self,
        language: Language,
        operation: &Operation,
        item: &OperationItem,
        call: &Call,
    ) -> Result<Option<String>, TemplateError> {
        if !can_say(language, call) {
            return Ok(None);
        }
        let title = title(operation);
        let template = format!("samples/{}.jinja", language.as_str());
        let Some(dialect) = dialect::dialect(language) else {
            return if language == Language::Http {
                self.templates
                    .render(&template, &http::message(call))
                    .map(Some)
            } else {
                let client = self.links.client;
                Ok(rust::rust_sample(
                    client,
                    self.expressions,
                    item,
                    &title,
                    call,
                ))
            };
        };
        if language == Language::TypeScript {
            let view = typescript::view(self.links, operation, item, &title, call, dialect);
            return self.templates.render(&template, &view).map(Some);
        }
        let writer = Writer {
            dialect,
            call,
            names: None,
        };
        let view = sample_view(&title, &writer);
        self.templates.render(&template, &view).map(Some)
    }
}

/// What a call does, in words: the summary, else the method and path.
fn title(operation: &Operation) -> String {
    match &operation.docs.summary {
        Some(summary) => summary.as_str().to_owned(),
        None => format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        ),
    }
}

/// Whether the HTTP client of a language sends such a call at all.
fn can_say(language: Language, call: &Call) -> bool {
    match language {
        // `fetch` refuses these (Fetch Standard, sections 2.2.1 and 5.4).
        Language::JavaScript | Language::TypeScript => {
            let has_no_body = matches!(call.method, HttpMethod::Get | HttpMethod::Head);
            let is_forbidden = match &call.method {
                HttpMethod::Trace => true,
                HttpMethod::Other(name) => name.as_str().eq_ignore_ascii_case("track"),
                _ => false,
            };
            !(is_forbidden || has_no_body && call.body.is_some())
        }
        // `req_method` makes capitals of it.
        Language::R => {
            let method = call.method.as_str();
            !method.contains(|c: char| c.is_ascii_lowercase())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
