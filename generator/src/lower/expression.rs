//! Runtime expressions (OpenAPI 3.0, "Runtime Expressions").

use crate::model::{Expression, LinkValue, TextPiece, WireName, is_token};
use serde_json::Value;

/// What a link gives: a constant, an expression, or a text with expressions in it. The error says what is wrong with it.
pub(super) fn parse_value(value: &Value) -> Result<LinkValue, String> {
    let Value::String(text) = value else {
        return Ok(LinkValue::Constant(value.clone()));
    };
    let is_word = |c: char| c.is_ascii_alphabetic();
    if text
        .strip_prefix('$')
        .is_some_and(|rest| rest.starts_with(is_word))
    {
        return parse_expression(text).map(LinkValue::Found);
    }
    if text.contains("{$") {
        return parse_text(text);
    }
    Ok(LinkValue::Constant(value.clone()))
}

/// A text with expressions in braces.
fn parse_text(text: &str) -> Result<LinkValue, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once("{$") {
        let Some((expression, after)) = after.split_once('}') else {
            return Err(format!("`{text}` has a `{{` that is not closed"));
        };
        if !literal.is_empty() {
            pieces.push(TextPiece::Literal(literal.to_owned()));
        }
        let expression = parse_expression(&format!("${expression}"))?;
        pieces.push(TextPiece::Found(expression));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(TextPiece::Literal(rest.to_owned()));
    }
    // What is nothing but an expression keeps the type of what it finds.
    match pieces.as_slice() {
        [TextPiece::Found(expression)] => Ok(LinkValue::Found(expression.clone())),
        _ => Ok(LinkValue::Text(pieces)),
    }
}

/// One expression, with its `$`.
fn parse_expression(text: &str) -> Result<Expression, String> {
    let fault = |reason: &str| Err(format!("`{text}` is no runtime expression: {reason}"));
    let (root, source) = match text.split_once('.') {
        Some((root, source)) => (root, Some(source)),
        None => (text, None),
    };
    let (is_request, source) = match (root, source) {
        ("$url", None) => return Ok(Expression::Url),
        ("$method", None) => return Ok(Expression::Method),
        ("$statusCode", None) => return Ok(Expression::StatusCode),
        ("$request", Some(source)) => (true, source),
        ("$response", Some(source)) => (false, source),
        _ => {
            return fault(
                "it is none of `$url`, `$method`, `$statusCode`, `$request.…` and `$response.…`",
            );
        }
    };
    if let Some(pointer) = body_pointer(source) {
        let Some(path) = pointer.and_then(parse_pointer) else {
            return fault("`body` is followed by `#` and a JSON Pointer, or by nothing");
        };
        return Ok(match is_request {
            true => Expression::RequestBody(path),
            false => Expression::ResponseBody(path),
        });
    }
    let Some((place, name)) = source.split_once('.').filter(|(_, name)| !name.is_empty()) else {
        return fault("it names neither a `header`, a `query` or `path` parameter nor the `body`");
    };
    let wire = WireName::new(name);
    match (is_request, place) {
        (_, "header") if !is_token(name) => fault("no header can have this name"),
        (true, "header") => Ok(Expression::RequestHeader(wire)),
        (false, "header") => Ok(Expression::ResponseHeader(wire)),
        (true, "query") => Ok(Expression::RequestQuery(wire)),
        (true, "path") => Ok(Expression::RequestPath(wire)),
        (false, "query" | "path") => fault("a response has neither a query nor a path"),
        _ => fault("it names neither a `header`, a `query` or `path` parameter nor the `body`"),
    }
}

/// What follows `body` and its `#`, the whole where nothing does; `Some(None)` where something else follows.
fn body_pointer(source: &str) -> Option<Option<&str>> {
    let rest = source.strip_prefix("body")?;
    Some(match rest {
        "" => Some(""),
        _ => rest.strip_prefix('#'),
    })
}

/// The names in a JSON Pointer (RFC 6901).
fn parse_pointer(text: &str) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let names = text.strip_prefix('/')?.split('/');
    names
        .map(|name| {
            let is_escaped = |rest: &str| rest.starts_with(['0', '1']);
            let mut escapes = name.split('~').skip(1);
            let is_legal = escapes.all(is_escaped);
            is_legal.then(|| name.replace("~1", "/").replace("~0", "~"))
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::parse_value;
    use crate::model::{Expression, LinkValue};
    use serde_json::{Value, json};

    fn spelled(value: &Value) -> String {
        match parse_value(value) {
            Ok(LinkValue::Constant(value)) => format!("constant {value}"),
            Ok(LinkValue::Found(expression)) => expression.to_string(),
            Ok(text @ LinkValue::Text(_)) => {
                let found: Vec<String> = text.expressions().iter().map(|e| e.to_string()).collect();
                format!("text with {}", found.join(" "))
            }
            Err(_) => "fault".to_owned(),
        }
    }

    #[test]
    fn every_expression_of_the_specification_is_read() {
        for text in [
            "$url",
            "$method",
            "$statusCode",
            "$request.header.accept",
            "$request.query.queryUrl",
            "$request.path.id",
            "$request.body",
            "$request.body#/user/uuid",
            "$response.body#/a~1b/~0/0",
            "$response.header.Server",
        ] {
            assert_eq!(spelled(&json!(text)), text);
        }
        assert_eq!(spelled(&json!("{$url}")), "$url");
        let text = json!("a/{$request.path.id}?b={$response.body#/c}");
        assert_eq!(
            spelled(&text),
            "text with $request.path.id $response.body#/c"
        );
    }

    #[test]
    fn what_is_no_expression_is_a_constant_or_a_fault() {
        for constant in [json!(5), json!("open"), json!("$5"), json!({"a": "$url"})] {
            assert_eq!(spelled(&constant), format!("constant {constant}"));
        }
        for fault in [
            "$urls",
            "$request",
            "$request.cookie.a",
            "$response.body.id",
            "$response.body#id",
            "$response.body#/~2",
            "$response.query.a",
            "$response.header.a b",
            "{$url",
        ] {
            assert_eq!(spelled(&json!(fault)), "fault", "{fault}");
        }
    }

    #[test]
    fn a_pointer_becomes_names() {
        let value = parse_value(&json!("$response.body#/a~1b/~01")).unwrap();
        let names = vec!["a/b".to_owned(), "~1".to_owned()];
        assert_eq!(value, LinkValue::Found(Expression::ResponseBody(names)));
    }
}
