//! The encoders: the only way from a text of the document to an output.
//!
//! Each context has a newtype, and views hold nothing else, so a raw string in a page does not compile.

mod highlight;
mod html;
mod markdown;
mod markup;
mod prose;
mod table;

pub use markdown::{Anchor, Block, Cell, Fence, FrontMatter, Inline, Url};
pub use markup::{Data, Html, Text};
pub use table::Table;

/// Whether a character has an effect on a reader that it does not show: control characters, and the marks that
/// reorder text.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}
