//! Objects, arrays, maps, scalars, enumerations and allOf.

use super::{field_names, lower_schemas, lower_yaml, record};
use crate::diagnostic::Code;
use crate::model::{
    Access, Additional, Enumeration, IntegerKind, Presence, Scalar, Shape, Type, TypeName,
};
use serde_json::json;

#[test]
fn an_object_keeps_order_presence_access_and_formats() {
    let lowered = lower_schemas(
        "
  Key:
    type: object
    required: [id]
    properties:
      name: {type: string, default: ci, description: Its name.}
      id: {type: string, format: uuid}
      size: {type: integer, format: uint8, readOnly: true}
      secret: {type: string, x-specwright-secret: true}
      note: {type: string, nullable: true}
",
    );
    let record = lowered.record("Key");
    assert_eq!(
        field_names(record),
        ["name", "id", "size", "secret", "note"]
    );
    assert_eq!(
        lowered.field("Key", "name").presence,
        Presence::Defaulted(json!("ci"))
    );
    let id = lowered.field("Key", "id");
    assert_eq!(
        (&id.ty, &id.presence),
        (&Type::Scalar(Scalar::Uuid), &Presence::Required)
    );
    let size = lowered.field("Key", "size");
    assert_eq!(size.ty, Type::Scalar(Scalar::Integer(IntegerKind::U8)));
    assert_eq!(size.access, Access::ReadOnly);
    assert_eq!(
        lowered.field("Key", "secret").ty,
        Type::Scalar(Scalar::Secret)
    );
    let note = lowered.field("Key", "note");
    assert_eq!(
        note.ty,
        Type::Nullable(Box::new(Type::Scalar(Scalar::String)))
    );
    assert_eq!(note.presence, Presence::Optional);
    lowered.assert_clean();
}

#[test]
fn objects_without_properties_are_maps() {
    let lowered = lower_schemas(
        "
  Typed: {type: object, additionalProperties: {type: integer}}
  Free: {type: object}
  Rest: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}
",
    );
    let number = Type::Scalar(Scalar::Integer(IntegerKind::I64));
    assert!(
        matches!(&lowered.def("Typed").shape, Shape::Alias(Type::Map(_, value)) if **value == number)
    );
    assert!(
        matches!(&lowered.def("Free").shape, Shape::Alias(Type::Map(_, value)) if **value == Type::Json)
    );
    let rest = Additional::Kept(Type::Scalar(Scalar::String));
    assert_eq!(lowered.record("Rest").additional, rest);
}

#[test]
fn a_recursive_schema_refers_to_itself() {
    let lowered = lower_schemas(
        "
  Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {$ref: '#/components/schemas/Nodes'}}}
  Nodes: {type: array, items: {$ref: '#/components/schemas/Node'}}
",
    );
    assert_eq!(lowered.field("Node", "next").ty, lowered.named("Node"));
    assert_eq!(lowered.field("Node", "all").ty, lowered.named("Nodes"));
}

#[test]
fn the_null_of_a_component_is_where_it_is_used() {
    let lowered = lower_schemas(
        "
  Name: {type: string, nullable: true}
  Level: {type: string, enum: [low, null]}
  User:
    type: object
    properties:
      name: {$ref: '#/components/schemas/Name'}
      level: {$ref: '#/components/schemas/Level'}
      owner: {nullable: true, allOf: [{$ref: '#/components/schemas/User'}], description: Who owns it.}
",
    );
    assert!(matches!(
        lowered.def("Name").shape,
        Shape::Alias(Type::Scalar(Scalar::String))
    ));
    for (field, component) in [("name", "Name"), ("level", "Level"), ("owner", "User")] {
        let expected = Type::Nullable(Box::new(lowered.named(component)));
        assert_eq!(lowered.field("User", field).ty, expected);
    }
    let owner = lowered.field("User", "owner");
    assert_eq!(
        owner.docs.description.as_ref().map(|text| text.as_str()),
        Some("Who owns it.")
    );
    lowered.assert_clean();
}

#[test]
fn enumerations_carry_their_names_and_descriptions() {
    let lowered = lower_schemas(
        "
  Level:
    type: integer
    enum: [1, 2]
    x-enum-varnames: [Low, High]
    x-enum-descriptions: {'2': Very.}
  Switch: {type: boolean, enum: [true]}
  Mixed: {enum: [1, a]}
",
    );
    let Shape::Enumeration(Enumeration::Integers(values)) = &lowered.def("Level").shape else {
        panic!("no enumeration");
    };
    assert_eq!(values[1].value, 2);
    assert_eq!(
        values[1].name.as_ref().map(|name| name.as_str()),
        Some("High")
    );
    assert_eq!(
        values[1].description.as_ref().map(|text| text.as_str()),
        Some("Very.")
    );
    assert!(matches!(
        lowered.def("Switch").shape,
        Shape::Alias(Type::Scalar(Scalar::Bool))
    ));
    let switch = &lowered.def("Switch").constraints;
    assert_eq!(switch.phrases(), ["only true"]);
    let Shape::Union(mixed) = &lowered.def("Mixed").shape else {
        panic!("no union");
    };
    assert_eq!(mixed.variants.len(), 2);
    lowered.assert_clean();
}

#[test]
fn a_default_that_does_not_fit_is_dropped_and_reported() {
    let lowered = lower_schemas(
        "
  A:
    type: object
    properties:
      level: {type: string, enum: [low, high], default: medium}
      size: {type: integer, format: int8, default: 300}
      ok: {type: string, enum: [low, high], default: low}
",
    );
    assert_eq!(lowered.field("A", "level").presence, Presence::Optional);
    assert_eq!(
        lowered.field("A", "ok").presence,
        Presence::Defaulted(json!("low"))
    );
    let place = "/components/schemas/A/properties";
    lowered.assert_finding(Code::InvalidValue, &format!("{place}/level/default"));
    lowered.assert_finding(Code::InvalidValue, &format!("{place}/size/default"));
}

#[test]
fn all_of_unites_properties_and_what_is_required() {
    let lowered = lower_schemas(
        "
  Base: {type: object, required: [id], properties: {id: {type: string}, kind: {type: string}}}
  Derived:
    allOf:
      - $ref: '#/components/schemas/Base'
      - type: object
        required: [kind, name]
        properties: {name: {type: string}, kind: {type: string, enum: [a, b]}}
",
    );
    let derived = lowered.record("Derived");
    assert_eq!(field_names(derived), ["id", "kind", "name"]);
    assert!(
        derived
            .fields
            .iter()
            .all(|field| field.presence.is_required())
    );
    let kind = lowered.inline(&["Derived", "kind"]);
    assert!(matches!(kind.shape, Shape::Enumeration(_)));
    lowered.assert_clean();
}

#[test]
fn all_of_one_reference_is_the_reference() {
    let lowered = lower_schemas(
        "
  Base: {type: object, properties: {id: {type: string}}}
  Same: {description: The same., allOf: [{$ref: '#/components/schemas/Base'}]}
  Typed: {type: object, allOf: [{$ref: '#/components/schemas/Base'}]}
",
    );
    for name in ["Same", "Typed"] {
        let expected = lowered.named("Base");
        assert!(matches!(&lowered.def(name).shape, Shape::Alias(ty) if *ty == expected));
    }
}

#[test]
fn contradictions_keep_the_first_and_say_where() {
    let lowered = lower_schemas(
        "
  A:
    allOf:
      - {type: object, properties: {id: {type: string}}}
      - {type: object, properties: {id: {type: integer}}}
",
    );
    assert_eq!(lowered.field("A", "id").ty, Type::Scalar(Scalar::String));
    lowered.assert_finding(
        Code::Contradiction,
        "/components/schemas/A/allOf/1/properties/id",
    );
}

#[test]
fn schemas_that_contain_themselves_in_all_of_come_to_an_end() {
    let lowered = lower_schemas(
        "
  A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {id: {type: string}}}]}
  B: {allOf: [{$ref: '#/components/schemas/B'}]}
  Node:
    type: object
    properties:
      next: {allOf: [{$ref: '#/components/schemas/Node'}, {type: object, properties: {extra: {type: string}}}]}
",
    );
    assert_eq!(field_names(lowered.record("A")), ["id"]);
    lowered.assert_finding(Code::Contradiction, "/components/schemas/A/allOf/0");
    lowered.assert_finding(Code::CircularReference, "/components/schemas/B");
    let next = lowered.inline(&["Node", "next"]);
    assert_eq!(field_names(record(next)), ["next", "extra"]);
}

#[test]
fn a_long_chain_of_all_of_does_not_exhaust_the_stack() {
    let mut schemas = String::from("\n");
    for index in 0..1_000 {
        let next = index + 1;
        schemas.push_str(&format!(
            "  S{index}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: object, properties: {{p{index}: {{type: string}}}}}}]}}\n"
        ));
    }
    schemas.push_str("  S1000: {type: object, properties: {last: {type: string}}}\n");
    let lowered = lower_schemas(&schemas);
    assert_eq!(field_names(lowered.record("S999")), ["last", "p999"]);
}

#[test]
fn inline_schemas_that_say_the_same_share_one_type() {
    let lowered = lower_schemas(
        "
  A: {type: object, properties: {status: {type: string, enum: [on, off], description: Of A.}}}
  B: {type: object, properties: {status: {type: string, enum: [on, off], description: Of B.}}}
  C: {type: object, properties: {status: {type: string, enum: [on, off, idle]}}}
",
    );
    assert_eq!(
        lowered.field("A", "status").ty,
        lowered.field("B", "status").ty
    );
    assert_ne!(
        lowered.field("A", "status").ty,
        lowered.field("C", "status").ty
    );
    let inline = lowered
        .api
        .types
        .iter()
        .filter(|(_, def)| matches!(def.name, TypeName::Inline(_)));
    assert_eq!(inline.count(), 2);
}

#[test]
fn what_the_types_do_not_say_is_reported() {
    let lowered = lower_schemas(
        "
  A: {type: object, not: {required: [b]}, properties: {a: {type: string}}}
  B:
    type: object
    properties:
      b: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
",
    );
    assert_eq!(field_names(lowered.record("A")), ["a"]);
    lowered.assert_finding(Code::NotSupported, "/components/schemas/A/not");
    lowered.assert_finding(
        Code::NotSupported,
        "/components/schemas/B/properties/b/discriminator",
    );
}

#[test]
fn a_document_without_anything_has_one_server() {
    let lowered = lower_yaml("");
    assert_eq!(lowered.api.servers[0].default_url(), "/");
    lowered.assert_clean();
}
