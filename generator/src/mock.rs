//! A server that stands in for the one that a document describes.
//!
//! It refuses what the document does not allow, says where and why, and answers what the document shows. What happens
//! between a request and its answer is here and touches nothing; [`serve`] holds the sockets.

mod answer;
mod body;
mod body_out;
mod credentials;
mod ledger;
mod paging;
mod parameters;
mod problem;
mod route;
mod schema;
mod serve;
mod text;
mod validate;
mod xml;

pub use problem::Problem;
pub use serve::{Observer, ServeOptions, SiteMaker, serve};

use crate::model::{Api, OperationId};
use answer::Answers;
use ledger::Ledger;
use problem::refusal;
use route::{Found, Routes};
use validate::Validators;

/// A request as it arrived, with a body within the limit.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method in capitals.
    pub method: String,
    /// The path and the query as they were spelled.
    pub target: String,
    /// The headers in their order, with bytes beyond ASCII as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Where each piece of the body ends, if it is a stream.
    pub ends: Vec<usize>,
    /// The operation that was called, if any.
    pub operation: Option<String>,
    /// What was wrong with the request.
    pub problems: Vec<Problem>,
}

/// A stand-in for the server of a document.
pub struct Mock {
    api: Api,
    routes: Routes,
    validators: Validators,
    answers: Answers,
    ledger: Ledger,
}

impl Mock {
    /// Makes the stand-in. With the same seed it makes up the same identifiers.
    pub fn new(api: Api, seed: u64) -> Self {
        Mock {
            routes: Routes::new(&api),
            validators: Validators::default(),
            answers: Answers,
            ledger: Ledger::new(seed),
            api,
        }
    }

    /// The operations, each with its method and path, for a list.
    pub fn operations(&self) -> impl Iterator<Item = (String, String)> {
        let operations = self.api.operations.iter();
        operations.map(|(_, operation)| {
            let method = operation.method.as_str().to_owned();
            (method, operation.path_template())
        })
    }

    /// Whether the document has a path.
    pub fn knows(&self, path: &str) -> bool {
        !matches!(self.routes.find(&self.api, "GET", path, ""), Found::Nothing)
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Reply {
        let (path, query) = match request.target.split_once('?') {
            Some((path, query)) => (path, query),
            None => (request.target.as_str(), ""),
        };
        if request.method == "OPTIONS" && request.header("access-control-request-method").is_some()
        {
            return Reply::empty(204);
        }
        let mut reply = match self.routes.find(&self.api, &request.method, path, query) {
            Found::Nothing => refusal(404, vec![Problem::path(path)]),
            Found::Methods(allowed) => {
                let mut reply = refusal(405, vec![Problem::method(&request.method, &allowed)]);
                reply.add_header("Allow", &allowed.join(", "));
                reply
            }
            Found::Operation(id, values, place) => {
                let call = Call {
                    api: &self.api,
                    id,
                    request,
                    path: &values,
                    place: &place,
                    query,
                };
                self.call(&call)
            }
        };
        if request.method == "HEAD" {
            reply.body.clear();
            reply.ends.clear();
        }
        reply
    }

    fn call(&self, call: &Call<'_>) -> Reply {
        let operation = &self.api.operations[call.id];
        let mut reply = match self.validators.validate(call) {
            Ok(body) => self
                .ledger
                .answer(call, body.as_ref(), &self.answers, &self.validators),
            Err((status, problems)) => {
                self.answers
                    .refusal(call, status, problems, &self.validators)
            }
        };
        reply.operation = Some(format!(
            "{} {}",
            operation.method.as_str(),
            operation.path_template()
        ));
        reply
    }
}

/// A request for an operation.
struct Call<'a> {
    api: &'a Api,
    id: OperationId,
    request: &'a Request,
    /// The values of the path parameters by name, still percent-encoded.
    path: &'a [(String, String)],
    /// The path below the server's, without a slash at its end.
    place: &'a str,
    query: &'a str,
}

impl Request {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl Reply {
    fn empty(status: u16) -> Self {
        Reply {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            ends: Vec::new(),
            operation: None,
            problems: Vec::new(),
        }
    }

    fn add_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

#[cfg(test)]
mod tests;
