//! Percent-encoding undone, and the pairs of queries and forms.

/// Undoes percent-encoding; what is no UTF-8 is replaced.
pub fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&bytes(text)).into_owned()
}

/// The same for a query or a form, where a plus sign means a space.
pub fn decoded_form(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                out.push(high * 16 + low);
                rest = ahead;
            }
            _ => out.push(byte),
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// The pairs of a query or a form: names decoded, values as they are spelled.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded_form(name), value.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{decoded, decoded_form, pairs};

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decoded("a%20b%2"), "a b%2");
        assert_eq!(decoded("100%zz%F0%9F%A6%80+"), "100%zz🦀+");
        assert_eq!(decoded_form("a+b%2B"), "a b+");
    }

    #[test]
    fn a_pair_needs_no_value() {
        let expected = [("a", "1%202"), ("b c", ""), ("d", "")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs("a=1%202&b+c&&d="), expected);
    }
}
