//! Where the tokens of a scheme are to be had, and what they may allow.

use crate::model::TokenSupply;
use crate::reference::encode::{Html, Text};
use crate::reference::page::{flow_names, flow_urls};
use serde::Serialize;

/// A way to get tokens.
#[derive(Serialize)]
pub struct FlowView {
    name: &'static str,
    urls: Vec<Text>,
}

/// What a token may be good for.
#[derive(Serialize)]
pub struct ScopeView {
    name: Text,
    description: Option<Html>,
}

/// The flows of a scheme, and the place where the server tells of its own.
pub fn flows(supply: &TokenSupply) -> Vec<FlowView> {
    let flows = supply.flows.iter().map(|flow| FlowView {
        name: flow_names(&flow.kind).0,
        urls: flow_urls(flow).map(Text::new).collect(),
    });
    let discovery = supply.discovery.iter().map(|url| FlowView {
        name: "as the server says",
        urls: vec![Text::new(url.as_str())],
    });
    flows.chain(discovery).collect()
}

/// The scopes of all flows.
pub fn scopes(supply: &TokenSupply) -> Vec<ScopeView> {
    let scopes = supply.scopes.iter().map(|(name, docs)| ScopeView {
        name: Text::new(name.as_str()),
        description: docs.as_ref().map(|prose| Html::line(prose, true)),
    });
    scopes.collect()
}
