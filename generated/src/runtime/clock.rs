//! Time, as tokio tells it, so that tests can turn its clock.

use std::pin::Pin;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::time::{self, Sleep};

/// Now, by the clock that [`sleep`] goes by.
pub(super) fn now() -> Instant {
    time::Instant::now().into_std()
}

/// Waits; `None` outside of tokio, where nobody would wake the call.
pub(super) fn sleep(duration: Duration) -> Option<Pin<Box<Sleep>>> {
    Handle::try_current().ok()?;
    Some(Box::pin(time::sleep(duration)))
}

/// What the future yields, or `None` if it takes longer than the limit. Outside of tokio nothing is measured.
pub(super) async fn within<F: Future>(limit: Option<Duration>, future: F) -> Option<F::Output> {
    match limit {
        Some(limit) if Handle::try_current().is_ok() => time::timeout(limit, future).await.ok(),
        _ => Some(future.await),
    }
}
