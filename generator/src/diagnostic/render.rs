//! Draws findings for people and writes them for machines.

use super::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// How findings are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct RenderOptions {
    /// Whether the text may carry ANSI colours.
    pub color: bool,
}

/// Draws findings for people.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, _options: RenderOptions) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| render_one(diagnostic, sources))
        .collect()
}

/// Writes findings for machines.
pub fn render_json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    render(diagnostics, sources, RenderOptions::default())
}

fn render_one(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let file = sources
        .get(diagnostic.primary.file)
        .map_or("", |file| file.name.as_str());
    format!(
        "{:?}[{}]: {}\n --> {file}#{}\n",
        diagnostic.severity, diagnostic.code, diagnostic.message, diagnostic.primary.pointer
    )
}
