//! What the script of "Try it" needs to know of an operation: JSON that stands in its page.

use super::Site;
use crate::model::{
    Access, ApiKeyPlace, Constraints, Content, ContentKind, Operation, Parameter, ParameterStyle,
    PathPiece, Record, Scalar, SecurityKind, Server, Shape, Type, UrlPiece,
};
use crate::reference::call::{Call, chosen_requirement};
use crate::reference::encode::{Data, Text};
use crate::reference::example;
use crate::reference::facts;
use crate::reference::page::{snippet, status};
use crate::rust::{OperationItem, OutcomeItem};
use serde_json::{Map, Value, json};

impl Site<'_> {
    /// The call as data.
    pub(super) fn call_data(
        &self,
        operation: &Operation,
        item: &OperationItem,
        call: &Call,
    ) -> Data {
        let servers = operation
            .servers
            .as_ref()
            .unwrap_or(&self.links.api.servers);
        let servers: Vec<Value> = servers.iter().map(server).collect();
        let parameters: Vec<Value> = operation
            .parameters
            .iter()
            .map(|parameter| self.parameter(parameter))
            .collect();
        let path: Vec<Value> = operation
            .path
            .iter()
            .map(|piece| match piece {
                PathPiece::Literal(text) => json!(text.as_str()),
                PathPiece::Parameter(name) => json!({ "p": name.as_str() }),
            })
            .collect();
        Data::json(&json!({
            "method": operation.method.as_str(),
            "path": path,
            "servers": servers,
            "parameters": parameters,
            "security": self.security(operation),
            "body": self.body(operation, call),
            "responses": self.responses(operation, item),
        }))
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let example = example::parameter(self.links.api, parameter);
        let required = parameter.presence.is_required();
        let mut field = self.field(
            &parameter.ty,
            &parameter.constraints,
            required,
            example.as_ref(),
        );
        let (style, explode) = match parameter.style {
            ParameterStyle::Simple { explode } => ("simple", explode),
            ParameterStyle::Label { explode } => ("label", explode),
            ParameterStyle::Matrix { explode } => ("matrix", explode),
            ParameterStyle::Form { explode } => ("form", explode),
            ParameterStyle::SpaceDelimited => ("space", false),
            ParameterStyle::PipeDelimited => ("pipe", false),
            _ => ("deep", true),
        };
        field.insert("name".to_owned(), json!(parameter.name.as_str()));
        field.insert("in".to_owned(), json!(parameter.location.as_str()));
        field.insert("style".to_owned(), json!(style));
        field.insert("explode".to_owned(), json!(explode));
        Value::Object(field)
    }

    /// What an input of a form can ask of a value.
    fn field(
        &self,
        ty: &Type,
        constraints: &Constraints,
        required: bool,
        example: Option<&Value>,
    ) -> Map<String, Value> {
        let mut field = Map::new();
        let mut set = |name: &str, value: Value| field.insert(name.to_owned(), value);
        let values = self.values(ty);
        set(
            "kind",
            json!(if values.is_empty() {
                self.kind(ty)
            } else {
                "string"
            }),
        );
        set("required", json!(required));
        if !values.is_empty() {
            set("values", json!(values));
        }
        if matches!(ty.without_null(), Type::Scalar(Scalar::Secret)) {
            set("secret", json!(true));
        }
        if let Some(example) = example {
            set("example", example.clone());
        }
        if let Some((number, false)) = &constraints.minimum {
            set("min", json!(number));
        }
        if let Some((number, false)) = &constraints.maximum {
            set("max", json!(number));
        }
        if let Some(pattern) = constraints.patterns.first() {
            set("pattern", json!(pattern.as_str()));
        }
        field
    }

    fn values(&self, ty: &Type) -> Vec<String> {
        let Type::Named(id) = ty.without_null() else {
            return Vec::new();
        };
        let values = facts::enumeration_values(&self.links.api.types[*id]).into_iter();
        values.map(|(value, _)| value).collect()
    }

    fn kind(&self, ty: &Type) -> &'static str {
        match ty.without_null() {
            Type::Scalar(Scalar::Bool) => "boolean",
            Type::Scalar(Scalar::Integer(_)) => "integer",
            Type::Scalar(Scalar::Float | Scalar::Double | Scalar::BigNumber) => "number",
            Type::Scalar(_) => "string",
            Type::Named(id) => match &self.links.api.types[*id].shape {
                // One step is enough: what is behind a longer chain can still be typed as JSON.
                Shape::Alias(Type::Scalar(scalar)) => self.kind(&Type::Scalar(*scalar)),
                _ => "json",
            },
            _ => "json",
        }
    }

    fn security(&self, operation: &Operation) -> Vec<Value> {
        let schemes = chosen_requirement(operation)
            .map(|requirement| requirement.schemes.as_slice())
            .unwrap_or_default();
        schemes
            .iter()
            .map(|(id, _)| {
                let scheme = &self.links.api.security[*id];
                let name = scheme.name.as_str();
                match &scheme.kind {
                    SecurityKind::Bearer { .. } => json!({ "name": name, "kind": "bearer" }),
                    SecurityKind::Basic => json!({ "name": name, "kind": "basic" }),
                    SecurityKind::ApiKey { place, name: key } => {
                        let place = match place {
                            ApiKeyPlace::Header => "header",
                            ApiKeyPlace::Query => "query",
                            ApiKeyPlace::Cookie => "cookie",
                        };
                        json!({ "name": name, "kind": "key", "place": place, "key": key.as_str() })
                    }
                }
            })
            .collect()
    }

    fn body(&self, operation: &Operation, call: &Call) -> Option<Value> {
        let body = operation.body.as_ref()?;
        let sent = call.body.as_ref().map(|body| &body.value);
        let kind = match &body.content.kind {
            ContentKind::Json(_) => "json",
            ContentKind::Form { .. } => "form",
            _ => "text",
        };
        let fields: Option<Vec<Value>> = self.record(&body.content).map(|record| {
            let fields = record.fields.iter();
            fields
                .filter(|field| field.access != Access::ReadOnly)
                .map(|field| {
                    let name = field.name.as_str();
                    let example = sent.and_then(|value| value.get(name));
                    let required = field.presence.is_required();
                    let mut data = self.field(&field.ty, &field.constraints, required, example);
                    data.insert("name".to_owned(), json!(name));
                    Value::Object(data)
                })
                .collect()
        });
        Some(json!({
            "type": body.content.media_type.as_str(),
            "kind": kind,
            "required": body.required,
            "example": sent,
            "fields": fields,
        }))
    }

    /// The record that a body is, if it is one.
    fn record(&self, content: &Content) -> Option<&Record> {
        let (ContentKind::Json(ty) | ContentKind::Form { ty, .. }) = &content.kind else {
            return None;
        };
        let Type::Named(id) = ty else {
            return None;
        };
        match &self.links.api.types[*id].shape {
            Shape::Record(record) if !record.fields.is_empty() => Some(record),
            _ => None,
        }
    }

    fn responses(&self, operation: &Operation, item: &OperationItem) -> Vec<Value> {
        let responses = operation.responses.iter();
        responses
            .map(|response| {
                let rust = match &item.error {
                    OutcomeItem::Enum { name, cases, .. } => cases
                        .iter()
                        .find(|case| case.status == response.status)
                        .map(|case| format!("Err(Error::Api({name}::{}))", snippet::pattern(case))),
                    _ => None,
                };
                let ty = response
                    .content
                    .as_ref()
                    .and_then(|content| match &content.kind {
                        ContentKind::Json(Type::Named(id)) => Some(self.type_title(*id)),
                        _ => None,
                    });
                let description = response.docs.description.as_ref().map(Text::prose);
                json!({
                    "status": response.status.to_string(),
                    "phrase": status::definition(response.status).0,
                    "type": ty,
                    "description": description,
                    "rust": rust,
                })
            })
            .collect()
    }
}

fn server(server: &Server) -> Value {
    let url: Vec<Value> = server
        .url
        .iter()
        .map(|piece| match piece {
            UrlPiece::Literal(text) => json!(text.as_str()),
            UrlPiece::Variable(name) => json!({ "v": name.as_str() }),
        })
        .collect();
    let variables: Vec<Value> = server
        .variables
        .iter()
        .map(|variable| {
            let values: Vec<&str> = variable
                .allowed
                .iter()
                .map(|value| value.as_str())
                .collect();
            json!({
                "name": variable.name.as_str(),
                "default": variable.default.as_str(),
                "values": values,
            })
        })
        .collect();
    json!({ "url": url, "variables": variables })
}
