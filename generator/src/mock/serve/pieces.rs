//! A body that is sent bit by bit.

use futures_core::Stream;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// The pieces that are left, with a pause before each but the first.
pub(super) struct Pieces {
    left: VecDeque<Vec<u8>>,
    pause: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    /// Cuts a body where pieces end.
    pub(super) fn new(body: &[u8], ends: &[usize], pause: Duration) -> Self {
        let starts = [0].into_iter().chain(ends.iter().copied());
        let left = starts
            .zip(ends)
            .filter_map(|(start, end)| body.get(start..*end))
            .map(<[u8]>::to_vec)
            .collect();
        Pieces {
            left,
            pause,
            waiting: None,
        }
    }
}

impl Stream for Pieces {
    type Item = Result<Vec<u8>, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(waiting) = &mut self.waiting {
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.waiting = None;
        }
        let piece = self.left.pop_front();
        if !self.left.is_empty() {
            self.waiting = Some(Box::pin(sleep(self.pause)));
        }
        Poll::Ready(piece.map(Ok))
    }
}
