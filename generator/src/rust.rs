//! The plan of a Rust client: every name, type and method decided, nothing left to the emitter but spelling.
//!
//! `plan` makes it; `emit` writes it as Rust; `reference` takes from it what the pages call things, so that pages and
//! code cannot disagree. Document text is in [`Prose`] and [`WireName`], which only encoders turn into output.

pub use crate::model::{
    Advance, ApiKeyPlace, Expression, FlowKind, FormStyle, Framing, HttpMethod, LinkValue, PageEnd,
    PagePlace, Pagination, PaginationSource, ParameterLocation, ParameterStyle, PartStyle,
    PartStyles, PathPiece, Prose, StatusPattern, TextPiece, TokenFlow, UrlPiece, WireName,
    XmlField, XmlName, XmlNode, XmlRoot,
};
mod bodies;
mod incoming;
mod links;

pub use bodies::{BodyChoice, BodyCodec, BodyItem, BodyVariant, ChoiceItem, ChoiceVariant};
pub use incoming::{
    IncomingItem, IncomingItems, IncomingModule, IncomingPayload, ParametersItem, ReceivedItem,
    ReceivedPlace, ReceivedStyle,
};
pub use links::{GivenPlace, LinkItem};

use serde_json::{Number, Value};
use std::fmt;

/// A whole client.
#[derive(Debug, Clone)]
pub struct Client {
    /// What its package is called.
    pub package: Package,
    /// The documentation of the crate or module.
    pub docs: Docs,
    /// The title of the API, for the first line of the documentation.
    pub title: Prose,
    /// The version of the API.
    pub api_version: WireName,
    /// The types, one for each of the model's, at the same index.
    pub types: Vec<TypeItem>,
    /// The operations, one for each of the model's, at the same index.
    pub operations: Vec<OperationItem>,
    /// The requests that the API makes.
    pub incoming: IncomingItems,
    /// The credentials that the builder takes, one for each security scheme of the model, at the same index.
    pub credentials: Vec<CredentialItem>,
    /// The servers of the document; the first is the default.
    pub servers: Vec<ServerItem>,
    /// What the document demands of values beyond their types; `None` if nothing, or if the user does without.
    pub rules: Option<RulesItem>,
    /// Which optional parts of the runtime the client needs.
    pub runtime: RuntimeParts,
    /// How the types are spelled in XML, in the order of their names; empty where no body is XML.
    pub xml: Vec<XmlRecordItem>,
    /// Which parts it has because the user asks for them; in a crate each is behind a feature.
    pub features: Features,
}

/// How a record is spelled in XML, where it is not by the names of its properties.
#[derive(Debug, Clone)]
pub struct XmlRecordItem {
    /// The record.
    pub name: RustName,
    /// Its properties, by their names in JSON.
    pub fields: Vec<(WireName, XmlField)>,
}

/// What a client has only if the user asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Features {
    /// The flows of OAuth 2, where the document has some.
    pub oauth2: bool,
    /// Signatures of what the API sends.
    pub signatures: bool,
    /// The same, where the document has something that the API sends.
    pub received: bool,
    /// Spans of `tracing` around calls.
    pub tracing: bool,
    /// Calls that block instead of being awaited.
    pub blocking: bool,
    /// Bodies that travel compressed.
    pub compression: bool,
    /// Bodies of XML by their types.
    pub xml: bool,
}

/// A part that a client has only if the user asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Calls that block instead of being awaited.
    Blocking,
    /// Bodies that travel compressed.
    Compression,
    /// The flows of OAuth 2, where the document has some.
    OAuth2,
    /// Signatures of what the API sends.
    Signatures,
    /// Spans of `tracing` around calls.
    Tracing,
    /// Bodies of XML by their types, which else are text or bytes. It is no feature of the emitted crate.
    Xml,
}

impl Feature {
    /// All of them, by name.
    pub const ALL: [(&str, Feature); 6] = [
        ("blocking", Feature::Blocking),
        ("compression", Feature::Compression),
        ("oauth2", Feature::OAuth2),
        ("signatures", Feature::Signatures),
        ("tracing", Feature::Tracing),
        ("xml", Feature::Xml),
    ];

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Feature> {
        let mut all = Feature::ALL.into_iter();
        all.find_map(|(known, feature)| (known == name).then_some(feature))
    }
}

impl Features {
    /// Has one more.
    pub fn add(&mut self, feature: Feature) {
        match feature {
            Feature::Blocking => self.blocking = true,
            Feature::Compression => self.compression = true,
            Feature::OAuth2 => self.oauth2 = true,
            Feature::Signatures => self.signatures = true,
            Feature::Tracing => self.tracing = true,
            Feature::Xml => self.xml = true,
        }
    }
}

/// A package.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its name in the manifest, such as `api-keys`: lower-case ASCII letters, digits and single hyphens.
    pub name: String,
    /// The name that `use` takes, such as `api_keys`.
    pub module: RustName,
    /// Its version, semantic.
    pub version: String,
    /// Its one-line description.
    pub description: Option<Prose>,
}

/// A legal Rust identifier, raw (`r#type`) where it must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// Takes an identifier. Only `plan::names` calls it, with what it has checked.
    pub(crate) fn new(identifier: String) -> Self {
        RustName(identifier)
    }

    /// The identifier, with `r#` if it has one.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The documentation of an item, in paragraphs.
#[derive(Debug, Clone, Default)]
pub struct Docs {
    /// The paragraphs; the first is the summary.
    pub paragraphs: Vec<Paragraph>,
    /// Whether the document says that users should stop using the item.
    pub deprecated: bool,
}

/// A paragraph of documentation.
#[derive(Debug, Clone)]
pub enum Paragraph {
    /// Text of the document, which the emitter makes harmless.
    Prose(Prose),
    /// The first paragraph of a text of the document.
    Lead(Prose),
    /// Text of our own, CommonMark, which may hold names of the plan but no text of the document.
    Own(String),
    /// What the document demands of a value, in words of our own such as "1 to 64 characters".
    Demand(String),
    /// A line of the form "label: `code`", whose code is of the document: a default, a bound, a pattern.
    Fact(&'static str, String),
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RustType {
    Unit,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    /// The runtime's `BigInteger`.
    BigInteger,
    /// The runtime's `BigNumber`.
    BigNumber,
    String,
    /// `secrecy::SecretString`.
    Secret,
    /// `uuid::Uuid`.
    Uuid,
    /// A day.
    Date(DateCrate),
    /// A point in time, and how it was spelled.
    DateTime(DateCrate),
    /// A time of day, and how it was spelled.
    Time(DateCrate),
    /// A length of time, and how it was spelled.
    Duration(DateCrate),
    /// `url::Url`, and how it was spelled.
    Url,
    /// `rust_decimal::Decimal`, and how it was spelled.
    Decimal,
    /// `std::net::Ipv4Addr`.
    Ipv4,
    /// `std::net::Ipv6Addr`, and how it was spelled.
    Ipv6,
    /// The runtime's `Base64`: bytes, and how they were spelled.
    Base64,
    /// `serde_json::Value`.
    Json,
    /// `bytes::Bytes`.
    Bytes,
    /// The runtime's `Body`: bytes or a stream of them.
    Body,
    /// The runtime's `BodyItems` of a type: a list or a stream.
    Items(Box<RustType>),
    /// The runtime's `FilePart`.
    File,
    Option(Box<RustType>),
    Vec(Box<RustType>),
    /// `BTreeMap<String, _>`.
    Map(Box<RustType>),
    /// The runtime's `KeyedMap`.
    KeyedMap(Box<RustType>, Box<RustType>),
    Box(Box<RustType>),
    Tuple(Vec<RustType>),
    /// A type of the client, in its module `types`.
    Named(RustName),
}

/// A crate that has types of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DateCrate {
    Time,
    Jiff,
    Chrono,
}

impl RustType {
    /// Whether it is an integer of a fixed width.
    pub fn is_integer(&self) -> bool {
        matches!(
            self,
            RustType::I8
                | RustType::I16
                | RustType::I32
                | RustType::I64
                | RustType::U8
                | RustType::U16
                | RustType::U32
                | RustType::U64
        )
    }

    /// Whether a type of the client is in it.
    pub fn names_type(&self) -> bool {
        self.has(&|ty| matches!(ty, RustType::Named(_)))
    }

    /// Whether a type for which this holds is in it.
    pub fn has(&self, is: &dyn Fn(&RustType) -> bool) -> bool {
        match self {
            RustType::Option(inner)
            | RustType::Vec(inner)
            | RustType::Map(inner)
            | RustType::Box(inner) => inner.has(is),
            RustType::KeyedMap(key, value) => is(self) || key.has(is) || value.has(is),
            RustType::Items(item) => is(self) || item.has(is),
            RustType::Tuple(items) => items.iter().any(|item| item.has(is)),
            plain => is(plain),
        }
    }
}

/// A type of the client.
#[derive(Debug, Clone)]
pub struct TypeItem {
    /// Its name, unique in `types`.
    pub name: RustName,
    /// Its documentation.
    pub docs: Docs,
    /// What it is.
    pub body: TypeBody,
    /// Whether it holds a file, so that nothing but a body of several parts can be made of it.
    pub has_files: bool,
}

/// What a type of the client is.
#[derive(Debug, Clone)]
pub enum TypeBody {
    /// A struct with public fields.
    Record(RecordItem),
    /// An enum of strings, open to unknown ones.
    StringEnum(EnumItem<String>),
    /// An enum of integers, open to unknown ones.
    IntegerEnum(EnumItem<i64>),
    /// An enum of types.
    Union(UnionItem),
    /// A type alias.
    Alias(RustType),
    /// A struct around one value, where an alias would be infinite.
    Newtype(NewtypeItem),
}

/// A struct around one value.
#[derive(Debug, Clone)]
pub struct NewtypeItem {
    /// The type of the value.
    pub ty: RustType,
    /// Whether the type implements `PartialEq`.
    pub comparable: bool,
}

/// A struct with public fields.
#[derive(Debug, Clone)]
pub struct RecordItem {
    /// The fields in the order of the document.
    pub fields: Vec<FieldItem>,
    /// The field that keeps what is not listed, and the type of its values.
    pub additional: Option<(RustName, RustType)>,
    /// How a user makes one.
    pub constructor: Constructor,
    /// Whether the type implements `PartialEq`; secrets forbid it.
    pub comparable: bool,
}

/// How a user makes a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constructor {
    /// It only comes from the server: a literal is enough for tests.
    None,
    /// Nothing is required but constants: `Default`.
    Default,
    /// `new` with the required fields that are no constants, in order.
    New,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub struct FieldItem {
    /// Its name, unique in the record.
    pub name: RustName,
    /// Its name on the wire.
    pub wire: WireName,
    /// Its whole type: `Option` where it may be absent, a second one where it may also be null.
    pub ty: RustType,
    /// Whether the wire must have it.
    pub required: bool,
    /// The only value that it can have, if it is required: then nobody needs to give it.
    pub constant: Option<KnownValue>,
    /// What the server takes for it when it is absent, if it is not required.
    pub default: Option<DefaultItem>,
    /// Its documentation.
    pub docs: Docs,
}

impl FieldItem {
    /// What is filled in where it is absent, so that it never is.
    pub fn filled(&self) -> Option<&KnownValue> {
        match &self.default {
            Some(DefaultItem::Filled(value)) => Some(value),
            _ => None,
        }
    }
}

/// A value that a field has without being given: the only one that it can have, or its default.
#[derive(Debug, Clone)]
pub struct KnownValue {
    /// The value as the wire has it.
    pub wire: Value,
    /// The value, known to fit the type of the field without its options.
    pub value: DefaultValue,
}

/// What a client makes of the document's default.
#[derive(Debug, Clone)]
pub enum DefaultItem {
    /// An accessor puts it in the place of an absent field.
    Documented(AccessorItem),
    /// It is filled in: whoever reads or makes the record has it, and it is sent.
    Filled(KnownValue),
}

/// An accessor that puts the document's default in the place of an absent field.
#[derive(Debug, Clone)]
pub struct AccessorItem {
    /// Its name, `<field>_or_default` unless taken.
    pub name: RustName,
    /// The default, known to fit the type of the field.
    pub value: DefaultValue,
}

/// A default or a constant as Rust says it.
#[derive(Debug, Clone)]
pub enum DefaultValue {
    /// A boolean, a number or a string.
    Literal(Value),
    /// A variant of the enum that the field holds.
    Variant(RustName),
    /// A list or a map with nothing in it; only of a default that is filled in.
    Empty,
    /// JSON of a value that is neither; only of a default.
    Json(String),
}

/// An enum of values.
#[derive(Debug, Clone)]
pub struct EnumItem<T> {
    /// The variants.
    pub variants: Vec<EnumVariantItem<T>>,
    /// The variant that keeps an unknown value, `Unknown` unless taken.
    pub fallback: RustName,
}

/// A variant of an enum of values.
#[derive(Debug, Clone)]
pub struct EnumVariantItem<T> {
    /// Its name, unique in the enum.
    pub name: RustName,
    /// Its value on the wire.
    pub value: T,
    /// Its documentation.
    pub docs: Docs,
}

/// An enum of types.
#[derive(Debug, Clone)]
pub struct UnionItem {
    /// The variants, in the order of the document.
    pub variants: Vec<UnionVariantItem>,
    /// The order in which they are tried, as indices.
    pub order: Vec<usize>,
    /// The property that decides; `None` if the tests of the variants do.
    pub tag: Option<WireName>,
    /// The variant that keeps a value that is none of the others, `Unknown` unless taken.
    pub fallback: RustName,
    /// Whether such a value is as good as one of the others.
    pub allows_others: bool,
    /// Whether the type implements `PartialEq`.
    pub comparable: bool,
}

/// A variant of an enum of types.
#[derive(Debug, Clone)]
pub struct UnionVariantItem {
    /// Its name, unique in the enum.
    pub name: RustName,
    /// What it holds; named types are boxed.
    pub ty: RustType,
    /// The values of the deciding property that mean it.
    pub tags: Vec<WireName>,
    /// What a value must be to be the variant, where no property decides for all; where one does, `Object` says that an
    /// object of no known tag is this one.
    pub test: UnionTest,
    /// Whether `From` makes the union of it: where no other variant has its type.
    pub from: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// What a value must be to be a variant: `When` of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum UnionTest {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
    /// One that can be read as the variant.
    Trial,
    /// An object with one of these values in a property.
    Is(WireName, Vec<WireName>),
    /// An object with all of these properties.
    Has(Vec<WireName>),
}

/// A method of the client, with its marker type, output and errors.
#[derive(Debug, Clone)]
pub struct OperationItem {
    /// Its operationId, or the words of its method and path.
    pub id: WireName,
    /// The method's name, unique in the client.
    pub method: RustName,
    /// The marker type's name, unique in `operations`.
    pub marker: RustName,
    /// Its documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub http_method: HttpMethod,
    /// The path in pieces.
    pub path: Vec<PathPiece>,
    /// What must be given: path parameters, then other required parameters, then a required body.
    pub arguments: Vec<ArgumentItem>,
    /// What may be given: methods on the request.
    pub setters: Vec<ArgumentItem>,
    /// What is sent without being given: where it goes, and its text before it is encoded.
    pub constants: Vec<(Target, WireName)>,
    /// The documented successes.
    pub output: OutcomeItem,
    /// The documented failures.
    pub error: OutcomeItem,
    /// The headers that come with successes; `None` if the document names none.
    pub headers: Option<HeadersItem>,
    /// The media types that the responses have, for `Accept`, in order of preference, with their quality (RFC 9110,
    /// section 12.4.2) in tenths.
    pub accept: Vec<(WireName, u8)>,
    /// Media types in which the responses are spelled otherwise, which a call does not ask for by itself.
    pub spellings: Vec<WireName>,
    /// Those of them that are read all the same: XML of the types that are read of JSON.
    pub xml_spellings: Vec<WireName>,
    /// How it hands out what it has in pages, if it does.
    pub paging: Option<PagingItem>,
    /// The stream of items that its answer is or may be.
    pub stream: Option<StreamItem>,
    /// The header by which the server tells a call that is made again from another one, where the document declares it.
    pub idempotency_header: Option<WireName>,
    /// Alternatives of credentials needed together, as indices into [`Client::credentials`].
    pub security: Vec<Vec<usize>>,
    /// Its own servers, if they are not those of the document.
    pub servers: Option<ServerList>,
}

impl OperationItem {
    /// The choices of what a body of an answer is, each once.
    pub fn choices(&self) -> Vec<&ChoiceItem> {
        let mut found: Vec<&ChoiceItem> = Vec::new();
        for outcome in [&self.output, &self.error] {
            for payload in outcome.payloads() {
                if let Payload::Choice(choice) = payload
                    && !found.iter().any(|known| known.name == choice.name)
                {
                    found.push(choice);
                }
            }
        }
        found
    }

    /// The choice of what its body is, if there is one.
    pub fn body_choice(&self) -> Option<&BodyChoice> {
        let mut arguments = self.arguments.iter().chain(&self.setters);
        arguments.find_map(|argument| match &argument.target {
            Target::Choice(choice) => Some(choice),
            _ => None,
        })
    }

    /// The value of `Accept`; empty if no response has a body.
    pub fn accept_header(&self) -> String {
        let types = self.accept.iter().map(|(name, quality)| match quality {
            10.. => name.as_str().to_owned(),
            tenths => format!("{};q=0.{tenths}", name.as_str()),
        });
        types.collect::<Vec<_>>().join(", ")
    }
}

/// An answer that is a stream of items.
#[derive(Debug, Clone)]
pub struct StreamItem {
    /// Its media type.
    pub media_type: WireName,
    /// How items stand in it.
    pub framing: Framing,
    /// What an item holds.
    pub item: RustType,
}

/// How an operation hands out what it has in pages.
#[derive(Debug, Clone)]
pub struct PagingItem {
    /// What leads from a page to the next one.
    pub pagination: Pagination,
    /// The type of a page: the output of the operation.
    pub page: RustType,
    /// The type of an item.
    pub item: RustType,
    /// The fields that lead from a page to its items.
    pub steps: Vec<PageStep>,
}

/// A field on the way to the items of a page.
#[derive(Debug, Clone)]
pub struct PageStep {
    /// The field.
    pub field: RustName,
    /// Its whole type.
    pub ty: RustType,
}

/// Something that a call sends.
#[derive(Debug, Clone)]
pub struct ArgumentItem {
    /// The name of the argument or the setter.
    pub name: RustName,
    /// The type that holds it, without the `Option` of what may be absent.
    pub ty: RustType,
    /// How the user hands it over.
    pub passing: Passing,
    /// Where it goes.
    pub target: Target,
    /// Its documentation.
    pub docs: Docs,
}

/// How a user hands over a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// As it is.
    Value,
    /// As `&str`, for strings that are only read.
    Str,
    /// As `impl Into<T>`, for strings and secrets that are kept.
    Into,
    /// As a slice, for lists that are only read.
    Slice,
}

/// Where an argument goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into the path.
    Path(WireName, ParameterStyle),
    /// Into the path, with its reserved characters as they are.
    ReservedPath(WireName, ParameterStyle),
    /// Into the query.
    Query(WireName, ParameterStyle),
    /// Into the query, with its reserved characters as they are.
    ReservedQuery(WireName, ParameterStyle),
    /// Into a header.
    Header(WireName, ParameterStyle),
    /// Into a cookie.
    Cookie(WireName, ParameterStyle),
    /// Into a cookie, with its reserved characters as they are.
    ReservedCookie(WireName, ParameterStyle),
    /// Into the body.
    Body(BodyItem),
    /// Into the body, in one of several ways.
    Choice(BodyChoice),
}

impl Target {
    /// The name of the parameter on the wire; `None` if it is no parameter.
    pub fn parameter(&self) -> Option<&WireName> {
        match self {
            Target::Path(name, _)
            | Target::ReservedPath(name, _)
            | Target::Query(name, _)
            | Target::ReservedQuery(name, _)
            | Target::Header(name, _)
            | Target::Cookie(name, _)
            | Target::ReservedCookie(name, _) => Some(name),
            Target::Body(_) | Target::Choice(_) => None,
        }
    }
}

/// The documented successes, or the documented failures, of an operation.
#[derive(Debug, Clone)]
pub enum OutcomeItem {
    /// None: `()` for successes, `Infallible` for failures.
    None,
    /// Successes that all hold the same: the payload is the type itself. Failures are always an enum.
    Single {
        /// What they hold.
        payload: Payload,
        /// The documented statuses, at least one.
        cases: Vec<CaseItem>,
    },
    /// An enum with a variant for each.
    Enum {
        /// Its name, unique in `operations`.
        name: RustName,
        /// The variants, with the order in which statuses are matched: codes, ranges, default.
        cases: Vec<CaseItem>,
        /// Whether the enum implements `PartialEq`.
        comparable: bool,
    },
}

impl OutcomeItem {
    /// What the responses hold.
    pub fn payloads(&self) -> impl Iterator<Item = &Payload> {
        let cases: &[CaseItem] = match self {
            OutcomeItem::None => &[],
            OutcomeItem::Single { cases, .. } | OutcomeItem::Enum { cases, .. } => cases,
        };
        cases.iter().map(|case| &case.payload)
    }

    /// What comes with the responses that are failures.
    pub fn markers(&self) -> impl Iterator<Item = &HeadersItem> {
        let cases: &[CaseItem] = match self {
            OutcomeItem::Enum { cases, .. } => cases,
            OutcomeItem::None | OutcomeItem::Single { .. } => &[],
        };
        cases.iter().filter_map(|case| case.headers.as_ref())
    }
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct CaseItem {
    /// The statuses.
    pub status: StatusPattern,
    /// The variant's name, unique in the enum: the reason phrase of its status.
    pub variant: RustName,
    /// What it holds. Among successes, ranges and `default` hold the status before it; failures hold it in an answer
    /// with status and headers.
    pub payload: Payload,
    /// The headers that come with it, if it is a failure; `None` if the document names none.
    pub headers: Option<HeadersItem>,
    /// Its documentation.
    pub docs: Docs,
}

/// What comes with an answer beside its body: a marker of the answer's type, and a method for each header and link.
#[derive(Debug, Clone)]
pub struct HeadersItem {
    /// The marker's name, unique in `operations`; the same headers have the same name in all operations, unless there are
    /// links.
    pub name: RustName,
    /// The headers.
    pub headers: Vec<HeaderItem>,
    /// What it leads to. One of both is not empty.
    pub links: Vec<LinkItem>,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct HeaderItem {
    /// The accessor's name, unique among them.
    pub name: RustName,
    /// Its name on the wire.
    pub wire: WireName,
    /// Its type, without the `Option` of what may be absent.
    pub ty: RustType,
    /// Whether its value is the text of its JSON; else it is spelled in the style `simple`.
    pub is_json: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

/// The body of a documented response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The document names none.
    Empty,
    /// JSON of a type; records and unions are boxed in enums.
    Json(RustType),
    /// XML of a type; boxed likewise.
    Xml(RustType),
    /// JSON of a type, or XML of it where the answer says so; boxed likewise.
    JsonOrXml(RustType),
    /// Text, a `String`.
    Text,
    /// Bytes.
    Bytes,
    /// One of several, by the media type of the answer.
    Choice(ChoiceItem),
}

impl Payload {
    /// Whether it is of a type that has a name in the module `types`.
    pub fn names_type(&self) -> bool {
        match self {
            Payload::Json(ty) | Payload::Xml(ty) | Payload::JsonOrXml(ty) => ty.names_type(),
            Payload::Empty | Payload::Text | Payload::Bytes | Payload::Choice(_) => false,
        }
    }
}

/// A credential that the builder takes.
#[derive(Debug, Clone)]
pub struct CredentialItem {
    /// The builder's method, such as `bearer_auth`.
    pub method: RustName,
    /// The static that describes the scheme, such as `BEARER_AUTH`, unique in `security`.
    pub constant: RustName,
    /// The name of the scheme.
    pub scheme: WireName,
    /// How it travels.
    pub kind: CredentialKind,
    /// Where its tokens are to be had; `None` if the document does not say, or the user does without.
    pub tokens: Option<TokensItem>,
    /// Its documentation.
    pub docs: Docs,
}

/// Where the tokens of a credential are to be had: a module of constants within `security`, which has the name of the
/// builder's method.
#[derive(Debug, Clone)]
pub struct TokensItem {
    /// The flows of OAuth 2.
    pub flows: Vec<TokenFlow>,
    /// The document in which the server names its endpoints.
    pub discovery: Option<WireName>,
    /// The scopes: the constant that names each, unique among them, its name on the wire, its documentation.
    pub scopes: Vec<(RustName, WireName, Docs)>,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CredentialKind {
    Bearer,
    Basic,
    ApiKey { place: ApiKeyPlace, name: WireName },
}

/// The servers of some operations.
#[derive(Debug, Clone)]
pub struct ServerList {
    /// The constant that names the list, unique in `servers`; the same list has the same name in each operation.
    pub constant: RustName,
    /// The servers; the first is the default.
    pub servers: Vec<ServerItem>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct ServerItem {
    /// The constant that names it, unique in `servers`.
    pub constant: RustName,
    /// The type that gives its variables values, unique among the types of `servers`; none without variables.
    pub builder: Option<RustName>,
    /// The URL in pieces.
    pub url: Vec<UrlPiece>,
    /// Its variables.
    pub variables: Vec<ServerVariableItem>,
    /// Its documentation.
    pub docs: Docs,
}

/// A variable of a server.
#[derive(Debug, Clone)]
pub struct ServerVariableItem {
    /// Its name on the wire.
    pub name: WireName,
    /// Its value unless the user gives one.
    pub default: WireName,
    /// The values that it may have; empty if any.
    pub allowed: Vec<WireName>,
    /// The method that gives it a value.
    pub method: RustName,
    /// The type of its values, with a variant for each that it may have; a text if it may have any.
    pub choices: Option<ServerChoices>,
    /// Its documentation.
    pub docs: Docs,
}

/// The values that a variable of a server may have.
#[derive(Debug, Clone)]
pub struct ServerChoices {
    /// The name of the enum. Variables of the same name and values share it.
    pub name: RustName,
    /// A variant for each value, in their order.
    pub variants: Vec<RustName>,
}

/// What the document demands of values beyond their types.
#[derive(Debug, Clone)]
pub struct RulesItem {
    /// The types that demand something, in the order of their names.
    pub types: Vec<TypeRules>,
    /// Whether a text must match a pattern, which needs a dependency.
    pub has_patterns: bool,
    /// Whether a value must keep to a schema.
    pub has_schemas: bool,
}

/// The demands of a type.
#[derive(Debug, Clone)]
pub struct TypeRules {
    /// The type.
    pub name: RustName,
    /// Its demands, at least one.
    pub rules: Vec<RuleItem>,
}

/// A demand. The runtime's `Rule` says what each means; a bound says whether it is excluded.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RuleItem {
    MinLength(u64),
    MaxLength(u64),
    Pattern(Prose),
    Minimum(Number, bool),
    Maximum(Number, bool),
    MultipleOf(Number),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    OneOf(Vec<String>),
    Field(WireName, Vec<RuleItem>),
    Each(Vec<RuleItem>),
    Variant(usize, Vec<RuleItem>),
    Type(RustName),
    /// A schema, which says what no other demand does.
    Schema(Value),
}

/// The optional parts of the runtime that a client needs, each with the dependency that it brings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RuntimeParts {
    pub uuid: bool,
    pub base64: bool,
    /// Files in bodies of several parts.
    pub files: bool,
    /// Bodies of bytes.
    pub bytes: bool,
    /// Bodies of XML.
    pub xml: bool,
    /// Bodies of several parts.
    pub multipart: bool,
    /// Bodies of items one after the other.
    pub items: bool,
    /// Listings in pages.
    pub pages: bool,
    /// Streams of items.
    pub events: bool,
    /// Calls that answers lead to.
    pub links: bool,
    pub time: bool,
    pub jiff: bool,
    pub chrono: bool,
    pub url: bool,
    pub decimal: bool,
    /// Numbers of any size.
    pub big_numbers: bool,
    /// Maps whose keys are not any text.
    pub keyed_maps: bool,
    /// Defaults that no literal says.
    pub defaults: bool,
    pub net: bool,
}

impl RuntimeParts {
    /// Whether dates or times of any crate are among them.
    pub fn has_dates(self) -> bool {
        self.time || self.jiff || self.chrono
    }

    /// Whether types are among them whose values may be spelled in several ways.
    pub fn has_text_forms(self) -> bool {
        self.has_dates() || self.url || self.decimal || self.net || self.base64
    }
}
