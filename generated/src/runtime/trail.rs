//! Where a reader or writer is and what it met there, for the error that says so.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::codec::DecodeError;

/// How much of a key that the server chose is shown.
const KEY_SHOWN: usize = 64;

/// The error that is being carried outwards, if there is one: each level that it passes adds a step to its path.
#[derive(Default)]
pub struct Trail {
    problem: Option<String>,
    expected: Option<&'static str>,
    steps: Vec<Step>,
}

/// A step from a value to a part of it.
pub enum Step {
    /// To a field or an entry.
    Key(Cow<'static, str>),
    /// To an item.
    Item(usize),
}

impl Trail {
    /// Starts an error.
    pub fn fail(&mut self, problem: String) {
        if self.problem.is_none() {
            self.problem = Some(problem);
        }
    }

    /// Starts the error of a value of the wrong kind.
    pub fn mismatch(&mut self, expected: &str, found: &str) {
        self.fail(format!("expected {expected}, found {found}"));
    }

    /// Notes what was expected where the parser itself failed, which may or may not be because of the kind.
    pub fn wanted(&mut self, expected: &'static str) {
        self.expected.get_or_insert(expected);
    }

    /// Goes outwards by a step.
    pub fn leave(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Forgets everything, for another try.
    pub fn clear(&mut self) {
        *self = Trail::default();
    }

    /// Takes over what the parser says. Its errors of kind quote the value, so only the kind is taken from them.
    pub fn settle(&mut self, error: &serde_json::Error) {
        if self.problem.is_some() {
            return;
        }
        let problem = if error.is_data() {
            let expected = self.expected.unwrap_or("another kind of value");
            format!("expected {expected}, found {}", found_kind(error))
        } else {
            format!("not valid JSON: {error}")
        };
        self.problem = Some(problem);
    }

    /// The finished error, unless only the parser knows what is wrong.
    pub fn into_known_error(self) -> Option<DecodeError> {
        self.problem.is_some().then(|| self.into_error())
    }

    /// The finished error.
    pub fn into_error(self) -> DecodeError {
        let path = self.path();
        let problem = self
            .problem
            .unwrap_or_else(|| "the value could not be read".to_owned());
        DecodeError::new(path, problem)
    }

    /// The steps from the outermost, such as `items[3].name`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            // Writing to a String cannot fail.
            let _ = match step {
                Step::Item(index) => write!(path, "[{index}]"),
                Step::Key(key) if !is_plain(key) => write!(path, "[{:?}]", shorten(key)),
                Step::Key(key) if path.is_empty() => write!(path, "{key}"),
                Step::Key(key) => write!(path, ".{key}"),
            };
        }
        path
    }
}

/// Whether a key can stand in a path without quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= KEY_SHOWN
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$' | b'@'))
}

/// The beginning of a key.
fn shorten(key: &str) -> String {
    key.chars().take(KEY_SHOWN).collect()
}

/// The kind of the value in an error of kind, which reads "invalid type: string \"...\", expected ...".
fn found_kind(error: &serde_json::Error) -> &'static str {
    const KINDS: [(&str, &str); 8] = [
        ("string", "a string"),
        ("boolean", "a boolean"),
        ("integer", "an integer"),
        ("floating point", "a number"),
        ("number", "a number"),
        ("null", "null"),
        ("sequence", "an array"),
        ("map", "an object"),
    ];
    let text = error.to_string();
    let kind = text.strip_prefix("invalid type: ").unwrap_or_default();
    KINDS
        .iter()
        .find(|(word, _)| kind.starts_with(word))
        .map_or("another kind of value", |(_, found)| found)
}
