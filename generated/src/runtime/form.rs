//! Spells records and maps as forms: `application/x-www-form-urlencoded` (OpenAPI 3.0, "Encoding Object").

use super::codec::{self, Encode, View};
use super::params::{Spell, Unspellable, add_deep, add_pair, encoded, plain_texts, reserved};
use super::parts::{Parts, parts};

/// How a property of a form is spelled. One that holds a plain value is the same pair in each of them but `Json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// A pair for each item of a list of plain values, JSON for what is nested further: what the specification has for
    /// a property without a style.
    Plain,
    /// `name=a,b` for a list of plain values, JSON for what is nested further.
    Joined,
    /// `name=a%20b`, as with `Joined`.
    SpaceDelimited,
    /// `name=a%7Cb`, as with `Joined`.
    PipeDelimited,
    /// `name[k]=v`, nested and in lists too: `name[0][k]=v`.
    DeepObject,
    /// The text of its JSON.
    Json,
}

/// The styles of the properties of a form.
#[derive(Debug, Clone, Copy)]
pub enum FormStyles<'a> {
    /// One for all.
    All(FormStyle),
    /// Those of some properties; the others are plain.
    Each(&'a [(&'static str, FormStyle)]),
    /// The same, and the properties whose reserved characters are sent as they are.
    Reserved(&'a [(&'static str, FormStyle)], &'a [&'static str]),
}

/// Adds all entries of a record or map to a form.
pub fn add_form(
    form: &mut String,
    value: &dyn Encode,
    styles: FormStyles<'_>,
) -> Result<(), Unspellable> {
    add_view(form, value.view(), styles)
}

/// Adds all entries of what a record or map looks like.
pub(super) fn add_view(
    form: &mut String,
    view: View<'_>,
    styles: FormStyles<'_>,
) -> Result<(), Unspellable> {
    match parts(view) {
        Parts::Entries(entries) => {
            for (name, view) in entries {
                add_property(form, &name, view, styles.of(&name), styles.spell(&name))?;
            }
            Ok(())
        }
        Parts::None => Ok(()),
        Parts::Plain(_) | Parts::Items(_) => {
            Err(Unspellable("a form must be an object at the top"))
        }
    }
}

impl FormStyles<'_> {
    fn of(self, name: &str) -> FormStyle {
        match self {
            FormStyles::All(style) => style,
            FormStyles::Each(styles) | FormStyles::Reserved(styles, _) => styles
                .iter()
                .find(|(other, _)| *other == name)
                .map_or(FormStyle::Plain, |(_, style)| *style),
        }
    }

    fn spell(self, name: &str) -> Spell<'static> {
        match self {
            FormStyles::Reserved(_, names) if names.contains(&name) => &reserved,
            _ => &encoded,
        }
    }
}

fn add_property(
    form: &mut String,
    name: &str,
    view: View<'_>,
    style: FormStyle,
    spell: Spell<'_>,
) -> Result<(), Unspellable> {
    let delimiter = match style {
        FormStyle::DeepObject => return add_deep(form, name, view, spell, 0),
        FormStyle::Json => return add_json(form, name, view),
        FormStyle::Plain => None,
        FormStyle::Joined => Some(","),
        FormStyle::SpaceDelimited => Some("%20"),
        FormStyle::PipeDelimited => Some("%7C"),
    };
    match parts(view) {
        Parts::Items(items) => match (plain_texts(items, spell), delimiter) {
            (None, _) => return add_json(form, name, view),
            // A list without items is no pair, in either spelling.
            (Some(texts), _) if texts.is_empty() => {}
            (Some(texts), Some(delimiter)) => add_pair(form, name, &texts.join(delimiter)),
            (Some(texts), None) => {
                for text in texts {
                    add_pair(form, name, &text);
                }
            }
        },
        Parts::Entries(_) => return add_json(form, name, view),
        Parts::Plain(text) => add_pair(form, name, &spell(text)),
        Parts::None => {
            // What is absent is not sent; an explicit null is sent as nothing, which is how a form clears a field.
            if !matches!(view, View::Absent) {
                add_pair(form, name, "");
            }
        }
    }
    Ok(())
}

/// Adds a value as the text of its JSON.
pub(super) fn add_json(query: &mut String, name: &str, view: View<'_>) -> Result<(), Unspellable> {
    if !matches!(view, View::Absent) {
        add_pair(query, name, &encoded(json_text(view)?.into()));
    }
    Ok(())
}

/// The text of the JSON of a value.
pub(super) fn json_text(view: View<'_>) -> Result<String, Unspellable> {
    let json = codec::encode_view(view).ok();
    json.and_then(|json| String::from_utf8(json).ok())
        .ok_or(NOT_JSON)
}

/// What is wrong with a number that JSON cannot spell.
pub(super) const NOT_JSON: Unspellable =
    Unspellable("it holds a number that is infinite or not a number, which JSON cannot spell");
