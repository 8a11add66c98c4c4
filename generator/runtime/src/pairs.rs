//! Reads names and values: queries, forms and cookies.

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
