//! Makes an ordered value of a YAML or JSON text.
//!
//! Both readers are visitors of our own, so that a key that stands twice is seen and every limit holds while the value
//! is built, not after. JSON is read by `serde_json`. YAML is read from the events of `saphyr-parser`: unlike the serde
//! readers it tells the place and the spelling of every scalar, and leaves aliases, merge keys and numbers to us.

mod json;
mod pointers;
mod scalar;
mod yaml;

pub(super) use json::NUMBER;

use super::budget::Budget;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer};
use pointers::find_too_long;
use serde_json::Value;
use std::ops::Range;

/// Parses a text, which may be JSON or YAML: what it is, its content decides.
pub(super) fn parse(
    file: FileId,
    text: &str,
    budget: &mut Budget<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let mut found = Diagnostics::default();
    let value = parse_either(file, text, budget, &mut found);
    let most = budget.options.max_pointer;
    if let Some(at) = value.as_ref().and_then(|value| find_too_long(value, most)) {
        let message =
            format!("a value in this has a JSON Pointer longer than the limit of {most} bytes");
        found.push(Diagnostic::new(Code::Limit, Origin::new(file, at), message));
    }
    // Keys that stand twice leave a value, which nobody should trust; so do pointers beyond all measure.
    let is_sound = !found.has_errors();
    diagnostics.extend(found);
    value.filter(|_| is_sound)
}

fn parse_either(
    file: FileId,
    text: &str,
    budget: &mut Budget<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let root = Origin::new(file, Pointer::root());
    let start = text.trim_start();
    if start.is_empty() {
        let message = "the file is empty";
        diagnostics.push(Diagnostic::new(Code::Syntax, root, message).at(0..0));
        return None;
    }
    if start.starts_with('<') {
        diagnostics.push(refuse_markup(root, text.len() - start.len()));
        return None;
    }
    let failure = if start.starts_with(['{', '[']) {
        let nodes = budget.nodes;
        match json::parse(file, text, budget, diagnostics) {
            Ok(value) => return Some(value),
            // A flow mapping of YAML may look like JSON, so only a text that is neither is refused; what is said about
            // it is then said of JSON, which it looks like.
            Err(failure) if failure.code == Code::Syntax => {
                let mut found = Diagnostics::default();
                budget.nodes = nodes;
                match yaml::parse(file, text, budget, &mut found) {
                    Ok(value) => {
                        diagnostics.extend(found);
                        return Some(value);
                    }
                    Err(_) => failure,
                }
            }
            Err(failure) => failure,
        }
    } else {
        match yaml::parse(file, text, budget, diagnostics) {
            Ok(value) => return Some(value),
            Err(failure) => failure,
        }
    };
    diagnostics.push(*failure);
    None
}

/// Why a text has no value. Boxed, as it is rare and a diagnostic is large.
type Failure = Box<Diagnostic>;

fn refuse_markup(root: Origin, place: usize) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        root,
        "this is HTML or XML, not an OpenAPI document in YAML or JSON",
    )
    .at(place..place + 1)
    .help("the server that it was fetched from may have answered with an error page; look at the file")
}

fn duplicate_key(
    origin: Origin,
    first: Option<Range<usize>>,
    second: Option<Range<usize>>,
) -> Diagnostic {
    let key = origin.pointer.tokens().last().unwrap_or_default();
    let mut diagnostic = Diagnostic::new(
        Code::DuplicateKey,
        origin.clone(),
        format!("the key `{key}` stands twice in one object"),
    )
    .help("remove or rename one of the two; most readers would keep the last in silence");
    diagnostic.span = second;
    match first {
        Some(span) => diagnostic.label_at(origin, span, "it stands here first"),
        None => diagnostic,
    }
}

pub(super) fn too_deep(max_depth: usize) -> String {
    format!("the nesting is deeper than the limit of {max_depth} levels")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::parse;
    use crate::diagnostic::Diagnostics;
    use crate::load::LoadOptions;
    use crate::load::budget::Budget;
    use crate::source::FileId;
    use serde_json::Value;

    fn read(text: &str) -> Option<Value> {
        let mut diagnostics = Diagnostics::default();
        let options = LoadOptions::default();
        parse(
            FileId::ENTRY,
            text,
            &mut Budget::new(&options),
            &mut diagnostics,
        )
    }

    /// What stands between our reader and YAML's rules is our own; another implementation of them is the judge.
    #[test]
    fn yaml_is_read_as_another_reader_reads_it() {
        let texts = [
            include_str!("../../../spec/api-keys.yaml"),
            "plain: a b  # no\nsingle: 'it''s #1'\ndouble: \"tab\\t quote\\\" \\u00e9 \\x41\"\n",
            "numbers: [1, -2, 1.5, -0.0, 0x1F, 0o17, 18446744073709551615]\nwords: [true, false, null, ~, yes, no, on, off, y, n]\n",
            "literal: |\n  one\n    two\n\n  three\nstrip: |-\n  one\nkeep: |+\n  one\n\nfolded: >\n  one\n  two\n\n  three\nindented: |2\n    one\n",
            "anchored: &a {x: 1}\nagain: *a\nlist: [&b text, *b]\n",
            "a:\n- 1\n-\n  - 2\n  - b: 3\n    c: 4\n? key\n: value\n\"quoted key\": {flow: [a, b, {c: d}], empty: {}, none: }\n",
            "date: 2026-11-22\ntime: 10:30:00\nversion: 1.2.3\nempty:\nstr: !!str 5\nplain multi: one\n  two\n  three\n",
            "%YAML 1.2\n---\na: 1\n...\n",
        ];
        for text in texts {
            let theirs: Value = serde_yaml::from_str(text).unwrap();
            assert_eq!(read(text), Some(theirs), "{text}");
        }
    }
}
