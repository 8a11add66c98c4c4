//! What was created, so that it can be read again, where the document lets one guess how.
//!
//! A `POST` whose answer is an object creates an item below its path. A `GET` of the same path that answers a list, or an
//! object with one list in it, lists the items; `GET`, `PUT`, `PATCH` and `DELETE` of one segment more are for one of them.
//! Nothing is answered that the schema of the answer does not allow: then the document's example is.

use super::answer::{Answers, documented, first_success, json_type, shown, status_of};
use super::paging::{Window, list};
use super::schema::Way;
use super::validate::Validators;
use super::{Call, Reply};
use crate::model::{Constraints, PathPiece, Response};
use crate::reference::response_example;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// A collection does not grow beyond so many items, nor the ledger beyond so many collections: the oldest make room.
const MOST_ITEMS: usize = 1000;
/// Members by which people tell items apart: no two items of a collection have the same, if the document has a conflict.
const NAMES: &[&str] = &["name", "username", "email", "slug", "key"];

/// What was created.
pub struct Ledger {
    state: Mutex<State>,
}

struct State {
    /// The items below a path, in the order in which they were created.
    items: BTreeMap<String, Vec<(String, Value)>>,
    /// The places of items that were deleted.
    gone: BTreeSet<String>,
    random: u64,
}

impl Ledger {
    /// A ledger with nothing in it.
    pub fn new(seed: u64) -> Self {
        let state = State {
            items: BTreeMap::new(),
            gone: BTreeSet::new(),
            random: seed,
        };
        Ledger {
            state: Mutex::new(state),
        }
    }

    /// Answers a request that is all right.
    pub fn answer(
        &self,
        call: &Call<'_>,
        body: Option<&Value>,
        answers: &Answers,
        validators: &Validators,
    ) -> Reply {
        let operation = &call.api.operations[call.id];
        if call.request.header("prefer").is_some() {
            return answers.reply(call, validators);
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = Turn {
            call,
            answers,
            validators,
        };
        let is_item = matches!(operation.path.last(), Some(PathPiece::Parameter(_)));
        let guess = match (operation.method.as_str(), is_item) {
            ("POST", false) => turn.create(&mut state, body),
            ("GET", false) => turn.list(&state),
            ("GET" | "PUT" | "PATCH" | "DELETE" | "HEAD", true) => turn.item(&mut state, body),
            _ => None,
        };
        guess.unwrap_or_else(|| answers.reply(call, validators))
    }
}

struct Turn<'a> {
    call: &'a Call<'a>,
    answers: &'a Answers,
    validators: &'a Validators,
}

impl Turn<'_> {
    fn create(&self, state: &mut State, body: Option<&Value>) -> Option<Reply> {
        let operation = &self.call.api.operations[self.call.id];
        let sent = body?.as_object()?;
        let place = self.call.place;
        if let Some(response) = documented_code(operation.responses.iter(), 409)
            && state
                .items
                .get(place)
                .is_some_and(|items| is_taken(items, sent))
        {
            return Some(
                self.answers
                    .documented(self.call, response, 409, self.validators),
            );
        }
        let response = first_success(operation)?;
        let content = response.content.as_ref()?;
        json_type(response)?;
        let shown = shown(self.call, response, content, self.validators);
        let mut made = shown.as_object()?.clone();
        for (name, value) in sent {
            if made.contains_key(name) {
                made.insert(name.clone(), value.clone());
            }
        }
        let id = state.next_id(&mut made);
        let made = Value::Object(made);
        let made = if self.allows(response, &made) {
            made
        } else {
            shown
        };
        let mut kept = sent.clone();
        kept.extend(made.as_object().cloned().unwrap_or_default());
        state.gone.remove(&format!("{place}/{id}"));
        state.keep(place, id, Value::Object(kept));
        let status = status_of(response.status);
        Some(
            self.answers
                .with_body(self.call, response, status, Some(&made)),
        )
    }

    fn list(&self, state: &State) -> Option<Reply> {
        let operation = &self.call.api.operations[self.call.id];
        let items = state.items.get(self.call.place)?;
        let response = first_success(operation)?;
        json_type(response)?;
        let window = Window::of(self.call);
        let items = window.through(items.iter().map(|(_, item)| item.clone()));
        let mut value = response_example(self.call.api, response.content.as_ref()?);
        *list(&mut value)? = items.collect();
        self.answered(response, &value)
    }

    fn item(&self, state: &mut State, body: Option<&Value>) -> Option<Reply> {
        let operation = &self.call.api.operations[self.call.id];
        let place = self.call.place;
        let (collection, id) = place.rsplit_once('/')?;
        if state.gone.contains(place) {
            let response = documented(operation, 404)?;
            return Some(
                self.answers
                    .documented(self.call, response, 404, self.validators),
            );
        }
        let items = state.items.get_mut(collection)?;
        let index = items.iter().position(|(known, _)| known == id)?;
        let response = first_success(operation)?;
        if operation.method.as_str() == "DELETE" {
            items.remove(index);
            state.gone.insert(place.to_owned());
            return None;
        }
        let (_, item) = items.get_mut(index)?;
        if let (Some(members), Some(sent)) = (item.as_object_mut(), body.and_then(Value::as_object))
        {
            members.extend(sent.clone());
        }
        let item = item.clone();
        self.answered(response, &item)
    }

    /// An answer with a value that was kept: as it is, else with those members alone that the example has, if allowed.
    fn answered(&self, response: &Response, value: &Value) -> Option<Reply> {
        json_type(response)?;
        let status = status_of(response.status);
        if self.allows(response, value) {
            return Some(
                self.answers
                    .with_body(self.call, response, status, Some(value)),
            );
        }
        let mut shown = response_example(self.call.api, response.content.as_ref()?);
        let members = shown.as_object_mut()?;
        for (name, value) in value.as_object()? {
            if let Some(member) = members.get_mut(name) {
                *member = value.clone();
            }
        }
        let is_allowed = self.allows(response, &shown);
        is_allowed.then(|| {
            self.answers
                .with_body(self.call, response, status, Some(&shown))
        })
    }

    fn allows(&self, response: &Response, value: &Value) -> bool {
        let Some(ty) = json_type(response) else {
            return false;
        };
        let key = format!("{}/response/{}", self.call.id.index(), response.status);
        let none = Constraints::default();
        let wrong = self
            .validators
            .problems(self.call.api, &key, Way::Response, ty, &none, value);
        wrong.is_empty()
    }
}

impl State {
    fn keep(&mut self, place: &str, id: String, item: Value) {
        if !self.items.contains_key(place) && self.items.len() >= MOST_ITEMS {
            self.items.pop_first();
        }
        let items = self.items.entry(place.to_owned()).or_default();
        items.push((id, item));
        if items.len() > MOST_ITEMS {
            items.remove(0);
        }
        while self.gone.len() > MOST_ITEMS {
            self.gone.pop_first();
        }
    }

    /// Gives an object that is created an identifier of its own, in the form that its example has.
    fn next_id(&mut self, made: &mut Map<String, Value>) -> String {
        let names = ["id", "uuid", "key", "name"];
        let name = names.into_iter().find(|name| made.contains_key(*name));
        let Some(member) = name.and_then(|name| made.get_mut(name)) else {
            return self.number().to_string();
        };
        if name != Some("name") && name != Some("key") {
            if member.is_u64() {
                *member = Value::from(1 + self.number() % 1_000_000);
            } else if let Some(text) = member.as_str() {
                *member = Value::from(self.like(text));
            }
        }
        match &*member {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A text of the form of another: hexadecimal digits, as in a UUID, give way to others. The digit that says which
    /// kind of UUID it is stays.
    fn like(&mut self, text: &str) -> String {
        let chars = text.chars().enumerate();
        let mut out = String::with_capacity(text.len());
        for (index, c) in chars {
            let stays = index == 14 || index == 19;
            out.push(match c {
                c if stays => c,
                '0'..='9' => char::from_digit(u32::try_from(self.number() % 10).unwrap_or(0), 10)
                    .unwrap_or(c),
                'a'..='f' if text.len() == 36 => {
                    char::from_digit(u32::try_from(10 + self.number() % 6).unwrap_or(10), 16)
                        .unwrap_or(c)
                }
                c => c,
            });
        }
        out
    }

    /// The next number of SplitMix64.
    fn number(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn documented_code<'a>(
    mut responses: impl Iterator<Item = &'a Response>,
    code: u16,
) -> Option<&'a Response> {
    use crate::model::StatusPattern::Code;
    responses.find(|response| response.status == Code(code))
}

/// Whether an item has the name of another.
fn is_taken(items: &[(String, Value)], sent: &Map<String, Value>) -> bool {
    let Some((name, value)) = NAMES
        .iter()
        .find_map(|name| Some((*name, sent.get(*name)?)))
    else {
        return false;
    };
    items.iter().any(|(_, item)| item.get(name) == Some(value))
}
