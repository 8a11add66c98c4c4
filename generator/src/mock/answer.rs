//! What is answered: what the document shows, or what it allows.

use super::body::is_same;
use super::body_out::spell;
use super::paging::Window;
use super::problem::{Problem, refusal, sentence};
use super::schema::Way;
use super::validate::Validators;
use super::{Call, Reply};
use crate::model::{Constraints, Content, ContentKind, Operation, Response, StatusPattern, Type};
use crate::reference::{response_example, value_example};
use serde_json::Value;

/// Makes answers.
pub struct Answers;

impl Answers {
    /// The answer to a request that is all right: what `Prefer: code=409` asks for, else the first success.
    pub fn reply(&self, call: &Call<'_>, validators: &Validators) -> Reply {
        let operation = &call.api.operations[call.id];
        let Some(status) = preferred(call) else {
            return match first_success(operation) {
                Some(Response {
                    status: StatusPattern::Code(status @ 100..=199),
                    ..
                }) => {
                    let detail = format!(
                        "the document answers with {status}, which changes the protocol of the connection"
                    );
                    refusal(501, vec![Problem::body("", detail)])
                }
                Some(response) => {
                    let status = status_of(response.status);
                    self.documented(call, response, status, validators)
                }
                None => Reply::empty(200),
            };
        };
        match documented(operation, status) {
            Some(response) => self.documented(call, response, status, validators),
            None => {
                let detail = format!("the document names no response {status}");
                refusal(
                    400,
                    vec![Problem::parameter("header", "Prefer", "", detail)],
                )
            }
        }
    }

    /// The answer that a response of the document shows, or allows, if what it shows is not what it demands.
    pub fn documented(
        &self,
        call: &Call<'_>,
        response: &Response,
        status: u16,
        validators: &Validators,
    ) -> Reply {
        let content = wanted(call, response);
        let value = content.map(|content| shown(call, response, content, validators));
        self.with_content(call, response, status, content.zip(value.as_ref()))
    }

    /// The answer of a response with a body of its type.
    pub fn with_body(
        &self,
        call: &Call<'_>,
        response: &Response,
        status: u16,
        value: Option<&Value>,
    ) -> Reply {
        self.with_content(call, response, status, response.content.as_ref().zip(value))
    }

    fn with_content(
        &self,
        call: &Call<'_>,
        response: &Response,
        status: u16,
        content: Option<(&Content, &Value)>,
    ) -> Reply {
        let mut reply = Reply::empty(status);
        for header in &response.headers {
            let name = header.name.as_str();
            if header.required && !name.eq_ignore_ascii_case("content-type") {
                let value = value_example(call.api, &header.ty);
                let text = match &value {
                    Some(Value::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                    None => continue,
                };
                reply.add_header(name, &text);
            }
        }
        if let Some((content, value)) = content {
            let spelled = spell(call.api, content, value);
            reply.add_header("Content-Type", &spelled.media_type);
            reply.body = spelled.body;
            reply.ends = spelled.ends;
        }
        reply
    }

    /// The answer to a request that is not all right: the document's own, if it names the status, else problem details.
    pub fn refusal(
        &self,
        call: &Call<'_>,
        status: u16,
        problems: Vec<Problem>,
        validators: &Validators,
    ) -> Reply {
        let operation = &call.api.operations[call.id];
        let usual: &[u16] = if status == 400 {
            &[400, 422]
        } else {
            &[status]
        };
        let known = usual.iter().find_map(|status| {
            let response = documented(operation, *status)?;
            Some((*status, response))
        });
        let mut reply = match known {
            Some((status, response)) => self.told(call, response, status, &problems, validators),
            None => refusal(status, problems.clone()),
        };
        if status == 401 {
            reply.add_header("WWW-Authenticate", "Bearer");
        }
        reply.problems = problems;
        reply
    }

    /// The document's own answer, with the problems in the field that is meant for people, if it has one.
    fn told(
        &self,
        call: &Call<'_>,
        response: &Response,
        status: u16,
        problems: &[Problem],
        validators: &Validators,
    ) -> Reply {
        let Some(content) = &response.content else {
            return self.with_body(call, response, status, None);
        };
        let ContentKind::Json(ty) = &content.kind else {
            return self.documented(call, response, status, validators);
        };
        let plain = response_example(call.api, content);
        let mut value = plain.clone();
        let place = value.as_object_mut().and_then(|members| {
            let names = ["detail", "message", "error_description", "error", "title"];
            let name = names
                .into_iter()
                .find(|name| members.get(*name).is_some_and(Value::is_string))?;
            members.get_mut(name)
        });
        if let Some(place) = place {
            *place = Value::from(sentence(problems));
        }
        let key = format!("{}/response/{}", call.id.index(), response.status);
        let none = Constraints::default();
        let wrong = validators.problems(call.api, &key, Way::Response, ty, &none, &value);
        let value = if wrong.is_empty() { value } else { plain };
        self.with_body(call, response, status, Some(&value))
    }
}

/// How many items a stream has whose document shows none.
const ITEMS: usize = 3;

/// The document's example, if it is allowed, else a value that is made up.
pub fn shown(
    call: &Call<'_>,
    response: &Response,
    content: &Content,
    validators: &Validators,
) -> Value {
    let value = response_example(call.api, content);
    let ContentKind::Json(ty) = &content.kind else {
        let item = response
            .stream
            .as_ref()
            .filter(|stream| stream.media_type == content.media_type && content.examples.is_empty())
            .and_then(|stream| value_example(call.api, &stream.item));
        return item.map_or(value, |item| Value::Array(vec![item; ITEMS]));
    };
    let media_type = content.media_type.as_str();
    let key = format!(
        "{}/response/{}/{media_type}",
        call.id.index(),
        response.status
    );
    let none = Constraints::default();
    let allows = |value: &Value| {
        let wrong = validators.problems(call.api, &key, Way::Response, ty, &none, value);
        wrong.is_empty()
    };
    let value = match allows(&value) {
        true => value,
        false => {
            let mut bare = content.clone();
            bare.examples.clear();
            let made = response_example(call.api, &bare);
            if allows(&made) { made } else { value }
        }
    };
    let cut = Window::of(call).cut(value.clone());
    if cut == value || !allows(&cut) {
        return value;
    }
    cut
}

/// The type of a response's body, if it is JSON.
pub fn json_type(response: &Response) -> Option<&Type> {
    match &response.content.as_ref()?.kind {
        ContentKind::Json(ty) => Some(ty),
        _ => None,
    }
}

/// The first success of an operation, else its first response.
pub fn first_success(operation: &Operation) -> Option<&Response> {
    let is = |wanted: fn(StatusPattern) -> bool| {
        let mut responses = operation.responses.iter();
        responses.find(|response| wanted(response.status))
    };
    is(StatusPattern::is_success)
        .or_else(|| is(|status| matches!(status, StatusPattern::Default)))
        .or_else(|| operation.responses.first())
}

/// The response that stands for a status: itself, its hundred, or the default.
pub fn documented(operation: &Operation, status: u16) -> Option<&Response> {
    let hundred = u8::try_from(status / 100).unwrap_or(0);
    let wanted = [
        StatusPattern::Code(status),
        StatusPattern::Range(hundred),
        StatusPattern::Default,
    ];
    wanted.iter().find_map(|pattern| {
        let mut responses = operation.responses.iter();
        responses.find(|response| response.status == *pattern)
    })
}

/// A status that a pattern stands for.
pub fn status_of(pattern: StatusPattern) -> u16 {
    match pattern {
        StatusPattern::Code(code @ 200..=999) => code,
        StatusPattern::Code(_) | StatusPattern::Default => 200,
        StatusPattern::Range(hundred) => u16::from(hundred.clamp(2, 5)) * 100,
    }
}

/// The content that the request asks for most, else the first.
fn wanted<'r>(call: &Call<'_>, response: &'r Response) -> Option<&'r Content> {
    let accept = call.request.header("accept").unwrap_or("*/*");
    let mut ranges: Vec<(f32, &str)> = accept.split(',').map(quality).collect();
    // The sort keeps the order of what is wanted alike.
    ranges.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let wanted = ranges.iter().find_map(|(_, range)| {
        response.contents().find(|content| {
            let mut known = content.media_types();
            known.any(|known| is_same(known.as_str(), range) || is_same(range, known.as_str()))
        })
    });
    wanted.or(response.content.as_ref())
}

/// A range of `Accept` and how much it is wanted (RFC 9110, section 12.4.2).
fn quality(range: &str) -> (f32, &str) {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
    (quality.unwrap_or(1.0), name)
}

/// The status of `Prefer: code=409` (RFC 7240).
fn preferred(call: &Call<'_>) -> Option<u16> {
    let header = call.request.header("prefer")?;
    let code = header
        .split([',', ';'])
        .find_map(|preference| preference.trim().strip_prefix("code="))?;
    let code: u16 = code.trim().trim_matches('"').parse().ok()?;
    (200..=599).contains(&code).then_some(code)
}
