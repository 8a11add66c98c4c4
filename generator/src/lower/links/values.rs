//! What a link gives, held against the types of what it is taken from and of what it goes to.

use super::Ends;
use crate::lower::context::Lowering;
use crate::lower::defaults::fits;
use crate::model::{
    Additional, Arena, Content, ContentKind, Expression, LinkBody, LinkValue, Operation,
    ParameterLocation, RequestBody, Scalar, Shape, Type, TypeDef,
};
use serde_json::Value;

/// How deep a constant is compared with a type, and how many aliases are followed.
const DEPTH: usize = 16;

/// Where the names of a pointer lead to.
enum Reach<'t> {
    /// To values of this type.
    Type(&'t Type),
    /// That depends on the value.
    Unknown,
    /// Nowhere that the document says.
    Nowhere,
}

/// What a value looks like, as far as that decides whether one can become another.
#[derive(PartialEq)]
enum Look {
    Plain,
    List,
    Object,
    Any,
}

impl Lowering<'_> {
    /// A value that a parameter of a type can take, or why it cannot.
    pub(super) fn fit_value(
        &self,
        value: LinkValue,
        ty: &Type,
        ends: &Ends<'_>,
    ) -> Result<LinkValue, String> {
        match value {
            LinkValue::Constant(constant) => self.fit_constant(constant, ty),
            LinkValue::Found(expression) => {
                let look = self.look_of_found(&expression, ends)?;
                let wanted = self.look(ty);
                let fits = match (&look, &wanted) {
                    (Look::Any, _) | (_, Look::Any) => true,
                    // A list of one, which is spelled like its item.
                    (Look::Plain, Look::List) => true,
                    (look, wanted) => look == wanted,
                };
                match fits {
                    true => Ok(LinkValue::Found(expression)),
                    false => Err(format!(
                        "`{expression}` is {}, which is not {}",
                        words(&look),
                        words(&wanted)
                    )),
                }
            }
            LinkValue::Text(pieces) => {
                let text = LinkValue::Text(pieces);
                for expression in text.expressions() {
                    if !matches!(
                        self.look_of_found(expression, ends)?,
                        Look::Plain | Look::Any
                    ) {
                        return Err(format!("`{expression}` is no text to stand within another"));
                    }
                }
                match self.look(ty) {
                    Look::Object => Err("a text is no object".to_owned()),
                    _ => Ok(text),
                }
            }
        }
    }

    /// A value that the body of the target can be, or why it cannot. Of several media types it is the first that the
    /// value fits.
    pub(super) fn fit_body(&self, value: &LinkValue, ends: &Ends<'_>) -> Result<LinkBody, String> {
        let mut fault = "the operation takes none".to_owned();
        let contents = ends.target.body.iter().flat_map(RequestBody::contents);
        for (content, kind) in contents.map(|content| &content.kind).enumerate() {
            let fit = match kind {
                ContentKind::Json(ty) | ContentKind::Form { ty, .. } => {
                    self.fit_value(value.clone(), ty, ends)
                }
                ContentKind::Text => {
                    self.fit_value(value.clone(), &Type::Scalar(Scalar::String), ends)
                }
                ContentKind::Multipart { .. }
                | ContentKind::Xml { .. }
                | ContentKind::Items { .. }
                | ContentKind::Bytes => {
                    Err("it is neither JSON nor a form nor text, so no value is one".into())
                }
            };
            match fit {
                Ok(value) => return Ok(LinkBody { value, content }),
                Err(first) if content == 0 => fault = first,
                Err(_) => {}
            }
        }
        Err(fault)
    }

    /// A constant in the spelling of its type: documents write numbers for texts and the other way round.
    fn fit_constant(&self, constant: Value, ty: &Type) -> Result<LinkValue, String> {
        let other = match &constant {
            Value::Number(_) | Value::Bool(_) => Value::String(constant.to_string()),
            Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            _ => Value::Null,
        };
        let mut forms = [constant.clone(), other].into_iter();
        let form = forms.find(|value| !value.is_null() && fits(&self.types, ty, value, DEPTH));
        let fault = || format!("`{constant}` does not fit its schema");
        form.map(LinkValue::Constant).ok_or_else(fault)
    }

    /// What an expression finds, or why it never finds anything.
    fn look_of_found(&self, expression: &Expression, ends: &Ends<'_>) -> Result<Look, String> {
        let source = ends.source;
        match expression {
            Expression::Url | Expression::Method | Expression::StatusCode => Ok(Look::Plain),
            Expression::RequestHeader(_) | Expression::ResponseHeader(_) => Ok(Look::Any),
            Expression::RequestQuery(name) => {
                self.look_of_parameter(source, ParameterLocation::Query, name.as_str())
            }
            Expression::RequestPath(name) => {
                self.look_of_parameter(source, ParameterLocation::Path, name.as_str())
            }
            Expression::RequestBody(path) => {
                let contents = source.body.iter().flat_map(RequestBody::contents);
                self.look_of_body(contents, path, expression)
            }
            Expression::ResponseBody(path) => {
                let mut responses = source.responses.iter();
                let response = responses.find(|response| response.status == ends.status);
                let contents = response
                    .into_iter()
                    .flat_map(|response| response.contents());
                self.look_of_body(contents, path, expression)
            }
        }
    }

    fn look_of_parameter(
        &self,
        source: &Operation,
        location: ParameterLocation,
        name: &str,
    ) -> Result<Look, String> {
        let mut parameters = source.parameters.iter();
        let parameter = parameters
            .find(|parameter| parameter.location == location && parameter.name.as_str() == name);
        let place = location.as_str();
        match parameter {
            None => Err(format!(
                "the operation of the answer has no {place} parameter `{name}`"
            )),
            Some(parameter) if self.is_secret(&parameter.ty) => Err(format!(
                "the {place} parameter `{name}` is a secret, which no answer keeps"
            )),
            Some(parameter) => Ok(self.look(&parameter.ty)),
        }
    }

    fn look_of_body<'c>(
        &self,
        contents: impl Iterator<Item = &'c Content>,
        path: &[String],
        expression: &Expression,
    ) -> Result<Look, String> {
        let (mut has_body, mut found) = (false, None);
        for content in contents {
            has_body = true;
            let look = match &content.kind {
                ContentKind::Json(ty) | ContentKind::Form { ty, .. } => {
                    match reach(&self.types, ty, path) {
                        Reach::Type(ty) => Some(self.look(ty)),
                        Reach::Unknown => Some(Look::Any),
                        Reach::Nowhere => None,
                    }
                }
                ContentKind::Text if path.is_empty() => Some(Look::Plain),
                _ => None,
            };
            found = match (found, look) {
                (Some(known), Some(look)) if known != look => Some(Look::Any),
                (known, look) => known.or(look),
            };
        }
        found.ok_or_else(|| match has_body {
            true => format!("`{expression}` leads to nothing that the document says of the body"),
            false => format!("there is no body for `{expression}`"),
        })
    }

    fn is_secret(&self, ty: &Type) -> bool {
        let ty = resolved(&self.types, ty.without_null());
        matches!(ty, Type::Scalar(Scalar::Secret))
    }

    fn look(&self, ty: &Type) -> Look {
        match resolved(&self.types, ty.without_null()) {
            Type::Scalar(_) => Look::Plain,
            Type::List(_) | Type::Tuple(_) => Look::List,
            Type::Map(..) => Look::Object,
            Type::Json | Type::Nullable(_) => Look::Any,
            Type::Named(id) => match &self.types[*id].shape {
                Shape::Record(_) => Look::Object,
                Shape::Enumeration(_) => Look::Plain,
                _ => Look::Any,
            },
        }
    }
}

fn words(look: &Look) -> &'static str {
    match look {
        Look::Plain => "a plain value",
        Look::List => "a list",
        Look::Object => "an object",
        Look::Any => "any value",
    }
}

/// The type behind aliases and nulls.
fn resolved<'t>(types: &'t Arena<TypeDef>, ty: &'t Type) -> &'t Type {
    let mut ty = ty;
    for _ in 0..DEPTH {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &types[*id].shape {
                Shape::Alias(inner) => inner,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// Where names lead to in values of a type.
fn reach<'t>(types: &'t Arena<TypeDef>, ty: &'t Type, path: &[String]) -> Reach<'t> {
    let mut ty = ty;
    for name in path {
        let index = || name.parse::<usize>().ok();
        ty = match resolved(types, ty) {
            Type::Json | Type::Nullable(_) => return Reach::Unknown,
            Type::Scalar(_) => return Reach::Nowhere,
            Type::List(item) if index().is_some() => item,
            Type::Tuple(items) => match index().and_then(|index| items.get(index)) {
                Some(item) => item,
                None => return Reach::Nowhere,
            },
            Type::List(_) => return Reach::Nowhere,
            Type::Map(_, value) => value,
            Type::Named(id) => match &types[*id].shape {
                Shape::Record(record) => {
                    let mut fields = record.fields.iter();
                    match fields.find(|field| field.name.as_str() == name) {
                        Some(field) => &field.ty,
                        None => match &record.additional {
                            Additional::Kept(ty) => ty,
                            Additional::Ignored | Additional::Forbidden => return Reach::Nowhere,
                        },
                    }
                }
                Shape::Enumeration(_) => return Reach::Nowhere,
                _ => return Reach::Unknown,
            },
        };
    }
    Reach::Type(ty)
}
