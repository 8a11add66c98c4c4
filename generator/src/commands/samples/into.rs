//! Samples written into the text of a document as `x-codeSamples`, with everything else left as it stands.

use serde_json::json;
use specwright::reference::Sample;
use specwright::source::Pointer;
use specwright::source::locate::{first_keys, key_places, scalar_texts};

/// The name of the extension, which other docs tools read.
const EXTENSION: &str = "x-codeSamples";

/// The samples of an operation, and where the operation stands.
pub struct Place<'a> {
    /// The operation.
    pub pointer: &'a Pointer,
    /// Its samples.
    pub samples: &'a [Sample],
}

/// What came of it.
pub struct Written {
    /// The text with the samples.
    pub text: String,
    /// The operations that have samples of their own, or that an alias stands for, and were left alone.
    pub left: Vec<Pointer>,
}

/// Writes samples into a document in YAML or JSON; `None` if its text is too odd for that.
pub fn write_into(text: &str, places: &[Place<'_>]) -> Option<Written> {
    let pointers: Vec<Pointer> = places.iter().map(|place| place.pointer.clone()).collect();
    let own: Vec<Pointer> = pointers
        .iter()
        .map(|pointer| pointer.child(EXTENSION))
        .collect();
    let found = first_keys(text, &pointers)
        .into_iter()
        .zip(key_places(text, &own));
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let mut written: Vec<Pointer> = Vec::new();
    let mut left = Vec::new();
    for ((place, own), (key, others)) in places.iter().zip(&own).zip(found) {
        match key {
            Some(key) if others.is_empty() => {
                insertions.push((key, inserted(text, key, place.samples)));
                written.push(own.index(0).child("label"));
            }
            _ => left.push(place.pointer.clone()),
        }
    }
    insertions.sort_by_key(|(place, _)| *place);
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for (place, insertion) in &insertions {
        out.push_str(text.get(done..*place)?);
        out.push_str(insertion);
        done = *place;
    }
    out.push_str(text.get(done..)?);
    // Whether the samples are where they belong is asked of the reader, not assumed.
    let is_there = scalar_texts(&out, &written).iter().all(Option::is_some);
    is_there.then_some(Written { text: out, left })
}

/// The extension as it stands before a key: in the style of the object, and followed by what led to the key.
fn inserted(text: &str, key: usize, samples: &[Sample]) -> String {
    let before = text.get(..key).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = match line.trim().is_empty() {
        true => line,
        false => "",
    };
    if before.trim_end().ends_with('{') {
        let list: Vec<_> = samples.iter().map(in_flow).collect();
        let lead = match line.trim().is_empty() {
            true => format!("\n{line}"),
            false => " ".to_owned(),
        };
        return format!("\"{EXTENSION}\": [{}],{lead}", list.join(", "));
    }
    let mut out = format!("{EXTENSION}:\n");
    for sample in samples {
        let label = json!(sample.language.label());
        out.push_str(&format!(
            "{indent}  - lang: {label}\n{indent}    label: {label}\n"
        ));
        out.push_str(&format!(
            "{indent}    source: {}\n",
            in_block(&sample.code, indent)
        ));
    }
    out.push_str(indent);
    out
}

fn in_flow(sample: &Sample) -> String {
    let label = sample.language.label();
    json!({ "lang": label, "label": label, "source": sample.code }).to_string()
}

/// A text as a literal of several lines, or in quotes where such a literal would change it.
fn in_block(code: &str, indent: &str) -> String {
    let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    let fits = code.ends_with('\n')
        && !code.ends_with("\n\n")
        && !code.starts_with([' ', '\t', '\n'])
        && code
            .chars()
            .all(|c| is_plain(c) && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}'));
    if !fits {
        return json!(code).to_string();
    }
    let mut out = "|".to_owned();
    for line in code.lines() {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&format!("{indent}      {line}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::{Place, write_into};
    use specwright::reference::{Language, Sample};
    use specwright::source::Pointer;
    use specwright::source::locate::scalar_texts;

    fn written(text: &str) -> (String, usize) {
        let samples = [
            Sample {
                language: Language::Go,
                code: "package main\n\n\tx: \"#{1}\"\n".to_owned(),
            },
            Sample {
                language: Language::Http,
                code: "GET / HTTP/1.1\r\n\r\n: x".to_owned(),
            },
        ];
        let pointer = Pointer::from_escaped("/paths/~1a/get");
        let place = Place {
            pointer: &pointer,
            samples: &samples,
        };
        let written = write_into(text, &[place]).unwrap();
        if written.left.is_empty() {
            let source = |index: usize| pointer.child("x-codeSamples").index(index).child("source");
            let back = scalar_texts(&written.text, &[source(0), source(1)]);
            assert_eq!(back[0].as_deref().unwrap(), samples[0].code);
            assert_eq!(back[1].as_deref().unwrap(), samples[1].code);
        }
        (written.text, written.left.len())
    }

    #[test]
    fn everything_else_stays_as_it_stands() {
        let yaml =
            "paths: # all\n  /a:\n    get:\n      # kept\n      summary: 'S'\n      tags: [x]\n";
        let (text, _) = written(yaml);
        assert!(
            text.starts_with("paths: # all\n  /a:\n    get:\n      # kept\n      x-codeSamples:\n")
        );
        assert!(
            text.ends_with("      summary: 'S'\n      tags: [x]\n"),
            "{text}"
        );
        let json = "{\n  \"paths\": {\n    \"/a\": {\"get\": {\n      \"summary\": \"S\"\n    }}\n  }\n}\n";
        let (text, _) = written(json);
        assert!(
            text.contains("],\n      \"summary\": \"S\"\n    }}\n  }\n}\n"),
            "{text}"
        );
        written("paths: {/a: {get: {summary: S}}}");
        written("{\"paths\": {\"/a\": {\"get\": {\"summary\": \"S\"}}}}");
    }

    #[test]
    fn samples_that_are_there_are_left_alone() {
        let yaml = "paths:\n  /a:\n    get:\n      x-codeSamples: []\n";
        assert_eq!(written(yaml), (yaml.to_owned(), 1));
    }
}
