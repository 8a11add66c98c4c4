//! Finds the version of OpenAPI that a document is written in.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer};
use serde_json::Value;

const SUPPORTED: &str = "specwright reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";

/// The versions that are read. Those of a third number, such as 3.0.4, are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Swagger2,
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// The version that a document says it has, if it is one that is read.
    pub(super) fn of(value: &Value) -> Option<Version> {
        let object = value.as_object()?;
        let (field, version) = match (object.get("openapi"), object.get("swagger")) {
            (Some(version), _) => ("openapi", version),
            (None, version) => ("swagger", version?),
        };
        known(field, &spelled(version))
    }

    /// What people call it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Version::Swagger2 => "Swagger 2.0",
            Version::V3_0 => "OpenAPI 3.0",
            Version::V3_1 => "OpenAPI 3.1",
            Version::V3_2 => "OpenAPI 3.2",
        }
    }

    /// Whether its schemas have `$id` and `$anchor`.
    pub(super) fn has_identifiers(self) -> bool {
        matches!(self, Version::V3_1 | Version::V3_2)
    }
}

/// Finds out which version a document has, and refuses what is none that is read.
pub(super) fn find(file: FileId, value: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = Origin::new(file, Pointer::root());
    let mut refuse = |origin: Origin, message: String| {
        diagnostics.push(Diagnostic::new(Code::Version, origin, message).help(SUPPORTED));
        None
    };
    let Some(object) = value.as_object() else {
        let message = "this is no OpenAPI document: the whole of it must be an object";
        return refuse(root, message.to_owned());
    };
    let (field, version) = match (object.get("openapi"), object.get("swagger")) {
        (Some(version), _) => ("openapi", version),
        (None, Some(version)) => ("swagger", version),
        (None, None) => {
            let message =
                "this is no OpenAPI document: it has neither the field `openapi` nor `swagger`";
            return refuse(root, message.to_owned());
        }
    };
    let found = spelled(version);
    match known(field, &found) {
        Some(version) => Some(version),
        None => refuse(
            root.child(field),
            format!("`{found}` is no version of OpenAPI that specwright knows"),
        ),
    }
}

fn spelled(version: &Value) -> String {
    match version {
        Value::String(text) => text.trim().to_owned(),
        // `openapi: 3.0` without quotes is a number in YAML, which prints as it was meant.
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn known(field: &str, found: &str) -> Option<Version> {
    let known: &[(&str, Version)] = match field {
        "openapi" => &[
            ("3.0", Version::V3_0),
            ("3.1", Version::V3_1),
            ("3.2", Version::V3_2),
        ],
        _ => &[("2.0", Version::Swagger2)],
    };
    let mut known = known.iter();
    known
        .find(|(release, _)| is_release(found, release))
        .map(|(_, version)| *version)
}

/// Whether a version such as `3.0.3` or `3.0.0-rc2` belongs to a release such as `3.0`.
fn is_release(version: &str, release: &str) -> bool {
    match version.strip_prefix(release) {
        Some(rest) => rest.is_empty() || rest.starts_with(['.', '-']),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, find};
    use crate::diagnostic::{Code, Diagnostics};
    use crate::source::FileId;
    use serde_json::{Value, json};

    fn version(value: &Value) -> Option<Version> {
        let mut diagnostics = Diagnostics::default();
        let version = find(FileId::ENTRY, value, &mut diagnostics);
        let codes: Vec<Code> = diagnostics.iter().map(|found| found.code).collect();
        let refused = if version.is_none() {
            vec![Code::Version]
        } else {
            Vec::new()
        };
        assert_eq!(codes, refused);
        version
    }

    #[test]
    fn a_version_is_known_by_its_release_even_as_a_number() {
        for (value, known) in [
            (json!({"swagger": "2.0"}), Version::Swagger2),
            (json!({"openapi": "3.0.3"}), Version::V3_0),
            (json!({"openapi": 3.0}), Version::V3_0),
            (json!({"openapi": "3.0.0-rc2"}), Version::V3_0),
            (json!({"openapi": "3.1.1"}), Version::V3_1),
            (json!({"openapi": "3.2.0"}), Version::V3_2),
        ] {
            assert_eq!(version(&value), Some(known));
        }
    }

    #[test]
    fn what_is_no_openapi_is_refused() {
        for value in [
            json!({"openapi": "4.0.0"}),
            json!({"openapi": "3.01"}),
            json!({"openapi": "2.0"}),
            json!({"swagger": "1.2"}),
            json!({}),
            json!([1]),
            json!(null),
        ] {
            assert_eq!(version(&value), None);
        }
    }
}
