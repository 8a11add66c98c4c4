//! What stands between a call and its transport: retries, time limits, tokens and the layers of users. The clock is
//! turned, nobody waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::{HeaderValue, Request, Response};
use tokio::time::Instant;

use crate::client::{item, item_json};
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::{Client, ClientBuilder};
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::layer::{Layer, Next};
use crate::emitted::runtime::retry::RetryPolicy;
use crate::emitted::runtime::token::Token;
use crate::emitted::runtime::transport::{Timeout, TransportError, TransportFuture};

/// An answer of the script.
type Scripted = Result<Response<Body>, TransportError>;

/// What was sent, and when.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Try>>>);

/// When a request was sent, and the request.
type Try = (Duration, Request<Body>);

impl Log {
    fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
    /// The time between the first try and the second.
    fn wait(&self) -> Duration {
        let log = self.0.lock().unwrap();
        log[1].0 - log[0].0
    }
    fn header(&self, index: usize, name: &str) -> Option<String> {
        let log = self.0.lock().unwrap();
        let value = log[index].1.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    }
}

/// A builder of which each try is answered by the script, given its number.
fn scripted(script: impl Fn(usize) -> Scripted + Send + Sync + 'static) -> (ClientBuilder, Log) {
    let log = Log::default();
    let kept = log.clone();
    let start = Instant::now();
    let builder = Client::builder().transport(move |request: Request<Body>| {
        let mut log = kept.0.lock().unwrap();
        let answer = script(log.len());
        log.push((start.elapsed(), request));
        async move { answer }
    });
    (builder, log)
}

fn status(status: u16) -> Scripted {
    Ok(Response::builder()
        .status(status)
        .body(Body::empty())
        .unwrap())
}

fn with_retry_after(code: u16, value: &str) -> Scripted {
    status(code).map(|mut answer| {
        let value = HeaderValue::from_str(value).unwrap();
        answer.headers_mut().insert("retry-after", value);
        answer
    })
}

fn reset() -> Scripted {
    Err(TransportError::new("the connection broke"))
}

#[tokio::test(start_paused = true)]
async fn a_call_that_may_be_made_twice_is_tried_again() {
    for first in [429, 502, 503, 504, 408] {
        let (builder, log) = scripted(move |n| status(if n == 0 { first } else { 200 }));
        builder.build().unwrap().ping().await.unwrap();
        assert_eq!(log.len(), 2, "{first}");
    }
    let (builder, log) = scripted(|n| if n < 2 { reset() } else { status(200) });
    builder.build().unwrap().ping().await.unwrap();
    assert_eq!(log.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_will_not_get_better_is_not_tried_again() {
    for code in [400, 401, 404, 409, 500, 501] {
        let (builder, log) = scripted(move |_| status(code));
        builder.build().unwrap().ping().await.unwrap_err();
        assert_eq!(log.len(), 1, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_tried_again_only_if_no_server_had_it_or_a_key_tells_the_tries_apart() {
    let (builder, log) = scripted(|_| status(503));
    let client = builder.bearer("t").build().unwrap();
    client.make_item("g", &item()).await.unwrap_err();
    assert_eq!(log.len(), 1);

    let call = client.make_item("g", &item());
    call.header("Idempotency-Key", "k-1").await.unwrap_err();
    assert_eq!(log.len(), 4);
    for index in 1..4 {
        assert_eq!(log.header(index, "idempotency-key").unwrap(), "k-1");
    }

    let (builder, log) = scripted(|n| match n {
        0 => Err(TransportError::connect("no connection")),
        _ => Ok(Response::builder()
            .status(201)
            .body(Body::from(item_json()))
            .unwrap()),
    });
    let client = builder.bearer("t").build().unwrap();
    client.make_item("g", &item()).await.unwrap();
    assert_eq!(log.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_declared_idempotency_key_is_made_up_once_for_all_tries() {
    let (builder, log) = scripted(|n| match n {
        0 => status(503),
        _ => Ok(Response::builder()
            .status(201)
            .body(Body::from(item_json()))
            .unwrap()),
    });
    let client = builder.bearer("t").build().unwrap();
    let call = || {
        client
            .make_item("g", &item())
            .idempotent("X-Idempotency-Key")
    };
    call().await.unwrap();
    call().await.unwrap();
    let keys: Vec<String> = (0..3)
        .map(|i| log.header(i, "x-idempotency-key").unwrap())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(keys[0].len(), 32);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_in_seconds_and_as_a_date() {
    let (builder, log) = scripted(|n| {
        if n == 0 {
            with_retry_after(503, "7")
        } else {
            status(200)
        }
    });
    builder.build().unwrap().ping().await.unwrap();
    assert_eq!(log.wait(), Duration::from_secs(7));

    let (builder, log) = scripted(|n| match n {
        0 => {
            let date = SystemTime::now() + Duration::from_secs(30);
            with_retry_after(429, &httpdate::fmt_http_date(date))
        }
        _ => status(200),
    });
    builder.build().unwrap().ping().await.unwrap();
    assert!(log.wait() > Duration::from_secs(27), "{:?}", log.wait());
    assert!(log.wait() <= Duration::from_secs(30), "{:?}", log.wait());

    // A date in the past, and what is neither, ask for nothing: the client waits as long as it would otherwise.
    for value in ["Sun, 06 Nov 1994 08:49:37 GMT", "soon", "-1", "1.5"] {
        let policy = RetryPolicy::default().first_delay(Duration::from_secs(40));
        let policy = policy.longest_delay(Duration::from_secs(40));
        let (builder, log) = scripted(|n| match n {
            0..20 => with_retry_after(503, value),
            _ => status(200),
        });
        let client = builder.retry(policy.retries(20)).timeout(None).build();
        client.unwrap().ping().await.unwrap();
        let last = log.0.lock().unwrap()[20].0;
        assert!(last > Duration::from_secs(20), "{value}: {last:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_given_at_once_if_the_server_asks_for_too_much_time() {
    let (builder, log) = scripted(|_| with_retry_after(503, "61"));
    builder.build().unwrap().ping().await.unwrap_err();
    assert_eq!(log.len(), 1);

    let (builder, log) = scripted(|_| with_retry_after(503, "20"));
    let start = Instant::now();
    let client = builder.timeout(Duration::from_secs(10)).build().unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error}");
    assert_eq!((log.len(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn the_client_and_the_call_say_how_often() {
    let (builder, log) = scripted(|_| status(503));
    let client = builder
        .retry(RetryPolicy::default().retries(4))
        .build()
        .unwrap();
    client.ping().await.unwrap_err();
    assert_eq!(log.len(), 5);
    client.ping().retry(RetryPolicy::none()).await.unwrap_err();
    assert_eq!(log.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stays_down_is_not_asked_three_times_as_often() {
    let (builder, log) = scripted(|_| status(503));
    let client = builder.build().unwrap();
    for _ in 0..200 {
        client.ping().await.unwrap_err();
    }
    assert_eq!(log.len(), 200 + 100);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_is_over_all_tries_and_that_of_a_try_no_longer() {
    let (builder, log) = scripted(|_| Err(TransportError::timeout()));
    let client = builder
        .timeout(Duration::from_secs(5))
        .try_timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error}");
    let log = log.0.lock().unwrap();
    for (at, request) in log.iter() {
        let Timeout(given) = *request.extensions().get::<Timeout>().unwrap();
        assert_eq!(
            given,
            Duration::from_secs(2).min(Duration::from_secs(5) - *at)
        );
    }
    assert_eq!(log.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_knows_no_time_is_given_up_on() {
    let client = Client::builder().transport(|_| std::future::pending::<Scripted>());
    let start = Instant::now();
    let error = client.build().unwrap().ping().await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error}");
    assert_eq!(start.elapsed(), Duration::from_secs(60));
}

/// Fetches tokens that are numbered, and takes a second for each.
fn numbered(fetched: Arc<AtomicUsize>, life: Duration) -> impl Fn() -> TokenAnswer {
    move || {
        let fetched = fetched.clone();
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let number = fetched.fetch_add(1, Ordering::SeqCst);
            Ok(Token::new(format!("token-{number}")).expires_in(life))
        })
    }
}

type TokenAnswer = std::pin::Pin<Box<dyn Future<Output = Result<Token, TransportError>> + Send>>;

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_with_an_expired_token_fetch_one() {
    let fetched = Arc::new(AtomicUsize::new(0));
    let (builder, log) = scripted(|_| status(503));
    let builder = builder.retry(RetryPolicy::none());
    let client = builder
        .bearer(numbered(fetched.clone(), Duration::from_secs(600)))
        .build()
        .unwrap();
    let hundred = || async {
        let calls = (0..100).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.make_item("g", &item()).await.unwrap_err() })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap();
        }
    };
    hundred().await;
    assert_eq!((fetched.load(Ordering::SeqCst), log.len()), (1, 100));
    tokio::time::advance(Duration::from_secs(580)).await;
    hundred().await;
    assert_eq!((fetched.load(Ordering::SeqCst), log.len()), (2, 200));
    assert_eq!(log.header(0, "authorization").unwrap(), "Bearer token-0");
    assert_eq!(log.header(199, "authorization").unwrap(), "Bearer token-1");
}

/// A token that is good for a moment is not asked for by each call that waits for it.
#[tokio::test(start_paused = true)]
async fn a_token_of_a_short_life_is_fetched_once_for_all_that_wait_for_it() {
    for (life, later) in [(0, 2), (20, 1)] {
        let fetched = Arc::new(AtomicUsize::new(0));
        let (builder, _) = scripted(|_| status(503));
        let source = numbered(fetched.clone(), Duration::from_secs(life));
        let client = builder.retry(RetryPolicy::none()).bearer(source);
        let client = client.build().unwrap();
        let calls = (0..100).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.make_item("g", &item()).await.unwrap_err() })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap();
        }
        assert_eq!(fetched.load(Ordering::SeqCst), 1);
        client.make_item("g", &item()).await.unwrap_err();
        assert_eq!(fetched.load(Ordering::SeqCst), later, "{life}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_renewed_once_for_all() {
    let fetched = Arc::new(AtomicUsize::new(0));
    let refused = Arc::new(AtomicUsize::new(0));
    let count = refused.clone();
    let builder = Client::builder().transport(move |request: Request<Body>| {
        let is_old = request.headers()["authorization"] == "Bearer token-0";
        count.fetch_add(usize::from(is_old), Ordering::SeqCst);
        async move {
            // So that all of the first tries are under way before the first of them is refused.
            tokio::time::sleep(Duration::from_secs(1)).await;
            match is_old {
                true => status(401),
                false => Ok(Response::builder()
                    .status(201)
                    .body(Body::from(item_json()))
                    .unwrap()),
            }
        }
    });
    let client = builder
        .bearer(numbered(fetched.clone(), Duration::from_secs(600)))
        .build()
        .unwrap();
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.make_item("g", &item()).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(refused.load(Ordering::SeqCst), 100);
    assert_eq!(fetched.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_not_to_be_had_is_an_error_of_its_own() {
    let (builder, log) = scripted(|_| status(200));
    let client = builder
        .bearer(|| async { Err::<Token, _>(TransportError::new("the token server is down")) })
        .build()
        .unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error}");
    assert_eq!(
        error.to_string(),
        "the call was not made: no token was to be had"
    );
    assert_eq!(log.len(), 0);
}

/// Notes which credentials it sees, and adds itself to a header.
struct Stamp(&'static str, Arc<Mutex<Vec<String>>>);

impl Layer for Stamp {
    fn call<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        assert!(!request.headers().contains_key("authorization"));
        request
            .headers_mut()
            .append("x-seen-by", HeaderValue::from_static(self.0));
        self.1.lock().unwrap().push(self.0.to_owned());
        next.send(request)
    }
}

#[tokio::test(start_paused = true)]
async fn layers_stand_before_the_retries_and_between_them_and_see_no_credential() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (builder, log) = scripted(|n| status(if n == 0 { 503 } else { 200 }));
    let client = builder
        .bearer("t")
        .layer_per_try(Stamp("try", seen.clone()))
        .layer(Stamp("call", seen.clone()))
        .build()
        .unwrap();
    client.ping().await.unwrap();
    assert_eq!(seen.lock().unwrap()[..], ["call", "try", "try"]);
    assert_eq!(log.header(1, "x-seen-by").unwrap(), "call");
}
