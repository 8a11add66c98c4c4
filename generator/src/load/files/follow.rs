//! Finds out what a reference leads to, and reads the file that it leads into.

use super::shapes;
use super::sites::{Site, is_followed_later};
use super::{Address, Gatherer, Loaded, Place, Resolution};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::objects::{Kind, Shape};
use crate::load::read::Refusal;
use crate::load::version::Version;
use crate::load::{fragment, parse};
use crate::source::{Origin, Pointer};
use serde_json::Value;

/// Why a reference leads nowhere.
struct Failure {
    code: Code,
    reason: String,
    help: Option<String>,
    is_error: bool,
}

impl Failure {
    /// What it leads to is not there. Something else can stand in its place.
    fn missing(reason: impl Into<String>) -> Self {
        Failure {
            code: Code::UnresolvedReference,
            reason: reason.into(),
            help: None,
            is_error: false,
        }
    }

    /// It cannot mean anything.
    fn wrong(reason: impl Into<String>) -> Self {
        Failure {
            is_error: true,
            ..Failure::missing(reason)
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure {
            code: refusal.code,
            reason: refusal.reason,
            help: refusal.help,
            is_error: false,
        }
    }
}

impl Gatherer<'_, '_> {
    /// What becomes of a reference; nothing if it stays what it is.
    pub(super) fn follow(&mut self, file: usize, site: &Site) -> Option<Resolution> {
        if let Some(mark) = self.broken.get(&(file, site.target.clone())) {
            return Some(Resolution::Broken(mark.clone()));
        }
        match self.target(file, site) {
            Ok((target, pointer)) => self.use_target(file, site, target, pointer),
            Err(failure) => Some(self.fail(file, site, failure)),
        }
    }

    fn fail(&mut self, file: usize, site: &Site, failure: Failure) -> Resolution {
        let reason = failure.reason;
        let message = match reason.starts_with("leads")
            || reason.starts_with("is ")
            || reason.starts_with("has ")
            || reason.starts_with("cannot")
        {
            true => format!("`{}` {reason}", site.target),
            false => format!("`{}` leads nowhere: {reason}", site.target),
        };
        let mut diagnostic = self.report(file, site, failure.code, message);
        diagnostic.help = failure.help;
        if failure.is_error {
            diagnostic = diagnostic.error();
        }
        self.context.diagnostics.push(diagnostic);
        let mark = format!("broken:{}", self.broken.len());
        self.broken
            .insert((file, site.target.clone()), mark.clone());
        Resolution::Broken(mark)
    }

    /// The file and the place in it.
    fn target(&mut self, file: usize, site: &Site) -> Result<(usize, Pointer), Failure> {
        let (uri, text) = site.target.split_once('#').unwrap_or((&site.target, ""));
        let (target, resource) = match uri.is_empty() {
            true => (file, site.base.resource.clone()),
            false => self.resource(file, site, uri)?,
        };
        let Some(found) = self.files.get(target) else {
            return Err(Failure::missing("there is no such file"));
        };
        if !text.is_empty() && !text.starts_with('/') && !text.starts_with('%') {
            return match found.identifiers.anchor(&resource, text) {
                Some(pointer) => Ok((target, pointer.clone())),
                None => Err(Failure::missing(format!(
                    "there is no `$anchor` of the name `{text}`"
                ))),
            };
        }
        if site.target.trim().is_empty() {
            return Err(Failure::missing("it is empty"));
        }
        let tokens = fragment::tokens(text).map_err(Failure::missing)?;
        let below = |start: &Pointer| {
            let steps = tokens.iter();
            steps.fold(start.clone(), |pointer, token| pointer.child(token))
        };
        // Many documents give a schema an `$id` and go on to refer to the components of the document.
        let candidates = [below(&resource), below(&Pointer::root())];
        let place = candidates
            .into_iter()
            .find(|pointer| found.value.pointer(pointer.as_str()).is_some());
        match place {
            Some(pointer) => Ok((target, pointer)),
            None => Err(Failure::missing("there is nothing at that place")),
        }
    }

    /// The file, or the schema with an identifier, that a reference without a fragment leads to.
    fn resource(
        &mut self,
        file: usize,
        site: &Site,
        uri: &str,
    ) -> Result<(usize, Pointer), Failure> {
        let address = site.base.address.join(uri).map_err(Failure::wrong)?;
        if let Some((file, pointer)) = self.by_id.get(&address) {
            return Ok((*file, pointer.clone()));
        }
        let own = self.files.get(file).map(|file| file.address.clone());
        let failure = match self.open(&address) {
            Ok(index) => return Ok((index, Pointer::root())),
            Err(failure) => failure,
        };
        // What has a name of its own is usually published there, and stands beside its files here.
        match own.map(|own| own.join(uri)) {
            Some(Ok(beside)) if beside != address => match self.open(&beside) {
                Ok(index) => Ok((index, Pointer::root())),
                Err(_) => Err(failure.into()),
            },
            _ => Err(failure.into()),
        }
    }

    /// The file at an address, which is read if it was not before.
    fn open(&mut self, address: &Address) -> Result<usize, Refusal> {
        if let Some(known) = self.by_address.get(address) {
            return known.clone();
        }
        let opened = self.open_new(address);
        self.by_address.insert(address.clone(), opened.clone());
        opened
    }

    fn open_new(&mut self, address: &Address) -> Result<usize, Refusal> {
        let context = &mut self.context;
        let found = context.reader.find(address, context.sources)?;
        if let Some(index) = self.by_found.get(&found) {
            return Ok(*index);
        }
        let name = match address {
            Address::Path(path) => path.display().to_string(),
            Address::Url(url) => url.clone(),
        };
        let is_prose = [".md", ".markdown", ".txt"]
            .iter()
            .any(|end| name.to_ascii_lowercase().ends_with(end));
        let id = context.reader.read(
            &found,
            name,
            context.budget,
            context.sources,
            context.diagnostics,
        )?;
        let text = id.and_then(|id| Some((id, context.sources.get(id)?)));
        let value = text.and_then(|(id, source)| match is_prose {
            true => Some((id, Value::from(source.text.as_str()))),
            false => {
                let text = &source.text;
                let value = parse::parse(id, text, context.budget, context.diagnostics)?;
                Some((id, value))
            }
        });
        let Some((id, value)) = value else {
            // What is wrong with it was reported at its own place.
            self.has_failed = true;
            return Err(Refusal::unreadable());
        };
        let is_document = value.get("openapi").is_some() || value.get("swagger").is_some();
        if is_document {
            self.compare_versions(id, &value);
        }
        let has_ids = !is_document || self.version.has_identifiers();
        let index = self.add_file(Loaded::new(id, value, address.clone(), has_ids));
        self.by_found.insert(found, index);
        Ok(index)
    }

    /// All files are read by the rules of the entry document.
    fn compare_versions(&mut self, id: crate::source::FileId, value: &Value) {
        let version = Version::of(value);
        if version == Some(self.version) {
            return;
        }
        let field = match value.get("openapi").is_some() {
            true => "openapi",
            false => "swagger",
        };
        let origin = Origin::new(id, Pointer::root().child(field));
        let message = format!(
            "this file is of another version than the document that refers to it, and is read by the rules of {}",
            self.version.title()
        );
        self.context
            .diagnostics
            .push(Diagnostic::new(Code::NotSupported, origin, message));
    }

    fn use_target(
        &mut self,
        file: usize,
        site: &Site,
        target: usize,
        pointer: Pointer,
    ) -> Option<Resolution> {
        // The identifiers of the entry document are followed when it is upgraded.
        if file == 0 && target == 0 && is_followed_later(site.shape) && self.is_by_identifier(site)
        {
            return None;
        }
        let root = self.files.get(target)?.value.clone();
        let value = root.pointer(pointer.as_str())?;
        // A reference to a reference is followed in its turn.
        let is_reference = shapes::reference(site.shape, value).is_some();
        if let Some(reason) = misfit(site.shape, value, &pointer)
            && !is_reference
        {
            // One schema where a list of them must stand: the list is left out.
            let failure = match site.shape {
                Shape::List(_) => Failure::missing(reason),
                _ => Failure::wrong(reason),
            };
            return Some(self.fail(file, site, failure));
        }
        if target == 0 && is_followed_later(site.shape) {
            return Some(Resolution::Entry(pointer));
        }
        let place = Place {
            file: target,
            pointer,
            shape: site.shape,
        };
        self.want(place.clone());
        Some(match self.section(site.shape) {
            None => Resolution::Copy(place),
            Some(_) => {
                let next = self.units.len();
                let unit = *self.unit_of.entry(place.clone()).or_insert(next);
                if unit == next {
                    self.units.push(place);
                }
                Resolution::Unit(unit)
            }
        })
    }

    pub(super) fn is_by_identifier(&self, site: &Site) -> bool {
        let address = address(site);
        address.is_some_and(|address| self.by_id.contains_key(&address))
    }

    /// Whether what a reference leads to is known by now, or can be looked for.
    pub(super) fn is_known(&self, site: &Site) -> bool {
        let is_absolute = site.target.contains("://") || site.target.starts_with("urn:");
        !is_absolute || self.is_by_identifier(site)
    }

    /// The section of the document that holds components of a kind.
    pub(super) fn section(&self, shape: Shape) -> Option<&'static str> {
        let Shape::Referable(kind) = shape else {
            return None;
        };
        match (self.version, kind) {
            (Version::Swagger2, Kind::Schema) => Some("definitions"),
            (Version::Swagger2, Kind::Parameter) => Some("parameters"),
            (Version::Swagger2, Kind::Response) => Some("responses"),
            (Version::Swagger2, _) => None,
            _ => kind.section(),
        }
    }
}

fn address(site: &Site) -> Option<Address> {
    let uri = site.target.split('#').next().unwrap_or_default();
    site.base.address.join(uri).ok()
}

/// Why what a reference leads to cannot stand in its place.
fn misfit(shape: Shape, value: &Value, pointer: &Pointer) -> Option<String> {
    let wanted = shapes::describe(shape);
    if !shapes::fits(shape, value) {
        return Some(format!("what stands there is not {wanted}"));
    }
    let tokens: Vec<String> = pointer.tokens().collect();
    if let (Shape::Referable(kind), [components, section, _]) = (shape, tokens.as_slice())
        && components == "components"
        && kind.section().is_some_and(|own| own != section)
    {
        return Some(format!(
            "leads to one of the `{section}`, where {wanted} must stand"
        ));
    }
    None
}
