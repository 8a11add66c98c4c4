//! What is particular about the other objects.

use super::place::At;
use super::schema;
use super::walk::{Verdict, Walker};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::carrier;
use crate::load::objects::{Kind, Shape, Table};
use serde_json::{Map, Value, json};

/// Mends an object before its fields are looked at.
pub(super) fn prepare(
    walker: &mut Walker<'_>,
    object: &mut Map<String, Value>,
    kind: Kind,
    at: &At<'_>,
) {
    match kind {
        Kind::Schema => schema::prepare(walker, object, at),
        Kind::Operation => keep_referred_callbacks(walker, object),
        _ => {}
    }
}

/// Looks at an object once its fields are in order.
pub(super) fn finish(
    walker: &mut Walker<'_>,
    object: &mut Map<String, Value>,
    kind: Kind,
    at: &At<'_>,
) -> Verdict {
    match kind {
        Kind::Components => check_names(walker, object, at),
        Kind::Parameter => {
            choose_schema_or_content(walker, object, at);
            check_style(walker, object, at);
        }
        Kind::Header => choose_schema_or_content(walker, object, at),
        Kind::Encoding => spell_out_explode(object),
        Kind::SecurityScheme => return check_scheme(walker, object, at),
        Kind::Link
            if !object.contains_key("operationId") && !object.contains_key("operationRef") =>
        {
            let message =
                "this Link Object has neither `operationId` nor `operationRef`; it is left out";
            walker.warn(Code::MissingField, at, message);
            return Verdict::Drop;
        }
        Kind::Link if object.contains_key("operationId") && object.contains_key("operationRef") => {
            let message = "`operationId` excludes `operationRef`; the `operationId` is taken";
            walker.warn(Code::InvalidLink, at, message);
            object.shift_remove("operationRef");
        }
        _ => {}
    }
    Verdict::Keep
}

/// Reports a field that the specification does not know.
pub(super) fn unknown_field(walker: &mut Walker<'_>, table: &Table, key: &str, at: &At<'_>) {
    let foreign = if table.title == "Schema" {
        schema::foreign(key)
    } else {
        None
    };
    if let Some(loss) = foreign {
        let message =
            format!("`{key}` is no field of a Schema Object in OpenAPI 3.0; it is ignored: {loss}");
        walker.warn(Code::NotSupported, at, message);
        return;
    }
    let message = format!(
        "`{key}` is no field of the {} Object; it is ignored",
        table.title
    );
    let mut diagnostic = Diagnostic::new(Code::UnknownField, walker.origin(at), message);
    diagnostic.help = similar(table, key).map(|name| format!("did you mean `{name}`?"));
    walker.push(diagnostic);
}

fn similar(table: &Table, key: &str) -> Option<&'static str> {
    let names = table.fields.iter().map(|field| field.name);
    names
        .map(|name| {
            (
                distance(&name.to_ascii_lowercase(), &key.to_ascii_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| *distance <= 2 && distance * 3 < name.len())
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be changed to make one word of the other. Words that are not of like length are far apart.
fn distance(left: &str, right: &str) -> usize {
    if left.len().abs_diff(right.len()) > 2 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.bytes().enumerate() {
            let cost =
                |index: usize, row: &[usize]| row.get(index).copied().unwrap_or(usize::MAX - 1);
            let change = cost(j, &row) + usize::from(a != b);
            next.push(change.min(cost(j + 1, &row) + 1).min(cost(j, &next) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// A key of the Paths Object that is no extension.
pub(super) fn path(walker: &mut Walker<'_>, key: &str, value: &mut Value, at: &At<'_>) -> Verdict {
    if key.starts_with('/') {
        return walker.visit(value, Shape::Referable(Kind::PathItem), at);
    }
    let message = format!("`{key}` is no path, as it does not begin with `/`; it is left out");
    walker.warn(Code::InvalidPath, at, message);
    Verdict::Drop
}

/// A key of the Responses Object that is neither `default` nor an extension.
pub(super) fn status(
    walker: &mut Walker<'_>,
    key: &str,
    value: &mut Value,
    at: &At<'_>,
) -> Verdict {
    let is_status = match key.as_bytes() {
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    };
    if is_status {
        return walker.visit(value, Shape::Referable(Kind::Response), at);
    }
    let message = format!("`{key}` is no status; this response is left out");
    let diagnostic = Diagnostic::new(Code::InvalidStatus, walker.origin(at), message)
        .help("a key is a status such as `404`, a range such as `4XX`, or `default`");
    walker.push(diagnostic);
    Verdict::Drop
}

/// Swagger 2.0 had the name of the property alone.
pub(super) fn lift_discriminator(walker: &mut Walker<'_>, value: &mut Value, at: &At<'_>) {
    if let Value::String(name) = &*value {
        let message = "`discriminator` is an object since OpenAPI 3.0; the string is taken for its `propertyName`";
        walker.warn(Code::WrongType, at, message);
        *value = json!({ "propertyName": name });
    }
}

/// `openapiv3` has no reference there. What is broken was reported.
fn keep_referred_callbacks(walker: &mut Walker<'_>, operation: &mut Map<String, Value>) {
    let Some(Value::Object(callbacks)) = operation.get_mut("callbacks") else {
        return;
    };
    let mut referred = Map::new();
    callbacks.retain(|name, callback| match callback.get("$ref") {
        Some(Value::String(target)) => {
            if !walker.is_broken(Kind::Callback, target) {
                referred.insert(name.clone(), Value::from(target.as_str()));
            }
            false
        }
        _ => true,
    });
    carrier::keep_referred_callbacks(operation, referred);
}

/// A parameter has a schema or a content, and exactly one of them.
fn choose_schema_or_content(walker: &mut Walker<'_>, object: &mut Map<String, Value>, at: &At<'_>) {
    match (object.get("schema"), object.get("content")) {
        (Some(_), Some(_)) => {
            let message =
                "`content` excludes `schema`; the `schema` is taken and the `content` ignored";
            walker.warn(Code::WrongType, &at.key("content"), message);
            object.shift_remove("content");
        }
        (None, None) => {
            walker.warn(
                Code::MissingField,
                at,
                "this has neither `schema` nor `content`; it accepts any value",
            );
            object.insert("schema".to_owned(), Value::Object(Map::new()));
        }
        _ => {}
    }
}

fn check_style(walker: &mut Walker<'_>, object: &mut Map<String, Value>, at: &At<'_>) {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let (Some(style), Some(location)) = (text("style"), text("in")) else {
        return;
    };
    let allowed: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    };
    if !allowed.contains(&style) {
        let message =
            format!("a parameter in `{location}` cannot have the style `{style}`; it is ignored");
        walker.warn(Code::WrongType, &at.key("style"), message);
        object.shift_remove("style");
    }
}

/// The default of `explode` depends on the style, and `openapiv3` forgets whether it was there.
fn spell_out_explode(encoding: &mut Map<String, Value>) {
    if !encoding.contains_key("explode") {
        let style = encoding.get("style").and_then(Value::as_str);
        let explode = matches!(style, None | Some("form"));
        encoding.insert("explode".to_owned(), Value::Bool(explode));
    }
}

fn check_scheme(walker: &mut Walker<'_>, scheme: &mut Map<String, Value>, at: &At<'_>) -> Verdict {
    let needed: &[&str] = match scheme.get("type").and_then(Value::as_str) {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        _ => &["openIdConnectUrl"],
    };
    let Some(missing) = needed.iter().find(|field| !scheme.contains_key(**field)) else {
        return Verdict::Keep;
    };
    let message = format!("this security scheme has no `{missing}`; it is left out");
    walker.warn(Code::SecurityScheme, at, message);
    Verdict::Drop
}

/// Components have names of few letters, so that they fit into a URL (section "Components Object").
fn check_names(walker: &mut Walker<'_>, components: &Map<String, Value>, at: &At<'_>) {
    for (section, members) in components {
        if section.starts_with("x-") {
            continue;
        }
        let at = at.key(section);
        for name in members.as_object().into_iter().flat_map(Map::keys) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            if !name.is_empty() && name.chars().all(is_plain) {
                continue;
            }
            let message = format!(
                "the name `{name}` has other characters than letters, digits, `.`, `-` and `_`"
            );
            let diagnostic =
                Diagnostic::new(Code::InvalidName, walker.origin(&at.key(name)), message);
            // Nobody types a control character into a name by mistake.
            let is_hostile = name.chars().any(char::is_control);
            walker.push(if is_hostile {
                diagnostic.error()
            } else {
                diagnostic
            });
        }
    }
}
