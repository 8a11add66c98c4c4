//! `specwright explain`: what a code means.

use super::console::{Console, FAINT, STRONG};
use super::{Failure, Outcome};
use specwright::diagnostic::{Code, Severity};

/// Explains a code, or lists all of them.
pub(super) fn run(code: Option<Code>, console: &Console) -> Result<Outcome, Failure> {
    let text = match code {
        Some(code) => explain(code),
        None => list(),
    };
    console.result(&text)?;
    Ok(Outcome::Done)
}

fn explain(code: Code) -> String {
    let severity = severity_name(code.severity());
    let explanation = code.explanation();
    format!("{STRONG}{code}{STRONG:#} {FAINT}({severity}){FAINT:#}\n\n{explanation}\n")
}

fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.as_str().len()).max();
    let width = widest.unwrap_or(0);
    let mut text = String::new();
    for code in Code::ALL {
        let severity = severity_name(code.severity());
        let explanation = code.explanation().replace('\n', " ");
        let summary = first_sentence(&explanation);
        text.push_str(&format!(
            "{STRONG}{:width$}{STRONG:#}  {FAINT}{severity:7}{FAINT:#}  {summary}\n",
            code.as_str()
        ));
    }
    text
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ")
        .map_or(text, |(sentence, _)| sentence)
        .trim_end_matches('.')
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
