//! Names that the plan must not give away: Rust's own, and those of the runtime that emitted code stands beside.

/// Keywords of every edition, 2024's `gen` included, that may be written raw.
const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const PATH_KEYWORDS: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Type names that would hide the standard prelude or what emitted modules import, sorted.
///
/// A component with such a name gets the suffix `Schema`, so that `Option` in the emitted source, in the user's
/// reading and in what the tables expand to always means Rust's own.
const TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "BTreeMap",
    "Base64",
    "Box",
    "Body",
    "BodyItems",
    "Bytes",
    "Clone",
    "Copy",
    "Cow",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "FilePart",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Json",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "SecretString",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names of the modules `operations` and of the crate's root, beside those of [`TYPES`], sorted.
const OPERATIONS: &[&str] = &[
    "BodyChoice",
    "Client",
    "ClientBuilder",
    "Credential",
    "Decoded",
    "End",
    "Error",
    "Framing",
    "Infallible",
    "Next",
    "Operation",
    "OperationSpec",
    "Paged",
    "Paging",
    "Reply",
    "Request",
    "Response",
    "RetryPolicy",
    "SecurityScheme",
    "Server",
    "StreamSpec",
    "Streamed",
    "Target",
    "Transport",
    "TransportError",
    "Undecoded",
];

/// Inherent methods of the runtime's `Client`, and methods of traits that a method of the same name would hide.
const CLIENT_METHODS: &[&str] = &[
    "as_mut",
    "as_ref",
    "base_url",
    "borrow",
    "borrow_mut",
    "builder",
    "clone",
    "cmp",
    "core",
    "default",
    "deref",
    "deref_mut",
    "document_url",
    "drop",
    "eq",
    "fmt",
    "from",
    "hash",
    "index",
    "index_mut",
    "into",
    "new",
    "next",
    "random",
    "spec",
    "to_owned",
    "transport",
    "try_from",
    "try_into",
];

/// Inherent methods of the runtime's `ClientBuilder`.
const BUILDER_METHODS: &[&str] = &[
    "base_url",
    "build",
    "clone",
    "build_with",
    "connect_timeout",
    "credential",
    "default_header",
    "default_headers",
    "body_limit",
    "default",
    "fmt",
    "header",
    "layer",
    "layer_per_try",
    "new",
    "replace",
    "request_ids",
    "reqwest",
    "seed",
    "retry",
    "server",
    "server_variable",
    "stall_timeout",
    "telemetry",
    "timeout",
    "tracing",
    "transport",
    "try_timeout",
    "user_agent",
];

/// Inherent methods of the runtime's `Request`, and methods of operators that a setter would look like.
const REQUEST_METHODS: &[&str] = &[
    "accept",
    "add",
    "as_mut",
    "as_ref",
    "base_url",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "bytes",
    "choice",
    "clone",
    "content_type",
    "cookie_param",
    "cookie_reserved",
    "div",
    "events",
    "fmt",
    "form",
    "form_deep",
    "form_reserved",
    "header",
    "header_param",
    "idempotent",
    "into_future",
    "items",
    "json",
    "keep",
    "keep_value",
    "mul",
    "multipart",
    "new",
    "pages",
    "part_header",
    "path",
    "path_reserved",
    "query",
    "query_reserved",
    "rem",
    "retry",
    "send",
    "served_by",
    "server",
    "shl",
    "shr",
    "stream",
    "sub",
    "text",
    "timeout",
    "wait",
    "wait_stream",
    "xml",
];

/// Methods of the runtime's `Response`, and of traits that it has.
const RESPONSE_METHODS: &[&str] = &[
    "clone",
    "deref",
    "deref_mut",
    "eq",
    "fmt",
    "header",
    "headers",
    "into_inner",
    "json_header",
    "keeping",
    "kept",
    "ne",
    "new",
    "required",
    "status",
];

/// What the module `servers` imports.
const SERVERS: &[&str] = &["RequestError", "Server", "ServerChoice", "ServerVariable"];

/// Methods of a type of the module `servers`, and methods of traits that a method of the same name would hide.
const SERVER_METHODS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "build",
    "clone",
    "clone_from",
    "default",
    "div",
    "fmt",
    "from",
    "index",
    "into",
    "mul",
    "new",
    "rem",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "try_into",
];

/// Names of the modules `webhooks` and `callbacks`, beside those of [`TYPES`], sorted.
const INCOMING: &[&str] = &[
    "DecodeError",
    "Event",
    "ReceiveError",
    "Received",
    "ReceivedStyle",
    "Reply",
    "Undecoded",
];

/// Methods of the runtime's `Received` beside those of [`RESPONSE_METHODS`].
const RECEIVED_METHODS: &[&str] = &["cookie", "query", "read"];

/// Where a name is to live, and which names are taken there beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In `types`.
    Types,
    /// In `operations`, and re-exported at the root.
    Operations,
    /// A method of the client.
    ClientMethods,
    /// A method of the builder.
    BuilderMethods,
    /// A setter of a request.
    RequestMethods,
    /// A method of an answer.
    ResponseMethods,
    /// In `webhooks` or `callbacks`.
    Incoming,
    /// A method of a request that the API makes.
    ReceivedMethods,
    /// A static in `servers` or `security`.
    Statics,
    /// A type in `servers`.
    ServerTypes,
    /// A method of such a type.
    ServerMethods,
    /// A field, an argument, or a variant: a scope that starts empty.
    Local,
}

impl Place {
    /// Whether the name is taken beforehand.
    pub(crate) fn reserves(self, name: &str) -> bool {
        match self {
            Place::Types => TYPES.contains(&name),
            Place::Operations => TYPES.contains(&name) || OPERATIONS.contains(&name),
            Place::ClientMethods => CLIENT_METHODS.contains(&name),
            Place::BuilderMethods => BUILDER_METHODS.contains(&name),
            Place::RequestMethods => REQUEST_METHODS.contains(&name),
            Place::ResponseMethods => RESPONSE_METHODS.contains(&name),
            Place::Incoming => TYPES.contains(&name) || INCOMING.contains(&name),
            Place::ReceivedMethods => {
                RESPONSE_METHODS.contains(&name) || RECEIVED_METHODS.contains(&name)
            }
            Place::Statics => name == "ALL",
            Place::ServerTypes => TYPES.contains(&name) || SERVERS.contains(&name),
            Place::ServerMethods => SERVER_METHODS.contains(&name),
            Place::Local => false,
        }
    }
}

/// Whether the name is a keyword that may be written raw.
pub(crate) fn is_raw_keyword(name: &str) -> bool {
    RAW_KEYWORDS.contains(&name)
}

/// Whether the name is a keyword that cannot even be written raw.
pub(crate) fn is_path_keyword(name: &str) -> bool {
    PATH_KEYWORDS.contains(&name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Place;
    use syn::{ImplItem, Item, Type};

    /// The inherent methods of a type in a file of the runtime.
    fn methods_of(text: &str, name: &str) -> Vec<String> {
        let file = syn::parse_file(text).unwrap();
        let mut found = Vec::new();
        for item in file.items {
            let Item::Impl(item) = item else { continue };
            let Type::Path(path) = *item.self_ty else {
                continue;
            };
            if path.path.segments.last().unwrap().ident != name {
                continue;
            }
            for member in item.items {
                if let ImplItem::Fn(method) = member {
                    found.push(method.sig.ident.to_string());
                }
            }
        }
        assert!(!found.is_empty(), "no methods of {name}");
        found
    }

    #[test]
    fn no_emitted_method_hides_one_of_the_runtime() {
        let client = include_str!("../../runtime/src/client.rs");
        let request = include_str!("../../runtime/src/request.rs");
        let pages = include_str!("../../runtime/src/pages.rs");
        let events = include_str!("../../runtime/src/events.rs");
        let links = include_str!("../../runtime/src/links.rs");
        let response = include_str!("../../runtime/src/response.rs");
        for (text, name, place) in [
            (client, "Client", Place::ClientMethods),
            (client, "ClientBuilder", Place::BuilderMethods),
            (request, "Request", Place::RequestMethods),
            (pages, "Request", Place::RequestMethods),
            (events, "Request", Place::RequestMethods),
            (links, "Request", Place::RequestMethods),
            (response, "Response", Place::ResponseMethods),
        ] {
            for method in methods_of(text, name) {
                assert!(place.reserves(&method), "{name}::{method} is not reserved");
            }
        }
    }
}
