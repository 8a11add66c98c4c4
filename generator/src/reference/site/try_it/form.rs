//! The fields of the form: what an input can ask of a value, and how a field of a body travels.

use crate::model::{
    Access, Constraints, Content, ContentKind, Enumeration, FormStyle, Operation, PartStyle,
    PartStyles, Record, Scalar, Shape, Type,
};
use crate::reference::call::{BodyContent, Call, is_file_part};
use crate::reference::facts;
use crate::reference::sample::json_text;
use crate::reference::site::Site;
use serde_json::{Map, Value, json};

impl Site<'_> {
    /// What an input of a form can ask of a value.
    pub(super) fn field(
        &self,
        ty: &Type,
        constraints: &Constraints,
        required: bool,
        example: Option<&Value>,
    ) -> Map<String, Value> {
        let mut field = Map::new();
        let mut set = |name: &str, value: Value| field.insert(name.to_owned(), value);
        let values = self.values(ty);
        let kind = match (self.kind(ty), example) {
            ("string", Some(example)) if !example.is_string() => "json",
            ("integer" | "number", Some(example)) if !example.is_number() => "json",
            ("boolean", Some(example)) if !example.is_boolean() => "json",
            (kind, _) => kind,
        };
        set("kind", json!(kind));
        set("required", json!(required));
        if !values.is_empty() && kind != "json" {
            set("values", json!(values));
        }
        if matches!(ty.without_null(), Type::Scalar(Scalar::Secret)) {
            set("secret", json!(true));
        }
        if let Some(example) = example {
            set("example", Value::from(typed(kind, example)));
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
                Shape::Enumeration(Enumeration::Strings(_)) => "string",
                Shape::Enumeration(Enumeration::Integers(_)) => "integer",
                _ => "json",
            },
            _ => "json",
        }
    }

    pub(super) fn body(&self, operation: &Operation, call: &Call) -> Option<Value> {
        let body = operation.body.as_ref()?;
        let sent = call.body.as_ref().map(|body| &body.value);
        let kind = match &body.content.kind {
            ContentKind::Json(_) => "json",
            ContentKind::Form { .. } => "form",
            ContentKind::Multipart { .. } => "parts",
            ContentKind::Xml { .. } | ContentKind::Items { .. } | ContentKind::Text => "text",
            ContentKind::Bytes => "file",
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
                    self.add_travel(&body.content, name, &mut data);
                    Value::Object(data)
                })
                .collect()
        });
        let example = call.body.as_ref().map(|body| match &body.content {
            BodyContent::Text(text) => typed("string", &Value::from(text.as_str())),
            _ => typed("json", &body.value),
        });
        Some(json!({
            "type": call.body.as_ref().map_or(body.content.media_type.as_str(), |body| &body.media_type),
            "kind": kind,
            "required": body.required,
            "example": example,
            "fields": fields,
        }))
    }

    /// The record that a body is, if it is one.
    fn record(&self, content: &Content) -> Option<&Record> {
        let Some(Type::Named(id)) = content.kind.ty() else {
            return None;
        };
        match &self.links.api.types[*id].shape {
            Shape::Record(record) if !record.fields.is_empty() => Some(record),
            _ => None,
        }
    }

    /// Adds how a field of a form or a part travels, where it is not in the usual way.
    fn add_travel(&self, content: &Content, name: &str, data: &mut Map<String, Value>) {
        let form = match &content.kind {
            ContentKind::Form { styles, .. } => {
                let style = styles.iter().find(|(other, _)| other.as_str() == name);
                style.map(|(_, style)| *style)
            }
            ContentKind::Multipart { ty, styles } => {
                if is_file_part(self.links.api, ty, name) {
                    data.insert("file".to_owned(), json!(true));
                }
                let style = match styles {
                    PartStyles::Named(styles) => {
                        styles.iter().find(|(other, _)| other.as_str() == name)
                    }
                    PartStyles::Positional(..) => None,
                };
                match style.map(|(_, style)| style) {
                    Some(PartStyle::Content(media_type)) => {
                        data.insert("media".to_owned(), json!(media_type.as_str()));
                        None
                    }
                    Some(PartStyle::Form(style)) => Some(*style),
                    Some(PartStyle::Parts(..) | PartStyle::Urlencoded(..)) | None => None,
                }
            }
            _ => None,
        };
        let form = form.map(|style| match style {
            FormStyle::Plain => "plain",
            FormStyle::Joined => "joined",
            FormStyle::SpaceDelimited => "space",
            FormStyle::PipeDelimited => "pipe",
            FormStyle::DeepObject => "deep",
            FormStyle::Json => "json",
        });
        if let Some(form) = form {
            data.insert("form".to_owned(), json!(form));
        }
    }
}

/// A value as it is typed into an input of a kind.
fn typed(kind: &str, value: &Value) -> String {
    match value {
        Value::String(text) if kind != "json" => text.clone(),
        value => json_text(value),
    }
}
