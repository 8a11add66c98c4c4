//! `specwright inspect`: everything but writing, and what would come out.

mod links;
mod pages;

use super::args::{Format, InspectRequest};
use super::console::{CHANGED, Console, FAINT, STRONG, counted, grouped, title};
use super::{Failure, Outcome, project, templates};
use serde_json::{Value, json};
use specwright::diagnostic::{Code, Diagnostic, render_json};
use specwright::load::Entry;
use specwright::model::Shape;
use specwright::pipeline::{self, Product, Run};
use std::collections::BTreeMap;

/// Runs the pipeline and says what it came to. For machines, diagnostics and summary are one JSON object.
pub(super) fn run(request: &InspectRequest, console: &Console) -> Result<Outcome, Failure> {
    // A configuration names the document, and says by itself what the options would.
    let config = match request.spec.extension() {
        Some(extension) if extension == "toml" => Some(project::read(&request.spec)?),
        _ => None,
    };
    let (spec, directory, mut options) = match config {
        Some(config) => {
            let mut options = config.options;
            options.strict = request.options.strict.clone();
            (config.input, config.templates, options)
        }
        None => {
            let options = request.options.clone();
            (request.spec.clone(), request.templates.clone(), options)
        }
    };
    if let Some(directory) = &directory {
        options.docs.templates = templates::read(directory)?;
    }
    let run = pipeline::run(&Entry::path(&spec), &options);
    if console.format == Format::Json {
        let text = serde_json::to_string_pretty(&machine_report(&run)).map_err(Failure::user)?;
        console.result(&format!("{text}\n"))?;
        return console.outcome(&run);
    }
    let outcome = console.diagnostics(&run)?;
    if let Some(product) = &run.product {
        let mut text = title(&product.api, &spec);
        text.push_str(&summary(&run, product));
        console.result(&text)?;
    }
    Ok(outcome)
}

fn summary(run: &Run, product: &Product) -> String {
    let left_out: Vec<&Diagnostic> = left_out(run).collect();
    let operations = match left_out.len() {
        0 => grouped(product.api.operations.len()),
        count => format!(
            "{} {CHANGED}({} left out){CHANGED:#}",
            grouped(product.api.operations.len()),
            grouped(count)
        ),
    };
    let shapes: Vec<String> = shapes(product)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| counted(count, name))
        .collect();
    let types = format!(
        "{}  {FAINT}{}{FAINT:#}",
        grouped(product.api.types.len()),
        shapes.join(", ")
    );
    let files = product.code.len() + product.pages.len();
    let mut text = String::new();
    for (name, value) in [
        ("operations", operations),
        ("types", types),
        ("credentials", names(product)),
        ("servers", grouped(product.api.servers.len())),
        ("files", grouped(files)),
    ] {
        let line = format!("  {name:13}{value}");
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text.push_str(&pages::list(product));
    text.push_str(&links::list(product));
    text.push_str(&left_out_list(&left_out));
    text.push_str(&findings(run));
    text
}

fn names(product: &Product) -> String {
    let names: Vec<&str> = product
        .client
        .credentials
        .iter()
        .map(|credential| credential.method.as_str())
        .collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(", ")
}

/// How many types there are of each shape.
fn shapes(product: &Product) -> [(&'static str, usize); 4] {
    let mut counts = [
        ("record", 0),
        ("enumeration", 0),
        ("union", 0),
        ("alias", 0),
    ];
    for (_, item) in product.api.types.iter() {
        let name = match item.shape {
            Shape::Record(_) => "record",
            Shape::Enumeration(_) => "enumeration",
            Shape::Union(_) => "union",
            Shape::Alias(_) => "alias",
        };
        for (known, count) in &mut counts {
            if *known == name {
                *count += 1;
            }
        }
    }
    counts
}

fn left_out(run: &Run) -> impl Iterator<Item = &Diagnostic> {
    run.diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::OperationLeftOut)
}

fn left_out_list(left_out: &[&Diagnostic]) -> String {
    let mut text = String::new();
    if !left_out.is_empty() {
        text.push_str(&format!("\n{STRONG}Left out{STRONG:#}\n"));
    }
    for diagnostic in left_out {
        let pointer = &diagnostic.primary.pointer;
        text.push_str(&format!(
            "  {}  {FAINT}{pointer}{FAINT:#}\n",
            diagnostic.message
        ));
    }
    text
}

/// How many findings there are of each code.
fn findings(run: &Run) -> String {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in run.diagnostics.iter() {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    if counts.is_empty() {
        return format!("\n{FAINT}No findings.{FAINT:#}\n");
    }
    let mut text = format!("\n{STRONG}Findings{STRONG:#}\n");
    for (code, count) in counts {
        text.push_str(&format!("  {:>6}  {code}\n", grouped(count)));
    }
    text
}

fn machine_report(run: &Run) -> Value {
    let summary = run.product.as_ref().map(|product| {
        json!({
            "title": product.api.info.title.as_str(),
            "version": product.api.info.version.as_str(),
            "package": product.client.package.name,
            "operations": product.api.operations.len(),
            "operations_left_out": left_out(run).count(),
            "types": product.api.types.len(),
            "paginated": pages::machine_list(product),
            "links": links::machine_list(product),
            "files": product.code.len() + product.pages.len(),
        })
    });
    // The renderer writes JSON; what it says is part of this object, not a text in it.
    let diagnostics = render_json(&run.diagnostics, &run.sources);
    let diagnostics: Value = serde_json::from_str(&diagnostics).unwrap_or(Value::Null);
    json!({ "summary": summary, "diagnostics": diagnostics })
}
