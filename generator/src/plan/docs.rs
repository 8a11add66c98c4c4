//! Documentation: what the document says first, then facts.

use super::formats::Formats;
use crate::model::{Constraints, Docs as ModelDocs, Parameter, Presence};
use crate::rust::{Docs, Paragraph};
use serde_json::Value;

/// The longest example that is worth its place in a comment, in characters.
const LONGEST_EXAMPLE: usize = 80;

/// The longest schema that is repeated in a comment, in characters.
const LONGEST_SCHEMA: usize = 300;

/// Summary, then description, then a page with more.
pub(super) fn plan_docs(docs: &ModelDocs) -> Docs {
    let mut paragraphs = Vec::new();
    let summary = docs.summary.as_ref();
    let description = docs.description.as_ref();
    if let Some(summary) = summary
        && !description.is_some_and(|text| {
            text.as_str()
                .trim_start()
                .starts_with(summary.as_str().trim())
        })
    {
        paragraphs.push(Paragraph::Prose(summary.clone()));
    }
    if let Some(description) = description {
        paragraphs.push(Paragraph::Prose(description.clone()));
    }
    if let Some(external) = &docs.external {
        if let Some(description) = &external.description {
            paragraphs.push(Paragraph::Prose(description.clone()));
        }
        paragraphs.push(Paragraph::Prose(external.url.clone()));
    }
    Docs {
        paragraphs,
        deprecated: docs.deprecated,
    }
}

/// The documentation of a parameter.
pub(super) fn plan_parameter_docs(formats: &Formats, parameter: &Parameter) -> Docs {
    plan_value_docs(
        formats,
        &parameter.docs,
        default_fact("Default", &parameter.presence),
        &parameter.constraints,
        parameter.example.as_ref(),
    )
}

/// What is said of a default.
pub(super) fn default_fact(label: &'static str, presence: &Presence) -> Option<Paragraph> {
    match presence {
        Presence::Defaulted(value) => Some(Paragraph::Fact(label, shown(value))),
        Presence::Required | Presence::Optional => None,
    }
}

/// The documentation of a value.
pub(super) fn plan_value_docs(
    formats: &Formats,
    docs: &ModelDocs,
    default: Option<Paragraph>,
    constraints: &Constraints,
    example: Option<&Value>,
) -> Docs {
    let mut planned = plan_docs(docs);
    let mut facts = Vec::new();
    let mut fact = |label, text: String| facts.push(Paragraph::Fact(label, text));
    planned.paragraphs.extend(default);
    for phrase in constraints.phrases() {
        planned.paragraphs.push(Paragraph::Demand(phrase));
    }
    for pattern in constraints.all_patterns() {
        fact("Pattern", pattern.as_str().to_owned());
    }
    for demand in constraints.all_schemas() {
        let text = demand.schema.to_string();
        let label = match demand.is_checked {
            true => "Must keep to the schema",
            false => "Not checked",
        };
        fact(label, shortened(&text, LONGEST_SCHEMA));
    }
    if let Some(format) = &constraints.format
        && !formats.say(format.as_str())
    {
        fact("Format", format.as_str().to_owned());
    }
    if let Some(example) = example.map(shown)
        && example.chars().nth(LONGEST_EXAMPLE).is_none()
    {
        fact("Example", example);
    }
    planned.paragraphs.extend(facts);
    planned
}

/// The beginning of a long text.
fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A value as JSON, or a string as it is.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
