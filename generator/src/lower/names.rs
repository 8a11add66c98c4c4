//! The path of names that leads from a component or an operation to an inline schema.

use crate::model::{TypeName, WireName};
use crate::source::Pointer;

/// A path of names, as a list on the stack: most schemas need no name, so none is allocated for them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'p> {
    parent: Option<&'p Names<'p>>,
    segment: &'p str,
    depth: usize,
}

impl<'p> Names<'p> {
    /// A path of one name: that of a component or an operation.
    pub(super) fn root(segment: &'p str) -> Self {
        Names {
            parent: None,
            segment,
            depth: 1,
        }
    }

    /// The path to something below: a property, or a role such as `item`.
    pub(super) fn child<'c>(&'c self, segment: &'c str) -> Names<'c>
    where
        'p: 'c,
    {
        Names {
            parent: Some(self),
            segment,
            depth: self.depth + 1,
        }
    }

    /// How many names there are.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The name of an inline type at this place.
    pub(super) fn to_type_name(self) -> TypeName {
        let mut segments = Vec::with_capacity(self.depth);
        let mut next = Some(&self);
        while let Some(names) = next {
            segments.push(WireName::new(names.segment));
            next = names.parent;
        }
        segments.reverse();
        TypeName::Inline(segments)
    }
}

/// The schema component of which a place is a property, be it in a member of its allOf: an inline type is named after
/// that, whoever extends the component.
pub(super) fn home(at: &Pointer) -> Option<String> {
    let mut tokens = at.tokens();
    if tokens.next()? != "components" || tokens.next()? != "schemas" {
        return None;
    }
    let name = tokens.next()?;
    loop {
        let (word, _) = (tokens.next()?, tokens.next()?);
        match word.as_str() {
            "allOf" => {}
            "properties" if tokens.next().is_none() => return Some(name),
            _ => return None,
        }
    }
}
