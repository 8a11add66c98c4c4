//! Spells values as cookies (OpenAPI, "Style Values"; RFC 6265, section 4.2.1).

use std::borrow::Cow;

use http::header::{COOKIE, InvalidHeaderValue};
use http::{HeaderMap, HeaderValue};

use super::codec::{Encode, View};
use super::form::json_text;
use super::params::{Spell, Unspellable, encoded, pairs, texts};

/// How a value is spelled in a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`, and `name=k,v` for an object.
    Form,
    /// `name=a; name=b`, and `k=v` for an object.
    FormExplode,
    /// As `Form`, but nothing is percent-encoded.
    Plain,
    /// As `FormExplode`, but nothing is percent-encoded.
    PlainExplode,
    /// The text of its JSON.
    Json,
}

/// The text of a value in the header `Cookie`, percent-encoded, for a semicolon or a comma would end it. Cookies stand
/// apart by `; `, also where the style would have `&` (RFC 6265, section 4.2.1).
pub fn cookie_text(
    name: &str,
    value: &dyn Encode,
    style: CookieStyle,
    spell: Spell<'_>,
) -> Result<String, Unspellable> {
    let view = value.view();
    match style {
        _ if matches!(view, View::Absent) => Ok(String::new()),
        CookieStyle::Json => Ok(format!("{name}={}", encoded(json_text(view)?.into()))),
        CookieStyle::Form => joined_cookie(name, view, spell),
        CookieStyle::FormExplode => exploded_cookies(name, view, spell),
        CookieStyle::Plain => joined_cookie(name, view, &plain_cookie).and_then(legal_cookies),
        CookieStyle::PlainExplode => {
            exploded_cookies(name, view, &plain_cookie).and_then(legal_cookies)
        }
    }
}

fn joined_cookie(name: &str, view: View<'_>, spell: Spell<'_>) -> Result<String, Unspellable> {
    let text = texts(view, ",", spell)?.join(",");
    Ok(format!("{name}={text}"))
}

fn exploded_cookies(name: &str, view: View<'_>, spell: Spell<'_>) -> Result<String, Unspellable> {
    let cookies = pairs(name, view, spell)?;
    let cookies: Vec<String> = cookies
        .iter()
        .map(|(name, text)| format!("{name}={text}"))
        .collect();
    Ok(cookies.join("; "))
}

/// A value that stands as it is; what would end the cookie is marked by a character that no header has.
fn plain_cookie(text: Cow<'_, str>) -> String {
    text.replace(';', "\n")
}

fn legal_cookies(cookies: String) -> Result<String, Unspellable> {
    match cookies.contains(|c: char| c.is_control()) {
        true => Err(Unspellable(
            "it has a character that no cookie can have, and the document has it sent as it is",
        )),
        false => Ok(cookies),
    }
}

/// Adds cookies to those of a request, all of which stand in one header. It is sensitive if any of them is.
pub fn add_cookies(
    headers: &mut HeaderMap,
    cookies: &str,
    is_sensitive: bool,
) -> Result<(), InvalidHeaderValue> {
    let before = headers.get(COOKIE);
    let was_sensitive = before.is_some_and(HeaderValue::is_sensitive);
    let mut value = match before {
        // What the user gave need not be ASCII.
        Some(before) => {
            HeaderValue::from_bytes(&[before.as_bytes(), b"; ", cookies.as_bytes()].concat())?
        }
        None => HeaderValue::from_str(cookies)?,
    };
    value.set_sensitive(is_sensitive || was_sensitive);
    headers.insert(COOKIE, value);
    Ok(())
}
