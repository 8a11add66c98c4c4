#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::load::{Document, Entry, LoadOptions, load};
use crate::source::{Pointer, Sources};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

/// Loads what follows the head of a document.
fn load_body(body: &str) -> (Option<Document>, Vec<(Code, String)>) {
    load_text(&format!("{HEAD}{body}"))
}

fn load_text(text: &str) -> (Option<Document>, Vec<(Code, String)>) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let entry = Entry::text("openapi.yaml", text);
    let document = load(
        &entry,
        &LoadOptions::default(),
        &mut sources,
        &mut diagnostics,
    );
    let found = diagnostics
        .iter()
        .map(|found| (found.code, found.primary.pointer.to_string()))
        .collect();
    assert!(document.is_some() || diagnostics.count(Severity::Error) > 0);
    (document, found)
}

fn schema<'d>(document: &'d Document, name: &str) -> &'d Schema {
    match &document.openapi.components.as_ref().unwrap().schemas[name] {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => panic!("{reference}"),
    }
}

fn properties(schema: &Schema) -> Vec<&str> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.keys().map(String::as_str).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_clean_document_is_loaded_without_a_word() {
    let (document, found) =
        load_body("paths:\n  /a:\n    get:\n      responses:\n        200: {description: ok}\n");
    assert_eq!(found, []);
    assert_eq!(document.unwrap().openapi.paths.paths.len(), 1);
}

#[test]
fn one_bad_schema_spoils_one_schema() {
    let (document, found) = load_body(
        "paths: {}\ncomponents:\n  schemas:\n    A: 5\n    B: {type: object, properties: {x: {type: string}}}\n",
    );
    assert_eq!(
        found,
        [(Code::WrongType, "/components/schemas/A".to_owned())]
    );
    let document = document.unwrap();
    assert!(matches!(
        schema(&document, "A").schema_kind,
        SchemaKind::Any(_)
    ));
    assert_eq!(properties(schema(&document, "B")), ["x"]);
}

#[test]
fn an_unknown_field_is_reported_and_an_extension_is_not() {
    let (_, found) = load_body("paths: {}\nx-mine: 1\nservres: []\n");
    assert_eq!(found, [(Code::UnknownField, "/servres".to_owned())]);
}

#[test]
fn words_of_json_schema_2020_are_reported_with_what_is_lost() {
    let (document, found) = load_body(
        "paths: {}\ncomponents:\n  schemas:\n    A: {type: [string, 'null'], const: a, if: {}}\n",
    );
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::NotSupported; 3]);
    let document = document.unwrap();
    let schema = schema(&document, "A");
    assert!(schema.schema_data.nullable);
    assert!(
        matches!(&schema.schema_kind, SchemaKind::Type(Type::String(text)) if text.enumeration == [Some("a".to_owned())])
    );
}

#[test]
fn required_on_a_property_moves_to_the_object() {
    let (document, found) = load_body(
        "paths: {}\ncomponents:\n  schemas:\n    A: {type: object, properties: {x: {type: int, required: true}}}\n",
    );
    assert_eq!(
        found,
        [
            (
                Code::WrongType,
                "/components/schemas/A/properties/x/required".to_owned()
            ),
            (
                Code::WrongType,
                "/components/schemas/A/properties/x/type".to_owned()
            ),
        ]
    );
    let document = document.unwrap();
    let SchemaKind::Type(Type::Object(object)) = &schema(&document, "A").schema_kind else {
        panic!("no object")
    };
    assert_eq!(object.required, ["x"]);
}

#[test]
fn a_version_keeps_its_spelling() {
    let text = "openapi: 3.0.3\ninfo: {title: 2020, version: 1.10}\npaths: {}\n";
    let (document, found) = load_text(text);
    let info = document.unwrap().openapi.info;
    assert_eq!(
        (info.title.as_str(), info.version.as_str()),
        ("2020", "1.10")
    );
    assert_eq!(found[0].0, Code::UnquotedString);
}

#[test]
fn what_is_left_out_of_a_list_does_not_move_the_origins_of_the_rest() {
    let (document, _) = load_body(
        "paths:\n  /a:\n    get:\n      parameters:\n        - {name: a, in: nowhere}\n        - {name: b, in: query, schema: {}}\n      responses: {}\n",
    );
    let at = Pointer::from_escaped("/paths/~1a/get/parameters/0/schema");
    let origin = document.unwrap().origin(&at);
    assert_eq!(
        origin.pointer.as_str(),
        "/paths/~1a/get/parameters/1/schema"
    );
}

#[test]
fn a_lost_structure_outside_of_schemas_is_an_error() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let text = format!("{HEAD}paths: {{/a: {{get: {{parameters: {{}}, responses: {{}}}}}}}}\n");
    let entry = Entry::text("openapi.yaml", text);
    load(
        &entry,
        &LoadOptions::default(),
        &mut sources,
        &mut diagnostics,
    );
    assert_eq!(diagnostics.count(Severity::Error), 1);
}

#[test]
fn a_reference_into_a_schema_gets_a_component_of_its_own() {
    let (document, found) = load_body(concat!(
        "paths: {}\ncomponents:\n  schemas:\n",
        "    A: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}\n",
        "    B: {$ref: '#/components/schemas/A/properties/b'}\n",
    ));
    assert_eq!(found, []);
    let document = document.unwrap();
    assert_eq!(properties(schema(&document, "A_b")), ["c"]);
    let at = Pointer::from_escaped("/components/schemas/A_b/properties/c");
    let source = "/components/schemas/A/properties/b/properties/c";
    assert_eq!(document.origin(&at).pointer.as_str(), source);
    // Both places refer to the one component.
    let json = serde_json::to_value(&document.openapi).unwrap();
    for place in [
        "/components/schemas/A/properties/b/$ref",
        "/components/schemas/B/$ref",
    ] {
        assert_eq!(json.pointer(place).unwrap(), "#/components/schemas/A_b");
    }
}

#[test]
fn a_path_item_that_refers_to_another_is_a_copy_of_it() {
    let (document, found) = load_body(
        "paths:\n  /a: {get: {responses: {}}}\n  /b: {$ref: '#/paths/~1a'}\n  /c: {$ref: '#/paths/~1c'}\n",
    );
    assert_eq!(
        found,
        [(Code::CircularReference, "/paths/~1c/$ref".to_owned())]
    );
    let document = document.unwrap();
    assert!(
        document.openapi.paths.paths["/b"]
            .as_item()
            .unwrap()
            .get
            .is_some()
    );
    assert!(!document.openapi.paths.paths.contains_key("/c"));
}

#[test]
fn references_that_lead_nowhere_in_a_circle_or_out_are_errors() {
    let (document, found) = load_body(concat!(
        "paths: {}\ncomponents:\n  schemas:\n",
        "    A: {$ref: '#/components/schemas/A'}\n",
        "    B: {$ref: '#/components/schemas/None'}\n",
        "    C: {$ref: 'other.yaml#/C'}\n",
    ));
    assert!(document.is_some());
    assert_eq!(
        found,
        [
            (
                Code::ForbiddenReference,
                "/components/schemas/C/$ref".to_owned()
            ),
            (
                Code::UnresolvedReference,
                "/components/schemas/B/$ref".to_owned()
            ),
            (Code::CircularReference, "/components/schemas/A".to_owned()),
        ]
    );
}
