//! Templates: paths and server URLs with names in braces.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text that stands as it is.
    Literal(&'t str),
    /// A name that stood in braces.
    Variable(&'t str),
}

/// Takes a template apart; the error says what is wrong with it.
pub(super) fn parse_template(text: &str) -> Result<Vec<Piece<'_>>, &'static str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        if literal.contains('}') {
            return Err("a `}` closes nothing");
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        let Some((name, after)) = after.split_once('}') else {
            return Err("a `{` is not closed");
        };
        if name.is_empty() {
            return Err("the name between `{` and `}` is empty");
        }
        if name.contains('{') {
            return Err("a `{` stands inside of another");
        }
        pieces.push(Piece::Variable(name));
        rest = after;
    }
    if rest.contains('}') {
        return Err("a `}` closes nothing");
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Ok(pieces)
}

/// A key of `paths`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PathKey<'k> {
    /// The path itself.
    pub(super) path: &'k str,
    /// The query that documents put behind it, though it belongs into parameters.
    pub(super) query: Vec<QueryPart<'k>>,
    /// Why it is not to be taken as it stands, if so.
    pub(super) repair: Option<&'static str>,
}

/// A part of a query that stands in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QueryPart<'k> {
    /// `name=value`.
    Constant { name: &'k str, value: &'k str },
    /// `name={variable}`.
    Variable { name: &'k str, variable: &'k str },
    /// One of the names in `{?name,name}` (RFC 6570, section 3.2.8), which may be absent.
    Optional(&'k str),
}

impl<'k> QueryPart<'k> {
    /// What it is called in the query.
    pub(super) fn name(&self) -> &'k str {
        match *self {
            QueryPart::Constant { name, .. }
            | QueryPart::Variable { name, .. }
            | QueryPart::Optional(name) => name,
        }
    }

    /// The variable that its value is.
    pub(super) fn variable(&self) -> Option<&'k str> {
        match *self {
            QueryPart::Constant { .. } => None,
            QueryPart::Variable { variable, .. } => Some(variable),
            QueryPart::Optional(name) => Some(name),
        }
    }
}

/// Takes a key of `paths` apart; the error says why it cannot be a path.
pub(super) fn parse_key(key: &str) -> Result<PathKey<'_>, &'static str> {
    if !key.starts_with('/') {
        return Err("it does not begin with `/`");
    }
    if key.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    let (sent, fragment) = match key.split_once('#') {
        Some((sent, fragment)) => (sent, Some(fragment)),
        None => (key, None),
    };
    let (path, query) = split_query(sent)?;
    parse_template(path)?;
    let repair = match (query.is_empty(), fragment) {
        (false, _) => Some("what stands in its query is sent as parameters"),
        (true, Some(_)) => Some("a fragment is never sent"),
        (true, None) if path.len() < sent.len() => Some("its query is empty and not sent"),
        (true, None) => None,
    };
    Ok(PathKey {
        path,
        query,
        repair,
    })
}

fn split_query(sent: &str) -> Result<(&str, Vec<QueryPart<'_>>), &'static str> {
    if let Some((path, names)) = sent.split_once("{?") {
        let names = names
            .strip_suffix('}')
            .filter(|names| !names.contains(['{', '}', '?', '*', ':']))
            .ok_or("the query in its template has no form that can be read")?;
        let names = names.split(',').filter(|name| !name.is_empty());
        return Ok((path, names.map(QueryPart::Optional).collect()));
    }
    let Some((path, query)) = sent.split_once('?') else {
        return Ok((sent, Vec::new()));
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let parts: Result<Vec<_>, _> = pairs.map(query_part).collect();
    Ok((path, parts?))
}

fn query_part(pair: &str) -> Result<QueryPart<'_>, &'static str> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    if name.is_empty() || name.contains(['{', '}', '?']) {
        return Err("a name in its query is not plain text");
    }
    match parse_template(value)?.as_slice() {
        [] => Ok(QueryPart::Constant { name, value: "" }),
        [Piece::Literal(value)] => Ok(QueryPart::Constant { name, value }),
        [Piece::Variable(variable)] => Ok(QueryPart::Variable { name, variable }),
        _ => Err("a value in its query is text and a variable"),
    }
}

/// The words that name an operation without an operationId: `get`, `pets`, `by`, `petId`.
pub(super) fn derived_words(method: &str, path: &str) -> Vec<String> {
    let mut words = vec![method.to_ascii_lowercase()];
    for piece in parse_template(path).unwrap_or_default() {
        match piece {
            Piece::Literal(text) => {
                let parts = text.split(|c: char| !c.is_alphanumeric());
                words.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
            }
            Piece::Variable(name) => {
                words.push("by".to_owned());
                words.push(name.to_owned());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{PathKey, Piece, QueryPart, derived_words, parse_key, parse_template};

    #[test]
    fn a_template_is_taken_apart() {
        let pieces = parse_template("/a/{b}.{c}/");
        let expected = vec![
            Piece::Literal("/a/"),
            Piece::Variable("b"),
            Piece::Literal("."),
            Piece::Variable("c"),
            Piece::Literal("/"),
        ];
        assert_eq!(pieces, Ok(expected));
    }

    #[test]
    fn broken_templates_and_paths_are_refused() {
        let broken = [
            "/a/{b",
            "/a/b}",
            "/a/{}",
            "/a/{b{c}}",
            "a",
            "/a?{b}=c",
            "/a?b={c}-{d}",
            "/a{?b",
            "/a{?b*}",
        ];
        for text in broken {
            assert!(parse_key(text).is_err(), "{text}");
        }
        let plain = PathKey {
            path: "/a/{b}",
            query: Vec::new(),
            repair: None,
        };
        assert_eq!(parse_key("/a/{b}"), Ok(plain));
    }

    #[test]
    fn a_fragment_is_not_of_the_path() {
        let key = parse_key("/a#b{c}").map(|key| (key.path, key.query, key.repair.is_some()));
        assert_eq!(key, Ok(("/a", Vec::new(), true)));
    }

    #[test]
    fn a_query_in_a_path_becomes_parameters() {
        let parts = |key| parse_key(key).map(|key| (key.path, key.query));
        let constant = |name, value| QueryPart::Constant { name, value };
        let expected = vec![
            constant("op", "list"),
            QueryPart::Variable {
                name: "id",
                variable: "petId",
            },
            constant("all", ""),
        ];
        assert_eq!(parts("/a?op=list&id={petId}&all#x"), Ok(("/a", expected)));
        let optional = vec![QueryPart::Optional("page"), QueryPart::Optional("size")];
        assert_eq!(parts("/a/{b}{?page,size}"), Ok(("/a/{b}", optional)));
    }

    #[test]
    fn words_come_from_the_method_and_the_path() {
        let words = derived_words("GET", "/v1/pets/{petId}/toys");
        assert_eq!(words, ["get", "v1", "pets", "by", "petId", "toys"]);
    }
}
