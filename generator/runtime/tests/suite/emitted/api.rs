//! Operations with parameters of every kind.

use super::runtime;
use super::runtime::client::{Client, ClientBuilder};
use super::runtime::cookies::CookieStyle;
use super::runtime::credential::{Credential, SchemeKind, SecurityScheme};
use super::runtime::macros::api_error;
use super::runtime::operation::{ApiSpec, Decoded, Operation, OperationSpec, Reply};
use super::runtime::params::{HeaderStyle, PathStyle, QueryStyle};
use super::runtime::request::Request;
use super::runtime::response::Response;
use super::runtime::server::{Server, ServerVariable};
use super::types::Item;

pub static BEARER: SecurityScheme = SecurityScheme {
    name: "bearer",
    kind: SchemeKind::Bearer,
};
pub static BASIC: SecurityScheme = SecurityScheme {
    name: "basic",
    kind: SchemeKind::Basic,
};
pub static QUERY_KEY: SecurityScheme = SecurityScheme {
    name: "query_key",
    kind: SchemeKind::ApiKeyQuery("api key"),
};
pub static HEADER_KEY: SecurityScheme = SecurityScheme {
    name: "header_key",
    kind: SchemeKind::ApiKeyHeader("X-Key"),
};
pub static COOKIE_KEY: SecurityScheme = SecurityScheme {
    name: "cookie_key",
    kind: SchemeKind::ApiKeyCookie("sid"),
};

pub static MAIN: Server = Server {
    url: "https://{region}.example.com/v1/",
    description: "",
    variables: &[ServerVariable {
        name: "region",
        default: "eu",
        allowed: &["eu", "us"],
    }],
};
static SERVERS: &[Server] = &[
    Server {
        url: "https://{region}.example.com/v1/",
        description: "",
        variables: MAIN.variables,
    },
    Server {
        url: "https://staging.example.com",
        description: "",
        variables: &[],
    },
];
static OWN: &[Server] = &[Server {
    url: "/relative",
    description: "",
    variables: &[],
}];

static API: ApiSpec = ApiSpec {
    name: "test api",
    version: "1.0",
    servers: SERVERS,
    operation_servers: &[OWN],
    schemes: &[&BEARER, &BASIC, &QUERY_KEY, &HEADER_KEY, &COOKIE_KEY],
};

pub fn staging() -> &'static Server {
    &SERVERS[1]
}

impl Client {
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    pub fn make_item(&self, group: &str, body: &Item) -> Request<'_, MakeItem> {
        Request::new(self)
            .path("group", PathStyle::Simple, &group)
            .json("application/json", body)
    }

    pub fn ping(&self) -> Request<'_, Ping> {
        Request::new(self)
    }

    pub fn relative(&self) -> Request<'_, Relative> {
        Request::new(self)
    }
}

impl ClientBuilder {
    pub fn bearer(self, token: impl Into<Credential>) -> Self {
        self.credential(&BEARER, token.into())
    }
    pub fn basic(self, user: &str, password: &str) -> Self {
        self.credential(&BASIC, Credential::basic(user, password))
    }
    pub fn keys(self, key: &str) -> Self {
        self.credential(&QUERY_KEY, Credential::token(key))
            .credential(&HEADER_KEY, Credential::token(key))
            .credential(&COOKIE_KEY, Credential::token(key))
    }
}

impl Request<'_, Ping> {
    pub fn tags(self, tags: &[String]) -> Self {
        self.query("tags", QueryStyle::FormExplode, &tags)
    }
    pub fn trace(self, trace: &str) -> Self {
        self.header_param("X-Trace", HeaderStyle::Simple, &trace)
    }
    pub fn theme(self, theme: &str) -> Self {
        self.cookie_param("theme", CookieStyle::Form, &theme)
    }
    pub fn body(self, body: &str) -> Self {
        self.text("text/plain", body)
    }
}

#[derive(Debug)]
pub enum MakeItem {}

impl Operation for MakeItem {
    type Output = Item;
    type Headers = ();
    type Error = MakeItemError;
    const SPEC: &'static OperationSpec = &OperationSpec {
        id: "makeItem",
        method: "POST",
        path: "/groups/{group}/items",
        servers: None,
        security: &[
            &[&BEARER],
            &[&QUERY_KEY, &HEADER_KEY, &COOKIE_KEY],
            &[&BASIC],
        ],
        accept: "application/json",
    };
    fn decode(reply: &Reply) -> Decoded<Item, MakeItemError> {
        match reply.status() {
            201 => Ok(Ok(reply.json()?)),
            404 => Ok(Err(MakeItemError::NotFound(reply.answer(())))),
            409 => Ok(Err(MakeItemError::Conflict(reply.answer(reply.json()?)))),
            500..=502 => Ok(Err(MakeItemError::ServerError(reply.answer(reply.text()?)))),
            _ => reply.undocumented(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum MakeItemError {
    NotFound(Response<()>),
    Conflict(Response<Item>),
    ServerError(Response<String>),
}
api_error!(MakeItemError {
    NotFound = "404 Not Found",
    Conflict = "409 Conflict",
    ServerError = "5XX",
});

#[derive(Debug)]
pub enum Ping {}

impl Operation for Ping {
    type Output = ();
    type Headers = ();
    type Error = std::convert::Infallible;
    const SPEC: &'static OperationSpec = &OperationSpec {
        id: "ping",
        method: "GET",
        path: "/ping",
        servers: None,
        security: &[&[&BEARER], &[]],
        accept: "",
    };
    fn decode(reply: &Reply) -> Decoded<(), std::convert::Infallible> {
        match reply.status() {
            200 => Ok(Ok(())),
            _ => reply.undocumented(),
        }
    }
}

#[derive(Debug)]
pub enum Relative {}

impl Operation for Relative {
    type Output = String;
    type Headers = ();
    type Error = std::convert::Infallible;
    const SPEC: &'static OperationSpec = &OperationSpec {
        id: "relative",
        method: "GET",
        path: "/x",
        servers: Some(OWN),
        security: &[],
        accept: "text/plain",
    };
    fn decode(reply: &Reply) -> Decoded<String, std::convert::Infallible> {
        match reply.status() {
            200 => Ok(Ok(reply.text()?)),
            _ => reply.undocumented(),
        }
    }
}
