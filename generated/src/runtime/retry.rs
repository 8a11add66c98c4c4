//! Trying again what may be tried again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, Request, Response, StatusCode};

use super::body::Body;
use super::clock;
use super::layer::{Layer, Next};
use super::limits::Deadline;
use super::random::Random;
use super::transport::{TransportError, TransportFuture};

/// How often a call is tried again, and after which time.
///
/// Tried again are calls that no server received, and calls that a server answered with 408, 429, 502, 503 or 504 or
/// whose connection broke, if it does no harm to make them twice: those of `GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT`,
/// `DELETE` and `QUERY`, and those with an idempotency key. A call whose body is a stream is not tried again.
///
/// The waiting time is random, between nothing and a limit that doubles with each try (exponential backoff with full
/// jitter). A `Retry-After` of the server is obeyed if it is not longer than [`patience`](Self::patience).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    retries: u32,
    first_delay: Duration,
    longest_delay: Duration,
    patience: Duration,
}

impl RetryPolicy {
    /// Nothing is tried again.
    pub fn none() -> Self {
        RetryPolicy::default().retries(0)
    }

    /// How often a call is tried again after it was tried first. 2 unless set.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The limit of the waiting time before the second try. 500 milliseconds unless set.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// What the limit of the waiting time grows to at the most. 8 seconds unless set.
    #[must_use]
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; where a server asks for more, its answer is given to the caller at
    /// once. 60 seconds unless set.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How long to wait before the next try; `None` if there is to be none.
    fn delay(&self, retries: u32, answer: &Answer, random: &Random) -> Option<Duration> {
        let asked = match answer {
            Ok(answer) => retry_after(answer.headers()),
            Err(_) => None,
        };
        match asked {
            Some(asked) => (asked <= self.patience).then_some(asked),
            None => {
                let doubled = self.first_delay.saturating_mul(1 << retries.min(16));
                Some(doubled.min(self.longest_delay).mul_f64(random.fraction()))
            }
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy {
            retries: 2,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(8),
            patience: Duration::from_secs(60),
        }
    }
}

type Answer = Result<Response<Body>, TransportError>;

/// The layer that tries again.
pub(super) struct Retry {
    policy: RetryPolicy,
    budget: Budget,
    random: Random,
}

impl Retry {
    pub(super) fn new(policy: RetryPolicy) -> Self {
        Retry {
            policy,
            budget: Budget(AtomicU32::new(Budget::FULL)),
            random: Random::default(),
        }
    }

    async fn try_often(&self, mut request: Request<Body>, next: Next<'_>) -> Answer {
        let policy = request.extensions().get::<RetryPolicy>().cloned();
        let policy = policy.unwrap_or_else(|| self.policy.clone());
        let deadline = request.extensions().get::<Deadline>().copied();
        let is_harmless = is_harmless_twice(&request);
        let mut retries = 0;
        loop {
            let again = if retries < policy.retries {
                copy(&request)
            } else {
                None
            };
            let answer = next.send(request).await;
            let Some(again) = again.filter(|_| should_retry(&answer, is_harmless)) else {
                if !should_retry(&answer, true) {
                    self.budget.refill();
                }
                return answer;
            };
            let delay = policy.delay(retries, &answer, &self.random);
            let delay = delay.filter(|delay| deadline.is_none_or(|d| *delay < d.remaining()));
            let Some(sleep) = delay.and_then(clock::sleep) else {
                return answer;
            };
            if !self.budget.spend() {
                return answer;
            }
            // Dropped before the wait, so that the connection is not kept for nothing.
            drop(answer);
            sleep.await;
            request = again;
            retries += 1;
        }
    }
}

impl Layer for Retry {
    fn call<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        Box::pin(self.try_often(request, next))
    }
}

/// How many retries a client may make: a server that is down is not brought up by asking three times as often. Each
/// retry costs one, each call that needs none earns a tenth.
struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 1000;
    const RETRY: u32 = 10;

    fn spend(&self) -> bool {
        let less = |tenths: u32| tenths.checked_sub(Self::RETRY);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .is_ok()
    }

    fn refill(&self) {
        let more = |tenths: u32| (tenths < Self::FULL).then_some(tenths + 1);
        // It is full if it cannot be updated.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

/// Marks a request whose idempotency key makes it harmless to send twice: an extension of it.
#[derive(Clone, Copy)]
pub(super) struct Idempotent;

fn is_harmless_twice(request: &Request<Body>) -> bool {
    let method = request.method();
    method.is_idempotent()
        || method.as_str() == "QUERY"
        || request.extensions().get::<Idempotent>().is_some()
        || request.headers().contains_key("idempotency-key")
}

fn should_retry(answer: &Answer, is_harmless: bool) -> bool {
    match answer {
        Ok(answer) => is_harmless && is_passing(answer.status()),
        Err(error) if error.is_connect() => true,
        Err(error) => is_harmless && !error.is_credentials(),
    }
}

/// Whether a status says that it may be better in a moment.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// The same request once more, unless its body can be sent only once.
pub(super) fn copy(request: &Request<Body>) -> Option<Request<Body>> {
    let mut copy = Request::new(request.body().try_clone()?);
    *copy.method_mut() = Method::clone(request.method());
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

/// How long the server asks to wait, in seconds or until a date (RFC 9110, section 10.2.3). A date in the past asks for
/// nothing: more often than not one of the clocks is wrong, and a server that wants time is not to be asked at once.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    date.duration_since(SystemTime::now()).ok()
}
