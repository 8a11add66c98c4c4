//! Values made of values: references, boxes, options, lists, tuples, maps.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::codec::{
    Decode, Encode, ListSlot, ListView, MapSlot, MapView, OptionalSlot, Slot, View,
};

impl<T: Encode> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Encode> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }
}

/// The outermost `None` is absent; an inner one is `null`.
impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            None => View::Absent,
            Some(value) => match value.view() {
                View::Absent => View::Null,
                view => view,
            },
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Decode> OptionalSlot for Option<T> {
    fn fill(&mut self) -> Slot<'_> {
        self.insert(T::blank()).slot()
    }
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Encode> Encode for &[T] {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode> ListView for &[T] {
    fn count(&self) -> usize {
        self.len()
    }
    fn item(&self, index: usize) -> Option<View<'_>> {
        self.get(index).map(T::view)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode> ListView for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
    fn item(&self, index: usize) -> Option<View<'_>> {
        self.get(index).map(T::view)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Decode> ListSlot for Vec<T> {
    fn clear(&mut self) {
        Vec::clear(self);
    }
    fn next(&mut self, _index: usize) -> Option<Slot<'_>> {
        self.push(T::blank());
        self.last_mut().map(T::slot)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Encode> MapView for BTreeMap<String, T> {
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_str(), value.view())))
    }
    fn has(&self, key: &str) -> bool {
        self.contains_key(key)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn blank() -> Self {
        BTreeMap::new()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<T: Decode> MapSlot for BTreeMap<String, T> {
    fn clear(&mut self) {
        BTreeMap::clear(self);
    }
    fn entry(&mut self, key: String) -> Slot<'_> {
        let value = match BTreeMap::entry(self, key) {
            Entry::Vacant(entry) => entry.insert(T::blank()),
            Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = T::blank();
                value
            }
        };
        value.slot()
    }
}

macro_rules! tuples {
    ($($count:literal: $($index:tt $item:ident),*;)*) => { $(
        impl<$($item: Encode),*> Encode for ($($item,)*) {
            fn view(&self) -> View<'_> {
                View::List(self)
            }
        }
        impl<$($item: Encode),*> ListView for ($($item,)*) {
            fn count(&self) -> usize {
                $count
            }
            fn item(&self, index: usize) -> Option<View<'_>> {
                match index {
                    $($index => Some(self.$index.view()),)*
                    _ => None,
                }
            }
        }
        impl<$($item: Decode),*> Decode for ($($item,)*) {
            fn blank() -> Self {
                ($($item::blank(),)*)
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::List(self)
            }
        }
        impl<$($item: Decode),*> ListSlot for ($($item,)*) {
            fn clear(&mut self) {
                *self = Self::blank();
            }
            fn next(&mut self, index: usize) -> Option<Slot<'_>> {
                match index {
                    $($index => Some(self.$index.slot()),)*
                    _ => None,
                }
            }
            fn fixed(&self) -> Option<usize> {
                Some($count)
            }
        }
    )* };
}

tuples! {
    1: 0 A;
    2: 0 A, 1 B;
    3: 0 A, 1 B, 2 C;
    4: 0 A, 1 B, 2 C, 3 D;
    5: 0 A, 1 B, 2 C, 3 D, 4 E;
    6: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F;
    7: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G;
    8: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H;
}
