//! Secrets: which strings must not be shown.
//!
//! A document marks them by `format: password` or `x-specwright-secret: true`. A string that is `writeOnly` is one too if
//! its name says that it is a credential: OpenAPI has `writeOnly` for passwords first of all, and what a server never
//! shows again has no place in a log.

use super::context::Lowering;
use super::keywords::{Keywords, Kind, Node};
use crate::diagnostic::Code;
use crate::model::{Scalar, Type, TypeId, TypeName};
use crate::source::Pointer;
use heck::ToSnakeCase as _;

/// The last word of the names of credentials. `tokenType` and `secret_name` are none.
const CREDENTIALS: &[&str] = &[
    "credential",
    "credentials",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "token",
];

/// What comes before `key` in the names of credentials.
const KEYS: &[&str] = &[
    "access",
    "account",
    "api",
    "auth",
    "encryption",
    "private",
    "secret",
    "signing",
];

/// Words after which a name is still that of the credential: `passwordConfirmation`.
const REPEATS: &[&str] = &["again", "confirm", "confirmation", "repeat", "value"];

/// Whether a property of this name is a credential.
pub(super) fn names_credential(name: &str) -> bool {
    let snake = name.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| REPEATS.contains(word)) {
        words.pop();
    }
    match words.as_slice() {
        [.., before, "key"] => KEYS.contains(before),
        [.., "apikey"] => true,
        [.., last] => CREDENTIALS.contains(last),
        [] => false,
    }
}

impl Lowering<'_> {
    /// The type with its text made a secret.
    pub(super) fn make_secret(&mut self, ty: Type, at: &Pointer) -> Type {
        match ty {
            Type::Scalar(Scalar::String | Scalar::Secret | Scalar::Uri) => {
                Type::Scalar(Scalar::Secret)
            }
            Type::Nullable(inner) => Type::Nullable(Box::new(self.make_secret(*inner, at))),
            Type::List(inner) => Type::List(Box::new(self.make_secret(*inner, at))),
            Type::Map(key, inner) => Type::Map(key, Box::new(self.make_secret(*inner, at))),
            Type::Named(id) if self.is_text_component(id) => Type::Scalar(Scalar::Secret),
            other => {
                self.report_not_secret(at);
                other
            }
        }
    }

    /// The type made a secret if it is a plain string, and as it was if not.
    pub(super) fn make_text_secret(&self, ty: Type) -> Type {
        match ty {
            Type::Scalar(Scalar::String) => Type::Scalar(Scalar::Secret),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.make_text_secret(*inner))),
            Type::Named(id) if self.is_text_component(id) => Type::Scalar(Scalar::Secret),
            other => other,
        }
    }

    /// Whether a component is a plain string. Its shape may not be known yet, so its schema is asked.
    fn is_text_component(&self, id: TypeId) -> bool {
        let TypeName::Component(name) = &self.types[id].name else {
            return false;
        };
        let schema = self
            .components()
            .and_then(|components| components.schemas.get(name.as_str()));
        let resolved =
            schema.and_then(|schema| self.schema_of(Node::from(schema), &Pointer::root()));
        resolved.is_some_and(|(schema, _)| {
            let keywords = Keywords::of(schema);
            keywords.kind == Some(Kind::String) && keywords.enumeration.is_empty()
        })
    }

    fn report_not_secret(&mut self, at: &Pointer) {
        let message = "only plain strings can be secrets; this value is shown in `Debug`";
        self.report(Code::NotSupported, at, message);
    }
}

#[cfg(test)]
mod tests {
    use super::names_credential;

    #[test]
    fn the_last_word_tells_a_credential() {
        for name in [
            "password",
            "newPassword",
            "password_confirmation",
            "client_secret",
            "refreshToken",
            "apiKey",
            "APIKey",
            "apikey",
            "private-key",
            "secretAccessKey",
        ] {
            assert!(names_credential(name), "{name}");
        }
        for name in [
            "token_type",
            "secretName",
            "key",
            "primaryKey",
            "passwordPolicy",
            "name",
            "",
            "-",
            "publicKey",
        ] {
            assert!(!names_credential(name), "{name}");
        }
    }
}
