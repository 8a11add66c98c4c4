//! The members of records and unions.

use super::convert::Types;
use super::defaults::{plan_default, plan_value};
use super::docs::{default_fact, plan_docs, plan_value_docs, shown};
use super::names::{Kind, Scope, Wish};
use super::reserved::Place;
use crate::analysis::{Test, TypeFacts, VariantTest};
use crate::model::{
    Access, Additional, Decision, Field, Record, Scalar, Type, TypeId, TypeName, Union, Variant,
    WireName,
};
use crate::rust::{
    Constructor, DefaultItem, FieldItem, KnownValue, Paragraph, RecordItem, RustName, RustType,
    UnionItem, UnionTest, UnionVariantItem,
};
use std::collections::HashMap;

/// A struct with public fields.
pub(super) fn plan_record(types: &Types<'_>, record: &Record, facts: &TypeFacts) -> RecordItem {
    let wishes: Vec<Wish<'_>> = record
        .fields
        .iter()
        .map(|field| Wish::of(field.name.as_str()))
        .collect();
    let mut scope = Scope::new(Kind::Field, Place::Local);
    let names = scope.add(&wishes);
    let fields: Vec<FieldItem> = record
        .fields
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (field, name))| plan_field(types, field, name, index, facts))
        .collect();
    let additional = match &record.additional {
        Additional::Kept(ty) => Some((scope.add_one("additional_properties"), types.plan_type(ty))),
        Additional::Ignored | Additional::Forbidden => None,
    };
    let must_give = |field: &FieldItem| field.required && field.constant.is_none();
    let constructor = match fields.iter().any(must_give) {
        false => Constructor::Default,
        true if facts.made_by_users => Constructor::New,
        true => Constructor::None,
    };
    RecordItem {
        fields,
        additional,
        constructor,
        comparable: facts.is_comparable(),
    }
}

fn plan_field(
    types: &Types<'_>,
    field: &Field,
    name: RustName,
    index: usize,
    facts: &TypeFacts,
) -> FieldItem {
    let required = field.presence.is_required() && !facts.relaxed_fields.contains(&index);
    let nullable = matches!(field.ty, Type::Nullable(_));
    let plain = field.ty.without_null();
    let mut ty = if facts.boxed_fields.contains(&index) {
        types.plan_boxed(plain)
    } else {
        types.plan_type(plain)
    };
    let may_fill = !facts.unfilled_fields.contains(&index);
    let default = plan_default(types, field, &ty, &name, may_fill);
    let is_filled = matches!(default, Some(DefaultItem::Filled(_)));
    let may_be_absent = !required && !is_filled;
    for _ in 0..usize::from(may_be_absent) + usize::from(nullable) {
        ty = RustType::Option(Box::new(ty));
    }
    let mut docs = plan_value_docs(
        types.formats,
        &field.docs,
        default_fact(
            if is_filled {
                "Default, filled in"
            } else {
                "Default"
            },
            &field.presence,
        ),
        &field.constraints,
        field.example.as_ref(),
    );
    if field.docs.summary.is_none() && field.docs.description.is_none() {
        docs.paragraphs.splice(0..0, type_lead(types, plain));
    }
    match field.access {
        Access::Both => {}
        Access::ReadOnly => docs
            .paragraphs
            .push(Paragraph::Own("Only responses have it.".to_owned())),
        Access::WriteOnly => docs
            .paragraphs
            .push(Paragraph::Own("Only requests have it.".to_owned())),
    }
    if let Some(value) = &field.constant {
        docs.paragraphs
            .push(Paragraph::Fact("Always", shown(value)));
    }
    let constant = match &field.constant {
        Some(value) if required && !nullable => {
            plan_value(types, plain, value).map(|planned| KnownValue {
                wire: value.clone(),
                value: planned,
            })
        }
        _ => None,
    };
    FieldItem {
        name,
        wire: field.name.clone(),
        ty,
        required,
        constant,
        default,
        docs,
    }
}

/// What a type says of itself first, for a field that says nothing of its own.
fn type_lead(types: &Types<'_>, ty: &Type) -> Option<Paragraph> {
    let Type::Named(id) = ty else {
        return None;
    };
    let docs = plan_docs(&types.api.types[*id].docs);
    match docs.paragraphs.into_iter().next() {
        Some(Paragraph::Prose(prose)) => Some(Paragraph::Lead(prose)),
        _ => None,
    }
}

/// An enum of types.
pub(super) fn plan_union(
    types: &Types<'_>,
    id: TypeId,
    union: &Union,
    facts: &TypeFacts,
) -> UnionItem {
    let tests = types.facts.tests(id);
    let own = types.name(id).as_str().to_owned();
    let words: Vec<String> = union
        .variants
        .iter()
        .map(|variant| variant_words(types, variant, &own))
        .collect();
    let wishes: Vec<Wish<'_>> = words.iter().map(|words| Wish::of(words)).collect();
    let mut scope = Scope::new(Kind::Variant, Place::Local);
    let names = scope.add(&wishes);
    let fallback = scope.add_first_free(&["Unknown", "Other", "Unlisted"]);
    let expanded: Vec<Option<Type>> = union
        .variants
        .iter()
        .map(|variant| types.expand(variant.ty.without_null()))
        .collect();
    let counts = counts(&expanded);
    // `From` makes the union of a variant if no other has its type, and it is not the union itself.
    let is_convertible = |ty: &Option<Type>| match (&counts, ty) {
        (Some(counts), Some(ty)) => *ty != Type::Named(id) && counts.get(ty) == Some(&1),
        _ => false,
    };
    UnionItem {
        variants: union
            .variants
            .iter()
            .zip(names)
            .enumerate()
            .map(|(index, (variant, name))| UnionVariantItem {
                name,
                ty: types.plan_boxed(variant.ty.without_null()),
                tags: variant.tags.clone(),
                test: match variant.is_default {
                    true => UnionTest::Object,
                    false => plan_test(tests, index),
                },
                from: expanded.get(index).is_some_and(is_convertible),
                docs: plan_docs(&variant.docs),
            })
            .collect(),
        tag: match &union.decision {
            Decision::Tag(property) => Some(property.clone()),
            Decision::Shape | Decision::Open => None,
        },
        allows_others: union.decision == Decision::Open,
        order: match tests {
            [] => (0..union.variants.len()).collect(),
            tests => tests.iter().map(|test| test.variant).collect(),
        },
        fallback,
        comparable: facts.is_comparable(),
    }
}

fn plan_test(tests: &[VariantTest], variant: usize) -> UnionTest {
    let names = |texts: &[String]| texts.iter().map(WireName::new).collect();
    let found = tests.iter().find(|found| found.variant == variant);
    match found.map(|found| &found.test) {
        Some(Test::Null) => UnionTest::Null,
        Some(Test::Boolean) => UnionTest::Boolean,
        Some(Test::Integer) => UnionTest::Integer,
        Some(Test::Number) => UnionTest::Number,
        Some(Test::String) => UnionTest::String,
        Some(Test::Array) => UnionTest::Array,
        Some(Test::Object) => UnionTest::Object,
        Some(Test::Is(property, values)) => UnionTest::Is(WireName::new(property), names(values)),
        Some(Test::Has(properties)) => UnionTest::Has(names(properties)),
        Some(Test::Trial) | None => UnionTest::Trial,
    }
}

/// How many variants have a type; `None` if a type is not known, which may be that of any other.
fn counts(expanded: &[Option<Type>]) -> Option<HashMap<&Type, usize>> {
    let mut counts = HashMap::new();
    for ty in expanded {
        *counts.entry(ty.as_ref()?).or_default() += 1;
    }
    Some(counts)
}

fn variant_words(types: &Types<'_>, variant: &Variant, own: &str) -> String {
    match &variant.name {
        Some(name) => name.as_str().to_owned(),
        None => type_words(types, &variant.ty, own),
    }
}

fn type_words(types: &Types<'_>, ty: &Type, own: &str) -> String {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Bool => "Bool",
            Scalar::Integer(_) => "Integer",
            Scalar::Float | Scalar::Double => "Number",
            Scalar::String => "String",
            Scalar::Secret => "Secret",
            Scalar::Uuid => "Uuid",
            Scalar::Date => "Date",
            Scalar::DateTime => "DateTime",
            Scalar::Base64 | Scalar::Binary => "Bytes",
            Scalar::Uri => "Uri",
            Scalar::Time => "Time",
            Scalar::Duration => "Duration",
            Scalar::BigNumber | Scalar::Decimal => "Decimal",
            Scalar::Ipv4 => "Ipv4",
            Scalar::Ipv6 => "Ipv6",
        }
        .to_owned(),
        Type::List(item) => format!("{} list", type_words(types, item, own)),
        Type::Map(_, value) => format!("{} map", type_words(types, value, own)),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Nullable(inner) => type_words(types, inner, own),
        Type::Json => "Any".to_owned(),
        Type::Named(id) => {
            let name = types.name(*id);
            // An inline type is named after its union; in the union, only the rest tells something.
            match (&types.api.types[*id].name, name.as_str().strip_prefix(own)) {
                (TypeName::Inline(_), Some(rest)) if !rest.is_empty() => rest.to_owned(),
                _ => name.as_str().to_owned(),
            }
        }
    }
}
