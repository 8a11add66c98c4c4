//! One concrete call of an operation, in no language: what every sample says in its own way.
//!
//! It is valid against the document as far as the document says what is valid. What a user would change is a
//! variable with a fallback, so that a sample can be run as it stands and be tried with other values.

mod download;
mod parts;
mod style;
mod variables;

pub use parts::{FILE_NAME, Part, PartContent, is_file_part, message};
pub use style::component;
pub use variables::{TAKEN, TAKEN_PREFIXES, Variable, VariableId};

use super::example::{self, Direction};
use super::xml::xml;
use crate::model::{
    Api, ApiKeyPlace, ContentKind, Framing, HttpMethod, Operation, Parameter, ParameterLocation,
    ParameterStyle, PathPiece, SecurityKind, SecurityRequirement,
};
use crate::rust::OperationItem;
use serde_json::Value;
use variables::Variables;

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: HttpMethod,
    /// Every variable, in the order in which a sample declares them: the server, credentials, parameters.
    pub variables: Vec<Variable>,
    /// The variable that holds the URL of the server, without a slash at its end.
    pub base_url: VariableId,
    /// The path after the URL of the server.
    pub path: Vec<Piece>,
    /// The query.
    pub query: Vec<Pair>,
    /// The headers with their names as the document spells them: credentials, parameters, `Accept`, `Content-Type`.
    pub headers: Vec<Pair>,
    /// User and password of `Authorization: Basic`.
    pub basic: Option<(VariableId, VariableId)>,
    /// The body.
    pub body: Option<Body>,
    /// The variable that names the file which the answer is written to, where the answer is bytes.
    pub download: Option<VariableId>,
    /// The parameters that are sent, for a client that takes them as values.
    pub arguments: Vec<Argument>,
    /// The credentials that are sent, by the index of their scheme, for a client that takes them as values.
    pub credentials: Vec<(usize, Vec<VariableId>)>,
}

/// A piece of a text on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that is legal where it stands.
    Literal(String),
    /// The value of a variable: percent-encoded in a URL, as it is in a header.
    Variable(VariableId),
    /// The value of a variable, percent-encoded in a header too.
    Encoded(VariableId),
}

/// A name, legal where it stands, and its value.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Vec<Piece>,
}

/// A parameter that is sent.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Where it travels.
    pub location: ParameterLocation,
    /// Its name on the wire.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// The variable that holds all of it, unless it has parts.
    pub variable: Option<VariableId>,
}

/// A body.
#[derive(Debug, Clone)]
pub struct Body {
    /// The media type, a legal header value.
    pub media_type: String,
    /// What is sent.
    pub content: BodyContent,
    /// The value that it spells.
    pub value: Value,
}

/// What is sent as a body.
#[derive(Debug, Clone)]
pub enum BodyContent {
    /// JSON.
    Json(Value),
    /// Pairs, to be percent-encoded.
    Form(Vec<(String, String)>),
    /// Parts of a form.
    Parts(Vec<Part>),
    /// Text, also where any bytes would do.
    Text(String),
}

/// Makes the call that the samples of an operation show.
pub fn build(api: &Api, operation: &Operation, item: &OperationItem) -> Call {
    let mut variables = Variables::default();
    let base_url = variables.add("BASE_URL", base_url(api, operation));
    let mut call = Call {
        method: operation.method.clone(),
        variables: Vec::new(),
        base_url,
        path: Vec::new(),
        query: Vec::new(),
        headers: Vec::new(),
        basic: None,
        body: None,
        download: None,
        arguments: Vec::new(),
        credentials: Vec::new(),
    };
    let keys = add_credentials(api, operation, &mut call, &mut variables);
    add_path(api, operation, &mut call, &mut variables);
    let mut cookies = add_parameters(api, operation, &mut call, &mut variables);
    cookies.extend(keys);
    if !cookies.is_empty() {
        call.header("Cookie", style::cookie_header(cookies));
    }
    if !item.accept.is_empty() {
        call.header(
            "Accept",
            vec![Piece::Literal(style::header(&item.accept_header()))],
        );
    }
    call.body = body(api, operation);
    if let Some(body) = &call.body {
        let boundary = match body.content {
            BodyContent::Parts(_) => format!("; boundary={}", parts::BOUNDARY),
            _ => String::new(),
        };
        let media_type = Piece::Literal(format!("{}{boundary}", body.media_type));
        call.header("Content-Type", vec![media_type]);
    }
    call.download =
        download::file_name(operation).map(|name| variables.add("OUTPUT_FILE", name.to_owned()));
    call.variables = variables.finish();
    call
}

impl Call {
    /// A variable of this call.
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(id.index())
    }

    fn header(&mut self, name: &str, value: Vec<Piece>) {
        let name = name.to_owned();
        self.headers.push(Pair { name, value });
    }
}

/// The URL of the first server, absolute and without a slash at its end.
fn base_url(api: &Api, operation: &Operation) -> String {
    let servers = operation.servers.as_ref().unwrap_or(&api.servers);
    let url = servers
        .first()
        .map(|server| server.default_url())
        .unwrap_or_default();
    let url = url.trim_end_matches('/');
    if url.contains("://") {
        style::url(url)
    } else if let Some(rest) = url.strip_prefix("//") {
        format!("https://{}", style::url(rest))
    } else {
        let slash = if url.is_empty() || url.starts_with('/') {
            ""
        } else {
            "/"
        };
        format!("http://localhost:8080{slash}{}", style::url(url))
    }
}

/// Adds the first alternative that identifies the caller, or nothing if none does. Yields the cookies among it.
fn add_credentials(
    api: &Api,
    operation: &Operation,
    call: &mut Call,
    variables: &mut Variables,
) -> Vec<Pair> {
    let mut cookies = Vec::new();
    let Some(requirement) = chosen_requirement(api, operation) else {
        return cookies;
    };
    for (id, _) in &requirement.schemes {
        let used = match &api.security[*id].kind {
            SecurityKind::Bearer { .. } => {
                let token = variables.add("API_TOKEN", "YOUR_TOKEN".to_owned());
                let value = vec![Piece::Literal("Bearer ".to_owned()), Piece::Variable(token)];
                call.header("Authorization", value);
                vec![token]
            }
            SecurityKind::Basic => {
                let user = variables.add("API_USER", "user".to_owned());
                let password = variables.add("API_PASSWORD", "your-password".to_owned());
                call.basic = Some((user, password));
                vec![user, password]
            }
            SecurityKind::ApiKey { place, name } => {
                let key = variables.add("API_KEY", "YOUR_KEY".to_owned());
                let value = vec![Piece::Variable(key)];
                match place {
                    ApiKeyPlace::Header => call.header(&style::token(name.as_str()), value),
                    ApiKeyPlace::Query => call.query.push(Pair {
                        name: component(name.as_str()),
                        value,
                    }),
                    ApiKeyPlace::Cookie => cookies.push(Pair {
                        name: style::token(name.as_str()),
                        value,
                    }),
                }
                vec![key]
            }
            // It is not in a request; the README says how the client is given one.
            SecurityKind::MutualTls => continue,
        };
        call.credentials.push((id.index(), used));
    }
    cookies
}

/// The alternative that samples show: the first of which something is in the request.
pub fn chosen_requirement<'a>(
    api: &Api,
    operation: &'a Operation,
) -> Option<&'a SecurityRequirement> {
    operation.security.iter().find(|requirement| {
        let mut schemes = requirement.schemes.iter();
        schemes.any(|(id, _)| api.security[*id].kind != SecurityKind::MutualTls)
    })
}

fn add_path(api: &Api, operation: &Operation, call: &mut Call, variables: &mut Variables) {
    for piece in &operation.path {
        match piece {
            PathPiece::Literal(text) => call.path.push(Piece::Literal(style::path(text.as_str()))),
            PathPiece::Parameter(name) => {
                let parameter = operation.parameters.iter().find(|parameter| {
                    parameter.location == ParameterLocation::Path && &parameter.name == name
                });
                if let Some(constant) = parameter.and_then(|own| own.constant.as_ref()) {
                    let text = component(constant.as_str());
                    call.path.push(Piece::Literal(text));
                    continue;
                }
                let value = parameter
                    .and_then(|parameter| example::parameter(api, parameter))
                    .unwrap_or_else(|| Value::from("string"));
                let style = parameter.map(|parameter| parameter.style);
                let before = variables.len();
                let pieces = style::path_value(name.as_str(), &value, style, variables);
                call.path.extend(pieces);
                call.arguments.push(Argument {
                    location: ParameterLocation::Path,
                    name: name.as_str().to_owned(),
                    // The text of JSON is not the value.
                    variable: variables.only_since(before, &value).filter(|_| {
                        !matches!(style, Some(ParameterStyle::Json | ParameterStyle::Whole))
                    }),
                    value,
                });
            }
        }
    }
}

/// Adds the parameters that do not stand in the path. Yields the cookies among them.
fn add_parameters(
    api: &Api,
    operation: &Operation,
    call: &mut Call,
    variables: &mut Variables,
) -> Vec<Pair> {
    let mut cookies = Vec::new();
    for parameter in &operation.parameters {
        if parameter.location == ParameterLocation::Path {
            continue;
        }
        if let Some(constant) = &parameter.constant {
            cookies.extend(add_constant(parameter, constant.as_str(), call));
            continue;
        }
        let Some(value) = example::parameter(api, parameter) else {
            continue;
        };
        let before = variables.len();
        let name = parameter.name.as_str();
        match parameter.location {
            ParameterLocation::Header => {
                let pieces = style::simple(name, &value, parameter.style, variables);
                call.header(&style::token(name), pieces);
            }
            ParameterLocation::Cookie => {
                cookies.extend(style::cookies(name, &value, parameter.style, variables));
            }
            ParameterLocation::Query | ParameterLocation::Path => {
                call.query
                    .extend(style::query(name, &value, parameter.style, variables))
            }
        }
        call.arguments.push(Argument {
            location: parameter.location,
            name: name.to_owned(),
            variable: variables.only_since(before, &value).filter(|_| {
                !matches!(
                    parameter.style,
                    ParameterStyle::Json | ParameterStyle::Whole
                )
            }),
            value,
        });
    }
    cookies
}

/// Adds a parameter whose value nobody has to say. Yields the cookie that it is.
fn add_constant(parameter: &Parameter, text: &str, call: &mut Call) -> Option<Pair> {
    let name = parameter.name.as_str();
    let pair = |name: String| Pair {
        name,
        value: vec![Piece::Literal(component(text))],
    };
    match parameter.location {
        ParameterLocation::Header => {
            let value = vec![Piece::Literal(style::header(text))];
            call.header(&style::token(name), value);
            None
        }
        ParameterLocation::Cookie => Some(pair(style::token(name))),
        ParameterLocation::Query | ParameterLocation::Path => {
            call.query.push(pair(component(name)));
            None
        }
    }
}

fn body(api: &Api, operation: &Operation) -> Option<Body> {
    let body = operation.body.as_ref()?;
    let value = example::body(api, &body.content, Direction::Request);
    let is_empty = value.as_object().is_some_and(|members| members.is_empty()) || value.is_null();
    let is_sent = matches!(
        operation.method,
        HttpMethod::Post
            | HttpMethod::Put
            | HttpMethod::Patch
            | HttpMethod::Delete
            | HttpMethod::Query
            | HttpMethod::Other(_)
    );
    if !body.required && (is_empty || !is_sent) {
        return None;
    }
    let content = match &body.content.kind {
        ContentKind::Json(_) => BodyContent::Json(value.clone()),
        ContentKind::Xml { ty, root } => BodyContent::Text(xml(api, ty, root, &value)),
        ContentKind::Form { styles, .. } => BodyContent::Form(style::form(&value, styles)),
        kind @ ContentKind::Multipart { .. } => BodyContent::Parts(parts::parts(api, kind, &value)),
        ContentKind::Items { framing, .. } => BodyContent::Text(items(&value, *framing)),
        ContentKind::Text | ContentKind::Bytes => {
            BodyContent::Text(value.as_str().unwrap_or_default().to_owned())
        }
    };
    Some(Body {
        media_type: style::header(body.content.media_type.as_str()),
        content,
        value,
    })
}

/// Items one after the other.
fn items(value: &Value, framing: Framing) -> String {
    let mark = match framing {
        Framing::Sequence => "\u{1e}",
        Framing::Lines | Framing::Events | Framing::Parts => "",
    };
    let items = value.as_array().into_iter().flatten();
    items.map(|item| format!("{mark}{item}\n")).collect()
}
