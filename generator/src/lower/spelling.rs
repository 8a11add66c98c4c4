//! Where and how a parameter is spelled.

use super::media_type::{MediaKind, media_kind};
use crate::diagnostic::Code;
use crate::load::{is_plain_cookie, is_whole_query};
use crate::model::{ParameterLocation, ParameterStyle, is_token};
use openapiv3::{
    Content, Parameter as ParameterObject, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema,
};

/// Where and how a parameter is spelled; the error says what stands in the way.
pub(super) fn spelling(
    parameter: &ParameterObject,
) -> Result<(ParameterLocation, ParameterStyle), (Code, String)> {
    let data = parameter.parameter_data_ref();
    let media_type = match &data.format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(content) => match content.keys().next() {
            Some(name) => Some(media_kind(name)),
            None => {
                return Err((
                    Code::WrongType,
                    "has a `content` of no media type".to_owned(),
                ));
            }
        },
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
        _ if media_type == Some(MediaKind::Json) => {
            let style = match is_whole_query(data) {
                true => ParameterStyle::Whole,
                false => ParameterStyle::Json,
            };
            Ok((location(parameter), style))
        }
        _ if is_whole_query(data) => Ok((ParameterLocation::Query, ParameterStyle::WholeText)),
        // A text is spelled as a plain value is in any style.
        ParameterObject::Query { .. } | ParameterObject::Cookie { .. } if media_type.is_some() => {
            Ok((location(parameter), ParameterStyle::Form { explode: false }))
        }
        _ if media_type.is_some() => Ok((
            location(parameter),
            ParameterStyle::Simple { explode: false },
        )),
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

/// The media type and the schema of a parameter that is spelled as JSON or text; `None` where there is no schema, or the
/// user has to write the text.
pub(super) fn content_schema(content: &Content) -> Option<(&str, &ReferenceOr<Schema>)> {
    let (name, media) = content.first()?;
    let is_spelled = matches!(media_kind(name), MediaKind::Json | MediaKind::Text);
    Some((name, media.schema.as_ref().filter(|_| is_spelled)?))
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
