//! Types: what a value on the wire may look like.

use super::{Constraints, Docs, Prose, TypeId, WireName, XmlField};
use crate::source::Origin;
use serde_json::Value;

/// A type that has a name: a component, or an inline schema that needs one.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// What it is called.
    pub name: TypeName,
    /// What the document says of it.
    pub docs: Docs,
    /// Where its schema stands.
    pub origin: Origin,
    /// What it is.
    pub shape: Shape,
    /// What the document demands of it beyond its shape.
    pub constraints: Constraints,
    /// A value of it that the document shows.
    pub example: Option<Value>,
}

/// Where the name of a type comes from. The plan makes a Rust name of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeName {
    /// The key of a component.
    Component(WireName),
    /// The path from the nearest named thing to an inline schema: component or operation, then property names and
    /// roles such as `item`, `value`, `request`, `response`.
    Inline(Vec<WireName>),
}

/// The four kinds of named types.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known properties.
    Record(Record),
    /// A closed list of strings or integers in the document; open to unknown values in the client.
    Enumeration(Enumeration),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with known properties.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its properties, in the order of the document.
    pub fields: Vec<Field>,
    /// What becomes of properties that are not listed.
    pub additional: Additional,
}

/// What becomes of the properties that a record does not list.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Additional {
    /// The document does not mention them: they are accepted and dropped.
    Ignored,
    /// The document gives them a type: they are kept in a map.
    Kept(Type),
    /// The document forbids them. A client that is older than its server accepts and drops them all the same.
    Forbidden,
}

/// A property of a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name on the wire.
    pub name: WireName,
    /// Its type, without the optionality that [`Presence`] says.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// The only value that it can have, if there is one.
    pub constant: Option<Value>,
    /// Which way it travels.
    pub access: Access,
    /// How it is spelled in XML, where it is not in the usual way.
    pub xml: Option<Box<XmlField>>,
    /// What the document says of it.
    pub docs: Docs,
    /// What the document demands beyond the type.
    pub constraints: Constraints,
    /// A value that the document shows.
    pub example: Option<Value>,
    /// Where its schema stands.
    pub origin: Origin,
}

/// Whether a field or a parameter must be there.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and the server then takes this value.
    Defaulted(Value),
}

impl Presence {
    /// Whether it must be there.
    pub fn is_required(&self) -> bool {
        matches!(self, Presence::Required)
    }
}

/// Which way a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// In requests and responses.
    Both,
    /// Only in responses (`readOnly`).
    ReadOnly,
    /// Only in requests (`writeOnly`).
    WriteOnly,
}

/// A list of values.
#[derive(Debug, Clone)]
pub enum Enumeration {
    /// Strings.
    Strings(Vec<EnumerationValue<String>>),
    /// Integers.
    Integers(Vec<EnumerationValue<i64>>),
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumerationValue<T> {
    /// The value on the wire.
    pub value: T,
    /// A name that the document gives it (`x-enum-varnames`).
    pub name: Option<WireName>,
    /// What the document says of it (`x-enum-descriptions`).
    pub description: Option<Prose>,
}

/// One of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The types, in the order of the document.
    pub variants: Vec<Variant>,
    /// How a value says which it is.
    pub decision: Decision,
}

/// How a value says which variant it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Decision {
    /// By the value of a property (`discriminator`); each variant has its tags.
    Tag(WireName),
    /// By its JSON type, constants, and the properties that it has.
    Shape,
    /// As `Shape`, and a value that is none of them is as good.
    Open,
}

impl Decision {
    /// Whether nothing but the value itself says which variant it is.
    pub fn is_by_shape(&self) -> bool {
        !matches!(self, Decision::Tag(_))
    }
}

/// A type in a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The type.
    pub ty: Type,
    /// The values of the discriminator that mean this variant; empty if the union has none.
    pub tags: Vec<WireName>,
    /// Whether an object is this variant if its discriminator has another value or is not there (`defaultMapping`).
    pub is_default: bool,
    /// A name that the document gives the variant: `title` of an inline schema, or its only property.
    pub name: Option<WireName>,
    /// What the document says of it.
    pub docs: Docs,
    /// What the document demands of it beyond its type.
    pub constraints: Constraints,
    /// Where its schema or reference stands.
    pub origin: Origin,
}

/// What a place holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// A value without parts.
    Scalar(Scalar),
    /// An array.
    List(Box<Type>),
    /// An object whose keys are data.
    Map(MapKey, Box<Type>),
    /// An array of fixed length.
    Tuple(Vec<Type>),
    /// The type or null.
    Nullable(Box<Type>),
    /// A type with a name.
    Named(TypeId),
    /// Any JSON value.
    Json,
}

impl Type {
    /// The type without the null that it allows.
    pub fn without_null(&self) -> &Type {
        match self {
            Type::Nullable(inner) => inner.without_null(),
            other => other,
        }
    }
}

/// What the keys of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapKey {
    /// Any text.
    Text,
    /// Texts of a format.
    Scalar(Scalar),
    /// Texts of a type that has a name.
    Named(TypeId),
}

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `boolean`.
    Bool,
    /// `integer`.
    Integer(IntegerKind),
    /// `number` with `format: float`.
    Float,
    /// `number`.
    Double,
    /// `string`.
    String,
    /// A string that must not be shown: `format: password`, `x-specwright-secret`.
    Secret,
    /// `format: uuid`.
    Uuid,
    /// `format: date`, RFC 3339 full-date.
    Date,
    /// `format: date-time`, RFC 3339.
    DateTime,
    /// `format: byte`: bytes in base64.
    Base64,
    /// `format: uri`.
    Uri,
    /// `format: time`, RFC 3339 full-time.
    Time,
    /// `format: duration`, ISO 8601.
    Duration,
    /// `format: decimal` of a number: every digit counts.
    BigNumber,
    /// `format: decimal` of a string: a number that travels as text.
    Decimal,
    /// `format: ipv4`.
    Ipv4,
    /// `format: ipv6`.
    Ipv6,
    /// `format: binary`: bytes as they are; only as a body or a part of one.
    Binary,
}

/// The width of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum IntegerKind {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    /// Any size, where the document says that 64 bits are too few.
    Big,
}
