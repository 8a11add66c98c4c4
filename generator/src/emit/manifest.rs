//! The manifest of an emitted crate, written by a serializer.

use super::doc_text::DocText;
use crate::rust::{Client, CredentialKind};
use serde::Serialize;
use toml::Table;

/// The oldest Rust that the runtime and its dependencies compile with.
const RUST_VERSION: &str = "1.89";

/// The text of `Cargo.toml`, or what went wrong in writing it.
pub(super) fn emit_manifest(client: &Client) -> Result<String, toml::ser::Error> {
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
            serde: [],
        },
        dependencies: dependencies(client),
        dev_dependencies: dev_dependencies(),
    };
    toml::to_string(&manifest)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Manifest<'a> {
    package: Package<'a>,
    features: Features,
    dependencies: Table,
    dev_dependencies: Table,
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
    serde: [&'static str; 0],
}

fn has_basic(client: &Client) -> bool {
    client
        .credentials
        .iter()
        .any(|credential| credential.kind == CredentialKind::Basic)
}

fn one_line(client: &Client) -> String {
    let text = client.package.description.as_ref().unwrap_or(&client.title);
    format!("Client of {}", DocText::line(text))
}

fn dependencies(client: &Client) -> Table {
    let mut table = Table::new();
    let mut simple = |name: &str, version: &str| {
        table.insert(name.to_owned(), toml::Value::String(version.to_owned()));
    };
    simple("bytes", "1");
    simple("http", "1");
    simple("http-body", "1");
    simple("http-body-util", "0.1");
    simple("percent-encoding", "2");
    simple("secrecy", "0.10");
    simple("serde", "1");
    simple("serde_json", "1");
    if client.runtime.base64 || has_basic(client) {
        simple("base64", "0.23");
    }
    let mut detailed = |name: &str, version: &str, features: &[&str]| {
        table.insert(name.to_owned(), lean(version, features));
    };
    detailed("reqwest", "0.13", &[]);
    if client.runtime.uuid {
        detailed("uuid", "1", &["std"]);
    }
    if client.runtime.time {
        detailed("time", "0.3", &["formatting", "parsing", "std"]);
    }
    table
}

/// What the programs in `examples/` need beside the client: something that waits for it.
fn dev_dependencies() -> Table {
    let tokio = lean("1", &["macros", "rt-multi-thread"]);
    Table::from_iter([("tokio".to_owned(), tokio)])
}

/// A dependency without its default features, but with these.
fn lean(version: &str, features: &[&str]) -> toml::Value {
    let mut entry = Table::new();
    entry.insert("version".to_owned(), version.into());
    entry.insert("default-features".to_owned(), false.into());
    if !features.is_empty() {
        let features: Vec<toml::Value> = features.iter().map(|&feature| feature.into()).collect();
        entry.insert("features".to_owned(), features.into());
    }
    entry.into()
}
