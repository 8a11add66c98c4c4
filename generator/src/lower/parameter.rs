//! Parameters: those of the path item, those of the operation, and what the path says of them.

use super::context::{Lowering, Resolved};
use super::docs::{Annotations, described};
use super::keywords::Part;
use super::names::Names;
use super::path::PathKey;
use super::spelling::{content_schema, spelling};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::is_reserved;
use crate::model::{
    Constraints, Parameter, ParameterLocation, ParameterStyle, PathPiece, Presence, Scalar, Shape,
    Type, WireName,
};
use crate::source::Pointer;
use openapiv3::{
    Content, Parameter as ParameterObject, ParameterData, ParameterSchemaOrContent, QueryStyle,
    ReferenceOr, Schema,
};
use serde_json::Value;
use std::collections::HashSet;

/// A list of parameters and where it stands.
pub(super) type ParameterList<'d> = (&'d [ReferenceOr<ParameterObject>], Pointer);

/// Where a parameter travels and how it is spelled.
pub(super) type Spelling = (ParameterLocation, ParameterStyle);

impl<'d> Lowering<'d> {
    /// The parameters of an operation. The error says why the operation cannot be carried.
    pub(super) fn lower_parameters(
        &mut self,
        shared: ParameterList<'d>,
        own: ParameterList<'d>,
        key: &PathKey<'d>,
        at: &Pointer,
        names: &Names,
    ) -> Result<(Vec<PathPiece>, Vec<Parameter>), String> {
        let mut parameters = Vec::new();
        for parameter in self.list_parameters(shared, own) {
            match self.constant_parameter(&parameter, &key.query) {
                Some(constant) => parameters.push(constant),
                None => parameters.extend(self.lower_parameter(&parameter, names)?),
            }
        }
        self.add_query_of_path(&key.query, &mut parameters, at);
        let pieces = self.match_path(key.path, &mut parameters, at);
        Ok((pieces, parameters))
    }

    /// Those of the path item that the operation does not override, then its own.
    pub(super) fn list_parameters(
        &mut self,
        shared: ParameterList<'d>,
        own: ParameterList<'d>,
    ) -> Vec<Resolved<'d, ParameterObject>> {
        let own = self.resolve_parameters(own);
        let own_keys: HashSet<(&str, &str)> =
            own.iter().map(|parameter| key(parameter.item)).collect();
        let shared = self.resolve_parameters(shared);
        let kept = shared
            .into_iter()
            .filter(|parameter| !own_keys.contains(&key(parameter.item)));
        kept.chain(own).collect()
    }

    fn resolve_parameters(
        &mut self,
        (list, at): ParameterList<'d>,
    ) -> Vec<Resolved<'d, ParameterObject>> {
        let mut resolved: Vec<Resolved<'d, ParameterObject>> = Vec::with_capacity(list.len());
        let mut known: HashSet<(&str, &str)> = HashSet::with_capacity(list.len());
        for (index, parameter) in list.iter().enumerate() {
            let at = at.index(index);
            let Some(parameter) = self.resolve(parameter, &at, "parameters", |components| {
                &components.parameters
            }) else {
                continue;
            };
            let (place, name) = key(parameter.item);
            if !known.insert((place, name)) {
                let message =
                    format!("the {place} parameter `{name}` stands twice; the first is kept");
                self.report(Code::WrongType, &at, message);
                continue;
            }
            resolved.push(parameter);
        }
        resolved
    }

    pub(super) fn lower_parameter(
        &mut self,
        parameter: &Resolved<'d, ParameterObject>,
        names: &Names,
    ) -> Result<Option<Parameter>, String> {
        let at = &parameter.at;
        let data = parameter.item.parameter_data_ref();
        let (place, name) = key(parameter.item);
        if is_ignored(parameter.item) {
            let message = format!(
                "a header parameter `{name}` is ignored, as the specification says: the client sets this header itself"
            );
            let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origin(at), message);
            diagnostic.severity = Severity::Note;
            self.report_diagnostic(diagnostic);
            return Ok(None);
        }
        let (location, style) = match spelling(parameter.item) {
            Ok(spelling) => spelling,
            Err((code, fault)) if data.required || place == "path" => {
                let message =
                    format!("the {place} parameter `{name}` {fault}, and a call needs it");
                self.report(code, at, message);
                return Err(format!(
                    "it needs the {place} parameter `{name}`, which {fault}"
                ));
            }
            Err((code, fault)) => {
                let message = format!("the {place} parameter `{name}` is left out: it {fault}");
                self.report(code, at, message);
                return Ok(None);
            }
        };
        let root = parameter.component.map(Names::root);
        let names = root.unwrap_or(names.child(name));
        let (schema, schema_at) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (schema, at.child("schema")),
            ParameterSchemaOrContent::Content(content) => {
                let Some((media_type, schema)) = content_schema(content) else {
                    return Ok(Some(self.opaque_parameter(
                        data,
                        content,
                        (location, style),
                        at,
                    )));
                };
                let place = at.child("content").child(media_type);
                (schema, place.child("schema"))
            }
        };
        let schema = (schema, schema_at);
        let mut lowered = self.typed_parameter(data, schema, (location, style), at, &names);
        lowered.is_reserved = sends_reserved(parameter.item);
        self.report_undefined_style(parameter.item, &lowered, at);
        Ok(Some(lowered))
    }

    /// Says what becomes of styles that the specification does not define for such a value.
    fn report_undefined_style(
        &mut self,
        object: &ParameterObject,
        parameter: &Parameter,
        at: &Pointer,
    ) {
        let has_parts = self.has_parts(&parameter.ty);
        let is_delimited = matches!(
            object,
            ParameterObject::Query {
                style: QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited,
                ..
            }
        );
        let message = match (parameter.location, parameter.style) {
            (_, ParameterStyle::Json | ParameterStyle::Whole | ParameterStyle::WholeText) => return,
            _ if is_delimited && !has_parts => {
                "has a style for arrays and objects, but no parts; it is sent as with the style form"
            }
            (ParameterLocation::Cookie, ParameterStyle::Form { explode: true }) if has_parts => {
                "is exploded, for which cookies have no defined spelling; each part is sent as a cookie of its own"
            }
            _ => return,
        };
        let (place, name) = key(object);
        let message = format!("the {place} parameter `{name}` {message}");
        self.report(Code::NotSupported, at, message);
    }

    /// Whether values of the type are arrays or objects.
    fn has_parts(&self, ty: &Type) -> bool {
        let mut ty = ty.without_null();
        // Aliases of aliases end somewhere, unless the document is wrong.
        for _ in 0..self.types.len() {
            let Type::Named(id) = ty else { break };
            match &self.types[*id].shape {
                Shape::Alias(target) => ty = target.without_null(),
                Shape::Enumeration(_) => return false,
                Shape::Record(_) | Shape::Union(_) => return true,
            }
        }
        !matches!(ty, Type::Scalar(_))
    }

    fn typed_parameter(
        &mut self,
        data: &'d ParameterData,
        (schema, schema_at): (&'d ReferenceOr<Schema>, Pointer),
        spelling: Spelling,
        at: &Pointer,
        names: &Names,
    ) -> Parameter {
        let part = Part::whole(schema, schema_at.clone());
        let annotations = self.annotations(std::slice::from_ref(&part));
        let mut ty = self.lower_type(schema, &schema_at, names);
        if annotations.is_secret {
            ty = self.make_secret(ty, &schema_at);
        }
        self.described_parameter(data, annotations, ty, spelling, at)
    }

    /// A parameter of a known type, with what the document says of it.
    pub(super) fn described_parameter(
        &mut self,
        data: &'d ParameterData,
        annotations: Annotations,
        ty: Type,
        (location, style): Spelling,
        at: &Pointer,
    ) -> Parameter {
        if location == ParameterLocation::Path && !data.required {
            let message = format!(
                "the path parameter `{}` must be required; it is treated so",
                data.name
            );
            self.report(Code::PathParameter, at, message);
        }
        let presence = match annotations.default {
            _ if data.required || location == ParameterLocation::Path => Presence::Required,
            Some((value, _)) => Presence::Defaulted(value),
            None => Presence::Optional,
        };
        let mut docs = described(data.description.as_deref());
        docs.deprecated = data.deprecated.unwrap_or_default() || annotations.docs.deprecated;
        if docs.description.is_none() {
            docs.description = annotations.docs.description;
        }
        let example = data
            .example
            .clone()
            .or_else(|| {
                self.named_examples(&data.examples, at)
                    .into_iter()
                    .next()
                    .map(|(_, value)| value)
            })
            .or(annotations.example);
        Parameter {
            name: WireName::new(data.name.as_str()),
            location,
            style,
            is_reserved: false,
            ty,
            presence,
            docs,
            constant: None,
            constraints: annotations.constraints,
            example,
            origin: self.origin(at),
        }
    }

    /// A parameter that is spelled by a media type which only the user knows how to write: a text. JSON of no schema is any
    /// JSON.
    fn opaque_parameter(
        &mut self,
        data: &'d ParameterData,
        content: &'d Content,
        (location, style): (ParameterLocation, ParameterStyle),
        at: &Pointer,
    ) -> Parameter {
        let is_required = data.required || location == ParameterLocation::Path;
        let media = content.values().next();
        let example = media.and_then(|media| media.example.clone());
        let mut docs = described(data.description.as_deref());
        docs.deprecated = data.deprecated.unwrap_or_default();
        Parameter {
            name: WireName::new(data.name.as_str()),
            location,
            style,
            is_reserved: false,
            ty: match style {
                ParameterStyle::Json | ParameterStyle::Whole => Type::Json,
                _ => Type::Scalar(Scalar::String),
            },
            presence: match is_required {
                true => Presence::Required,
                false => Presence::Optional,
            },
            docs,
            constant: None,
            constraints: Constraints::default(),
            example: example.filter(|value| style_takes(style, value)),
            origin: self.origin(at),
        }
    }
}

/// What tells parameters apart: where they travel and their name. Names of headers do not differ by case.
fn key(parameter: &ParameterObject) -> (&'static str, &str) {
    let place = match parameter {
        ParameterObject::Query { .. } => "query",
        ParameterObject::Header { .. } => "header",
        ParameterObject::Path { .. } => "path",
        ParameterObject::Cookie { .. } => "cookie",
    };
    (place, &parameter.parameter_data_ref().name)
}

/// Whether an example is one of what a parameter of a media type takes: a text where it is no JSON.
fn style_takes(style: ParameterStyle, example: &Value) -> bool {
    matches!(style, ParameterStyle::Json | ParameterStyle::Whole) || example.is_string()
}

/// Whether reserved characters of the values are sent as they are.
pub(super) fn sends_reserved(parameter: &ParameterObject) -> bool {
    let is_open_query = matches!(
        parameter,
        ParameterObject::Query {
            allow_reserved: true,
            ..
        }
    );
    is_open_query || is_reserved(parameter.parameter_data_ref())
}

/// OpenAPI 3.0, Parameter Object: definitions of these header parameters are ignored.
pub(super) fn is_ignored(parameter: &ParameterObject) -> bool {
    let (place, name) = key(parameter);
    place == "header"
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|reserved| name.eq_ignore_ascii_case(reserved))
}
