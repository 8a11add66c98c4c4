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

/// What is wrong with a path, if anything.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        Some("it does not begin with `/`")
    } else if path.contains('?') {
        Some("it holds a query, which belongs into parameters")
    } else if path.chars().any(char::is_control) {
        Some("it holds a control character")
    } else {
        parse_template(path).err()
    }
}

/// The part of a path that is sent, and the fragment with which documents tell apart what has the same path.
pub(super) fn without_fragment(path: &str) -> (&str, Option<&str>) {
    match path.split_once('#') {
        Some((sent, fragment)) => (sent, Some(fragment)),
        None => (path, None),
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
    use super::{Piece, derived_words, parse_template, path_fault, without_fragment};

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
        for text in ["/a/{b", "/a/b}", "/a/{}", "/a/{b{c}}", "a", "/a?b=c"] {
            assert!(path_fault(text).is_some(), "{text}");
        }
        assert_eq!(path_fault("/a/{b}"), None);
    }

    #[test]
    fn a_fragment_is_not_of_the_path() {
        assert_eq!(without_fragment("/a#b{c}"), ("/a", Some("b{c}")));
        assert_eq!(without_fragment("/a"), ("/a", None));
    }

    #[test]
    fn words_come_from_the_method_and_the_path() {
        let words = derived_words("GET", "/v1/pets/{petId}/toys");
        assert_eq!(words, ["get", "v1", "pets", "by", "petId", "toys"]);
    }
}
