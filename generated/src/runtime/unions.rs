//! Decides which variant of a union a JSON value is.

use std::cmp::Reverse;

use serde::de::DeserializeSeed;

use super::codec::{Json, RecordSlot, Slot, UnionSlot};
use super::read::Reader;
use super::trail::Trail;

/// Reads a value into the variant that it is. A value that is none of the known variants is kept as it is; what a tag
/// promises must hold.
pub(super) fn read_union(
    union: &mut dyn UnionSlot,
    mut value: Json,
    trail: &mut Trail,
) -> Result<(), ()> {
    match union.spec().tag {
        Some(tag) => match tagged_variant(union, tag, &value) {
            Some(variant) => {
                let slot = union.select(variant).slot();
                if !declares(&slot, tag)
                    && let Json::Object(entries) = &mut value
                {
                    // The variant itself says what the tag says, so what keeps unlisted keys must not keep it too.
                    entries.remove(tag);
                }
                read_value(slot, &value, trail)
            }
            None => {
                union.keep(value);
                Ok(())
            }
        },
        None => {
            for variant in ranked_variants(union, &value) {
                if read_value(union.select(variant).slot(), &value, trail).is_ok() {
                    return Ok(());
                }
                trail.clear();
            }
            union.keep(value);
            Ok(())
        }
    }
}

fn read_value(slot: Slot<'_>, value: &Json, trail: &mut Trail) -> Result<(), ()> {
    let result = Reader::new(slot, trail).deserialize(value);
    result.map_err(|error| trail.settle(&error))
}

fn tagged_variant(union: &dyn UnionSlot, tag: &str, value: &Json) -> Option<usize> {
    let found = value.get(tag)?.as_str()?;
    let mut variants = union.spec().variants.iter();
    variants.position(|variant| variant.tags.contains(&found))
}

fn declares(slot: &Slot<'_>, tag: &str) -> bool {
    match slot {
        Slot::Record(record) => {
            let mut fields = record.spec().fields.iter();
            fields.any(|field| field.name() == tag)
        }
        // A map has no fields of its own: all that it has are its keys, and a nested union decides for itself.
        _ => true,
    }
}

/// The variants that the value may be, best first; in the order of the document where they are equally good.
fn ranked_variants(union: &mut dyn UnionSlot, value: &Json) -> Vec<usize> {
    let mut ranked: Vec<(usize, Fit)> = (0..union.spec().variants.len())
        .filter_map(|variant| Some((variant, fit(union.select(variant).slot(), value)?)))
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
fn fit(slot: Slot<'_>, value: &Json) -> Option<Fit> {
    let closeness = match (slot, value) {
        (Slot::Optional(_), Json::Null)
        | (Slot::Bool(_), Json::Bool(_))
        | (Slot::Float(_) | Slot::Single(_), Json::Number(_))
        | (Slot::String(_), Json::String(_))
        | (Slot::List(_), Json::Array(_))
        | (Slot::Map(_), Json::Object(_)) => Closeness::Kind,
        (Slot::Int(_), Json::Number(number)) => {
            let whole = |number: f64| number.fract() == 0.0;
            let integer = number.is_i64() || number.is_u64();
            if !integer && !number.as_f64().is_some_and(whole) {
                return None;
            }
            Closeness::Kind
        }
        (Slot::Text(text), Json::String(found)) => closeness_of_text(text.names(), found),
        (Slot::Json(_), _) => Closeness::Any,
        (Slot::Optional(optional), value) => return fit(optional.fill().slot(), value),
        (Slot::Record(record), Json::Object(entries)) => return fit_record(record, entries),
        (Slot::Union(union), value) => return fit_union(union, value),
        _ => return None,
    };
    Some(Fit {
        closeness,
        known: 0,
    })
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

fn fit_record(record: &mut dyn RecordSlot, entries: &serde_json::Map<String, Json>) -> Option<Fit> {
    let mut known = 0;
    let mut closeness = Closeness::Kind;
    let mut is_named = false;
    for (index, field) in record.spec().fields.iter().enumerate() {
        let Some(value) = entries.get(field.name()) else {
            if field.is_required() {
                return None;
            }
            continue;
        };
        known += 1;
        match closeness_of_field(record.field_slot(index).slot(), value) {
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
fn closeness_of_field(slot: Slot<'_>, value: &Json) -> Option<Closeness> {
    match (slot, value) {
        (Slot::Text(text), Json::String(found)) => {
            let closeness = closeness_of_text(text.names(), found);
            let is_constant = text.names().len() == 1;
            (!is_constant || closeness == Closeness::Named).then_some(closeness)
        }
        (Slot::Optional(optional), value) if !value.is_null() => {
            let closeness = closeness_of_field(optional.fill().slot(), value);
            optional.clear();
            closeness
        }
        _ => Some(Closeness::Kind),
    }
}

/// A union in a union fits as well as the best of its variants.
fn fit_union(union: &mut dyn UnionSlot, value: &Json) -> Option<Fit> {
    if let Some(tag) = union.spec().tag {
        return tagged_variant(union, tag, value).map(|_| Fit {
            closeness: Closeness::Named,
            known: 1,
        });
    }
    (0..union.spec().variants.len())
        .filter_map(|variant| fit(union.select(variant).slot(), value))
        .max()
}
