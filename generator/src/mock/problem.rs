//! What is wrong with a request, as problem details (RFC 9457).

use super::Reply;
use serde_json::{Value, json};
use std::fmt;

/// Something that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `path`, `query`, `header`, `cookie`, `body` or `security`.
    pub place: &'static str,
    /// The parameter, where it is one.
    pub name: Option<String>,
    /// A JSON Pointer into the value; empty if all of it is wrong.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}

impl Problem {
    /// Something that is wrong with the body.
    pub fn body(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Problem {
            place: "body",
            name: None,
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }

    /// Something that is wrong with a parameter.
    pub fn parameter(
        place: &'static str,
        name: &str,
        pointer: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Problem {
            place,
            name: Some(name.to_owned()),
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }

    pub(super) fn path(path: &str) -> Self {
        let detail = format!("the document has no path {path}");
        Problem {
            place: "path",
            name: None,
            pointer: String::new(),
            detail,
        }
    }

    pub(super) fn method(method: &str, allowed: &[&str]) -> Self {
        let detail = format!(
            "the path has no operation {method}, only {}",
            allowed.join(", ")
        );
        Problem {
            place: "path",
            name: None,
            pointer: String::new(),
            detail,
        }
    }

    fn json(&self) -> Value {
        let mut value = json!({ "in": self.place, "detail": self.detail });
        if let Some(members) = value.as_object_mut() {
            if let Some(name) = &self.name {
                members.insert("name".to_owned(), Value::from(name.as_str()));
            }
            if self.place == "body" || !self.pointer.is_empty() {
                members.insert("pointer".to_owned(), format!("#{}", self.pointer).into());
            }
        }
        value
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(name) = &self.name {
            write!(f, " {name}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, " #{}", self.pointer)?;
        }
        write!(f, ": {}", self.detail)
    }
}

/// Problem details with a status.
pub fn refusal(status: u16, problems: Vec<Problem>) -> Reply {
    let details = json!({
        "type": "about:blank",
        "title": title(status),
        "status": status,
        "detail": sentence(&problems),
        "errors": problems.iter().map(Problem::json).collect::<Vec<_>>(),
    });
    let mut reply = Reply::empty(status);
    reply.add_header("Content-Type", "application/problem+json");
    reply.body = details.to_string().into_bytes();
    reply.problems = problems;
    reply
}

/// All problems in one line.
pub fn sentence(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("; ")
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        _ => "Refused",
    }
}
