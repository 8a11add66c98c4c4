//! What the script of "Try it" needs to know of an operation: JSON that stands in its page.

mod form;

use super::Site;
use crate::model::{
    ApiKeyPlace, ContentKind, Operation, Parameter, ParameterStyle, PathPiece, SecurityKind,
    Server, Type, UrlPiece,
};
use crate::reference::call::{Call, Piece, chosen_requirement};
use crate::reference::encode::{Data, Text};
use crate::reference::example;
use crate::reference::page::{snippet, status};
use crate::rust::{OperationItem, OutcomeItem};
use serde_json::{Value, json};

impl Site<'_> {
    /// The call as data.
    pub(super) fn call_data(
        &self,
        operation: &Operation,
        item: &OperationItem,
        call: &Call,
        fixed: &Value,
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
            "accept": header(call, "Accept"),
            "download": call.download.and_then(|id| call.variable(id)).map(|variable| &variable.fallback),
            "fixed": fixed,
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
            ParameterStyle::Cookie { explode } => ("cookie", explode),
            ParameterStyle::SpaceDelimited => ("space", false),
            ParameterStyle::PipeDelimited => ("pipe", false),
            ParameterStyle::DeepObject => ("deep", true),
            ParameterStyle::Json => ("json", false),
            ParameterStyle::Whole => ("whole", false),
            ParameterStyle::WholeText => ("whole-text", false),
        };
        field.insert("name".to_owned(), json!(parameter.name.as_str()));
        field.insert("in".to_owned(), json!(parameter.location.as_str()));
        field.insert("style".to_owned(), json!(style));
        field.insert("explode".to_owned(), json!(explode));
        Value::Object(field)
    }

    fn security(&self, operation: &Operation) -> Vec<Value> {
        let schemes = chosen_requirement(self.links.api, operation)
            .map(|requirement| requirement.schemes.as_slice())
            .unwrap_or_default();
        schemes
            .iter()
            .filter_map(|(id, _)| {
                let scheme = &self.links.api.security[*id];
                let name = scheme.name.as_str();
                Some(match &scheme.kind {
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
                    // The browser asks its user for a certificate.
                    SecurityKind::MutualTls => return None,
                })
            })
            .collect()
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

/// A header of the call that has no variable in it.
fn header(call: &Call, name: &str) -> Option<String> {
    let header = call.headers.iter().rfind(|header| header.name == name)?;
    let pieces = header.value.iter();
    Some(
        pieces
            .filter_map(|piece| match piece {
                Piece::Literal(text) => Some(text.as_str()),
                _ => None,
            })
            .collect(),
    )
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
