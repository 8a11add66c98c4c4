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

    /// Goes outwards by a step.
    pub fn leave(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Forgets everything, for another try.
    pub fn clear(&mut self) {
        *self = Trail::default();
    }

    /// The finished error; what is wrong if the reader does not know it is looked for now.
    pub fn into_error(self, otherwise: impl FnOnce() -> String) -> DecodeError {
        let path = self.path();
        DecodeError::new(path, self.problem.unwrap_or_else(otherwise))
    }

    /// The steps from the outermost, such as `items[3].name`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            push_step(&mut path, step);
        }
        path
    }
}

/// Adds a step to a path.
pub(super) fn push_step(path: &mut String, step: &Step) {
    // Writing to a String cannot fail.
    let _ = match step {
        Step::Item(index) => write!(path, "[{index}]"),
        Step::Key(key) if !is_plain(key) => write!(path, "[{:?}]", shorten(key)),
        Step::Key(key) if path.is_empty() => write!(path, "{key}"),
        Step::Key(key) => write!(path, ".{key}"),
    };
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
