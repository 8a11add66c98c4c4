//! The configuration file of a project, `specwright.toml`.

mod docs;

use crate::artifact::Layout;
use crate::load::{LoadOptions, Mapping};
use crate::pipeline::{Defaults, Options, PageRule, Parts, usual_features, validates_usually};
use crate::reference::Flavour;
use crate::rust::Feature;
use docs::DocsSection;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// What a configuration file says. Paths are relative to where the file's own path is relative to.
#[derive(Debug, Clone)]
pub struct Config {
    /// The document.
    pub input: PathBuf,
    /// The directory of the output.
    pub output: PathBuf,
    /// The directory with templates that stand for those of specwright; whoever reads the file reads them.
    pub templates: Option<PathBuf>,
    /// Everything else.
    pub options: Options,
}

impl Config {
    /// Understands the text of the configuration file at `path`; its paths are relative to the file's directory.
    ///
    /// # Errors
    ///
    /// When the text is no TOML, or a key is missing, unknown or of the wrong type. The message shows the line.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: ConfigFile = toml::from_str(text).map_err(|error| ConfigError {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        let directory = path.parent().unwrap_or(Path::new(""));
        let mut options = Options {
            load: LoadOptions {
                roots: resolve_all(directory, &file.roots),
                mappings: file
                    .mappings
                    .into_iter()
                    .map(|mapping| mapping.into_mapping(directory))
                    .collect(),
                ..file.limits.into_options()
            },
            layout: file.layout.into_layout(),
            ..Options::default()
        };
        options.parts = match &file.docs {
            Some(DocsSection::Switch(true) | DocsSection::Pages(_)) => Parts::All,
            Some(DocsSection::Switch(false)) => Parts::Client,
            None => Parts::usual_for(options.layout),
        };
        let mut templates = None;
        if let Some(DocsSection::Pages(pages)) = file.docs {
            options.docs.html = pages.html;
            options.docs.languages = pages
                .languages
                .map(|names| names.into_iter().map(|name| name.0).collect());
            options.docs.flavour = pages.flavour.map_or(Flavour::default(), |name| name.0);
            options.docs.changelog = pages.changelog;
            templates = pages.templates.map(|path| resolve(directory, &path));
        }
        options.contract_tests = file.contract_tests;
        options.plan.name = file.name;
        options.plan.version = file.version;
        options.plan.validate = file.validate.unwrap_or(validates_usually(options.layout));
        options.plan.defaults = file.defaults.into_defaults();
        options.plan.features = usual_features(options.layout);
        for name in &file.features {
            let feature = Feature::parse(name).ok_or_else(|| ConfigError {
                path: path.to_owned(),
                message: format!(
                    "features: there is no `{name}`, only blocking, compression, oauth2, signatures, tracing and xml"
                ),
            })?;
            options.plan.features.add(feature);
        }
        // What is said of one format is stronger than what is said of all dates.
        let (all, each): (Vec<_>, Vec<_>) =
            (file.formats.iter()).partition(|(format, _)| *format == "dates");
        for (format, ty) in all.into_iter().chain(each) {
            let result = options.plan.formats.set(format, ty);
            result.map_err(|reason| ConfigError {
                path: path.to_owned(),
                message: format!("[formats]: {reason}"),
            })?;
        }
        for (operation, said) in file.pagination {
            let rule = PageRule::decode(&said).map_err(|fault| {
                let key = fault.key.map(|key| format!(".{key}")).unwrap_or_default();
                ConfigError {
                    path: path.to_owned(),
                    message: format!("[pagination.\"{operation}\"]{key}: {}", fault.message),
                }
            })?;
            options.pagination.insert(operation, rule);
        }
        Ok(Config {
            input: resolve(directory, &file.input),
            output: resolve(directory, &file.output),
            templates,
            options,
        })
    }
}

/// Why a configuration file cannot be understood.
#[derive(Debug)]
pub struct ConfigError {
    path: PathBuf,
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message.trim_end())
    }
}

impl std::error::Error for ConfigError {}

/// The file as it is spelled.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigFile {
    input: PathBuf,
    output: PathBuf,
    name: Option<String>,
    version: Option<String>,
    #[serde(default)]
    layout: LayoutName,
    docs: Option<DocsSection>,
    validate: Option<bool>,
    #[serde(default)]
    defaults: DefaultsWord,
    /// Whether a crate has a test that calls each of its operations.
    #[serde(default)]
    contract_tests: bool,
    #[serde(default)]
    features: Vec<String>,
    #[serde(default)]
    formats: BTreeMap<String, String>,
    /// What is said of listings in pages, by operation.
    #[serde(default)]
    pagination: BTreeMap<String, Value>,
    #[serde(default)]
    roots: Vec<PathBuf>,
    #[serde(default)]
    mappings: Vec<MappingEntry>,
    #[serde(default)]
    limits: Limits,
}

/// As in [`Mapping`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingEntry {
    url: String,
    path: PathBuf,
    /// What it is now is said where it is missing.
    #[serde(default)]
    checksum: String,
}

impl MappingEntry {
    fn into_mapping(self, directory: &Path) -> Mapping {
        Mapping {
            url: self.url,
            path: resolve(directory, &self.path),
            checksum: self.checksum,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LayoutName {
    #[default]
    Crate,
    Module,
    File,
}

impl LayoutName {
    fn into_layout(self) -> Layout {
        match self {
            LayoutName::Crate => Layout::Crate,
            LayoutName::Module => Layout::Module,
            LayoutName::File => Layout::File,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DefaultsWord {
    #[default]
    Documented,
    Filled,
}

impl DefaultsWord {
    fn into_defaults(self) -> Defaults {
        match self {
            DefaultsWord::Documented => Defaults::Documented,
            DefaultsWord::Filled => Defaults::Filled,
        }
    }
}

/// The limits, each as in [`LoadOptions`].
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Limits {
    max_bytes: Option<usize>,
    max_depth: Option<usize>,
    max_pointer: Option<usize>,
    max_nodes: Option<usize>,
    max_expansion: Option<usize>,
    max_output: Option<usize>,
}

impl Limits {
    fn into_options(self) -> LoadOptions {
        let mut options = LoadOptions::default();
        let chosen = [
            self.max_bytes,
            self.max_depth,
            self.max_pointer,
            self.max_nodes,
            self.max_expansion,
            self.max_output,
        ];
        for (name, value) in LoadOptions::LIMITS.iter().zip(chosen) {
            if let Some(value) = value {
                options.set_limit(name, value);
            }
        }
        options
    }
}

fn resolve_all(directory: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| resolve(directory, path)).collect()
}

/// Joins and takes out `.` and `..`, so that messages say `generated` and not `spec/../generated`.
fn resolve(directory: &Path, path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in directory.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if ends_in_name(&resolved) => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    if resolved.as_os_str().is_empty() {
        resolved.push(".");
    }
    resolved
}

fn ends_in_name(path: &Path) -> bool {
    matches!(path.components().next_back(), Some(Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::reference::Language;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(Path::new("spec/specwright.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = parse("input = \"api.yaml\"\noutput = \"../generated\"").unwrap();
        assert_eq!(config.input, Path::new("spec/api.yaml"));
        assert_eq!(config.output, Path::new("generated"));
        assert_eq!(config.options.parts, Parts::All);

        let up = parse("input = \"../../api.yaml\"\noutput = \"..\"").unwrap();
        assert_eq!(up.input, Path::new("../api.yaml"));
        assert_eq!(up.output, Path::new("."));
    }

    #[test]
    fn what_is_chosen_is_kept() {
        let text = "input = 'a'\noutput = 'b'\nname = 'keys'\nversion = '2.0.0'\nlayout = 'module'\n\
                    roots = ['../shared']\n\
                    [[mappings]]\nurl = 'https://a.example/'\npath = 'copy'\nchecksum = 'sha256:0'\n\
                    [formats]\ndate = 'string'\ndates = 'jiff'\n[limits]\nmax-bytes = 10";
        let options = parse(text).unwrap().options;
        assert_eq!(options.plan.name.as_deref(), Some("keys"));
        assert_eq!(options.plan.version.as_deref(), Some("2.0.0"));
        assert_eq!(options.layout, Layout::Module);
        assert_eq!(options.parts, Parts::Client);
        assert_eq!(options.load.roots, [Path::new("shared")]);
        let mapping = Mapping {
            url: "https://a.example/".to_owned(),
            path: PathBuf::from("spec/copy"),
            checksum: "sha256:0".to_owned(),
        };
        assert_eq!(options.load.mappings, [mapping]);
        assert_eq!(options.plan.formats.date, None);
        assert!(options.plan.formats.duration.is_some());
        assert_eq!(options.load.max_bytes, 10);
        assert_eq!(options.load.max_depth, LoadOptions::default().max_depth);
    }

    #[test]
    fn languages_are_named_in_the_table_of_the_docs() {
        let text = "input = 'a'\noutput = 'b'\n[docs]\nlanguages = ['go', 'shell']\n\
                    flavour = 'gitbook'\ntemplates = 'ours'";
        let config = parse(text).unwrap();
        let options = config.options;
        assert_eq!(options.parts, Parts::All);
        assert_eq!(
            options.docs.languages,
            Some(vec![Language::Go, Language::Shell])
        );
        assert_eq!(options.docs.flavour, Flavour::GitBook);
        assert_eq!(config.templates, Some(PathBuf::from("spec/ours")));
        let error = parse("input = 'a'\noutput = 'b'\n[docs]\nlanguages = ['cobol']").unwrap_err();
        assert!(error.contains("unknown language `cobol`"), "{error}");
        assert!(error.contains("line 4"), "{error}");
    }

    #[test]
    fn pages_are_described_by_operation() {
        let text = "input = 'a'\noutput = 'b'\n[pagination]\nlistAll = false\n\
                    'GET /orders' = { style = 'cursor', parameter = 'at', next = { header = 'X-Next' } }";
        let rules = parse(text).unwrap().options.pagination;
        assert_eq!(rules.get("listAll"), Some(&None));
        assert!(rules.get("GET /orders").unwrap().is_some());
        let text = "input = 'a'\noutput = 'b'\n[pagination.list]\nstyle = 'page'\nnxt = 'a'";
        let error = parse(text).unwrap_err();
        assert!(error.contains("[pagination.\"list\"].nxt: "), "{error}");
    }

    #[test]
    fn defaults_are_documented_unless_they_are_to_be_filled_in() {
        let chosen = |line: &str| {
            let config = parse(&format!("input = 'a'\noutput = 'b'\n{line}"));
            config.map(|config| config.options.plan.defaults)
        };
        assert_eq!(chosen(""), Ok(Defaults::Documented));
        assert_eq!(chosen("defaults = 'documented'"), Ok(Defaults::Documented));
        assert_eq!(chosen("defaults = 'filled'"), Ok(Defaults::Filled));
        let error = chosen("defaults = 'filed'").unwrap_err();
        assert!(error.contains("line 3"), "{error}");
        assert!(error.contains("unknown variant `filed`"), "{error}");
        assert!(error.contains("`documented` or `filled`"), "{error}");
    }

    #[test]
    fn a_mistake_is_shown_with_its_line() {
        let error = parse("input = 'a'\noutput = 'b'\n[formats]\nuuid = 'jiff'").unwrap_err();
        assert!(error.contains("may be uuid or string"), "{error}");
        let error = parse("input = 'a'\noutput = 'b'\nlayuot = 'file'").unwrap_err();
        assert!(error.starts_with("spec/specwright.toml: "), "{error}");
        assert!(error.contains("line 3"), "{error}");
        assert!(error.contains("unknown field `layuot`"), "{error}");
        assert!(
            parse("input = 'a'")
                .unwrap_err()
                .contains("missing field `output`")
        );
    }
}
