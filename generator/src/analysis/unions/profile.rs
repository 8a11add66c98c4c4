//! What values of a type look like from outside: what a reader sees before it reads them.

use crate::model::{Additional, Api, Decision, Enumeration, Record, Scalar, Shape, Type, TypeId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// How many types in a row are looked through. What lies deeper counts as anything.
const DEEPEST: usize = 16;

/// A set of JSON's types. A whole number is an integer, any other a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NULL: Kinds = Kinds(1);
    pub(super) const BOOLEAN: Kinds = Kinds(2);
    pub(super) const INTEGER: Kinds = Kinds(4);
    /// Integers, and what is none.
    pub(super) const NUMBER: Kinds = Kinds(4 | 8);
    pub(super) const STRING: Kinds = Kinds(16);
    pub(super) const ARRAY: Kinds = Kinds(32);
    pub(super) const OBJECT: Kinds = Kinds(64);
    const ANY: Kinds = Kinds(127);

    pub(super) fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_any(self) -> bool {
        self == Kinds::ANY
    }

    pub(super) fn add(&mut self, other: Kinds) {
        self.0 |= other.0;
    }
}

/// What values of a type look like.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    /// Their JSON types.
    pub(super) kinds: Kinds,
    /// The strings that are named, if strings are; `None` where any may come.
    pub(super) names: Option<BTreeSet<String>>,
    /// Whether a string must have some form that reading it tells.
    pub(super) has_form: bool,
    /// The properties of objects, if there are any.
    pub(super) object: Option<Object>,
    /// The items of arrays.
    pub(super) item: Option<Rc<Profile>>,
    /// How many items there are, if that is fixed.
    pub(super) length: Option<usize>,
}

/// What objects look like.
#[derive(Debug, Clone, Default)]
pub(super) struct Object {
    /// What they may have.
    pub(super) properties: BTreeMap<String, Property>,
    /// The types of the values if the keys are data.
    pub(super) map: Option<Kinds>,
}

/// What a property looks like.
#[derive(Debug, Clone)]
pub(super) struct Property {
    pub(super) is_required: bool,
    pub(super) kinds: Kinds,
    /// The values that it may have, as they are spelled without quotes; `None` where they are not listed.
    pub(super) constants: Option<BTreeSet<String>>,
}

/// Draws the profiles of types, those of named types once.
pub(super) struct Profiler<'a> {
    api: &'a Api,
    known: HashMap<TypeId, Rc<Profile>>,
}

impl<'a> Profiler<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Profiler {
            api,
            known: HashMap::new(),
        }
    }

    /// The profile of a type.
    pub(super) fn profile(&mut self, ty: &Type) -> Rc<Profile> {
        self.profile_within(ty, DEEPEST)
    }

    fn profile_within(&mut self, ty: &Type, depth: usize) -> Rc<Profile> {
        let Some(depth) = depth.checked_sub(1) else {
            return Rc::new(anything());
        };
        let kinds = |kinds| Profile {
            kinds,
            ..Profile::default()
        };
        Rc::new(match ty {
            Type::Scalar(scalar) => Profile {
                kinds: kinds_of_scalar(*scalar),
                has_form: has_form(*scalar),
                ..Profile::default()
            },
            Type::List(item) => Profile {
                item: Some(self.profile_within(item, depth)),
                ..kinds(Kinds::ARRAY)
            },
            Type::Tuple(items) => Profile {
                length: Some(items.len()),
                ..kinds(Kinds::ARRAY)
            },
            Type::Map(_, value) => Profile {
                object: Some(Object {
                    properties: BTreeMap::new(),
                    map: Some(self.kinds(value)),
                }),
                ..kinds(Kinds::OBJECT)
            },
            Type::Nullable(inner) => {
                let mut profile = (*self.profile_within(inner, depth)).clone();
                profile.kinds.add(Kinds::NULL);
                profile
            }
            Type::Json => anything(),
            Type::Named(id) => return self.named(*id, depth),
        })
    }

    fn named(&mut self, id: TypeId, depth: usize) -> Rc<Profile> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        // Until it is known, it counts as anything for those that it consists of.
        self.known.insert(id, Rc::new(anything()));
        let api = self.api;
        let profile = match &api.types[id].shape {
            Shape::Record(record) => Rc::new(self.record(record)),
            Shape::Enumeration(Enumeration::Strings(values)) => Rc::new(Profile {
                kinds: Kinds::STRING,
                names: Some(values.iter().map(|value| value.value.clone()).collect()),
                ..Profile::default()
            }),
            Shape::Enumeration(Enumeration::Integers(_)) => Rc::new(Profile {
                kinds: Kinds::INTEGER,
                ..Profile::default()
            }),
            Shape::Alias(ty) => self.profile_within(ty, depth),
            Shape::Union(union) => {
                let mut merged: Option<Profile> = None;
                for variant in &union.variants {
                    let mut next = (*self.profile_within(&variant.ty, depth)).clone();
                    if let (Decision::Tag(name), Some(object)) = (&union.decision, &mut next.object)
                    {
                        let tags = variant.tags.iter().map(|tag| tag.as_str().to_owned());
                        let tag = Property {
                            is_required: true,
                            kinds: Kinds::STRING,
                            constants: Some(tags.collect()),
                        };
                        object.properties.insert(name.as_str().to_owned(), tag);
                    }
                    merged = Some(match merged {
                        None => next,
                        Some(known) => either(known, next),
                    });
                }
                Rc::new(merged.unwrap_or_else(anything))
            }
        };
        self.known.insert(id, profile.clone());
        profile
    }

    fn record(&mut self, record: &Record) -> Profile {
        let mut object = Object::default();
        for field in &record.fields {
            let property = Property {
                is_required: field.presence.is_required(),
                kinds: self.kinds(&field.ty),
                constants: match &field.constant {
                    Some(value) => Some(BTreeSet::from([spelled(value)])),
                    None => self.constants(&field.ty),
                },
            };
            let name = field.name.as_str().to_owned();
            object.properties.insert(name, property);
        }
        if let (Additional::Kept(value), true) = (&record.additional, record.fields.is_empty()) {
            object.map = Some(self.kinds(value));
        }
        Profile {
            kinds: Kinds::OBJECT,
            object: Some(object),
            ..Profile::default()
        }
    }

    /// The JSON types of a type, without looking into objects and arrays.
    fn kinds(&self, ty: &Type) -> Kinds {
        let mut found = Kinds::default();
        let mut open = vec![ty];
        let mut steps = 0;
        while let Some(ty) = open.pop() {
            steps += 1;
            if steps > 1_000 {
                return Kinds::ANY;
            }
            found.add(match ty {
                Type::Scalar(scalar) => kinds_of_scalar(*scalar),
                Type::List(_) | Type::Tuple(_) => Kinds::ARRAY,
                Type::Map(_, _) => Kinds::OBJECT,
                Type::Json => Kinds::ANY,
                Type::Nullable(inner) => {
                    open.push(inner);
                    Kinds::NULL
                }
                Type::Named(id) => match &self.api.types[*id].shape {
                    Shape::Record(_) => Kinds::OBJECT,
                    Shape::Enumeration(Enumeration::Strings(_)) => Kinds::STRING,
                    Shape::Enumeration(Enumeration::Integers(_)) => Kinds::INTEGER,
                    Shape::Alias(ty) => {
                        open.push(ty);
                        continue;
                    }
                    Shape::Union(union) => {
                        open.extend(union.variants.iter().map(|variant| &variant.ty));
                        continue;
                    }
                },
            });
        }
        found
    }

    /// The values that an enumeration lists. Null and what is not listed are told by other things.
    fn constants(&self, ty: &Type) -> Option<BTreeSet<String>> {
        let mut ty = ty;
        for _ in 0..DEEPEST {
            let Type::Named(id) = ty else {
                return None;
            };
            match &self.api.types[*id].shape {
                Shape::Alias(target) => ty = target,
                Shape::Enumeration(Enumeration::Strings(values)) => {
                    return Some(values.iter().map(|value| value.value.clone()).collect());
                }
                Shape::Enumeration(Enumeration::Integers(values)) => {
                    return Some(values.iter().map(|value| value.value.to_string()).collect());
                }
                _ => return None,
            }
        }
        None
    }
}

/// What is one or the other.
fn either(mut one: Profile, other: Profile) -> Profile {
    one.kinds.add(other.kinds);
    one.has_form &= other.has_form;
    one.names = match (one.names, other.names) {
        (Some(mut names), Some(more)) => {
            names.extend(more);
            Some(names)
        }
        _ => None,
    };
    one.object = match (one.object, other.object) {
        (Some(one), Some(other)) => Some(either_object(one, other)),
        (one, other) => one.or(other),
    };
    if one.item.is_some() && other.item.is_some() {
        one.item = Some(Rc::new(anything()));
    }
    one.item = one.item.or(other.item);
    one.length = None;
    one
}

fn either_object(mut one: Object, other: Object) -> Object {
    for (name, property) in &mut one.properties {
        property.is_required &= other.properties.contains_key(name);
    }
    for (name, new) in other.properties {
        match one.properties.get_mut(&name) {
            None => {
                let is_required = false;
                one.properties.insert(name, Property { is_required, ..new });
            }
            Some(known) => {
                known.is_required &= new.is_required;
                known.kinds.add(new.kinds);
                known.constants = match (known.constants.take(), new.constants) {
                    (Some(mut constants), Some(more)) => {
                        constants.extend(more);
                        Some(constants)
                    }
                    _ => None,
                };
            }
        }
    }
    one.map = one.map.or(other.map);
    one
}

fn anything() -> Profile {
    Profile {
        kinds: Kinds::ANY,
        object: Some(Object {
            properties: BTreeMap::new(),
            map: Some(Kinds::ANY),
        }),
        ..Profile::default()
    }
}

/// A value as a table spells it: a string as it is, a number or boolean as JSON.
fn spelled(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn kinds_of_scalar(scalar: Scalar) -> Kinds {
    match scalar {
        Scalar::Bool => Kinds::BOOLEAN,
        Scalar::Integer(_) => Kinds::INTEGER,
        Scalar::Float | Scalar::Double | Scalar::BigNumber => Kinds::NUMBER,
        _ => Kinds::STRING,
    }
}

fn has_form(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Uuid | Scalar::Date | Scalar::DateTime | Scalar::Base64
    )
}
