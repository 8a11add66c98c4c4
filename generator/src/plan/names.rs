//! Names: from any text to legal Rust identifiers, unique in their scope.
//!
//! A name depends on its own spelling, on what is reserved in its place and on the others that would be spelled the
//! same, never on unrelated ones: adding a schema does not rename another.

use super::reserved::{Place, is_path_keyword, is_raw_keyword};
use super::words::words;
use crate::rust::RustName;
use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::{HashMap, HashSet};

/// What a name is for, which decides its case and what it is called when the text gives nothing to call it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A type or a marker: `PascalCase`.
    Type,
    /// A variant: `PascalCase`.
    Variant,
    /// A field: `snake_case`.
    Field,
    /// An argument or a setter: `snake_case`.
    Argument,
    /// A method: `snake_case`.
    Method,
    /// A static: `SHOUTY_SNAKE_CASE`.
    Constant,
}

impl Kind {
    fn spell(self, words: &str) -> String {
        match self {
            Kind::Type | Kind::Variant => words.to_upper_camel_case(),
            Kind::Field | Kind::Argument | Kind::Method => words.to_snake_case(),
            Kind::Constant => words.to_shouty_snake_case(),
        }
    }

    fn for_nothing(self) -> &'static str {
        match self {
            Kind::Type => "Unnamed",
            Kind::Variant => "Empty",
            Kind::Field => "empty",
            Kind::Argument => "value",
            Kind::Method => "call",
            Kind::Constant => "UNNAMED",
        }
    }

    fn before_digit(self) -> &'static str {
        match self {
            Kind::Type => "T",
            Kind::Variant => "V",
            Kind::Field | Kind::Argument | Kind::Method | Kind::Constant => "_",
        }
    }

    fn numbered(self, name: &str, number: usize) -> String {
        // `Self_` keeps off the keyword with its underscore; before a number that would be no upper camel case.
        let name = match self {
            Kind::Type | Kind::Variant => name.trim_end_matches('_'),
            _ => name,
        };
        let apart = match self {
            Kind::Type | Kind::Variant => name.ends_with(|c: char| c.is_ascii_digit()),
            _ => !name.ends_with('_'),
        };
        if apart {
            format!("{name}_{number}")
        } else {
            format!("{name}{number}")
        }
    }
}

/// A text that wants to be a name.
#[derive(Debug, Clone)]
pub(crate) struct Wish<'a> {
    /// The words to make it of; several are joined.
    pub(crate) words: Vec<&'a str>,
    /// Whether it comes before others that are spelled the same: components before inline types.
    pub(crate) first: bool,
    /// What tells it from one that comes first and is spelled the same, rather than a number.
    pub(crate) apart: &'static str,
}

impl<'a> Wish<'a> {
    /// The wish for the name of one text.
    pub(crate) fn of(text: &'a str) -> Self {
        Wish {
            words: vec![text],
            first: true,
            apart: "",
        }
    }
}

/// Names for all wishes of one scope, in their order.
///
/// Of those that are spelled the same, the one that is spelled so on the wire keeps the name, else the first; the
/// others are numbered from 2 in the order of the document.
pub(crate) fn plan_names(kind: Kind, place: Place, wishes: &[Wish<'_>]) -> Vec<RustName> {
    let mut scope = Scope::new(kind, place);
    scope.add(wishes)
}

/// The names of a scope that is filled in several steps.
#[derive(Debug)]
pub(crate) struct Scope {
    kind: Kind,
    place: Place,
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope without names.
    pub(crate) fn new(kind: Kind, place: Place) -> Self {
        Scope {
            kind,
            place,
            taken: HashSet::new(),
            next: HashMap::new(),
        }
    }

    /// Adds wishes that are as good as each other, and worse than those of former steps.
    pub(crate) fn add(&mut self, wishes: &[Wish<'_>]) -> Vec<RustName> {
        let spelled: Vec<String> = wishes.iter().map(|wish| self.spell(wish)).collect();
        let mut owners: HashMap<&str, (u8, usize)> = HashMap::new();
        for (index, (wish, name)) in wishes.iter().zip(&spelled).enumerate() {
            let exact = matches!(wish.words.as_slice(), [text] if text == name);
            let rank = (u8::from(!wish.first) * 2 + u8::from(!exact), index);
            owners
                .entry(name)
                .and_modify(|best| *best = rank.min(*best))
                .or_insert(rank);
        }
        let owners: HashMap<&str, usize> = owners
            .into_iter()
            .filter(|(name, _)| !self.taken.contains(*name))
            .map(|(name, (_, index))| (name, index))
            .collect();
        self.taken
            .extend(owners.keys().map(|name| (*name).to_owned()));
        spelled
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let owner = owners.get(name.as_str()).copied();
                if owner == Some(index) {
                    return identifier(name.clone());
                }
                let wish = wishes.get(index);
                let is_after = owner
                    .and_then(|owner| wishes.get(owner))
                    .is_some_and(|owner| owner.first);
                let apart = wish.map_or("", |wish| wish.apart);
                let longer = format!("{name}{apart}");
                let is_free = is_after && !apart.is_empty() && !self.place.reserves(&longer);
                if is_free && self.taken.insert(longer.clone()) {
                    return identifier(longer);
                }
                identifier(self.number(name))
            })
            .collect()
    }

    /// Adds one name.
    pub(crate) fn add_one(&mut self, text: &str) -> RustName {
        let wish = Wish::of(text);
        let name = self.spell(&wish);
        if self.taken.insert(name.clone()) {
            identifier(name)
        } else {
            identifier(self.number(&name))
        }
    }

    /// Whether a text is spelled like a name that is there.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.taken.contains(&self.spell(&Wish::of(text)))
    }

    /// Adds the first of the names that is free, or the first one with a number.
    pub(crate) fn add_first_free(&mut self, texts: &[&str]) -> RustName {
        let free = texts.iter().find(|text| !self.taken.contains(**text));
        self.add_one(free.or(texts.first()).unwrap_or(&""))
    }

    fn spell(&self, wish: &Wish<'_>) -> String {
        let words: Vec<String> = wish.words.iter().map(|text| words(text)).collect();
        let mut name = self.kind.spell(&words.join(" "));
        if name.is_empty() {
            self.kind.for_nothing().clone_into(&mut name);
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert_str(0, self.kind.before_digit());
        }
        if is_path_keyword(&name) {
            name.push('_');
        }
        if self.place.reserves(&name) {
            name.push_str(match self.kind {
                Kind::Type | Kind::Variant => "Schema",
                _ => "_",
            });
        }
        name
    }

    fn number(&mut self, name: &str) -> String {
        let next = self.next.entry(name.to_owned()).or_insert(2);
        loop {
            let candidate = self.kind.numbered(name, *next);
            *next += 1;
            if !self.place.reserves(&candidate) && self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// The identifier of a name that is legal but for being a keyword.
fn identifier(name: String) -> RustName {
    if is_raw_keyword(&name) {
        RustName::new(format!("r#{name}"))
    } else {
        RustName::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Place, Wish, plan_names};

    fn names(kind: Kind, place: Place, texts: &[&str]) -> Vec<String> {
        let wishes: Vec<Wish<'_>> = texts.iter().map(|text| Wish::of(text)).collect();
        plan_names(kind, place, &wishes)
            .iter()
            .map(|name| name.as_str().to_owned())
            .collect()
    }

    fn name(kind: Kind, text: &str) -> String {
        names(kind, Place::Local, &[text]).concat()
    }

    #[test]
    fn the_case_follows_the_kind() {
        assert_eq!(name(Kind::Field, "accessType"), "access_type");
        assert_eq!(
            name(Kind::Type, "create_repo-key request"),
            "CreateRepoKeyRequest"
        );
        assert_eq!(name(Kind::Variant, "READ_ONLY"), "ReadOnly");
        assert_eq!(name(Kind::Constant, "BearerAuth"), "BEARER_AUTH");
        assert_eq!(name(Kind::Method, "HTTPResponse.get"), "http_response_get");
    }

    #[test]
    fn keywords_of_every_edition_are_raw_or_end_in_an_underscore() {
        for (text, expected) in [
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("async", "r#async"),
            ("try", "r#try"),
            ("self", "self_"),
            ("super", "super_"),
            ("crate", "crate_"),
        ] {
            assert_eq!(name(Kind::Field, text), expected);
        }
        assert_eq!(name(Kind::Variant, "self"), "Self_");
    }

    #[test]
    fn any_text_becomes_an_identifier_of_ascii() {
        for (kind, text, expected) in [
            (Kind::Field, "", "empty"),
            (Kind::Variant, "", "Empty"),
            (Kind::Variant, "*", "Star"),
            (Kind::Variant, "+1", "Plus1"),
            (Kind::Variant, "-1", "Minus1"),
            (Kind::Variant, "-created", "MinusCreated"),
            (Kind::Variant, "!=", "NotEq"),
            (Kind::Field, "2fa", "_2fa"),
            (Kind::Variant, "1080p", "V1080p"),
            (Kind::Type, "404", "T404"),
            (Kind::Field, "@odata.type", "odata_type"),
            (Kind::Field, "_", "underscore"),
            (Kind::Field, "__", "underscore_underscore"),
            (Kind::Type, "caf\u{e9}", "Cafe"),
            (Kind::Type, "cafe\u{301}", "Cafe"),
            (Kind::Type, "\u{4e2d}\u{6587}", "ZhongWen"),
            (Kind::Field, "Stra\u{df}e", "strasse"),
            (Kind::Field, "user's", "users"),
        ] {
            assert_eq!(name(kind, text), expected, "{text:?}");
        }
        for text in [
            "\u{202e}",
            "\u{0}",
            "\u{1f600}",
            "\u{e000}",
            "\u{10ffff}",
            "\u{200b}",
        ] {
            let name = name(Kind::Field, text);
            assert!(
                name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
                "{text:?} became {name:?}"
            );
        }
    }

    #[test]
    fn equal_names_are_numbered_and_the_exact_one_keeps_its_own() {
        assert_eq!(
            names(Kind::Field, Place::Local, &["fooBar", "foo_bar", "FooBar"]),
            ["foo_bar_2", "foo_bar", "foo_bar_3"]
        );
        assert_eq!(
            names(Kind::Type, Place::Types, &["foo", "Foo", "Foo2", "FOO"]),
            ["Foo3", "Foo", "Foo2", "Foo4"]
        );
        assert_eq!(
            names(
                Kind::Argument,
                Place::Local,
                &["StartTime", "StartTime<", "StartTime>"]
            ),
            ["start_time", "start_time_lt", "start_time_gt"]
        );
        assert_eq!(
            names(Kind::Variant, Place::Local, &["v1", "V1"]),
            ["V1_2", "V1"]
        );
    }

    #[test]
    fn what_is_reserved_gets_a_suffix() {
        assert_eq!(
            names(
                Kind::Type,
                Place::Types,
                &["Option", "Error", "Client", "Box"]
            ),
            ["OptionSchema", "Error", "Client", "BoxSchema"]
        );
        assert_eq!(
            names(
                Kind::Argument,
                Place::RequestMethods,
                &["timeout", "Timeout", "limit"]
            ),
            ["timeout_", "timeout_2", "limit"]
        );
    }

    #[test]
    fn a_name_without_end_is_cut_and_stays_distinct() {
        let long = "ab".repeat(50_000);
        let first = name(Kind::Field, &long);
        let second = name(Kind::Field, &format!("{long}c"));
        assert!(first.len() < 120);
        assert_ne!(first, second);
    }
}
