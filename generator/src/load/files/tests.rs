#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::diagnostic::{Code, Diagnostics};
use crate::load::{Document, Entry, LoadOptions, load};
use crate::source::{Pointer, Sources};
use serde_json::{Value, json};

/// What was found: the code, the file and the place in it.
type Found = Vec<(Code, String, String)>;

fn load_files(files: &[(&str, &str)]) -> (Option<Document>, Found) {
    load_with(files, &LoadOptions::default())
}

fn load_with(files: &[(&str, &str)], options: &LoadOptions) -> (Option<Document>, Found) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let entry = Entry::texts(files[0].0, files.iter().copied());
    let document = load(&entry, options, &mut sources, &mut diagnostics);
    let found = diagnostics
        .iter()
        .map(|found| {
            let file = sources.get(found.primary.file).unwrap();
            let place = found.primary.pointer.to_string();
            (found.code, file.name.clone(), place)
        })
        .collect();
    (document, found)
}

fn value(document: &Document) -> Value {
    serde_json::to_value(&document.openapi).unwrap()
}

fn origin(files: &[(&str, &str)], place: &str) -> (String, String) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let entry = Entry::texts(files[0].0, files.iter().copied());
    let document = load(
        &entry,
        &LoadOptions::default(),
        &mut sources,
        &mut diagnostics,
    )
    .unwrap();
    let origin = document.origin(&Pointer::from_escaped(place));
    let file = sources.get(origin.file).unwrap();
    (file.name.clone(), origin.pointer.to_string())
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

#[test]
fn what_two_files_refer_to_is_read_once_and_is_one_component() {
    let entry = format!(
        "{HEAD}paths:\n  /pets: {{$ref: paths/pets.yaml}}\ncomponents:\n  schemas:\n    Error: {{type: object}}\n"
    );
    let files = [
        ("spec/api.yaml", entry.as_str()),
        (
            "spec/paths/pets.yaml",
            "get:\n  responses:\n    '200': {$ref: '../responses.yaml#/pets'}\n    '400': {$ref: ../responses.yaml#/error}\n",
        ),
        (
            "spec/responses.yaml",
            concat!(
                "pets: {description: d, content: {application/json: {schema: {$ref: models/pet.yaml}}}}\n",
                "error: {description: e, content: {application/json: {schema: {$ref: api.yaml#/components/schemas/Error}}}}\n",
            ),
        ),
        (
            "spec/models/pet.yaml",
            "type: object\nproperties:\n  owner: {$ref: owner.yaml}\n  parent: {$ref: pet.yaml}\n",
        ),
        (
            "spec/models/owner.yaml",
            "type: object\nproperties: {pets: {type: array, items: {$ref: ./pet.yaml#}}}\n",
        ),
    ];
    let (document, found) = load_files(&files);
    assert_eq!(found, []);
    let value = value(&document.unwrap());
    assert_eq!(
        value["paths"]["/pets"]["get"]["responses"],
        json!({
            "200": {"$ref": "#/components/responses/pets"},
            "400": {"$ref": "#/components/responses/error"},
        })
    );
    let schemas = value["components"]["schemas"].as_object().unwrap();
    assert_eq!(
        schemas.keys().collect::<Vec<_>>(),
        ["Error", "pet", "owner"]
    );
    assert_eq!(
        schemas["pet"]["properties"]["parent"],
        json!({"$ref": "#/components/schemas/pet"})
    );
    assert_eq!(
        schemas["owner"]["properties"]["pets"]["items"],
        json!({"$ref": "#/components/schemas/pet"})
    );
    assert_eq!(
        value["components"]["responses"]["error"]["content"]["application/json"]["schema"],
        json!({"$ref": "#/components/schemas/Error"})
    );
    let at = origin(&files, "/paths/~1pets/get/responses");
    assert_eq!(
        at,
        (
            "spec/paths/pets.yaml".to_owned(),
            "/get/responses".to_owned()
        )
    );
    let at = origin(&files, "/components/schemas/pet/properties/owner");
    assert_eq!(
        at,
        (
            "spec/models/pet.yaml".to_owned(),
            "/properties/owner".to_owned()
        )
    );
}

#[test]
fn any_piece_of_a_file_may_stand_in_place_of_a_reference() {
    let entry = format!(
        "{HEAD}tags: [{{name: a, description: {{$ref: about.md}}}}]\npaths:\n  /a:\n    get: {{$ref: ops.yaml#/a~1b}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{$ref: 'ops.yaml#/%E2%82%AC'}}}}\n"
    );
    let files = [
        ("api.yaml", entry.as_str()),
        (
            "ops.yaml",
            concat!(
                "a/b:\n  operationId: a\n  parameters: [{$ref: '#/list/0'}]\n  responses: {'204': {description: d}}\n",
                "list: [{name: q, in: query, schema: {$ref: '#/€/n'}}]\n",
                "€: {n: {type: integer}}\n",
            ),
        ),
        ("about.md", "# All about A\n"),
    ];
    let (document, found) = load_files(&files);
    assert_eq!(found, []);
    let value = value(&document.unwrap());
    assert_eq!(value["tags"][0]["description"], "# All about A\n");
    let operation = &value["paths"]["/a"]["get"];
    assert_eq!(operation["operationId"], "a");
    assert_eq!(
        operation["parameters"],
        json!([{"$ref": "#/components/parameters/ops_list_0"}])
    );
    let schemas = &value["components"]["schemas"];
    let shared = json!({"$ref": "#/components/schemas/ops_n"});
    assert_eq!(schemas["A"]["properties"]["n"], shared);
    assert_eq!(schemas["ops_n"], json!({"type": "integer"}));
}

#[test]
fn a_part_of_what_is_a_component_is_the_same_type_there() {
    let entry = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{$ref: pet.yaml#/properties/kind}}\n    B: {{$ref: pet.yaml}}\n"
    );
    let (document, found) = load_files(&[
        ("api.yaml", &entry),
        (
            "pet.yaml",
            "type: object\nproperties: {kind: {type: string, enum: [cat]}}\n",
        ),
    ]);
    assert_eq!(found, []);
    let value = value(&document.unwrap());
    let schemas = &value["components"]["schemas"];
    assert_eq!(schemas["pet"]["properties"]["kind"], schemas["A"]);
    assert_eq!(schemas["pet_kind"]["enum"], json!(["cat"]));
}

#[test]
fn what_is_not_there_is_left_out_with_its_place() {
    let entry = format!(
        "{HEAD}paths:\n  /a: {{$ref: none.yaml}}\n  /b: {{$ref: loop.yaml}}\ncomponents:\n  schemas:\n    A: {{$ref: pet.yaml#/None}}\n    B: {{$ref: 'https://a.example/b.yaml'}}\n    C: {{$ref: pet.yaml#/list}}\n    D: {{$ref: bad.yaml}}\n"
    );
    let (_, found) = load_files(&[
        ("api.yaml", &entry),
        ("pet.yaml", "list: []\n"),
        ("loop.yaml", "$ref: loop.yaml\n"),
    ]);
    let place = |code, pointer: &str| (code, "api.yaml".to_owned(), pointer.to_owned());
    assert_eq!(
        found,
        [
            place(Code::UnresolvedReference, "/paths/~1a/$ref"),
            place(Code::UnresolvedReference, "/components/schemas/A/$ref"),
            place(Code::UnresolvedReference, "/components/schemas/C/$ref"),
            place(Code::UnresolvedReference, "/components/schemas/D/$ref"),
            place(Code::ForbiddenReference, "/components/schemas/B/$ref"),
            (
                Code::CircularReference,
                "loop.yaml".to_owned(),
                "/$ref".to_owned()
            ),
        ]
    );
}

#[test]
fn findings_of_other_files_stand_in_them() {
    let entry = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: a.yaml}}}}}}\n");
    let (_, found) = load_files(&[
        ("api.yaml", &entry),
        ("a.yaml", "type: object\nproperties: {n: {type: int}}\n"),
    ]);
    let place = (
        Code::WrongType,
        "a.yaml".to_owned(),
        "/properties/n/type".to_owned(),
    );
    assert_eq!(found, [place]);
    let (document, found) = load_files(&[("api.yaml", &entry), ("a.yaml", "type: [object\n")]);
    assert!(document.is_none());
    assert_eq!(found[0].0, Code::Syntax);
    assert_eq!(found[0].1, "a.yaml");
}

#[test]
fn the_limits_count_all_files_together() {
    let entry = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: a.yaml}}}}}}\n");
    let files = [("api.yaml", entry.as_str()), ("a.yaml", "type: object\n")];
    let bytes = u64::try_from(entry.len()).unwrap() + 13;
    for (max_bytes, codes) in [(bytes, vec![]), (bytes - 1, vec![Code::Limit])] {
        let options = LoadOptions {
            max_bytes,
            ..LoadOptions::default()
        };
        let (_, found) = load_with(&files, &options);
        let found: Vec<Code> = found.into_iter().map(|(code, ..)| code).collect();
        assert_eq!(found, codes);
    }
}

#[test]
fn copies_that_double_at_each_step_end_at_the_limit() {
    let entry = format!("{HEAD}paths: {{/a: {{get: {{$ref: 0.yaml}}}}}}\n");
    let mut files = vec![("api.yaml".to_owned(), entry)];
    for n in 0..6 {
        let next = format!("{{$ref: {}.yaml}}", n + 1);
        let text = format!("callbacks: {{a: {{x: {{get: {next}, put: {next}}}}}}}\n");
        files.push((format!("{n}.yaml"), text));
    }
    files.push(("6.yaml".to_owned(), "summary: s\n".to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let options = LoadOptions {
        max_nodes: 300,
        ..LoadOptions::default()
    };
    let (_, found) = load_with(&files, &options);
    let codes: Vec<Code> = found.iter().map(|(code, ..)| *code).collect();
    assert!(codes.contains(&Code::Limit), "{found:?}");
}

#[test]
fn identifiers_name_schemas_in_any_file() {
    let entry = concat!(
        "openapi: 3.2.0\n$self: https://a.example/api/openapi.yaml\ninfo: {title: T, version: '1'}\npaths: {}\n",
        "components:\n  schemas:\n",
        "    A: {$ref: 'https://a.example/schemas/pet'}\n",
        "    B: {$ref: 'schemas/pet.yaml#collar'}\n",
        "    C: {$ref: schemas/pet.yaml#/$defs/Collar}\n",
        "    D: {$ref: 'https://a.example/api/openapi.yaml#/components/schemas/E'}\n",
        "    E: {type: string}\n",
    );
    let pet = concat!(
        "$id: https://a.example/schemas/pet\ntype: object\nproperties:\n",
        "  collar: {$ref: '#collar'}\n  parent: {$ref: pet}\n",
        "$defs: {Collar: {$anchor: collar, type: object}}\n",
    );
    let (document, found) = load_files(&[("openapi.yaml", entry), ("schemas/pet.yaml", pet)]);
    // `A` comes first, and is followed once another reference has read the file with the identifier.
    assert_eq!(found, []);
    let value = value(&document.unwrap());
    let schemas = &value["components"]["schemas"];
    let collar = json!({"$ref": "#/components/schemas/Collar"});
    assert_eq!(schemas["B"], collar);
    assert_eq!(schemas["C"], collar);
    assert_eq!(schemas["A"], json!({"$ref": "#/components/schemas/pet"}));
    assert_eq!(schemas["pet"]["properties"]["collar"], collar);
    assert_eq!(schemas["pet"]["properties"]["parent"], schemas["A"]);
    assert_eq!(schemas["D"], json!({"$ref": "#/components/schemas/E"}));
}

#[test]
fn swagger_refers_to_other_files_too() {
    let entry = concat!(
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      parameters: [{$ref: shared.yaml#/body}]\n",
        "      responses: {'200': {$ref: shared.yaml#/ok}}\n",
    );
    let shared = concat!(
        "body: {name: b, in: body, schema: {$ref: '#/definitions/Pet'}}\n",
        "ok: {description: d, schema: {$ref: '#/definitions/Pet'}}\n",
        "definitions: {Pet: {type: object}}\n",
    );
    let (document, found) = load_files(&[("api.yaml", entry), ("shared.yaml", shared)]);
    assert_eq!(found, []);
    let value = value(&document.unwrap());
    let operation = &value["paths"]["/a"]["post"];
    let pet = json!({"$ref": "#/components/schemas/Pet"});
    let schema = |value: &Value| value["content"]["application/json"]["schema"].clone();
    assert_eq!(schema(&operation["requestBody"]), pet);
    assert_eq!(schema(&value["components"]["responses"]["ok"]), pet);
}
