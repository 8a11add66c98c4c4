//! The files of the runtime, copied as they are, and which of them a client needs.

use crate::rust::{Client, CredentialKind};

/// A file of the runtime: its module, when it is needed, and its text.
pub(super) struct RuntimeFile {
    /// The name of the module.
    pub(super) module: &'static str,
    /// When a client needs it.
    need: Need,
    /// The text.
    pub(super) text: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Need {
    Always,
    Uuid,
    Time,
    Jiff,
    Chrono,
    Url,
    Decimal,
    BigNumbers,
    KeyedMaps,
    /// For defaults that no literal says.
    Defaults,
    /// For comparing numbers: those of any size, and those that are checked.
    Decimals,
    Net,
    /// For dates and times of any crate.
    Dates,
    /// For types whose values may be spelled in several ways.
    TextForms,
    Base64,
    Basic,
    /// For the flows of OAuth 2; in a crate behind the feature `oauth2`.
    OAuth2,
    /// For calls that block; in a crate behind the feature `blocking`.
    Blocking,
    /// For streams that are read by blocking the thread; in a crate behind the feature `blocking`.
    Waiting,
    /// For bodies that are compressed or expanded; in a crate behind the feature `compression`.
    Compression,
    /// For signatures of what the API sends; in a crate behind the feature `signatures`.
    Signatures,
    /// For spans; in a crate behind the feature `tracing`.
    Tracing,
    Files,
    /// For bodies that may be files.
    FileBodies,
    Multipart,
    /// For bodies of XML.
    Xml,
    /// For bodies of items one after the other.
    BodyItems,
    /// For listings in pages.
    Pages,
    /// For streams of items.
    Events,
    /// For calls that answers lead to.
    Links,
    /// For requests that the API makes.
    Incoming,
    /// For requests that are made several times.
    Repeat,
    /// Behind the feature `serde`, which only a crate has.
    Serde,
    /// For checking values; in a crate behind the feature `validate`.
    Validate,
    /// For checking values against patterns.
    Pattern,
    /// For checking values against schemas.
    Schema,
}

macro_rules! runtime_files {
    ($($module:literal $need:ident;)+) => {
        /// Every file of the runtime that may be emitted.
        pub(super) const FILES: &[RuntimeFile] = &[$(RuntimeFile {
            module: $module,
            need: Need::$need,
            text: include_str!(concat!("../../runtime/src/", $module, ".rs")),
        }),+];
    };
}

runtime_files! {
    "authorize" Always;
    "base64" Base64;
    "basic" Basic;
    "blocking" Blocking;
    "body" Always;
    "body_items" BodyItems;
    "call" Always;
    "chrono" Chrono;
    "client" Always;
    "clock" Always;
    "codec" Always;
    "compression" Compression;
    "containers" Always;
    "cookies" Always;
    "credential" Always;
    "decimal" Decimals;
    "defaults" Defaults;
    "distinct" Validate;
    "draft" Always;
    "error" Always;
    "events" Events;
    "expansion" Compression;
    "feed" Events;
    "fields" Always;
    "file_body" FileBodies;
    "file_part" Files;
    "form" Always;
    "framing" Events;
    "header_values" Always;
    "identity" Always;
    "incoming" Incoming;
    "inspect" Always;
    "iso8601" Dates;
    "jiff" Jiff;
    "json" Always;
    "keyed" KeyedMaps;
    "layer" Always;
    "limits" Always;
    "link_values" Links;
    "links" Links;
    "macros" Always;
    "measures" Validate;
    "multipart" Multipart;
    "net" Net;
    "number" BigNumbers;
    "oauth" OAuth2;
    "oauth_code" OAuth2;
    "oauth_device" OAuth2;
    "oauth_discovery" OAuth2;
    "oauth_endpoint" OAuth2;
    "operation" Always;
    "page_request" Pages;
    "pages" Pages;
    "paging" Pages;
    "pairs" Incoming;
    "params" Always;
    "part_headers" Multipart;
    "part_styles" Multipart;
    "parts" Always;
    "parts_in" Events;
    "pattern" Pattern;
    "random" Always;
    "read" Always;
    "repeat" Repeat;
    "request" Always;
    "reqwest" Always;
    "response" Always;
    "retry" Always;
    "rfc3339" Dates;
    "route" Always;
    "rust_decimal" Decimal;
    "schema" Schema;
    "serde" Serde;
    "server" Always;
    "signature" Signatures;
    "spelled" TextForms;
    "telemetry" Tracing;
    "testing" Always;
    "time" Time;
    "token" Always;
    "trail" Always;
    "transport" Always;
    "unions" Always;
    "url" Url;
    "uuid" Uuid;
    "validate" Validate;
    "values" Always;
    "waiting" Waiting;
    "write" Always;
    "xml" Xml;
    "xml_read" Xml;
    "xml_request" Xml;
    "xml_write" Xml;
}

/// The files that a client needs, in the order of their modules.
pub(super) fn needed_files(
    client: &Client,
    has_features: bool,
) -> impl Iterator<Item = &'static RuntimeFile> {
    let parts = client.runtime;
    let basic = client
        .credentials
        .iter()
        .any(|credential| credential.kind == CredentialKind::Basic);
    FILES.iter().filter(move |file| match file.need {
        Need::Always => true,
        Need::Uuid => parts.uuid,
        Need::Time => parts.time,
        Need::Jiff => parts.jiff,
        Need::Chrono => parts.chrono,
        Need::Url => parts.url,
        Need::Decimal => parts.decimal,
        Need::Net => parts.net,
        Need::BigNumbers => parts.big_numbers,
        Need::KeyedMaps => parts.keyed_maps,
        Need::Defaults => parts.defaults,
        Need::Decimals => parts.big_numbers || client.rules.is_some(),
        Need::Dates => parts.has_dates(),
        Need::TextForms => parts.has_text_forms(),
        Need::Base64 => parts.base64,
        Need::Basic => basic,
        Need::OAuth2 => client.features.oauth2,
        Need::Blocking => client.features.blocking,
        Need::Waiting => client.features.blocking && (parts.pages || parts.events),
        Need::Compression => client.features.compression,
        Need::Signatures => client.features.signatures,
        Need::Tracing => client.features.tracing,
        Need::Files => parts.files || parts.multipart,
        Need::FileBodies => parts.files || parts.bytes,
        Need::Multipart => parts.multipart,
        Need::Xml => parts.xml,
        Need::BodyItems => parts.items,
        Need::Pages => parts.pages,
        Need::Events => parts.events,
        Need::Links => parts.links,
        Need::Incoming => !client.incoming.list.is_empty(),
        Need::Repeat => parts.pages || parts.events,
        Need::Serde => has_features,
        Need::Validate => client.rules.is_some(),
        Need::Pattern => client
            .rules
            .as_ref()
            .is_some_and(|rules| rules.has_patterns),
        Need::Schema => client.rules.as_ref().is_some_and(|rules| rules.has_schemas),
    })
}

impl RuntimeFile {
    /// Whether the file stands behind a feature of the emitted crate.
    pub(super) fn feature(&self) -> Option<&'static str> {
        match self.need {
            Need::Serde => Some("serde"),
            Need::OAuth2 => Some("oauth2"),
            Need::Blocking | Need::Waiting => Some("blocking"),
            Need::Compression => Some("compression"),
            Need::Signatures => Some("signatures"),
            Need::Tracing => Some("tracing"),
            Need::Validate | Need::Pattern | Need::Schema => Some("validate"),
            _ => None,
        }
    }
}
