//! The parts of a body in a sample.

use super::code::{Code, Writer};
use super::json::json_line;
use crate::reference::call::{FILE_NAME, Part, PartContent};
use serde::Serialize;

/// What a template is given of a part, for languages that make bodies of parts themselves.
#[derive(Serialize)]
pub struct PartView {
    name: Code,
    /// The contents as a text.
    text: Code,
    /// A literal of the value, where it is JSON and the language has such values.
    json: Option<Code>,
    /// The media type, where the part is more than a text.
    media_type: Option<Code>,
    /// The name of the file, where the part is one.
    file_name: Option<Code>,
    /// The part as curl takes it, where it is more than a text.
    form: Option<Code>,
    /// The text as curl takes it.
    line: Code,
}

/// The view of a part.
pub fn part_view(part: &Part, writer: &Writer<'_>) -> PartView {
    let (text, media_type) = match &part.content {
        PartContent::Text(media_type, text) => (text.clone(), media_type.as_deref()),
        PartContent::Json(media_type, value) => (json_line(value), Some(media_type.as_str())),
        PartContent::File(media_type, text) => (text.clone(), Some(media_type.as_str())),
    };
    let is_file = matches!(part.content, PartContent::File(..));
    let mut form = format!("{}=\"{}\"", part.name, quoted(&text));
    if is_file {
        form.push_str(&format!(";filename={FILE_NAME}"));
    }
    if let Some(media_type) = media_type {
        form.push_str(&format!(";type={media_type}"));
    }
    PartView {
        name: writer.string(&part.name),
        line: writer.string(&format!("{}={text}", part.name)),
        json: match &part.content {
            PartContent::Json(_, value) => writer.value(value),
            _ => None,
        },
        media_type: media_type.map(|name| writer.string(name)),
        file_name: is_file.then(|| writer.string(FILE_NAME)),
        form: media_type.map(|_| writer.string(&form)),
        text: writer.string(&text),
    }
}

/// A text within the quotes of curl.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
