//! Writes findings for machines.

use super::harmless::is_harmful;
use super::place::{Place, places};
use super::{Diagnostics, Severity};
use crate::source::{Origin, Sources};
use serde::Serialize;

/// Writes findings as one JSON array, an object on a line for each.
///
/// The members are always there and always in the same order; `line`, `column` and `help` may be null. Lines and columns
/// count from 1, columns in characters.
pub fn render_json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut lines = Vec::new();
    for (found, places) in diagnostics.iter().zip(places(diagnostics, sources)) {
        let related = found.related.iter().zip(&places.related);
        let finding = Finding {
            code: found.code.as_str(),
            severity: match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: &found.message,
            place: Location::new(&found.primary, places.primary.as_ref(), sources),
            related: related
                .map(|(label, place)| Related {
                    message: &label.text,
                    place: Location::new(&label.origin, place.as_ref(), sources),
                })
                .collect(),
            help: found.help.as_deref(),
        };
        lines.push(escape(&serde_json::to_string(&finding).unwrap_or_default()));
    }
    match lines.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", lines.join(",\n")),
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Location<'a>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    pointer: &'a str,
}

impl<'a> Location<'a> {
    fn new(origin: &'a Origin, place: Option<&Place<'_>>, sources: &'a Sources) -> Self {
        Location {
            file: sources
                .get(origin.file)
                .map_or("", |file| file.name.as_str()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            pointer: origin.pointer.as_str(),
        }
    }
}

/// Writes what a terminal would obey as escapes of JSON, as a terminal is where this ends up, too.
fn escape(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::render_json;
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};
    use crate::source::{FileId, Origin, Pointer, Sources};

    #[test]
    fn a_finding_is_an_object_with_members_in_a_fixed_order() {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.add("api.yaml", "a: 1\nb: 2\n");
        let at = |pointer: &str| Origin::new(FileId::ENTRY, Pointer::from_escaped(pointer));
        diagnostics
            .push(Diagnostic::new(Code::WrongType, at("/b"), "no \u{202e}").label(at("/a"), "but"));
        assert_eq!(
            render_json(&diagnostics, &sources),
            concat!(
                "[\n",
                r#"{"code":"wrong-type","severity":"warning","message":"no \u202e","file":"api.yaml","line":2,"column":1,"#,
                r#""pointer":"/b","related":[{"message":"but","file":"api.yaml","line":1,"column":1,"pointer":"/a"}],"help":null}"#,
                "\n]\n"
            )
        );
        assert_eq!(render_json(&Diagnostics::default(), &sources), "[]\n");
    }
}
