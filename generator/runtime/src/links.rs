//! Links: calls that an answer leads to, with values of the call before (OpenAPI, "Link Object" and "Runtime
//! Expressions").

use std::ops::RangeInclusive;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Extensions, HeaderMap, HeaderName, StatusCode};

use super::body::Body;
use super::codec::{self, Encode};
use super::draft::Keeper;
use super::link_values::{Found, LinkError, Path, Value, in_body, in_header, nothing};
use super::request::Request;
use super::response::Response;
use super::server::Server;

/// What of a call its links take a value from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The URL that was called.
    Url,
    /// A header of the request.
    Header(&'static str),
    /// The body of the request.
    Body,
    /// The body of the answer.
    Answer,
}

/// What was kept of a call.
#[derive(Clone, Default)]
struct Exchange {
    wanted: &'static [Keep],
    /// The values of parameters, as JSON.
    given: Vec<(&'static str, Arc<str>)>,
    url: Arc<str>,
    headers: HeaderMap,
    body: Option<Bytes>,
    answer: Option<Bytes>,
}

impl<O> Request<'_, O> {
    /// Has the answer remember these parts of the call.
    #[doc(hidden)]
    pub fn keep(mut self, wanted: &'static [Keep]) -> Self {
        self.draft.kept.keeper = Some(Keeper {
            of_request,
            of_answer,
        });
        exchange(&mut self.draft.kept.values).wanted = wanted;
        self
    }

    /// Has the answer remember a parameter.
    #[doc(hidden)]
    pub fn keep_value(mut self, name: &'static str, value: &dyn Encode) -> Self {
        // What cannot be written is an error of the call.
        let json = codec::encode(value).ok();
        if let Some(json) = json.and_then(|json| String::from_utf8(json).ok()) {
            let given = &mut exchange(&mut self.draft.kept.values).given;
            given.retain(|(known, _)| *known != name);
            given.push((name, json.into()));
        }
        self
    }

    /// Sends it to these servers of the document in the place of the operation's.
    #[doc(hidden)]
    pub fn served_by(mut self, servers: &'static [Server]) -> Self {
        self.draft.servers = Some(servers);
        self
    }
}

fn exchange(values: &mut Extensions) -> &mut Exchange {
    values.get_or_insert_default()
}

fn of_request(request: &http::Request<Body>, values: &mut Extensions) {
    let exchange = exchange(values);
    let sent = request.headers();
    for keep in exchange.wanted {
        match keep {
            Keep::Url => exchange.url = request.uri().to_string().into(),
            Keep::Header(name) => {
                let Ok(wanted) = HeaderName::try_from(*name) else {
                    continue;
                };
                for line in sent.get_all(&wanted) {
                    exchange.headers.append(&wanted, line.clone());
                }
            }
            Keep::Body => {
                exchange.body = request.body().as_bytes().map(Bytes::copy_from_slice);
                if let Some(media_type) = sent.get(CONTENT_TYPE) {
                    exchange.headers.insert(CONTENT_TYPE, media_type.clone());
                }
            }
            Keep::Answer => {}
        }
    }
}

fn of_answer(body: &Bytes, values: &mut Extensions) {
    let exchange = exchange(values);
    if exchange.wanted.contains(&Keep::Answer) {
        exchange.answer = Some(body.clone());
    }
}

/// A link of an answer, which finds what the call that it leads to is to be given.
pub struct Link<'a> {
    name: &'static str,
    status: StatusCode,
    headers: &'a HeaderMap,
    exchange: Option<&'a Exchange>,
}

impl<'a> Link<'a> {
    /// The link of this name of an answer that has one of these statuses.
    ///
    /// # Errors
    ///
    /// If the answer has another status.
    pub fn new<T, H>(
        name: &'static str,
        answer: &'a Response<T, H>,
        statuses: &[RangeInclusive<u16>],
    ) -> Result<Self, LinkError> {
        let status = answer.status();
        if !statuses
            .iter()
            .any(|range| range.contains(&status.as_u16()))
        {
            let reason = format!(
                "an answer with the status {} has no such link",
                status.as_u16()
            );
            return Err(LinkError { link: name, reason });
        }
        Ok(Link {
            name,
            status,
            headers: answer.headers(),
            exchange: answer.kept().get(),
        })
    }

    /// A value that is the same for every call, as JSON.
    pub fn constant(&self, json: &'static str) -> Found<'a> {
        self.found(Ok(Value::Json(json)))
    }

    /// Text of the document.
    pub fn literal(&self, text: &'static str) -> Found<'a> {
        self.found(Ok(Value::Text(text.into())))
    }

    /// What stands in the body of the answer.
    pub fn body(&self, path: Path) -> Found<'a> {
        let body = self.exchange.and_then(|exchange| exchange.answer.as_ref());
        self.found(in_body(body, self.headers, path).ok_or_else(|| nothing("answer", path)))
    }

    /// A header of the answer.
    pub fn header(&self, name: &'static str) -> Found<'a> {
        let found = in_header(self.headers, name);
        self.found(found.ok_or_else(|| format!("the answer has no header `{name}`")))
    }

    /// The status of the answer.
    pub fn status(&self) -> Found<'a> {
        self.found(Ok(Value::Text(self.status.as_u16().to_string().into())))
    }

    /// The URL that was called.
    pub fn url(&self) -> Found<'a> {
        let url = self.exchange.map(|exchange| exchange.url.as_ref());
        let url = url.map(|url| Value::Text(url.into()));
        self.found(url.ok_or_else(|| "the URL that was called is not known".to_owned()))
    }

    /// What stands in the body of the request.
    pub fn request_body(&self, path: Path) -> Found<'a> {
        let found = self
            .exchange
            .and_then(|exchange| in_body(exchange.body.as_ref(), &exchange.headers, path));
        self.found(found.ok_or_else(|| nothing("request", path)))
    }

    /// A header of the request.
    pub fn request_header(&self, name: &'static str) -> Found<'a> {
        let found = self
            .exchange
            .and_then(|exchange| in_header(&exchange.headers, name));
        self.found(found.ok_or_else(|| format!("the request had no header `{name}`")))
    }

    /// A parameter of the request, by its place and its name.
    pub fn given(&self, name: &'static str) -> Found<'a> {
        let mut given = self
            .exchange
            .into_iter()
            .flat_map(|exchange| &exchange.given);
        let found = given.find(|(known, _)| *known == name);
        let found = found.map(|(_, json)| Value::Json(json.as_ref()));
        self.found(found.ok_or_else(|| format!("the request had no parameter `{name}`")))
    }

    /// A text that is put together of several.
    pub fn text<const N: usize>(&self, pieces: [Found<'a>; N]) -> Found<'a> {
        let mut text = String::new();
        for piece in pieces {
            match piece.value.and_then(|value| value.plain_or_reason()) {
                Ok(piece) => text.push_str(&piece),
                Err(reason) => return self.found(Err(reason)),
            }
        }
        self.found(Ok(Value::Text(text.into())))
    }

    fn found(&self, value: Result<Value<'a>, String>) -> Found<'a> {
        Found {
            link: self.name,
            value,
        }
    }
}
