//! The client and its builder.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::authorize::Authorize;
use super::body::Body;
use super::credential::{Credential, SecurityScheme};
use super::error::{BuildError, RequestError};
use super::identity::Identity;
use super::layer::{Layer, Next, Stage};
use super::limits::TimeLimit;
use super::operation::{ApiSpec, OperationSpec};
use super::random::Random;
use super::retry::{Retry, RetryPolicy};
use super::server::{self, Server, ServerChoice};
use super::transport::{Transport, TransportFuture};

/// How large the body of a success may be unless the builder is told otherwise.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// A client of the API. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(super) struct Shared {
    api: &'static ApiSpec,
    base_url: Option<String>,
    chosen: Vec<ServerChoice>,
    variables: BTreeMap<String, String>,
    pub(super) headers: HeaderMap,
    pub(super) credentials: Vec<(&'static SecurityScheme, Credential)>,
    pub(super) timeout: Option<Duration>,
    pub(super) stall_timeout: Option<Duration>,
    pub(super) body_limit: usize,
    /// Whether the client's own credentials are used; not if a layer of the user has taken the place of theirs.
    pub(super) authorizes: bool,
    random: Arc<Random>,
    layers: Vec<Arc<dyn Layer>>,
    transport: Arc<dyn Transport>,
}

impl Shared {
    /// Sends a request through all layers.
    pub(super) fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Next::new(&self.layers, &self.transport).send(request)
    }
}

impl Client {
    /// A name that nobody can guess, unless the builder was given a seed.
    pub(super) fn random(&self) -> String {
        self.shared.random.name()
    }

    /// The URL of the API's server as it is written, which other URLs of the document may be relative to.
    pub(super) fn document_url(&self, spec: &OperationSpec) -> String {
        let shared = &self.shared;
        if let Some(base_url) = &shared.base_url {
            return base_url.clone();
        }
        if let Some(chosen) = shared.chosen.last() {
            return chosen.server.url(&chosen.values_or(&shared.variables));
        }
        let servers = shared.api.servers;
        let server = servers.first();
        let server = server.or(spec.servers.and_then(<[Server]>::first));
        server.map_or_else(String::new, |server| server.url(&shared.variables))
    }

    /// The URL of the server for an operation, which may have servers of its own.
    pub(super) fn base_url(&self, own: Option<&'static [Server]>) -> Result<String, RequestError> {
        if let Some(base_url) = &self.shared.base_url {
            return Ok(base_url.trim_end_matches('/').to_owned());
        }
        let servers = own.unwrap_or(self.shared.api.servers);
        let variables = &self.shared.variables;
        let chosen = self.shared.chosen.iter().rev().find(|chosen| {
            let mut urls = servers.iter().map(|server| server.url);
            urls.any(|url| url == chosen.server.url)
        });
        if let Some(chosen) = chosen {
            return chosen.server.base_url(&chosen.values_or(variables));
        }
        match servers.first() {
            Some(server) => server.base_url(variables),
            None => Err(RequestError::new(
                "the server",
                "the document names none; give the client a base_url",
            )),
        }
    }
}

/// Shows which credentials there are, but nothing of them.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        debug(f, "Client", shared.api, &shared.credentials)
    }
}

/// Makes a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static ApiSpec,
    base_url: Option<String>,
    chosen: Vec<ServerChoice>,
    variables: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
    credentials: Vec<(&'static SecurityScheme, Credential)>,
    timeout: Option<Duration>,
    try_timeout: Option<Duration>,
    retry: RetryPolicy,
    body_limit: usize,
    random: Random,
    connect_timeout: Option<Duration>,
    stall_timeout: Option<Duration>,
    request_id: Option<String>,
    stages: BTreeMap<Stage, Arc<dyn Layer>>,
    try_telemetry: Option<Arc<dyn Layer>>,
    layers: Vec<Arc<dyn Layer>>,
    layers_per_try: Vec<Arc<dyn Layer>>,
    transport: Option<Arc<dyn Transport>>,
}

/// Makes the transport of a client that is given none, with the limit for connecting.
type DefaultTransport = fn(Option<Duration>) -> Result<Arc<dyn Transport>, BuildError>;

impl ClientBuilder {
    #[doc(hidden)]
    pub fn new(api: &'static ApiSpec) -> Self {
        ClientBuilder {
            api,
            base_url: None,
            chosen: Vec::new(),
            variables: BTreeMap::new(),
            headers: Vec::new(),
            credentials: Vec::new(),
            timeout: Some(Duration::from_secs(60)),
            try_timeout: None,
            retry: RetryPolicy::default(),
            body_limit: BODY_LIMIT,
            random: Random::default(),
            connect_timeout: Some(Duration::from_secs(10)),
            stall_timeout: Some(Duration::from_secs(60)),
            request_id: None,
            stages: BTreeMap::new(),
            try_telemetry: None,
            layers: Vec::new(),
            layers_per_try: Vec::new(),
            transport: None,
        }
    }

    #[doc(hidden)]
    pub fn credential(mut self, scheme: &'static SecurityScheme, credential: Credential) -> Self {
        self.credentials
            .retain(|(other, _)| other.name != scheme.name);
        self.credentials.push((scheme, credential));
        self
    }

    /// Sends every call to this server, such as `https://staging.example.com/v1`, whatever the document says.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends calls to this server of the document instead of the first, where the operation has it: a constant of the
    /// module `servers`, or a type of it that gives variables values. Several may be named, for operations that have other
    /// servers than the rest.
    pub fn server(mut self, server: impl Into<ServerChoice>) -> Self {
        self.chosen.push(server.into());
        self
    }

    /// Gives a variable a value in the URLs of all servers that have it.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// How long a call may take, from its start to the last byte of its answer, all tries included. 60 seconds unless
    /// set.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// How long each try of a call may take. Unless set, as long as the call.
    pub fn try_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.try_timeout = timeout.into();
        self
    }

    /// How long the default transport may take to connect. 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// How long the body of an answer may stand still before it is given up, also if it is read piece by piece. 60 seconds
    /// unless set. Streams of events have a limit of their own.
    pub fn stall_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.stall_timeout = timeout.into();
        self
    }

    /// How calls are tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds a layer that sees each call once, outside of its retries. Layers see requests in the order in which they
    /// are added, and answers in the opposite order.
    pub fn layer(mut self, layer: impl Layer) -> Self {
        self.layers.push(Arc::new(layer));
        self
    }

    /// Adds a layer that sees each try of a call.
    pub fn layer_per_try(mut self, layer: impl Layer) -> Self {
        self.layers_per_try.push(Arc::new(layer));
        self
    }

    /// Puts a layer in the place of one that the client has.
    pub fn replace(mut self, stage: Stage, layer: impl Layer) -> Self {
        self.stages.insert(stage, Arc::new(layer));
        self
    }

    /// Observes calls by one layer, in the place of [`Stage::Telemetry`], and each of their tries by another, which sees
    /// them as they are before they are given their credentials.
    pub fn telemetry(mut self, call: impl Layer, each_try: impl Layer) -> Self {
        self.try_telemetry = Some(Arc::new(each_try));
        self.replace(Stage::Telemetry, call)
    }

    /// Sends a name of each call in this header, such as `x-request-id`: a random one, the same for all tries of a call.
    pub fn request_ids(mut self, header: impl Into<String>) -> Self {
        self.request_id = Some(header.into());
        self
    }

    /// Sends a header with every call.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends this as `User-Agent`, in the place of the name and version of the API.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.default_header("user-agent", user_agent)
    }

    /// How many bytes the body of a success may have. 64 MiB unless set.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Draws from this seed what is random otherwise, such as the boundary between the parts of a body. It is for tests
    /// that compare what is sent.
    pub fn seed(mut self, seed: u64) -> Self {
        self.random = Random::from_seed(seed);
        self
    }

    /// Carries requests in another way.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client, with this transport unless the user has given one.
    pub(super) fn build_with(
        self,
        default_transport: DefaultTransport,
    ) -> Result<Client, BuildError> {
        server::check_variables(self.api, &self.variables)?;
        self.chosen.iter().try_for_each(ServerChoice::check)?;
        for (scheme, credential) in &self.credentials {
            // What cannot be sent is better found now than at the first call.
            credential.check(scheme)?;
        }
        if let Some(base_url) = &self.base_url {
            server::check_base_url(base_url)?;
        }
        let headers = self.default_headers()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout)?,
        };
        let random = Arc::new(self.random);
        let identity = Identity::new(self.api, self.request_id.as_deref(), random.clone())?;
        let time_limit = TimeLimit {
            per_try: self.try_timeout,
            stall: self.stall_timeout,
        };
        let mut stages = self.stages;
        let authorizes = !stages.contains_key(&Stage::Credentials);
        let mut of = |stage, usual: Arc<dyn Layer>| stages.remove(&stage).unwrap_or(usual);
        let mut layers = vec![of(Stage::Identity, Arc::new(identity))];
        let retry = of(Stage::Retry, Arc::new(Retry::new(self.retry)));
        let credentials = of(Stage::Credentials, Arc::new(Authorize));
        let time_limit = of(Stage::Timeout, Arc::new(time_limit));
        layers.extend(stages.remove(&Stage::Telemetry));
        layers.extend(self.layers);
        layers.push(retry);
        layers.extend(self.layers_per_try);
        layers.extend(self.try_telemetry);
        layers.push(credentials);
        layers.push(time_limit);
        let shared = Shared {
            api: self.api,
            base_url: self.base_url,
            chosen: self.chosen,
            variables: self.variables,
            headers,
            credentials: self.credentials,
            timeout: self.timeout,
            stall_timeout: self.stall_timeout,
            body_limit: self.body_limit,
            authorizes,
            random,
            layers,
            transport,
        };
        Ok(Client {
            shared: Arc::new(shared),
        })
    }

    fn default_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let refuse = |what| BuildError::new(format!("the header {name:?} {what}"));
            let name = HeaderName::try_from(name).map_err(|_| refuse("has no legal name"))?;
            let value = HeaderValue::try_from(value).map_err(|_| refuse("has no legal value"))?;
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// Shows which credentials there are, but nothing of them.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(f, "ClientBuilder", self.api, &self.credentials)
    }
}

fn debug(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    api: &ApiSpec,
    credentials: &[(&'static SecurityScheme, Credential)],
) -> fmt::Result {
    let schemes: Vec<&str> = credentials.iter().map(|(scheme, _)| scheme.name).collect();
    f.debug_struct(name)
        .field("api", &api.name)
        .field("credentials", &schemes)
        .finish_non_exhaustive()
}
