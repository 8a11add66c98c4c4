//! How the parts of a body are made of its properties or items (OpenAPI, "Encoding Object").

use super::form::FormStyle;

/// How a property becomes a part, or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartStyle {
    /// A part for the value or for each item of a list, of this media type.
    Content(&'static str),
    /// The parts that a form would have as pairs.
    Form(FormStyle),
    /// A part of this media type that has parts of its own.
    Parts(&'static str, &'static PartStyles<'static>),
    /// A part of this media type that is the text of a form.
    Urlencoded(&'static str, &'static [(&'static str, FormStyle)]),
}

/// The usual style: JSON for objects, text for plain values, bytes for files.
pub(super) const USUAL: PartStyle = PartStyle::Form(FormStyle::Plain);

/// How the parts of a body are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartStyles<'a> {
    /// By the name of the property; the others are made in the usual way.
    Named(&'a [(&'static str, PartStyle)]),
    /// By the position of the item, and one for all after those.
    Positional(&'a [PartStyle], Option<PartStyle>),
}

impl PartStyles<'_> {
    pub(super) fn of_name(self, name: &str) -> PartStyle {
        match self {
            PartStyles::Named(styles) => styles
                .iter()
                .find(|(other, _)| *other == name)
                .map_or(USUAL, |(_, style)| *style),
            PartStyles::Positional(..) => USUAL,
        }
    }

    pub(super) fn of_index(self, index: usize) -> PartStyle {
        match self {
            PartStyles::Named(_) => USUAL,
            PartStyles::Positional(first, rest) => {
                first.get(index).copied().or(rest).unwrap_or(USUAL)
            }
        }
    }
}
