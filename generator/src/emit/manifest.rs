//! The manifest of an emitted crate, written by a serializer.

use super::doc_text::DocText;
use crate::rust::{Client, CredentialKind};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::ser::{Error, ValueSerializer};

/// The oldest Rust that the runtime and its dependencies compile with.
const RUST_VERSION: &str = "1.89";

/// The text of `Cargo.toml`, or what went wrong in writing it.
pub(super) fn emit_manifest(client: &Client) -> Result<String, Error> {
    let manifest = Manifest {
        package: Package {
            name: &client.package.name,
            version: &client.package.version,
            edition: "2024",
            rust_version: RUST_VERSION,
            description: one_line(client),
        },
        features: Features {
            default: ["rustls"],
            rustls: ["reqwest/rustls"],
            native_tls: ["reqwest/native-tls"],
            oauth2: client.features.oauth2.then(|| match always_base64(client) {
                true => &["dep:getrandom", "dep:sha2"][..],
                false => &["dep:base64", "dep:getrandom", "dep:sha2"],
            }),
            signatures: client
                .features
                .signatures
                .then(|| match always_base64(client) {
                    true => &["dep:hmac", "dep:sha2"][..],
                    false => &["dep:base64", "dep:hmac", "dep:sha2"],
                }),
            compression: (client.features.compression).then_some(&["dep:flate2"]),
            blocking: (client.features.blocking).then_some(&["tokio/rt-multi-thread"]),
            tracing: client.features.tracing.then_some(&["dep:tracing"]),
            serde: [],
            validate: client.rules.as_ref().map(|rules| match rules.has_patterns {
                true => &["dep:regress"][..],
                false => &[],
            }),
        },
    };
    let mut text = toml::to_string(&manifest)?;
    add_table(&mut text, "dependencies", &dependencies(client))?;
    add_table(&mut text, "dev-dependencies", &dev_dependencies())?;
    Ok(text)
}

/// Adds a table of dependencies, each on a line of its own as people write them; a serializer of whole documents makes
/// tables of those with features.
fn add_table(text: &mut String, name: &str, table: &Dependencies) -> Result<(), Error> {
    text.push_str(&format!("\n[{name}]\n"));
    for (name, dependency) in table {
        let mut value = String::new();
        dependency.serialize(ValueSerializer::new(&mut value))?;
        text.push_str(&format!("{name} = {value}\n"));
    }
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Manifest<'a> {
    package: Package<'a>,
    features: Features,
}

/// What is needed, by the name of the package.
type Dependencies = BTreeMap<&'static str, Dependency>;

#[derive(Serialize)]
#[serde(untagged)]
enum Dependency {
    /// A version alone.
    Version(&'static str),
    /// A version with other features than its default ones.
    Chosen(Chosen),
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Chosen {
    version: &'static str,
    #[serde(skip_serializing_if = "Clone::clone")]
    default_features: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    features: &'static [&'static str],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    edition: &'static str,
    rust_version: &'static str,
    description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Features {
    default: [&'static str; 1],
    rustls: [&'static str; 1],
    native_tls: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    blocking: Option<&'static [&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compression: Option<&'static [&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracing: Option<&'static [&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oauth2: Option<&'static [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signatures: Option<&'static [&'static str]>,
    serde: [&'static str; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    validate: Option<&'static [&'static str]>,
}

/// Whether Base64 is needed whatever the features are.
fn always_base64(client: &Client) -> bool {
    let mut credentials = client.credentials.iter();
    client.runtime.base64 || credentials.any(|item| item.kind == CredentialKind::Basic)
}

fn one_line(client: &Client) -> String {
    let text = client.package.description.as_ref().unwrap_or(&client.title);
    format!("Client of {}", DocText::line(text))
}

fn dependencies(client: &Client) -> Dependencies {
    let mut table: Dependencies = [
        ("bytes", "1"),
        ("http", "1"),
        ("http-body", "1"),
        ("http-body-util", "0.1"),
        ("httpdate", "1"),
        ("percent-encoding", "2"),
        ("secrecy", "0.10"),
        ("serde", "1"),
    ]
    .map(|(name, version)| (name, Dependency::Version(version)))
    .into();
    table.insert("serde_json", exact_json());
    if always_base64(client) {
        table.insert("base64", Dependency::Version("0.23"));
    }
    if client.features.oauth2 {
        table.entry("base64").or_insert(optional("0.23", &["std"]));
        table.insert("getrandom", optional("0.4", &[]));
        table.insert("sha2", optional("0.11", &[]));
    }
    if client.features.compression {
        table.insert("flate2", optional("1", &["rust_backend"]));
    }
    if client.features.signatures {
        table.entry("base64").or_insert(optional("0.23", &["std"]));
        table.insert("hmac", optional("0.13", &[]));
        table.insert("sha2", optional("0.11", &[]));
    }
    if client
        .rules
        .as_ref()
        .is_some_and(|rules| rules.has_patterns)
    {
        table.insert("regress", optional("0.12", &["std"]));
    }
    let parts = client.runtime;
    if parts.pages || parts.events || parts.items {
        table.insert("futures-core", lean("0.3", &[]));
    }
    table.insert("reqwest", lean("0.13", &[]));
    table.insert("tokio", lean("1", &["rt", "sync", "time"]));
    if client.features.tracing {
        table.insert("tracing", optional("0.1", &["std"]));
    }
    if client.runtime.xml {
        table.insert("quick-xml", lean("0.42", &[]));
    }
    if client.runtime.uuid {
        table.insert("uuid", lean("1", &["std"]));
    }
    if client.runtime.time {
        table.insert("time", lean("0.3", &["std"]));
    }
    if client.runtime.jiff {
        table.insert("jiff", lean("0.2", &["std"]));
    }
    if client.runtime.chrono {
        table.insert("chrono", lean("0.4", &["std"]));
    }
    if client.runtime.decimal {
        table.insert("rust_decimal", lean("1", &["std"]));
    }
    if client.runtime.url {
        table.insert("url", Dependency::Version("2"));
    }
    table
}

/// What the programs in `examples/` need beside the client: something that waits for it.
fn dev_dependencies() -> Dependencies {
    [("tokio", lean("1", &["macros", "rt-multi-thread"]))].into()
}

/// Without the feature, a number in a `serde_json::Value` may be another one than the text says, by its last digit.
fn exact_json() -> Dependency {
    Dependency::Chosen(Chosen {
        version: "1",
        default_features: true,
        features: &["float_roundtrip"],
        optional: false,
    })
}

/// A dependency that only a feature brings.
fn optional(version: &'static str, features: &'static [&'static str]) -> Dependency {
    Dependency::Chosen(Chosen {
        version,
        default_features: false,
        features,
        optional: true,
    })
}

fn lean(version: &'static str, features: &'static [&'static str]) -> Dependency {
    Dependency::Chosen(Chosen {
        version,
        default_features: false,
        features,
        optional: false,
    })
}
