//! The document of the project whose page `spec/` describes gives the same client as our description of the page.

#![allow(clippy::unwrap_used, clippy::panic)]

use specwright::load::Entry;
use specwright::pipeline::{self, Options, Parts};
use specwright::rust::{Client, OperationItem, OutcomeItem, PathPiece, TypeBody, TypeItem};
use std::path::Path;
use tests::places::{shared_document, workspace};
use tests::skipped;

const PATH: &str = "/v0/api_keys";

#[test]
fn their_create_api_key_is_ours() {
    let Some(document) = shared_document("feldera.json") else {
        return skipped(
            "their_create_api_key_is_ours",
            "there is no folder `shared/specs` beside the checkout, nor does SPECWRIGHT_SHARED name one",
        );
    };
    let (ours, theirs) = (
        plan(&workspace().join("spec/api-keys.yaml")),
        plan(&document),
    );
    let (our_call, their_call) = (post(&ours), post(&theirs));

    assert_eq!(arguments(our_call), arguments(their_call));
    assert!(our_call.setters.is_empty() && their_call.setters.is_empty());
    assert_eq!(outcome(&our_call.output), outcome(&their_call.output));
    assert_eq!(outcome(&our_call.error), outcome(&their_call.error));
    assert_eq!(our_call.security.len(), their_call.security.len());

    for name in ["NewApiKeyRequest", "NewApiKeyResponse", "ErrorResponse"] {
        let theirs = fields(&theirs, name);
        for field in fields(&ours, name) {
            assert!(
                theirs.contains(&field),
                "{name}.{field:?} is not among {theirs:?}"
            );
        }
    }
}

fn plan(document: &Path) -> Client {
    let options = Options {
        parts: Parts::Client,
        ..Options::default()
    };
    let run = pipeline::run(&Entry::path(document), &options);
    run.product.unwrap().client
}

fn post(client: &Client) -> &OperationItem {
    let is_post = |operation: &&OperationItem| {
        let path: String = operation
            .path
            .iter()
            .map(|piece| match piece {
                PathPiece::Literal(text) => text.as_str(),
                PathPiece::Parameter(_) => "{}",
            })
            .collect();
        path == PATH && operation.http_method.as_str() == "POST"
    };
    client.operations.iter().find(is_post).unwrap()
}

/// Name, type and place of what must be given.
fn arguments(operation: &OperationItem) -> Vec<String> {
    operation
        .arguments
        .iter()
        .map(|argument| {
            format!(
                "{}: {:?} in {:?}",
                argument.name, argument.ty, argument.target
            )
        })
        .collect()
}

/// Status, variant and payload of each response.
fn outcome(item: &OutcomeItem) -> Vec<String> {
    let cases = match item {
        OutcomeItem::None => return Vec::new(),
        OutcomeItem::Single { cases, .. } | OutcomeItem::Enum { cases, .. } => cases,
    };
    cases
        .iter()
        .map(|case| format!("{} {} {:?}", case.status, case.variant, case.payload))
        .collect()
}

/// Name, wire name and presence of each field. The types may differ where one document says more than the other: ours
/// marks what is secret and that details are an object, theirs names the type of identifiers.
fn fields(client: &Client, name: &str) -> Vec<(String, String, bool)> {
    let is_named = |item: &&TypeItem| item.name.as_str() == name;
    let TypeBody::Record(record) = &client.types.iter().find(is_named).unwrap().body else {
        panic!("{name} is no record");
    };
    record
        .fields
        .iter()
        .map(|field| {
            (
                field.name.to_string(),
                field.wire.as_str().to_owned(),
                field.required,
            )
        })
        .collect()
}
