//! Requests that the API makes: a function each, which reads one.

use super::{Docs, HttpMethod, Payload, RustName, RustType, WireName};

/// What the API sends by itself.
#[derive(Debug, Clone, Default)]
pub struct IncomingItems {
    /// The requests, one for each of the model's, at the same index.
    pub list: Vec<IncomingItem>,
    /// The property by whose value a body of JSON says which webhook it is, if there is one that all of them have.
    pub tag: Option<WireName>,
}

impl IncomingItems {
    /// Those of a module.
    pub fn of(&self, module: IncomingModule) -> impl Iterator<Item = &IncomingItem> {
        self.list.iter().filter(move |item| item.module == module)
    }
}

/// The modules of what is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingModule {
    /// What the API sends when something happens.
    Webhooks,
    /// What it sends because of a call.
    Callbacks,
}

impl IncomingModule {
    /// All of them, in the order in which they are written.
    pub const ALL: [IncomingModule; 2] = [IncomingModule::Webhooks, IncomingModule::Callbacks];

    /// The name of the module.
    pub fn name(self) -> &'static str {
        match self {
            IncomingModule::Webhooks => "webhooks",
            IncomingModule::Callbacks => "callbacks",
        }
    }

    /// What one of its requests is called.
    pub fn one(self) -> &'static str {
        match self {
            IncomingModule::Webhooks => "webhook",
            IncomingModule::Callbacks => "callback",
        }
    }
}

/// A request that the API makes.
#[derive(Debug, Clone)]
pub struct IncomingItem {
    /// The module that its function is in.
    pub module: IncomingModule,
    /// The function's name, unique in the module.
    pub function: RustName,
    /// The variant's name in the enum of all webhooks, unique in it.
    pub event: RustName,
    /// What the document calls it.
    pub wire: WireName,
    /// Its HTTP method.
    pub http_method: HttpMethod,
    /// What its body holds.
    pub payload: IncomingPayload,
    /// The values of the property that says which webhook it is; empty if there is no such property.
    pub tags: Vec<String>,
    /// Its parameters; `None` if the document names none.
    pub parameters: Option<ParametersItem>,
    /// Its documentation.
    pub docs: Docs,
}

/// What the body of a request of the API holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncomingPayload {
    /// What an answer could hold, too.
    Of(Payload),
    /// A form of a type.
    Form(RustType),
}

/// The parameters of a request of the API: a marker of its type, and an accessor for each.
#[derive(Debug, Clone)]
pub struct ParametersItem {
    /// The marker's name, unique in the module; the same parameters have the same name in all requests.
    pub name: RustName,
    /// The parameters, at least one.
    pub parameters: Vec<ReceivedItem>,
}

/// A parameter of a request of the API.
#[derive(Debug, Clone)]
pub struct ReceivedItem {
    /// The accessor's name, unique among them.
    pub name: RustName,
    /// Its name on the wire.
    pub wire: WireName,
    /// Its type, without the `Option` of what may be absent.
    pub ty: RustType,
    /// Where it is, and how it is read.
    pub place: ReceivedPlace,
    /// Whether it must be there.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// Where a parameter of a request of the API is, and how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedPlace {
    /// A header in the style `simple`.
    Header,
    /// A header that is JSON.
    JsonHeader,
    /// In the query.
    Query(ReceivedStyle),
    /// A cookie.
    Cookie(ReceivedStyle),
}

/// How a list or an object stands in a query or in cookies: `ReceivedStyle` of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the runtime says it")]
pub enum ReceivedStyle {
    Exploded,
    Joined(char),
    Json,
    Deep,
    Whole,
    WholeText,
}
