//! Whether a request is what the document asks for.

use super::Call;
use super::body::{Body, read_body};
use super::credentials::{check, cookies};
use super::parameters;
use super::problem::Problem;
use super::schema::{Way, schema};
use super::text::pairs;
use crate::model::{
    Api, Constraints, Content, Operation, Parameter, ParameterLocation, RequestBody, Type,
};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// No more than so many problems of a value are told.
const MOST_PROBLEMS: usize = 10;

/// The validators that were needed so far, each under the place that it is for.
#[derive(Default)]
pub struct Validators {
    made: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

impl Validators {
    /// Checks the whole request. Gives the body where it is of a type, else a status and what is wrong.
    pub fn validate(&self, call: &Call<'_>) -> Result<Option<Value>, (u16, Vec<Problem>)> {
        check(call).map_err(|problem| (401, vec![problem]))?;
        let operation = &call.api.operations[call.id];
        let mut problems = Vec::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let key = format!("{}/parameter/{index}", call.id.index());
            problems.extend(self.parameter(call, parameter, &key));
        }
        let body = match read_body(call) {
            Ok(body) => body,
            Err((status, problem)) => {
                problems.push(problem);
                let status = if problems.len() == 1 { status } else { 400 };
                return Err((status, problems));
            }
        };
        if let Some(Body { value, ty }) = &body {
            // What a body may be differs by its media type.
            let wanted = call.api.operations[call.id].body.iter();
            let mut contents = wanted.flat_map(RequestBody::contents);
            let is_it = |content: &Content| {
                let known = content.kind.ty();
                known.is_some_and(|known| std::ptr::eq(known, *ty))
            };
            let content = contents.position(is_it).unwrap_or_default();
            let key = format!("{}/body/{content}", call.id.index());
            let none = Constraints::default();
            let wrong = self.problems(call.api, &key, Way::Request, ty, &none, value);
            problems.extend(
                wrong
                    .into_iter()
                    .map(|(pointer, detail)| Problem::body(pointer, detail)),
            );
        }
        match problems.is_empty() {
            true => Ok(body.map(|body| body.value)),
            false => Err((400, problems)),
        }
    }

    fn parameter(&self, call: &Call<'_>, parameter: &Parameter, key: &str) -> Vec<Problem> {
        let place = parameter.location.as_str();
        let name = parameter.name.as_str();
        let Some(value) = sent(call, parameter) else {
            return match parameter.presence.is_required() {
                true => vec![Problem::parameter(place, name, "", "is required")],
                false => Vec::new(),
            };
        };
        let (ty, demands) = (&parameter.ty, &parameter.constraints);
        let wrong = self.problems(call.api, key, Way::Request, ty, demands, &value);
        let problem =
            |(pointer, detail): (String, String)| Problem::parameter(place, name, pointer, detail);
        wrong.into_iter().map(problem).collect()
    }

    /// What is wrong with a value, each with its place. Nothing is, if the type cannot be said as a schema.
    pub fn problems(
        &self,
        api: &Api,
        key: &str,
        way: Way,
        ty: &Type,
        constraints: &Constraints,
        value: &Value,
    ) -> Vec<(String, String)> {
        let Some(validator) = self.validator(api, key, way, ty, constraints) else {
            return Vec::new();
        };
        validator
            .iter_errors(value)
            .take(MOST_PROBLEMS)
            .map(|error| (error.instance_path().to_string(), error.to_string()))
            .collect()
    }

    fn validator(
        &self,
        api: &Api,
        key: &str,
        way: Way,
        ty: &Type,
        constraints: &Constraints,
    ) -> Option<Arc<Validator>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(key) {
            return known.clone();
        }
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&schema(api, way, ty, constraints))
            .ok()
            .map(Arc::new);
        made.insert(key.to_owned(), validator.clone());
        validator
    }
}

/// The value of a parameter as the request spells it.
fn sent(call: &Call<'_>, parameter: &Parameter) -> Option<Value> {
    let name = parameter.name.as_str();
    let single = |text: &str| {
        parameters::single(
            call.api,
            parameter.location,
            parameter.style,
            name,
            &parameter.ty,
            text,
        )
    };
    match parameter.location {
        ParameterLocation::Path => {
            let (_, text) = call.path.iter().find(|(known, _)| known == name)?;
            Some(single(text))
        }
        ParameterLocation::Header => call.request.header(name).map(single),
        ParameterLocation::Query => {
            let pairs = pairs_for(call, parameter);
            parameters::query(call.api, parameter.style, name, &parameter.ty, &pairs)
        }
        ParameterLocation::Cookie => {
            let cookies = cookies(call);
            parameters::query(call.api, parameter.style, name, &parameter.ty, &cookies)
        }
    }
}

/// The pairs of the query that may belong to a parameter: not those that bear the name of another one.
fn pairs_for(call: &Call<'_>, parameter: &Parameter) -> Vec<(String, String)> {
    let operation: &Operation = &call.api.operations[call.id];
    let is_other = |name: &str| {
        operation.parameters.iter().any(|other| {
            other.location == ParameterLocation::Query
                && other.name != parameter.name
                && other.name.as_str() == name
        })
    };
    let mut pairs = pairs(call.query);
    pairs.retain(|(name, _)| !is_other(name));
    pairs
}
