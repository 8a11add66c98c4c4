//! A bad and a good example for every code, each a piece of a document that a test makes whole and has read.

use super::Code;

/// What is reported, and how it would be right.
pub(super) struct Example {
    pub(super) frame: Frame,
    pub(super) bad: &'static str,
    pub(super) good: &'static str,
}

/// Where a piece stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// It is no piece of a document.
    None,
    /// Before everything else.
    Head,
    /// At the root.
    Root,
    /// Under `paths`.
    Paths,
    /// Under `components` and `schemas`.
    Schemas,
    /// A schema of its own.
    Schema,
}

impl Frame {
    /// The document that a piece is of.
    pub(super) fn document(self, piece: &str) -> Option<String> {
        const HEAD: &str = "openapi: 3.0.4\ninfo: {title: Pets, version: '1'}\n";
        let indented = |spaces: usize| {
            let lines = piece.lines();
            lines
                .map(|line| format!("{}{line}\n", " ".repeat(spaces)))
                .collect::<String>()
        };
        let components =
            |text: String| format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{text}");
        let paths = if piece.contains("paths:") {
            ""
        } else {
            "paths: {}\n"
        };
        Some(match self {
            Frame::None => return None,
            Frame::Head => format!("{piece}\n{paths}"),
            Frame::Root => format!("{HEAD}{paths}{piece}\n"),
            Frame::Paths => format!("{HEAD}paths:\n{}", indented(2)),
            Frame::Schemas => components(indented(4)),
            Frame::Schema => components(format!("    Pet:\n{}", indented(6))),
        })
    }
}

const fn example(frame: Frame, bad: &'static str, good: &'static str) -> Example {
    Example { frame, bad, good }
}

/// The example of a code.
pub(super) fn of(code: Code) -> Example {
    match code {
        Code::Io => example(
            Frame::None,
            "specwright generate opneapi.yaml",
            "specwright generate openapi.yaml",
        ),
        Code::Syntax => example(
            Frame::Root,
            "paths: {\"/pets\": {get: {",
            "paths: {\"/pets\": {get: {}}}",
        ),
        Code::DuplicateKey => example(
            Frame::Paths,
            "/pets:\n  get: {operationId: listPets}\n  get: {operationId: findPets}",
            "/pets:\n  get: {operationId: listPets}\n  post: {operationId: createPet}",
        ),
        Code::Limit => example(
            Frame::Root,
            "x-pets: &pets [dog, *pets]   # the alias stands in what it repeats",
            "x-pets: &pets [dog]\nx-more: *pets",
        ),
        Code::Version => example(
            Frame::Head,
            "openapi: 4.0.0\ninfo: {title: Pets, version: '1'}",
            "openapi: 3.2.0\ninfo: {title: Pets, version: '1'}",
        ),
        Code::WrongType => example(
            Frame::Schema,
            "properties:\n  name: {type: str, required: true}",
            "required: [name]\nproperties:\n  name: {type: string}",
        ),
        Code::UnknownField => example(
            Frame::Paths,
            "/pets:\n  get:\n    operationID: listPets\n    responses: {}",
            "/pets:\n  get:\n    operationId: listPets\n    x-team: pets   # an extension is never reported\n    responses: {}",
        ),
        Code::MissingField => example(
            Frame::Paths,
            "/pets:\n  get:\n    responses: {\"200\": {}}",
            "/pets:\n  get:\n    responses: {\"200\": {description: The pets}}",
        ),
        Code::UnquotedString => example(
            Frame::Head,
            "openapi: 3.0.4\ninfo: {title: Pets, version: 1.10}",
            "openapi: 3.0.4\ninfo: {title: Pets, version: \"1.10\"}",
        ),
        Code::InvalidName => example(
            Frame::Schemas,
            "New Pet: {type: object}",
            "NewPet: {type: object}",
        ),
        Code::ReferenceSibling => example(
            Frame::Schemas,
            "Person: {type: object}\nOwner:\n  $ref: '#/components/schemas/Person'\n  description: Who keeps the pet",
            "Person: {type: object}\nOwner:\n  allOf: [{$ref: '#/components/schemas/Person'}]\n  description: Who keeps the pet",
        ),
        Code::UnresolvedReference => example(
            Frame::Schemas,
            "Pet: {type: object}\nDog: {$ref: '#/definitions/Pet'}",
            "Pet: {type: object}\nDog: {$ref: '#/components/schemas/Pet'}",
        ),
        Code::ForbiddenReference => example(
            Frame::Schemas,
            "Pet: {$ref: 'https://example.com/schemas/pet.json'}",
            "Pet: {$ref: 'schemas/pet.json'}",
        ),
        Code::CircularReference => example(
            Frame::Schemas,
            "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}",
            "A: {$ref: '#/components/schemas/B'}\nB: {type: object}",
        ),
        Code::NotSupported => example(Frame::Schema, "const: cat", "enum: [cat]"),
        Code::DuplicateOperationId => example(
            Frame::Paths,
            "/pets: {get: {operationId: pets, responses: {}}}\n/dogs: {get: {operationId: pets, responses: {}}}",
            "/pets: {get: {operationId: listPets, responses: {}}}\n/dogs: {get: {operationId: listDogs, responses: {}}}",
        ),
        Code::DuplicateTag => example(
            Frame::Root,
            "tags: [{name: pets}, {name: pets, description: All pets.}]",
            "tags: [{name: pets, description: All pets.}]",
        ),
        Code::PathParameter => example(
            Frame::Paths,
            "/pets/{petId}:\n  get:\n    parameters: [{name: id, in: path, required: true, schema: {}}]\n    responses: {}",
            "/pets/{petId}:\n  get:\n    parameters: [{name: petId, in: path, required: true, schema: {}}]\n    responses: {}",
        ),
        Code::InvalidPath => example(Frame::Paths, "pets?all=true: {}", "/pets: {}"),
        Code::InvalidStatus => example(
            Frame::Paths,
            "/pets:\n  get:\n    responses:\n      20X: {description: ok}",
            "/pets:\n  get:\n    responses:\n      2XX: {description: ok}",
        ),
        Code::InvalidToken => example(
            Frame::Paths,
            "/pets:\n  get:\n    parameters: [{name: 'X Trace', in: header, schema: {type: string}}]\n    responses: {}",
            "/pets:\n  get:\n    parameters: [{name: X-Trace, in: header, schema: {type: string}}]\n    responses: {}",
        ),
        Code::Contradiction => example(
            Frame::Schema,
            "allOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: string}, {type: integer}]",
        ),
        Code::AmbiguousUnion => example(
            Frame::Schemas,
            "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}\nDog: {type: object, required: [kind], properties: {kind: {type: string}}}\nPet:\n  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n  discriminator: {propertyName: kind, mapping: {Dog: Cat}}",
            "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}\nDog: {type: object, required: [kind], properties: {kind: {type: string}}}\nPet:\n  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n  discriminator: {propertyName: kind}",
        ),
        Code::InfiniteType => example(
            Frame::Schemas,
            "Node:\n  type: object\n  required: [next]\n  properties: {next: {$ref: '#/components/schemas/Node'}}",
            "Node:\n  type: object\n  properties: {next: {$ref: '#/components/schemas/Node'}}",
        ),
        Code::InvalidPattern => example(
            Frame::Schema,
            "type: string\npattern: '[z-a]'",
            "type: string\npattern: '[a-z]'",
        ),
        Code::InvalidValue => example(
            Frame::Schema,
            "properties:\n  count: {type: integer, default: many}",
            "properties:\n  count: {type: integer, default: 20}",
        ),
        Code::OperationLeftOut => example(
            Frame::Paths,
            "/pets:\n  get:\n    parameters: [{name: 'X Trace', in: header, required: true, schema: {type: string}}]\n    responses: {}",
            "/pets:\n  get:\n    parameters: [{name: X-Trace, in: header, required: true, schema: {type: string}}]\n    responses: {}",
        ),
        Code::SecurityScheme => example(
            Frame::Root,
            "security: [{apiToken: []}]\npaths: {/pets: {get: {responses: {}}}}",
            "security: [{apiToken: []}]\npaths: {/pets: {get: {responses: {}}}}\ncomponents:\n  securitySchemes:\n    apiToken: {type: http, scheme: bearer}",
        ),
        Code::InvalidServer => example(
            Frame::Root,
            "servers: [{url: 'https://{region}.example.com'}]",
            "servers:\n  - url: 'https://{region}.example.com'\n    variables: {region: {default: eu}}",
        ),
        Code::InvalidLink => example(
            Frame::Paths,
            "/pets:\n  get:\n    operationId: pets\n    responses:\n      200:\n        description: ok\n        links: {next: {operationId: pet}}",
            "/pets:\n  get:\n    operationId: pets\n    responses:\n      200:\n        description: ok\n        links: {next: {operationId: pets}}",
        ),
        Code::Internal => example(
            Frame::None,
            "any document that leads to it",
            "a newer version of specwright",
        ),
    }
}
