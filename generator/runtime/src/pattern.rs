//! Matches texts against the regular expressions of ECMA 262, which JSON Schema asks for.

use std::cell::RefCell;
use std::collections::HashMap;

use regress::Regex;

thread_local! {
    /// The patterns of the document that have been used, made ready once for each thread.
    static READY: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

/// Whether a text matches a pattern somewhere. A pattern that is no regular expression demands nothing.
pub fn is_match(pattern: &str, text: &str) -> bool {
    READY.with_borrow_mut(|ready| {
        if let Some(regex) = ready.get(pattern) {
            return finds(regex.as_ref(), text);
        }
        let regex = compile(pattern);
        let is_match = finds(regex.as_ref(), text);
        ready.insert(pattern.to_owned(), regex);
        is_match
    })
}

fn finds(regex: Option<&Regex>, text: &str) -> bool {
    regex.is_none_or(|regex| regex.find(text).is_some())
}

/// The grammar of JSON Schema's patterns is that of the Unicode mode; what only the older mode takes is taken too.
fn compile(pattern: &str) -> Option<Regex> {
    let unicode = Regex::with_flags(pattern, "u");
    unicode.or_else(|_| Regex::new(pattern)).ok()
}
