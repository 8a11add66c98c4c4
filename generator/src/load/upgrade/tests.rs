#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::load::{Document, Entry, LoadOptions, load};
use crate::source::{Pointer, Sources};
use serde_json::{Value, json};

/// Loads a document and gives what it became, and the place of every finding.
fn upgrade(document: &Value) -> (Document, Value, Vec<(Code, String)>) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let entry = Entry::text("openapi.json", document.to_string());
    let loaded = load(
        &entry,
        &LoadOptions::default(),
        &mut sources,
        &mut diagnostics,
    );
    let found: Vec<(Code, String)> = diagnostics
        .iter()
        .map(|found| (found.code, found.primary.pointer.to_string()))
        .collect();
    assert_eq!(diagnostics.count(Severity::Error), 0, "{found:?}");
    let loaded = loaded.unwrap();
    let value = serde_json::to_value(&loaded.openapi).unwrap();
    (loaded, value, found)
}

fn v3_1(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "components": {"schemas": schemas},
    })
}

/// What a schema of 3.1 becomes, without a word.
fn quietly(schema: Value) -> Value {
    let (_, value, found) = upgrade(&v3_1(json!({"A": schema, "B": {"type": "string"}})));
    assert_eq!(found, []);
    value["components"]["schemas"]["A"].clone()
}

/// The findings for a schema of 3.1, by their places below it.
fn findings(schema: Value) -> Vec<(Code, String)> {
    let (_, _, found) = upgrade(&v3_1(json!({"A": schema})));
    found
        .into_iter()
        .map(|(code, at)| {
            let below = at.strip_prefix("/components/schemas/A").unwrap_or(&at);
            (code, below.to_owned())
        })
        .collect()
}

#[test]
fn types_with_null_are_nullable_and_several_types_are_alternatives() {
    assert_eq!(
        quietly(json!({"type": ["string", "null"], "minLength": 2})),
        json!({"type": "string", "nullable": true, "minLength": 2})
    );
    assert_eq!(
        quietly(
            json!({"type": ["string", "integer", "null"], "minLength": 2, "maximum": 9, "enum": ["ab", 3, null]})
        ),
        json!({"nullable": true, "anyOf": [
            {"type": "string", "minLength": 2, "enum": ["ab"]},
            {"type": "integer", "maximum": 9, "enum": [3]},
        ]})
    );
    assert_eq!(
        quietly(json!({"type": ["integer", "number"]})),
        json!({"type": "number"})
    );
    assert_eq!(
        quietly(json!({"type": "null"})),
        json!({"nullable": true, "x-specwright-demands": [[{"const": null}, true]]})
    );
}

#[test]
fn the_stricter_of_two_limits_holds() {
    assert_eq!(
        quietly(
            json!({"type": "integer", "exclusiveMinimum": 1, "maximum": 9, "exclusiveMaximum": 8})
        ),
        json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 8, "exclusiveMaximum": true})
    );
    assert_eq!(
        quietly(json!({"type": "integer", "exclusiveMinimum": 1, "minimum": 2})),
        json!({"type": "integer", "minimum": 2})
    );
}

#[test]
fn constants_examples_and_contents_are_said_in_the_words_of_3_0() {
    assert_eq!(
        quietly(json!({"const": "a", "examples": ["a", "b"]})),
        json!({"enum": ["a"], "example": "a"})
    );
    assert_eq!(
        quietly(
            json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"})
        ),
        json!({"type": "string", "format": "byte"})
    );
    assert_eq!(
        quietly(json!({"contentMediaType": "application/octet-stream"})),
        json!({"type": "string", "format": "binary"})
    );
    assert_eq!(
        quietly(json!({"type": "string", "contentMediaType": "application/problem+json"})),
        json!({"type": "string"})
    );
}

#[test]
fn what_stands_beside_a_reference_counts() {
    assert_eq!(
        quietly(json!({"$ref": "#/components/schemas/B", "description": "d", "maxLength": 3})),
        json!({"description": "d", "maxLength": 3, "allOf": [{"$ref": "#/components/schemas/B"}]})
    );
}

#[test]
fn references_follow_anchors_identifiers_and_what_was_moved() {
    let (document, value, found) = upgrade(&v3_1(json!({
        "Tree": {
            "$id": "https://example.com/tree",
            "type": "object",
            "$defs": {"leaf": {"$anchor": "leaf", "type": "object", "properties": {"next": {"$ref": "#leaf"}}}},
            "properties": {
                "byPointer": {"$ref": "#/$defs/leaf"},
                "byIdentifier": {"$ref": "tree#leaf"},
                "root": {"$ref": "#"},
                "sibling": {"$ref": "#/components/schemas/Other/properties/x"},
            },
        },
        "Other": {"type": ["object", "string"], "properties": {"x": {"type": "number"}}},
    })));
    assert_eq!(found, []);
    let schemas = &value["components"]["schemas"];
    let properties = &schemas["Tree"]["properties"];
    let leaf = "#/components/schemas/Tree_leaf";
    assert_eq!(properties["byPointer"]["$ref"], leaf);
    assert_eq!(properties["byIdentifier"]["$ref"], leaf);
    assert_eq!(schemas["Tree_leaf"]["properties"]["next"]["$ref"], leaf);
    assert_eq!(properties["root"]["$ref"], "#/components/schemas/Tree");
    let moved = properties["sibling"]["$ref"].as_str().unwrap();
    assert_eq!(
        value.pointer(moved.trim_start_matches('#')).unwrap()["type"],
        "number"
    );
    let origin = document.origin(&Pointer::from_escaped(&format!(
        "{}/type",
        moved.trim_start_matches('#')
    )));
    assert_eq!(
        origin.pointer.as_str(),
        "/components/schemas/Other/properties/x/type"
    );
}

#[test]
fn what_is_lost_is_reported_at_its_place() {
    let lost = |word: &str| vec![(Code::NotSupported, format!("/{word}"))];
    for (word, value) in [
        ("if", json!({"required": ["a"]})),
        ("dependentRequired", json!({"a": ["b"]})),
        ("dependentSchemas", json!({"a": {}})),
        ("contains", json!({"type": "string"})),
        ("propertyNames", json!({"pattern": "^a"})),
        (
            "prefixItems",
            json!([{"type": "string"}, {"type": "number"}]),
        ),
        ("patternProperties", json!({"^a": {"type": "string"}})),
        ("contentEncoding", json!("base64url")),
        ("$schema", json!("https://example.com/dialect")),
    ] {
        assert_eq!(findings(json!({ word: value })), lost(word));
    }
    assert_eq!(
        findings(json!(false)),
        [(Code::NotSupported, String::new())]
    );
    assert_eq!(
        findings(json!({"type": "string", "nullable": true})),
        [(Code::UnknownField, "/nullable".to_owned())]
    );
    // These demand nothing of a client.
    assert_eq!(
        findings(
            json!({"unevaluatedProperties": false, "propertyNames": {"type": "string"}, "$comment": "c"})
        ),
        []
    );
}

#[test]
fn items_by_position_and_properties_by_pattern_keep_their_types() {
    let (_, value, _) = upgrade(&v3_1(json!({
        "Pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}], "items": false},
        "Map": {"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false},
    })));
    let schemas = &value["components"]["schemas"];
    assert_eq!(
        schemas["Pair"]["items"],
        json!({"anyOf": [{"type": "string"}, {"type": "number"}]})
    );
    assert_eq!(
        schemas["Map"]["additionalProperties"],
        json!({"type": "string"})
    );
}

#[test]
fn path_items_and_media_types_are_put_where_they_are_referred_to() {
    let (_, value, found) = upgrade(&json!({
        "openapi": "3.2.0",
        "$self": "https://example.com/api.json",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"$ref": "https://example.com/api.json#/components/pathItems/A"}},
        "components": {
            "pathItems": {"A": {"get": {"responses": {"200": {
                "summary": "All",
                "content": {"application/json": {"$ref": "#/components/mediaTypes/M"}},
            }}}}},
            "mediaTypes": {"M": {"schema": {"type": "string"}}},
        },
    }));
    assert_eq!(found, []);
    let response = &value["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(response["description"], "All");
    assert_eq!(
        response["content"]["application/json"]["schema"],
        json!({"type": "string"})
    );
}

fn swagger(members: Value) -> Value {
    let mut document =
        json!({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {}});
    for (key, value) in members.as_object().unwrap() {
        document[key] = value.clone();
    }
    document
}

#[test]
fn host_schemes_and_base_path_are_servers() {
    let servers = |members: Value| upgrade(&swagger(members)).1["servers"].clone();
    assert_eq!(
        servers(json!({"host": "a.example", "basePath": "/v1/", "schemes": ["http", "https"]})),
        json!([{"url": "https://a.example/v1"}, {"url": "http://a.example/v1"}])
    );
    assert_eq!(
        servers(json!({"host": "a.example"})),
        json!([{"url": "https://a.example"}])
    );
    assert_eq!(servers(json!({"basePath": "/v1"})), json!([{"url": "/v1"}]));
}

#[test]
fn bodies_and_forms_of_2_0_become_request_bodies() {
    let (document, value, found) = upgrade(&swagger(json!({
        "consumes": ["application/json"],
        "definitions": {"Pet": {"type": "object"}},
        "parameters": {
            "pet": {"name": "pet", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Pet"}},
            "limit": {"name": "limit", "in": "query", "type": "integer"},
        },
        "paths": {
            "/pets": {"post": {
                "parameters": [{"$ref": "#/parameters/pet"}, {"$ref": "#/parameters/limit"}],
                "responses": {"204": {"description": "ok"}},
            }},
            "/photo": {"post": {
                "parameters": [
                    {"name": "photo", "in": "formData", "type": "file", "required": true},
                    {"name": "size", "in": "query", "type": "string", "pattern": "("},
                ],
                "responses": {"204": {"description": "ok"}},
            }},
        },
    })));
    assert_eq!(found, []);
    let pets = &value["paths"]["/pets"]["post"];
    assert_eq!(
        pets["requestBody"],
        json!({"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}})
    );
    assert_eq!(
        pets["parameters"],
        json!([{"$ref": "#/components/parameters/limit"}])
    );
    assert_eq!(
        value["paths"]["/photo"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"],
        json!({"type": "object", "required": ["photo"], "properties": {"photo": {"type": "string", "format": "binary"}}})
    );
    let origin = |at: &str| {
        document
            .origin(&Pointer::from_escaped(at))
            .pointer
            .to_string()
    };
    assert_eq!(
        origin("/paths/~1photo/post/parameters/0/schema/pattern"),
        "/paths/~1photo/post/parameters/1/pattern"
    );
    assert_eq!(
        origin("/paths/~1pets/post/requestBody/content/application~1json/schema/$ref"),
        "/parameters/pet/schema/$ref"
    );
    assert_eq!(
        origin("/components/schemas/Pet/type"),
        "/definitions/Pet/type"
    );
}

#[test]
fn collection_formats_are_styles() {
    let spelled = |format: &str| {
        let parameter = json!({"name": "q", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": format});
        let (_, value, found) = upgrade(&swagger(json!({"parameters": {"q": parameter}})));
        let parameter = &value["components"]["parameters"]["q"];
        let style = parameter["style"].as_str().unwrap().to_owned();
        (style, parameter["explode"] == true, found.len())
    };
    assert_eq!(spelled("csv"), ("form".to_owned(), false, 0));
    assert_eq!(spelled("multi"), ("form".to_owned(), true, 0));
    assert_eq!(spelled("ssv"), ("spaceDelimited".to_owned(), false, 0));
    assert_eq!(spelled("pipes"), ("pipeDelimited".to_owned(), false, 0));
    assert_eq!(spelled("tsv"), ("form".to_owned(), false, 1));
}

#[test]
fn responses_and_security_of_2_0_become_those_of_3_0() {
    let (_, value, found) = upgrade(&swagger(json!({
        "securityDefinitions": {
            "basic": {"type": "basic"},
            "oauth": {"type": "oauth2", "flow": "application", "tokenUrl": "https://a.example/t", "scopes": {"r": "read"}},
        },
        "paths": {"/a": {"get": {
            "produces": ["image/png"],
            "responses": {"200": {"description": "ok", "schema": {"type": "file"}, "headers": {"X-N": {"type": "integer"}}}},
        }}},
        "definitions": {"A": {"type": "object", "discriminator": "kind", "x-nullable": true}},
    })));
    assert_eq!(found, []);
    let response = &value["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(
        response["content"],
        json!({"image/png": {"schema": {"type": "string", "format": "binary"}}})
    );
    assert_eq!(
        response["headers"]["X-N"]["schema"],
        json!({"type": "integer"})
    );
    let components = &value["components"];
    assert_eq!(components["securitySchemes"]["basic"]["scheme"], "basic");
    assert_eq!(
        components["securitySchemes"]["oauth"]["flows"]["clientCredentials"]["tokenUrl"],
        "https://a.example/t"
    );
    assert_eq!(
        components["schemas"]["A"]["discriminator"]["propertyName"],
        "kind"
    );
    assert_eq!(components["schemas"]["A"]["nullable"], true);
}
