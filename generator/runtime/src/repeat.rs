//! Requests that are made several times: for the next page, or for the rest of a stream.

use super::draft::Draft;

/// The same request once more.
pub(super) fn again(draft: &Draft) -> Draft {
    let mut copy = Draft {
        path: draft.path.clone(),
        query: draft.query.clone(),
        headers: draft.headers.clone(),
        cookies: draft.cookies.clone(),
        media_type: draft.media_type.clone(),
        body: draft.body.as_ref().and_then(|body| body.try_clone()),
        timeout: draft.timeout,
        retry: draft.retry.clone(),
        base_url: draft.base_url.clone(),
        servers: draft.servers,
        idempotency_header: draft.idempotency_header,
        path_is_secret: draft.path_is_secret,
        error: draft.error.clone(),
        kept: draft.kept.clone(),
        edit_url: None,
    };
    if copy.body.is_none() && draft.body.is_some() {
        copy.fail("the body", "it is a stream, which can be sent once");
    }
    copy
}
