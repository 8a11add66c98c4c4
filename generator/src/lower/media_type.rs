//! Media types: how a body of one is read and written.

use super::stream::framing;
use crate::model::{Framing, is_token};

/// What can be done with a body of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum MediaKind {
    Json,
    Form,
    Text,
    Multipart,
    /// XML, where it is of types.
    Xml,
    /// JSON values one after the other, in a body that is sent.
    Items(Framing),
    Bytes,
}

/// The kind of a media type or a range of them, parameters aside.
pub(super) fn media_kind(media_type: &str) -> MediaKind {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" | "text/json" | "*/*" | "application/*" => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        other if other.ends_with("+json") => MediaKind::Json,
        other if other.starts_with("text/") => MediaKind::Text,
        other if other.starts_with("multipart/") => MediaKind::Multipart,
        _ => MediaKind::Bytes,
    }
}

/// The same for a body that is sent. Items of an answer are read by another way beside the whole (`lower/stream.rs`).
pub(super) fn sent_kind(media_type: &str) -> MediaKind {
    match framing(media_type) {
        Some(framing @ (Framing::Lines | Framing::Sequence)) => MediaKind::Items(framing),
        Some(Framing::Events | Framing::Parts) | None => media_kind(media_type),
    }
}

/// Where a media type stands in the order in which bodies are chosen; the lowest is taken.
pub(super) fn media_rank(media_type: &str) -> u8 {
    match media_kind(media_type) {
        MediaKind::Json => match essence(media_type).as_str() {
            "application/json" => 0,
            // A merge patch is described by an object like the resource; a JSON patch is a list of commands that documents
            // seldom describe.
            "application/merge-patch+json" => 1,
            "application/json-patch+json" => 4,
            "*/*" | "application/*" => 3,
            _ => 2,
        },
        MediaKind::Form => 5,
        MediaKind::Text => 6,
        MediaKind::Items(_) | MediaKind::Xml | MediaKind::Bytes => 7,
        MediaKind::Multipart => 8,
    }
}

/// Whether a media type stands for many, so that it cannot say what a body is.
pub(super) fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Whether a text is a media type or a range that may stand in a header.
pub(super) fn is_media_type(text: &str) -> bool {
    let Some((kind, subtype)) = text.split_once('/') else {
        return false;
    };
    let subtype = subtype.split(';').next().unwrap_or_default().trim();
    is_token(kind.trim())
        && is_token(subtype)
        && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, is_media_type, media_kind, media_rank};

    #[test]
    fn parameters_and_suffixes_are_understood() {
        assert_eq!(
            media_kind("Application/JSON; charset=utf-8"),
            MediaKind::Json
        );
        assert_eq!(media_kind("application/vnd.api+json"), MediaKind::Json);
        assert_eq!(media_kind("text/csv"), MediaKind::Text);
        assert_eq!(media_kind("application/pdf"), MediaKind::Bytes);
        assert!(is_media_type("application/json; charset=utf-8"));
        assert!(!is_media_type("json"));
        assert!(!is_media_type("a/b\r\nX: y"));
    }

    #[test]
    fn a_merge_patch_is_taken_before_a_json_patch() {
        assert!(
            media_rank("application/merge-patch+json") < media_rank("application/json-patch+json")
        );
    }
}
