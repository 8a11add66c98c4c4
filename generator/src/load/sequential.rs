//! Media types of which a body is a sequence of items (OpenAPI 3.2, section "Sequential Media Types").

/// How items stand in a body, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// Server-sent events.
    Events,
    /// A JSON value on each line.
    Lines,
    /// A JSON text sequence (RFC 7464).
    Texts,
}

/// How the items of a media type stand one after the other; `None` if it is no sequence of them. Its parameters and the
/// case of its letters say nothing of it.
pub fn sequence(media_type: &str) -> Option<Sequence> {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "text/event-stream" => Sequence::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/stream+json"
        | "application/x-json-stream" => Sequence::Lines,
        "application/json-seq" => Sequence::Texts,
        // RFC 8091.
        other if other.ends_with("+json-seq") => Sequence::Texts,
        other if other.ends_with("+jsonl") || other.ends_with("+ndjson") => Sequence::Lines,
        _ => return None,
    })
}
