//! The part of a list that a request asks for, where its parameters have one of the usual names.

use super::Call;
use super::text::decoded;
use crate::model::{Parameter, ParameterLocation, Presence, plain};
use serde_json::Value;

/// What the parameter is called that says how many items there are at most: in small letters, without signs.
const SIZES: &[&str] = &[
    "limit",
    "pagesize",
    "perpage",
    "pagelimit",
    "maxresults",
    "maxitems",
    "itemsperpage",
    "top",
    "take",
];
/// What the parameter is called that says how many items come before.
const OFFSETS: &[&str] = &["offset", "pageoffset", "skip", "startindex"];
/// What the parameter is called that says which page it is.
const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pagenum"];

/// Which items are asked for.
pub struct Window {
    skip: usize,
    most: usize,
}

impl Window {
    /// What a request asks for; what it leaves open is as the document says.
    pub fn of(call: &Call<'_>) -> Self {
        let most = asked(call, SIZES).map_or(usize::MAX, |(_, size)| size);
        let skip = asked(call, OFFSETS).map_or_else(
            || {
                let (parameter, page) = asked(call, PAGES)?;
                // Pages are numbered from one, unless zero is what the document starts with.
                let first = match &parameter.presence {
                    Presence::Defaulted(value) => value.as_u64().is_none_or(|value| value > 0),
                    Presence::Required | Presence::Optional => true,
                };
                let before = page.saturating_sub(usize::from(first));
                (most < usize::MAX).then(|| before.saturating_mul(most))
            },
            |(_, offset)| Some(offset),
        );
        Window {
            skip: skip.unwrap_or(0),
            most,
        }
    }

    /// The items of a whole list that are asked for.
    pub fn through<T>(&self, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        items.into_iter().skip(self.skip).take(self.most)
    }

    /// A value that is made up, with no more items than are asked for: it stands for any page.
    pub fn cut(&self, mut value: Value) -> Value {
        if let Some(items) = list(&mut value) {
            items.truncate(self.most);
        }
        value
    }
}

/// The list that an answer hands out: the answer itself, or the only list in it.
pub fn list(value: &mut Value) -> Option<&mut Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(members) => {
            let mut lists = members.values_mut().filter_map(Value::as_array_mut);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

/// The number that a request has for the first parameter of one of these names, or that it stands for if left out.
fn asked<'a>(call: &Call<'a>, names: &[&str]) -> Option<(&'a Parameter, usize)> {
    let parameters = call.api.operations[call.id].parameters.iter();
    let mut queries = parameters.filter(|parameter| parameter.location == ParameterLocation::Query);
    let parameter =
        queries.find(|parameter| names.contains(&plain(parameter.name.as_str()).as_str()))?;
    let sent = call.query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (decoded(name) == parameter.name.as_str()).then(|| decoded(value))
    });
    let number = match (sent, &parameter.presence) {
        (Some(text), _) => text.parse().ok()?,
        (None, Presence::Defaulted(value)) => usize::try_from(value.as_u64()?).ok()?,
        (None, _) => return None,
    };
    Some((parameter, number))
}
