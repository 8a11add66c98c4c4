//! A call that has not been made yet. Awaiting it makes it.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};

use super::body::Body;
use super::call::{open, send};
use super::client::Client;
use super::codec::Encode;
use super::cookies::CookieStyle;
use super::draft::Draft;
use super::error::{Error, ReceivedResponse, UndocumentedResponse, UnreadableResponse};
use super::form::{FormStyle, FormStyles};
use super::limits::watched;
use super::operation::{Operation, Reply, Undecoded};
use super::params::{self, HeaderStyle, PathStyle, QueryStyle};
use super::response::Response;
use super::retry::RetryPolicy;

/// A body that is sent in one of several ways.
pub trait BodyChoice: Sized {
    /// Puts it into a request.
    fn put<O>(self, request: Request<'_, O>) -> Request<'_, O>;
}

/// A call of the operation `O` that has not been made yet. Awaiting it makes it.
///
/// What is optional is set by methods, each of which returns the request.
#[must_use = "nothing is sent until the request is awaited"]
pub struct Request<'c, O> {
    pub(super) client: &'c Client,
    pub(super) draft: Draft,
    operation: PhantomData<fn() -> O>,
}

impl<'c, O> Request<'c, O> {
    /// Gives up after this time, counted from the start of the call to the last byte of the answer, all tries included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.set_timeout(timeout);
        self
    }

    /// Tries this call again in another way than the client would.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.draft.set_retry(policy);
        self
    }

    /// Sends a header, in the place of one that the client or the operation would send.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.set_header(name, value);
        self
    }

    /// Asks for an answer of this media type, such as `text/csv`, in the place of those that the document has, which is
    /// what a server with several chooses by.
    pub fn accept(self, media_type: &str) -> Self {
        self.header(ACCEPT.as_str(), media_type)
    }

    /// Sends the body as this media type, in the place of the one that it would be sent as. The body stays what it is.
    pub fn content_type(self, media_type: &str) -> Self {
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Sends it to another server, such as `https://staging.example.com/v1`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.draft.set_base_url(base_url.into());
        self
    }

    #[doc(hidden)]
    pub fn new(client: &'c Client) -> Self {
        Request {
            client,
            draft: Draft::default(),
            operation: PhantomData,
        }
    }

    #[doc(hidden)]
    pub fn path(mut self, name: &'static str, style: PathStyle, value: &dyn Encode) -> Self {
        self.draft.add_path(name, style, value, &params::encoded);
        self
    }

    #[doc(hidden)]
    pub fn path_reserved(
        mut self,
        name: &'static str,
        style: PathStyle,
        value: &dyn Encode,
    ) -> Self {
        self.draft
            .add_path(name, style, value, &params::reserved_in_path);
        self
    }

    #[doc(hidden)]
    pub fn query(mut self, name: &'static str, style: QueryStyle, value: &dyn Encode) -> Self {
        self.draft.add_query(name, style, value, &params::encoded);
        self
    }

    #[doc(hidden)]
    pub fn query_reserved(
        mut self,
        name: &'static str,
        style: QueryStyle,
        value: &dyn Encode,
    ) -> Self {
        self.draft.add_query(name, style, value, &params::reserved);
        self
    }

    #[doc(hidden)]
    pub fn header_param(
        mut self,
        name: &'static str,
        style: HeaderStyle,
        value: &dyn Encode,
    ) -> Self {
        self.draft.add_header(name, style, value);
        self
    }

    #[doc(hidden)]
    pub fn cookie_param(
        mut self,
        name: &'static str,
        style: CookieStyle,
        value: &dyn Encode,
    ) -> Self {
        self.draft.add_cookie(name, style, value, &params::encoded);
        self
    }

    #[doc(hidden)]
    pub fn cookie_reserved(
        mut self,
        name: &'static str,
        style: CookieStyle,
        value: &dyn Encode,
    ) -> Self {
        self.draft
            .add_cookie(name, style, value, &params::reserved_in_cookie);
        self
    }

    #[doc(hidden)]
    pub fn idempotent(mut self, header: &'static str) -> Self {
        self.draft.set_idempotency_header(header);
        self
    }

    #[doc(hidden)]
    pub fn json(mut self, media_type: &'static str, body: &dyn Encode) -> Self {
        self.draft.set_json(media_type, body);
        self
    }

    #[doc(hidden)]
    pub fn choice<B: BodyChoice>(self, body: impl Into<B>) -> Self {
        body.into().put(self)
    }

    #[doc(hidden)]
    pub fn form(mut self, body: &dyn Encode, styles: &[(&'static str, FormStyle)]) -> Self {
        self.draft.set_form(body, FormStyles::Each(styles));
        self
    }

    /// A form of which some properties keep their reserved characters.
    #[doc(hidden)]
    pub fn form_reserved(
        mut self,
        body: &dyn Encode,
        styles: &[(&'static str, FormStyle)],
        reserved: &[&'static str],
    ) -> Self {
        self.draft
            .set_form(body, FormStyles::Reserved(styles, reserved));
        self
    }

    #[doc(hidden)]
    pub fn form_deep(mut self, body: &dyn Encode) -> Self {
        self.draft
            .set_form(body, FormStyles::All(FormStyle::DeepObject));
        self
    }

    #[doc(hidden)]
    pub fn text(mut self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.draft.set_body(media_type, Body::from(body.into()));
        self
    }

    #[doc(hidden)]
    pub fn bytes(mut self, media_type: &'static str, body: impl Into<Body>) -> Self {
        self.draft.set_body(media_type, body.into());
        self
    }
}

impl<O: Operation> Request<'_, O> {
    /// Makes the call and leaves the body of a success to be read piece by piece, whatever the document says of it. No
    /// limit applies to it, neither of size nor of time.
    ///
    /// # Errors
    ///
    /// As without a stream, but for a body that is not as documented.
    pub async fn stream(self) -> Result<Response<Body, O::Headers>, Error<O::Error>> {
        let stall = self.client.shared.stall_timeout;
        match open(self.client.clone(), self.draft, O::SPEC).await {
            Ok(Ok(answer)) => {
                let (head, body) = answer.into_parts();
                let body = watched(body, stall);
                Ok(Response::new(head.status, head.headers, body).keeping(head.extensions))
            }
            Ok(Err(reply)) => Err(refused::<O>(reply)),
            Err(error) => Err(error.widen()),
        }
    }
}

impl<O: Operation> IntoFuture for Request<'_, O> {
    type Output = Result<Response<O::Output, O::Headers>, Error<O::Error>>;
    type IntoFuture = Call<O>;

    fn into_future(self) -> Call<O> {
        Call {
            reply: Box::pin(send(self.client.clone(), self.draft, O::SPEC)),
            operation: PhantomData,
        }
    }
}

/// Shows the operation only, since parameters and bodies may hold anything.
impl<O: Operation> fmt::Debug for Request<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &O::SPEC.id)
            .finish_non_exhaustive()
    }
}

/// A call under way. Dropping it cancels it.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<O> {
    reply: Pin<Box<dyn Future<Output = Result<Reply, Error<Infallible>>> + Send>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Future for Call<O> {
    type Output = Result<Response<O::Output, O::Headers>, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.reply.as_mut().poll(context)) {
            Ok(reply) => decoded::<O>(reply),
            Err(error) => Err(error.widen()),
        })
    }
}

/// The error that an answer is which is no success.
pub(super) fn refused<O: Operation>(reply: Reply) -> Error<O::Error> {
    match O::decode(&reply) {
        Ok(Err(error)) => Error::Api(error),
        Ok(Ok(_)) => not_as_documented(reply, Undecoded::Undocumented).widen(),
        Err(undecoded) => not_as_documented(reply, undecoded).widen(),
    }
}

/// What a call yields: what the document has for a success, or why not.
pub type Outcome<O> = Result<
    Response<<O as Operation>::Output, <O as Operation>::Headers>,
    Error<<O as Operation>::Error>,
>;

/// What an answer is to an operation.
pub(super) fn decoded<O: Operation>(reply: Reply) -> Outcome<O> {
    match O::decode(&reply) {
        Ok(Ok(body)) => Ok(Response::new(reply.status, reply.headers, body).keeping(reply.kept)),
        Ok(Err(error)) => Err(Error::Api(error)),
        Err(undecoded) => Err(not_as_documented(reply, undecoded).widen()),
    }
}

fn not_as_documented(reply: Reply, undecoded: Undecoded) -> Error<Infallible> {
    let response = ReceivedResponse {
        status: reply.status,
        headers: reply.headers,
        body: reply.body,
    };
    match undecoded {
        Undecoded::Undocumented => Error::Undocumented(Box::new(UndocumentedResponse { response })),
        Undecoded::Unreadable(error) => {
            Error::Decode(Box::new(UnreadableResponse { response, error }))
        }
    }
}
