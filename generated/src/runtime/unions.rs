//! Decides which variant of a union a JSON value is, by looking ahead in it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::codec::{RecordSlot, Slot, UnionSlot, VariantSpec, When};
use super::json::{Cursor, Failed, Number};
use super::read::Reader;

/// Reads a value into the variant that it is. A value that is none of the known variants is kept as it is; what a tag
/// promises must hold.
pub(super) fn read_union(
    union: &mut dyn UnionSlot,
    reader: &mut Reader<'_, '_>,
) -> Result<(), Failed> {
    let value = Value::at(reader.cursor);
    if let Some(tag) = union.spec().tag {
        if let Some(variant) = tagged_variant(union, tag, &value) {
            return match union.select(variant) {
                // The variant itself says what the tag says, so what keeps unlisted keys must not keep it too.
                Slot::Record(record) => reader.read_record(record, Some(tag)),
                slot => reader.read(slot),
            };
        }
        // Its tag is kept where the variant has a place for it.
        if let Some(variant) = default_variant(union, &value)
            && reader.try_read(union.select(variant)).is_ok()
        {
            return Ok(());
        }
    } else {
        let variants = union.spec().variants;
        let is_named = |variant: &VariantSpec| names_it(variant.when, &value);
        if let Some(variant) = variants.iter().position(is_named) {
            return reader.read(union.select(variant));
        }
        for variant in likely_variants(union, &value) {
            let is_stranger =
                union.spec().allows_others && is_stranger(&union.select(variant), &value);
            if !is_stranger && !reader.is_tired() && reader.try_read(union.select(variant)).is_ok()
            {
                return Ok(());
            }
        }
    }
    union.keep(reader.cursor.json()?);
    Ok(())
}

/// Whether a value has properties, and none that a record knows: the record could take it, and would drop all of it.
fn is_stranger(slot: &Slot<'_>, value: &Value<'_>) -> bool {
    let Slot::Record(record) = slot else {
        return false;
    };
    let mut known = record.spec().fields.iter();
    value.first == b'{'
        && !value.entries().is_empty()
        && record.rest().is_none()
        && !known.any(|field| value.entries().contains_key(field.name()))
}

/// Whether a property of the value names the variant.
fn names_it(when: When, value: &Value<'_>) -> bool {
    let When::Property(name, names) = when else {
        return false;
    };
    let found = value.entries().get(name);
    found.is_some_and(|found| match Value::at(*found).spelled() {
        Some(spelled) => names.contains(&&*spelled),
        None => false,
    })
}

/// The variants that the value may be, best first: by what properties there are, by its kind, then those to be tried.
fn likely_variants(union: &mut dyn UnionSlot, value: &Value<'_>) -> Vec<usize> {
    let (mut likely, mut by_kind) = (Vec::new(), Vec::new());
    for (index, variant) in union.spec().variants.iter().enumerate() {
        match variant.when {
            // In the order of the table, in which larger sets of properties come first.
            When::Has(names) if has(value, names) => likely.push(index),
            when if is_kind(when, value) => by_kind.push(index),
            _ => {}
        }
    }
    likely.extend(by_kind);
    likely.extend(ranked_variants(union, value));
    likely
}

fn has(value: &Value<'_>, names: &[&str]) -> bool {
    let entries = value.entries();
    value.first == b'{' && names.iter().all(|name| entries.contains_key(*name))
}

fn is_kind(when: When, value: &Value<'_>) -> bool {
    match when {
        When::Null => value.first == b'n',
        When::Bool => matches!(value.first, b't' | b'f'),
        When::Integer => is_number(value.first) && is_whole(value.at),
        When::Number => is_number(value.first),
        When::Text => value.first == b'"',
        When::Array => value.first == b'[',
        When::Object => value.first == b'{',
        When::Property(..) | When::Has(_) | When::Trial => false,
    }
}

fn is_number(first: u8) -> bool {
    matches!(first, b'-' | b'0'..=b'9')
}

/// A value that has not been read.
struct Value<'j> {
    at: Cursor<'j>,
    first: u8,
    entries: OnceCell<BTreeMap<Cow<'j, str>, Cursor<'j>>>,
}

impl<'j> Value<'j> {
    fn at(mut at: Cursor<'j>) -> Self {
        Value {
            first: at.peek(),
            at,
            entries: OnceCell::new(),
        }
    }

    /// The entries of an object, found once for all variants; the last where a key comes twice.
    fn entries(&self) -> &BTreeMap<Cow<'j, str>, Cursor<'j>> {
        self.entries.get_or_init(|| {
            let mut entries = BTreeMap::new();
            // Nothing is found after what is no JSON, which whoever reads the value will notice.
            let _ = each_entry(self.at, |key, value| {
                entries.insert(key, value);
                true
            });
            entries
        })
    }

    /// A property that is a text.
    fn text_of(&self, name: &str) -> Option<Cow<'j, str>> {
        let mut found = None;
        let _ = each_entry(self.at, |key, value| {
            if key == name {
                found = Value::at(value).text();
            }
            key != name
        });
        found
    }

    /// Whether it is an array of so many items.
    fn has_items(&self, count: usize) -> bool {
        let mut at = self.at;
        let mut found = 0;
        let is_array = at.eat(b'[').is_ok();
        while is_array && matches!(at.next_item(found == 0), Ok(true)) {
            found += 1;
            if found > count || at.skip().is_err() {
                return false;
            }
        }
        is_array && found == count
    }

    /// What a text is, or how a value that holds no others is spelled.
    fn spelled(&self) -> Option<Cow<'j, str>> {
        let (mut start, mut end) = (self.at, self.at);
        match self.first {
            b'"' => start.text().ok(),
            b'[' | b'{' => None,
            _ => end
                .skip()
                .ok()
                .map(|()| Cow::Borrowed(end.text_since(start))),
        }
    }

    fn text(&self) -> Option<Cow<'j, str>> {
        let mut at = self.at;
        (self.first == b'"').then(|| at.text().ok()).flatten()
    }
}

/// Goes through the entries of an object for as long as it is told to.
fn each_entry<'j>(
    mut at: Cursor<'j>,
    mut visit: impl FnMut(Cow<'j, str>, Cursor<'j>) -> bool,
) -> Result<(), Failed> {
    at.eat(b'{')?;
    let mut is_first = true;
    while let Some(key) = at.next_key(is_first)? {
        if !visit(key, at) {
            break;
        }
        at.skip()?;
        is_first = false;
    }
    Ok(())
}

fn tagged_variant(union: &dyn UnionSlot, tag: &str, value: &Value<'_>) -> Option<usize> {
    let found = value.text_of(tag)?;
    let mut variants = union.spec().variants.iter();
    variants.position(|variant| variant.tags.contains(&&*found))
}

/// The variant of objects whose tag is unknown or not there.
fn default_variant(union: &dyn UnionSlot, value: &Value<'_>) -> Option<usize> {
    let mut variants = union.spec().variants.iter();
    variants.position(|variant| variant.when == When::Object && is_kind(variant.when, value))
}

/// The variants to be tried, best first; in the order of the document where they are equally good.
fn ranked_variants(union: &mut dyn UnionSlot, value: &Value<'_>) -> Vec<usize> {
    let variants = union.spec().variants.iter().enumerate();
    let tried = variants.filter(|(_, variant)| variant.when == When::Trial);
    let mut ranked: Vec<(usize, Fit)> = tried
        .filter_map(|(index, _)| Some((index, fit(union.select(index), value)?)))
        .collect();
    ranked.sort_by_key(|(_, fit)| Reverse(*fit));
    ranked.into_iter().map(|(variant, _)| variant).collect()
}

/// How well a value fits: whether only what the document names stands where it names values, then how many known
/// properties there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    closeness: Closeness,
    known: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// It takes anything.
    Any,
    /// A value that the document names would be expected, and this is another.
    Unnamed,
    /// The kind is right.
    Kind,
    /// It is one of the values that the document names.
    Named,
}

/// How well a value fits a slot, by its kind and its properties; `None` if it cannot.
fn fit(slot: Slot<'_>, value: &Value<'_>) -> Option<Fit> {
    let closeness = match (slot, value.first) {
        (Slot::Optional(_), b'n')
        | (Slot::Bool(_), b't' | b'f')
        | (Slot::Float(_) | Slot::Single(_) | Slot::Number(_), b'-' | b'0'..=b'9')
        | (Slot::String(_), b'"')
        | (Slot::Map(_), b'{') => Closeness::Kind,
        (Slot::Int(_), b'-' | b'0'..=b'9') if is_whole(value.at) => Closeness::Kind,
        (Slot::Text(text), b'"') => closeness_of_text(text.names(), &value.text()?),
        // A tuple that is too short would drop what is left of a longer one.
        (Slot::List(list), b'[') if list.fixed().is_none_or(|count| value.has_items(count)) => {
            Closeness::Kind
        }
        (Slot::Json(_), _) => Closeness::Any,
        (Slot::Optional(optional), _) => return fit(optional.fill(), value),
        (Slot::Record(record), b'{') => return fit_record(record, value),
        (Slot::Union(union), _) => return fit_union(union, value),
        _ => return None,
    };
    Some(Fit {
        closeness,
        known: 0,
    })
}

fn is_whole(mut number: Cursor<'_>) -> bool {
    match number.number() {
        Ok(Number::Integer(_)) => true,
        Ok(Number::Other(spelled)) => spelled.parse().is_ok_and(|value: f64| value.fract() == 0.0),
        Err(Failed) => false,
    }
}

fn closeness_of_text(names: &[&str], found: &str) -> Closeness {
    if names.is_empty() {
        Closeness::Kind
    } else if names.contains(&found) {
        Closeness::Named
    } else {
        Closeness::Unnamed
    }
}

fn fit_record(record: &mut dyn RecordSlot, value: &Value<'_>) -> Option<Fit> {
    let mut known = 0;
    let mut closeness = Closeness::Kind;
    let mut is_named = false;
    for (index, field) in record.spec().fields.iter().enumerate() {
        let Some(value) = value.entries().get(field.name()) else {
            if field.is_required() {
                return None;
            }
            continue;
        };
        known += 1;
        match closeness_of_field(record.field_slot(index), *value) {
            // A constant that differs: the value is of another variant.
            None => return None,
            Some(Closeness::Unnamed) => closeness = Closeness::Unnamed,
            Some(Closeness::Named) => is_named = true,
            Some(_) => {}
        }
    }
    if is_named && closeness == Closeness::Kind {
        closeness = Closeness::Named;
    }
    Some(Fit { closeness, known })
}

/// How close a property is to the values that the document names for it; `None` if it names one, and this is another.
fn closeness_of_field(slot: Slot<'_>, value: Cursor<'_>) -> Option<Closeness> {
    match slot {
        Slot::Text(text) if !text.names().is_empty() => {
            let Some(found) = Value::at(value).text() else {
                return Some(Closeness::Kind);
            };
            let closeness = closeness_of_text(text.names(), &found);
            let is_constant = text.names().len() == 1;
            (!is_constant || closeness == Closeness::Named).then_some(closeness)
        }
        Slot::Optional(optional) => {
            let closeness = closeness_of_field(optional.fill(), value);
            optional.clear();
            closeness
        }
        _ => Some(Closeness::Kind),
    }
}

/// A union in a union fits as well as the best of its variants.
fn fit_union(union: &mut dyn UnionSlot, value: &Value<'_>) -> Option<Fit> {
    if let Some(tag) = union.spec().tag {
        return tagged_variant(union, tag, value).map(|_| Fit {
            closeness: Closeness::Named,
            known: 1,
        });
    }
    (0..union.spec().variants.len())
        .filter_map(|variant| fit(union.select(variant), value))
        .max()
}
