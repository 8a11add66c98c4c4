//! Security schemes and the requirements that name them.

use super::context::Lowering;
use super::docs::described;
use crate::diagnostic::Code;
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
    ids: HashMap<&'d str, Fate>,
}

/// What becomes of a scheme of the document.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// The client carries it.
    Carried(SecurityId),
    /// It is not supported, which is said where it is declared.
    LeftOut,
}

impl<'d> Schemes<'d> {
    fn carry(&mut self, name: &'d str, scheme: SecurityScheme) {
        let id = self.schemes.push(scheme);
        self.ids.insert(name, Fate::Carried(id));
    }
}

impl<'d> Lowering<'d> {
    /// The schemes of the document; those of a kind that is not carried are reported.
    pub(super) fn lower_security_schemes(&mut self) -> Schemes<'d> {
        let mut found = Schemes::default();
        let Some(components) = self.components() else {
            return found;
        };
        let mut of_transport = Vec::new();
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
            let Some(kind) = self.lower_security_kind(name, resolved.item, &at) else {
                found.ids.insert(name, Fate::LeftOut);
                continue;
            };
            let scheme = SecurityScheme {
                name: WireName::new(name),
                tokens: self.lower_tokens(resolved.item, &at),
                docs: described(description(resolved.item)),
                origin: self.origin(&at),
                kind,
            };
            match scheme.kind {
                SecurityKind::MutualTls => of_transport.push((name, scheme)),
                _ => found.carry(name, scheme),
            }
        }
        // So that the credentials that the client is given are numbered like their schemes.
        for (name, scheme) in of_transport {
            found.carry(name, scheme);
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
                // Loading has made a way of HTTP of it, since 3.0 does not know it.
                "mutualtls" => Some(SecurityKind::MutualTls),
                "digest" => {
                    let message = format!(
                        "HTTP authentication `digest` is refused: it rests on MD5, and a server must be asked twice; requirements that name `{name}` are left out"
                    );
                    self.report(Code::SecurityScheme, &at.child("scheme"), message);
                    None
                }
                other => {
                    let message = format!(
                        "HTTP authentication `{other}` is not supported; requirements that name `{name}` are left out"
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
            // Their tokens travel as bearer tokens (RFC 6750).
            Scheme::OAuth2 { .. } | Scheme::OpenIDConnect { .. } => {
                Some(SecurityKind::Bearer { format: None })
            }
        }
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
            ApiKeyPlace::Header | ApiKeyPlace::Cookie => crate::model::is_token(key),
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
                Some(Fate::Carried(id)) => {
                    let scopes = scopes.iter().map(WireName::new).collect();
                    lowered.schemes.push((*id, scopes));
                }
                Some(Fate::LeftOut) => return None,
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
