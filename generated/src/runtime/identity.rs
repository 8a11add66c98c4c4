//! What a request says of itself: which operation it calls, which program sends it, and which call it belongs to.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Request};

use super::body::Body;
use super::error::BuildError;
use super::layer::{Layer, Next};
use super::operation::{ApiSpec, OperationSpec};
use super::random::Random;
use super::transport::TransportFuture;

/// What a request calls: an extension of each, for layers.
#[derive(Clone)]
pub struct Called {
    /// The operation.
    pub operation: &'static OperationSpec,
    /// Whether a parameter of the path is a secret, so that no log may have the URL.
    pub path_is_secret: bool,
    tries: Arc<AtomicU32>,
}

impl Called {
    pub(super) fn new(operation: &'static OperationSpec, path_is_secret: bool) -> Self {
        Called {
            operation,
            path_is_secret,
            tries: Arc::default(),
        }
    }

    /// How often this was asked for the call before: for a layer that observes tries, and asks once for each.
    pub fn count_try(&self) -> u32 {
        self.tries.fetch_add(1, Ordering::Relaxed)
    }
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Called({})", self.operation.id)
    }
}

/// The layer that names the program and, if asked, the call. All tries of a call have one name.
pub(super) struct Identity {
    user_agent: Option<HeaderValue>,
    request_id: Option<HeaderName>,
    random: Arc<Random>,
}

impl Identity {
    /// The name and version of the API, if a header can hold them, and the header for the names of calls.
    pub(super) fn new(
        api: &ApiSpec,
        request_id: Option<&str>,
        random: Arc<Random>,
    ) -> Result<Self, BuildError> {
        let name = api.name.replace(char::is_whitespace, "-");
        let version = api.version.replace(char::is_whitespace, "-");
        let request_id = request_id.map(HeaderName::try_from).transpose();
        Ok(Identity {
            user_agent: HeaderValue::try_from(format!("{name}/{version}")).ok(),
            request_id: request_id.map_err(|_| {
                BuildError::new("the header for the names of calls has no legal name")
            })?,
            random,
        })
    }
}

impl Layer for Identity {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        let headers = request.headers_mut();
        if let Some(user_agent) = &self.user_agent
            && !headers.contains_key(USER_AGENT)
        {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        if let Some(name) = &self.request_id
            && !headers.contains_key(name)
            && let Ok(id) = HeaderValue::try_from(self.random.name())
        {
            headers.insert(name, id);
        }
        next.send(request)
    }
}
