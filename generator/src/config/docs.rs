//! What a configuration file says of the pages.

use crate::reference::{Flavour, Language};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::path::PathBuf;

/// `docs`, which is a switch or a table.
#[derive(Debug)]
pub(super) enum DocsSection {
    /// Whether there are pages.
    Switch(bool),
    /// There are, and this is what they show.
    Pages(DocsPages),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DocsPages {
    pub(super) languages: Option<Vec<LanguageName>>,
    /// Whether the pages have a static site beside them.
    #[serde(default)]
    pub(super) html: bool,
    pub(super) flavour: Option<FlavourName>,
    pub(super) templates: Option<PathBuf>,
    pub(super) changelog: Option<String>,
}

/// A flavour by its name.
#[derive(Debug)]
pub(super) struct FlavourName(pub(super) Flavour);

impl<'de> Deserialize<'de> for FlavourName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Flavour::parse(&name).map(FlavourName).ok_or_else(|| {
            let names = Flavour::ALL.map(Flavour::as_str).join(", ");
            D::Error::custom(format!("unknown flavour `{name}`, expected one of {names}"))
        })
    }
}

/// A language by its name.
#[derive(Debug)]
pub(super) struct LanguageName(pub(super) Language);

impl<'de> Deserialize<'de> for LanguageName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Language::parse(&name).map(LanguageName).ok_or_else(|| {
            let names = Language::ALL.map(Language::as_str).join(", ");
            D::Error::custom(format!(
                "unknown language `{name}`, expected one of {names}"
            ))
        })
    }
}

impl<'de> Deserialize<'de> for DocsSection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocsVisitor)
    }
}

/// Tells a switch from a table without trying both, so that a mistake in the table is reported as such.
struct DocsVisitor;

impl<'de> Visitor<'de> for DocsVisitor {
    type Value = DocsSection;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or a table")
    }

    fn visit_bool<E>(self, value: bool) -> Result<DocsSection, E> {
        Ok(DocsSection::Switch(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DocsSection, A::Error> {
        DocsPages::deserialize(MapAccessDeserializer::new(map)).map(DocsSection::Pages)
    }
}
