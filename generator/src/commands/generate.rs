//! `specwright generate`: from a document to files, and what was done in one screen.

use super::args::GenerateRequest;
use super::console::{BAD, CHANGED, Console, FAINT, GOOD, STRONG, counted, grouped, title};
use super::{Failure, Outcome, templates};
use clap::builder::styling::Style;
use specwright::artifact::{Artifact, Changes, Mode, apply};
use specwright::load::Entry;
use specwright::pipeline::{self, Product, Run, Stage};
use std::path::Path;
use std::time::{Duration, Instant};

/// How many files are named unless the user asks for all.
const SHOWN_FILES: usize = 8;

/// Generates and writes, or compares where the mode says so.
pub(super) fn run(request: &GenerateRequest, console: &Console) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let mut options = request.options.clone();
    if let Some(directory) = &request.templates {
        options.docs.templates = templates::read(directory)?;
    }
    let mut run = pipeline::run(&Entry::path(&request.spec), &options);
    console.diagnostics(&run)?;
    let Some(product) = run.product.take() else {
        return Ok(Outcome::Found);
    };
    let mut text = title(&product.api, &request.spec);
    text.push_str(&stage_table(&run, &product));

    let artifacts = product.into_artifacts();
    let apply_start = Instant::now();
    let changes = apply(&request.out, &artifacts, request.mode).map_err(Failure::user)?;
    let verb = match request.mode {
        Mode::Check => "compare",
        Mode::Write | Mode::Overwrite => "write",
    };
    text.push_str(&row(verb, apply_start.elapsed(), &tally(&changes)));
    text.push_str(&file_list(request, &changes, console));

    if request.mode == Mode::Check && !changes.is_empty() {
        text.push_str(&drift(&request.out, &changes));
        console.result(&text)?;
        return Ok(Outcome::Found);
    }
    text.push_str(&conclusion(request, artifacts.len(), start.elapsed()));
    console.report(&text)?;
    Ok(Outcome::Done)
}

/// A line for each stage: its name, its time, what came out of it.
fn stage_table(run: &Run, product: &Product) -> String {
    let mut table = String::new();
    for (stage, time) in &run.timings {
        let yielded = match stage {
            Stage::Load => {
                let bytes = run.sources.iter().map(|(_, file)| file.text.len()).sum();
                let files = counted(run.sources.iter().count(), "file");
                format!("{files}, {}", size(bytes))
            }
            Stage::Lower => {
                let operations = counted(product.api.operations.len(), "operation");
                format!("{operations}, {}", counted(product.api.types.len(), "type"))
            }
            Stage::Analyze => String::new(),
            Stage::Plan => format!("package {}", product.client.package.name),
            Stage::Emit => describe(&product.code),
            Stage::Reference => describe(&product.pages),
        };
        table.push_str(&row(stage.as_str(), *time, &yielded));
    }
    table
}

fn row(name: &str, time: Duration, yielded: &str) -> String {
    let time = milliseconds(time);
    let line = format!("  {name:10}{FAINT}{time:>11}{FAINT:#}  {yielded}");
    format!("{}\n", line.trim_end())
}

fn describe(artifacts: &[Artifact]) -> String {
    let lines = artifacts
        .iter()
        .map(|artifact| artifact.content.lines().count())
        .sum();
    let files = counted(artifacts.len(), "file");
    format!("{files}, {}", counted(lines, "line"))
}

fn tally(changes: &Changes) -> String {
    let counts = [
        (changes.created.len(), "new"),
        (changes.changed.len(), "changed"),
        (changes.removed.len(), "removed"),
        (changes.kept.len(), "kept"),
        (changes.unchanged, "unchanged"),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(count)))
        .collect();
    parts.join(", ")
}

/// The files that differ, each with what happens to it. A check names all of them.
fn file_list(request: &GenerateRequest, changes: &Changes, console: &Console) -> String {
    let groups: [(&str, Style, &[String]); 4] = [
        ("new", GOOD, &changes.created),
        ("changed", CHANGED, &changes.changed),
        ("removed", BAD, &changes.removed),
        ("kept", CHANGED, &changes.kept),
    ];
    let shows_all = console.shows_all || request.mode == Mode::Check;
    let limit = if shows_all { usize::MAX } else { SHOWN_FILES };
    let files: Vec<(&str, Style, &String)> = groups
        .into_iter()
        .flat_map(|(word, style, paths)| paths.iter().map(move |path| (word, style, path)))
        .collect();
    let mut text = String::new();
    if !files.is_empty() {
        text.push('\n');
    }
    for (word, style, path) in files.iter().take(limit) {
        let path = request.out.join(path);
        text.push_str(&format!("  {style}{word:8}{style:#} {}\n", path.display()));
    }
    if let Some(hidden @ 1..) = files.len().checked_sub(limit) {
        text.push_str(&format!(
            "  {FAINT}... and {} more; --all names them{FAINT:#}\n",
            grouped(hidden)
        ));
    }
    if !changes.kept.is_empty() {
        text.push_str(
            "\n  Kept files belong to the output no longer, but were edited since they were written.\n",
        );
    }
    text
}

fn drift(out: &Path, changes: &Changes) -> String {
    let count = changes.created.len() + changes.changed.len() + changes.removed.len();
    let style = BAD.bold();
    format!(
        "\n{style}Drift:{style:#} {} in {} would change; generate again to bring it into line.\n",
        counted(count, "file"),
        out.display()
    )
}

fn conclusion(request: &GenerateRequest, files: usize, time: Duration) -> String {
    let style = GOOD.bold();
    let word = match request.mode {
        Mode::Check => "Up to date:",
        Mode::Write | Mode::Overwrite => "Done:",
    };
    format!(
        "\n{style}{word}{style:#} {} in {STRONG}{}{STRONG:#}, {}\n",
        counted(files, "file"),
        request.out.display(),
        milliseconds(time).trim_start()
    )
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// A number of bytes, for people.
fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    let tenths = |unit: usize| (bytes.saturating_mul(10) + unit / 2) / unit;
    let (tenths, unit) = match bytes {
        0..KIB => return format!("{bytes} bytes"),
        KIB..MIB => (tenths(KIB), "KiB"),
        _ => (tenths(MIB), "MiB"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        assert_eq!(size(1023), "1023 bytes");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(7 * 1024 * 1024 + 100_000), "7.1 MiB");
    }
}
