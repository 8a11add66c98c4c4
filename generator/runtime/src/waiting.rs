//! Listings and streams of answers read by blocking the thread.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::blocking::runtime;
use super::error::Error;

/// Lets a `for` loop go over what is a stream: pages, items, events.
///
/// ```text
/// use my_api::runtime::waiting::Wait as _;
///
/// for item in client.list_items().items().wait() {
///     println!("{}", item?.name);
/// }
/// ```
pub trait Wait: Stream + Sized {
    /// Blocks the thread for each of them until it is there. The first is an error if the thread is one of tokio, which
    /// must not block. The position of a listing is at hand in [`Waiting::stream`].
    fn wait(self) -> Waiting<Self>;
}

impl<S, T, E> Wait for S
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    fn wait(self) -> Waiting<Self> {
        Waiting {
            stream: self,
            is_over: false,
        }
    }
}

/// What is in a stream, one after the other. Nothing is sent before the first is asked for, and dropping it ends the call.
#[derive(Debug)]
#[must_use = "nothing is sent until the first is asked for"]
pub struct Waiting<S> {
    stream: S,
    is_over: bool,
}

impl<S> Waiting<S> {
    /// The stream itself, as far as it has been read.
    pub fn stream(&self) -> &S {
        &self.stream
    }
}

impl<S, T, E> Iterator for Waiting<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match runtime() {
            Ok(runtime) => {
                let stream = &mut self.stream;
                runtime.block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(Error::Request(error)))
            }
        }
    }
}
