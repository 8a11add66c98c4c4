//! Literals of the languages of samples: read as the language reads them, each is the text again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::reference::Language;
use specwright::reference::fuzzing::{json_literal, literal};

fuzz_target!(|text: &str| {
    for language in Language::ALL {
        let Some(spelled) = literal(language, text) else {
            continue;
        };
        let (read, meant) = match language {
            // Neither can hold it.
            Language::Shell => (read_shell(&spelled), text.replace('\0', "")),
            Language::R => (read(&spelled, ""), text.replace('\0', "")),
            Language::JavaScript | Language::TypeScript | Language::Java => {
                (serde_json::from_str(&spelled).unwrap(), text.to_owned())
            }
            Language::Ruby => (read(&spelled, "#"), text.to_owned()),
            Language::Php => (read(&spelled, "$"), text.to_owned()),
            Language::Perl => (read(&spelled, "$@"), text.to_owned()),
            _ => (read(&spelled, ""), text.to_owned()),
        };
        assert_eq!(read, meant, "{language:?}: {spelled}");
        if matches!(language, Language::Java | Language::R) {
            assert!(spelled.is_ascii(), "{language:?}: {spelled}");
        }
    }
    let value = serde_json::Value::from(text);
    for language in [Language::Go, Language::CSharp, Language::Perl, Language::R] {
        let Some(spelled) = json_literal(language, &value) else {
            continue;
        };
        let json = match language {
            Language::CSharp => within(&spelled, "@\"", "\"").replace("\"\"", "\""),
            Language::Go if spelled.starts_with('`') => within(&spelled, "`", "`").to_owned(),
            Language::Go => read(&spelled, ""),
            Language::Perl => read_single(within(&spelled, "'", "'")),
            _ => {
                let hyphens: String = spelled[2..].chars().take_while(|c| *c == '-').collect();
                let (open, close) = (format!("r\"{hyphens}("), format!("){hyphens}\""));
                let inner = within(&spelled, &open, &close);
                assert!(!inner.contains(&close), "{spelled}");
                inner.to_owned()
            }
        };
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text, "{language:?}: {spelled}");
    }
});

fn within<'t>(text: &'t str, open: &str, close: &str) -> &'t str {
    text.strip_prefix(open).and_then(|text| text.strip_suffix(close)).unwrap_or_else(|| panic!("{text}"))
}

/// What stands between double quotes, where a backslash escapes; these characters may not stand there bare.
fn read(literal: &str, special: &str) -> String {
    let inner = within(literal, "\"", "\"");
    let mut bytes = Vec::new();
    let mut chars = inner.chars().peekable();
    let push = |bytes: &mut Vec<u8>, c: char| bytes.extend(c.to_string().as_bytes());
    while let Some(c) = chars.next() {
        assert!(c != '"' && c != '\n' && !special.contains(c), "{literal}");
        if c != '\\' {
            push(&mut bytes, c);
            continue;
        }
        match chars.next().unwrap() {
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            'x' => bytes.push(u8::try_from(hex(&mut chars, 2)).unwrap()),
            'u' if chars.peek() == Some(&'{') => {
                chars.next();
                let digits: String = chars.by_ref().take_while(|c| *c != '}').collect();
                let number = u32::from_str_radix(&digits, 16).unwrap();
                push(&mut bytes, char::from_u32(number).unwrap());
            }
            'u' => push(&mut bytes, char::from_u32(hex(&mut chars, 4)).unwrap()),
            'U' => push(&mut bytes, char::from_u32(hex(&mut chars, 8)).unwrap()),
            other => {
                assert!(other == '"' || other == '\\' || special.contains(other), "{literal}");
                push(&mut bytes, other);
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn hex(chars: &mut impl Iterator<Item = char>, count: usize) -> u32 {
    let digits: String = chars.take(count).collect();
    u32::from_str_radix(&digits, 16).unwrap()
}

/// What stands between the single quotes of Perl.
fn read_single(inner: &str) -> String {
    let mut read = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        assert_ne!(c, '\'', "{inner}");
        read.push(if c == '\\' { chars.next().unwrap() } else { c });
    }
    read
}

/// What a shell makes of single quotes and of backslashes between them.
fn read_shell(literal: &str) -> String {
    let mut read = String::new();
    let mut quoted = false;
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (_, '\'') => quoted = !quoted,
            (true, c) => read.push(c),
            (false, '\\') => read.push(chars.next().unwrap()),
            (false, c) => panic!("{c} stands bare in {literal}"),
        }
    }
    assert!(!quoted, "{literal}");
    read
}
