//! The default transport: reqwest.

use std::sync::Arc;

use http::{Request, Response};
use http_body_util::BodyExt as _;

use super::body::Body;
use super::client::{Client, ClientBuilder};
use super::error::BuildError;
use super::transport::{Timeout, Transport, TransportError, TransportFuture};

impl ClientBuilder {
    /// The client. Requests go through reqwest unless another transport was given.
    ///
    /// # Errors
    ///
    /// If what the builder was given cannot be used: a base URL that is none, a value that a server variable must not
    /// have, a header or a credential with an illegal character.
    pub fn build(self) -> Result<Client, BuildError> {
        self.build_with(|connect_timeout| {
            let mut builder = reqwest::Client::builder();
            if let Some(timeout) = connect_timeout {
                builder = builder.connect_timeout(timeout);
            }
            Ok(Arc::new(Reqwest::from_builder(builder)?))
        })
    }
}

/// The default transport: requests through reqwest. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Reqwest(reqwest::Client);

impl Reqwest {
    /// As the client has it if it is given no other transport.
    ///
    /// # Errors
    ///
    /// If the system has no certificates, or none that can be read.
    pub fn new() -> Result<Self, BuildError> {
        Reqwest::from_builder(reqwest::Client::builder())
    }

    /// With certificates, proxies and whatever else reqwest can be told. Mutual TLS is a matter of this one:
    ///
    /// ```text
    /// let identity = reqwest::Identity::from_pem(&certificate_and_key)?;
    /// let transport = Reqwest::from_builder(reqwest::Client::builder().identity(identity))?;
    /// let client = Client::builder().transport(transport).build()?;
    /// ```
    ///
    /// It takes a builder rather than a client because redirects are not followed, whatever the builder says: they would
    /// carry credentials to wherever a server says.
    ///
    /// # Errors
    ///
    /// If reqwest cannot do what it was told.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        match builder.redirect(reqwest::redirect::Policy::none()).build() {
            Ok(client) => Ok(Reqwest(client)),
            Err(error) => Err(BuildError::new(format!("reqwest: {error}"))),
        }
    }
}

impl Transport for Reqwest {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.execute(request))
    }
}

impl Reqwest {
    async fn execute(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let timeout = request.extensions().get::<Timeout>().copied();
        let (head, body) = request.into_parts();
        let body = match body.into_bytes() {
            Ok(bytes) => reqwest::Body::from(bytes),
            Err(stream) => reqwest::Body::wrap(stream),
        };
        let request = Request::from_parts(head, body);
        let mut request = reqwest::Request::try_from(request).map_err(failed)?;
        *request.timeout_mut() = timeout.map(|Timeout(timeout)| timeout);
        let answer = self.0.execute(request).await.map_err(failed)?;
        Ok(Response::from(answer).map(|body| Body::wrap(body.map_err(failed))))
    }
}

/// An error without the URL, which may hold secrets.
fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::timeout();
    }
    if error.is_connect() {
        let failed = TransportError::connect("no connection to the server");
        return failed.with_source(error.without_url());
    }
    let message = if error.is_body() || error.is_decode() {
        "the connection broke while the answer came"
    } else {
        "the request could not be sent"
    };
    TransportError::new(message).with_source(error.without_url())
}
