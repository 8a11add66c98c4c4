//! Follows what was moved: references, anchors and the identifiers of schemas.

use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeMap;

/// The resource that a reference stands in: the document, or a schema with an `$id` of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Base(usize);

/// The references of a document, and what must be known to follow them.
#[derive(Debug, Default)]
pub(super) struct References {
    sites: Vec<(Pointer, Base)>,
    /// Where places of the source stand now.
    moved: BTreeMap<String, String>,
    /// The document and the schemas with an `$id`: the identifier and the place in the source.
    resources: Vec<(String, Pointer)>,
    /// The first resource of each identifier, as it is and as it is written.
    by_id: BTreeMap<String, Base>,
    anchors: BTreeMap<(Base, String), Pointer>,
    /// The first place of each anchor, whatever resource it stands in.
    by_name: BTreeMap<String, Pointer>,
}

impl References {
    /// The document itself, whose identifier may be empty.
    pub(super) fn document(&mut self, id: &str) -> Base {
        let id = without_fragment(id);
        if !id.is_empty() {
            self.by_id.insert(id.clone(), Base(0));
        }
        self.resources.insert(0, (id, Pointer::root()));
        Base(0)
    }

    /// A schema with an `$id`, relative to the resource that it stands in.
    pub(super) fn resource(&mut self, base: Base, id: &str, source: Pointer) -> Base {
        let id = without_fragment(&self.join(base, id));
        let resource = Base(self.resources.len());
        self.by_id.entry(id.clone()).or_insert(resource);
        self.resources.push((id, source));
        resource
    }

    /// A schema with an `$anchor`.
    pub(super) fn anchor(&mut self, base: Base, name: &str, source: Pointer) {
        let first = self.by_name.entry(name.to_owned());
        first.or_insert_with(|| source.clone());
        self.anchors.insert((base, name.to_owned()), source);
    }

    /// An object with a `$ref`, or a list or map whose member is a reference, by its place in the upgraded document.
    pub(super) fn site(&mut self, at: Pointer, base: Base) {
        self.sites.push((at, base));
    }

    /// A place of the source that stands elsewhere now.
    pub(super) fn moved(&mut self, source: &Pointer, to: &Pointer) {
        self.moved
            .insert(source.as_str().to_owned(), to.as_str().to_owned());
    }

    /// Rewrites the references of the upgraded document to where the places that they mean stand now.
    pub(super) fn rewrite(&self, value: &mut Value) {
        for (at, base) in &self.sites {
            let Some(target) = value.pointer(at.as_str()).and_then(Value::as_str) else {
                continue;
            };
            let Some(target) = self.target(value, target, *base) else {
                continue;
            };
            if let Some(place) = value.pointer_mut(at.as_str()) {
                *place = Value::String(target);
            }
        }
    }

    /// What a reference must be to mean the same in the upgraded document; nothing if it cannot be told.
    fn target(&self, value: &Value, target: &str, base: Base) -> Option<String> {
        let (uri, fragment) = target.split_once('#').unwrap_or((target, ""));
        let resource = if uri.is_empty() {
            base
        } else {
            let joined = self.join(base, uri);
            let known = self.by_id.get(&joined).or_else(|| self.by_id.get(uri));
            *known?
        };
        let (_, root) = self.resources.get(resource.0)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            let place = self.now(&format!("{root}{}", decode(fragment)));
            // Many documents give a schema an `$id` and go on to refer to the components of the document.
            let place = match value.pointer(&place) {
                None if uri.is_empty() => self.now(&decode(fragment)),
                _ => place,
            };
            return Some(format!("#{}", place.replace('%', "%25")));
        }
        let anchor = self
            .anchors
            .get(&(resource, fragment.to_owned()))
            .or_else(|| self.by_name.get(fragment))?;
        Some(format!(
            "#{}",
            self.now(anchor.as_str()).replace('%', "%25")
        ))
    }

    /// Where a place of the source stands now. The longest known prefix decides.
    fn now(&self, source: &str) -> String {
        let mut end = source.len();
        while let Some(prefix) = source.get(..end) {
            if let Some(to) = self.moved.get(prefix) {
                let rest = source.get(end..).unwrap_or_default();
                return format!("{to}{rest}");
            }
            match prefix.rfind('/') {
                Some(slash) => end = slash,
                None => break,
            }
        }
        source.to_owned()
    }

    /// An identifier relative to that of a resource (RFC 3986, section 5, without `..`).
    fn join(&self, base: Base, id: &str) -> String {
        let is_absolute = id.contains("://") || id.starts_with("urn:");
        let base = self.resources.get(base.0).map(|(id, _)| id.as_str());
        match base {
            Some(base) if !is_absolute => match base.rfind('/') {
                Some(slash) => {
                    let folder = base.get(..=slash).unwrap_or_default();
                    format!("{folder}{}", id.trim_start_matches("./"))
                }
                None => id.to_owned(),
            },
            _ => id.to_owned(),
        }
    }
}

fn without_fragment(id: &str) -> String {
    id.split('#').next().unwrap_or_default().to_owned()
}

/// Undoes the percent-encoding of a fragment; one that is malformed is left for bundling to report.
fn decode(fragment: &str) -> String {
    crate::load::fragment::percent_decode(fragment).unwrap_or_else(|| fragment.to_owned())
}
