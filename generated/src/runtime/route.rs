//! The path of an operation, with the values of its parameters.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::error::RequestError;

/// What no path can hold, although the document may have it there.
const ILLEGAL_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Adds the path of an operation to the URL of its server. A parameter must not change the route, as `.` and `..`
/// would: whatever parses the URL removes such a segment, encoded or not.
pub(super) fn add_route(
    url: &mut String,
    template: &str,
    values: &[(&'static str, String)],
) -> Result<(), RequestError> {
    if !template.starts_with('/') {
        url.push('/');
    }
    let mut parameter = None;
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let Some((_, value)) = values.iter().find(|(other, _)| *other == name) else {
            return Err(RequestError::new(
                format!("the path parameter `{name}`"),
                "it has no value",
            ));
        };
        add_literal(url, literal, parameter)?;
        url.push_str(value);
        parameter = Some(name);
        rest = after;
    }
    add_literal(url, rest, parameter)?;
    check_segment(url, parameter)
}

/// Adds text of the template; a slash in it ends the segment that the last parameter stands in.
fn add_literal(
    url: &mut String,
    literal: &str,
    parameter: Option<&str>,
) -> Result<(), RequestError> {
    if literal.contains('/') {
        let (end, rest) = literal.split_once('/').unwrap_or_default();
        url.extend(utf8_percent_encode(end, ILLEGAL_IN_PATH));
        check_segment(url, parameter)?;
        url.push('/');
        url.extend(utf8_percent_encode(rest, ILLEGAL_IN_PATH));
    } else {
        url.extend(utf8_percent_encode(literal, ILLEGAL_IN_PATH));
    }
    Ok(())
}

fn check_segment(url: &str, parameter: Option<&str>) -> Result<(), RequestError> {
    // A triple that the document lets through is the same to whatever parses the URL.
    let segment = url
        .rsplit('/')
        .next()
        .map(|segment| segment.replace("%2e", ".").replace("%2E", "."));
    match (parameter, segment.as_deref()) {
        (Some(name), Some("." | "..")) => Err(RequestError::new(
            format!("the path parameter `{name}`"),
            "it makes a segment of dots, which would change the route",
        )),
        _ => Ok(()),
    }
}
