//! Code samples: one template and one encoder for each language.
//!
//! A sample is a whole file that runs as it stands. Its template gets nothing but [`Code`] of its own language, which
//! only the encoder of the language makes, so the text of one language cannot end up in the file of another.

mod javascript;
mod json;
mod python;
mod rust;
mod shell;

pub use javascript::JavaScript;
pub use json::{json_line, json_text};
pub use python::Python;
pub use rust::rust_sample;
pub use shell::Shell;

use super::call::{BodyContent, Call, Pair, Piece};
use super::encode::is_invisible;
use super::templates::{TemplateError, Templates};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::marker::PhantomData;

/// A language that samples are written in.
pub trait Language {
    /// The name of its template under `templates/samples/`.
    const TEMPLATE: &'static str;
    /// A string literal, or what else stands for a text exactly.
    fn string(text: &str) -> String;
    /// An expression that is a text of literals and variables one after the other.
    fn concatenation(parts: &[Part<'_>]) -> String;
    /// A literal of a JSON value, if the language can say it exactly. `depth` is how deep the line is indented.
    fn value(value: &Value, depth: usize) -> Option<String>;
}

/// A part of a text in a sample.
pub enum Part<'a> {
    /// Text that stays.
    Literal(&'a str),
    /// The value of a variable as it is.
    Variable(&'a str),
    /// The value of a variable, percent-encoded.
    Encoded(&'a str),
}

/// Code of a language.
pub struct Code<L>(String, PhantomData<L>);

impl<L: Language> Code<L> {
    fn own(code: &'static str) -> Self {
        Code(code.to_owned(), PhantomData)
    }

    /// The name of a variable, which is an identifier in every language.
    fn name(call: &Call, id: super::call::VariableId) -> Self {
        let name = call.variable(id).map(|variable| variable.name.clone());
        Code(name.unwrap_or_default(), PhantomData)
    }

    fn string(text: &str) -> Self {
        Code(L::string(text), PhantomData)
    }

    fn concatenation(parts: &[Part<'_>]) -> Self {
        Code(L::concatenation(parts), PhantomData)
    }

    fn value(value: &Value) -> Option<Self> {
        L::value(value, 1).map(|code| Code(code, PhantomData))
    }

    /// The text of a comment: one line, without what a reader cannot see or a language could take for its end.
    fn comment(text: &str) -> Self {
        let line: String = text
            .chars()
            .map(|c| if is_invisible(c) { ' ' } else { c })
            .collect();
        let words: Vec<&str> = line.split_whitespace().collect();
        Code(words.join(" ").replace("*/", "* /"), PhantomData)
    }
}

impl<L> Serialize for Code<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What a template of a sample is given.
#[derive(Serialize)]
#[serde(bound = "")]
struct SampleView<L> {
    /// What the call does, for a comment.
    title: Code<L>,
    /// Whether the method is HEAD, whose answer has no body.
    is_head: bool,
    method: Code<L>,
    /// The variables at the top.
    variables: Vec<VariableView<L>>,
    /// Whether some variable stands in the URL.
    encodes: bool,
    url: Code<L>,
    headers: Vec<HeaderView<L>>,
    basic: Option<BasicView<L>>,
    body: Option<BodyView<L>>,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct VariableView<L> {
    name: Code<L>,
    /// The name as a string.
    key: Code<L>,
    fallback: Code<L>,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct HeaderView<L> {
    name: Code<L>,
    value: Code<L>,
    /// Name and value in one text.
    line: Code<L>,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct BasicView<L> {
    user: Code<L>,
    password: Code<L>,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct BodyView<L> {
    /// A literal of the value, where the body is JSON and the language can say it.
    json: Option<Code<L>>,
    /// The pairs, where the body is a form.
    form: Option<Vec<FormPairView<L>>>,
    /// The text of the body, where it is neither.
    text: Option<Code<L>>,
}

#[derive(Serialize)]
#[serde(bound = "")]
struct FormPairView<L> {
    name: Code<L>,
    value: Code<L>,
    /// Name, percent-encoded, and value in one text, as curl takes them.
    line: Code<L>,
}

/// Writes the sample of a call.
pub fn render_sample<L: Language>(
    templates: &Templates,
    title: &str,
    call: &Call,
) -> Result<String, TemplateError> {
    let view = SampleView::<L> {
        title: Code::comment(title),
        is_head: call.method.as_str() == "HEAD",
        method: Code::own(call.method.as_str()),
        variables: call
            .variables
            .iter()
            .map(|variable| VariableView {
                name: Code(variable.name.clone(), PhantomData),
                key: Code::string(&variable.name),
                fallback: Code::string(&variable.fallback),
            })
            .collect(),
        encodes: call.headers.iter().any(has_encoded)
            || url_parts(call)
                .iter()
                .any(|part| matches!(part, Part::Encoded(_))),
        url: Code::concatenation(&url_parts(call)),
        headers: headers(call),
        basic: call.basic.map(|(user, password)| BasicView {
            user: Code::name(call, user),
            password: Code::name(call, password),
        }),
        body: call.body.as_ref().map(|body| body_view(&body.content)),
    };
    templates.render(L::TEMPLATE, &view)
}

fn url_parts(call: &Call) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = call
        .variable(call.base_url)
        .map(|variable| Part::Variable(&variable.name))
        .into_iter()
        .collect();
    push_pieces(call, &call.path, true, &mut parts);
    for (index, pair) in call.query.iter().enumerate() {
        parts.push(Part::Literal(if index == 0 { "?" } else { "&" }));
        parts.push(Part::Literal(&pair.name));
        parts.push(Part::Literal("="));
        push_pieces(call, &pair.value, true, &mut parts);
    }
    joined(parts)
}

/// Whether a part of a header is percent-encoded.
fn has_encoded(header: &Pair) -> bool {
    let mut pieces = header.value.iter();
    pieces.any(|piece| matches!(piece, Piece::Encoded(_)))
}

fn push_pieces<'a>(call: &'a Call, pieces: &'a [Piece], in_url: bool, parts: &mut Vec<Part<'a>>) {
    for piece in pieces {
        match piece {
            Piece::Literal(text) => parts.push(Part::Literal(text)),
            Piece::Variable(id) | Piece::Encoded(id) => {
                if let Some(variable) = call.variable(*id) {
                    let name = variable.name.as_str();
                    parts.push(if in_url || matches!(piece, Piece::Encoded(_)) {
                        Part::Encoded(name)
                    } else {
                        Part::Variable(name)
                    });
                }
            }
        }
    }
}

/// Leaves out literals of nothing.
fn joined(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    parts
        .into_iter()
        .filter(|part| !matches!(part, Part::Literal("")))
        .collect()
}

/// Runs of literals as one, for languages that write an operator between parts.
pub(super) fn merged<'a>(parts: &'a [Part<'a>]) -> Vec<(Option<&'a Part<'a>>, String)> {
    let mut out: Vec<(Option<&Part<'_>>, String)> = Vec::new();
    for part in parts {
        match (part, out.last_mut()) {
            (Part::Literal(text), Some((None, literal))) => literal.push_str(text),
            (Part::Literal(text), _) => out.push((None, (*text).to_owned())),
            (other, _) => out.push((Some(other), String::new())),
        }
    }
    out
}

fn headers<L: Language>(call: &Call) -> Vec<HeaderView<L>> {
    call.headers
        .iter()
        .map(|header| {
            let mut parts = Vec::new();
            push_pieces(call, &header.value, false, &mut parts);
            let name = format!("{}: ", header.name);
            let mut line = vec![Part::Literal(&name)];
            push_pieces(call, &header.value, false, &mut line);
            HeaderView {
                name: Code::string(&header.name),
                value: Code::concatenation(&parts),
                line: Code::concatenation(&line),
            }
        })
        .collect()
}

fn body_view<L: Language>(content: &BodyContent) -> BodyView<L> {
    let mut view = BodyView {
        json: None,
        form: None,
        text: None,
    };
    match content {
        BodyContent::Json(value) => match Code::value(value) {
            Some(code) => view.json = Some(code),
            None => view.text = Some(Code::string(&json_text(value))),
        },
        BodyContent::Form(pairs) => {
            view.form = Some(
                pairs
                    .iter()
                    .map(|(name, value)| FormPairView {
                        name: Code::string(name),
                        value: Code::string(value),
                        line: Code::string(&format!("{}={value}", super::call::component(name))),
                    })
                    .collect(),
            );
        }
        BodyContent::Text(text) => view.text = Some(Code::string(text)),
    }
    view
}

#[cfg(test)]
mod tests;
