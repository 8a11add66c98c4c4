//! Where tokens are to be had: the flows of OAuth 2, and documents that name endpoints.

use super::context::Lowering;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::{device_flow, metadata_url};
use crate::model::{FlowKind, Prose, TokenFlow, TokenSupply, WireName};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{OAuth2Flows, SecurityScheme as Scheme};
use serde_json::Value;

impl Lowering<'_> {
    /// Where the tokens of a scheme are to be had.
    pub(super) fn lower_tokens(&mut self, scheme: &Scheme, at: &Pointer) -> TokenSupply {
        match scheme {
            Scheme::OAuth2 { flows, .. } => TokenSupply {
                discovery: metadata_url(scheme).and_then(url),
                ..self.lower_flows(flows, &at.child("flows"))
            },
            Scheme::OpenIDConnect {
                open_id_connect_url,
                ..
            } => TokenSupply {
                discovery: url(open_id_connect_url),
                ..TokenSupply::default()
            },
            Scheme::HTTP { .. } | Scheme::APIKey { .. } => TokenSupply::default(),
        }
    }

    fn lower_flows(&mut self, flows: &OAuth2Flows, at: &Pointer) -> TokenSupply {
        let mut supply = TokenSupply::default();
        if let Some(flow) = &flows.authorization_code
            && let Some(authorization) = url(&flow.authorization_url)
        {
            let kind = FlowKind::AuthorizationCode(authorization);
            let refresh_url = flow.refresh_url.as_deref();
            add(&mut supply, kind, &flow.token_url, refresh_url);
            add_scopes(&mut supply, &flow.scopes);
        }
        if let Some(flow) = &flows.client_credentials {
            let kind = FlowKind::ClientCredentials;
            let refresh_url = flow.refresh_url.as_deref();
            add(&mut supply, kind, &flow.token_url, refresh_url);
            add_scopes(&mut supply, &flow.scopes);
        }
        if let Some(flow) = device_flow(flows) {
            self.lower_device_flow(&mut supply, flow, &at.child("deviceAuthorization"));
        }
        if let Some(flow) = &flows.password {
            let kind = FlowKind::Password;
            let refresh_url = flow.refresh_url.as_deref();
            add(&mut supply, kind, &flow.token_url, refresh_url);
            add_scopes(&mut supply, &flow.scopes);
        }
        if let Some(flow) = &flows.implicit {
            let message = "tokens of the implicit flow come by way of a browser alone: the client takes one that the user has";
            let origin = self.origin(&at.child("implicit"));
            let mut diagnostic = Diagnostic::new(Code::NotSupported, origin, message);
            diagnostic.severity = Severity::Note;
            self.report_diagnostic(diagnostic);
            add_scopes(&mut supply, &flow.scopes);
        }
        supply
    }

    fn lower_device_flow(
        &mut self,
        supply: &mut TokenSupply,
        flow: &serde_json::Map<String, Value>,
        at: &Pointer,
    ) {
        let text = |key: &str| flow.get(key).and_then(Value::as_str);
        let (Some(device), Some(token)) = (
            text("deviceAuthorizationUrl").and_then(url),
            text("tokenUrl"),
        ) else {
            let message =
                "the flow needs `deviceAuthorizationUrl` and `tokenUrl`; it is left out".to_owned();
            self.report(Code::SecurityScheme, at, message);
            return;
        };
        add(supply, FlowKind::Device(device), token, text("refreshUrl"));
        let scopes = flow.get("scopes").and_then(Value::as_object);
        for (name, description) in scopes.into_iter().flatten() {
            add_scope(supply, name, description.as_str().unwrap_or_default());
        }
    }
}

fn add(supply: &mut TokenSupply, kind: FlowKind, token_url: &str, refresh_url: Option<&str>) {
    // A flow that buys its tokens nowhere is none.
    if let Some(token_url) = url(token_url) {
        supply.flows.push(TokenFlow {
            kind,
            token_url,
            refresh_url: refresh_url.and_then(url),
        });
    }
}

fn add_scopes(supply: &mut TokenSupply, scopes: &IndexMap<String, String>) {
    for (name, description) in scopes {
        add_scope(supply, name, description);
    }
}

/// Flows of a scheme have most scopes in common.
fn add_scope(supply: &mut TokenSupply, name: &str, description: &str) {
    if !name.is_empty() {
        let known = supply.scopes.entry(WireName::new(name));
        known.or_insert_with(|| Prose::new(description));
    }
}

fn url(text: &str) -> Option<WireName> {
    let text = text.trim();
    (!text.is_empty()).then(|| WireName::new(text))
}
