//! Answers that are bytes, which a sample writes to a file.

use crate::model::{ContentKind, Operation};

/// The name of the file for what an operation gives, if its first success with a body gives bytes.
pub fn file_name(operation: &Operation) -> Option<&'static str> {
    let responses = operation.responses.iter();
    let mut successes = responses.filter(|response| response.status.may_be_success());
    let content = successes.find_map(|response| response.content.as_ref())?;
    let media_type = content.media_type.as_str();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    (content.kind == ContentKind::Bytes).then_some(match essence {
        "application/pdf" => "download.pdf",
        "application/zip" => "download.zip",
        "application/gzip" | "application/x-gzip" => "download.gz",
        "application/x-tar" => "download.tar",
        "image/png" => "download.png",
        "image/jpeg" => "download.jpg",
        "image/gif" => "download.gif",
        "image/svg+xml" => "download.svg",
        "audio/mpeg" => "download.mp3",
        "video/mp4" => "download.mp4",
        _ => "download.bin",
    })
}
