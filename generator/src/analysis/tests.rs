#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{AliasKind, Test, analyze};
use crate::model::{
    Access, Additional, Api, Arena, Constraints, Decision, Docs, Field, Info, PageRules, Presence,
    Prose, Record, Scalar, Shape, Type, TypeDef, TypeId, TypeName, Union, Variant, WireName,
};
use crate::source::{FileId, Origin, Pointer};
use indexmap::IndexMap;
use serde_json::json;

fn origin() -> Origin {
    Origin::new(FileId::ENTRY, Pointer::root())
}

/// An API whose types are made by a function of the ids that they will have.
fn api(count: usize, shapes: impl Fn(&[TypeId]) -> Vec<Shape>) -> Api {
    let mut ids: Arena<TypeDef> = Arena::default();
    let def = |shape| TypeDef {
        name: TypeName::Component(WireName::new("T")),
        docs: Docs::default(),
        origin: origin(),
        shape,
        constraints: Constraints::default(),
        example: None,
    };
    let known: Vec<TypeId> = (0..count)
        .map(|_| ids.push(def(Shape::Alias(Type::Json))))
        .collect();
    let mut types = Arena::default();
    for shape in shapes(&known) {
        types.push(def(shape));
    }
    Api {
        info: Info {
            title: Prose::new("Test").unwrap(),
            version: WireName::new("1"),
            docs: Docs::default(),
            terms_of_service: None,
            contact: None,
            license: None,
        },
        servers: Vec::new(),
        tags: IndexMap::new(),
        types,
        operations: Arena::default(),
        incoming: Vec::new(),
        security: Arena::default(),
    }
}

fn record(fields: Vec<(Type, Presence)>) -> Shape {
    let fields = fields
        .into_iter()
        .map(|(ty, presence)| Field {
            name: WireName::new("f"),
            ty,
            presence,
            xml: None,
            constant: None,
            access: Access::Both,
            docs: Docs::default(),
            constraints: Constraints::default(),
            example: None,
            origin: origin(),
        })
        .collect();
    Shape::Record(Record {
        fields,
        additional: Additional::Ignored,
    })
}

fn union(types: Vec<Type>) -> Shape {
    let variants = types
        .into_iter()
        .map(|ty| Variant {
            is_default: false,
            ty,
            tags: Vec::new(),
            name: None,
            docs: Docs::default(),
            constraints: Constraints::default(),
            origin: origin(),
        })
        .collect();
    Shape::Union(Union {
        variants,
        decision: Decision::Shape,
    })
}

fn list(ty: Type) -> Type {
    Type::List(Box::new(ty))
}

use Presence::{Defaulted, Optional, Required};

#[test]
fn only_the_field_that_closes_a_circle_is_boxed() {
    let api = api(3, |t| {
        vec![
            record(vec![
                (Type::Named(t[1]), Optional),
                (list(Type::Named(t[0])), Required),
            ]),
            record(vec![(Type::Named(t[2]), Optional)]),
            record(vec![
                (Type::Scalar(Scalar::Bool), Required),
                (Type::Named(t[0]), Optional),
            ]),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let boxed: Vec<_> = api
        .types
        .ids()
        .map(|id| facts.of(id).boxed_fields)
        .collect();
    assert_eq!(boxed, [vec![], vec![], vec![1]]);
    assert!(facts.infinite.is_empty());
}

#[test]
fn a_circle_through_an_alias_is_boxed_in_the_record() {
    let api = api(2, |t| {
        vec![
            Shape::Alias(Type::Nullable(Box::new(Type::Named(t[1])))),
            record(vec![(Type::Named(t[0]), Required)]),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let ids: Vec<_> = api.types.ids().collect();
    assert_eq!(facts.of(ids[1]).boxed_fields, [0]);
    assert_eq!(facts.of(ids[0]).alias, AliasKind::Plain);
    assert!(facts.infinite.is_empty());
}

#[test]
fn an_alias_of_lists_of_itself_is_a_type_of_its_own() {
    let api = api(2, |t| {
        vec![
            Shape::Alias(list(Type::Named(t[1]))),
            Shape::Alias(list(Type::Named(t[0]))),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let kinds: Vec<_> = api.types.ids().map(|id| facts.of(id).alias).collect();
    assert_eq!(kinds, [AliasKind::Newtype, AliasKind::Plain]);
    assert!(facts.infinite.is_empty());
}

#[test]
fn what_has_no_finite_value_is_relaxed_and_reported() {
    let api = api(4, |t| {
        vec![
            record(vec![(Type::Named(t[1]), Required)]),
            record(vec![(Type::Named(t[0]), Required)]),
            // It needs the circle but is not in it.
            record(vec![(Type::Named(t[0]), Required)]),
            Shape::Alias(Type::Named(t[3])),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let ids: Vec<_> = api.types.ids().collect();
    assert_eq!(facts.of(ids[0]).relaxed_fields, [0]);
    assert_eq!(facts.of(ids[2]).relaxed_fields, Vec::<usize>::new());
    assert_eq!(facts.of(ids[3]).alias, AliasKind::Endless);
    assert_eq!(facts.infinite.len(), 3);
}

#[test]
fn a_union_with_an_end_makes_a_circle_finite() {
    let api = api(2, |t| {
        vec![
            union(vec![Type::Named(t[1]), Type::Scalar(Scalar::String)]),
            record(vec![(Type::Named(t[0]), Required)]),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    assert!(facts.infinite.is_empty());
    assert!(
        api.types
            .ids()
            .all(|id| facts.of(id).boxed_fields.is_empty())
    );
}

#[test]
fn a_secret_anywhere_inside_forbids_comparing() {
    let api = api(3, |t| {
        vec![
            record(vec![(list(Type::Named(t[1])), Optional)]),
            record(vec![(Type::Scalar(Scalar::Secret), Required)]),
            record(vec![(Type::Scalar(Scalar::String), Required)]),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let secret: Vec<_> = api.types.ids().map(|id| facts.of(id).secret).collect();
    assert_eq!(secret, [true, true, false]);
}

#[test]
fn a_chain_without_end_does_not_overflow_the_stack() {
    let count = 100_000;
    let api = api(count, |t| {
        (0..count)
            .map(|index| Shape::Alias(Type::Named(t[(index + 1) % count])))
            .collect()
    });
    assert_eq!(analyze(&api, &PageRules::new()).infinite.len(), count);
}

fn object(fields: &[(&str, Presence)]) -> Shape {
    let types = fields
        .iter()
        .map(|(_, presence)| (Type::Scalar(Scalar::String), presence.clone()))
        .collect();
    let mut shape = record(types);
    if let Shape::Record(record) = &mut shape {
        for (field, (name, _)) in record.fields.iter_mut().zip(fields) {
            field.name = WireName::new(*name);
        }
    }
    shape
}

#[test]
fn required_properties_decide_the_larger_set_first() {
    let api = api(4, |ids| {
        let all: Vec<Type> = ids.iter().take(3).map(|id| Type::Named(*id)).collect();
        vec![
            object(&[("a", Required), ("o", Optional)]),
            object(&[("a", Required), ("b", Required)]),
            object(&[("c", Required), ("a", Optional)]),
            union(all),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let tests: Vec<(usize, Test)> = facts
        .tests(api.types.ids().nth(3).unwrap())
        .iter()
        .map(|found| (found.variant, found.test.clone()))
        .collect();
    let has = |name: &str| Test::Has(vec![name.to_owned()]);
    assert_eq!(tests, [(1, has("b")), (2, has("c")), (0, has("a"))]);
    assert!(facts.ambiguous.is_empty());
}

#[test]
fn objects_that_look_the_same_are_ambiguous_and_those_with_a_property_of_their_own_are_not() {
    let api = api(5, |ids| {
        let named = |index: usize| Type::Named(ids[index]);
        vec![
            object(&[("a", Optional)]),
            object(&[("a", Optional)]),
            object(&[("a", Optional), ("b", Optional)]),
            union(vec![named(0), named(1)]),
            union(vec![named(0), named(2)]),
        ]
    });
    let facts = analyze(&api, &PageRules::new());
    let found: Vec<_> = facts.ambiguous.iter().map(|place| place.ty).collect();
    assert_eq!(found, [api.types.ids().nth(3).unwrap()]);
    assert_eq!(facts.ambiguous[0].variants, (0, 1));
}

/// The types of which a field has a default that is not filled in.
fn unfilled(api: &Api) -> Vec<usize> {
    let facts = analyze(api, &PageRules::new());
    let ids = api.types.ids();
    ids.filter(|id| !facts.of(*id).unfilled_fields.is_empty())
        .map(|id| id.index())
        .collect()
}

#[test]
fn a_default_that_leads_back_to_itself_is_not_filled_in() {
    let leads_to = |t: TypeId| record(vec![(Type::Named(t), Defaulted(json!({})))]);
    // The first leads to a circle and is in none.
    let circle = api(4, |t| {
        vec![
            leads_to(t[1]),
            leads_to(t[2]),
            leads_to(t[1]),
            record(vec![(list(Type::Named(t[3])), Defaulted(json!([])))]),
        ]
    });
    assert_eq!(unfilled(&circle), [1, 2]);
    let by_union = api(2, |t| {
        vec![
            leads_to(t[1]),
            union(vec![Type::Scalar(Scalar::Bool), Type::Named(t[0])]),
        ]
    });
    assert_eq!(unfilled(&by_union), [0]);
}

#[test]
fn a_default_that_grows_too_far_is_not_filled_in() {
    // Each holds two of the next, and the last one none.
    let doubling = api(12, |t| {
        (0..12)
            .map(|index| match t.get(index + 1) {
                Some(next) => record(vec![(list(Type::Named(*next)), Defaulted(json!([{}, {}])))]),
                None => record(vec![(Type::Scalar(Scalar::Bool), Defaulted(json!(true)))]),
            })
            .collect()
    });
    // The others are filled in as far as what they lead to is.
    assert_eq!(unfilled(&doubling), [5]);
    let chain = api(10, |t| {
        (0..10)
            .map(|index| match t.get(index + 1) {
                Some(next) => record(vec![(Type::Named(*next), Defaulted(json!({})))]),
                None => record(vec![]),
            })
            .collect()
    });
    assert_eq!(unfilled(&chain), [0]);
}

#[test]
fn a_secret_in_a_default_is_not_filled_in() {
    let api = api(2, |t| {
        vec![
            record(vec![(Type::Named(t[1]), Defaulted(json!({"f": "s"})))]),
            record(vec![(Type::Scalar(Scalar::Secret), Optional)]),
        ]
    });
    assert_eq!(unfilled(&api), [0]);
}
