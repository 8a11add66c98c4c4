//! Parameters that are implied: those of one value only, the query that a document puts into a path, and variables
//! that nothing declares; and the match of a path with its parameters.

use super::context::{Lowering, Resolved};
use super::keywords::Part;
use super::parameter::{Spelling, is_ignored, sends_reserved};
use super::path::{Piece, QueryPart, parse_template};
use super::spelling::spelling;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::percent_decode;
use crate::model::{
    Constraints, Docs, IntegerKind, Parameter, ParameterLocation, ParameterStyle, PathPiece,
    Presence, Scalar, SchemaDemand, Type, WireName,
};
use crate::source::Pointer;
use indexmap::IndexSet;
use openapiv3::{Parameter as ParameterObject, ParameterSchemaOrContent};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

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
        let variables: HashSet<&str> = query.iter().filter_map(QueryPart::variable).collect();
        let is_meant = |parameter: &mut Parameter| {
            parameter.location == ParameterLocation::Path
                && variables.contains(parameter.name.as_str())
        };
        let mut in_path: HashMap<String, Parameter> = parameters
            .extract_if(.., is_meant)
            .map(|parameter| (parameter.name.as_str().to_owned(), parameter))
            .collect();
        let in_query = parameters.iter();
        let mut in_query: HashSet<String> = in_query
            .filter(|parameter| parameter.location == ParameterLocation::Query)
            .map(|parameter| parameter.name.as_str().to_owned())
            .collect();
        for part in query {
            let variable = part.variable();
            let name = decoded(part.name());
            let in_path = variable.and_then(|variable| in_path.remove(variable));
            if !in_query.insert(name.clone()) {
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

    /// The path in pieces, with every variable a parameter and every path parameter a variable.
    pub(super) fn match_path(
        &mut self,
        path: &str,
        parameters: &mut Vec<Parameter>,
        at: &Pointer,
    ) -> Vec<PathPiece> {
        let pieces = parse_template(path).unwrap_or_default();
        let mut variables: IndexSet<&str> = IndexSet::new();
        for piece in &pieces {
            if let Piece::Variable(name) = piece {
                variables.insert(name);
            }
        }
        let mut absent = Vec::new();
        parameters.retain(|parameter| {
            let is_known = parameter.location != ParameterLocation::Path
                || variables.contains(parameter.name.as_str());
            if !is_known {
                absent.push((parameter.name.as_str().to_owned(), parameter.origin.clone()));
            }
            is_known
        });
        for (name, origin) in absent {
            let message =
                format!("the path `{path}` has no variable `{name}`; the parameter is left out");
            self.report_diagnostic(Diagnostic::new(Code::PathParameter, origin, message));
        }
        let of_path = parameters.iter();
        let declared: HashSet<String> = of_path
            .filter(|parameter| parameter.location == ParameterLocation::Path)
            .map(|parameter| parameter.name.as_str().to_owned())
            .collect();
        for name in variables {
            if !declared.contains(name) {
                self.report_undeclared(name, at);
                let spelling = (
                    ParameterLocation::Path,
                    ParameterStyle::Simple { explode: false },
                );
                parameters.push(self.undeclared_parameter(name, spelling, at));
            }
        }
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Literal(text) => PathPiece::Literal(WireName::new(text)),
                Piece::Variable(name) => PathPiece::Parameter(WireName::new(name)),
            })
            .collect()
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
