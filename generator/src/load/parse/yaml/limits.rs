//! Aliases, and the limits that hold while a value is built.

use super::{Anchor, MapHelp, Reader};
use crate::diagnostic::Code;
use crate::load::parse::{Failure, too_deep, too_many};
use saphyr_parser::Span;
use serde_json::Value;

impl Reader<'_, '_> {
    pub(super) fn alias(
        &mut self,
        id: usize,
        depth: usize,
        span: Span,
    ) -> Result<(Value, usize), Failure> {
        let (value, nodes, weight, height) = match self.anchors.get(&id) {
            Some(Anchor::Closed {
                value,
                nodes,
                weight,
                height,
            }) => (value, *nodes, *weight, *height),
            Some(Anchor::Open) => {
                let message =
                    "this alias stands inside of the value that it repeats, so it has no end";
                return Err(self
                    .fail(Code::Limit, message, span)
                    .map_help("use a `$ref` for recursion"));
            }
            None => return Err(self.fail(Code::Syntax, "this alias has no anchor", span)),
        };
        if depth + height > self.options.max_depth {
            return Err(self.fail(Code::Limit, too_deep(self.options.max_depth), span));
        }
        // The limits are asked before the copy is made.
        let limit = self.expansion_limit();
        if self.unfolded.saturating_add(weight) > limit
            || self.nodes.saturating_add(nodes) > self.options.max_nodes
        {
            return Err(self.refuse_expansion(span));
        }
        let value = value.clone();
        self.unfolded += weight;
        self.weight += weight;
        self.nodes += nodes;
        Ok((value, height))
    }

    fn expansion_limit(&self) -> usize {
        self.options
            .free_expansion
            .saturating_add(self.text.len().saturating_mul(self.options.max_expansion))
    }

    pub(super) fn unfold(&mut self, weight: usize, span: Span) -> Result<(), Failure> {
        self.unfolded = self.unfolded.saturating_add(weight);
        if self.unfolded > self.expansion_limit() {
            return Err(self.refuse_expansion(span));
        }
        Ok(())
    }

    fn refuse_expansion(&mut self, span: Span) -> Failure {
        self.fail(
            Code::Limit,
            "the aliases of this document unfold to more than the limit allows",
            span,
        )
    }

    pub(super) fn count(&mut self, nodes: usize, span: Span) -> Result<(), Failure> {
        self.nodes += nodes;
        if self.nodes > self.options.max_nodes {
            return Err(self.fail(Code::Limit, too_many(self.options.max_nodes), span));
        }
        Ok(())
    }

    pub(super) fn enter(&mut self, depth: usize, span: Span) -> Result<(), Failure> {
        if depth >= self.options.max_depth {
            return Err(self.fail(Code::Limit, too_deep(self.options.max_depth), span));
        }
        Ok(())
    }
}
