//! The request as it stands on the wire, with every variable at its fallback.

use crate::reference::call::{BodyContent, Call, Piece, component, message as message_of};
use crate::reference::encode::is_invisible;
use crate::reference::sample::json_text;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// What `samples/http.jinja` is given. Each is a line, or the body, without characters that would end it.
#[derive(Serialize)]
pub struct MessageView {
    request_line: String,
    headers: Vec<String>,
    body: String,
}

/// Makes the message of a call.
pub fn message(call: &Call) -> MessageView {
    let base = fallback(call, call.base_url.index());
    let (_, rest) = base.split_once("://").unwrap_or(("", base));
    let (host, prefix) = match rest.find(['/', '?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let mut target = format!("{prefix}{}", text(call, &call.path, true));
    for (index, pair) in call.query.iter().enumerate() {
        let mark = if index == 0 { '?' } else { '&' };
        let value = text(call, &pair.value, true);
        target.push_str(&format!("{mark}{}={value}", pair.name));
    }
    if !target.starts_with('/') {
        target.insert(0, '/');
    }
    let mut headers = vec![line("Host", host)];
    if let Some((user, password)) = call.basic {
        let pair = format!(
            "{}:{}",
            fallback(call, user.index()),
            fallback(call, password.index())
        );
        headers.push(line(
            "Authorization",
            &format!("Basic {}", STANDARD.encode(pair)),
        ));
    }
    for header in &call.headers {
        headers.push(line(&header.name, &text(call, &header.value, false)));
    }
    let body = call
        .body
        .as_ref()
        .map_or(String::new(), |body| content(&body.content));
    if call.body.is_some() {
        headers.push(line("Content-Length", &body.len().to_string()));
    }
    MessageView {
        request_line: format!("{} {target} HTTP/1.1", call.method.as_str()),
        headers,
        body,
    }
}

fn line(name: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .filter(|c| *c == '\t' || !is_invisible(*c))
        .collect();
    format!("{name}: {value}")
}

fn fallback(call: &Call, index: usize) -> &str {
    call.variables
        .get(index)
        .map_or("", |variable| &variable.fallback)
}

fn text(call: &Call, pieces: &[Piece], in_url: bool) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Variable(id) if !in_url => fallback(call, id.index()).to_owned(),
            Piece::Variable(id) | Piece::Encoded(id) => component(fallback(call, id.index())),
        })
        .collect()
}

fn content(content: &BodyContent) -> String {
    match content {
        BodyContent::Json(value) => json_text(value),
        BodyContent::Form(pairs) => pairs
            .iter()
            .map(|(name, value)| format!("{}={}", component(name), component(value)))
            .collect::<Vec<_>>()
            .join("&"),
        BodyContent::Parts(parts) => message_of(parts),
        BodyContent::Text(text) => text.clone(),
    }
}
