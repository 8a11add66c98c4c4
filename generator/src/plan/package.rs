//! What the package is called.

use super::PlanOptions;
use super::names::{Kind, Scope};
use super::reserved::Place;
use super::words::words;
use crate::model::Api;
use crate::rust::Package;
use heck::ToKebabCase;

/// The name in the manifest, the name in `use`, the version and the description.
pub(super) fn plan_package(api: &Api, options: &PlanOptions) -> Package {
    let wanted = options.name.as_deref().unwrap_or(api.info.title.as_str());
    let mut name = words(wanted).to_kebab_case();
    if name.is_empty() {
        "api".clone_into(&mut name);
    }
    // Cargo refuses names that start with a digit, are keywords, or are a crate of the standard library.
    let digit = name.starts_with(|c: char| c.is_ascii_digit());
    let mut module = Scope::new(Kind::Field, Place::Local).add_one(&name);
    let taken = matches!(
        name.as_str(),
        "core"
            | "std"
            | "alloc"
            | "test"
            | "proc-macro"
            | "deps"
            | "examples"
            | "build"
            | "incremental"
    );
    if digit || taken || module.as_str() != name.replace('-', "_") {
        name.insert_str(0, "api-");
        module = Scope::new(Kind::Field, Place::Local).add_one(&name);
    }
    let version = options
        .version
        .clone()
        .unwrap_or_else(|| api.info.version.as_str().to_owned());
    Package {
        module,
        name,
        version: semantic(&version),
        description: api
            .info
            .docs
            .summary
            .clone()
            .or_else(|| Some(api.info.title.clone())),
    }
}

/// The nearest semantic version: up to three numbers, `0.1.0` if there is none.
fn semantic(version: &str) -> String {
    let version = version.trim().trim_start_matches(['v', 'V']);
    let numbers: Vec<u32> = version
        .split('.')
        .take(3)
        .map_while(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect();
    match numbers.as_slice() {
        [] => "0.1.0".to_owned(),
        [major] => format!("{major}.0.0"),
        [major, minor] => format!("{major}.{minor}.0"),
        [major, minor, patch, ..] => format!("{major}.{minor}.{patch}"),
    }
}

#[cfg(test)]
mod tests {
    use super::semantic;

    #[test]
    fn a_version_of_any_kind_becomes_semantic() {
        for (given, expected) in [
            ("1.2.3", "1.2.3"),
            ("v2", "2.0.0"),
            ("2024-05-01", "2024.0.0"),
            ("1.10", "1.10.0"),
            ("1.2.3-beta+4", "1.2.3"),
            ("latest", "0.1.0"),
            ("", "0.1.0"),
            ("99999999999999999999", "0.1.0"),
            ("007.1", "7.1.0"),
        ] {
            assert_eq!(semantic(given), expected, "{given:?}");
        }
    }
}
