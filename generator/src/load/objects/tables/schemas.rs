//! The tables of schemas and security schemes.

use super::{DOCS, SCHEMA_REF, SCHEMAS, TEXTS, filled, may, must, object};
use crate::load::carrier;
use crate::load::objects::{Field, Kind, Need, Shape, Table};
use Shape::{Any, Count, Flag, List, Map, Number, Object, SchemaOrFlag, Text};

pub(super) static SCHEMA: Table = object(
    "Schema",
    &[
        may("type", Text),
        may("properties", Map(&SCHEMA_REF)),
        may("description", Text),
        may("required", TEXTS),
        may("items", SCHEMA_REF),
        may("enum", List(&Any)),
        may("format", Text),
        may("example", Any),
        may("nullable", Flag),
        may("allOf", SCHEMAS),
        may("oneOf", SCHEMAS),
        may("anyOf", SCHEMAS),
        may("not", SCHEMA_REF),
        may("additionalProperties", SchemaOrFlag),
        may("default", Any),
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Flag),
        may("minimum", Number),
        may("exclusiveMinimum", Flag),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", Text),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Flag),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("discriminator", Object(Kind::Discriminator)),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("xml", Object(Kind::Xml)),
        may("externalDocs", DOCS),
        may("deprecated", Flag),
    ],
);

pub(super) static DISCRIMINATOR: Table = object(
    "Discriminator",
    &[must("propertyName", Text), may("mapping", Map(&Text))],
);

/// What a schema is in XML, in the words of 3.2.
const NODE_TYPES: Shape = Shape::Choice(&["element", "attribute", "text", "cdata", "none"]);

pub(super) static XML: Table = object(
    "XML",
    &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Flag),
        may("wrapped", Flag),
        may(carrier::NODE_TYPE, NODE_TYPES),
    ],
);

pub(super) static SECURITY_SCHEME: Table = object(
    "Security Scheme",
    &[
        must(
            "type",
            Shape::Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        may("description", Text),
        may("name", Text),
        may("in", Shape::Choice(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", Object(Kind::OAuthFlows)),
        may("openIdConnectUrl", Text),
    ],
);

pub(super) static OAUTH_FLOWS: Table = object(
    "OAuth Flows",
    &[
        may("implicit", Object(Kind::ImplicitFlow)),
        may("password", Object(Kind::TokenFlow)),
        may("clientCredentials", Object(Kind::TokenFlow)),
        may("authorizationCode", Object(Kind::CodeFlow)),
    ],
);

const SCOPES: Field = filled("scopes", Map(&Text), Need::Empty);

pub(super) static IMPLICIT_FLOW: Table = object(
    "OAuth Flow",
    &[
        must("authorizationUrl", Text),
        may("refreshUrl", Text),
        SCOPES,
    ],
);

pub(super) static TOKEN_FLOW: Table = object(
    "OAuth Flow",
    &[must("tokenUrl", Text), may("refreshUrl", Text), SCOPES],
);

pub(super) static CODE_FLOW: Table = object(
    "OAuth Flow",
    &[
        must("authorizationUrl", Text),
        must("tokenUrl", Text),
        may("refreshUrl", Text),
        SCOPES,
    ],
);
