//! The dialects of JSON Schema that a document may name.

/// Whether schemas of a dialect mean here what their authors meant.
///
/// Drafts 4 to 7 and 2019-09 differ from 2020-12 in words that are told apart by their shape.
pub(super) fn is_known(uri: &str) -> bool {
    let uri = uri
        .trim_end_matches('#')
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    uri.starts_with("json-schema.org/draft")
        || uri.starts_with("json-schema.org/schema")
        || uri.starts_with("spec.openapis.org/oas/3.1/dialect/")
        || uri.starts_with("spec.openapis.org/oas/3.2/dialect/")
}
