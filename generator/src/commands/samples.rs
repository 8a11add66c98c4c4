//! `specwright samples`: the samples alone, as files or within the document.

mod into;

use super::args::{Format, SamplesRequest, SamplesTarget};
use super::console::{Console, counted};
use super::{Failure, Outcome};
use into::{Place, write_into};
use specwright::artifact::{Artifact, ArtifactPath, apply};
use specwright::load::Entry;
use specwright::pipeline::{self, Product, Run};
use specwright::reference::{OperationSamples, render_samples};
use specwright::source::FileId;
use std::fs;

/// Writes the samples of a document.
pub(super) fn run(request: &SamplesRequest, console: &Console) -> Result<Outcome, Failure> {
    let run = pipeline::run(&Entry::path(&request.spec), &request.options);
    let outcome = console.diagnostics(&run)?;
    let Some(product) = &run.product else {
        return Ok(Outcome::Found);
    };
    let all =
        render_samples(&product.api, &product.client, &request.languages).map_err(Failure::user)?;
    let done = match &request.target {
        SamplesTarget::Files(directory) => {
            let artifacts: Vec<Artifact> = all.iter().flat_map(files).collect();
            apply(directory, &artifacts, request.mode).map_err(Failure::user)?;
            let samples = counted(artifacts.len(), "sample");
            let operations = counted(all.len(), "operation");
            format!("{samples} of {operations} in {}\n", directory.display())
        }
        SamplesTarget::Document(path) => {
            let (text, done) = document(&run, product, &all)?;
            fs::write(path, text).map_err(|error| {
                Failure::user(format!("cannot write {}: {error}", path.display()))
            })?;
            format!("{done} in {}\n", path.display())
        }
    };
    if console.format == Format::Human {
        console.report(&done)?;
    }
    Ok(outcome)
}

/// The document with the samples in it, and what is to be said of it.
fn document(
    run: &Run,
    product: &Product,
    all: &[OperationSamples],
) -> Result<(String, String), Failure> {
    let entry = run.sources.get(FileId::ENTRY);
    let text = entry.map_or("", |file| file.text.as_str());
    let origin = |samples: &OperationSamples| &product.api.operations[samples.operation].origin;
    let (own, elsewhere): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|samples| origin(samples).file == FileId::ENTRY);
    let places: Vec<Place<'_>> = own
        .iter()
        .map(|samples| Place {
            pointer: &origin(samples).pointer,
            samples: &samples.samples,
        })
        .collect();
    let written = write_into(text, &places)
        .ok_or_else(|| Failure::user("samples cannot be written into a document of this form"))?;
    let count = places.len() - written.left.len();
    let mut done = format!("samples of {}", counted(count, "operation"));
    for pointer in &written.left {
        done.push_str(&format!(
            "\nleft alone, as it has x-codeSamples or is an alias: {pointer}"
        ));
    }
    for samples in elsewhere {
        let pointer = &origin(samples).pointer;
        done.push_str(&format!(
            "\nleft out, as it stands in another file: {pointer}"
        ));
    }
    if !written.left.is_empty() || count < all.len() {
        done.push_str("\nwritten");
    }
    Ok((written.text, done))
}

/// A file for each language, in a directory of the language: some tools take all files of a directory for one program.
fn files(operation: &OperationSamples) -> impl Iterator<Item = Artifact> {
    operation.samples.iter().map(|sample| {
        let language = sample.language;
        let file = format!("{}.{}", operation.name, language.extension());
        Artifact {
            path: ArtifactPath::new([language.as_str(), &file]),
            content: sample.code.clone(),
        }
    })
}
