//! Where the walk is.

use crate::load::objects::Kind;
use crate::source::Pointer;

/// The way from the root, on the stack: pointers are only made when there is something to say.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    token: Token<'a>,
    /// The object that this place belongs to, for messages and for how bad a wrong type is.
    pub(super) kind: Kind,
}

#[derive(Clone, Copy)]
enum Token<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// The whole document.
pub(super) const ROOT: At<'static> = At {
    parent: None,
    token: Token::Root,
    kind: Kind::OpenApi,
};

impl At<'_> {
    pub(super) fn key<'a>(&'a self, key: &'a str) -> At<'a> {
        At {
            parent: Some(self),
            token: Token::Key(key),
            kind: self.kind,
        }
    }

    pub(super) fn index(&self, index: usize) -> At<'_> {
        At {
            parent: Some(self),
            token: Token::Index(index),
            kind: self.kind,
        }
    }

    pub(super) fn within(self, kind: Kind) -> Self {
        At { kind, ..self }
    }

    pub(super) fn pointer(&self) -> Pointer {
        let parent = self.parent.map(At::pointer).unwrap_or_default();
        match self.token {
            Token::Root => parent,
            Token::Key(key) => parent.child(key),
            Token::Index(index) => parent.index(index),
        }
    }

    /// Whether it is the whole document.
    pub(super) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// The last token, to name the place in a message.
    pub(super) fn name(&self) -> String {
        match self.token {
            Token::Root => "the document".to_owned(),
            Token::Key(key) => format!("`{key}`"),
            Token::Index(index) => match self.parent {
                Some(parent) => format!("item {index} of {}", parent.name()),
                None => format!("item {index}"),
            },
        }
    }
}
