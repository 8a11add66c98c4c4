//! Finds the version of OpenAPI that a document is written in.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Pointer};
use serde_json::Value;

const SUPPORTED: &str = "specwright reads OpenAPI 3.0";

/// Lets a document of version 3.0 pass and says what is wrong with any other.
pub(super) fn check(file: FileId, value: &Value, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = Origin::new(file, Pointer::root());
    let Some(object) = value.as_object() else {
        diagnostics.push(
            Diagnostic::new(
                Code::Version,
                root,
                "this is no OpenAPI document: the whole of it must be an object",
            )
            .help(SUPPORTED),
        );
        return None;
    };
    let (field, version) = match (object.get("openapi"), object.get("swagger")) {
        (Some(version), _) => ("openapi", version),
        (None, Some(version)) => ("swagger", version),
        (None, None) => {
            let message =
                "this is no OpenAPI document: it has neither the field `openapi` nor `swagger`";
            diagnostics.push(Diagnostic::new(Code::Version, root, message).help(SUPPORTED));
            return None;
        }
    };
    let found = match version {
        Value::String(text) => text.trim().to_owned(),
        // `openapi: 3.0` without quotes is a number in YAML, which prints as it was meant.
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    if field == "openapi" && is_release(&found, "3.0") {
        return Some(());
    }
    diagnostics.push(refusal(field, &found, root.child(field)));
    None
}

fn refusal(field: &str, found: &str, origin: Origin) -> Diagnostic {
    let known = match field {
        "swagger" => is_release(found, "2.0").then_some("Swagger"),
        _ => ["3.1", "3.2"]
            .iter()
            .any(|release| is_release(found, release))
            .then_some("OpenAPI"),
    };
    match known {
        Some(name) => Diagnostic::new(
            Code::NotSupported,
            origin,
            format!("this is a document of {name} {found}, which is not supported yet"),
        )
        .error()
        .help(SUPPORTED),
        None => Diagnostic::new(
            Code::Version,
            origin,
            format!("`{found}` is no version of OpenAPI that specwright knows"),
        )
        .help(SUPPORTED),
    }
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
    #![allow(clippy::expect_used)]

    use super::check;
    use crate::diagnostic::{Code, Diagnostics, Severity};
    use crate::source::FileId;
    use serde_json::json;

    fn outcome(value: &serde_json::Value) -> Option<(Code, String)> {
        let mut diagnostics = Diagnostics::default();
        let passed = check(FileId::ENTRY, value, &mut diagnostics);
        assert_eq!(passed.is_none(), diagnostics.count(Severity::Error) == 1);
        let first = diagnostics.iter().next()?;
        Some((first.code, first.message.clone()))
    }

    #[test]
    fn version_3_0_passes_even_as_a_number() {
        assert_eq!(outcome(&json!({"openapi": "3.0.3"})), None);
        assert_eq!(outcome(&json!({"openapi": 3.0})), None);
        assert_eq!(outcome(&json!({"openapi": "3.0.0-rc2"})), None);
    }

    #[test]
    fn other_versions_are_named() {
        for (value, version) in [
            (json!({"swagger": "2.0"}), "Swagger 2.0"),
            (json!({"openapi": "3.1.0"}), "OpenAPI 3.1.0"),
            (json!({"openapi": "3.2.0"}), "OpenAPI 3.2.0"),
        ] {
            let (code, message) = outcome(&value).expect("refused");
            assert_eq!(code, Code::NotSupported);
            assert!(message.contains(version), "{message}");
        }
    }

    #[test]
    fn what_is_no_openapi_is_refused() {
        for value in [
            json!({"openapi": "4.0.0"}),
            json!({"openapi": "3.01"}),
            json!({}),
            json!([1]),
            json!(null),
        ] {
            assert_eq!(outcome(&value).expect("refused").0, Code::Version);
        }
    }
}
