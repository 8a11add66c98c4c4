//! What stands between a call and its transport: layers, each of which sees requests on their way out and answers on
//! their way back.

use std::sync::Arc;

use http::Request;

use super::body::Body;
use super::transport::{Transport, TransportFuture};

/// A layer around the transport.
///
/// A call is given its names ([`Stage::Identity`]), is observed ([`Stage::Telemetry`]), goes through the layers that
/// [`ClientBuilder::layer`](super::client::ClientBuilder::layer) added, then through the retries ([`Stage::Retry`]), then
/// through the layers of [`ClientBuilder::layer_per_try`](super::client::ClientBuilder::layer_per_try), which see each
/// try, then it is given its credentials ([`Stage::Credentials`]) and its time limit ([`Stage::Timeout`]), and is sent. So
/// no added layer sees a credential of the client. Which operation it calls is in its extensions, as a
/// [`Called`](super::identity::Called).
///
/// ```text
/// impl Layer for Stamp {
///     fn call<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
///         request.headers_mut().insert("x-team", HeaderValue::from_static("billing"));
///         next.send(request)
///     }
/// }
/// ```
pub trait Layer: Send + Sync + 'static {
    /// Passes a request on, as it is or changed, and its answer back; or answers itself.
    fn call<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a>;
}

/// A layer that the client has of its own, in the order in which a call goes through them.
/// [`ClientBuilder::replace`](super::client::ClientBuilder::replace) puts another in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Names the program (`User-Agent`) and, if asked, the call.
    Identity,
    /// Observes calls; there is none unless one is given.
    Telemetry,
    /// Tries again what may be tried again.
    Retry,
    /// Adds credentials. Whoever replaces it signs calls in a way of their own: the client asks for none any more.
    Credentials,
    /// Limits the time of a try, and of a body that stands still.
    Timeout,
}

/// The layers that are still to come, and the transport behind them.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    layers: &'a [Arc<dyn Layer>],
    transport: &'a Arc<dyn Transport>,
}

impl<'a> Next<'a> {
    pub(super) fn new(layers: &'a [Arc<dyn Layer>], transport: &'a Arc<dyn Transport>) -> Self {
        Next { layers, transport }
    }

    /// Sends a request through what is still to come. A layer may do so more than once.
    pub fn send(self, request: Request<Body>) -> TransportFuture<'a> {
        match self.layers.split_first() {
            Some((layer, layers)) => layer.call(
                request,
                Next {
                    layers,
                    transport: self.transport,
                },
            ),
            None => self.transport.send(request),
        }
    }

    /// The transport itself, past all layers.
    pub(super) fn transport(self) -> &'a Arc<dyn Transport> {
        self.transport
    }
}
