//! Bodies of requests, read by their media type.

use super::Call;
use super::parameters;
use super::problem::Problem;
use super::text::pairs;
use super::xml::read_xml;
use crate::model::{Content, ContentKind, FormStyle, PartStyle, PartStyles, Type, WireName};
use serde_json::Value;

/// A body that is of a type.
pub struct Body<'a> {
    /// What it says.
    pub value: Value,
    /// What it should be.
    pub ty: &'a Type,
}

/// Reads the body of a request; `None` if there is none, or it may be anything.
pub fn read_body<'a>(call: &Call<'a>) -> Result<Option<Body<'a>>, (u16, Problem)> {
    let Some(wanted) = &call.api.operations[call.id].body else {
        return Ok(None);
    };
    let body = &call.request.body;
    let media_type = call.request.header("content-type");
    if body.is_empty() && (media_type.is_none() || !wanted.required) {
        return match wanted.required {
            true => Err((400, Problem::body("", "is required"))),
            false => Ok(None),
        };
    }
    let sent = media_type.and_then(|media_type| {
        wanted.contents().find(|content| {
            let mut known = content.media_types();
            known.any(|known| is_same(media_type, known.as_str()))
        })
    });
    let Some(content) = sent else {
        let expected: Vec<&str> = wanted
            .contents()
            .flat_map(Content::media_types)
            .map(WireName::as_str)
            .collect();
        let (got, expected) = (media_type.unwrap_or("nothing"), expected.join(" or "));
        let detail = format!("`Content-Type` is to be {expected}, not {got}");
        let problem = Problem::parameter("header", "Content-Type", "", detail);
        return Err((415, problem));
    };
    match &content.kind {
        ContentKind::Json(ty) => match serde_json::from_slice(body) {
            Ok(value) => Ok(Some(Body { value, ty })),
            Err(error) => Err((400, Problem::body("", format!("is no JSON: {error}")))),
        },
        ContentKind::Form { ty, styles, .. } => {
            let text = String::from_utf8_lossy(body);
            let style = |name: &str| {
                let known = styles.iter().find(|(known, _)| known.as_str() == name);
                known.map_or(FormStyle::Plain, |(_, style)| *style)
            };
            let value = parameters::form(call.api, ty, &style, &pairs(&text));
            Ok(Some(Body { value, ty }))
        }
        ContentKind::Multipart { ty, styles } => {
            let PartStyles::Named(styles) = styles else {
                return Ok(None);
            };
            let is_nested = |style: &PartStyle| {
                matches!(style, PartStyle::Parts(..) | PartStyle::Urlencoded(..))
            };
            if styles.iter().any(|(_, style)| is_nested(style)) {
                return Ok(None);
            }
            let pairs = parts(body, media_type.unwrap_or_default())
                .map_err(|detail| (400, Problem::body("", detail)))?;
            let value = parameters::form(call.api, ty, &|_| FormStyle::Plain, &pairs);
            Ok(Some(Body { value, ty }))
        }
        ContentKind::Items { ty, .. } => match items(body) {
            Ok(items) => Ok(Some(Body {
                value: Value::Array(items),
                ty,
            })),
            Err(error) => Err((400, Problem::body("", format!("has no JSON: {error}")))),
        },
        ContentKind::Xml { ty, .. } => match read_xml(call.api, ty, body) {
            Ok(value) => Ok(Some(Body { value, ty })),
            Err(error) => Err((400, Problem::body("", error))),
        },
        ContentKind::Text | ContentKind::Bytes => Ok(None),
    }
}

/// The JSON values of a body: of its lines, or of what stands after marks (RFC 7464).
fn items(body: &[u8]) -> Result<Vec<Value>, serde_json::Error> {
    let items = body.split(|byte| matches!(byte, b'\n' | b'\x1e'));
    let items = items.filter(|item| !item.trim_ascii().is_empty());
    items.map(serde_json::from_slice).collect()
}

/// The parts of a body (RFC 7578) as the pairs of a form: names, and contents spelled as a form has them.
fn parts(body: &[u8], media_type: &str) -> Result<Vec<(String, String)>, String> {
    let boundary = media_type
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("boundary="))
        .map(|boundary| boundary.trim_matches('"'))
        .filter(|boundary| !boundary.is_empty())
        .ok_or("`Content-Type` names no boundary")?;
    let text = String::from_utf8_lossy(body);
    // The first boundary may be the first line, the others follow a line break that belongs to them.
    let text = format!("\r\n{text}");
    let mark = format!("\r\n--{boundary}");
    let pieces = text.split(mark.as_str()).skip(1);
    let mut pairs = Vec::new();
    for piece in pieces {
        if piece.starts_with("--") {
            return Ok(pairs);
        }
        let (head, content) = piece
            .split_once("\r\n\r\n")
            .ok_or("a part has no empty line after its headers")?;
        let name = head
            .split("\r\n")
            .filter(|line| {
                line.to_ascii_lowercase()
                    .starts_with("content-disposition:")
            })
            .find_map(|line| line.split_once("name=\"")?.1.split('"').next())
            .ok_or("a part has no name")?;
        pairs.push((
            name.to_owned(),
            content.replace('%', "%25").replace('+', "%2B"),
        ));
    }
    Err("the parts have no end".to_owned())
}

/// Whether a media type is one that the document allows, parameters aside; the document's may be a range.
pub fn is_same(got: &str, expected: &str) -> bool {
    let essence = |text: &str| {
        let text = text.split(';').next().unwrap_or_default();
        text.trim().to_ascii_lowercase()
    };
    let (got, expected) = (essence(got), essence(expected));
    match expected.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => got.starts_with(prefix),
        None => got == expected,
    }
}
