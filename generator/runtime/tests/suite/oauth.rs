//! The grants of OAuth 2 against a token server that is a function. The clock is turned, nobody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use secrecy::ExposeSecret as _;

use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::oauth::{ClientCredentials, Endpoints, Password, Scope};
use crate::emitted::runtime::transport::{Transport, TransportError, TransportFuture};

pub const READ: Scope = Scope::new("mail:read");
const SEND: Scope = Scope::new("mail:send");
pub const LOGIN: Endpoints = Endpoints::new("https://login.example.com/token", None);

/// What was asked of a server: method and URL, the header `Authorization`, the body.
pub type Asked = (String, Option<String>, String);

/// What a URL answers to a request of this number.
pub type Answer = fn(&str, usize) -> (u16, String);

/// A server that answers by URL and number of the request, and notes what it was asked.
#[derive(Clone)]
pub struct Servers {
    answer: Answer,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Servers {
    pub fn new(answer: Answer) -> Self {
        Servers {
            answer,
            asked: Arc::default(),
        }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The bodies of the requests to token servers.
    pub fn forms(&self) -> Vec<String> {
        let asked = self.asked();
        let asked = asked
            .into_iter()
            .filter(|asked| asked.0.starts_with("POST"));
        asked.map(|asked| asked.2).collect()
    }
}

impl Transport for Servers {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let (head, body) = request.into_parts();
        let mut asked = self.asked.lock().unwrap();
        let url = head.uri.to_string();
        let same = asked.iter().filter(|asked| asked.0.ends_with(&url)).count();
        let authorization = head.headers.get("authorization");
        asked.push((
            format!("{} {url}", head.method),
            authorization.map(|value| value.to_str().unwrap().to_owned()),
            String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap(),
        ));
        let (status, body) = (self.answer)(&url, same);
        Box::pin(async move {
            if status == 0 {
                return Err(TransportError::new("the connection broke"));
            }
            Ok(Response::builder()
                .status(status)
                .body(Body::from(body))
                .unwrap())
        })
    }
}

/// The value of a parameter of a query or a form, as it is spelled.
pub fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let pairs = text
        .split(['?', '&'])
        .filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .next()
        .unwrap()
}

pub fn token(name: &str, rest: &str) -> (u16, String) {
    let body = format!(r#"{{"access_token":"{name}","token_type":"Bearer"{rest}}}"#);
    (200, body)
}

pub fn refused(code: &str) -> (u16, String) {
    (400, format!(r#"{{"error":"{code}"}}"#))
}

#[tokio::test(start_paused = true)]
async fn a_program_buys_tokens_by_the_transport_of_the_client_and_anew_when_they_expire() {
    let servers = Servers::new(|url, n| match url {
        "https://login.example.com/token" => token(&format!("t{n}"), r#","expires_in":"3600""#),
        _ => (200, String::new()),
    });
    let source = ClientCredentials(LOGIN).source("my app", "s:cr/t%");
    let source = source.scopes([READ, SEND]).parameter("audience", "mail");
    let client = Client::builder().bearer(source).transport(servers.clone());
    let client = client.build().unwrap();
    client.ping().await.unwrap();
    client.ping().await.unwrap();
    tokio::time::advance(Duration::from_secs(3580)).await;
    client.ping().await.unwrap();
    let asked = servers.asked();
    let used: Vec<_> = asked.iter().map(|asked| asked.1.clone().unwrap()).collect();
    // The name and the secret are encoded as in a form before they are one text.
    let basic = "Basic bXklMjBhcHA6cyUzQWNyJTJGdCUyNQ==";
    assert_eq!(used, [basic, "Bearer t0", "Bearer t0", basic, "Bearer t1"]);
    assert_eq!(
        asked[0].2,
        "grant_type=client_credentials&scope=mail%3Aread%20mail%3Asend&audience=mail"
    );
}

#[tokio::test(start_paused = true)]
async fn a_secret_goes_into_the_body_if_asked_and_relative_urls_are_those_of_the_server() {
    let servers = Servers::new(|url, _| match url {
        "https://api.example.com/v1/token" => token("t", ""),
        _ => (200, String::new()),
    });
    let source = Password(Endpoints::new("./x/../token", None)).source("app", "u", "p");
    let source = source.client_secret("s").secret_in_body();
    let client = Client::builder().base_url("https://api.example.com/v1/");
    let client = client.bearer(source).transport(servers.clone());
    client.build().unwrap().ping().await.unwrap();
    assert_eq!(
        servers.forms(),
        ["grant_type=password&username=u&password=p&client_id=app&client_secret=s"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_by_the_refresh_token_which_may_change() {
    let servers = Servers::new(|url, n| match url {
        "https://login.example.com/token" => match n {
            0 => token("t0", r#","refresh_token":"r0""#),
            1 => token("t1", r#","refresh_token":"r1""#),
            2 => token("t2", ""),
            3 => refused("invalid_grant"),
            _ => token("t3", ""),
        },
        _ => (401, String::new()),
    });
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = kept.clone();
    let source = ClientCredentials(LOGIN)
        .source("app", "s")
        .on_token(move |token| {
            let refresh = token
                .refresh()
                .map(|token| token.expose_secret().to_owned());
            keep.lock().unwrap().push(refresh);
        });
    let client = Client::builder().bearer(source).transport(servers.clone());
    let client = client.build().unwrap();
    for _ in 0..3 {
        client.ping().await.unwrap_err();
    }
    let forms = servers.forms();
    let grant = "grant_type=client_credentials";
    assert_eq!(forms[0], grant);
    assert_eq!(forms[1], "grant_type=refresh_token&refresh_token=r0");
    assert_eq!(forms[2], "grant_type=refresh_token&refresh_token=r1");
    // The old one is still good if no new one is given. Once it is not, the program asks in its own name.
    assert_eq!(forms[3], "grant_type=refresh_token&refresh_token=r1");
    assert_eq!(forms[4], grant);
    let kept = kept.lock().unwrap();
    let kept: Vec<_> = kept.iter().map(Option::as_deref).collect();
    assert_eq!(kept, [Some("r0"), Some("r1"), Some("r1"), None]);
}

#[tokio::test(start_paused = true)]
async fn what_a_token_server_refuses_is_told_without_the_secrets_that_it_quotes() {
    let refusals: [(Answer, &str); 5] = [
        (
            |_, _| {
                (
                    401,
                    r#"{"error":"invalid_client","error_description":"unknown app"}"#.into(),
                )
            },
            "invalid_client: unknown app",
        ),
        (
            |_, _| {
                (
                    400,
                    r#"{"error":"invalid_client","error_description":"not hunter2"}"#.into(),
                )
            },
            "invalid_client",
        ),
        (
            |_, _| (400, r#"{"error":"hunter2"}"#.into()),
            "an unknown error",
        ),
        (
            |_, _| (502, "hunter2".into()),
            "the token server answered 502, without what is expected of it",
        ),
        (
            |_, _| {
                (
                    200,
                    r#"{"access_token":"hunter2","token_type":"mac"}"#.into(),
                )
            },
            "of the type `mac`",
        ),
    ];
    for (answer, expected) in refusals {
        let servers = Servers::new(answer);
        let source = ClientCredentials(LOGIN).source("app", "hunter2");
        let client = Client::builder().bearer(source).transport(servers.clone());
        let client = client.build().unwrap();
        let error = client
            .make_item("g", &crate::client::item())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Credentials(_)), "{error:?}");
        let told = chain(&error);
        assert!(told.contains(expected), "{told}");
        assert!(
            !told.contains("hunter2") && !format!("{error:?}").contains("hunter2"),
            "{error:?}"
        );
        assert_eq!(servers.asked().len(), 1);
    }
}

/// An error with all that lies behind it.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        told = format!("{told}: {error}");
        next = error.source();
    }
    told
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_share_the_failure_of_the_token_server() {
    let servers = Servers::new(|_, _| (503, String::new()));
    let source = ClientCredentials(LOGIN).source("app", "s");
    let client = Client::builder().bearer(source).transport(servers.clone());
    let client = client.build().unwrap();
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.ping().await.unwrap_err() })
    });
    for call in calls.collect::<Vec<_>>() {
        let error = call.await.unwrap();
        assert!(matches!(error, Error::Credentials(_)), "{error}");
    }
    assert_eq!(servers.asked().len(), 1);
    client.ping().await.unwrap_err();
    assert_eq!(servers.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_does_not_take_the_token_of_others_with_it() {
    let fetched = Arc::new(Mutex::new(0));
    let count = fetched.clone();
    let transport = move |request: Request<Body>| {
        let count = count.clone();
        async move {
            if request.uri().host() == Some("login.example.com") {
                *count.lock().unwrap() += 1;
                tokio::time::sleep(Duration::from_secs(5)).await;
                let (_, body) = token("t", r#","refresh_token":"r""#);
                return Ok(Response::new(Body::from(body)));
            }
            Ok(Response::new(Body::empty()))
        }
    };
    let source = ClientCredentials(LOGIN).source("app", "s");
    let client = Client::builder().bearer(source).transport(transport);
    let client = client.build().unwrap();
    let hasty = client.ping().timeout(Duration::from_secs(1));
    assert!(matches!(hasty.await.unwrap_err(), Error::Timeout));
    client.ping().await.unwrap();
    assert_eq!(*fetched.lock().unwrap(), 1);
}
