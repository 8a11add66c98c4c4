//! The templates, which are part of the program and compiled once for a run.

use super::flavour::Flavour;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;
use std::fmt;

macro_rules! site_source {
    ($name:literal) => {
        (
            concat!("site/", $name, ".jinja"),
            include_str!(concat!("../../../templates/site/", $name, ".jinja")),
        )
    };
}

/// Every template with its name.
const SOURCES: &[(&str, &str)] = &[
    (
        "pages/operation.md.jinja",
        include_str!("../../../templates/pages/operation.md.jinja"),
    ),
    (
        "pages/index.md.jinja",
        include_str!("../../../templates/pages/index.md.jinja"),
    ),
    (
        "pages/types.md.jinja",
        include_str!("../../../templates/pages/types.md.jinja"),
    ),
    (
        "pages/errors.md.jinja",
        include_str!("../../../templates/pages/errors.md.jinja"),
    ),
    (
        "pages/authentication.md.jinja",
        include_str!("../../../templates/pages/authentication.md.jinja"),
    ),
    (
        "pages/parameters.md.jinja",
        include_str!("../../../templates/pages/parameters.md.jinja"),
    ),
    (
        "pages/incoming.md.jinja",
        include_str!("../../../templates/pages/incoming.md.jinja"),
    ),
    (
        "pages/llms.txt.jinja",
        include_str!("../../../templates/pages/llms.txt.jinja"),
    ),
    (
        "pages/readme.md.jinja",
        include_str!("../../../templates/pages/readme.md.jinja"),
    ),
    (
        "samples/shell.jinja",
        include_str!("../../../templates/samples/shell.jinja"),
    ),
    (
        "samples/http.jinja",
        include_str!("../../../templates/samples/http.jinja"),
    ),
    (
        "samples/typescript.jinja",
        include_str!("../../../templates/samples/typescript.jinja"),
    ),
    (
        "samples/javascript.jinja",
        include_str!("../../../templates/samples/javascript.jinja"),
    ),
    (
        "samples/python.jinja",
        include_str!("../../../templates/samples/python.jinja"),
    ),
    (
        "samples/ruby.jinja",
        include_str!("../../../templates/samples/ruby.jinja"),
    ),
    (
        "samples/php.jinja",
        include_str!("../../../templates/samples/php.jinja"),
    ),
    (
        "samples/java.jinja",
        include_str!("../../../templates/samples/java.jinja"),
    ),
    (
        "samples/go.jinja",
        include_str!("../../../templates/samples/go.jinja"),
    ),
    (
        "samples/csharp.jinja",
        include_str!("../../../templates/samples/csharp.jinja"),
    ),
    (
        "samples/perl.jinja",
        include_str!("../../../templates/samples/perl.jinja"),
    ),
    (
        "samples/r.jinja",
        include_str!("../../../templates/samples/r.jinja"),
    ),
];

/// The templates of the site, which are only compiled for one.
const SITE_SOURCES: &[(&str, &str)] = &[
    site_source!("layout.html"),
    site_source!("macros.html"),
    site_source!("index.html"),
    site_source!("tag.html"),
    site_source!("operation.html"),
    site_source!("incoming.html"),
    site_source!("type.html"),
    site_source!("types.html"),
    site_source!("errors.html"),
];

/// The names of all templates, which are the names of files that may stand for them.
pub fn template_names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().chain(SITE_SOURCES).map(|(name, _)| *name)
}

/// The compiled templates.
pub struct Templates {
    environment: Environment<'static>,
    custom: bool,
}

/// A template that does not fit its view: a fault of the user's own template, else of specwright, and never of the
/// document.
#[derive(Debug)]
pub struct TemplateError {
    error: minijinja::Error,
    /// Whether the user gave templates.
    pub custom: bool,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &self.error;
        write!(f, "a template of the reference pages is wrong: {error:#}")
    }
}

impl std::error::Error for TemplateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        TemplateError {
            error,
            custom: false,
        }
    }
}

impl Templates {
    /// Compiles the templates, with those of the site or without. Those of the user's take the place of ours.
    pub fn new(
        site: bool,
        flavour: Flavour,
        custom: &[(String, String)],
    ) -> Result<Self, TemplateError> {
        let custom_error = |error| TemplateError {
            error,
            custom: true,
        };
        let mut environment = Environment::new();
        // Both must be set before a template is added: they are read when it is compiled.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()?,
        );
        // In Markdown and code the encoders have escaped everything for its context; nothing may be escaped a second
        // time. In HTML the template escapes what is not marked as markup.
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html.jinja") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        let of_site = SITE_SOURCES.iter().filter(|_| site);
        for (name, source) in SOURCES.iter().chain(of_site) {
            environment.add_template(name, source)?;
        }
        for (name, source) in custom {
            let added = environment.add_template_owned(name.clone(), source.clone());
            added.map_err(custom_error)?;
        }
        environment.add_global("flavour", flavour.as_str());
        environment.add_global("suffix", flavour.suffix());
        environment.add_global("extension", flavour.extension());
        Ok(Templates {
            environment,
            custom: !custom.is_empty(),
        })
    }

    /// The text of a template.
    pub fn source(&self, name: &str) -> Result<String, TemplateError> {
        Ok(self.environment.get_template(name)?.source().to_owned())
    }

    /// Fills a template.
    pub fn render<V: Serialize>(&self, name: &str, view: &V) -> Result<String, TemplateError> {
        let template = self.environment.get_template(name)?;
        template.render(Serde(view)).map_err(|error| TemplateError {
            error,
            custom: self.custom,
        })
    }
}
