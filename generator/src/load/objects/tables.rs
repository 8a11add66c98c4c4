//! The tables of the document and its operations, in the order of the specification.

mod schemas;

use super::{Field, Kind, Need, Rest, Shape, Table};
use crate::load::carrier;
use Shape::{Any, Flag, List, Map, Object, Referable, Text};
use schemas::{
    CODE_FLOW, DISCRIMINATOR, IMPLICIT_FLOW, OAUTH_FLOWS, SCHEMA, SECURITY_SCHEME, TOKEN_FLOW, XML,
};

pub(super) fn table(kind: Kind) -> &'static Table {
    match kind {
        Kind::OpenApi => &OPEN_API,
        Kind::Info => &INFO,
        Kind::Contact => &CONTACT,
        Kind::License => &LICENSE,
        Kind::Server => &SERVER,
        Kind::ServerVariable => &SERVER_VARIABLE,
        Kind::Components => &COMPONENTS,
        Kind::Paths => &PATHS,
        Kind::PathItem => &PATH_ITEM,
        Kind::Operation => &OPERATION,
        Kind::ExternalDocumentation => &EXTERNAL_DOCUMENTATION,
        Kind::Parameter => &PARAMETER,
        Kind::RequestBody => &REQUEST_BODY,
        Kind::MediaType => &MEDIA_TYPE,
        Kind::Encoding => &ENCODING,
        Kind::Responses => &RESPONSES,
        Kind::Response => &RESPONSE,
        Kind::Callback => &CALLBACK,
        Kind::Example => &EXAMPLE,
        Kind::Link => &LINK,
        Kind::Header => &HEADER,
        Kind::Tag => &TAG,
        Kind::Schema => &SCHEMA,
        Kind::Discriminator => &DISCRIMINATOR,
        Kind::Xml => &XML,
        Kind::SecurityScheme => &SECURITY_SCHEME,
        Kind::OAuthFlows => &OAUTH_FLOWS,
        Kind::ImplicitFlow => &IMPLICIT_FLOW,
        Kind::TokenFlow => &TOKEN_FLOW,
        Kind::CodeFlow => &CODE_FLOW,
    }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Optional,
    }
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Must,
    }
}

const fn filled(name: &'static str, shape: Shape, need: Need) -> Field {
    Field { name, shape, need }
}

const fn object(title: &'static str, fields: &'static [Field]) -> Table {
    Table {
        title,
        fields,
        rest: Rest::Extensions,
    }
}

const TEXTS: Shape = List(&Text);
const SERVERS: Shape = List(&Object(Kind::Server));
const SECURITY: Shape = List(&Map(&List(&Text)));
const DOCS: Shape = Object(Kind::ExternalDocumentation);
const SCHEMA_REF: Shape = Referable(Kind::Schema);
const SCHEMAS: Shape = List(&SCHEMA_REF);
const EXAMPLES: Shape = Map(&Referable(Kind::Example));
const HEADERS: Shape = Map(&Referable(Kind::Header));
const CONTENT: Shape = Map(&Object(Kind::MediaType));
const METHOD: Shape = Object(Kind::Operation);
const EMPTY_TEXT: Need = Need::Text("");

static OPEN_API: Table = object(
    "OpenAPI",
    &[
        must("openapi", Text),
        must("info", Object(Kind::Info)),
        may("servers", SERVERS),
        filled("paths", Object(Kind::Paths), Need::Empty),
        may("components", Object(Kind::Components)),
        may("security", SECURITY),
        may("tags", List(&Object(Kind::Tag))),
        may("externalDocs", DOCS),
    ],
);

static INFO: Table = object(
    "Info",
    &[
        filled("title", Text, Need::Text("API")),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Object(Kind::Contact)),
        may("license", Object(Kind::License)),
        filled("version", Text, Need::Text("0.0.0")),
    ],
);

static CONTACT: Table = object(
    "Contact",
    &[may("name", Text), may("url", Text), may("email", Text)],
);

static LICENSE: Table = object(
    "License",
    &[filled("name", Text, EMPTY_TEXT), may("url", Text)],
);

static SERVER: Table = object(
    "Server",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Object(Kind::ServerVariable))),
    ],
);

static SERVER_VARIABLE: Table = object(
    "Server Variable",
    &[
        may("enum", TEXTS),
        filled("default", Text, EMPTY_TEXT),
        may("description", Text),
    ],
);

static COMPONENTS: Table = object(
    "Components",
    &[
        may("schemas", Map(&SCHEMA_REF)),
        may("responses", Map(&Referable(Kind::Response))),
        may("parameters", Map(&Referable(Kind::Parameter))),
        may("examples", EXAMPLES),
        may("requestBodies", Map(&Referable(Kind::RequestBody))),
        may("headers", HEADERS),
        may("securitySchemes", Map(&Referable(Kind::SecurityScheme))),
        may("links", Map(&Referable(Kind::Link))),
        may("callbacks", Map(&Referable(Kind::Callback))),
    ],
);

static PATHS: Table = Table {
    title: "Paths",
    fields: &[],
    rest: Rest::Paths,
};

static PATH_ITEM: Table = object(
    "Path Item",
    &[
        may("$ref", Text),
        may("summary", Text),
        may("description", Text),
        may("get", METHOD),
        may("put", METHOD),
        may("post", METHOD),
        may("delete", METHOD),
        may("options", METHOD),
        may("head", METHOD),
        may("patch", METHOD),
        may("trace", METHOD),
        may(carrier::OPERATIONS, Map(&METHOD)),
        may("servers", SERVERS),
        may("parameters", List(&Referable(Kind::Parameter))),
    ],
);

static OPERATION: Table = object(
    "Operation",
    &[
        may("tags", TEXTS),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", DOCS),
        may("operationId", Text),
        may("parameters", List(&Referable(Kind::Parameter))),
        may("requestBody", Referable(Kind::RequestBody)),
        filled("responses", Object(Kind::Responses), Need::Empty),
        may("callbacks", Map(&Referable(Kind::Callback))),
        may("deprecated", Flag),
        may("security", SECURITY),
        may("servers", SERVERS),
    ],
);

static EXTERNAL_DOCUMENTATION: Table = object(
    "External Documentation",
    &[may("description", Text), must("url", Text)],
);

const LOCATIONS: Shape = Shape::Choice(&["query", "header", "path", "cookie"]);
const STYLES: Shape = Shape::Choice(&[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

static PARAMETER: Table = object(
    "Parameter",
    &[
        must("name", Text),
        must("in", LOCATIONS),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", STYLES),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", SCHEMA_REF),
        may("example", Any),
        may("examples", EXAMPLES),
        may("content", CONTENT),
    ],
);

static REQUEST_BODY: Table = object(
    "Request Body",
    &[
        may("description", Text),
        filled("content", CONTENT, Need::Empty),
        may("required", Flag),
    ],
);

static MEDIA_TYPE: Table = object(
    "Media Type",
    &[
        may("schema", SCHEMA_REF),
        may("example", Any),
        may("examples", EXAMPLES),
        may("encoding", Map(&Object(Kind::Encoding))),
        may(carrier::PREFIX_ENCODING, List(&Object(Kind::Encoding))),
        may(carrier::ITEM_ENCODING, Object(Kind::Encoding)),
    ],
);

static ENCODING: Table = object(
    "Encoding",
    &[
        may("contentType", Text),
        may("headers", HEADERS),
        may(
            "style",
            Shape::Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        may("explode", Flag),
        may("allowReserved", Flag),
        may(carrier::NESTED_ENCODING, Map(&Object(Kind::Encoding))),
        may(carrier::PREFIX_ENCODING, List(&Object(Kind::Encoding))),
        may(carrier::ITEM_ENCODING, Object(Kind::Encoding)),
    ],
);

static RESPONSES: Table = Table {
    title: "Responses",
    fields: &[may("default", Referable(Kind::Response))],
    rest: Rest::Statuses,
};

static RESPONSE: Table = object(
    "Response",
    &[
        filled("description", Text, EMPTY_TEXT),
        may("headers", HEADERS),
        may("content", CONTENT),
        may("links", Map(&Referable(Kind::Link))),
    ],
);

static CALLBACK: Table = Table {
    title: "Callback",
    fields: &[],
    rest: Rest::Expressions,
};

static EXAMPLE: Table = object(
    "Example",
    &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
    ],
);

static LINK: Table = object(
    "Link",
    &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", Text),
        may("server", Object(Kind::Server)),
    ],
);

static HEADER: Table = object(
    "Header",
    &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", Shape::Choice(&["simple"])),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", SCHEMA_REF),
        may("example", Any),
        may("examples", EXAMPLES),
        may("content", CONTENT),
    ],
);

static TAG: Table = object(
    "Tag",
    &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", DOCS),
    ],
);
