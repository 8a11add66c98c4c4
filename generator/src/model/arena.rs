//! A list whose items are named by typed ids instead of references.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

/// The place of a `T` in its [`Arena`]. Ids are only made by [`Arena::push`], and arenas never shrink.
pub struct Id<T> {
    index: usize,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The position in the arena, for tables that run beside it.
    pub fn index(self) -> usize {
        self.index
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A list of `T` that grows and never shrinks.
#[derive(Debug, Clone)]
pub struct Arena<T> {
    items: Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Arena { items: Vec::new() }
    }
}

impl<T> Arena<T> {
    /// Adds an item and gives its id.
    pub fn push(&mut self, item: T) -> Id<T> {
        self.items.push(item);
        Id {
            index: self.items.len() - 1,
            of: PhantomData,
        }
    }

    /// The id that the next [`push`](Self::push) will give.
    pub fn next_id(&self) -> Id<T> {
        Id {
            index: self.items.len(),
            of: PhantomData,
        }
    }

    /// The items in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Every item with its id, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Id<T>, &T)> + DoubleEndedIterator {
        self.items.iter().enumerate().map(|(index, item)| {
            (
                Id {
                    index,
                    of: PhantomData,
                },
                item,
            )
        })
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = Id<T>> + use<T> {
        (0..self.items.len()).map(|index| Id {
            index,
            of: PhantomData,
        })
    }

    /// The item of an id, to be changed.
    pub fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.items.get_mut(id.index)
    }
}

impl<T> Index<Id<T>> for Arena<T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "an id is only made by the arena that it is used with"
    )]
    fn index(&self, id: Id<T>) -> &T {
        &self.items[id.index]
    }
}
