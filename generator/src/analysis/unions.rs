//! How the values of a union without a tag say which variant they are: by their JSON type, by constants, by what they
//! must have. Where none of it tells two variants apart, trial has to, and the user is told.

mod profile;
mod rivals;

use crate::model::{Api, Shape, TypeId};
use profile::{Kinds, Object, Profile, Profiler};
use rivals::Rivals;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// More objects than this that nothing sure tells apart are left to trial, since all are compared with all.
const MOST_COMPARED: usize = 64;

/// How many pairs of variants of one union are compared to find two that nothing tells apart. A thousand variants of which
/// each may look like any other are within it.
const MOST_PAIRS: usize = 1 << 20;

/// What a value must be to be a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object with one of these values in a property.
    Is(String, Vec<String>),
    /// An object with all of these properties.
    Has(Vec<String>),
    /// An object.
    Object,
    /// One that can be read as the variant, and better than as another that is tried.
    Trial,
}

/// How one variant of a union is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantTest {
    /// The variant, by its index.
    pub variant: usize,
    /// What the value must be.
    pub test: Test,
}

/// Two variants that nothing tells apart but trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmbiguousPlace {
    /// The union.
    pub ty: TypeId,
    /// The variants, by their indices, the one that comes first in the document first.
    pub variants: (usize, usize),
}

/// Finds the tests of every union without a tag, and the first two variants of each that none tells apart.
pub(super) fn find_tests(api: &Api) -> (HashMap<TypeId, Vec<VariantTest>>, Vec<AmbiguousPlace>) {
    let mut profiler = Profiler::new(api);
    let mut tests = HashMap::new();
    let mut ambiguous = Vec::new();
    for (id, def) in api.types.iter() {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        if !union.decision.is_by_shape() {
            continue;
        }
        let profiles: Vec<Rc<Profile>> = union
            .variants
            .iter()
            .map(|variant| profiler.profile(&variant.ty))
            .collect();
        tests.insert(id, decide(&profiles));
        if let Some(variants) = first_ambiguous(&profiles) {
            ambiguous.push(AmbiguousPlace { ty: id, variants });
        }
    }
    (tests, ambiguous)
}

/// The tests of all variants, in the order in which they are tried.
fn decide(profiles: &[Rc<Profile>]) -> Vec<VariantTest> {
    let (order, mut object_tests) = decide_objects(profiles);
    let find = |variant: usize| {
        let kinds = profiles.get(variant)?.kinds;
        let others = profiles
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != variant);
        let is_alone = !others.clone().any(|(_, other)| other.kinds.meets(kinds));
        let test = match kinds {
            Kinds::OBJECT if !is_alone => object_tests.get_mut(variant)?.take()?,
            _ if !is_alone => Test::Trial,
            Kinds::OBJECT => Test::Object,
            Kinds::NULL => Test::Null,
            Kinds::BOOLEAN => Test::Boolean,
            Kinds::INTEGER => Test::Integer,
            Kinds::NUMBER => Test::Number,
            Kinds::STRING => Test::String,
            Kinds::ARRAY => Test::Array,
            _ => Test::Trial,
        };
        Some(VariantTest { variant, test })
    };
    order.into_iter().filter_map(find).collect()
}

/// The order of all variants, and the test for objects of each that may be one.
///
/// A test is taken for a variant if all its values pass and no value of a variant that comes later does. Those for which
/// there is none come last, in the order of the document.
fn decide_objects(profiles: &[Rc<Profile>]) -> (Vec<usize>, Vec<Option<Test>>) {
    let mut tests: Vec<Option<Test>> = vec![None; profiles.len()];
    let objects: Vec<(usize, &Object)> = profiles
        .iter()
        .enumerate()
        .filter(|(_, profile)| !profile.kinds.is_any())
        .filter_map(|(index, profile)| Some((index, profile.object.as_ref()?)))
        .collect();
    let mut open = objects.clone();
    let mut decided: Vec<usize> = Vec::new();
    if objects.len() > 1 {
        let rivals = Rivals::new(objects.iter().map(|(_, object)| *object));
        for (position, (variant, _)) in objects.iter().enumerate() {
            if let (Some(test), Some(slot)) = (rivals.sure_test(position), tests.get_mut(*variant))
            {
                *slot = Some(test);
                decided.push(*variant);
            }
        }
        open.retain(|(variant, _)| tests.get(*variant).is_some_and(Option::is_none));
    }
    while (open.len() > 1 && open.len() <= MOST_COMPARED) || (open.len() == 1 && objects.len() > 1)
    {
        let rivals = Rivals::new(open.iter().map(|(_, object)| *object));
        let found =
            (0..open.len()).find_map(|position| Some((position, rivals.sure_test(position)?)));
        let Some((position, test)) = found else {
            break;
        };
        let (variant, _) = open.remove(position);
        if let Some(slot) = tests.get_mut(variant) {
            *slot = Some(test);
        }
        decided.push(variant);
    }
    for (variant, _) in &open {
        if let Some(slot) = tests.get_mut(*variant) {
            *slot = Some(Test::Trial);
        }
        decided.push(*variant);
    }
    (in_order(profiles, &decided), tests)
}

/// The variants in the order of the document, but objects among each other in the order in which they are decided, and
/// what takes more than another last.
fn in_order(profiles: &[Rc<Profile>], objects: &[usize]) -> Vec<usize> {
    let is_object: BTreeSet<usize> = objects.iter().copied().collect();
    let mut next = objects.iter().copied();
    let mut order = Vec::with_capacity(profiles.len());
    let mut last = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        if is_object.contains(&index) {
            order.extend(next.next());
        } else if profile.kinds.is_any() || is_wider(profile, profiles) {
            last.push(index);
        } else {
            order.push(index);
        }
    }
    order.extend(last);
    order
}

/// Whether another variant has a part of what this one allows: any string beside strings of some form, any number
/// beside integers. Then the other comes first.
fn is_wider(profile: &Profile, all: &[Rc<Profile>]) -> bool {
    let is_any_string =
        profile.kinds == Kinds::STRING && !profile.has_form && profile.names.is_none();
    let has_form = |other: &Rc<Profile>| other.kinds == Kinds::STRING && other.has_form;
    let is_number = profile.kinds == Kinds::NUMBER;
    let is_integer = |other: &Rc<Profile>| other.kinds == Kinds::INTEGER;
    (is_any_string && all.iter().any(has_form)) || (is_number && all.iter().any(is_integer))
}

/// The first two variants that nothing tells apart.
///
/// Objects that are known by their properties alone are compared only where these are the same, since others are apart.
fn first_ambiguous(profiles: &[Rc<Profile>]) -> Option<(usize, usize)> {
    let mut alike: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    let (mut loose, mut all) = (Vec::new(), Vec::new());
    let mut pairs = 0_usize;
    for (second, other) in profiles.iter().enumerate() {
        let mut find = |firsts: &[usize]| {
            firsts.iter().copied().find(|first| {
                pairs += 1;
                pairs <= MOST_PAIRS
                    && profiles
                        .get(*first)
                        .is_some_and(|one| !are_apart(one, other))
            })
        };
        let first = match closed_names(other) {
            Some(names) => {
                let group = alike.entry(names).or_default();
                let first = find(group).into_iter().chain(find(&loose)).min();
                group.push(second);
                first
            }
            None => {
                let first = find(&all);
                loose.push(second);
                first
            }
        };
        if let Some(first) = first {
            return Some((first, second));
        }
        all.push(second);
    }
    None
}

/// The names of an object's properties, where values are no arrays and there can be no other names.
fn closed_names(profile: &Profile) -> Option<Vec<&str>> {
    let object = profile.object.as_ref()?;
    let is_closed =
        !profile.kinds.is_any() && !profile.kinds.meets(Kinds::ARRAY) && object.map.is_none();
    is_closed.then(|| object.properties.keys().map(String::as_str).collect())
}

/// Whether something tells the values of two types apart where it matters. Strings are the same whichever they are
/// taken for, and a form is told by reading; a number too.
fn are_apart(one: &Profile, other: &Profile) -> bool {
    if one.kinds.is_any() || other.kinds.is_any() {
        return true;
    }
    let both = |kind: Kinds| one.kinds.meets(kind) && other.kinds.meets(kind);
    if both(Kinds::ARRAY) && one.length == other.length {
        match (&one.item, &other.item) {
            (Some(one), Some(other)) if !are_apart_or_differ(one, other) => return false,
            _ => {}
        }
    }
    match (&one.object, &other.object) {
        (Some(one), Some(other)) if both(Kinds::OBJECT) => objects_are_apart(one, other),
        _ => true,
    }
}

/// As [`are_apart`], of items: there the form of a string makes no difference to a reader who looks at the first alone.
fn are_apart_or_differ(one: &Profile, other: &Profile) -> bool {
    let same_strings = one.kinds == Kinds::STRING
        && other.kinds == Kinds::STRING
        && !one.has_form
        && !other.has_form
        && one.names == other.names;
    !same_strings && are_apart(one, other)
}

fn objects_are_apart(one: &Object, other: &Object) -> bool {
    if let (Some(one), Some(other)) = (one.map, other.map) {
        return !one.meets(other);
    }
    let distinct = |one: &Object, other: &Object| {
        one.properties.iter().any(|(name, property)| {
            let known = other.properties.get(name);
            other.map.is_none_or(|_| property.is_required) && known.is_none()
        })
    };
    let differs = one.properties.iter().any(|(name, property)| {
        let Some(known) = other.properties.get(name) else {
            return false;
        };
        let constants = property.constants.as_ref().zip(known.constants.as_ref());
        constants.is_some_and(|(one, other)| one.is_disjoint(other))
            || !property.kinds.meets(known.kinds)
    });
    distinct(one, other) || distinct(other, one) || differs
}
