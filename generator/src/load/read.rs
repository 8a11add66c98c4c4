//! Reads the bytes of a file and makes text of them.

use super::{Entry, LoadOptions};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer, Sources};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Adds the entry to the sources. Nothing but this one file is opened.
pub(super) fn read(
    entry: &Entry,
    options: &LoadOptions,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    match entry {
        Entry::Path(path) => {
            let name = path.display().to_string();
            match read_bytes(path, options.max_bytes) {
                Ok(bytes) => add_bytes(name, bytes, sources, diagnostics),
                Err((code, message)) => {
                    let file = sources.add(name, "");
                    diagnostics.push(Diagnostic::new(code, root(file), message));
                    None
                }
            }
        }
        Entry::Text { name, text } => {
            if exceeds(text.len(), options.max_bytes) {
                let file = sources.add(name, "");
                let message = too_large(options.max_bytes);
                diagnostics.push(Diagnostic::new(Code::Limit, root(file), message));
                return None;
            }
            Some(sources.add(name, text.strip_prefix('\u{feff}').unwrap_or(text)))
        }
    }
}

fn read_bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>, (Code, String)> {
    let failed = |error: std::io::Error| (Code::Io, format!("the file cannot be read: {error}"));
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that just fits, whatever its metadata say.
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if exceeds(bytes.len(), max_bytes) {
        return Err((Code::Limit, too_large(max_bytes)));
    }
    Ok(bytes)
}

fn add_bytes(
    name: String,
    bytes: Vec<u8>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(name, text)),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
            // What could be decoded is kept, so that the place can be drawn.
            let file = sources.add(name, String::from_utf8_lossy(&bytes));
            let message = format!("the file is not UTF-8: byte {place} begins no character");
            let help = if is_utf16 {
                "it begins like UTF-16; save it as UTF-8"
            } else {
                "save the file as UTF-8"
            };
            diagnostics.push(
                Diagnostic::new(Code::Syntax, root(file), message)
                    .at(place..place + '\u{fffd}'.len_utf8())
                    .help(help),
            );
            None
        }
    }
}

fn exceeds(length: usize, max_bytes: u64) -> bool {
    u64::try_from(length).map_or(true, |length| length > max_bytes)
}

fn too_large(max_bytes: u64) -> String {
    format!("the file is larger than the limit of {max_bytes} bytes")
}

fn root(file: FileId) -> Origin {
    Origin::new(file, Pointer::root())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]

    use super::{Entry, LoadOptions, read};
    use crate::diagnostic::{Code, Diagnostics};
    use crate::source::{FileId, Sources};

    fn read_file(bytes: &[u8], options: &LoadOptions) -> (Sources, Diagnostics) {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), bytes).expect("written");
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        read(
            &Entry::path(file.path()),
            options,
            &mut sources,
            &mut diagnostics,
        );
        (sources, diagnostics)
    }

    fn only_code(diagnostics: &Diagnostics) -> Vec<Code> {
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        let (sources, diagnostics) =
            read_file(b"\xef\xbb\xbfopenapi: 3.0.3", &LoadOptions::default());
        assert_eq!(
            sources.get(FileId::ENTRY).expect("a file").text,
            "openapi: 3.0.3"
        );
        assert_eq!(diagnostics.iter().count(), 0);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_with_their_place() {
        let (_, diagnostics) = read_file(b"info: \xff", &LoadOptions::default());
        let diagnostic = diagnostics.iter().next().expect("a diagnostic");
        assert_eq!(diagnostic.code, Code::Syntax);
        assert_eq!(diagnostic.span, Some(6..9));
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused() {
        let options = LoadOptions {
            max_bytes: 3,
            ..LoadOptions::default()
        };
        assert_eq!(only_code(&read_file(b"abc", &options).1), []);
        assert_eq!(only_code(&read_file(b"abcd", &options).1), [Code::Limit]);
    }

    #[test]
    fn a_missing_file_is_an_io_error() {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let entry = Entry::path("no/such/file.yaml");
        assert!(
            read(
                &entry,
                &LoadOptions::default(),
                &mut sources,
                &mut diagnostics
            )
            .is_none()
        );
        assert_eq!(only_code(&diagnostics), [Code::Io]);
    }
}
