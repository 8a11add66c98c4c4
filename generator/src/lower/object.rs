//! Objects: records and maps.

use super::context::Lowering;
use super::keywords::Part;
use super::names::{Names, home};
use super::schema::{Facet, Outcome};
use super::secret::names_credential;
use crate::model::{
    Access, Additional, Constraints, Docs, Field, MapKey, Presence, Record, Shape, Type, WireName,
};
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::AdditionalProperties;
use std::collections::HashSet;

impl<'d> Lowering<'d> {
    /// An object with known properties is a record; one without is a map.
    pub(super) fn lower_object(&mut self, facets: &[Facet<'d>], names: &Names) -> Outcome {
        self.report_object_enum(facets);
        let mut properties: IndexMap<&'d str, Vec<Part<'d>>> = IndexMap::new();
        let mut required: HashSet<&'d str> = HashSet::new();
        for facet in facets {
            let place = facet.part.at.child("properties");
            for (name, schema) in facet.keywords.properties.into_iter().flatten() {
                let part = Part::whole(schema, place.child(name));
                properties.entry(name).or_default().push(part);
            }
            required.extend(facet.keywords.required.iter().map(String::as_str));
        }
        let additional = self.lower_additional(facets, names);
        if properties.is_empty() && required.is_empty() {
            match additional {
                Additional::Ignored => {
                    return Outcome::Type(Type::Map(MapKey::Text, Box::new(Type::Json)));
                }
                Additional::Kept(value) => {
                    let keys = self.lower_keys(facets, names);
                    return Outcome::Type(Type::Map(keys, Box::new(value)));
                }
                Additional::Forbidden => {}
            }
        }
        let mut fields = Vec::with_capacity(properties.len());
        for (name, parts) in &properties {
            fields.push(self.lower_field(name, parts, required.contains(name), names));
        }
        let mut known: HashSet<&str> = properties.keys().copied().collect();
        for facet in facets {
            for name in facet.keywords.required {
                if known.insert(name) {
                    fields.push(self.undeclared_field(name, &facet.part.at));
                }
            }
        }
        Outcome::Shape(Shape::Record(Record { fields, additional }))
    }

    fn lower_field(
        &mut self,
        name: &str,
        parts: &[Part<'d>],
        is_required: bool,
        names: &Names,
    ) -> Field {
        let annotations = self.annotations(parts);
        let home = match parts {
            [only] => home(&only.at),
            _ => None,
        };
        let mut ty = match &home {
            Some(home) => self.lower_parts(parts, &Names::root(home).child(name)),
            None => self.lower_parts(parts, &names.child(name)),
        };
        let at = parts
            .first()
            .map(|part| part.at.clone())
            .unwrap_or_default();
        if annotations.is_secret {
            ty = self.make_secret(ty, &at);
        } else if annotations.access == Access::WriteOnly && names_credential(name) {
            ty = self.make_text_secret(ty);
        }
        let xml = self.xml_field(name, parts, &ty);
        let presence = match annotations.default {
            _ if is_required => Presence::Required,
            Some((value, _)) => Presence::Defaulted(value),
            None => Presence::Optional,
        };
        Field {
            name: WireName::new(name),
            ty,
            presence,
            constant: self.constant(parts),
            access: annotations.access,
            xml,
            docs: annotations.docs,
            constraints: annotations.constraints,
            example: annotations.example,
            origin: self.origin(&at),
        }
    }

    /// A property that is required and not described: it must be there, and may be anything.
    fn undeclared_field(&self, name: &str, at: &Pointer) -> Field {
        Field {
            name: WireName::new(name),
            ty: Type::Json,
            presence: Presence::Required,
            constant: None,
            access: Access::Both,
            xml: None,
            docs: Docs::default(),
            constraints: Constraints::default(),
            example: None,
            origin: self.origin(&at.child("required")),
        }
    }

    fn lower_additional(&mut self, facets: &[Facet<'d>], names: &Names) -> Additional {
        let mut typed = Vec::new();
        let (mut is_open, mut is_forbidden) = (false, false);
        for facet in facets {
            match facet.keywords.additional {
                None => {}
                Some(AdditionalProperties::Any(true)) => is_open = true,
                Some(AdditionalProperties::Any(false)) => is_forbidden = true,
                Some(AdditionalProperties::Schema(_)) => {
                    let values = facet.keywords.values(&facet.part.at);
                    typed.extend(values.map(|(values, at)| Part::whole(values, at)));
                }
            }
        }
        if !typed.is_empty() {
            Additional::Kept(self.lower_parts(&typed, &names.child("value")))
        } else if is_forbidden {
            Additional::Forbidden
        } else if is_open {
            Additional::Kept(Type::Json)
        } else {
            Additional::Ignored
        }
    }

    fn report_object_enum(&mut self, facets: &[Facet<'d>]) {
        for facet in facets {
            if facet
                .keywords
                .enumeration
                .iter()
                .any(|value| !value.is_null())
            {
                let at = facet.part.at.child("enum");
                let message = "no type says an enum of objects: `validate` holds values to it";
                self.note(&at, message);
            }
        }
    }
}
