//! The work of a call, the same for every operation: a request is sent, and its answer received.

use std::convert::Infallible;
use std::time::Duration;

use super::body::Body;
use super::client::Client;
use super::clock;
use super::draft::{Draft, Kept};
use super::error::Error;
use super::limits::{Deadline, LeftOpen};
use super::operation::{OperationSpec, Reply};
use super::transport::TransportError;

/// How much of the body of an answer that is no success is kept.
pub(super) const ERROR_BODY_LIMIT: usize = 64 * 1024;

/// Makes a call.
pub(super) async fn send(
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
) -> Result<Reply, Error<Infallible>> {
    let (timeout, request, kept) = prepare(draft, &client, spec)?;
    let reply = async {
        let answer = client.shared.send(request).await?;
        receive(&client, answer, kept).await
    };
    limited(timeout, reply).await
}

/// Makes a call and leaves the body of a success to be read, for which no limit of time is set any more. What is no
/// success is received in full.
pub(super) async fn open(
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
) -> Result<Result<http::Response<Body>, Reply>, Error<Infallible>> {
    let (timeout, mut request, kept) = prepare(draft, &client, spec)?;
    request.extensions_mut().insert(LeftOpen);
    let reply = async {
        let mut answer = client.shared.send(request).await?;
        match answer.status().is_success() {
            true => {
                *answer.extensions_mut() = kept.values;
                Ok(Ok(answer))
            }
            false => receive(&client, answer, kept).await.map(Err),
        }
    };
    limited(timeout, reply).await
}

/// How long the call may take, the request, and what is kept of it.
fn prepare(
    mut draft: Draft,
    client: &Client,
    spec: &'static OperationSpec,
) -> Result<(Option<Duration>, http::Request<Body>, Kept), Error<Infallible>> {
    let timeout = draft.timeout.or(client.shared.timeout);
    let mut kept = std::mem::take(&mut draft.kept);
    let mut request = draft.into_request(client, spec).map_err(Error::Request)?;
    if let Some(deadline) = timeout.and_then(|timeout| clock::now().checked_add(timeout)) {
        request.extensions_mut().insert(Deadline(deadline));
    }
    if let Some(keeper) = kept.keeper {
        (keeper.of_request)(&request, &mut kept.values);
    }
    Ok((timeout, request, kept))
}

async fn limited<T>(
    timeout: Option<Duration>,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, Error<Infallible>> {
    match clock::within(timeout, work).await {
        Some(Ok(done)) => Ok(done),
        Some(Err(error)) if error.is_timeout() => Err(Error::Timeout),
        Some(Err(error)) if error.is_credentials() => Err(Error::Credentials(error)),
        Some(Err(error)) => Err(Error::Transport(error)),
        None => Err(Error::Timeout),
    }
}

/// Receives the body of an answer, as far as the client buffers.
async fn receive(
    client: &Client,
    answer: http::Response<Body>,
    mut kept: Kept,
) -> Result<Reply, TransportError> {
    let (head, body) = answer.into_parts();
    let limit = if head.status.is_success() {
        client.shared.body_limit
    } else {
        ERROR_BODY_LIMIT
    };
    let (body, is_cut) = body.collect_up_to(limit).await?;
    if let Some(keeper) = kept.keeper {
        (keeper.of_answer)(&body, &mut kept.values);
    }
    Ok(Reply {
        status: head.status,
        headers: head.headers,
        body,
        is_cut,
        kept: kept.values,
    })
}
