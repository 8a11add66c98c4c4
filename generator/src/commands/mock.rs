//! `specwright mock`: a server that stands in for the one that a document describes.

mod site;

use super::args::MockRequest;
use super::console::{BAD, Console, FAINT, GOOD, STRONG, counted};
use super::{Failure, Outcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use specwright::load::Entry;
use specwright::mock::{Mock, Reply, Request, ServeOptions, serve};
use specwright::pipeline;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Serves until the process is ended.
pub(super) fn run(request: &MockRequest, console: Console) -> Result<Outcome, Failure> {
    let mut run = pipeline::run(&Entry::path(&request.spec), &request.options);
    console.diagnostics(&run)?;
    let Some(product) = run.product.take() else {
        return Ok(Outcome::Found);
    };
    let record = match &request.record {
        Some(path) => Some(Mutex::new(
            File::options()
                .create(true)
                .append(true)
                .open(path)
                .map_err(|error| {
                    Failure::user(format!("cannot write {}: {error}", path.display()))
                })?,
        )),
        None => None,
    };
    let documents = run.sources.iter();
    let documents = documents.map(|(_, file)| (file.name.clone(), file.text.clone()));
    let site = site::maker(product.api.clone(), product.client, documents.collect());
    let title = product.api.info.title.as_str().to_owned();
    let mock = Mock::new(product.api, request.seed);
    let operations: Vec<(String, String)> = mock.operations().collect();
    let greeting = move |address: SocketAddr| greeting(&title, address, &operations);
    let options = ServeOptions {
        port: request.port,
        delay: request.delay,
    };
    let told = console.clone();
    serve(
        mock,
        options,
        site,
        // Nobody is left to be told if the stream is closed.
        |address| drop(console.report(&greeting(address))),
        Box::new(move |request, reply, time| {
            if let Some(record) = &record {
                let mut file = record.lock().unwrap_or_else(PoisonError::into_inner);
                // In one piece, so that whoever reads along finds whole lines.
                let line = format!("{}\n", recorded(request, reply));
                let _ = file.write_all(line.as_bytes());
            }
            let _ = told.report(&line(request, reply, time));
        }),
    )
    .map_err(|error| Failure::user(format!("cannot serve: {error}")))?;
    Ok(Outcome::Done)
}

fn greeting(title: &str, address: SocketAddr, operations: &[(String, String)]) -> String {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    let mut text = format!(
        "{STRONG}{title}{STRONG:#} at {GOOD}http://{address}{GOOD:#}, {}\n",
        counted(operations.len(), "operation")
    );
    for (method, path) in operations.iter().take(20) {
        let path: String = path.chars().filter(|c| !c.is_control()).collect();
        text.push_str(&format!("  {FAINT}{method:7}{FAINT:#} {path}\n"));
    }
    text.push_str(&format!("  docs    http://{address}/docs/\n\n"));
    text
}

/// A request and what became of it in one line.
fn line(request: &Request, reply: &Reply, time: Duration) -> String {
    let style = if reply.status < 400 { GOOD } else { BAD };
    let problems: Vec<String> = reply.problems.iter().map(ToString::to_string).collect();
    let milliseconds = time.as_secs_f64() * 1000.0;
    let line = format!(
        "{} {} {style}{}{style:#} {FAINT}{milliseconds:.1} ms{FAINT:#}  {}",
        request.method,
        request.target,
        reply.status,
        problems.join("; ")
    );
    // A value of the request may have line breaks in it, and what a terminal takes for commands.
    let kept = |c: char| {
        if c.is_control() && c != '\u{1b}' {
            ' '
        } else {
            c
        }
    };
    let line: String = line.trim_end().chars().map(kept).collect();
    format!("{line}\n")
}

/// A request and its answer for machines. A body that is no UTF-8 is in base64.
fn recorded(request: &Request, reply: &Reply) -> Value {
    let mut record = json!({
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "status": reply.status,
        "operation": reply.operation,
        "problems": reply.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    let (name, body) = match std::str::from_utf8(&request.body) {
        Ok(text) => ("body", text.to_owned()),
        Err(_) => ("body_base64", STANDARD.encode(&request.body)),
    };
    if let Some(members) = record.as_object_mut() {
        members.insert(name.to_owned(), body.into());
    }
    record
}
