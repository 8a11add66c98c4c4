//! Secrets in bodies of XML, in answers of several parts, along links, in what is compressed, and in challenges of schemes
//! that no client answers: they are on the wire, and in no error, log line, span or `Debug`.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "what was sent is looked at elsewhere")]
#[path = "wire/socket.rs"]
mod socket;

use golden::security_secrets_everywhere as api;

use api::runtime::file_part::FilePart;
use api::runtime::testing::{Answer, Script};
use api::types::{Account, UploadRequest};
use api::{Client, ClientBuilder, Error, RetryPolicy};
use socket::Listener;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// In each credential and in each secret of the answers.
const SECRET: &str = "zq7-leak";

/// All that was shown of what happened.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn debug(&mut self, value: &dyn Debug) {
        let _ = write!(self.0, "{value:?} {value:#?} ");
    }

    fn error<E: std::error::Error + 'static>(&mut self, error: &E) {
        let mut next: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = next {
            let _ = write!(self.0, "{error} {error:?} {error:#?} ");
            next = error.source();
        }
    }
}

/// Keeps what spans and events say.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl Subscriber for Kept {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut Fields(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap()));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What was logged by way of the crate `log`.
struct Lines;

static LINES: Mutex<String> = Mutex::new(String::new());

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        let _ = writeln!(
            LINES.lock().unwrap(),
            "{} {}",
            record.target(),
            record.args()
        );
    }
    fn flush(&self) {}
}

fn builder() -> ClientBuilder {
    Client::builder()
        .token(SECRET)
        .header_(SECRET)
        .query(SECRET)
        .cookie(SECRET)
        .retry(RetryPolicy::none())
        .compress_requests(1)
        .tracing()
}

fn account() -> Account {
    let mut account = Account::new(1, format!("token-{SECRET}"));
    account.code = Some(format!("code-{SECRET}").into());
    account.kept = Some(vec![SECRET.into()]);
    account
}

fn whole(status: &str, head: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{head}content-length: {length}\r\n\r\n{body}")
}

/// Answers of XML that cannot be read, of each kind, with secrets in them wherever a value can stand.
fn broken() -> Vec<String> {
    [
        "<account id='1' code='S'><token>S</token>",
        "<account id='S'><token>S</token></account>",
        "<account code='S'><kept>S</kept></account>",
        "<account id='1'><token>S</token></wrong>",
        "<account id='1'><token>&S;</token></account>",
        "<account id='1'><token>&#xS;</token></account>",
        "<account id='1' id='S'><token>S</token></account>",
        "<account id=S><token>S</token></account>",
        "<account id='1' code='&S;'><token>S</token></account>",
        "<!DOCTYPE a [<!ENTITY b \"S\">]><account/>",
        "<!-- S",
        "<![CDATA[S",
        "S",
        "{\"token\":\"S\"}",
        "<account id='1'><token>S</token></account>S",
        "<?xml version='1.0' encoding='S'?><account/>",
    ]
    .map(|text| text.replace('S', SECRET))
    .to_vec()
}

/// XML that is sent, compressed, and answered in every wrong way.
async fn bodies_of_xml(shown: &mut Shown) {
    for body in broken() {
        for (status, media_type) in [
            ("200 OK", "application/xml"),
            ("400 Bad Request", "application/problem+xml"),
            ("500 Oh No", "application/xml"),
        ] {
            let head = format!("content-type: {media_type}\r\nset-cookie: a={SECRET}\r\n");
            let server = Listener::answering(&whole(status, &head, &body));
            let client = builder().base_url(server.url()).build().unwrap();
            let call = client.add_account(account());
            shown.debug(&call);
            let error = call.await.unwrap_err();
            assert!(!matches!(error, Error::Transport(_)), "{error:?}");
            shown.error(&error);
        }
    }
    // What XML cannot say is an error before anything is sent.
    let client = builder().build().unwrap();
    let call = client.add_account(Account::new(1, format!("\u{0}{SECRET}")));
    shown.error(&call.await.unwrap_err());
}

/// What is read, printed, and where its links lead to.
async fn links(shown: &mut Shown) {
    let body = format!("<account id='1' code='{SECRET}'><token>{SECRET}</token></account>");
    let head = format!("content-type: application/xml\r\nx-next: {SECRET}\r\n");
    let server = Listener::answering(&whole("200 OK", &head, &body));
    let client = builder().base_url(server.url()).build().unwrap();
    let added = client.add_account(account()).await.unwrap();
    shown.debug(&added);
    shown.debug(&*added);
    // It is XML, in which a link finds nothing.
    shown.error(&added.follow_own(&client).unwrap_err());
    shown.error(&added.follow_next(&client).unwrap_err());

    let body = format!(r#"{{"id":1,"code":"{SECRET}","token":"{SECRET}"}}"#);
    let server = Script::new()
        .answer(Answer::json(200, body))
        .answer(Answer::broken())
        .otherwise(|_| Answer::new(503));
    let client = builder().transport(server.clone()).build().unwrap();
    let added = client.add_account(account()).await.unwrap();
    for _ in 0..2 {
        let own = added.follow_own(&client).unwrap();
        shown.debug(&own);
        shown.error(&own.await.unwrap_err());
    }
    assert!(server.sent().last().unwrap().url().contains(SECRET));
    shown.debug(&server);
}

/// Parts of an answer: good ones, and one that is not as documented.
async fn parts(shown: &mut Shown) {
    let part = |body: &str| {
        format!("--x\r\nx-secret: {SECRET}\r\ncontent-type: application/json\r\n\r\n{body}\r\n")
    };
    let good = part(&format!(r#"{{"id":1,"token":"{SECRET}"}}"#));
    for (media_type, bad) in [
        (
            "multipart/mixed; boundary=x",
            format!(r#"{{"id":"{SECRET}"}}"#),
        ),
        (
            "multipart/mixed; boundary=x",
            format!(r#"{{"id":1,"token":["{SECRET}"]}}"#),
        ),
        ("multipart/mixed; boundary=x", SECRET.to_owned()),
        ("multipart/mixed", SECRET.to_owned()),
    ] {
        let body = format!("{good}{}--x--\r\n", part(&bad));
        let head = format!("content-type: {media_type}\r\n");
        let server = Listener::answering(&whole("200 OK", &head, &body));
        let client = builder().base_url(server.url()).build().unwrap();
        let mut events = client.read_batch().events();
        shown.debug(&events);
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => shown.debug(&event),
                Err(error) => shown.error(&error),
            }
        }
        shown.debug(&events);
    }
}

/// Parts of a request, and challenges of schemes that the client does not answer.
async fn challenges(shown: &mut Shown) {
    for scheme in ["Digest", "Negotiate", "Unheard"] {
        let head = format!("www-authenticate: {scheme} realm=\"{SECRET}\", nonce=\"{SECRET}\"\r\n");
        let server = Listener::answering(&whole("401 Unauthorized", &head, SECRET));
        let client = builder().base_url(server.url()).build().unwrap();
        let file = FilePart::new(SECRET).file_name("a.txt");
        let mut body = UploadRequest::new(SECRET);
        body.file = Some(file);
        shown.debug(&body);
        let call = client
            .upload(body)
            .part_header("secret", "X-Secret", SECRET);
        shown.debug(&call);
        shown.error(&call.await.unwrap_err());
        let call = client.upload(UploadRequest::new(SECRET));
        let call = call.part_header("secret", "X-Secret", &format!("{SECRET}\n"));
        shown.error(&call.await.unwrap_err());
    }
}

#[tokio::test]
async fn nothing_tells_a_secret() {
    let _ = log::set_logger(&Lines);
    log::set_max_level(log::LevelFilter::Trace);
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(kept.clone());
    let mut shown = Shown::default();
    shown.debug(&builder());
    shown.debug(&builder().build().unwrap());
    bodies_of_xml(&mut shown).await;
    links(&mut shown).await;
    parts(&mut shown).await;
    challenges(&mut shown).await;
    drop(guard);
    let spans = kept.0.lock().unwrap().clone();
    let lines = LINES.lock().unwrap().clone();
    for (what, text) in [("errors", shown.0), ("spans", spans), ("log", lines)] {
        assert!(text.len() > 1000, "there are no {what}: {text}");
        let place = text.find(SECRET).map(|at| {
            let text = text.get(at.saturating_sub(200)..).unwrap_or(&text);
            text.chars().take(300).collect::<String>()
        });
        assert_eq!(place, None, "in {what}");
    }
}
