//! Secrets are on the wire and nowhere else.

use http::Request;

use crate::client::{answering, item};
use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::codec::{decode, encode};
use crate::emitted::runtime::transport::TransportError;
use crate::emitted::types::{Login, Proof};

#[test]
fn a_secret_field_is_redacted_but_sent() {
    let json = br#"{"user":"u","password":"hunter2"}"#;
    let login: Login = decode(json).unwrap();
    assert_eq!(
        format!("{login:?}"),
        r#"Login { user: "u", password: [redacted] }"#
    );
    assert_eq!(encode(&login).unwrap(), json);
}

#[test]
fn a_value_of_no_known_variant_is_redacted_where_another_variant_holds_a_secret() {
    let json = br#"{"key":"hunter2"}"#;
    let proof: Proof = decode(json).unwrap();
    assert_eq!(format!("{proof:?}"), "Unknown([redacted])");
    assert_eq!(encode(&proof).unwrap(), json);
}

#[tokio::test]
async fn credentials_and_bodies_are_in_no_debug_output_and_no_error() {
    let secret = "hunter2";
    let builder = answering(500, "")
        .0
        .bearer(secret)
        .basic("u", secret)
        .keys(secret);
    assert!(!format!("{builder:?}").contains(secret));
    let client = builder.build().unwrap();
    assert!(!format!("{client:?} {:?}", client.make_item(secret, &item())).contains(secret));

    for (status, body) in [
        (201, r#"{"name": "hunter2", "accessType": 7}"#),
        (599, secret),
        (201, secret),
    ] {
        let client = answering(status, body).0.keys(secret).build().unwrap();
        let error = client.make_item("g", &item()).await.unwrap_err();
        assert!(!format!("{error:?} {error}").contains(secret), "{error:?}");
    }

    let kept = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let log = kept.clone();
    let client = Client::builder()
        .bearer(secret)
        .transport(move |request: Request<Body>| {
            *log.lock().unwrap() = format!("{request:?}");
            async { Err(TransportError::new("down")) }
        });
    let error = client
        .build()
        .unwrap()
        .make_item("g", &item())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "the call failed: down");
    assert!(!kept.lock().unwrap().contains(secret));
}
