//! How values are spelled in paths, queries, headers, cookies and forms (OpenAPI 3.0, Style Values).

use super::variables::Variables;
use super::{Pair, Piece};
use crate::model::{FormStyle, ParameterStyle, WireName};
use serde_json::Value;

/// `simple`, in a path or a header.
pub fn simple(
    name: &str,
    value: &Value,
    style: ParameterStyle,
    variables: &mut Variables,
) -> Vec<Piece> {
    if style == ParameterStyle::Json {
        return json(name, value, variables);
    }
    let explode = matches!(style, ParameterStyle::Simple { explode: true });
    delimited(name, value, ",", if explode { "=" } else { "," }, variables)
}

/// A value in a path, with the marks of its style.
pub fn path_value(
    name: &str,
    value: &Value,
    style: Option<ParameterStyle>,
    variables: &mut Variables,
) -> Vec<Piece> {
    let literal = |text: String| vec![Piece::Literal(text)];
    match style {
        Some(ParameterStyle::Label { explode }) => {
            let (separator, mark) = if explode { (".", "=") } else { (",", ",") };
            let mut pieces = literal(".".to_owned());
            pieces.extend(delimited(name, value, separator, mark, variables));
            pieces
        }
        Some(ParameterStyle::Matrix { .. }) if is_nothing(value) => {
            literal(format!(";{}", component(name)))
        }
        Some(ParameterStyle::Matrix { explode: false }) => {
            let mut pieces = literal(format!(";{}=", component(name)));
            pieces.extend(delimited(name, value, ",", ",", variables));
            pieces
        }
        Some(ParameterStyle::Matrix { explode: true }) => {
            let mut pieces = Vec::new();
            for (own, text) in exploded(&component(name), value) {
                let mark = if text.is_empty() { "" } else { "=" };
                pieces.push(Piece::Literal(format!(";{own}{mark}")));
                if !text.is_empty() {
                    pieces.push(Piece::Variable(variables.add_parameter(name, text)));
                }
            }
            pieces
        }
        style => simple(
            name,
            value,
            style.unwrap_or(ParameterStyle::Simple { explode: false }),
            variables,
        ),
    }
}

/// The text of the JSON of a value.
fn json(name: &str, value: &Value, variables: &mut Variables) -> Vec<Piece> {
    vec![Piece::Variable(
        variables.add_parameter(name, value.to_string()),
    )]
}

/// The cookies of a parameter.
pub fn cookies(
    name: &str,
    value: &Value,
    style: ParameterStyle,
    variables: &mut Variables,
) -> Vec<Pair> {
    let token = token(name);
    if let ParameterStyle::Form { explode: true } | ParameterStyle::Cookie { explode: true } = style
    {
        return exploded(&token, value)
            .into_iter()
            .map(|(own, text)| Pair {
                name: own,
                value: vec![Piece::Encoded(variables.add_parameter(name, text))],
            })
            .collect();
    }
    let pieces = match style {
        ParameterStyle::Json => json(name, value, variables),
        _ => delimited(name, value, ",", ",", variables),
    };
    let encoded = pieces.into_iter().map(|piece| match piece {
        Piece::Variable(id) => Piece::Encoded(id),
        piece => piece,
    });
    vec![Pair {
        name: token,
        value: encoded.collect(),
    }]
}

/// The value of the header `Cookie`.
pub fn cookie_header(cookies: Vec<Pair>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for cookie in cookies {
        let before = if pieces.is_empty() { "" } else { "; " };
        pieces.push(Piece::Literal(format!("{before}{}=", cookie.name)));
        pieces.extend(cookie.value);
    }
    pieces
}

/// The names and texts of an exploded value: items have the name, which is legal already, members have their keys.
fn exploded(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| (name.to_owned(), plain(item)))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (component(key), plain(value)))
            .collect(),
        other => vec![(name.to_owned(), plain(other))],
    }
}

/// Whether a value is spelled as an empty text.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// The pairs of a parameter in a query.
pub fn query(
    name: &str,
    value: &Value,
    style: ParameterStyle,
    variables: &mut Variables,
) -> Vec<Pair> {
    let explode = matches!(style, ParameterStyle::Form { explode: true });
    match (style, value) {
        (ParameterStyle::Json, value) => vec![Pair {
            name: component(name),
            value: json(name, value, variables),
        }],
        // A whole query has no pairs; what servers see of it is a name without a value.
        (ParameterStyle::Whole, value) => vec![Pair {
            name: component(&value.to_string()),
            value: Vec::new(),
        }],
        (ParameterStyle::WholeText, value) => vec![Pair {
            name: component(&scalar(value).unwrap_or_default()),
            value: Vec::new(),
        }],
        (ParameterStyle::DeepObject, value) => flattened(name, value)
            .into_iter()
            .map(|(name, text)| pair(&name, text, variables))
            .collect(),
        (_, Value::Array(items)) if explode => items
            .iter()
            .filter_map(scalar)
            .map(|text| pair(name, text, variables))
            .collect(),
        (_, Value::Object(members)) if explode => members
            .iter()
            .filter_map(|(key, value)| Some((key, scalar(value)?)))
            .map(|(key, text)| pair(key, text, variables))
            .collect(),
        _ => {
            let separator = match style {
                ParameterStyle::SpaceDelimited => "%20",
                ParameterStyle::PipeDelimited => "%7C",
                _ => ",",
            };
            vec![Pair {
                name: component(name),
                value: delimited(name, value, separator, separator, variables),
            }]
        }
    }
}

/// The pairs of a form, as the runtime makes them.
pub fn form(value: &Value, styles: &[(WireName, FormStyle)]) -> Vec<(String, String)> {
    let Value::Object(members) = value else {
        return Vec::new();
    };
    members
        .iter()
        .flat_map(|(name, value)| {
            let style = styles.iter().find(|(other, _)| other.as_str() == name);
            property(
                name,
                value,
                style.map_or(FormStyle::Plain, |(_, style)| *style),
            )
        })
        .collect()
}

/// The pairs of a property of a form.
pub fn property(name: &str, value: &Value, style: FormStyle) -> Vec<(String, String)> {
    let one = |text: String| vec![(name.to_owned(), text)];
    let delimiter = match style {
        FormStyle::DeepObject => return flattened(name, value),
        FormStyle::Json => return one(value.to_string()),
        FormStyle::Plain => None,
        FormStyle::Joined => Some(","),
        FormStyle::SpaceDelimited => Some(" "),
        FormStyle::PipeDelimited => Some("|"),
    };
    match (value, delimiter) {
        (Value::Array(items), _)
            if items.iter().any(|item| item.is_array() || item.is_object()) =>
        {
            one(value.to_string())
        }
        (Value::Array(items), _) if items.is_empty() => Vec::new(),
        (Value::Array(items), Some(delimiter)) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            one(texts.join(delimiter))
        }
        (Value::Array(items), None) => items
            .iter()
            .map(|item| (name.to_owned(), plain(item)))
            .collect(),
        (Value::Object(_), _) => one(value.to_string()),
        (value, _) => one(plain(value)),
    }
}

/// A plain value as text; null is none.
fn plain(value: &Value) -> String {
    scalar(value).unwrap_or_default()
}

fn pair(name: &str, text: String, variables: &mut Variables) -> Pair {
    Pair {
        name: component(name),
        value: vec![Piece::Variable(variables.add_parameter(name, text))],
    }
}

/// Parts with a separator between, and a mark between the key and the value of an object.
fn delimited(
    name: &str,
    value: &Value,
    separator: &str,
    mark: &str,
    variables: &mut Variables,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |before: Option<String>, text: String| {
        if !pieces.is_empty() {
            pieces.push(Piece::Literal(separator.to_owned()));
        }
        if let Some(before) = before {
            pieces.push(Piece::Literal(before));
        }
        pieces.push(Piece::Variable(variables.add_parameter(name, text)));
    };
    match value {
        Value::Array(items) => {
            for text in items.iter().filter_map(scalar) {
                push(None, text);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                if let Some(text) = scalar(value) {
                    push(Some(format!("{}{mark}", component(key))), text);
                }
            }
        }
        other => push(None, scalar(other).unwrap_or_default()),
    }
    pieces
}

/// The leaves of a value with their names: `name[key]`, `name[0]`.
fn flattened(name: &str, value: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let mut open = vec![(name.to_owned(), value)];
    while let Some((name, value)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(
                items
                    .iter()
                    .enumerate()
                    .rev()
                    .map(|(index, item)| (format!("{name}[{index}]"), item)),
            ),
            Value::Object(members) => open.extend(
                members
                    .iter()
                    .rev()
                    .map(|(key, value)| (format!("{name}[{key}]"), value)),
            ),
            other => leaves.push((name, plain(other))),
        }
    }
    leaves
}

/// A value without parts as text. Parts within parts have no spelling in these styles and are written as JSON.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A text as a part of a URL: everything but unreserved characters is percent-encoded (RFC 3986, section 2.3).
pub fn component(text: &str) -> String {
    encode(text, "-._~")
}

/// A text of the document as a piece of a path.
pub fn path(text: &str) -> String {
    encode(text, "-._~/:@!$&'()*+,;=%")
}

/// A text of the document as a URL.
pub fn url(text: &str) -> String {
    encode(text, "-._~/:@!$&'()*+,;=%?#[]")
}

/// A text as a header value: what HTTP forbids is taken out.
pub fn header(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A text as a header name or another token (RFC 9110, section 5.6.2).
pub fn token(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*c))
        .collect()
}

fn encode(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || kept.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
