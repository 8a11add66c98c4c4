//! Aliases, and the limits that hold while a value is built.

use super::{Anchor, MapHelp, Reader};
use crate::diagnostic::Code;
use crate::load::parse::{Failure, too_deep};
use saphyr_parser::Span;
use serde_json::Value;

impl Reader<'_, '_, '_> {
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
        if depth + height > self.budget.options.max_depth {
            return Err(self.fail(Code::Limit, too_deep(self.budget.options.max_depth), span));
        }
        // The limits are asked before the copy is made.
        let max_nodes = self.budget.options.max_nodes;
        if self.budget.unfolded.saturating_add(weight) > self.budget.expansion_limit()
            || self.budget.nodes.saturating_add(nodes) > max_nodes
        {
            return Err(self.refuse_expansion(span));
        }
        let value = value.clone();
        self.budget.unfolded += weight;
        self.weight += weight;
        self.budget.nodes += nodes;
        Ok((value, height))
    }

    pub(super) fn unfold(&mut self, weight: usize, span: Span) -> Result<(), Failure> {
        self.budget.unfolded = self.budget.unfolded.saturating_add(weight);
        if self.budget.unfolded > self.budget.expansion_limit() {
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
        match self.budget.take_nodes(nodes) {
            Ok(()) => Ok(()),
            Err(message) => Err(self.fail(Code::Limit, message, span)),
        }
    }

    pub(super) fn enter(&mut self, depth: usize, span: Span) -> Result<(), Failure> {
        if depth >= self.budget.options.max_depth {
            return Err(self.fail(Code::Limit, too_deep(self.budget.options.max_depth), span));
        }
        Ok(())
    }
}
