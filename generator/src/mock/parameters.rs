//! Values of parameters and forms read back from their spelling (OpenAPI 3.0, Style Values).

use super::text::{decoded, decoded_form};
use crate::model::{
    Api, Enumeration, FormStyle, ParameterLocation, ParameterStyle, Record, Scalar, Shape, Type,
};
use crate::reference::fits;
use serde_json::{Map, Number, Value};

/// What a type is made of, behind its names and its null.
enum Parts<'a> {
    List(&'a Type),
    Record(&'a Record),
    Map(&'a Type),
    None,
}

/// Pairs of a query or a form: names decoded, values as they are spelled.
pub type Pairs = [(String, String)];

/// Reads a value that stands in one text: a path segment, a header, a cookie.
pub fn single(
    api: &Api,
    location: ParameterLocation,
    style: ParameterStyle,
    name: &str,
    ty: &Type,
    text: &str,
) -> Value {
    if style == ParameterStyle::Json {
        let is_header = location == ParameterLocation::Header;
        let text = if is_header {
            text.to_owned()
        } else {
            decoded(text)
        };
        return json_or_text(&text);
    }
    let (text, separator, pairs) = match style {
        ParameterStyle::Label { explode } => {
            let text = text.strip_prefix('.').unwrap_or(text);
            (text.to_owned(), if explode { "." } else { "," }, explode)
        }
        ParameterStyle::Matrix { explode } => {
            let text = text.strip_prefix(';').unwrap_or(text);
            let is_record = matches!(parts(api, ty), Parts::Record(_) | Parts::Map(_));
            let text: Vec<&str> = text
                .split(';')
                .map(|part| match part.split_once('=') {
                    Some((known, value)) if !(explode && is_record) && decoded(known) == name => {
                        value
                    }
                    None if decoded(part) == name => "",
                    _ => part,
                })
                .collect();
            (text.join(";"), if explode { ";" } else { "," }, explode)
        }
        ParameterStyle::Simple { explode } => (text.to_owned(), ",", explode),
        _ => (text.to_owned(), ",", false),
    };
    let decode = |part: &str| match location {
        // A header is not percent-encoded.
        ParameterLocation::Header => part.trim().to_owned(),
        _ => decoded(part),
    };
    delimited(api, ty, &text, separator, pairs, &decode)
}

/// Reads a value of a query from its pairs; `None` if it is not there.
pub fn query(
    api: &Api,
    style: ParameterStyle,
    name: &str,
    ty: &Type,
    pairs: &Pairs,
) -> Option<Value> {
    match style {
        ParameterStyle::Json => {
            let (_, text) = pairs.iter().find(|(known, _)| known == name)?;
            Some(json_or_text(&decoded_form(text)))
        }
        ParameterStyle::Whole => {
            let (text, _) = pairs.first()?;
            Some(json_or_text(text))
        }
        ParameterStyle::WholeText => pairs.first().map(|(text, _)| Value::from(text.as_str())),
        ParameterStyle::DeepObject => deep(api, name, ty, pairs),
        ParameterStyle::Form { explode: true } => exploded(api, name, ty, pairs),
        style => {
            let (_, text) = pairs.iter().find(|(known, _)| known == name)?;
            let separators: &[&str] = match style {
                ParameterStyle::SpaceDelimited => &["%20", "+"],
                ParameterStyle::PipeDelimited => &["%7C", "%7c", "|"],
                _ => &[",", "%2C"],
            };
            let separator = separators
                .iter()
                .find(|separator| text.contains(**separator));
            let separator = separator.copied().unwrap_or(",");
            Some(delimited(api, ty, text, separator, false, &decoded_form))
        }
    }
}

/// Reads the object that a form spells.
pub fn form(api: &Api, ty: &Type, styles: &dyn Fn(&str) -> FormStyle, pairs: &Pairs) -> Value {
    let Parts::Record(record) = parts(api, ty) else {
        let members = pairs
            .iter()
            .map(|(name, text)| (name.clone(), Value::from(decoded_form(text))));
        return Value::Object(members.collect());
    };
    let mut members = Map::new();
    for field in &record.fields {
        let name = field.name.as_str();
        let style = styles(name);
        let value = match style {
            FormStyle::DeepObject => deep(api, name, &field.ty, pairs),
            FormStyle::Json => pairs
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, text)| json_or_text(&decoded_form(text))),
            FormStyle::Plain => exploded_property(api, name, &field.ty, pairs),
            style => pairs
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, text)| {
                    let separator = match style {
                        FormStyle::SpaceDelimited => " ",
                        FormStyle::PipeDelimited => "|",
                        _ => ",",
                    };
                    let text = decoded_form(text);
                    delimited(api, &field.ty, &text, separator, false, &str::to_owned)
                }),
        };
        members.extend(value.map(|value| (name.to_owned(), value)));
    }
    for (name, text) in pairs {
        let outer = name.split('[').next().unwrap_or(name);
        let is_known = |name: &str| {
            record
                .fields
                .iter()
                .any(|field| field.name.as_str() == name)
        };
        if !is_known(name) && !is_known(outer) {
            members.insert(name.clone(), Value::from(decoded_form(text)));
        }
    }
    Value::Object(members)
}

/// Items in pairs of their own; what is nested further is JSON.
fn exploded_property(api: &Api, name: &str, ty: &Type, pairs: &Pairs) -> Option<Value> {
    let mut texts = pairs
        .iter()
        .filter(|(known, _)| known == name)
        .map(|(_, text)| decoded_form(text));
    match parts(api, ty) {
        Parts::List(item) => {
            let texts: Vec<String> = texts.collect();
            match texts.as_slice() {
                [] => None,
                [one] if !matches!(parts(api, item), Parts::None) => Some(json_or_text(one)),
                texts => Some(texts.iter().map(|text| scalar(api, item, text)).collect()),
            }
        }
        Parts::Record(_) | Parts::Map(_) => texts.next().map(|text| json_or_text(&text)),
        Parts::None => texts.next().map(|text| scalar(api, ty, &text)),
    }
}

fn json_or_text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

fn exploded(api: &Api, name: &str, ty: &Type, pairs: &Pairs) -> Option<Value> {
    match parts(api, ty) {
        Parts::List(item) => {
            let items: Vec<Value> = pairs
                .iter()
                .filter(|(known, _)| known == name)
                .map(|(_, text)| scalar(api, item, &decoded_form(text)))
                .collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Parts::Record(record) => {
            let members: Map<String, Value> = record
                .fields
                .iter()
                .filter_map(|field| {
                    let name = field.name.as_str();
                    let (_, text) = pairs.iter().find(|(known, _)| known == name)?;
                    let value = scalar(api, &field.ty, &decoded_form(text));
                    Some((name.to_owned(), value))
                })
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Parts::Map(value) => {
            let members: Map<String, Value> = pairs
                .iter()
                .map(|(name, text)| (name.clone(), scalar(api, value, &decoded_form(text))))
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Parts::None => {
            let (_, text) = pairs.iter().find(|(known, _)| known == name)?;
            Some(scalar(api, ty, &decoded_form(text)))
        }
    }
}

/// `name[key][0]=value`. The depth is that of the brackets, of which there are no more than a line of a request holds.
fn deep(api: &Api, name: &str, ty: &Type, pairs: &Pairs) -> Option<Value> {
    let inner: Vec<(String, String)> = pairs
        .iter()
        .filter_map(|(known, text)| {
            let rest = known.strip_prefix(name)?.strip_prefix('[')?;
            let (key, rest) = rest.split_once(']')?;
            Some((format!("{key}{rest}"), text.clone()))
        })
        .collect();
    if inner.is_empty() {
        let (_, text) = pairs.iter().find(|(known, _)| known == name)?;
        return Some(scalar(api, ty, &decoded_form(text)));
    }
    let mut keys: Vec<&str> = Vec::new();
    for (known, _) in &inner {
        let key = known.split('[').next().unwrap_or(known);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let none = Type::Json;
    let of = |key: &str, ty: &Type| deep(api, key, ty, &inner).unwrap_or(Value::Null);
    Some(match parts(api, ty) {
        Parts::List(item) => keys.iter().map(|key| of(key, item)).collect(),
        Parts::Map(value) => Value::Object(
            keys.iter()
                .map(|key| ((*key).to_owned(), of(key, value)))
                .collect(),
        ),
        Parts::Record(record) => Value::Object(
            keys.iter()
                .map(|key| {
                    let field = record
                        .fields
                        .iter()
                        .find(|field| field.name.as_str() == *key);
                    (
                        (*key).to_owned(),
                        of(key, field.map_or(&none, |field| &field.ty)),
                    )
                })
                .collect(),
        ),
        Parts::None => Value::Object(
            keys.iter()
                .map(|key| ((*key).to_owned(), of(key, &none)))
                .collect(),
        ),
    })
}

/// Parts of one text; objects are keys and values in turn, or pairs with an equals sign.
fn delimited(
    api: &Api,
    ty: &Type,
    text: &str,
    separator: &str,
    pairs: bool,
    decode: &dyn Fn(&str) -> String,
) -> Value {
    let field_type = |record: &Record, name: &str| {
        let field = record
            .fields
            .iter()
            .find(|field| field.name.as_str() == name);
        field.map_or(Type::Json, |field| field.ty.clone())
    };
    let members = |of: &dyn Fn(&str) -> Type| {
        let parts: Vec<&str> = text.split(separator).collect();
        let found: Vec<(String, &str)> = match pairs {
            true => parts
                .iter()
                .map(|part| part.split_once('=').unwrap_or((part, "")))
                .map(|(key, value)| (decode(key), value))
                .collect(),
            false => parts
                .chunks(2)
                .filter_map(|pair| Some((decode(pair.first()?), *pair.get(1).unwrap_or(&""))))
                .collect(),
        };
        let members = found.into_iter().map(|(key, value)| {
            let value = scalar(api, &of(&key), &decode(value));
            (key, value)
        });
        Value::Object(members.collect())
    };
    match parts(api, ty) {
        Parts::List(_) if text.is_empty() => Value::Array(Vec::new()),
        Parts::List(item) => text
            .split(separator)
            .map(|part| scalar(api, item, &decode(part)))
            .collect(),
        Parts::Record(record) => members(&|name| field_type(record, name)),
        Parts::Map(value) => members(&|_| value.clone()),
        Parts::None => scalar(api, ty, &decode(text)),
    }
}

/// A text as the value that the type wants; as a text where it is none, which the schema then refuses.
pub fn scalar(api: &Api, ty: &Type, text: &str) -> Value {
    let as_text = || Value::from(text);
    let number = || serde_json::from_str::<Number>(text).map_or_else(|_| as_text(), Value::Number);
    match ty {
        Type::Scalar(Scalar::Bool) => match text {
            "true" => true.into(),
            "false" => false.into(),
            _ => as_text(),
        },
        Type::Scalar(Scalar::Integer(_) | Scalar::Float | Scalar::Double | Scalar::BigNumber) => {
            number()
        }
        Type::Nullable(_) if text.is_empty() => Value::Null,
        Type::Nullable(inner) => scalar(api, inner, text),
        Type::Named(id) => match &api.types[*id].shape {
            Shape::Enumeration(Enumeration::Integers(_)) => number(),
            Shape::Alias(inner) if !matches!(inner, Type::Named(_)) => scalar(api, inner, text),
            Shape::Alias(_) | Shape::Union(_) => {
                let readings = [as_text(), number(), json_or_text(text)];
                let fitting = readings.into_iter().find(|value| fits(api, ty, value));
                fitting.unwrap_or_else(as_text)
            }
            _ => as_text(),
        },
        _ => as_text(),
    }
}

fn parts<'a>(api: &'a Api, ty: &'a Type) -> Parts<'a> {
    let mut ty = ty;
    // As many steps as there are types reach the end of any chain that has one.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::List(item) => return Parts::List(item),
            Type::Map(_, value) => return Parts::Map(value),
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Alias(inner) => ty = inner,
                Shape::Record(record) => return Parts::Record(record),
                _ => break,
            },
            _ => break,
        }
    }
    Parts::None
}
