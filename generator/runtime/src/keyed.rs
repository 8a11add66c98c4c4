//! Maps whose keys are more than any text: values of an enum, identifiers, dates.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use super::codec::{Decode, Encode, MapSlot, MapView, Slot, View};

/// A map from keys of a type to values, in the order of what the keys are on the wire.
///
/// A key keeps the spelling that it came with, and is found by any other spelling of the same key too.
pub struct KeyedMap<K, V> {
    entries: BTreeMap<String, V>,
    keys: PhantomData<fn() -> K>,
}

impl<K, V> KeyedMap<K, V> {
    /// A map without entries.
    pub fn new() -> Self {
        KeyedMap {
            entries: BTreeMap::new(),
            keys: PhantomData,
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The values by the text of their keys.
    pub fn by_text(&self) -> &BTreeMap<String, V> {
        &self.entries
    }
}

impl<K: Decode, V> KeyedMap<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let spelled = self.spelled(key);
        self.entries.get(&spelled)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let spelled = self.spelled(key);
        self.entries.get_mut(&spelled)
    }

    /// Whether there is a value of a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Gives a key a value, and returns the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let spelled = self.spelled(&key);
        self.entries.insert(spelled, value)
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let spelled = self.spelled(key);
        self.entries.remove(&spelled)
    }

    /// The keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        let entries = self.entries.iter();
        entries.map(|(text, value)| (key_of(text), value))
    }

    /// How the key is spelled in the map, or would be.
    fn spelled(&self, key: &K) -> String {
        let view = key.view();
        let text = text_of(view);
        // A text has one spelling.
        if matches!(view, View::Text(_)) || self.entries.contains_key(&text) {
            return text;
        }
        let usual = usual_text_of(view);
        let mut known = self.entries.keys();
        let same = known.find(|known| usual_text_of(key_of::<K>(known).view()) == usual);
        same.cloned().unwrap_or(text)
    }
}

fn key_of<K: Decode>(text: &str) -> K {
    let mut key = K::blank();
    take(key.slot(), text);
    key
}

/// Takes a text; otherwise says what is expected.
fn take(slot: Slot<'_>, text: &str) -> Option<&'static str> {
    match slot {
        Slot::Text(slot) => match slot.put(text) {
            true => None,
            false => Some(slot.expected()),
        },
        Slot::String(slot) => {
            text.clone_into(slot);
            None
        }
        _ => Some("a string"),
    }
}

fn text_of(view: View<'_>) -> String {
    let mut text = String::new();
    match view {
        View::Text(plain) => text.push_str(plain),
        // A text takes whatever is written to it.
        View::Format(value) => drop(value.format(&mut text)),
        _ => {}
    }
    text
}

fn usual_text_of(view: View<'_>) -> String {
    let mut text = String::new();
    match view {
        View::Format(value) => drop(value.format_usual(&mut text)),
        view => text = text_of(view),
    }
    text
}

impl<K, V> Default for KeyedMap<K, V> {
    fn default() -> Self {
        KeyedMap::new()
    }
}

impl<K, V: Clone> Clone for KeyedMap<K, V> {
    fn clone(&self) -> Self {
        KeyedMap {
            entries: self.entries.clone(),
            keys: PhantomData,
        }
    }
}

impl<K, V: PartialEq> PartialEq for KeyedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<K, V: fmt::Debug> fmt::Debug for KeyedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<K: Decode, V> Extend<(K, V)> for KeyedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Decode, V> FromIterator<(K, V)> for KeyedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = KeyedMap::new();
        map.extend(entries);
        map
    }
}

impl<K: Decode, V, const N: usize> From<[(K, V); N]> for KeyedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V: Encode> Encode for KeyedMap<K, V> {
    fn view(&self) -> View<'_> {
        self.entries.view()
    }
}

impl<K: Decode, V: Decode> Decode for KeyedMap<K, V> {
    fn blank() -> Self {
        KeyedMap::new()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<K, V: Encode> MapView for KeyedMap<K, V> {
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        self.entries.entries()
    }
    fn has(&self, key: &str) -> bool {
        self.entries.has(key)
    }
}

impl<K: Decode, V: Decode> MapSlot for KeyedMap<K, V> {
    fn clear(&mut self) {
        self.entries.clear();
    }
    fn entry(&mut self, key: String) -> Slot<'_> {
        MapSlot::entry(&mut self.entries, key)
    }
    fn expects(&self, key: &str) -> Option<&'static str> {
        take(K::blank().slot(), key)
    }
}
