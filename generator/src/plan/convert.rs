//! From types of the model to types of Rust.

use super::PlanOptions;
use super::defaults::Defaults;
use super::formats::Formats;
use super::names::{Kind, Scope, Wish};
use super::reserved::Place;
use crate::analysis::{AliasKind, Facts};
use crate::model::{Api, Enumeration, IntegerKind, MapKey, Scalar, Shape, Type, TypeId, TypeName};
use crate::rust::{DateCrate, RuntimeParts, RustName, RustType};

/// How many aliases or layers are followed to compare two types. Beyond it they count as unknown.
const DEEPEST: usize = 64;

/// The longest tuple that the runtime describes; longer ones are lists of any JSON.
const LONGEST_TUPLE: usize = 8;

/// The types of an API with their Rust names.
#[derive(Debug)]
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) formats: &'a Formats,
    pub(super) defaults: Defaults,
    names: Vec<RustName>,
}

impl<'a> Types<'a> {
    /// Names every type of the API.
    pub(super) fn new(api: &'a Api, facts: &'a Facts, options: &'a PlanOptions) -> Self {
        let wishes: Vec<Wish<'_>> = api
            .types
            .iter()
            .map(|(_, def)| match &def.name {
                TypeName::Component(name) => Wish::of(name.as_str()),
                TypeName::Inline(path) => Wish {
                    words: path.iter().map(|word| word.as_str()).collect(),
                    first: false,
                    apart: match path.last().map(|word| word.as_str()) {
                        Some("request" | "response") => "Body",
                        _ => "Value",
                    },
                },
            })
            .collect();
        let names = Scope::new(Kind::Type, Place::Types).add(&wishes);
        Types {
            api,
            facts,
            formats: &options.formats,
            defaults: options.defaults,
            names,
        }
    }

    /// The optional parts of the runtime that the scalars of the API need.
    pub(super) fn runtime_parts(&self) -> RuntimeParts {
        let mut keys = self.facts.keys.iter();
        let mut parts = RuntimeParts {
            keyed_maps: keys.any(|key| self.plan_key(*key) != RustType::String),
            ..RuntimeParts::default()
        };
        for scalar in &self.facts.scalars {
            match self.plan_scalar(*scalar) {
                RustType::Uuid => parts.uuid = true,
                RustType::Base64 => parts.base64 = true,
                RustType::File => parts.files = true,
                RustType::Url => parts.url = true,
                RustType::Decimal => parts.decimal = true,
                RustType::BigInteger | RustType::BigNumber => parts.big_numbers = true,
                RustType::Ipv4 | RustType::Ipv6 => parts.net = true,
                RustType::Date(of)
                | RustType::DateTime(of)
                | RustType::Time(of)
                | RustType::Duration(of) => match of {
                    DateCrate::Time => parts.time = true,
                    DateCrate::Jiff => parts.jiff = true,
                    DateCrate::Chrono => parts.chrono = true,
                },
                _ => {}
            }
        }
        parts
    }

    /// The Rust name of a type.
    pub(super) fn name(&self, id: TypeId) -> RustName {
        match self.names.get(id.index()) {
            Some(name) => name.clone(),
            None => RustName::new("Unnamed".to_owned()),
        }
    }

    /// The Rust type, null allowed where the model allows it.
    pub(super) fn plan_type(&self, ty: &Type) -> RustType {
        self.convert(ty, Boxing::Never)
    }

    /// The Rust type with a box around whatever it holds by value and could hold its owner.
    pub(super) fn plan_boxed(&self, ty: &Type) -> RustType {
        self.convert(ty, Boxing::Held)
    }

    fn convert(&self, ty: &Type, boxing: Boxing) -> RustType {
        match ty {
            Type::Scalar(scalar) => self.plan_scalar(*scalar),
            Type::List(item) => RustType::Vec(Box::new(self.plan_type(item))),
            Type::Map(key, value) => {
                let value = Box::new(self.plan_type(value));
                match self.plan_key(*key) {
                    RustType::String => RustType::Map(value),
                    key => RustType::KeyedMap(Box::new(key), value),
                }
            }
            Type::Tuple(items) if !(1..=LONGEST_TUPLE).contains(&items.len()) => {
                RustType::Vec(Box::new(RustType::Json))
            }
            Type::Tuple(items) => RustType::Tuple(
                items
                    .iter()
                    .map(|item| self.convert(item, boxing))
                    .collect(),
            ),
            Type::Nullable(inner) => {
                RustType::Option(Box::new(self.convert(inner.without_null(), boxing)))
            }
            Type::Json => RustType::Json,
            Type::Named(id) => {
                let named = RustType::Named(self.name(*id));
                if boxing == Boxing::Held && self.is_large(*id) {
                    RustType::Box(Box::new(named))
                } else {
                    named
                }
            }
        }
    }

    /// The Rust type of the keys of a map: enums of strings and formats with types of their own; else text.
    fn plan_key(&self, key: MapKey) -> RustType {
        match self.resolve_key(key) {
            MapKey::Scalar(scalar) => self.plan_scalar(scalar),
            MapKey::Named(id) => RustType::Named(self.name(id)),
            MapKey::Text => RustType::String,
        }
    }

    /// What the keys of a map are behind aliases, and any text where the type has no other texts.
    fn resolve_key(&self, key: MapKey) -> MapKey {
        let resolved = match key {
            MapKey::Text => return MapKey::Text,
            MapKey::Scalar(scalar) => Type::Scalar(scalar),
            MapKey::Named(id) => self.resolve(&Type::Named(id)).clone(),
        };
        match resolved {
            Type::Scalar(scalar)
                if is_text(scalar) && self.plan_scalar(scalar) != RustType::String =>
            {
                MapKey::Scalar(scalar)
            }
            Type::Named(id) => match &self.api.types[id].shape {
                Shape::Enumeration(Enumeration::Strings(_)) => MapKey::Named(id),
                _ => MapKey::Text,
            },
            _ => MapKey::Text,
        }
    }

    /// Whether the type is one that a box is for: a record, a union or an alias of one.
    fn is_large(&self, id: TypeId) -> bool {
        match self.resolve(&Type::Named(id)) {
            Type::Named(id) => !matches!(self.api.types[*id].shape, Shape::Enumeration(_)),
            Type::Tuple(_) | Type::Nullable(_) => true,
            _ => false,
        }
    }

    /// The type that an alias stands for, if it is one; newtypes stand for themselves.
    pub(super) fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..=self.api.types.len() {
            match ty {
                Type::Named(id) if self.facts.of(*id).alias == AliasKind::Endless => {
                    return &Type::Json;
                }
                Type::Named(id) if self.facts.of(*id).alias == AliasKind::Plain => {
                    match &self.api.types[*id].shape {
                        Shape::Alias(target) => ty = target,
                        _ => return ty,
                    }
                }
                _ => return ty,
            }
        }
        ty
    }

    /// The type with every alias in it expanded, to tell whether two are the same to the compiler.
    pub(super) fn expand(&self, ty: &Type) -> Option<Type> {
        self.expand_within(ty, DEEPEST)
    }

    fn expand_within(&self, ty: &Type, left: usize) -> Option<Type> {
        let left = left.checked_sub(1)?;
        Some(match self.resolve(ty) {
            Type::List(item) => Type::List(Box::new(self.expand_within(item, left)?)),
            Type::Map(key, value) => Type::Map(
                self.resolve_key(*key),
                Box::new(self.expand_within(value, left)?),
            ),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.expand_within(inner, left)?)),
            Type::Tuple(items) => Type::Tuple(
                items
                    .iter()
                    .map(|item| self.expand_within(item, left))
                    .collect::<Option<_>>()?,
            ),
            Type::Scalar(scalar) if self.plan_scalar(*scalar) == RustType::String => {
                Type::Scalar(Scalar::String)
            }
            other => other.clone(),
        })
    }

    /// The Rust type of a value without parts.
    pub(super) fn plan_scalar(&self, scalar: Scalar) -> RustType {
        let of_format = self.formats.of(scalar);
        of_format.unwrap_or_else(|| plan_plain_scalar(scalar))
    }

    /// Whether values of the type may be compared: no secret and no file is in it.
    pub(super) fn is_comparable(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar(scalar) => !matches!(scalar, Scalar::Secret | Scalar::Binary),
            Type::List(inner) | Type::Map(_, inner) | Type::Nullable(inner) => {
                self.is_comparable(inner)
            }
            Type::Tuple(items) => items.iter().all(|item| self.is_comparable(item)),
            Type::Named(id) => self.facts.of(*id).is_comparable(),
            Type::Json => true,
        }
    }
}

/// Whether every value of a scalar is a text that may be shown.
fn is_text(scalar: Scalar) -> bool {
    !matches!(
        scalar,
        Scalar::Bool
            | Scalar::Integer(_)
            | Scalar::Float
            | Scalar::Double
            | Scalar::BigNumber
            | Scalar::Secret
            | Scalar::Binary
    )
}

#[derive(Clone, Copy, PartialEq)]
enum Boxing {
    Never,
    Held,
}

/// The Rust type of a scalar of which no format decides.
fn plan_plain_scalar(scalar: Scalar) -> RustType {
    match scalar {
        Scalar::Bool => RustType::Bool,
        Scalar::Integer(IntegerKind::I8) => RustType::I8,
        Scalar::Integer(IntegerKind::I16) => RustType::I16,
        Scalar::Integer(IntegerKind::I32) => RustType::I32,
        Scalar::Integer(IntegerKind::I64) => RustType::I64,
        Scalar::Integer(IntegerKind::U8) => RustType::U8,
        Scalar::Integer(IntegerKind::U16) => RustType::U16,
        Scalar::Integer(IntegerKind::U32) => RustType::U32,
        Scalar::Integer(IntegerKind::U64) => RustType::U64,
        Scalar::Integer(IntegerKind::Big) => RustType::BigInteger,
        Scalar::BigNumber => RustType::BigNumber,
        Scalar::Float => RustType::F32,
        Scalar::Double => RustType::F64,
        Scalar::Binary => RustType::File,
        Scalar::Secret => RustType::Secret,
        _ => RustType::String,
    }
}
