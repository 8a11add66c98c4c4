//! Prints diagnostics to standard error and results to standard output, with colours where they are wanted.

use super::args::{Appearance, Format};
use super::{Failure, Outcome};
use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};
use specwright::diagnostic::{
    Code, Diagnostic, Diagnostics, RenderOptions, Severity, render, render_json,
};
use specwright::model::Api;
use specwright::pipeline::Run;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// What stands out: a heading, a name.
pub(super) const STRONG: Style = Style::new().bold();
/// What may be overlooked: units, positions.
pub(super) const FAINT: Style = Style::new().dimmed();
/// What is new or well.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
/// What changed or is left out.
pub(super) const CHANGED: Style = AnsiColor::Yellow.on_default();
/// What went away or is wrong.
pub(super) const BAD: Style = AnsiColor::Red.on_default();

/// How many diagnostics of one code are drawn unless the user asks for all.
const SHOWN_PER_CODE: usize = 3;

/// The two streams, with the user's wishes.
#[derive(Clone)]
pub(super) struct Console {
    color: ColorChoice,
    pub(super) format: Format,
    pub(super) is_quiet: bool,
    pub(super) shows_all: bool,
}

impl Console {
    pub(super) fn new(appearance: &Appearance) -> Self {
        Console {
            color: match appearance.color {
                clap::ColorChoice::Auto => ColorChoice::Auto,
                clap::ColorChoice::Always => ColorChoice::Always,
                clap::ColorChoice::Never => ColorChoice::Never,
            },
            format: appearance.format,
            is_quiet: appearance.is_quiet,
            shows_all: appearance.shows_all,
        }
    }

    /// Prints a result. Colours in it are taken out where they are not wanted.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut stream = AutoStream::new(io::stdout(), self.color);
        stream.write_all(text.as_bytes())?;
        stream.flush()?;
        Ok(())
    }

    /// Prints a result that a quiet run does without.
    pub(super) fn report(&self, text: &str) -> Result<(), Failure> {
        if self.is_quiet {
            return Ok(());
        }
        self.result(text)
    }

    /// Prints what was found in a document, and says how a run ends that found it.
    pub(super) fn diagnostics(&self, run: &Run) -> Result<Outcome, Failure> {
        match self.format {
            Format::Human => self.error_text(&self.draw(run)),
            Format::Json => self.error_text(&render_json(&run.diagnostics, &run.sources)),
        }
        self.outcome(run)
    }

    /// How a run ends with what it found. A document that cannot be read is a failure, not a finding.
    pub(super) fn outcome(&self, run: &Run) -> Result<Outcome, Failure> {
        let is_unreadable = |diagnostic: &Diagnostic| diagnostic.code == Code::Io;
        if run.diagnostics.iter().any(is_unreadable) {
            return Err(Failure::Reported);
        }
        Ok(match run.product {
            Some(_) => Outcome::Done,
            None => Outcome::Found,
        })
    }

    /// Prints why a command could not do its work.
    pub(super) fn failure(&self, failure: &Failure) {
        if !matches!(failure, Failure::Reported) {
            let style = BAD.bold();
            self.error_text(&format!("{style}error{style:#}: {failure}\n"));
        }
    }

    /// Prints to standard error. If that fails there is nobody left to tell.
    pub(super) fn error_text(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.color);
        let _ = stream.write_all(text.as_bytes());
        let _ = stream.flush();
    }

    /// Draws the diagnostics grouped by code, errors last, where the eye is when the prompt comes back.
    fn draw(&self, run: &Run) -> String {
        let mut groups: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in run.diagnostics.iter() {
            if !self.is_quiet || diagnostic.severity == Severity::Error {
                let key = (diagnostic.severity, diagnostic.code);
                groups.entry(key).or_default().push(diagnostic);
            }
        }
        let options = RenderOptions {
            color: self.color != ColorChoice::Never,
        };
        let mut text = String::new();
        for ((_, code), group) in groups {
            let shown = if self.shows_all {
                group.len()
            } else {
                SHOWN_PER_CODE
            };
            let mut drawn = Diagnostics::default();
            drawn.extend(group.iter().take(shown).copied().cloned());
            text.push_str(&render(&drawn, &run.sources, options));
            if let Some(hidden @ 1..) = group.len().checked_sub(shown) {
                text.push_str(&format!(
                    "{FAINT}... and {hidden} more of {code}; --all shows them{FAINT:#}\n\n"
                ));
            }
        }
        text.push_str(&self.tally(&run.diagnostics));
        text
    }

    /// One line that says how many there are.
    fn tally(&self, diagnostics: &Diagnostics) -> String {
        let mut parts = Vec::new();
        for (severity, name, style) in [
            (Severity::Error, "error", BAD),
            (Severity::Warning, "warning", CHANGED),
            (Severity::Note, "note", FAINT),
        ] {
            match diagnostics.count(severity) {
                0 => {}
                _ if self.is_quiet && severity != Severity::Error => {}
                count => parts.push(format!("{style}{}{style:#}", counted(count, name))),
            }
        }
        if parts.is_empty() {
            return String::new();
        }
        format!(
            "{} {FAINT}(specwright explain CODE says more){FAINT:#}\n",
            parts.join(", ")
        )
    }
}

/// The heading of a report: what the API is called, and where the document is.
pub(super) fn title(api: &Api, spec: &Path) -> String {
    let visible = |text: &str| text.replace(char::is_control, " ");
    format!(
        "{STRONG}{} {}{STRONG:#} {FAINT}from {}{FAINT:#}\n\n",
        visible(api.info.title.as_str()),
        visible(api.info.version.as_str()),
        spec.display()
    )
}

/// A number with a noun, in the plural where it must be.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ if noun.ends_with('s') => format!("{} {noun}es", grouped(count)),
        _ => format!("{} {noun}s", grouped(count)),
    }
}

/// A number with its digits in groups of three: `12 345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1 234 567");
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(1200, "file"), "1 200 files");
        assert_eq!(counted(2, "alias"), "2 aliases");
    }
}
