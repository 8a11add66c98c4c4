//! Small APIs made by hand, for unit tests.

use crate::model::{
    Access, Additional, Api, Arena, Constraints, Docs, Enumeration, EnumerationValue, Field, Info,
    IntegerKind, Presence, Prose, Record, Scalar, Shape, Type, TypeDef, TypeId, TypeName, WireName,
};
use crate::source::{FileId, Origin, Pointer};
use indexmap::IndexMap;
use serde_json::{Value, json};

/// The types of [`pets`].
pub struct PetIds {
    /// A record with a read-only id, a secret chip and an optional parent of its own type.
    pub pet: TypeId,
}

/// An API with one record.
pub fn pets() -> (Api, PetIds) {
    let mut types = Arena::default();
    let kind = types.push(def(
        "Kind",
        Shape::Enumeration(Enumeration::Strings(
            ["cat", "dog"]
                .map(|value| EnumerationValue {
                    value: value.to_owned(),
                    name: None,
                    description: None,
                })
                .to_vec(),
        )),
    ));
    let pet = types.next_id();
    let fields = vec![
        field(
            "id",
            Type::Scalar(Scalar::Integer(IntegerKind::I64)),
            Access::ReadOnly,
            None,
        ),
        field(
            "name",
            Type::Scalar(Scalar::String),
            Access::Both,
            Some(json!("Tom")),
        ),
        field("kind", Type::Named(kind), Access::Both, None),
        Field {
            xml: None,
            presence: Presence::Optional,
            ..field(
                "chip",
                Type::Scalar(Scalar::Secret),
                Access::WriteOnly,
                Some(json!("1234")),
            )
        },
        Field {
            presence: Presence::Optional,
            ..field("parent", Type::Named(pet), Access::Both, None)
        },
    ];
    types.push(def(
        "Pet",
        Shape::Record(Record {
            fields,
            additional: Additional::Ignored,
        }),
    ));
    let api = Api {
        info: Info {
            title: Prose::new("Pets").unwrap_or_else(|| unreachable!()),
            version: WireName::new("1.0.0"),
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
    };
    (api, PetIds { pet })
}

/// A place that nothing looks at.
pub fn origin() -> Origin {
    Origin::new(FileId::ENTRY, Pointer::root())
}

/// A type by name.
pub fn def(name: &str, shape: Shape) -> TypeDef {
    TypeDef {
        name: TypeName::Component(WireName::new(name)),
        docs: Docs::default(),
        origin: origin(),
        shape,
        constraints: Constraints::default(),
        example: None,
    }
}

fn field(name: &str, ty: Type, access: Access, example: Option<Value>) -> Field {
    Field {
        xml: None,
        name: WireName::new(name),
        ty,
        presence: Presence::Required,
        constant: None,
        access,
        docs: Docs::default(),
        constraints: Constraints::default(),
        example,
        origin: origin(),
    }
}
