//! The names of the runtime that emitted code may write, in one table. A test reads the runtime and finds each of them
//! public.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::rust::RustName;

/// A public name of the runtime: its module and itself.
pub(super) type RuntimeName = (&'static str, &'static str);

macro_rules! runtime_names {
    ($($constant:ident = $module:literal $name:literal;)+) => {
        $(pub(super) const $constant: RuntimeName = ($module, $name);)+

        /// Every name, for the test.
        #[cfg(test)]
        pub(super) const ALL: &[RuntimeName] = &[$($constant),+];
    };
}

runtime_names! {
    CLIENT = "client" "Client";
    CLIENT_BUILDER = "client" "ClientBuilder";
    API_SPEC = "operation" "ApiSpec";
    REQUEST = "request" "Request";
    RESPONSE = "response" "Response";
    ERROR = "error" "Error";
    REQUEST_ERROR = "error" "RequestError";
    RETRY_POLICY = "retry" "RetryPolicy";
    TRANSPORT = "transport" "Transport";
    OPERATION = "operation" "Operation";
    OPERATION_SPEC = "operation" "OperationSpec";
    REPLY = "operation" "Reply";
    RECEIVED = "incoming" "Received";
    RECEIVED_STYLE = "incoming" "ReceivedStyle";
    RECEIVE_ERROR = "incoming" "ReceiveError";
    DECODE_ERROR = "codec" "DecodeError";
    DECODED = "operation" "Decoded";
    UNDECODED = "operation" "Undecoded";
    BODY_CHOICE = "request" "BodyChoice";
    STREAMED = "events" "Streamed";
    STREAM_SPEC = "framing" "StreamSpec";
    FRAMING = "framing" "Framing";
    KEEP = "links" "Keep";
    LINK = "links" "Link";
    LINK_ERROR = "link_values" "LinkError";
    PAGED = "pages" "Paged";
    PAGING = "paging" "Paging";
    PAGE_NEXT = "paging" "Next";
    PAGE_TARGET = "paging" "Target";
    PAGE_END = "paging" "End";
    PATH_STYLE = "params" "PathStyle";
    QUERY_STYLE = "params" "QueryStyle";
    HEADER_STYLE = "params" "HeaderStyle";
    COOKIE_STYLE = "cookies" "CookieStyle";
    FORM_STYLE = "form" "FormStyle";
    BODY = "body" "Body";
    BODY_ITEMS = "body_items" "BodyItems";
    FILE_PART = "file_part" "FilePart";
    PART_STYLE = "part_styles" "PartStyle";
    PART_STYLES = "part_styles" "PartStyles";
    XML_TYPES = "xml" "XmlTypes";
    XML_RECORD = "xml" "XmlRecord";
    XML_FIELD = "xml" "XmlField";
    XML_NODE = "xml" "XmlNode";
    XML_NAME = "xml" "XmlName";
    XML_ROOT = "xml" "XmlRoot";
    SERVER = "server" "Server";
    SERVER_CHOICE = "server" "ServerChoice";
    SERVER_VARIABLE = "server" "ServerVariable";
    SECURITY_SCHEME = "credential" "SecurityScheme";
    SCHEME_KIND = "credential" "SchemeKind";
    CREDENTIAL = "credential" "Credential";
    ENDPOINTS = "oauth" "Endpoints";
    SCOPE = "oauth" "Scope";
    CLIENT_CREDENTIALS = "oauth" "ClientCredentials";
    PASSWORD = "oauth" "Password";
    AUTHORIZATION_CODE = "oauth_code" "AuthorizationCode";
    DEVICE_AUTHORIZATION = "oauth_device" "DeviceAuthorization";
    DISCOVERY = "oauth_discovery" "Discovery";
    RULE = "validate" "Rule";
    RULES = "validate" "Rules";
    VALIDATES = "validate" "validates";
    OR_DEFAULT = "defaults" "or_default";
    DEFAULT_OF = "defaults" "default_of";
    RECORD = "macros" "record";
    STRING_ENUM = "macros" "string_enum";
    INTEGER_ENUM = "macros" "integer_enum";
    TAGGED_UNION = "macros" "tagged_union";
    UNTAGGED_UNION = "macros" "untagged_union";
    NEWTYPE = "macros" "newtype";
    API_ERROR = "macros" "api_error";
    SERDE_IMPLS = "serde" "serde_impls";
}

/// What a file uses of the modules beside it, to be imported at its top.
#[derive(Debug, Default)]
pub(super) struct Imports {
    siblings: BTreeSet<&'static str>,
    used: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

impl Imports {
    /// The identifier of a name of the runtime, which the file then imports.
    pub(super) fn name(&mut self, (module, name): RuntimeName) -> Ident {
        self.used.entry(module).or_default().insert(name);
        Ident::new(name, Span::call_site())
    }

    /// Imports a module beside the file.
    pub(super) fn sibling(&mut self, module: &'static str) {
        self.siblings.insert(module);
    }

    /// Whether nothing is imported.
    pub(super) fn is_empty(&self) -> bool {
        self.siblings.is_empty() && self.used.is_empty()
    }

    /// The `use` items in the order of rustfmt, for a module beside `runtime`.
    pub(super) fn items(&self) -> TokenStream {
        self.items_at(&quote!(super))
    }

    /// The same for a module further within, of which this path leads to where `runtime` is.
    pub(super) fn items_at(&self, parent: &TokenStream) -> TokenStream {
        let mut items: Vec<(String, TokenStream)> = Vec::new();
        for &name in &self.siblings {
            let module = Ident::new(name, Span::call_site());
            items.push((name.to_owned(), quote!(use #parent::#module;)));
        }
        for (&name, names) in &self.used {
            let module = Ident::new(name, Span::call_site());
            let names: Vec<Ident> = names
                .iter()
                .map(|name| Ident::new(name, Span::call_site()))
                .collect();
            let item = match names.as_slice() {
                [name] => quote!(use #parent::runtime::#module::#name;),
                names => quote!(use #parent::runtime::#module::{#(#names),*};),
            };
            items.push((format!("runtime::{name}"), item));
        }
        items.sort_by(|(left, _), (right, _)| left.cmp(right));
        let items = items.into_iter().map(|(_, item)| item);
        quote!(#(#items)*)
    }
}

/// The identifier of a planned name.
pub(super) fn ident(name: &RustName) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

/// The identifier by which an argument is bound. Clippy takes some words for placeholders that were left behind; no
/// planned name ends as theirs do here.
pub(super) fn binding(name: &RustName) -> Ident {
    match name.as_str() {
        placeholder @ ("foo" | "baz" | "quux") => {
            Ident::new(&format!("{placeholder}_"), Span::call_site())
        }
        // So it does with names of digits alone.
        digits if digits.bytes().all(|b| b == b'_' || b.is_ascii_digit()) => {
            Ident::new(&format!("value{digits}"), Span::call_site())
        }
        _ => ident(name),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::runtime_files::FILES;
    use super::ALL;
    use syn::{Item, Visibility};

    /// Whether the file has an item of this name that emitted code can see.
    fn is_seen(text: &str, name: &str) -> bool {
        let file = syn::parse_file(text).unwrap();
        file.items.iter().any(|item| match item {
            Item::Struct(item) => public(&item.vis) && item.ident == name,
            Item::Enum(item) => public(&item.vis) && item.ident == name,
            Item::Trait(item) => public(&item.vis) && item.ident == name,
            Item::Type(item) => public(&item.vis) && item.ident == name,
            Item::Fn(item) => public(&item.vis) && item.sig.ident == name,
            Item::Use(item) => {
                !matches!(item.vis, Visibility::Inherited)
                    && matches!(&item.tree, syn::UseTree::Name(tree) if tree.ident == name)
            }
            _ => false,
        })
    }

    fn public(visibility: &Visibility) -> bool {
        matches!(visibility, Visibility::Public(_))
    }

    #[test]
    fn the_runtime_has_every_name_that_the_emitter_writes() {
        for (module, name) in ALL.iter().chain(&[("base64", "Base64")]) {
            let file = FILES.iter().find(|file| file.module == *module);
            let file = file.unwrap_or_else(|| panic!("no file for the module {module}"));
            assert!(is_seen(file.text, name), "{module}::{name} is not public");
        }
    }
}
