//! Calls that block the thread instead of being awaited, over the same core.

use std::io::{self, Read};
use std::sync::OnceLock;

use bytes::{Buf as _, Bytes};
use tokio::runtime::{Builder, Handle, Runtime};

use super::body::Body;
use super::error::{Error, RequestError};
use super::operation::Operation;
use super::request::{Outcome, Request};
use super::response::Response;

impl<O: Operation> Request<'_, O> {
    /// Makes the call and blocks the thread until its answer is there.
    ///
    /// # Errors
    ///
    /// As when it is awaited; and if the thread is one of tokio, which must not block.
    pub fn wait(self) -> Outcome<O> {
        runtime()
            .map_err(Error::Request)?
            .block_on(self.into_future())
    }

    /// Makes the call and blocks the thread until the body of a success can be read piece by piece, as [`Request::stream`]
    /// does.
    ///
    /// # Errors
    ///
    /// As when it is awaited; and if the thread is one of tokio, which must not block.
    pub fn wait_stream(self) -> Result<Response<Reader>, Error<O::Error>> {
        let answer = runtime().map_err(Error::Request)?.block_on(self.stream())?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let reader = Reader {
            body: answer.into_inner(),
            piece: Bytes::new(),
        };
        Ok(Response::new(status, headers, reader))
    }
}

/// A body as a reader of the standard library.
#[derive(Debug)]
pub struct Reader {
    body: Body,
    piece: Bytes,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            let runtime = runtime().map_err(io::Error::other)?;
            match runtime
                .block_on(self.body.chunk())
                .map_err(io::Error::other)?
            {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len());
        self.piece
            .copy_to_slice(buffer.get_mut(..length).unwrap_or_default());
        Ok(length)
    }
}

/// Where all blocking calls of the program are driven: by one thread, which keeps connections alive between them.
pub(super) fn runtime() -> Result<&'static Runtime, RequestError> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        let reason = "it would block a thread of tokio; await it instead";
        return Err(RequestError::new("the call", reason));
    }
    let make = || {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(1)
            .thread_name("api-client")
            .enable_all()
            .build()
            .ok()
    };
    let runtime = RUNTIME.get_or_init(make).as_ref();
    runtime.ok_or_else(|| RequestError::new("the call", "no thread can be started for it"))
}
