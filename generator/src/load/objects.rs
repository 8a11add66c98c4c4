//! The objects of OpenAPI 3.0 as tables: the fields of each, what may stand in them, and what must.
//!
//! <https://spec.openapis.org/oas/v3.0.4.html#schema-0>. Bundling and decoding walk a document along these tables, so
//! that what is not in a table is noticed, wherever it stands.

mod tables;

/// The objects that the specification names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocumentation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    TokenFlow,
    CodeFlow,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Anything, such as an example.
    Any,
    Text,
    Flag,
    Number,
    /// A number of things, such as a length.
    Count,
    /// One of a few words.
    Choice(&'static [&'static str]),
    Object(Kind),
    /// An object or a Reference Object that leads to one.
    Referable(Kind),
    SchemaOrFlag,
    List(&'static Shape),
    Map(&'static Shape),
}

/// Whether a field must be there, and what happens when it is not.
#[derive(Debug, Clone, Copy)]
pub(super) enum Need {
    Optional,
    /// Without it the object means nothing, and is left out.
    Must,
    /// It is filled in with a text.
    Text(&'static str),
    /// It is filled in with an empty object.
    Empty,
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

/// Which keys an object has beside its fields.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rest {
    /// Extensions, `x-...`.
    Extensions,
    /// Paths, `/...`, and extensions.
    Paths,
    /// Statuses and extensions.
    Statuses,
    /// Runtime expressions and extensions.
    Expressions,
}

/// An object of the specification.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name in the specification, without the word "Object".
    pub(super) title: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) rest: Rest,
}

impl Table {
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What may stand under a key: in a field, or in what the object has beside its fields.
    pub(super) fn shape(&self, key: &str) -> Option<Shape> {
        if let Some(field) = self.field(key) {
            return Some(field.shape);
        }
        if key.starts_with("x-") {
            return None;
        }
        match self.rest {
            Rest::Extensions => None,
            Rest::Paths => key
                .starts_with('/')
                .then_some(Shape::Referable(Kind::PathItem)),
            Rest::Statuses => Some(Shape::Referable(Kind::Response)),
            Rest::Expressions => Some(Shape::Referable(Kind::PathItem)),
        }
    }
}

impl Kind {
    /// The table of an object.
    pub(super) fn table(self) -> &'static Table {
        tables::table(self)
    }

    /// The section of the Components Object that holds objects of this kind.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use super::{Kind, Shape};

    #[test]
    fn every_section_of_components_holds_its_kind() {
        for field in Kind::Components.table().fields {
            let Shape::Map(Shape::Referable(kind)) = field.shape else {
                panic!("{} is no section", field.name);
            };
            assert_eq!(kind.section(), Some(field.name));
        }
    }
}
