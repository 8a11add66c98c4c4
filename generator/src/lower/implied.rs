//! Parameters that are implied: those of one value only, the query that a document puts into a path, and variables
//! that nothing declares.

use super::context::{Lowering, Resolved};
use super::keywords::Part;
use super::parameter::{Spelling, is_ignored, sends_reserved};
use super::path::QueryPart;
use super::spelling::spelling;
use crate::diagnostic::Code;
use crate::load::percent_decode;
use crate::model::{
    Constraints, Docs, IntegerKind, Parameter, ParameterLocation, ParameterStyle, Presence, Scalar,
    SchemaDemand, Type, WireName,
};
use crate::source::Pointer;
use openapiv3::{Parameter as ParameterObject, ParameterSchemaOrContent};
use serde_json::{Value, json};

/// How a parameter of a query is spelled that says nothing about it (OpenAPI 3.0, Parameter Object).
const IN_QUERY: Spelling = (
    ParameterLocation::Query,
    ParameterStyle::Form { explode: true },
);

impl<'d> Lowering<'d> {
    /// The parameter, if the query in the path says its value, or if it is required and its schema lists a single
    /// plain value.
    pub(super) fn constant_parameter(
        &mut self,
        parameter: &Resolved<'d, ParameterObject>,
        query: &[QueryPart<'d>],
    ) -> Option<Parameter> {
        if is_ignored(parameter.item) {
            return None;
        }
        let data = parameter.item.parameter_data_ref();
        let spelling = spelling(parameter.item).ok()?;
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return None;
        };
        let part = Part::whole(schema, parameter.at.child("schema"));
        let said = query.iter().find_map(|part| match *part {
            QueryPart::Constant { name, value }
                if spelling.0 == ParameterLocation::Query && decoded(name) == data.name =>
            {
                Some(Value::from(decoded(value)))
            }
            _ => None,
        });
        let value = match said {
            Some(value) => value,
            None if data.required => self.constant(std::slice::from_ref(&part))?,
            None => return None,
        };
        let (ty, text) = match &value {
            Value::String(text) => (Scalar::String, text.clone()),
            Value::Bool(flag) => (Scalar::Bool, flag.to_string()),
            Value::Number(number) if number.is_i64() => {
                (Scalar::Integer(IntegerKind::I64), number.to_string())
            }
            _ => return None,
        };
        let annotations = self.annotations(std::slice::from_ref(&part));
        if annotations.is_secret {
            return None;
        }
        let mut made =
            self.described_parameter(data, annotations, Type::Scalar(ty), spelling, &parameter.at);
        made.is_reserved = sends_reserved(parameter.item);
        make_constant(&mut made, &text, value);
        Some(made)
    }

    /// Makes parameters of the query that stands in a path. What the document declares of them is kept, be it in the
    /// query or, as their braces suggest, in the path.
    pub(super) fn add_query_of_path(
        &mut self,
        query: &[QueryPart<'d>],
        parameters: &mut Vec<Parameter>,
        at: &Pointer,
    ) {
        for part in query {
            let (name, variable) = match *part {
                QueryPart::Constant { name, .. } => (name, None),
                QueryPart::Variable { name, variable } => (name, Some(variable)),
                QueryPart::Optional(name) => (name, Some(name)),
            };
            let name = decoded(name);
            let in_path = variable.and_then(|variable| {
                let index = position(parameters, ParameterLocation::Path, variable)?;
                Some(parameters.remove(index))
            });
            if position(parameters, ParameterLocation::Query, &name).is_some() {
                continue;
            }
            let mut parameter = match in_path {
                Some(parameter) => Parameter {
                    name: WireName::new(&name),
                    location: IN_QUERY.0,
                    style: IN_QUERY.1,
                    ..parameter
                },
                None => {
                    if variable.is_some() {
                        self.report_undeclared(&name, at);
                    }
                    self.undeclared_parameter(&name, IN_QUERY, at)
                }
            };
            match *part {
                QueryPart::Constant { value, .. } => {
                    let value = decoded(value);
                    make_constant(&mut parameter, &value, Value::from(value.as_str()));
                }
                QueryPart::Optional(_) => parameter.presence = Presence::Optional,
                QueryPart::Variable { .. } => {}
            }
            parameters.push(parameter);
        }
    }

    pub(super) fn report_undeclared(&mut self, name: &str, at: &Pointer) {
        let message = format!(
            "no parameter declares the variable `{name}` of the path; it is taken as a string"
        );
        self.report(Code::PathParameter, at, message);
    }

    pub(super) fn undeclared_parameter(
        &self,
        name: &str,
        (location, style): Spelling,
        at: &Pointer,
    ) -> Parameter {
        Parameter {
            name: WireName::new(name),
            location,
            style,
            is_reserved: false,
            ty: Type::Scalar(Scalar::String),
            presence: Presence::Required,
            docs: Docs::default(),
            constant: None,
            constraints: Constraints::default(),
            example: None,
            origin: self.origin(at),
        }
    }
}

fn position(parameters: &[Parameter], location: ParameterLocation, name: &str) -> Option<usize> {
    parameters
        .iter()
        .position(|parameter| parameter.location == location && parameter.name.as_str() == name)
}

fn make_constant(parameter: &mut Parameter, text: &str, value: Value) {
    parameter.presence = Presence::Required;
    parameter.constraints = Constraints {
        schemas: vec![SchemaDemand::of(json!({ "const": &value }))],
        ..Constraints::default()
    };
    parameter.constant = Some(WireName::new(text));
    parameter.example = Some(value);
}

/// A name or a value of a form (WHATWG URL, section 5.1). What is encoded wrongly stands as it is.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode(&text).unwrap_or(text)
}
