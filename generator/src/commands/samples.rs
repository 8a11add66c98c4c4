//! `specwright samples`: the samples alone, as files or within the document.

use super::args::{Format, SamplesRequest, SamplesTarget};
use super::console::{Console, counted};
use super::{Failure, Outcome};
use specwright::artifact::{Artifact, ArtifactPath, apply};
use specwright::load::Entry;
use specwright::pipeline;
use specwright::reference::{OperationSamples, render_samples};

/// Writes the samples of a document.
pub(super) fn run(request: &SamplesRequest, console: &Console) -> Result<Outcome, Failure> {
    let run = pipeline::run(&Entry::path(&request.spec), &request.options);
    let outcome = console.diagnostics(&run)?;
    let Some(product) = &run.product else {
        return Ok(Outcome::Found);
    };
    let all =
        render_samples(&product.api, &product.client, &request.languages).map_err(Failure::user)?;
    let SamplesTarget::Files(directory) = &request.target;
    let artifacts: Vec<Artifact> = all.iter().flat_map(files).collect();
    apply(directory, &artifacts, request.mode).map_err(Failure::user)?;
    if console.format == Format::Human {
        let samples = counted(artifacts.len(), "sample");
        let operations = counted(all.len(), "operation");
        console.report(&format!(
            "{samples} of {operations} in {}\n",
            directory.display()
        ))?;
    }
    Ok(outcome)
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
