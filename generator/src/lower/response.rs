//! Responses.

use super::body::Way;
use super::contents::Contents;
use super::context::Lowering;
use super::docs::described;
use super::media_type::{MediaKind, media_kind};
use super::names::Names;
use super::spelling::content_schema;
use crate::diagnostic::Code;
use crate::model::{Header, HttpMethod, Response, Scalar, StatusPattern, Type, WireName, is_token};
use crate::source::Pointer;
use openapiv3::{
    Header as HeaderObject, Operation, ParameterSchemaOrContent, ReferenceOr,
    Response as ResponseObject, StatusCode,
};

impl<'d> Lowering<'d> {
    /// The responses of an operation in the order of the document, `default` last.
    pub(super) fn lower_responses(
        &mut self,
        operation: &'d Operation,
        method: &HttpMethod,
        at: &Pointer,
        names: &Names,
    ) -> Vec<Response> {
        let place = at.child("responses");
        let responses = &operation.responses;
        let mut lowered = Vec::with_capacity(responses.responses.len() + 1);
        let mut roles = Roles::default();
        for (status, response) in &responses.responses {
            let key = status.to_string();
            let Some(pattern) = status_pattern(status) else {
                let message = format!("`{key}` is no status of HTTP; the response is left out");
                self.report(Code::InvalidStatus, &place.child(&key), message);
                continue;
            };
            let role = roles.next(pattern, &key);
            lowered.extend(self.lower_response(
                response,
                pattern,
                method,
                &place.child(&key),
                names,
                &role,
            ));
        }
        if let Some(response) = &responses.default {
            let role = roles.next(StatusPattern::Default, "default");
            let at = place.child("default");
            lowered.extend(self.lower_response(
                response,
                StatusPattern::Default,
                method,
                &at,
                names,
                &role,
            ));
        }
        lowered
    }

    fn lower_response(
        &mut self,
        response: &'d ReferenceOr<ResponseObject>,
        status: StatusPattern,
        method: &HttpMethod,
        at: &Pointer,
        names: &Names,
        role: &[String],
    ) -> Option<Response> {
        let resolved = self.resolve(response, at, "responses", |components| {
            &components.responses
        })?;
        let root = resolved.component.map(Names::root);
        let named = root.as_ref().map(|root| root.child("response"));
        let first = names.child(role.first().map_or("response", String::as_str));
        let second = role.get(1).map(|segment| first.child(segment));
        let names = named.unwrap_or(second.unwrap_or(first));
        let object = resolved.item;
        let contents = if *method == HttpMethod::Head {
            Contents::default()
        } else {
            self.lower_contents(&object.content, &resolved.at, &names, Way::Response)
        };
        let stream = match method {
            HttpMethod::Head => None,
            _ => self.lower_stream(&object.content, &resolved.at, &names),
        };
        let mut list = contents.list.into_iter();
        let headers = object
            .headers
            .iter()
            .filter_map(|(name, header)| {
                let at = resolved.at.child("headers").child(name);
                self.lower_header(name, header, &at, &names)
            })
            .collect();
        Some(Response {
            status,
            docs: described(Some(object.description.as_str())),
            headers,
            content: list.next(),
            others: list.collect(),
            spellings: contents.spellings,
            stream,
            // They lead to operations, which are not all known yet.
            links: Vec::new(),
            origin: self.origin(at),
        })
    }

    fn lower_header(
        &mut self,
        name: &str,
        header: &'d ReferenceOr<HeaderObject>,
        at: &Pointer,
        names: &Names,
    ) -> Option<Header> {
        // OpenAPI 3.0, Response Object: a header of this name is ignored; the media type of the content says it.
        if name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        if !is_token(name) {
            let message = format!("`{name}` is no name of a header; it is left out");
            self.report(Code::InvalidToken, at, message);
            return None;
        }
        let resolved = self.resolve(header, at, "headers", |components| &components.headers)?;
        let object = resolved.item;
        let root = resolved.component.map(Names::root);
        let names = root.unwrap_or(names.child(name));
        let (ty, is_json) = match &object.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let at = resolved.at.child("schema");
                (self.lower_type(schema, &at, &names), false)
            }
            ParameterSchemaOrContent::Content(content) => match content_schema(content) {
                Some((media_type, schema)) if media_kind(media_type) == MediaKind::Json => {
                    let at = resolved.at.child("content").child(media_type);
                    let ty = self.lower_type(schema, &at.child("schema"), &names);
                    (ty, true)
                }
                // Text, or something that the user knows how to read.
                _ => (Type::Scalar(Scalar::String), false),
            },
        };
        let mut docs = described(object.description.as_deref());
        docs.deprecated = object.deprecated.unwrap_or_default();
        Some(Header {
            name: WireName::new(name),
            ty,
            is_json,
            required: object.required,
            docs,
        })
    }
}

/// Names for the inline types of responses: the first success is `response`, the first error `error`, the others say
/// their status too.
#[derive(Debug, Default)]
struct Roles {
    has_success: bool,
    has_error: bool,
}

impl Roles {
    fn next(&mut self, status: StatusPattern, key: &str) -> Vec<String> {
        let is_success = match status {
            StatusPattern::Code(code) => code < 400,
            StatusPattern::Range(hundred) => hundred < 4,
            StatusPattern::Default => !self.has_success,
        };
        let (role, is_taken) = if is_success {
            ("response", &mut self.has_success)
        } else {
            ("error", &mut self.has_error)
        };
        let mut segments = vec![role.to_owned()];
        if std::mem::replace(is_taken, true) {
            segments.push(key.to_owned());
        }
        segments
    }
}

pub(super) fn status_pattern(status: &StatusCode) -> Option<StatusPattern> {
    match status {
        StatusCode::Code(code) if (100..600).contains(code) => Some(StatusPattern::Code(*code)),
        StatusCode::Range(hundred) if (1..6).contains(hundred) => {
            Some(StatusPattern::Range(u8::try_from(*hundred).ok()?))
        }
        _ => None,
    }
}
