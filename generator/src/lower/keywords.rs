//! One view of a schema for all the shapes that `openapiv3` gives it.
//!
//! `openapiv3` decodes a schema into one of many kinds by the keywords that it has. Lowering needs to ask "what does it
//! say of its items" of all of them alike, so [`Keywords`] lays them out flat.

use super::constraints::{any_constraints, carried_demands, type_constraints};
use crate::model::{Constraints, SchemaDemand};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Value, json};

/// A schema or a reference to one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    /// A reference, as the document spells it.
    Reference(&'d str),
    /// A schema in its place.
    Schema(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Schema>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Node::Reference(reference),
            ReferenceOr::Item(schema) => Node::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Box<Schema>>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Node::Reference(reference),
            ReferenceOr::Item(schema) => Node::Schema(schema),
        }
    }
}

/// How much of a schema counts as a part of a conjunction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// All of it.
    Whole,
    /// All but its allOf, whose members are parts of their own.
    WithoutAllOf,
    /// All but its allOf, oneOf and anyOf, which are dealt with elsewhere.
    WithoutUnions,
}

/// One of the schemas that a value has to satisfy together.
#[derive(Debug, Clone)]
pub(super) struct Part<'d> {
    /// The schema.
    pub(super) node: Node<'d>,
    /// Where it stands.
    pub(super) at: Pointer,
    /// How much of it counts.
    pub(super) scope: Scope,
}

impl<'d> Part<'d> {
    /// A schema with all that it says.
    pub(super) fn whole(node: impl Into<Node<'d>>, at: Pointer) -> Self {
        Part {
            node: node.into(),
            at,
            scope: Scope::Whole,
        }
    }

    /// The same part with less of it.
    pub(super) fn scoped(&self, scope: Scope) -> Self {
        Part {
            scope,
            ..self.clone()
        }
    }

    /// What the part says, unless it is a reference.
    pub(super) fn keywords(&self) -> Option<Keywords<'d>> {
        let Node::Schema(schema) = self.node else {
            return None;
        };
        let mut keywords = Keywords::of(schema);
        if self.scope != Scope::Whole {
            keywords.all_of = &[];
        }
        if self.scope == Scope::WithoutUnions {
            keywords.one_of = &[];
            keywords.any_of = &[];
        }
        Some(keywords)
    }
}

/// The `type` of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The word of the specification.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }

    fn parse(text: &str) -> Option<Kind> {
        Some(match text {
            "null" => Kind::Null,
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "string" => Kind::String,
            "array" => Kind::Array,
            "object" => Kind::Object,
            _ => return None,
        })
    }

    /// The kind of a JSON value.
    pub(super) fn of_value(value: &Value) -> Kind {
        match value {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(number) if number.is_f64() => Kind::Number,
            Value::Number(_) => Kind::Integer,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }
}

/// The keywords of a schema, laid out flat.
#[derive(Debug, Clone)]
pub(super) struct Keywords<'d> {
    pub(super) data: &'d SchemaData,
    pub(super) kind: Option<Kind>,
    /// A `type` that the specification does not know.
    pub(super) unknown_kind: Option<&'d str>,
    pub(super) format: Option<&'d str>,
    pub(super) enumeration: Vec<Value>,
    pub(super) properties: Option<&'d IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'d [String],
    pub(super) additional: Option<&'d AdditionalProperties>,
    pub(super) items: Option<Node<'d>>,
    pub(super) one_of: &'d [ReferenceOr<Schema>],
    pub(super) any_of: &'d [ReferenceOr<Schema>],
    pub(super) all_of: &'d [ReferenceOr<Schema>],
    pub(super) not: bool,
    /// Whether `validate` cannot hold values to the `not`.
    pub(super) is_not_lost: bool,
    pub(super) constraints: Constraints,
}

impl<'d> Keywords<'d> {
    /// Lays out a schema.
    pub(super) fn of(schema: &'d Schema) -> Self {
        let mut keywords = Keywords {
            data: &schema.schema_data,
            kind: None,
            unknown_kind: None,
            format: None,
            enumeration: Vec::new(),
            properties: None,
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            not: false,
            is_not_lost: false,
            constraints: Constraints::default(),
        };
        match &schema.schema_kind {
            SchemaKind::Type(ty) => keywords.take_type(ty),
            SchemaKind::OneOf { one_of } => keywords.one_of = one_of,
            SchemaKind::AllOf { all_of } => keywords.all_of = all_of,
            SchemaKind::AnyOf { any_of } => keywords.any_of = any_of,
            SchemaKind::Not { not } => keywords.take_not(not),
            SchemaKind::Any(any) => keywords.take_any(any),
        }
        keywords.constraints.take_exact_limits(&schema.schema_data);
        let carried = carried_demands(&schema.schema_data);
        keywords.constraints.schemas.extend(carried);
        if keywords.are_values_open() {
            let listed = SchemaDemand::of(json!({ "enum": keywords.enumeration }));
            keywords.constraints.schemas.push(listed);
        }
        keywords
    }

    fn take_type(&mut self, ty: &'d Type) {
        self.constraints = type_constraints(ty);
        match ty {
            Type::String(string) => {
                self.kind = Some(Kind::String);
                self.format = format_name(&string.format, |format| match format {
                    StringFormat::Date => "date",
                    StringFormat::DateTime => "date-time",
                    StringFormat::Password => "password",
                    StringFormat::Byte => "byte",
                    StringFormat::Binary => "binary",
                });
                self.enumeration = values(&string.enumeration);
            }
            Type::Number(number) => {
                self.kind = Some(Kind::Number);
                self.format = format_name(&number.format, |format| match format {
                    NumberFormat::Float => "float",
                    NumberFormat::Double => "double",
                });
                self.enumeration = values(&number.enumeration);
            }
            Type::Integer(integer) => {
                self.kind = Some(Kind::Integer);
                self.format = format_name(&integer.format, |format| match format {
                    IntegerFormat::Int32 => "int32",
                    IntegerFormat::Int64 => "int64",
                });
                self.enumeration = values(&integer.enumeration);
            }
            Type::Boolean(boolean) => {
                self.kind = Some(Kind::Boolean);
                self.enumeration = values(&boolean.enumeration);
            }
            Type::Object(object) => {
                self.kind = Some(Kind::Object);
                self.properties = Some(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
            Type::Array(array) => {
                self.kind = Some(Kind::Array);
                self.items = array.items.as_ref().map(Node::from);
            }
        }
    }

    fn take_any(&mut self, any: &'d AnySchema) {
        self.constraints = any_constraints(any);
        if let Some(text) = &any.typ {
            self.kind = Kind::parse(text);
            if self.kind.is_none() {
                self.unknown_kind = Some(text);
            }
        }
        self.format = any.format.as_deref();
        self.enumeration = any.enumeration.clone();
        self.properties = (!any.properties.is_empty()).then_some(&any.properties);
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref().map(Node::from);
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.all_of = &any.all_of;
        if let Some(not) = &any.not {
            self.take_not(not);
        }
    }

    fn take_not(&mut self, not: &ReferenceOr<Schema>) {
        self.not = true;
        let demand = SchemaDemand::of(json!({ "not": not }));
        self.is_not_lost = !demand.is_checked;
        self.constraints.schemas.push(demand);
    }

    /// The type that it declares or that its keywords imply.
    pub(super) fn implied_kind(&self) -> Option<Kind> {
        if self.kind.is_some() {
            return self.kind;
        }
        if self.properties.is_some() || self.additional.is_some() || !self.required.is_empty() {
            return Some(Kind::Object);
        }
        if self.items.is_some() {
            return Some(Kind::Array);
        }
        if !self.constraints.patterns.is_empty()
            || matches!(self.format, Some(format) if is_text_format(format))
        {
            return Some(Kind::String);
        }
        let mut kinds = self
            .enumeration
            .iter()
            .map(Kind::of_value)
            .filter(|kind| *kind != Kind::Null);
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    /// Whether its values are listed and no enumeration of Rust has them all: objects, arrays, and numbers or booleans
    /// among values of other types.
    fn are_values_open(&self) -> bool {
        let is_open = |value: &Value| match self.implied_kind() {
            Some(_) => value.is_object() || value.is_array(),
            None => !value.is_string() && !value.is_i64() && !value.is_null(),
        };
        self.enumeration.iter().any(is_open)
    }

    /// Whether it says anything of the type of a value, and not only what it means to people.
    pub(super) fn is_structural(&self) -> bool {
        self.says_more_than_kind() || self.kind.is_some() || self.unknown_kind.is_some()
    }

    /// Whether it says more of the type of a value than its `type`.
    pub(super) fn says_more_than_kind(&self) -> bool {
        self.format.is_some()
            || !self.enumeration.is_empty()
            || self
                .properties
                .is_some_and(|properties| !properties.is_empty())
            || !self.required.is_empty()
            || self.additional.is_some()
            || self.items.is_some()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || !self.all_of.is_empty()
    }

    /// Whether only null satisfies it: `enum: [null]`, `type: null`, or `nullable: true` and nothing else.
    pub(super) fn is_null_only(&self) -> bool {
        let only_null_values =
            !self.enumeration.is_empty() && self.enumeration.iter().all(Value::is_null);
        only_null_values
            || self.kind == Some(Kind::Null)
            || (self.data.nullable && !self.is_structural() && !self.not)
    }

    /// Whether the document marks it with `x-specwright-secret: true`.
    pub(super) fn is_marked_secret(&self) -> bool {
        is_marked_secret(self.data)
    }
}

/// Whether the document marks a schema with `x-specwright-secret: true`.
pub(super) fn is_marked_secret(data: &SchemaData) -> bool {
    data.extensions.get("x-specwright-secret") == Some(&Value::Bool(true))
}

fn is_text_format(format: &str) -> bool {
    matches!(
        format,
        "uuid"
            | "date"
            | "date-time"
            | "password"
            | "byte"
            | "binary"
            | "uri"
            | "email"
            | "hostname"
    )
}

fn format_name<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    known: impl Fn(&T) -> &'static str,
) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => Some(known(item)),
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn values<T: Clone + Into<Value>>(enumeration: &[Option<T>]) -> Vec<Value> {
    enumeration
        .iter()
        .map(|value| value.clone().map_or(Value::Null, Into::into))
        .collect()
}
