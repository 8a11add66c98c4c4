//! A bad and a good example for every code.

use super::Code;

/// What is reported, and how it would be right.
pub(super) struct Example {
    pub(super) bad: &'static str,
    pub(super) good: &'static str,
}

const fn example(bad: &'static str, good: &'static str) -> Example {
    Example { bad, good }
}

/// The example of a code.
pub(super) fn of(code: Code) -> Example {
    match code {
        Code::Io => example(
            "specwright generate opneapi.yaml",
            "specwright generate openapi.yaml",
        ),
        Code::Syntax => example(
            "paths: {\"/pets\": {get: {",
            "paths: {\"/pets\": {get: {}}}",
        ),
        Code::DuplicateKey => example(
            "/pets:\n  get: {operationId: listPets}\n  get: {operationId: findPets}",
            "/pets:\n  get: {operationId: listPets}\n  post: {operationId: createPet}",
        ),
        Code::Limit => example(
            "x-a: &a [1, 1, 1]\nx-b: &b [*a, *a, *a]\nx-c: [*b, *b, *b]   # and so on",
            "x-a: [1, 1, 1]",
        ),
        Code::Version => example("openapi: 4.0.0", "openapi: 3.0.3"),
        Code::WrongType => example(
            "properties:\n  name: {type: str, required: true}",
            "required: [name]\nproperties:\n  name: {type: string}",
        ),
        Code::UnknownField => example(
            "get:\n  operationID: listPets",
            "get:\n  operationId: listPets\n  x-team: pets   # an extension is never reported",
        ),
        Code::MissingField => example("\"200\": {}", "\"200\": {description: The pets}"),
        Code::UnquotedString => example("info: {version: 1.10}", "info: {version: \"1.10\"}"),
        Code::InvalidName => example(
            "schemas:\n  New Pet: {type: object}",
            "schemas:\n  NewPet: {type: object}",
        ),
        Code::ReferenceSibling => example(
            "owner:\n  $ref: '#/components/schemas/Person'\n  description: Who keeps the pet",
            "owner:\n  allOf: [{$ref: '#/components/schemas/Person'}]\n  description: Who keeps the pet",
        ),
        Code::UnresolvedReference => example(
            "schema: {$ref: '#/definitions/Pet'}",
            "schema: {$ref: '#/components/schemas/Pet'}",
        ),
        Code::ForbiddenReference => example(
            "schema: {$ref: 'https://example.com/schemas/pet.json'}",
            "schema: {$ref: 'schemas/pet.json'}",
        ),
        Code::CircularReference => example(
            "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}",
            "A: {$ref: '#/components/schemas/B'}\nB: {type: object}",
        ),
        Code::NotSupported => example("const: cat", "enum: [cat]"),
        Code::DuplicateOperationId => example(
            "/pets: {get: {operationId: pets}}\n/dogs: {get: {operationId: pets}}",
            "/pets: {get: {operationId: listPets}}\n/dogs: {get: {operationId: listDogs}}",
        ),
        Code::PathParameter => example(
            "/pets/{petId}:\n  get:\n    parameters: [{name: id, in: path, required: true, schema: {}}]",
            "/pets/{petId}:\n  get:\n    parameters: [{name: petId, in: path, required: true, schema: {}}]",
        ),
        Code::InvalidPath => example("paths:\n  pets?all=true: {}", "paths:\n  /pets: {}"),
        Code::InvalidStatus => example(
            "responses:\n  20X: {description: ok}",
            "responses:\n  2XX: {description: ok}",
        ),
        Code::InvalidToken => example(
            "parameters: [{name: 'X Trace', in: header, schema: {}}]",
            "parameters: [{name: X-Trace, in: header, schema: {}}]",
        ),
        Code::Contradiction => example(
            "allOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: string}, {type: integer}]",
        ),
        Code::AmbiguousUnion => example(
            "oneOf:\n  - {type: object, properties: {name: {type: string}}}\n  - {type: object, properties: {size: {type: integer}}}",
            "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Box'}]\ndiscriminator: {propertyName: kind}",
        ),
        Code::InfiniteType => example(
            "Node:\n  type: object\n  required: [next]\n  properties: {next: {$ref: '#/components/schemas/Node'}}",
            "Node:\n  type: object\n  properties: {next: {$ref: '#/components/schemas/Node'}}",
        ),
        Code::InvalidPattern => example(
            "type: string\npattern: '[z-a]'",
            "type: string\npattern: '[a-z]'",
        ),
        Code::InvalidValue => example("type: integer\ndefault: many", "type: integer\ndefault: 20"),
        Code::OperationLeftOut => example(
            "parameters: [{name: no token, in: header, required: true, schema: {type: string}}]",
            "parameters: [{name: a-token, in: header, required: true, schema: {type: string}}]",
        ),
        Code::SecurityScheme => example(
            "security: [{apiToken: []}]",
            "security: [{apiToken: []}]\ncomponents:\n  securitySchemes:\n    apiToken: {type: http, scheme: bearer}",
        ),
        Code::InvalidServer => example(
            "servers: [{url: 'https://{region}.example.com'}]",
            "servers:\n  - url: 'https://{region}.example.com'\n    variables: {region: {default: eu}}",
        ),
        Code::Internal => example(
            "any document that leads to it",
            "a newer version of specwright",
        ),
    }
}
