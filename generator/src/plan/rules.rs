//! What the document demands of values beyond their types, as tables that name the types of the client.

use super::convert::Types;
use crate::analysis::AliasKind;
use crate::model::{
    Additional, Constraints, Decision, Enumeration, Record, Scalar, SchemaDemand, Shape, Sizes,
    Type, TypeId, Union,
};
use crate::rust::{RuleItem, RulesItem, RustName, TypeRules};
use regress::Regex;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// How deep lists in lists are followed.
const DEEPEST: usize = 64;

/// The demands of every type that has some, by name; `None` if there are none.
pub(super) fn plan_rules(types: &Types<'_>) -> Option<RulesItem> {
    let all = types.api.types.iter();
    let mut planned: Vec<TypeRules> = all
        .map(|(id, _)| TypeRules {
            name: types.name(id),
            rules: own_rules(types, id),
        })
        .collect();
    drop_empty(&mut planned);
    planned.sort_by(|one, other| one.name.cmp(&other.name));
    if planned.is_empty() {
        return None;
    }
    let has = |test: fn(&RuleItem) -> bool| {
        let mut types = planned.iter();
        types.any(|ty| ty.rules.iter().any(|rule| any_rule(rule, test)))
    };
    let (has_patterns, has_schemas) = (has(is_pattern), has(is_schema));
    Some(RulesItem {
        types: planned,
        has_patterns,
        has_schemas,
    })
}

/// Takes out types that demand nothing, and demands to keep to those, until none is left.
///
/// Every type counts what it demands. A type that demands nothing takes one from each that demands to keep to it, so each
/// such demand is looked at once, however long the chain of types is.
fn drop_empty(planned: &mut Vec<TypeRules>) {
    let index_of: HashMap<&RustName, usize> = planned
        .iter()
        .enumerate()
        .map(|(index, ty)| (&ty.name, index))
        .collect();
    let mut left = vec![0_usize; planned.len()];
    let mut demanded_by: Vec<Vec<usize>> = vec![Vec::new(); planned.len()];
    for (index, ty) in planned.iter().enumerate() {
        let mut leaves = Vec::new();
        collect_leaves(&ty.rules, &mut leaves);
        for leaf in leaves {
            let target = match leaf {
                RuleItem::Type(name) => match index_of.get(name) {
                    Some(target) => Some(*target),
                    None => continue,
                },
                _ => None,
            };
            if let Some(left) = left.get_mut(index) {
                *left += 1;
            }
            if let Some(users) = target.and_then(|target| demanded_by.get_mut(target)) {
                users.push(index);
            }
        }
    }
    let mut empty: Vec<usize> = (0..planned.len())
        .filter(|index| left.get(*index) == Some(&0))
        .collect();
    while let Some(index) = empty.pop() {
        for user in demanded_by.get(index).into_iter().flatten() {
            if let Some(left) = left.get_mut(*user) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    empty.push(*user);
                }
            }
        }
    }
    let mut left = left.into_iter();
    planned.retain(|_| left.next().is_some_and(|left| left > 0));
    let known: HashSet<RustName> = planned.iter().map(|ty| ty.name.clone()).collect();
    for ty in planned.iter_mut() {
        drop_unknown(&mut ty.rules, &known);
    }
}

/// Adds every demand that consists of no others.
fn collect_leaves<'r>(rules: &'r [RuleItem], leaves: &mut Vec<&'r RuleItem>) {
    for rule in rules {
        match rule {
            RuleItem::Field(_, rules) | RuleItem::Each(rules) | RuleItem::Variant(_, rules) => {
                collect_leaves(rules, leaves);
            }
            leaf => leaves.push(leaf),
        }
    }
}

fn drop_unknown(rules: &mut Vec<RuleItem>, known: &HashSet<RustName>) {
    rules.retain_mut(|rule| match rule {
        RuleItem::Type(name) => known.contains(name),
        RuleItem::Field(_, rules) | RuleItem::Each(rules) | RuleItem::Variant(_, rules) => {
            drop_unknown(rules, known);
            !rules.is_empty()
        }
        _ => true,
    });
}

/// Whether a test holds of a demand or of one in it.
fn any_rule(rule: &RuleItem, test: fn(&RuleItem) -> bool) -> bool {
    match rule {
        RuleItem::Field(_, rules) | RuleItem::Each(rules) | RuleItem::Variant(_, rules) => {
            rules.iter().any(|rule| any_rule(rule, test))
        }
        rule => test(rule),
    }
}

/// Whether the demand needs what matches patterns: a pattern, or a schema that may have some.
fn is_pattern(rule: &RuleItem) -> bool {
    match rule {
        RuleItem::Pattern(_) => true,
        RuleItem::Schema(schema) => schema.to_string().contains("\"pattern"),
        _ => false,
    }
}

fn is_schema(rule: &RuleItem) -> bool {
    matches!(rule, RuleItem::Schema(_))
}

/// What a type demands of its own values. An alias is not there at run time: whoever names it demands the same.
fn own_rules(types: &Types<'_>, id: TypeId) -> Vec<RuleItem> {
    let def = &types.api.types[id];
    match &def.shape {
        Shape::Record(record) => record_rules(types, record, &def.constraints),
        Shape::Enumeration(list) => {
            let mut rules = vec![RuleItem::OneOf(values(list))];
            schema_rules(&def.constraints, &mut rules);
            rules
        }
        Shape::Union(union) => union_rules(types, union, &def.constraints),
        Shape::Alias(ty) if types.facts.of(id).alias == AliasKind::Newtype => {
            type_rules(types, ty, &def.constraints, DEEPEST)
        }
        Shape::Alias(_) => Vec::new(),
    }
}

fn record_rules(types: &Types<'_>, record: &Record, demands: &Constraints) -> Vec<RuleItem> {
    let mut rules = Vec::new();
    property_rules(demands, &mut rules);
    schema_rules(demands, &mut rules);
    for field in &record.fields {
        let of_field = type_rules(types, &field.ty, &field.constraints, DEEPEST);
        if !of_field.is_empty() {
            rules.push(RuleItem::Field(field.name.clone(), of_field));
        }
    }
    if let Additional::Kept(ty) = &record.additional {
        each_rules(types, ty, demands, DEEPEST, &mut rules);
    }
    rules
}

fn union_rules(types: &Types<'_>, union: &Union, demands: &Constraints) -> Vec<RuleItem> {
    let mut rules = Vec::new();
    any_rules(demands, &mut rules);
    schema_rules(demands, &mut rules);
    // Where others are as good, what holds of which values is said where the union stands.
    let variants = match union.decision {
        Decision::Open => &[],
        Decision::Tag(_) | Decision::Shape => union.variants.as_slice(),
    };
    for (index, variant) in variants.iter().enumerate() {
        let of_variant = type_rules(types, &variant.ty, &variant.constraints, DEEPEST);
        if !of_variant.is_empty() {
            rules.push(RuleItem::Variant(index, of_variant));
        }
    }
    rules
}

fn values(list: &Enumeration) -> Vec<String> {
    match list {
        Enumeration::Strings(values) => values.iter().map(|value| value.value.clone()).collect(),
        Enumeration::Integers(values) => {
            values.iter().map(|value| value.value.to_string()).collect()
        }
    }
}

/// What a place of a type demands.
fn type_rules(types: &Types<'_>, ty: &Type, demands: &Constraints, depth: usize) -> Vec<RuleItem> {
    let mut rules = Vec::new();
    let Some(depth) = depth.checked_sub(1) else {
        return rules;
    };
    match ty {
        Type::Nullable(inner) => return type_rules(types, inner, demands, depth),
        Type::Scalar(scalar) => match scalar {
            Scalar::Bool => {}
            Scalar::Integer(_) | Scalar::Float | Scalar::Double | Scalar::BigNumber => {
                number_rules(demands, &mut rules);
            }
            _ => text_rules(demands, &mut rules),
        },
        Type::List(item) => {
            item_rules(demands, &mut rules);
            each_rules(types, item, demands, depth, &mut rules);
        }
        Type::Map(_, value) => {
            property_rules(demands, &mut rules);
            each_rules(types, value, demands, depth, &mut rules);
        }
        Type::Tuple(_) => item_rules(demands, &mut rules),
        Type::Json => {
            any_rules(demands, &mut rules);
            if let Some(each) = &demands.each {
                let of_each = type_rules(types, &Type::Json, each, depth);
                if !of_each.is_empty() {
                    rules.push(RuleItem::Each(of_each));
                }
            }
        }
        Type::Named(id) => return named_rules(types, *id, demands, depth),
    }
    schema_rules(demands, &mut rules);
    rules
}

/// What a place that names a type demands: what the type does, which is said once at the type, and what the place adds.
fn named_rules(
    types: &Types<'_>,
    id: TypeId,
    demands: &Constraints,
    depth: usize,
) -> Vec<RuleItem> {
    let def = &types.api.types[id];
    let mut rules = Vec::new();
    match (&def.shape, types.facts.of(id).alias) {
        (Shape::Alias(ty), AliasKind::Plain) => {
            let mut demands = demands.clone();
            demands.add(&def.constraints);
            return type_rules(types, ty, &demands, depth);
        }
        (Shape::Alias(_), AliasKind::Endless) => {
            return type_rules(types, &Type::Json, demands, depth);
        }
        (Shape::Alias(_), AliasKind::Newtype) | (Shape::Enumeration(_), _) => {}
        (Shape::Union(_), _) if demands != &def.constraints => any_rules(demands, &mut rules),
        (Shape::Record(_), _) if demands.properties != def.constraints.properties => {
            property_rules(demands, &mut rules);
        }
        (Shape::Union(_) | Shape::Record(_), _) => {}
    }
    // What the type demands itself is said there.
    let mut more = demands.clone();
    let said: HashSet<&SchemaDemand> = def.constraints.schemas.iter().collect();
    more.schemas.retain(|demand| !said.contains(demand));
    if more.listed == def.constraints.listed {
        more.listed.clear();
    }
    schema_rules(&more, &mut rules);
    // A record says its name at run time; the others do not.
    if !matches!(def.shape, Shape::Record(_)) {
        rules.push(RuleItem::Type(types.name(id)));
    }
    rules
}

fn each_rules(
    types: &Types<'_>,
    ty: &Type,
    demands: &Constraints,
    depth: usize,
    rules: &mut Vec<RuleItem>,
) {
    let nothing = Constraints::default();
    let each = demands.each.as_deref().unwrap_or(&nothing);
    let of_each = type_rules(types, ty, each, depth);
    if !of_each.is_empty() {
        rules.push(RuleItem::Each(of_each));
    }
}

/// The demands of every kind, for a place whose values are of several.
fn any_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    text_rules(demands, rules);
    number_rules(demands, rules);
    item_rules(demands, rules);
    property_rules(demands, rules);
}

fn text_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    let Sizes { min, max } = demands.length;
    rules.extend(min.filter(|min| *min > 0).map(RuleItem::MinLength));
    rules.extend(max.map(RuleItem::MaxLength));
    // What is no regular expression was warned about, and demands nothing.
    let is_regex = |text: &str| {
        Regex::with_flags(text, "u")
            .or_else(|_| Regex::new(text))
            .is_ok()
    };
    let patterns = demands.patterns.iter();
    let patterns = patterns.filter(|pattern| is_regex(pattern.as_str()));
    rules.extend(patterns.cloned().map(RuleItem::Pattern));
}

fn number_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    if let Some((bound, is_excluded)) = &demands.minimum {
        rules.push(RuleItem::Minimum(bound.clone(), *is_excluded));
    }
    if let Some((bound, is_excluded)) = &demands.maximum {
        rules.push(RuleItem::Maximum(bound.clone(), *is_excluded));
    }
    rules.extend(
        demands
            .multiple_of
            .iter()
            .cloned()
            .map(RuleItem::MultipleOf),
    );
}

fn item_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    let Sizes { min, max } = demands.items;
    rules.extend(min.filter(|min| *min > 0).map(RuleItem::MinItems));
    rules.extend(max.map(RuleItem::MaxItems));
    rules.extend(demands.unique_items.then_some(RuleItem::UniqueItems));
}

/// The demands in words of JSON Schema.
fn schema_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    if !demands.listed.is_empty() {
        rules.push(RuleItem::Schema(json!({ "enum": demands.listed })));
    }
    rules.extend(demands.checked_schemas().cloned().map(RuleItem::Schema));
}

fn property_rules(demands: &Constraints, rules: &mut Vec<RuleItem>) {
    let Sizes { min, max } = demands.properties;
    rules.extend(min.filter(|min| *min > 0).map(RuleItem::MinProperties));
    rules.extend(max.map(RuleItem::MaxProperties));
}
