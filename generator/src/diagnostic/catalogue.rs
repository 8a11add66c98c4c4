//! The closed catalogue of codes: one entry for every kind of finding, in one place.

use super::Severity;
use std::fmt;

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// The kind of a finding. Its text is stable: `--strict` and `explain` take it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the stages that report them.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The name that is printed and that the user types.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }

            /// How bad a finding of this kind is unless the user says otherwise.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$name => Severity::$severity,)+
                }
            }

            /// The paragraph that `specwright explain` prints.
            pub fn explanation(self) -> String {
                let lines: &[&str] = match self {
                    $(Code::$name => &[$($doc),+],)+
                };
                lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
            }
        }
    };
}

catalogue! {
    /// A file could not be read.
    Io = "io", Error;
    /// The file is neither YAML nor JSON, or is cut off.
    Syntax = "syntax", Error;
    /// The same key stands twice in one mapping. Most readers keep the last value in silence, which hides a whole
    /// operation or property, so specwright refuses to guess which one was meant.
    DuplicateKey = "duplicate-key", Error;
    /// The file is larger, deeper or unfolds to more nodes than the limits allow.
    Limit = "limit", Error;
    /// The document is of no version of OpenAPI that specwright reads.
    Version = "version", Error;
    /// An object of the document is not what the specification says should stand there.
    WrongType = "wrong-type", Warning;
    /// A field that the specification does not know at this place; it is ignored.
    UnknownField = "unknown-field", Warning;
    /// A field that must be there is not; it is filled in or its object left out.
    MissingField = "missing-field", Warning;
    /// A number or a flag where the specification wants a string.
    UnquotedString = "unquoted-string", Note;
    /// A component whose name has characters that the specification does not allow.
    InvalidName = "invalid-name", Warning;
    /// A field beside `$ref`, which OpenAPI 3.0 ignores.
    ReferenceSibling = "reference-sibling", Note;
    /// A reference leads nowhere or to an object of another kind.
    UnresolvedReference = "unresolved-reference", Error;
    /// References lead in a circle and never reach an object.
    CircularReference = "circular-reference", Error;
    /// A construct that OpenAPI allows and specwright does not carry yet. What is lost is said in the message.
    NotSupported = "not-supported", Warning;
    /// Two operations have the same operationId; the second is named after its method and path.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A variable of the path has no parameter, or a path parameter has no variable in the path.
    PathParameter = "path-parameter", Warning;
    /// A path that is not a path: a query, a fragment, a scheme or no leading slash.
    InvalidPath = "invalid-path", Warning;
    /// A key under `responses` that is no status, range or `default`.
    InvalidStatus = "invalid-status", Warning;
    /// A header name, media type or other token that HTTP does not allow.
    InvalidToken = "invalid-token", Warning;
    /// The parts of an allOf contradict each other; no value would satisfy all of them.
    Contradiction = "contradiction", Warning;
    /// A union whose variants cannot be told apart by a discriminator, a constant, a property or a type.
    AmbiguousUnion = "ambiguous-union", Note;
    /// A type that contains itself without an array, a map or an optional field between, so no finite value exists.
    InfiniteType = "infinite-type", Warning;
    /// A default or an example that its own schema does not allow.
    InvalidValue = "invalid-value", Warning;
    /// An operation is left out of the client.
    OperationLeftOut = "operation-left-out", Warning;
    /// A security requirement names a scheme that the document does not declare, or one of a kind not carried.
    SecurityScheme = "security-scheme", Warning;
    /// A server URL that is no URL, or whose variables do not fit its template.
    InvalidServer = "invalid-server", Warning;
    /// A fault of specwright itself, not of the document. Please report it.
    Internal = "internal", Error;
}

impl Code {
    /// The code of a text that the user typed.
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
