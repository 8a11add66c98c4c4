//! What links lead to, and what they give.

use super::{Lowered, lower_files, lower_yaml};
use crate::model::{Link, OperationName};

/// The links of an operation, each with the operation that it leads to.
fn links(lowered: &Lowered, operation: &str) -> Vec<(String, String)> {
    let name = |name: &OperationName| match name {
        OperationName::Declared(name) => name.as_str().to_owned(),
        OperationName::Derived(_) => String::new(),
    };
    let operations = &lowered.api.operations;
    let mut all = operations.iter().map(|(_, operation)| operation);
    let from = all.find(|one| name(&one.name) == operation).unwrap();
    let links = from.responses.iter().flat_map(|response| &response.links);
    let target = |link: &Link| name(&operations[link.target].name);
    links
        .map(|link| (link.name.as_str().to_owned(), target(link)))
        .collect()
}

#[test]
fn an_operation_is_found_by_its_place_in_every_spelling() {
    let entry = "openapi: 3.2.0\n$self: https://example.com/api/zoo.yaml\ninfo: {title: Zoo, version: '1'}\npaths:\n  \
                 /animals/{id}:\n    get:\n      operationId: animal\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses:\n        '200':\n          \
                 description: An animal.\n          links:\n            \
                 here: {operationRef: '#/paths/~1animals~1{id}/get'}\n            \
                 encoded: {operationRef: '#/paths/~1animals~1%7Bid%7D/get'}\n            \
                 itself: {operationRef: 'https://example.com/api/zoo.yaml#/paths/~1keepers/get'}\n            \
                 relative: {operationRef: 'zoo.yaml#/paths/~1keepers/get'}\n            \
                 there: {operationRef: 'paths/keepers.yaml#/get'}\n            \
                 additional: {operationRef: '#/paths/~1visitors/additionalOperations/LINK'}\n  \
                 /keepers: {$ref: paths/keepers.yaml}\n  \
                 /visitors: {additionalOperations: {LINK: {operationId: link, responses: {'204': {description: D.}}}}}\n";
    let keepers = "get:\n  operationId: keepers\n  responses:\n    '200':\n      description: Keepers.\n      links:\n        \
                   up: {operationRef: '../zoo.yaml#/paths/~1animals~1{id}/get'}\n        beside: {operationRef: '#/get'}\n";
    let lowered = lower_files(&[("zoo.yaml", entry), ("paths/keepers.yaml", keepers)]);
    lowered.assert_clean();
    let list = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, to)| ((*name).to_owned(), (*to).to_owned()))
            .collect()
    };
    assert_eq!(
        links(&lowered, "animal"),
        list(&[
            ("here", "animal"),
            ("encoded", "animal"),
            ("itself", "keepers"),
            ("relative", "keepers"),
            ("there", "keepers"),
            ("additional", "link"),
        ])
    );
    assert_eq!(
        links(&lowered, "keepers"),
        list(&[("up", "animal"), ("beside", "keepers")])
    );
}

#[test]
fn pointers_follow_aliases_lists_maps_and_what_depends_on_the_value() {
    let lowered = lower_yaml(
        r"paths:
  /a:
    get:
      operationId: a
      parameters: [{name: x, in: query, schema: {type: string}}]
      responses:
        '200':
          description: A.
          content: {application/json: {schema: {$ref: '#/components/schemas/List'}}}
          links:
            item: {operationId: a, parameters: {x: $response.body#/0/name}}
            map: {operationId: a, parameters: {x: $response.body#/0/tags/any}}
            either: {operationId: a, parameters: {x: $response.body#/0/either/deep/down}}
            kept: {operationId: a, parameters: {x: $response.body#/0/other}}
components:
  schemas:
    List: {type: array, items: {$ref: '#/components/schemas/Item'}}
    Item:
      type: object
      additionalProperties: {type: string}
      properties:
        name: {$ref: '#/components/schemas/Name'}
        tags: {type: object, additionalProperties: {type: integer}}
        either: {oneOf: [{type: object, properties: {deep: {type: object}}}, {type: string}]}
    Name: {type: string, nullable: true}
",
    );
    lowered.assert_clean();
    let (_, operation) = lowered.api.operations.iter().next().unwrap();
    for link in &operation.responses[0].links {
        assert_eq!(link.parameters.len(), 1, "{:?}", link.name);
    }
}
