//! The closed catalogue of codes: one entry for every kind of finding, in one place.

mod examples;

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

            fn meaning(self) -> String {
                let lines: &[&str] = match self {
                    $(Code::$name => &[$($doc),+],)+
                };
                lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
            }
        }
    };
}

catalogue! {
    /// A file could not be read. It is not there, or may not be read by this user. Nothing is known of the document, so this
    /// ends a run like a wrong argument does.
    Io = "io", Error;
    /// The file is neither YAML nor JSON, or is cut off. The place is where reading had to stop; the mistake may stand a
    /// little before it, such as a quote or a bracket that is never closed. Keys must be strings, and the file UTF-8.
    Syntax = "syntax", Error;
    /// The same key stands twice in one mapping. Most readers keep the last value in silence, which hides a whole
    /// operation or property, so specwright refuses to guess which one was meant.
    DuplicateKey = "duplicate-key", Error;
    /// The file is larger, deeper or unfolds to more values than the limits allow. They keep a hostile document from taking
    /// all memory: 64 MiB, 128 levels, JSON Pointers of 4 KiB, 5 million values, and aliases of YAML that unfold to 100 times
    /// the file. An alias inside of the value that it repeats has no end at all. The output has a limit, too: 200 times the
    /// files. Each can be set (`--limit`, or `limits` in specwright.toml).
    Limit = "limit", Error;
    /// The document is of no version of OpenAPI that specwright reads. The field `openapi` at the top says which one it is.
    Version = "version", Error;
    /// A value of another type stands here than the specification says. Where it is obvious what was meant, it is mended, and
    /// the message says how; otherwise the smallest piece is left out. Where that would be a whole object or array outside
    /// of a schema it is an error, since the client would send something else than the document says.
    WrongType = "wrong-type", Warning;
    /// A field that the specification does not know at this place; it is ignored. It may be misspelled, belong to another
    /// object, or be an extension that does not begin with `x-`.
    UnknownField = "unknown-field", Warning;
    /// A field that must be there is not. It is filled in where that does no harm, or its object is left out.
    MissingField = "missing-field", Warning;
    /// A number or a flag where the specification wants a string. In YAML that happens without quotes. The value is taken as
    /// it is spelled, so nothing is lost, but other readers may make 1.1 of 1.10.
    UnquotedString = "unquoted-string", Note;
    /// A component whose name has characters that the specification does not allow. Letters, digits, `.`, `-` and `_` are
    /// allowed. Other names work, but tools disagree about how references to them are written. A control character is an
    /// error, as nobody types one by mistake.
    InvalidName = "invalid-name", Warning;
    /// A field beside `$ref`, which OpenAPI 3.0 ignores. If it matters, put the reference into an `allOf` of one part.
    ReferenceSibling = "reference-sibling", Note;
    /// A reference leads nowhere or to an object of another kind. The part behind `#` is a JSON Pointer: `/` in a name is
    /// written `~1` and `~` is written `~0`, and what a URL does not allow is percent-encoded. Where nothing is to be found,
    /// a schema accepts any value, and anything else is left out. An object that holds a schema stands for its schema where
    /// one is wanted, and a schema for a response, a body or a header that holds it; what cannot be meant at all is an error.
    UnresolvedReference = "unresolved-reference", Warning;
    /// A reference leads where specwright does not go: to another server, or to a file outside of the folder of the document.
    /// Further folders can be named (`--root`, or `roots` in specwright.toml). Of what is on a server, a local copy can be
    /// mapped to the beginning of its URL (`mappings` in specwright.toml), with a checksum that says what the copy is.
    /// Symbolic links are resolved first.
    ForbiddenReference = "forbidden-reference", Error;
    /// References lead in a circle and never reach an object. A schema may well refer to itself from one of its properties;
    /// but one that is nothing than a reference back to itself describes no value.
    CircularReference = "circular-reference", Error;
    /// A construct that OpenAPI allows and specwright does not carry yet. What is lost is said in the message.
    NotSupported = "not-supported", Warning;
    /// Two operations have the same operationId; the second is named after its method and path.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A tag that the document declares more than once. The first declaration is shown; operations name tags by their names
    /// alone, so none is lost.
    DuplicateTag = "duplicate-tag", Warning;
    /// A variable of the path has no parameter, or a path parameter has no variable in the path.
    PathParameter = "path-parameter", Warning;
    /// A path that is not a path. A fragment is dropped, since it is never sent, and what stands in a query is sent as
    /// parameters: `name=value` with every call, `name={variable}` and `{?name}` as the user says. What has a scheme, no
    /// leading slash or braces that do not match is left out.
    InvalidPath = "invalid-path", Warning;
    /// A key under `responses` that is no status, range or `default`.
    InvalidStatus = "invalid-status", Warning;
    /// A header name, media type or other token that HTTP does not allow.
    InvalidToken = "invalid-token", Warning;
    /// The parts of an allOf contradict each other; no value would satisfy all of them.
    Contradiction = "contradiction", Warning;
    /// A union whose variants cannot be told apart by a discriminator, a constant, a property or a type. Values are read as
    /// the variant that they fit best, the first in the document where several fit alike. Nothing of a value is lost
    /// that the variant names, but it may be another one than its author meant.
    AmbiguousUnion = "ambiguous-union", Warning;
    /// A type that contains itself without an array, a map or an optional field between, so no finite value exists.
    InfiniteType = "infinite-type", Warning;
    /// A default or an example that its own schema does not allow, or an extension with a value that means nothing.
    InvalidValue = "invalid-value", Warning;
    /// A `pattern` that is no regular expression of ECMA 262. It is shown in the documentation as it stands; whatever
    /// checks values against it would fail.
    InvalidPattern = "invalid-pattern", Warning;
    /// An operation is left out of the client.
    OperationLeftOut = "operation-left-out", Warning;
    /// A security requirement names a scheme that the document does not declare, or one of a kind not carried.
    SecurityScheme = "security-scheme", Warning;
    /// A server URL that is no URL, or whose variables do not fit its template.
    InvalidServer = "invalid-server", Warning;
    /// A link that is left out, or a value that it does not give. It leads to an operation that the client does not have,
    /// names a parameter that the operation does not take, or takes its value from where the call before has none. What it
    /// does not give, the user of the client gives.
    InvalidLink = "invalid-link", Warning;
    /// A fault of specwright itself, not of the document. Please report it.
    Internal = "internal", Error;
}

impl Code {
    /// What `specwright explain` prints: a paragraph, and a bad and a good example.
    pub fn explanation(self) -> String {
        let example = examples::of(self);
        let [bad, good] = [example.bad, example.good].map(|text| {
            let lines = text.lines().map(|line| format!("    {line}\n"));
            lines.collect::<String>()
        });
        format!("{}\n\nReported:\n\n{bad}\nRight:\n\n{good}", self.meaning())
    }

    /// The bad and the good example as whole documents; nothing where no document brings the code about.
    pub fn example_documents(self) -> Option<(String, String)> {
        let example = examples::of(self);
        let frame = example.frame;
        Some((frame.document(example.bad)?, frame.document(example.good)?))
    }

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

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_found_by_its_name_and_explained() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            let explanation = code.explanation();
            assert!(explanation.contains("Reported:\n\n    "), "{explanation}");
            assert!(explanation.contains("\nRight:\n\n    "), "{explanation}");
        }
        assert_eq!(Code::parse("no-such-code"), None);
    }
}
