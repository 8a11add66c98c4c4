//! Where an API is served.

use std::collections::BTreeMap;

use http::Uri;

use super::error::{BuildError, RequestError};
use super::operation::ApiSpec;

/// A server of the document.
#[derive(Debug)]
pub struct Server {
    /// Its URL, with variables in braces.
    pub url: &'static str,
    /// What the document says of it.
    pub description: &'static str,
    /// The variables in its URL.
    pub variables: &'static [ServerVariable],
}

/// A variable in the URL of a server.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name.
    pub name: &'static str,
    /// Its value unless the client is given another.
    pub default: &'static str,
    /// The values that it may have; empty if any.
    pub allowed: &'static [&'static str],
}

/// A server of the document with values for the variables in its URL: what the types of the module `servers` become.
#[derive(Debug, Clone)]
#[must_use]
pub struct ServerChoice {
    pub(super) server: &'static Server,
    values: BTreeMap<String, String>,
}

impl From<&'static Server> for ServerChoice {
    fn from(server: &'static Server) -> Self {
        ServerChoice {
            server,
            values: BTreeMap::new(),
        }
    }
}

impl ServerChoice {
    /// Gives a variable a value in the place of its default.
    pub fn with(mut self, variable: &str, value: impl Into<String>) -> Self {
        self.values.insert(variable.to_owned(), value.into());
        self
    }

    /// The base URL, without a slash at its end.
    ///
    /// # Errors
    ///
    /// If it is no URL with these values, or relative to where the document is served.
    pub fn base_url(&self) -> Result<String, RequestError> {
        self.server.base_url(&self.values)
    }

    /// The values of its variables, and of others unless it has its own.
    pub(super) fn values_or(&self, others: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut values = others.clone();
        values.extend(self.values.clone());
        values
    }

    /// It must have these variables and allow their values.
    pub(super) fn check(&self) -> Result<(), BuildError> {
        let mut values = self.values.iter();
        values.try_for_each(|(name, value)| check_variable([self.server], name, value))
    }
}

impl ServerVariable {
    /// Whether it may have this value.
    pub(super) fn allows(&self, value: &str) -> bool {
        self.allowed.is_empty() || self.allowed.contains(&value)
    }
}

impl Server {
    /// The URL with the values of its variables, whatever they are.
    pub(super) fn url(&self, values: &BTreeMap<String, String>) -> String {
        let mut url = self.url.to_owned();
        for variable in self.variables {
            let value = values.get(variable.name).map_or(variable.default, |v| v);
            url = url.replace(&format!("{{{}}}", variable.name), value);
        }
        url
    }

    /// The URL with the values of its variables, without a slash at the end.
    pub(super) fn base_url(
        &self,
        values: &BTreeMap<String, String>,
    ) -> Result<String, RequestError> {
        for variable in self.variables {
            let value = values.get(variable.name).map_or(variable.default, |v| v);
            if !variable.allows(value) {
                return Err(RequestError::new(
                    format!("the server variable `{}`", variable.name),
                    format!("the server allows only {}", variable.allowed.join(", ")),
                ));
            }
        }
        let url = self.url(values);
        if !url.contains("://") {
            return Err(RequestError::new(
                format!("the server URL `{}`", self.url),
                "it is relative to where the document is served; give the client a base_url",
            ));
        }
        check_base_url(&url)
    }
}

/// A base URL without a slash at the end, if it is one.
pub(super) fn check_base_url(url: &str) -> Result<String, RequestError> {
    let refuse = |reason: &str| Err(RequestError::new("the base URL", reason));
    let Ok(uri) = url.parse::<Uri>() else {
        return refuse("it is not a URL");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return refuse("it must begin with http:// or https://");
    }
    if uri.query().is_some() || url.contains('#') {
        return refuse("it must end with a path, without query or fragment");
    }
    match uri.authority() {
        // Credentials in URLs end up in logs.
        Some(authority) if authority.as_str().contains('@') => {
            refuse("it must not hold credentials; use the methods of the builder for them")
        }
        Some(authority) if !authority.host().is_empty() => Ok(url.trim_end_matches('/').to_owned()),
        _ => refuse("it names no host"),
    }
}

/// All of these values must be allowed by some server that has the variable.
pub(super) fn check_variables(
    api: &'static ApiSpec,
    values: &BTreeMap<String, String>,
) -> Result<(), BuildError> {
    values.iter().try_for_each(|(name, value)| {
        let own = api.operation_servers.iter().copied().flatten();
        check_variable(api.servers.iter().chain(own), name, value)
    })
}

/// Some server must have the variable and allow the value.
fn check_variable(
    servers: impl IntoIterator<Item = &'static Server>,
    name: &str,
    value: &str,
) -> Result<(), BuildError> {
    let mut known = servers
        .into_iter()
        .flat_map(|server| server.variables)
        .filter(|variable| variable.name == name)
        .peekable();
    if known.peek().is_none() {
        return Err(BuildError::new(format!(
            "no server has a variable {name:?}"
        )));
    }
    let mut allowed: Vec<&str> = Vec::new();
    for variable in known {
        if variable.allows(value) {
            return Ok(());
        }
        allowed.extend(variable.allowed);
    }
    Err(BuildError::new(format!(
        "the server variable {name:?} may be {}",
        allowed.join(", ")
    )))
}
