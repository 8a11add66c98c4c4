//! Which types a type mentions, and the two walks over such a graph, both without recursion.

use crate::model::{Api, Type, TypeId};

/// The successors of each node, by index.
pub(super) type Graph = Vec<Vec<usize>>;

/// Everything that each type mentions, in any way.
pub(super) fn references(api: &Api) -> Graph {
    api.types
        .iter()
        .map(|(_, def)| {
            let mut found = Vec::new();
            (def.shape).each_named(&mut |id| found.push(id.index()));
            found
        })
        .collect()
}

/// Adds every named type in a type expression.
pub(super) fn mentioned(ty: &Type, found: &mut Vec<usize>) {
    ty.each_named(&mut |id| found.push(id.index()));
}

/// The named types that a value of the type holds in itself rather than behind a pointer.
pub(super) fn held(ty: &Type, found: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => found.push(*id),
        Type::Nullable(inner) => held(inner, found),
        Type::Tuple(items) => items.iter().for_each(|item| held(item, found)),
        Type::List(_) | Type::Map(_, _) | Type::Scalar(_) | Type::Json => {}
    }
}

/// Every node that can be reached from the given ones, themselves included.
pub(super) fn reachable(graph: &Graph, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut seen = vec![false; graph.len()];
    let mut open: Vec<usize> = from.into_iter().collect();
    while let Some(node) = open.pop() {
        if let Some(flag) = seen.get_mut(node)
            && !*flag
        {
            *flag = true;
            open.extend(graph.get(node).into_iter().flatten());
        }
    }
    seen
}

/// The edges, as node and position among its successors, that lead back to a node from which they were reached.
/// Without them the graph has no cycle. Depth first, in the order of the nodes and of their successors.
pub(super) fn back_edges(graph: &Graph) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; graph.len()];
    let mut found = Vec::new();
    for root in 0..graph.len() {
        let mut path = vec![(root, 0)];
        while let Some((node, position)) = path.pop() {
            let Some(state) = states.get_mut(node) else {
                continue;
            };
            if position == 0 {
                if *state != State::New {
                    continue;
                }
                *state = State::Open;
            }
            match graph.get(node).and_then(|next| next.get(position)) {
                None => *state = State::Done,
                Some(&next) => {
                    path.push((node, position + 1));
                    match states.get(next) {
                        Some(State::Open) => found.push((node, position)),
                        Some(State::New) => path.push((next, 0)),
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

/// The strongly connected component of each node, as a number (Tarjan's algorithm, with a stack of its own).
pub(super) fn components(graph: &Graph) -> Vec<usize> {
    let mut walk = Tarjan {
        order: vec![0; graph.len()],
        low: vec![0; graph.len()],
        component: vec![usize::MAX; graph.len()],
        stack: Vec::new(),
        visited: 0,
        found: 0,
    };
    for root in 0..graph.len() {
        walk.visit(graph, root);
    }
    walk.component
}

struct Tarjan {
    /// When a node was visited, from 1; 0 is never.
    order: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    visited: usize,
    found: usize,
}

#[expect(
    clippy::indexing_slicing,
    reason = "all tables are as long as the graph, and its edges lead to its own nodes"
)]
impl Tarjan {
    fn visit(&mut self, graph: &Graph, root: usize) {
        if self.order[root] != 0 {
            return;
        }
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, position)) = path.pop() {
            match graph[node].get(position) {
                Some(&next) => {
                    path.push((node, position + 1));
                    if self.order[next] == 0 {
                        self.enter(next);
                        path.push((next, 0));
                    } else if self.component[next] == usize::MAX {
                        self.low[node] = self.low[node].min(self.order[next]);
                    }
                }
                None => {
                    self.leave(node);
                    if let Some(&(parent, _)) = path.last() {
                        self.low[parent] = self.low[parent].min(self.low[node]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.visited += 1;
        self.order[node] = self.visited;
        self.low[node] = self.visited;
        self.stack.push(node);
    }

    fn leave(&mut self, node: usize) {
        if self.low[node] != self.order[node] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.component[member] = self.found;
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}
