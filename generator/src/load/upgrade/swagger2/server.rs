//! `host`, `basePath` and `schemes` as servers.

use crate::diagnostic::Code;
use crate::load::upgrade::Upgrade;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Where the document says that its server is.
pub(super) struct Parts {
    host: Option<String>,
    /// A scheme that somebody wrote before the host.
    scheme: Option<String>,
    base_path: String,
    schemes: Option<Value>,
}

impl Parts {
    /// Takes the fields out of the document.
    pub(super) fn of(root: &mut Map<String, Value>) -> Self {
        let mut text = |key: &str| match root.get(key) {
            Some(Value::String(text)) => {
                let text = text.trim().to_owned();
                root.shift_remove(key);
                Some(text)
            }
            // Anything else stays, and is reported as a field that 3.0 does not know.
            _ => None,
        };
        let host = text("host").unwrap_or_default();
        let (scheme, host) = match host.split_once("://") {
            Some((scheme, host)) => (Some(scheme.to_ascii_lowercase()), host),
            None => (None, host.as_str()),
        };
        let host = host.trim_end_matches('/').to_owned();
        let host = Some(host).filter(|host| !host.is_empty());
        let base_path = text("basePath").unwrap_or_default();
        let base_path = base_path.trim_end_matches('/');
        let base_path = match base_path.is_empty() || base_path.starts_with('/') {
            true => base_path.to_owned(),
            false => format!("/{base_path}"),
        };
        Parts {
            host,
            scheme,
            base_path,
            schemes: root.shift_remove("schemes"),
        }
    }

    /// The servers of the document.
    pub(super) fn list(&self, upgrade: &mut Upgrade<'_>) -> Value {
        let root = Pointer::root();
        let field = if self.host.is_some() {
            "host"
        } else {
            "basePath"
        };
        upgrade.made(&root.child(field), &root.child("servers"));
        if self.scheme.is_some() {
            let message = "a host has no scheme, which stands under `schemes`; it is taken for one";
            upgrade.warn(Code::InvalidServer, &root.child("host"), message);
        }
        for index in 0..4 {
            let place = root.child("servers").index(index);
            upgrade.made(&root.child(field), &place);
            upgrade.made(&root.child(field), &place.child("url"));
        }
        self.with_schemes(self.schemes.as_ref(), &root.child("schemes"), upgrade)
    }

    /// The servers of an operation with schemes of its own, if they are not those of the document.
    pub(super) fn list_for(
        &self,
        schemes: &Value,
        at: &Pointer,
        upgrade: &mut Upgrade<'_>,
    ) -> Option<Value> {
        if self.host.is_none() || Some(schemes) == self.schemes.as_ref() {
            return None;
        }
        Some(self.with_schemes(Some(schemes), at, upgrade))
    }

    fn with_schemes(
        &self,
        schemes: Option<&Value>,
        at: &Pointer,
        upgrade: &mut Upgrade<'_>,
    ) -> Value {
        let mut known: Vec<&str> = Vec::new();
        for (index, scheme) in schemes
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            match scheme.as_str().map(str::to_ascii_lowercase).as_deref() {
                Some("https") if !known.contains(&"https") => known.insert(0, "https"),
                Some("http") if !known.contains(&"http") => known.push("http"),
                Some("https" | "http") => {}
                _ => upgrade.note(
                    &at.index(index),
                    "only `https` and `http` are supported: this scheme gives no server",
                ),
            }
        }
        let Some(host) = &self.host else {
            let url = if self.base_path.is_empty() {
                "/"
            } else {
                &self.base_path
            };
            return json!([{ "url": url }]);
        };
        let own = self.scheme.as_deref();
        if let (true, Some(own @ ("http" | "https"))) = (known.is_empty(), own) {
            known.push(own);
        }
        if known.is_empty() {
            // The scheme that the document was fetched with is not known, and credentials must not travel in the open.
            known.push("https");
        }
        let urls = known
            .iter()
            .map(|scheme| json!({ "url": format!("{scheme}://{host}{}", self.base_path) }));
        Value::Array(urls.collect())
    }
}
