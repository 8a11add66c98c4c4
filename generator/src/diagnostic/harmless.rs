//! Makes the text of a document harmless for a terminal.

use std::borrow::Cow;

/// The text with everything made visible that a terminal would obey or that would reorder what is read: control
/// characters, line ends, bidirectional controls and characters of no width.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    Cow::Owned(visible)
}

/// Whether a character must not reach a terminal as it is.
pub(super) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_terminal_obeys_is_made_visible() {
        assert_eq!(harmless("käse \u{1f9c0}"), "käse \u{1f9c0}");
        assert_eq!(harmless("\u{1b}[2J"), "\\u{1b}[2J");
        assert_eq!(
            harmless("a\u{202e}b\u{9b}\r\n"),
            "a\\u{202e}b\\u{9b}\\u{d}\\u{a}"
        );
    }
}
