//! The types of the model as JSON Schema (draft 2020-12), for one direction.

use crate::model::{
    Access, Additional, Api, Constraints, Decision, Enumeration, Field, IntegerKind, MapKey, Prose,
    Record, Scalar, Shape, Sizes, Type, TypeId,
};
use serde_json::{Map, Value, json};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the server: read-only fields need not be there.
    Request,
    /// From the server: write-only fields need not be there.
    Response,
}

/// The schema of a place, with all that it refers to.
pub fn schema(api: &Api, way: Way, ty: &Type, constraints: &Constraints) -> Value {
    let mut writer = Writer {
        api,
        way,
        named: Vec::new(),
    };
    let root = writer.place(ty, constraints);
    let mut defs = Map::new();
    while let Some(id) = writer.named.get(defs.len()).copied() {
        let def = writer.definition(id);
        defs.insert(id.index().to_string(), def);
    }
    json!({ "allOf": [root], "$defs": defs })
}

struct Writer<'a> {
    api: &'a Api,
    way: Way,
    /// The types that are referred to, in the order in which they are met.
    named: Vec<TypeId>,
}

impl Writer<'_> {
    fn place(&mut self, ty: &Type, constraints: &Constraints) -> Value {
        let mut value = self.ty(ty, constraints.each.as_deref());
        if let Some(members) = value.as_object_mut() {
            // Demands are of what is not null; an alternative of null says nothing of texts, numbers or lists.
            constrain(members, constraints);
        }
        value
    }

    /// The recursion follows the type, whose depth is limited.
    fn ty(&mut self, ty: &Type, each: Option<&Constraints>) -> Value {
        let none = Constraints::default();
        let each = each.unwrap_or(&none);
        match ty {
            Type::Scalar(scalar) => scalar_schema(*scalar),
            Type::List(item) => json!({ "type": "array", "items": self.place(item, each) }),
            Type::Map(key, value) => {
                let values = self.place(value, each);
                let mut schema = json!({ "type": "object", "additionalProperties": values });
                let keys = match key {
                    MapKey::Text => None,
                    MapKey::Scalar(scalar) => Some(scalar_schema(*scalar)),
                    MapKey::Named(id) => Some(self.ty(&Type::Named(*id), None)),
                };
                if let (Value::Object(schema), Some(keys)) = (&mut schema, keys) {
                    schema.insert("propertyNames".to_owned(), keys);
                }
                schema
            }
            Type::Tuple(items) => {
                let count = items.len();
                let items: Vec<Value> = items.iter().map(|item| self.place(item, &none)).collect();
                json!({ "type": "array", "prefixItems": items, "minItems": count, "items": false })
            }
            Type::Nullable(inner) => {
                json!({ "anyOf": [{ "type": "null" }, self.ty(inner, Some(each))] })
            }
            Type::Named(id) => {
                if !self.named.contains(id) {
                    self.named.push(*id);
                }
                json!({ "$ref": format!("#/$defs/{}", id.index()) })
            }
            Type::Json => json!({}),
        }
    }

    fn definition(&mut self, id: TypeId) -> Value {
        let def = &self.api.types[id];
        let mut value = match &def.shape {
            Shape::Record(record) => self.record(record),
            Shape::Enumeration(Enumeration::Strings(values)) => {
                json!({ "enum": values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>() })
            }
            Shape::Enumeration(Enumeration::Integers(values)) => {
                json!({ "enum": values.iter().map(|value| value.value).collect::<Vec<_>>() })
            }
            Shape::Alias(ty) => self.ty(ty, def.constraints.each.as_deref()),
            Shape::Union(union) if union.decision == Decision::Open => json!({}),
            Shape::Union(union) => {
                let variants: Vec<Value> = union
                    .variants
                    .iter()
                    .map(|variant| {
                        let value = self.place(&variant.ty, &variant.constraints);
                        match &union.decision {
                            Decision::Tag(property) => {
                                let tags: Vec<&str> =
                                    variant.tags.iter().map(|tag| tag.as_str()).collect();
                                json!({
                                    "allOf": [value],
                                    "required": [property.as_str()],
                                    "properties": { property.as_str(): { "enum": tags } },
                                })
                            }
                            Decision::Shape | Decision::Open => value,
                        }
                    })
                    .collect();
                json!({ "anyOf": variants })
            }
        };
        if let Some(members) = value.as_object_mut() {
            constrain(members, &def.constraints);
        }
        value
    }

    fn record(&mut self, record: &Record) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in &record.fields {
            // What is only sent must not be told.
            let value = match (self.way, field.access) {
                (Way::Response, Access::WriteOnly) => false.into(),
                _ => self.place(&field.ty, &field.constraints),
            };
            properties.insert(field.name.as_str().to_owned(), value);
            if field.presence.is_required() && self.travels(field) {
                required.push(field.name.as_str());
            }
        }
        let mut value = json!({ "type": "object", "properties": properties });
        if let Some(members) = value.as_object_mut() {
            if !required.is_empty() {
                members.insert("required".to_owned(), json!(required));
            }
            match &record.additional {
                Additional::Ignored => {}
                Additional::Kept(ty) => {
                    let value = self.ty(ty, None);
                    members.insert("additionalProperties".to_owned(), value);
                }
                Additional::Forbidden => {
                    members.insert("additionalProperties".to_owned(), false.into());
                }
            }
        }
        value
    }

    fn travels(&self, field: &Field) -> bool {
        match self.way {
            Way::Request => field.access != Access::ReadOnly,
            Way::Response => field.access != Access::WriteOnly,
        }
    }
}

fn scalar_schema(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool => json!({ "type": "boolean" }),
        Scalar::Integer(kind) => {
            let (minimum, maximum): (Value, Value) = match kind {
                IntegerKind::Big => return json!({ "type": "integer" }),
                IntegerKind::I8 => (i8::MIN.into(), i8::MAX.into()),
                IntegerKind::I16 => (i16::MIN.into(), i16::MAX.into()),
                IntegerKind::I32 => (i32::MIN.into(), i32::MAX.into()),
                IntegerKind::I64 => (i64::MIN.into(), i64::MAX.into()),
                IntegerKind::U8 => (0.into(), u8::MAX.into()),
                IntegerKind::U16 => (0.into(), u16::MAX.into()),
                IntegerKind::U32 => (0.into(), u32::MAX.into()),
                IntegerKind::U64 => (0.into(), u64::MAX.into()),
            };
            json!({ "type": "integer", "allOf": [{ "minimum": minimum, "maximum": maximum }] })
        }
        Scalar::Float | Scalar::Double | Scalar::BigNumber => json!({ "type": "number" }),
        Scalar::Uuid => json!({ "type": "string", "allOf": [{ "format": "uuid" }] }),
        Scalar::Date => json!({ "type": "string", "allOf": [{ "format": "date" }] }),
        Scalar::DateTime => json!({ "type": "string", "allOf": [{ "format": "date-time" }] }),
        Scalar::Base64 => json!({ "type": "string", "contentEncoding": "base64" }),
        Scalar::Ipv4 => json!({ "type": "string", "allOf": [{ "format": "ipv4" }] }),
        Scalar::Ipv6 => json!({ "type": "string", "allOf": [{ "format": "ipv6" }] }),
        Scalar::Time | Scalar::Duration | Scalar::Decimal => json!({ "type": "string" }),
        Scalar::String | Scalar::Secret | Scalar::Uri | Scalar::Binary => {
            json!({ "type": "string" })
        }
    }
}

/// Formats that say the same to everybody.
const FORMATS: &[&str] = &["uuid", "date", "date-time", "email", "ipv4", "ipv6"];

fn constrain(members: &mut Map<String, Value>, constraints: &Constraints) {
    let mut more: Vec<Value> = Vec::new();
    let mut add = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    let sizes: [(&str, &str, Sizes); 3] = [
        ("minLength", "maxLength", constraints.length),
        ("minItems", "maxItems", constraints.items),
        ("minProperties", "maxProperties", constraints.properties),
    ];
    for (min, max, size) in sizes {
        let mut bounds = Map::new();
        bounds.extend(size.min.map(|size| (min.to_owned(), size.into())));
        bounds.extend(size.max.map(|size| (max.to_owned(), size.into())));
        if !bounds.is_empty() {
            more.push(Value::Object(bounds));
        }
    }
    if let Some((number, excluded)) = &constraints.minimum {
        let name = if *excluded {
            "exclusiveMinimum"
        } else {
            "minimum"
        };
        add(name, number.clone().into());
    }
    if let Some((number, excluded)) = &constraints.maximum {
        let name = if *excluded {
            "exclusiveMaximum"
        } else {
            "maximum"
        };
        add(name, number.clone().into());
    }
    if constraints.unique_items {
        add("uniqueItems", true.into());
    }
    if let Some(format) = &constraints.format
        && FORMATS.contains(&format.as_str())
    {
        add("format", format.as_str().into());
    }
    let steps = constraints.multiple_of.iter();
    more.extend(steps.map(|step| json!({ "multipleOf": step })));
    let patterns = constraints.patterns.iter().map(Prose::as_str);
    more.extend(patterns.map(|pattern| json!({ "pattern": pattern })));
    more.extend(constraints.checked_schemas().cloned());
    if !more.is_empty() {
        match members.get_mut("allOf").and_then(Value::as_array_mut) {
            Some(all) => all.extend(more),
            None => {
                members.insert("allOf".to_owned(), more.into());
            }
        }
    }
}
