//! Security schemes and the requirements that name them.

use super::context::Lowering;
use super::docs::described;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ApiKeyPlace, Arena, Prose, SecurityId, SecurityKind, SecurityRequirement, SecurityScheme,
    WireName,
};
use crate::source::Pointer;
use openapiv3::{APIKeyLocation, SecurityRequirement as Requirement, SecurityScheme as Scheme};
use std::collections::HashMap;

/// The schemes of the document.
#[derive(Debug, Default)]
pub(super) struct Schemes<'d> {
    /// Those that the client carries.
    pub(super) schemes: Arena<SecurityScheme>,
    ids: HashMap<&'d str, Option<SecurityId>>,
}

impl<'d> Lowering<'d> {
    /// The schemes of the document; those of a kind that is not carried are reported.
    pub(super) fn lower_security_schemes(&mut self) -> Schemes<'d> {
        let mut found = Schemes::default();
        let Some(components) = self.components() else {
            return found;
        };
        for (name, scheme) in &components.security_schemes {
            let at = Pointer::root()
                .child("components")
                .child("securitySchemes")
                .child(name);
            let resolved = self.resolve(scheme, &at, "securitySchemes", |components| {
                &components.security_schemes
            });
            let Some(resolved) = resolved else {
                continue;
            };
            let id = self
                .lower_security_kind(name, resolved.item, &at)
                .map(|kind| {
                    found.schemes.push(SecurityScheme {
                        name: WireName::new(name),
                        kind,
                        docs: described(description(resolved.item)),
                        origin: self.origin(&at),
                    })
                });
            found.ids.insert(name, id);
        }
        found
    }

    fn lower_security_kind(
        &mut self,
        name: &str,
        scheme: &Scheme,
        at: &Pointer,
    ) -> Option<SecurityKind> {
        match scheme {
            Scheme::HTTP {
                scheme,
                bearer_format,
                ..
            } => match scheme.to_ascii_lowercase().as_str() {
                "bearer" => Some(SecurityKind::Bearer {
                    format: bearer_format.as_deref().and_then(Prose::new),
                }),
                "basic" => Some(SecurityKind::Basic),
                other => {
                    let message = format!(
                        "HTTP authentication `{other}` is not supported yet; requirements that name `{name}` are left out"
                    );
                    self.report(Code::SecurityScheme, &at.child("scheme"), message);
                    None
                }
            },
            Scheme::APIKey {
                location,
                name: key,
                ..
            } => self.lower_api_key(location, key, at),
            Scheme::OAuth2 { .. } => Some(self.lower_token("OAuth 2 flows", name, at)),
            Scheme::OpenIDConnect { .. } => {
                Some(self.lower_token("OpenID Connect discovery", name, at))
            }
        }
    }

    fn lower_token(&mut self, what: &str, name: &str, at: &Pointer) -> SecurityKind {
        let message = format!(
            "{what} are not supported yet: the client takes a token for `{name}` and sends it as a bearer token"
        );
        let mut diagnostic = Diagnostic::new(Code::NotSupported, self.origin(at), message);
        diagnostic.severity = Severity::Note;
        self.report_diagnostic(diagnostic);
        SecurityKind::Bearer { format: None }
    }

    fn lower_api_key(
        &mut self,
        location: &APIKeyLocation,
        key: &str,
        at: &Pointer,
    ) -> Option<SecurityKind> {
        let place = match location {
            APIKeyLocation::Header => ApiKeyPlace::Header,
            APIKeyLocation::Query => ApiKeyPlace::Query,
            APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
        };
        let is_legal = match place {
            ApiKeyPlace::Query => !key.is_empty(),
            ApiKeyPlace::Header | ApiKeyPlace::Cookie => super::media_type::is_token(key),
        };
        if !is_legal {
            let message =
                format!("`{key}` is no name that HTTP allows here; the scheme is left out");
            self.report(Code::InvalidToken, &at.child("name"), message);
            return None;
        }
        Some(SecurityKind::ApiKey {
            place,
            name: WireName::new(key),
        })
    }

    /// The alternatives of which one must be fulfilled. Those that name a scheme which is not carried are left out.
    pub(super) fn lower_requirements(
        &mut self,
        requirements: &[Requirement],
        schemes: &Schemes<'d>,
        at: &Pointer,
    ) -> Vec<SecurityRequirement> {
        let mut lowered: Vec<SecurityRequirement> = Vec::with_capacity(requirements.len());
        for (index, requirement) in requirements.iter().enumerate() {
            let place = at.index(index);
            let Some(requirement) = self.lower_requirement(requirement, schemes, &place) else {
                continue;
            };
            if !lowered.contains(&requirement) {
                lowered.push(requirement);
            }
        }
        if lowered.is_empty() && !requirements.is_empty() {
            let message = "no alternative is left that the client can fulfil; calls are sent without credentials";
            self.report(Code::SecurityScheme, at, message);
        }
        // Only the empty alternative is left: nothing is needed.
        if lowered
            .iter()
            .all(|requirement| requirement.schemes.is_empty())
        {
            lowered.clear();
        }
        lowered
    }

    fn lower_requirement(
        &mut self,
        requirement: &Requirement,
        schemes: &Schemes<'d>,
        at: &Pointer,
    ) -> Option<SecurityRequirement> {
        let mut lowered = SecurityRequirement {
            schemes: Vec::with_capacity(requirement.len()),
        };
        for (name, scopes) in requirement {
            match schemes.ids.get(name.as_str()) {
                Some(Some(id)) => {
                    let scopes = scopes.iter().map(WireName::new).collect();
                    lowered.schemes.push((*id, scopes));
                }
                // That the scheme is not supported is said where it is declared.
                Some(None) => return None,
                None => {
                    let message = format!(
                        "the document declares no security scheme `{name}`; this alternative is left out"
                    );
                    self.report(Code::SecurityScheme, &at.child(name), message);
                    return None;
                }
            }
        }
        Some(lowered)
    }
}

fn description(scheme: &Scheme) -> Option<&str> {
    match scheme {
        Scheme::APIKey { description, .. }
        | Scheme::HTTP { description, .. }
        | Scheme::OAuth2 { description, .. }
        | Scheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}
