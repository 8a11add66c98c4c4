//! What goes wrong between a client and a server over real connections, and that no secret is told by it.
//!
//! The clock of tokio is paused: it moves on to the next timer whenever nothing comes from a connection, so nobody waits.
//! Where that would end a call, the client is told of no limit.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use secrecy::ExposeSecret as _;
use tokio::io::AsyncWriteExt as _;
use tokio::time::Instant;

use crate::client::{item, item_json};
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::oauth::{ClientCredentials, Endpoints};
use crate::emitted::runtime::reqwest::Reqwest;
use crate::emitted::runtime::retry::RetryPolicy;
use crate::emitted::types::Login;
use crate::fault_server::{SECRET, Shown, answering, builder, client, head, reset, serve};
use crate::observed::Kept;

async fn reset_in_the_head() -> Shown {
    let url = serve(|mut stream, number, _| async move {
        match number {
            0..3 => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nx-a: ").await.unwrap();
                reset(stream);
            }
            _ => stream
                .write_all(head("200 OK", "").as_bytes())
                .await
                .unwrap(),
        }
    });
    let client = client(&url.await);
    let error = client.ping().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    // Three tries have failed; the fourth connection is answered.
    client.ping().await.unwrap();
    Shown::default().error(&error).client(&client)
}

async fn reset_in_the_body() -> Shown {
    let url = serve(|mut stream, _, _| async move {
        let begin = head("201 Created", "content-length: 1000\r\n") + "{";
        stream.write_all(begin.as_bytes()).await.unwrap();
        // So that the client is in the body when it ends.
        tokio::time::sleep(Duration::from_secs(1)).await;
        reset(stream);
    });
    let client = client(&url.await);
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    Shown::default().error(&error).client(&client)
}

async fn slow_loris() -> Shown {
    let url = serve(|mut stream, _, _| async move {
        let endless = head("201 Created", "") + &" ".repeat(10_000);
        for byte in endless.bytes() {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if stream.write_all(&[byte]).await.is_err() {
                return;
            }
        }
    });
    let start = Instant::now();
    let client = builder(&url.await)
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
    assert!(
        start.elapsed() < Duration::from_secs(32),
        "{:?}",
        start.elapsed()
    );
    Shown::default().error(&error).client(&client)
}

async fn stalled_stream() -> Shown {
    let url = serve(|mut stream, _, _| async move {
        let begin = head("200 OK", "content-length: 5\r\n") + "abc";
        stream.write_all(begin.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(3600)).await;
    });
    let client = builder(&url.await)
        .stall_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let mut answer = client.ping().stream().await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    let start = Instant::now();
    let error = answer.chunk().await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 20);
    Shown::default().error(&error).client(&client)
}

async fn asked_to_wait() -> Shown {
    let mut shown = Shown::default();
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(40));
    for (status, asked, least, most) in [
        ("429 Too Many Requests", "7".to_owned(), 7, 8),
        ("503 Service Unavailable", "9".to_owned(), 9, 10),
        ("429 Too Many Requests", date.clone(), 20, 41),
        ("503 Service Unavailable", date, 20, 41),
    ] {
        let asked = head(status, &format!("retry-after: {asked}\r\n"));
        let (url, received) = answering(vec![asked.clone(), head("200 OK", ""), asked]).await;
        let client = client(&url);
        let start = Instant::now();
        client.ping().await.unwrap();
        let waited = start.elapsed().as_secs();
        assert!((least..=most).contains(&waited), "{status} {waited}");
        assert_eq!(received.lock().unwrap().len(), 2);
        let call = client.make_item("g", &item()).retry(RetryPolicy::none());
        shown = shown.error(&call.await.unwrap_err()).client(&client);
    }
    shown
}

async fn truncated_chunks() -> Shown {
    let (url, _) = answering(vec![
        head("201 Created", "transfer-encoding: chunked\r\n") + "40\r\n{\"name\"",
    ])
    .await;
    let client = client(&url);
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    Shown::default().error(&error).client(&client)
}

async fn wrong_content_type() -> Shown {
    let page = format!("<p>{SECRET}</p>");
    let (url, _) = answering(vec![
        head("201 Created", "content-type: text/html; a=b\r\n") + &page,
    ])
    .await;
    let client = client(&url);
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(
        error
            .to_string()
            .ends_with("expected JSON, found text/html"),
        "{error}"
    );
    Shown::default().error(&error).client(&client)
}

/// The default transport does not ask for compression and expands none; whatever a transport expands is limited as it
/// arrives.
async fn too_much() -> Shown {
    let url = serve(|mut stream, _, request| async move {
        assert!(!request.to_ascii_lowercase().contains("accept-encoding"));
        let begin = head(
            "201 Created",
            "content-encoding: gzip\r\ncontent-type: application/json\r\n",
        );
        stream.write_all(begin.as_bytes()).await.unwrap();
        // Ends when the client has had enough.
        while stream.write_all(&[0; 65536]).await.is_ok() {}
    });
    let client = builder(&url.await).body_limit(1 << 20).build().unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("larger than the limit of 1048576 bytes"),
        "{error}"
    );

    let sent = Arc::new(AtomicUsize::new(0));
    let written = sent.clone();
    let url = serve(move |mut stream, _, request| {
        let written = written.clone();
        async move {
            assert!(request.contains("accept-encoding: gzip\r\n"));
            let begin = head("201 Created", "content-encoding: gzip\r\n");
            stream.write_all(begin.as_bytes()).await.unwrap();
            let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
            loop {
                // A thousand bytes of it expand to a million.
                bomb.write_all(&[b' '; 1 << 20]).unwrap();
                bomb.flush().unwrap();
                let piece = std::mem::take(bomb.get_mut());
                if stream.write_all(&piece).await.is_err() {
                    break;
                }
                written.fetch_add(piece.len(), Ordering::SeqCst);
            }
        }
    });
    let bombed = builder(&url.await).accept_gzip().body_limit(1 << 20);
    let bombed = bombed.build().unwrap();
    let burst = bombed.make_item("g", &item()).await.unwrap_err();
    assert!(
        burst
            .to_string()
            .ends_with("larger than the limit of 1048576 bytes"),
        "{burst}"
    );
    assert!(sent.load(Ordering::SeqCst) > 0);
    Shown::default().error(&error).error(&burst).client(&client)
}

/// Whatever reqwest was told, no credential follows a redirect, be it to another host or to another port.
async fn redirect() -> Shown {
    let (other, reached) = answering(vec![head("200 OK", "")]).await;
    let mut shown = Shown::default();
    let elsewhere = [other.clone(), other.replace("127.0.0.1", "localhost")];
    for location in elsewhere {
        for status in [
            "301 Moved Permanently",
            "302 Found",
            "303 See Other",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        ] {
            let moved = head(status, &format!("location: {location}/ping\r\n"));
            let (url, received) = answering(vec![moved]).await;
            let eager = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(10));
            let eager = builder(&url).transport(Reqwest::from_builder(eager).unwrap());
            for client in [client(&url), eager.build().unwrap()] {
                let error = client.make_item("g", &item()).await.unwrap_err();
                assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
                shown = shown.error(&error).client(&client);
            }
            assert_eq!(received.lock().unwrap().len(), 2);
        }
    }
    assert!(reached.lock().unwrap().is_empty());
    shown
}

/// The server of the API refuses the first token after a while; the token server gives the next for the refresh token.
async fn expired_token() -> Shown {
    let bought = Arc::new(AtomicUsize::new(0));
    let count = bought.clone();
    let tokens = serve(move |mut stream, number, _| {
        count.fetch_add(1, Ordering::SeqCst);
        let answer = head("200 OK", "content-type: application/json\r\n")
            + &format!(
                r#"{{"access_token":"{SECRET}-{number}","token_type":"bearer","expires_in":3600,"refresh_token":"{SECRET}-r{number}"}}"#
            );
        async move {
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let tokens = tokens.await;
    let url = serve(move |mut stream, _, request| async move {
        let answer = if request.contains(&format!("Bearer {SECRET}-1")) {
            head("201 Created", "content-type: application/json\r\n") + &item_json()
        } else {
            head("401 Unauthorized", "")
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    let mut endpoints = Endpoints::new("", None);
    endpoints.token = format!("{tokens}/token").into();
    let source = ClientCredentials(endpoints).source("app", format!("secret-{SECRET}"));
    let shown = format!("{source:?} ");
    let client = builder(&url.await).bearer(source).build().unwrap();
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.make_item("g", &item()).await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    // The first one, and one for the hundred calls that were refused.
    assert_eq!(bought.load(Ordering::SeqCst), 2);
    Shown(shown).client(&client)
}

async fn refusing_token_server() -> Shown {
    let (url, _) = answering(vec![
        head("400 Bad Request", "content-type: application/json\r\n")
            + &format!(
                r#"{{"error":"invalid_client","error_description":"secret-{SECRET} is wrong"}}"#
            ),
    ])
    .await;
    let mut endpoints = Endpoints::new("", None);
    endpoints.token = format!("{url}/token").into();
    let source = ClientCredentials(endpoints).source("app", format!("secret-{SECRET}"));
    let client = builder(&url).bearer(source).build().unwrap();
    let error = client.make_item("g", &item()).await.unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    Shown::default().error(&error).client(&client)
}

macro_rules! faults {
    ($($name:ident: $fault:ident;)+) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                $fault().await;
            }
        )+

        /// Every fault again, with an ear on all that is logged.
        #[tokio::test(start_paused = true)]
        async fn no_fault_tells_a_secret_in_an_error_a_log_a_span_or_when_it_is_printed() {
            let _ = log::set_logger(&Lines);
            log::set_max_level(log::LevelFilter::Trace);
            let (kept, guard) = Kept::listen();
            let mut shown = String::new();
            $(shown += &$fault().await.0;)+
            drop(guard);
            let login = Login {
                user: "u".to_owned(),
                password: format!("password-{SECRET}").into(),
            };
            assert!(login.password.expose_secret().contains(SECRET));
            shown += &format!("{login:?}");
            let logged = LINES.lock().unwrap().clone();
            let spans = kept.text();
            for (what, text) in [("errors", shown), ("log", logged), ("spans", spans)] {
                assert!(text.len() > 1000, "{what} are empty");
                let place = text.find(SECRET).map(|at| text.chars().skip(at.saturating_sub(200)).take(300).collect::<String>());
                assert_eq!(place, None, "in {what}");
            }
        }
    };
}

faults! {
    a_connection_that_is_reset_in_the_head_is_tried_again: reset_in_the_head;
    a_connection_that_is_reset_in_the_body_is_an_error: reset_in_the_body;
    a_server_that_sends_a_byte_a_second_is_given_up: slow_loris;
    a_stream_that_stands_still_is_given_up: stalled_stream;
    a_server_that_asks_to_wait_is_obeyed: asked_to_wait;
    a_chunked_body_that_is_cut_is_an_error: truncated_chunks;
    what_is_no_json_is_told_by_its_type: wrong_content_type;
    a_body_without_end_is_cut: too_much;
    no_redirect_is_followed: redirect;
    a_hundred_calls_with_an_expired_token_buy_one: expired_token;
    a_token_server_that_quotes_the_secret_is_not_quoted: refusing_token_server;
}

/// All that was logged by way of the crate `log`, by whatever crate.
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
