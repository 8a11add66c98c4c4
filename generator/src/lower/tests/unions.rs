//! oneOf and anyOf.

use super::{Lowered, field_names, lower_schemas, record};
use crate::diagnostic::Code;
use crate::model::{Decision, Enumeration, Scalar, Shape, Type, Union};

#[track_caller]
fn union<'l>(lowered: &'l Lowered, name: &str) -> &'l Union {
    match &lowered.def(name).shape {
        Shape::Union(union) => union,
        other => panic!("{other:?} is no union"),
    }
}

fn tags(union: &Union) -> Vec<Vec<&str>> {
    let tags = union.variants.iter().map(|variant| &variant.tags);
    tags.map(|tags| tags.iter().map(|tag| tag.as_str()).collect())
        .collect()
}

const PETS: &str = "
  Cat: {type: object, required: [petType], properties: {petType: {type: string}, meows: {type: boolean}}}
  Dog: {type: object, required: [petType], properties: {petType: {type: string}, barks: {type: boolean}}}
";

#[test]
fn a_discriminator_gives_tags_explicit_and_implicit() {
    let lowered = lower_schemas(&format!(
        "{PETS}
  Pet:
    oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
    discriminator:
      propertyName: petType
      mapping: {{dog: '#/components/schemas/Dog', puppy: Dog}}
"
    ));
    let union = union(&lowered, "Pet");
    assert!(matches!(&union.decision, Decision::Tag(name) if name.as_str() == "petType"));
    assert_eq!(tags(union), [vec!["Cat"], vec!["dog", "puppy"]]);
    lowered.assert_clean();
}

#[test]
fn a_discriminator_that_no_variant_has_is_reported() {
    let lowered = lower_schemas(&format!(
        "{PETS}
  Pet:
    oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
    discriminator: {{propertyName: kind}}
"
    ));
    assert_eq!(union(&lowered, "Pet").decision, Decision::Shape);
    lowered.assert_finding(Code::NotSupported, "/components/schemas/Pet/discriminator");
}

#[test]
fn constants_tell_variants_apart_like_a_discriminator() {
    let lowered = lower_schemas(
        "
  Source:
    oneOf:
      - {type: object, required: [type, url], properties: {type: {type: string, enum: [url]}, url: {type: string}}}
      - {type: object, required: [type], properties: {type: {type: string, enum: [blank]}}}
",
    );
    let union = union(&lowered, "Source");
    assert!(matches!(&union.decision, Decision::Tag(name) if name.as_str() == "type"));
    assert_eq!(tags(union), [vec!["url"], vec!["blank"]]);
    assert_eq!(
        field_names(record(lowered.inline(&["Source", "url"]))),
        ["type", "url"]
    );
    lowered.assert_clean();
}

#[test]
fn null_variants_make_the_rest_nullable() {
    let lowered = lower_schemas(
        "
  Id: {oneOf: [{type: string, format: uuid}, {enum: [null]}]}
  A: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}, n: {anyOf: [{type: integer}, {nullable: true}]}}}
",
    );
    assert!(matches!(
        lowered.def("Id").shape,
        Shape::Alias(Type::Scalar(Scalar::Uuid))
    ));
    assert_eq!(
        lowered.field("A", "id").ty,
        Type::Nullable(Box::new(lowered.named("Id")))
    );
    assert!(matches!(lowered.field("A", "n").ty, Type::Nullable(_)));
}

#[test]
fn single_values_merge_into_one_enumeration() {
    let lowered = lower_schemas(
        "
  Level:
    oneOf:
      - {type: string, enum: [low], description: Not much.}
      - {type: string, enum: [high]}
  Open: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
  Clear: {anyOf: [{type: string}, {type: string, enum: ['']}]}
",
    );
    let Shape::Enumeration(Enumeration::Strings(values)) = &lowered.def("Level").shape else {
        panic!("no enumeration");
    };
    assert_eq!(values.len(), 2);
    assert_eq!(
        values[0].description.as_ref().map(|text| text.as_str()),
        Some("Not much.")
    );
    assert!(matches!(lowered.def("Open").shape, Shape::Enumeration(_)));
    assert!(matches!(
        lowered.def("Clear").shape,
        Shape::Alias(Type::Scalar(Scalar::String))
    ));
    lowered.assert_clean();
}

#[test]
fn what_stands_beside_a_union_is_in_each_variant() {
    let lowered = lower_schemas(
        "
  Shape:
    type: object
    required: [name]
    properties: {name: {type: string}}
    oneOf:
      - {title: Circle, required: [radius], properties: {radius: {type: number}}}
      - {title: Square, required: [side], properties: {side: {type: number}}}
",
    );
    assert_eq!(union(&lowered, "Shape").variants.len(), 2);
    assert_eq!(
        field_names(record(lowered.inline(&["Shape", "Circle"]))),
        ["radius", "name"]
    );
    assert_eq!(
        field_names(record(lowered.inline(&["Shape", "Square"]))),
        ["side", "name"]
    );
    lowered.assert_clean();
}

#[test]
fn alternatives_that_only_demand_properties_are_reported() {
    let lowered = lower_schemas(
        "
  A:
    type: object
    properties: {a: {type: string}, b: {type: string}}
    anyOf: [{required: [a]}, {required: [b]}]
",
    );
    assert_eq!(field_names(lowered.record("A")), ["a", "b"]);
    lowered.assert_finding(Code::NotSupported, "/components/schemas/A/anyOf");
}

#[test]
fn an_object_or_the_empty_text_is_a_union() {
    let lowered = lower_schemas(
        "
  Address:
    anyOf:
      - {type: object, properties: {line1: {type: string}}}
      - {type: string, enum: ['']}
",
    );
    assert_eq!(union(&lowered, "Address").variants.len(), 2);
    lowered.assert_clean();
}

#[test]
fn a_schema_with_a_discriminator_stands_for_those_that_extend_it() {
    let lowered = lower_schemas(
        "
  Pet:
    type: object
    required: [petType]
    properties: {petType: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}
    discriminator: {propertyName: petType, mapping: {kitty: Cat}}
  Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meows: {type: boolean}}}]}
  Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
  Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}], x-ms-discriminator-value: young}
",
    );
    let pet = union(&lowered, "Pet");
    assert_eq!(tags(pet), [vec!["kitty"], vec!["Dog"], vec!["young"]]);
    for (variant, name) in pet.variants.iter().zip(["Cat", "Dog", "Puppy"]) {
        assert_eq!(variant.ty, lowered.named(name));
    }
    assert_eq!(
        field_names(lowered.record("Cat")),
        ["petType", "friend", "meows"]
    );
    assert_eq!(field_names(lowered.record("Dog")), ["petType", "friend"]);
    assert_eq!(lowered.field("Dog", "friend").ty, lowered.named("Pet"));
    lowered.assert_clean();
}

#[test]
fn a_base_is_a_variant_of_itself_where_the_mapping_says_so_and_what_it_maps_to_is_both() {
    let lowered = lower_schemas(
        "
  Base:
    type: object
    properties: {kind: {type: string}, id: {type: string}}
    discriminator: {propertyName: kind, mapping: {plain: Base, other: Stranger, lost: Nowhere}}
  Stranger: {type: object, properties: {kind: {type: string}, more: {type: string}}}
",
    );
    assert_eq!(
        tags(union(&lowered, "Base")),
        [vec!["plain"], vec!["other"]]
    );
    let own = record(lowered.inline(&["Base", "base"]));
    assert_eq!(field_names(own), ["kind", "id"]);
    let both = record(lowered.inline(&["Base", "Stranger"]));
    assert_eq!(field_names(both), ["kind", "more", "id"]);
    lowered.assert_finding(
        Code::UnresolvedReference,
        "/components/schemas/Base/discriminator/mapping/lost",
    );
}

#[test]
fn a_schema_that_lists_what_extends_it_is_a_union_of_that() {
    let lowered = lower_schemas(
        "
  Event:
    type: object
    required: [kind]
    properties: {kind: {type: string}, at: {type: string}}
    discriminator: {propertyName: kind}
    oneOf: [{$ref: '#/components/schemas/Opened'}, {$ref: '#/components/schemas/Closed'}]
  Opened: {allOf: [{$ref: '#/components/schemas/Event'}, {properties: {by: {type: string}}}]}
  Closed: {allOf: [{$ref: '#/components/schemas/Event'}]}
",
    );
    let event = union(&lowered, "Event");
    assert_eq!(event.variants[0].ty, lowered.named("Opened"));
    assert_eq!(event.variants[1].ty, lowered.named("Closed"));
    assert_eq!(field_names(lowered.record("Opened")), ["kind", "at", "by"]);
    assert_eq!(field_names(lowered.record("Closed")), ["kind", "at"]);
    lowered.assert_clean();
}
