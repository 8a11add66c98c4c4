//! The part of a reference behind `#`: a JSON Pointer (RFC 6901) in percent-encoding (RFC 3986).

use serde_json::Value;

/// The tokens of a fragment, or why it is no pointer.
pub(super) fn tokens(fragment: &str) -> Result<Vec<String>, &'static str> {
    let text = percent_decode(fragment).ok_or("its percent-encoding is malformed")?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err("what follows `#` must be a JSON Pointer, which begins with `/`");
    };
    rest.split('/')
        .map(|token| unescape(token).ok_or("`~` must be followed by 0 or 1 in a JSON Pointer"))
        .collect()
}

/// What stands at the end of a way from the root.
pub(super) fn lookup<'v>(root: &'v Value, tokens: &[String]) -> Option<&'v Value> {
    tokens.iter().try_fold(root, |value, token| match value {
        Value::Object(object) => object.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A token of a JSON Pointer without its escapes; nothing if it is malformed.
pub(super) fn unescape(token: &str) -> Option<String> {
    let mut text = String::with_capacity(token.len());
    let mut chars = token.chars();
    while let Some(c) = chars.next() {
        match c {
            '~' => text.push(match chars.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            }),
            other => text.push(other),
        }
    }
    Some(text)
}

/// A text without its percent-encoding; nothing if it is malformed.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_fragment_is_decoded_and_then_cut_into_tokens() {
        let read = |text: &str| tokens(text).ok();
        let words = |list: &[&str]| Some(list.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(read(""), words(&[]));
        assert_eq!(read("/a~1b/~0/%C3%A9/%25"), words(&["a/b", "~", "é", "%"]));
        assert_eq!(read("/a%2Fb"), words(&["a", "b"]));
        for malformed in ["a", "/~2", "/~", "/%", "/%ZZ", "/%FF"] {
            assert_eq!(read(malformed), None, "{malformed}");
        }
    }
}
