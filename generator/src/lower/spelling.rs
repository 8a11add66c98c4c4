//! Where and how a parameter is spelled.

use super::media_type::{MediaKind, is_token, media_kind};
use crate::diagnostic::Code;
use crate::load::{is_plain_cookie, is_whole_query};
use crate::model::{ParameterLocation, ParameterStyle};
use openapiv3::{
    Content, Parameter as ParameterObject, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema,
};

/// Where and how a parameter is spelled; the error says what stands in the way.
pub(super) fn spelling(
    parameter: &ParameterObject,
) -> Result<(ParameterLocation, ParameterStyle), (Code, String)> {
    let data = parameter.parameter_data_ref();
    let is_json = match &data.format {
        ParameterSchemaOrContent::Schema(_) => false,
        ParameterSchemaOrContent::Content(content) if content_schema(content).is_some() => true,
        ParameterSchemaOrContent::Content(_) => {
            let fault = "is spelled by a media type (`content`) other than JSON, or by one without a schema, which is not supported yet";
            return Err((Code::NotSupported, fault.to_owned()));
        }
    };
    match parameter {
        ParameterObject::Cookie { .. } | ParameterObject::Header { .. }
            if !is_token(&data.name) =>
        {
            Err((
                Code::InvalidToken,
                "has a name that HTTP does not allow".to_owned(),
            ))
        }
        _ if is_json && is_whole_query(data) => {
            Ok((ParameterLocation::Query, ParameterStyle::Whole))
        }
        _ if is_json => Ok((location(parameter), ParameterStyle::Json)),
        ParameterObject::Cookie { .. } => {
            let explode = data.explode.unwrap_or(true);
            let style = match is_plain_cookie(data) {
                true => ParameterStyle::Cookie { explode },
                false => ParameterStyle::Form { explode },
            };
            Ok((ParameterLocation::Cookie, style))
        }
        ParameterObject::Path { style, .. } => {
            let explode = data.explode.unwrap_or_default();
            let style = match style {
                PathStyle::Simple => ParameterStyle::Simple { explode },
                PathStyle::Label => ParameterStyle::Label { explode },
                PathStyle::Matrix => ParameterStyle::Matrix { explode },
            };
            Ok((ParameterLocation::Path, style))
        }
        ParameterObject::Header { .. } => {
            let explode = data.explode.unwrap_or_default();
            Ok((
                ParameterLocation::Header,
                ParameterStyle::Simple { explode },
            ))
        }
        ParameterObject::Query { style, .. } => {
            Ok((ParameterLocation::Query, query_style(style, data.explode)))
        }
    }
}

fn location(parameter: &ParameterObject) -> ParameterLocation {
    match parameter {
        ParameterObject::Query { .. } => ParameterLocation::Query,
        ParameterObject::Header { .. } => ParameterLocation::Header,
        ParameterObject::Path { .. } => ParameterLocation::Path,
        ParameterObject::Cookie { .. } => ParameterLocation::Cookie,
    }
}

/// The media type and the schema of a parameter that is spelled as JSON.
pub(super) fn content_schema(content: &Content) -> Option<(&str, &ReferenceOr<Schema>)> {
    let (name, media) = content.first()?;
    let is_json = media_kind(name) == MediaKind::Json;
    Some((name, media.schema.as_ref().filter(|_| is_json)?))
}

fn query_style(style: &QueryStyle, explode: Option<bool>) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form {
            explode: explode.unwrap_or(true),
        },
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
        // With explode these two are spelled like form.
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode == Some(true) => {
            ParameterStyle::Form { explode: true }
        }
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
    }
}
