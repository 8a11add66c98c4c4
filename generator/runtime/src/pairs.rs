//! Reads names and values: queries, forms and cookies.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::codec::{Json, Slot};
use super::header_values::{items, list_of, value_of};

/// Names and values, decoded, in their order.
pub type Pairs = Vec<(String, String)>;

/// The pairs of a query or of a form.
pub fn of_form(text: &str) -> Pairs {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// The whole of a query as the value of a name; no pair if there is none.
pub fn whole(query: &str, name: &str) -> Pairs {
    let text = percent_decode_str(query).decode_utf8_lossy();
    let pair = (!text.is_empty()).then(|| (name.to_owned(), text.into_owned()));
    pair.into_iter().collect()
}

/// The pairs of cookies.
pub fn of_cookies(text: &str) -> Pairs {
    let pairs = text.split(';').map(str::trim);
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| {
            let value = percent_decode_str(value).decode_utf8_lossy();
            (name.to_owned(), value.into_owned())
        })
        .collect()
}

/// The first value of a name.
pub fn first<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    let mut pairs = pairs.iter();
    pairs.find_map(|(known, value)| (known == name).then_some(value.as_str()))
}

/// The JSON of an object whose members are pairs, by what is to take it.
pub fn json_of(slot: Slot<'_>, pairs: &Pairs) -> Vec<u8> {
    members(slot, pairs).to_string().into_bytes()
}

/// The JSON of a value of which each part is a pair; `None` if no pair has its name. Nothing tells the members of an
/// object from other pairs, so that they are looked for among all of them.
pub fn exploded(slot: Slot<'_>, pairs: &Pairs, name: &str) -> Option<Vec<u8>> {
    let json = match slot {
        Slot::Record(_) | Slot::Map(_) if first(pairs, name).is_none() => {
            (!pairs.is_empty()).then(|| members(slot, pairs))?
        }
        Slot::Optional(inner) => return exploded(inner.fill(), pairs, name),
        slot => value(slot, &texts(pairs, name))?,
    };
    Some(json.to_string().into_bytes())
}

/// The JSON of a value whose parts stand between marks; `None` if no pair has its name.
pub fn joined(slot: Slot<'_>, pairs: &Pairs, name: &str, mark: char) -> Option<Vec<u8>> {
    let text = first(pairs, name)?;
    let json = match slot {
        Slot::List(list) => list_of(list, items(text, mark)),
        slot if mark == ',' => value_of(slot, text),
        slot => value_of(slot, &text.replace(mark, ",")),
    };
    Some(json.to_string().into_bytes())
}

/// The JSON of a value whose nested keys stand in brackets, `name[key][0]=text`; `None` if no pair has its name.
pub fn deep(slot: Slot<'_>, pairs: &Pairs, name: &str) -> Option<Vec<u8>> {
    let named = pairs.iter().filter_map(|(known, text)| {
        let rest = known.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with('[')).then_some((rest, text.as_str()))
    });
    let named: Vec<(&str, &str)> = named.collect();
    if named.is_empty() {
        return None;
    }
    Some(deep_value(slot, &named, 0)?.to_string().into_bytes())
}

/// What is nested further is not looked at: nobody means it.
const MAX_DEPTH: usize = 64;

/// The value of pairs of what is left of their names in brackets, and their texts.
fn deep_value(slot: Slot<'_>, pairs: &[(&str, &str)], depth: usize) -> Option<Json> {
    if depth > MAX_DEPTH {
        return None;
    }
    match slot {
        Slot::Optional(inner) => deep_value(inner.fill(), pairs, depth),
        Slot::Record(record) => {
            let fields = record.spec().fields;
            let members = by_key(pairs).into_iter().filter_map(|(key, pairs)| {
                let value = match fields.iter().position(|field| field.name() == key) {
                    Some(index) => deep_value(record.field_slot(index), &pairs, depth + 1)?,
                    None => match record.rest_slot() {
                        Some(rest) => deep_value(rest.entry(key.to_owned()), &pairs, depth + 1)?,
                        None => untyped(&pairs, depth + 1)?,
                    },
                };
                Some((key.to_owned(), value))
            });
            Some(Json::Object(members.collect()))
        }
        Slot::Map(map) => {
            let members = by_key(pairs).into_iter().filter_map(|(key, pairs)| {
                let value = deep_value(map.entry(key.to_owned()), &pairs, depth + 1)?;
                Some((key.to_owned(), value))
            });
            Some(Json::Object(members.collect()))
        }
        Slot::List(list) if pairs.iter().all(|(rest, _)| rest.is_empty()) => {
            Some(list_of(list, pairs.iter().map(|(_, text)| *text)))
        }
        Slot::List(list) => {
            let items = by_index(pairs).into_iter().enumerate();
            let items = items.filter_map(|(index, pairs)| match list.next(index) {
                Some(slot) => deep_value(slot, &pairs, depth + 1),
                None => untyped(&pairs, depth + 1),
            });
            Some(Json::Array(items.collect()))
        }
        Slot::Union(_) | Slot::Json(_) if pairs.iter().any(|(rest, _)| !rest.is_empty()) => {
            untyped(pairs, depth)
        }
        slot => {
            let (_, text) = pairs.iter().rev().find(|(rest, _)| rest.is_empty())?;
            Some(value_of(slot, text))
        }
    }
}

/// A value of which no type is known: an object, a list if all keys are numbers, or a text.
fn untyped(pairs: &[(&str, &str)], depth: usize) -> Option<Json> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some((_, text)) = pairs.iter().rev().find(|(rest, _)| rest.is_empty()) {
        return Some(Json::from(*text));
    }
    let groups = by_key(pairs);
    if groups.iter().all(|(key, _)| is_index(key)) {
        let items = by_index(pairs).into_iter();
        let items = items.filter_map(|pairs| untyped(&pairs, depth + 1));
        return Some(Json::Array(items.collect()));
    }
    let members = groups.into_iter();
    let members =
        members.filter_map(|(key, pairs)| Some((key.to_owned(), untyped(&pairs, depth + 1)?)));
    Some(Json::Object(members.collect()))
}

fn is_index(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Pairs of what is left of their names, by a key.
type Groups<'p> = Vec<(&'p str, Vec<(&'p str, &'p str)>)>;

/// The pairs by the first of their keys, in the order in which the keys come.
fn by_key<'p>(pairs: &[(&'p str, &'p str)]) -> Groups<'p> {
    let mut groups: Groups<'p> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (rest, text) in pairs {
        let Some((key, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
            continue;
        };
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push((rest, text)),
            None => groups.push((key, vec![(rest, text)])),
        }
    }
    groups
}

/// The pairs of the items of a list, in the order of their indexes; what has none is an item for each pair.
fn by_index<'p>(pairs: &[(&'p str, &'p str)]) -> Vec<Vec<(&'p str, &'p str)>> {
    let mut groups = by_key(pairs);
    groups.sort_by_key(|(key, _)| key.parse::<usize>().unwrap_or(usize::MAX));
    let items = groups
        .into_iter()
        .flat_map(|(key, group)| match key.is_empty() {
            true => group.into_iter().map(|pair| vec![pair]).collect(),
            false => vec![group],
        });
    items.collect()
}

fn members(slot: Slot<'_>, pairs: &Pairs) -> Json {
    let mut object = serde_json::Map::new();
    match slot {
        Slot::Optional(inner) => return members(inner.fill(), pairs),
        Slot::Record(record) => {
            let fields = record.spec().fields;
            for (index, field) in fields.iter().enumerate() {
                let found = value(record.field_slot(index), &texts(pairs, field.name()));
                object.extend(found.map(|json| (field.name().to_owned(), json)));
            }
            for (name, text) in pairs {
                if !object.contains_key(name) && !fields.iter().any(|field| field.name() == name) {
                    object.insert(name.clone(), Json::String(text.clone()));
                }
            }
        }
        Slot::Map(map) => {
            for (name, _) in pairs {
                let found = value(map.entry(name.clone()), &texts(pairs, name));
                object.extend(found.map(|json| (name.clone(), json)));
            }
        }
        _ => {
            let pairs = pairs.iter();
            object.extend(pairs.map(|(name, text)| (name.clone(), Json::String(text.clone()))));
        }
    }
    Json::Object(object)
}

/// What the texts of one name say: a list if one is wanted, else the last of them. An object in a form is its JSON.
fn value(slot: Slot<'_>, texts: &[&str]) -> Option<Json> {
    let last = texts.last()?;
    Some(match slot {
        Slot::Optional(inner) => return value(inner.fill(), texts),
        Slot::List(list) => match serde_json::from_str(last) {
            Ok(items @ Json::Array(_)) if texts.len() == 1 => items,
            _ => list_of(list, texts.iter().copied()),
        },
        Slot::Record(_) | Slot::Map(_) | Slot::Union(_) | Slot::Json(_) => {
            match serde_json::from_str(last) {
                Ok(object @ Json::Object(_)) => object,
                _ => value_of(slot, last),
            }
        }
        slot => value_of(slot, last),
    })
}

fn texts<'p>(pairs: &'p Pairs, name: &str) -> Vec<&'p str> {
    let pairs = pairs.iter().filter(|(known, _)| known == name);
    pairs.map(|(_, value)| value.as_str()).collect()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
