//! Values that a type allows, for examples and samples.
//!
//! What the document shows comes first, then defaults, then what the type and its constraints allow. Every value is
//! checked against its type, so that an example of the document that breaks its own schema is not repeated.

mod fits;
mod scalar;

pub use fits::fits;

use crate::model::{
    Access, Api, Constraints, Content, ContentKind, Decision, Enumeration, Field, MapKey,
    Parameter, Presence, Record, Scalar, Shape, Type, TypeId, Union,
};
use serde_json::{Map, Value};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the client: read-only fields are left out, secrets are placeholders, and optional fields are shown if
    /// the document gives a value or there are few.
    Request,
    /// To the client: write-only fields are left out.
    Response,
}

/// Optional fields are no longer shown below this depth.
const DEEPEST_OPTIONAL: usize = 3;
/// Optional fields are no longer shown after this many values.
const MOST_VALUES: usize = 48;
/// A record of a request with more optional fields shows only those that the document gives a value.
const FEW_FIELDS: usize = 6;

/// An example of a whole body.
pub fn body(api: &Api, content: &Content, direction: Direction) -> Value {
    match &content.kind {
        ContentKind::Json(ty)
        | ContentKind::Xml { ty, .. }
        | ContentKind::Form { ty, .. }
        | ContentKind::Multipart { ty, .. }
        | ContentKind::Items { ty, .. } => {
            let mut maker = Maker::new(api, direction);
            content
                .examples
                .iter()
                .map(|(_, value)| value)
                .find_map(|value| maker.shown(ty, &Constraints::default(), value))
                .or_else(|| maker.value(ty, &Constraints::default()))
                .unwrap_or(Value::Null)
        }
        ContentKind::Text | ContentKind::Bytes => content
            .examples
            .iter()
            .find_map(|(_, value)| value.as_str())
            .map_or_else(|| Value::from("text"), Value::from),
    }
}

/// An example of what the server answers.
pub fn response_example(api: &Api, content: &Content) -> Value {
    body(api, content, Direction::Response)
}

/// A value of a type, for a header of an answer.
pub fn value_example(api: &Api, ty: &Type) -> Option<Value> {
    Maker::new(api, Direction::Response).value(ty, &Constraints::default())
}

/// A value for a parameter that must be there, or that the document shows a value of.
pub fn parameter(api: &Api, parameter: &Parameter) -> Option<Value> {
    let mut maker = Maker::new(api, Direction::Request);
    let shown = parameter
        .example
        .iter()
        .find_map(|value| maker.shown(&parameter.ty, &parameter.constraints, value));
    if shown.is_some() || !parameter.presence.is_required() {
        return shown;
    }
    maker
        .value(&parameter.ty, &parameter.constraints)
        .or(Some(Value::from("string")))
}

struct Maker<'a> {
    api: &'a Api,
    direction: Direction,
    /// The named types that are being made, to cut recursion.
    open: Vec<TypeId>,
    /// How many records are being made, one within the other.
    depth: usize,
    /// Whether the next record is to be shown with what it must have alone.
    is_bare: bool,
    made: usize,
}

impl<'a> Maker<'a> {
    fn new(api: &'a Api, direction: Direction) -> Self {
        Maker {
            api,
            direction,
            open: Vec::new(),
            depth: 0,
            is_bare: false,
            made: 0,
        }
    }

    /// A value of the document, if it is one of the type and of the direction.
    fn shown(&mut self, ty: &Type, constraints: &Constraints, value: &Value) -> Option<Value> {
        let secret = self.direction == Direction::Request
            && matches!(ty.without_null(), Type::Scalar(Scalar::Secret));
        if secret || !fits(self.api, ty, value) || !scalar::satisfies(constraints, value) {
            return None;
        }
        let mut value = value.clone();
        self.restrict(ty, &mut value);
        Some(value)
    }

    /// Takes away what does not travel in this direction.
    fn restrict(&self, ty: &Type, value: &mut Value) {
        match (resolve(self.api, ty), value) {
            (Resolved::List(item), Value::Array(items)) => {
                for value in items {
                    self.restrict(item, value);
                }
            }
            (Resolved::Record(record), Value::Object(members)) => {
                for field in &record.fields {
                    if !self.travels(field) {
                        members.shift_remove(field.name.as_str());
                    } else if let Some(value) = members.get_mut(field.name.as_str()) {
                        if self.direction == Direction::Request
                            && matches!(field.ty.without_null(), Type::Scalar(Scalar::Secret))
                        {
                            *value = Value::from(scalar::secret(&field.constraints));
                        } else {
                            self.restrict(&field.ty, value);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn travels(&self, field: &Field) -> bool {
        match self.direction {
            Direction::Request => field.access != Access::ReadOnly,
            Direction::Response => field.access != Access::WriteOnly,
        }
    }

    /// A value of a type; `None` if only an infinite one would do.
    fn value(&mut self, ty: &Type, constraints: &Constraints) -> Option<Value> {
        self.made += 1;
        match ty {
            Type::Scalar(scalar) => Some(scalar::value(*scalar, constraints)),
            Type::List(item) => Some(self.list(item, constraints)),
            Type::Map(key, value) => {
                let mut members = Map::new();
                if self.open.len() <= DEEPEST_OPTIONAL
                    && let Some(value) = self.value(value, &Constraints::default())
                {
                    members.insert(self.key(*key), value);
                }
                Some(Value::Object(members))
            }
            Type::Tuple(items) => items
                .iter()
                .map(|item| self.value(item, &Constraints::default()))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array),
            Type::Nullable(inner) => Some(self.value(inner, constraints).unwrap_or(Value::Null)),
            Type::Named(id) => self.named(*id, constraints),
            Type::Json => {
                let mut demands = constraints.all_schemas().into_iter();
                let constant = demands.find_map(|demand| demand.schema.get("const").cloned());
                Some(constant.unwrap_or_else(|| Value::Object(Map::new())))
            }
        }
    }

    /// A key of a map.
    fn key(&mut self, key: MapKey) -> String {
        let ty = match key {
            MapKey::Text => None,
            MapKey::Scalar(scalar) => Some(Type::Scalar(scalar)),
            MapKey::Named(id) => Some(Type::Named(id)),
        };
        match ty.and_then(|ty| self.value(&ty, &Constraints::default())) {
            Some(Value::String(key)) => key,
            _ => "key".to_owned(),
        }
    }

    fn list(&mut self, item: &Type, constraints: &Constraints) -> Value {
        let wanted = constraints.items.min.unwrap_or(1).clamp(1, 3);
        let each = constraints.each.as_deref().cloned().unwrap_or_default();
        let value = self.value(item, &each);
        Value::Array(match value {
            Some(value) => {
                let count = if constraints.unique_items { 1 } else { wanted };
                (0..count).map(|_| value.clone()).collect()
            }
            None => Vec::new(),
        })
    }

    fn named(&mut self, id: TypeId, constraints: &Constraints) -> Option<Value> {
        if self.open.contains(&id) {
            return None;
        }
        let api = self.api;
        let def = &api.types[id];
        if let Some(example) = &def.example
            && let Some(value) = self.shown(&Type::Named(id), constraints, example)
        {
            return Some(value);
        }
        self.open.push(id);
        let value = match &def.shape {
            Shape::Record(record) => self.record(record),
            Shape::Enumeration(Enumeration::Strings(values)) => {
                values.first().map(|first| Value::from(first.value.clone()))
            }
            Shape::Enumeration(Enumeration::Integers(values)) => {
                values.first().map(|first| Value::from(first.value))
            }
            Shape::Union(union) => self.union(union),
            Shape::Alias(ty) => {
                let mut constraints = constraints.clone();
                constraints.add(&def.constraints);
                self.value(ty, &constraints)
            }
        };
        self.open.pop();
        value
    }

    fn record(&mut self, record: &'a Record) -> Option<Value> {
        let sent = record.fields.iter().filter(|field| self.travels(field));
        let (required, optional): (Vec<_>, Vec<_>) =
            sent.partition(|field| field.presence.is_required());
        // Below the record that is sent, optional fields are shown where there would be nothing else to see. A union is no
        // level of its own: its variant stands in its place.
        let is_bare = std::mem::take(&mut self.is_bare);
        let few = self.direction == Direction::Response
            || (!is_bare
                && optional.len() <= FEW_FIELDS
                && (self.depth == 0 || required.is_empty()));
        self.depth += 1;
        let members = self.members(record, few);
        self.depth -= 1;
        members
    }

    fn members(&mut self, record: &'a Record, few: bool) -> Option<Value> {
        let mut members = Map::new();
        for field in &record.fields {
            if !self.travels(field) {
                continue;
            }
            match self.field(field, few) {
                Some(value) => {
                    members.insert(field.name.as_str().to_owned(), value);
                }
                None if field.presence.is_required() => return None,
                None => {}
            }
        }
        Some(Value::Object(members))
    }

    fn field(&mut self, field: &'a Field, few: bool) -> Option<Value> {
        let room = self.made < MOST_VALUES && self.open.len() <= DEEPEST_OPTIONAL;
        let required = field.presence.is_required();
        if !required && !room {
            return None;
        }
        if let Some(example) = &field.example
            && let Some(value) = self.shown(&field.ty, &field.constraints, example)
        {
            self.made += 1;
            return Some(value);
        }
        if !required && !few {
            return None;
        }
        if let Presence::Defaulted(default) = &field.presence
            && let Some(value) = self.shown(&field.ty, &field.constraints, default)
        {
            return Some(value);
        }
        if self.direction == Direction::Request
            && matches!(field.ty.without_null(), Type::Scalar(Scalar::Secret))
        {
            return Some(Value::from(scalar::secret(&field.constraints)));
        }
        self.value(&field.ty, &field.constraints)
    }

    fn union(&mut self, union: &'a Union) -> Option<Value> {
        // Where no tag tells the variants apart, what one of them may have can make a value fit another as well.
        let is_bare = !matches!(union.decision, Decision::Tag(_));
        for variant in &union.variants {
            self.is_bare = is_bare;
            let made = self.value(&variant.ty, &Constraints::default());
            self.is_bare = false;
            let Some(mut value) = made else {
                continue;
            };
            if let (Decision::Tag(property), Some(tag), Value::Object(members)) =
                (&union.decision, variant.tags.first(), &mut value)
            {
                members.insert(property.as_str().to_owned(), Value::from(tag.as_str()));
            }
            return Some(value);
        }
        None
    }
}

/// What a type is behind its names and its null, as far as it has parts.
fn resolve<'a>(api: &'a Api, ty: &'a Type) -> Resolved<'a> {
    let mut ty = ty;
    // As many steps as there are types reach the end of any chain that has one.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::List(item) => return Resolved::List(item),
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Alias(inner) => ty = inner,
                Shape::Record(record) => return Resolved::Record(record),
                _ => break,
            },
            _ => break,
        }
    }
    Resolved::Other
}

enum Resolved<'a> {
    List(&'a Type),
    Record(&'a Record),
    Other,
}

#[cfg(test)]
mod tests;
