//! Follows a stream of tokens and notes where the wanted pointers lead.

use super::Token;
use crate::source::Pointer;
use std::collections::HashMap;
use std::ops::Range;

/// The longest `key: value` that is shown whole.
const WHOLE: usize = 100;

/// A tree of the wanted pointers, and where in the text the walk is.
pub(super) struct Walk {
    nodes: Vec<Wanted>,
    frames: Vec<Frame>,
    /// The nodes whose place is the next scalar: an item that is an object is shown by its first key.
    opened: Vec<usize>,
}

#[derive(Default)]
struct Wanted {
    children: HashMap<String, usize>,
    keys: Vec<Range<usize>>,
    value: Option<Range<usize>>,
    is_container: bool,
    first_key: Option<usize>,
    scalar: Option<String>,
}

struct Frame {
    is_map: bool,
    /// In a map, the last key.
    key: Option<(String, Range<usize>)>,
    /// In a map, whether the last key has its value.
    is_complete: bool,
    /// In a list, the number of items so far.
    count: usize,
    /// The node of this container, if a wanted pointer leads through it.
    node: Option<usize>,
}

impl Walk {
    pub(super) fn new(pointers: &[Pointer]) -> Self {
        let mut walk = Walk {
            nodes: vec![Wanted::default()],
            frames: Vec::new(),
            opened: Vec::new(),
        };
        for pointer in pointers {
            let mut at = 0;
            for token in pointer.tokens() {
                let next = walk.nodes.len();
                let Some(wanted) = walk.nodes.get_mut(at) else {
                    break;
                };
                at = *wanted.children.entry(token).or_insert(next);
                if at == next {
                    walk.nodes.push(Wanted::default());
                }
            }
        }
        walk
    }

    pub(super) fn visit(&mut self, token: Token<'_>, span: Range<usize>) {
        if token == Token::End {
            self.frames.pop();
            self.opened.clear();
            return;
        }
        if matches!(token, Token::Scalar(_)) {
            for node in std::mem::take(&mut self.opened) {
                if let Some(wanted) = self.nodes.get_mut(node) {
                    wanted.value = Some(span.clone());
                }
            }
        }
        let node = match self.frames.last_mut() {
            None => Some(0),
            Some(frame) if frame.is_map && frame.is_complete => {
                frame.is_complete = false;
                // A key that is an object itself belongs to no pointer.
                let Token::Scalar(text) = token else {
                    frame.key = None;
                    return self.arrive(None, token, span);
                };
                let node = frame.node.filter(|_| frame.count == 0);
                if let Some(wanted) = node.and_then(|node| self.nodes.get_mut(node)) {
                    wanted.first_key = Some(span.start);
                }
                frame.key = Some((text.into_owned(), span));
                return;
            }
            Some(frame) => {
                frame.is_complete = true;
                let index = frame.count.to_string();
                frame.count += 1;
                let (name, key) = match &frame.key {
                    Some((name, key)) => (name, Some(key)),
                    None => (&index, None),
                };
                let parent = frame.node.and_then(|node| self.nodes.get(node));
                let node = parent.and_then(|parent| parent.children.get(name)).copied();
                let wanted = node.and_then(|node| self.nodes.get_mut(node));
                if let (Some(wanted), Some(key)) = (wanted, key) {
                    wanted.keys.push(key.clone());
                }
                node
            }
        };
        self.arrive(node, token, span);
    }

    fn arrive(&mut self, node: Option<usize>, token: Token<'_>, span: Range<usize>) {
        let is_map = token == Token::Map;
        let is_container = is_map || token == Token::List;
        if let Some((index, wanted)) = node.and_then(|node| Some((node, self.nodes.get_mut(node)?)))
        {
            wanted.is_container = is_container;
            wanted.value = Some(span);
            if let Token::Scalar(text) = token {
                wanted.scalar = Some(text.into_owned());
            } else {
                self.opened.push(index);
            }
        }
        if is_container {
            self.frames.push(Frame {
                is_map,
                key: None,
                is_complete: true,
                count: 0,
                node,
            });
        }
    }

    /// The pointer of where the walk stands.
    pub(super) fn here(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for frame in &self.frames {
            match &frame.key {
                Some((name, _)) => pointer = pointer.child(name),
                None if frame.is_map => break,
                None => pointer = pointer.index(frame.count.saturating_sub(1)),
            }
        }
        pointer
    }

    pub(super) fn best(&self, text: &str, pointer: &Pointer) -> Range<usize> {
        let mut best = 0..0;
        let mut at = Some(0);
        let mut tokens = pointer.tokens();
        while let Some(wanted) = at.and_then(|at| self.nodes.get(at)) {
            if let Some(value) = &wanted.value {
                best = wanted.shown(text, value);
            }
            at = tokens
                .next()
                .and_then(|token| wanted.children.get(&token))
                .copied();
        }
        best
    }

    pub(super) fn keys(&self, pointer: &Pointer) -> Vec<Range<usize>> {
        self.find(pointer)
            .map(|wanted| wanted.keys.clone())
            .unwrap_or_default()
    }

    pub(super) fn first_key(&self, pointer: &Pointer) -> Option<usize> {
        self.find(pointer)?.first_key
    }

    pub(super) fn scalar(&self, pointer: &Pointer) -> Option<String> {
        self.find(pointer)?.scalar.clone()
    }

    fn find(&self, pointer: &Pointer) -> Option<&Wanted> {
        pointer
            .tokens()
            .try_fold(self.nodes.first()?, |wanted, token| {
                self.nodes.get(*wanted.children.get(&token)?)
            })
    }
}

impl Wanted {
    fn shown(&self, text: &str, value: &Range<usize>) -> Range<usize> {
        let Some(key) = self.keys.first() else {
            return value.clone();
        };
        let whole = key.start..value.end;
        let is_short = text
            .get(whole.clone())
            .is_some_and(|text| text.len() <= WHOLE && !text.trim_end().contains('\n'));
        if self.is_container || !is_short {
            key.clone()
        } else {
            whole
        }
    }
}
