//! What the template of a language is given.

use super::code::{Code, Writer};
use super::parts::{PartView, part_view};
use crate::model::HttpMethod;
use crate::reference::call::{BodyContent, Call, Piece, component, message};
use serde::Serialize;

/// What the template of a language is given.
#[derive(Serialize)]
pub struct SampleView {
    /// What the call does, for a comment.
    title: Code,
    /// The method, a literal.
    method: Code,
    /// The method, for a shell.
    method_word: Code,
    /// The method as a name of a class: `Post`. Only the usual ones have a class.
    method_class: Option<Code>,
    /// Whether the method is HEAD, whose answer has no body.
    is_head: bool,
    /// The variables at the top.
    variables: Vec<VariableView>,
    /// Whether something is percent-encoded.
    encodes: bool,
    url: Code,
    headers: Vec<HeaderView>,
    /// Whether there is a header `Cookie`, which some clients want to make themselves.
    has_cookie: bool,
    /// Whether a header describes the body.
    has_content_header: bool,
    /// Whether the name of a header has an underscore, which some clients take for a hyphen.
    has_underscore: bool,
    basic: Option<BasicView>,
    body: Option<BodyView>,
    /// The variable with the name of the file that the answer is written to; none if the answer is text.
    download: Option<Code>,
}

#[derive(Serialize)]
struct VariableView {
    name: Code,
    /// The name as a string.
    key: Code,
    fallback: Code,
}

#[derive(Serialize)]
struct HeaderView {
    name: Code,
    value: Code,
    /// Name and value in one text.
    line: Code,
    /// Whether it describes the body (RFC 9110, section 8.3), which .NET keeps apart.
    is_content: bool,
    /// Whether it is made by whatever puts the parts of the body together.
    is_of_parts: bool,
}

#[derive(Serialize)]
struct BasicView {
    user: Code,
    password: Code,
}

#[derive(Serialize)]
struct BodyView {
    /// A literal of the value, where the body is JSON and the language has such values.
    json: Option<Code>,
    /// The pairs, where the body is a form.
    form: Option<Vec<PairView>>,
    /// The parts, where the body has some, for languages that put them together themselves.
    parts: Option<Vec<PartView>>,
    /// A literal of the text of the body, where it is neither JSON nor a form.
    text: Option<Code>,
    media_type: Code,
}

#[derive(Serialize)]
struct PairView {
    name: Code,
    value: Code,
    /// Name, percent-encoded, and value in one text, as curl takes them.
    line: Code,
}

impl SampleView {
    /// Whether the body is a literal of the language's own values.
    pub fn has_json(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.json.is_some())
    }
}

/// Makes the view of a call.
pub fn sample_view(title: &str, writer: &Writer<'_>) -> SampleView {
    let call = writer.call;
    let is_content = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("content-")
            || matches!(name.as_str(), "allow" | "expires" | "last-modified")
    };
    let has_parts = call
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.content, BodyContent::Parts(_)));
    SampleView {
        title: Code::comment(title),
        method: writer.string(call.method.as_str()),
        method_word: writer.word(call.method.as_str()),
        method_class: method_class(&call.method).map(Code::own),
        is_head: call.method == HttpMethod::Head,
        variables: call
            .variables
            .iter()
            .map(|variable| VariableView {
                name: Code::own(&variable.name),
                key: writer.string(&variable.name),
                fallback: writer.string(&variable.fallback),
            })
            .collect(),
        encodes: encodes(call),
        url: writer.url(),
        headers: call
            .headers
            .iter()
            .map(|header| HeaderView {
                name: writer.string(&header.name),
                value: writer.header_value(header),
                line: writer.header_line(header),
                is_content: is_content(&header.name),
                is_of_parts: has_parts && header.name == "Content-Type",
            })
            .collect(),
        has_cookie: call.headers.iter().any(|header| header.name == "Cookie"),
        has_content_header: call.headers.iter().any(|header| is_content(&header.name)),
        has_underscore: call.headers.iter().any(|header| header.name.contains('_')),
        basic: call.basic.map(|(user, password)| BasicView {
            user: writer.variable(user),
            password: writer.variable(password),
        }),
        body: call.body.as_ref().map(|body| BodyView {
            media_type: writer.string(&body.media_type),
            ..body_view(&body.content, writer)
        }),
        download: call.download.map(|id| writer.variable(id)),
    }
}

fn method_class(method: &HttpMethod) -> Option<&'static str> {
    Some(match method {
        HttpMethod::Get => "Get",
        HttpMethod::Put => "Put",
        HttpMethod::Post => "Post",
        HttpMethod::Delete => "Delete",
        HttpMethod::Options => "Options",
        HttpMethod::Head => "Head",
        HttpMethod::Patch => "Patch",
        HttpMethod::Trace => "Trace",
        HttpMethod::Query | HttpMethod::Other(_) => return None,
    })
}

fn encodes(call: &Call) -> bool {
    let is_variable = |piece: &Piece| !matches!(piece, Piece::Literal(_));
    let is_encoded = |piece: &Piece| matches!(piece, Piece::Encoded(_));
    call.path.iter().any(is_variable)
        || call
            .query
            .iter()
            .any(|pair| pair.value.iter().any(is_variable))
        || call
            .headers
            .iter()
            .any(|header| header.value.iter().any(is_encoded))
}

fn body_view(content: &BodyContent, writer: &Writer<'_>) -> BodyView {
    let mut view = BodyView {
        json: None,
        form: None,
        parts: None,
        text: None,
        media_type: Code::own(""),
    };
    match content {
        BodyContent::Json(value) => match writer.value(value) {
            Some(code) => view.json = Some(code),
            None => view.text = Some(writer.json(value)),
        },
        BodyContent::Form(pairs) => {
            let pairs = pairs.iter().map(|(name, value)| PairView {
                name: writer.string(name),
                value: writer.string(value),
                line: writer.string(&format!("{}={value}", component(name))),
            });
            view.form = Some(pairs.collect());
        }
        BodyContent::Parts(parts) => {
            view.text = Some(writer.string(&message(parts)));
            view.parts = Some(parts.iter().map(|part| part_view(part, writer)).collect());
        }
        BodyContent::Text(text) => view.text = Some(writer.string(text)),
    }
    view
}
