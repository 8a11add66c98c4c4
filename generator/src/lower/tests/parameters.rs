//! Parameters and paths.

use super::lower_yaml;
use crate::diagnostic::Code;
use crate::model::{ParameterLocation, ParameterStyle, Presence};

#[test]
fn parameters_of_the_path_are_overridden_and_styled() {
    let lowered = lower_yaml(
        "
paths:
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: limit, in: query, schema: {type: string}}
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, default: 20}}
        - {name: filter, in: query, style: deepObject, schema: {type: object}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: Done.}}
",
    );
    let parameters = &lowered.operation().parameters;
    let names: Vec<&str> = parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    assert_eq!(names, ["id", "limit", "filter", "X-Trace", "tags"]);
    assert_eq!(parameters[0].location, ParameterLocation::Path);
    assert_eq!(parameters[1].style, ParameterStyle::Form { explode: true });
    assert_eq!(parameters[1].presence, Presence::Defaulted(20.into()));
    assert_eq!(parameters[2].style, ParameterStyle::DeepObject);
    assert_eq!(
        parameters[3].style,
        ParameterStyle::Simple { explode: false }
    );
    assert_eq!(parameters[4].style, ParameterStyle::Form { explode: false });
    lowered.assert_clean();
}

#[test]
fn the_path_and_its_parameters_are_made_to_agree() {
    let lowered = lower_yaml(
        "
paths:
  /a/{one}/{two}:
    get:
      parameters:
        - {name: one, in: path, required: false, schema: {type: string}}
        - {name: three, in: path, required: true, schema: {type: string}}
      responses: {'204': {description: Done.}}
",
    );
    let operation = lowered.operation();
    let names: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    assert_eq!(names, ["one", "two"]);
    assert!(
        operation
            .parameters
            .iter()
            .all(|parameter| parameter.presence.is_required())
    );
    assert_eq!(operation.path_template(), "/a/{one}/{two}");
    let place = "/paths/~1a~1{one}~1{two}/get";
    lowered.assert_finding(Code::PathParameter, place);
    lowered.assert_finding(Code::PathParameter, &format!("{place}/parameters/0"));
    lowered.assert_finding(Code::PathParameter, &format!("{place}/parameters/1"));
}

#[test]
fn every_style_is_carried_and_undefined_combinations_are_named() {
    let lowered = lower_yaml(
        "
paths:
  /a/{label}/{matrix}:
    get:
      parameters:
        - {name: label, in: path, required: true, style: label, schema: {type: string}}
        - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: {type: string}}
        - {name: space, in: query, style: spaceDelimited, schema: {type: array, items: {type: string}}}
        - {name: pipe, in: query, style: pipeDelimited, schema: {type: object}}
        - {name: pairs, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: string}}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: lone, in: query, style: spaceDelimited, schema: {type: string}}
        - {name: spread, in: cookie, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: Done.}}
",
    );
    let form = ParameterStyle::Form { explode: true };
    let styles: Vec<ParameterStyle> = lowered
        .operation()
        .parameters
        .iter()
        .map(|parameter| parameter.style)
        .collect();
    assert_eq!(
        styles,
        [
            ParameterStyle::Label { explode: false },
            ParameterStyle::Matrix { explode: true },
            ParameterStyle::SpaceDelimited,
            ParameterStyle::PipeDelimited,
            form,
            form,
            ParameterStyle::SpaceDelimited,
            form,
        ]
    );
    let place = "/paths/~1a~1{label}~1{matrix}/get/parameters";
    lowered.assert_finding(Code::NotSupported, &format!("{place}/6"));
    lowered.assert_finding(Code::NotSupported, &format!("{place}/7"));
}

#[test]
fn what_cannot_be_spelled_is_dropped_or_takes_its_operation_along() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    get:
      parameters:
        - {name: a filter, in: header, schema: {type: string}}
        - {name: Accept, in: header, schema: {type: string}}
      responses: {'204': {description: Done.}}
    put:
      parameters:
        - {name: a filter, in: header, required: true, schema: {type: string}}
      responses: {'204': {description: Done.}}
  '/b/{c':
    get:
      responses: {'204': {description: Done.}}
",
    );
    assert_eq!(lowered.api.operations.len(), 1);
    assert!(lowered.operation().parameters.is_empty());
    lowered.assert_finding(Code::InvalidToken, "/paths/~1a/get/parameters/0");
    lowered.assert_finding(Code::NotSupported, "/paths/~1a/get/parameters/1");
    lowered.assert_finding(Code::OperationLeftOut, "/paths/~1a/put");
    lowered.assert_finding(Code::InvalidPath, "/paths/~1b~1{c");
    lowered.assert_finding(Code::OperationLeftOut, "/paths/~1b~1{c/get");
}

#[test]
fn a_header_that_the_client_sets_itself_is_no_constant() {
    let lowered = lower_yaml(
        "
paths:
  /a:
    get:
      parameters:
        - {name: Content-Type, in: header, required: true, schema: {type: string, enum: [application/json]}}
        - {name: Api-Version, in: header, required: true, schema: {type: string, enum: [v1]}}
      responses: {'204': {description: Done.}}
",
    );
    let parameters = &lowered.operation().parameters;
    let names: Vec<&str> = parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    assert_eq!(names, ["Api-Version"]);
    lowered.assert_finding(Code::NotSupported, "/paths/~1a/get/parameters/0");
}
