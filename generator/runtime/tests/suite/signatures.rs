//! Signatures of webhooks. The vectors were made with another implementation of HMAC-SHA256 (Python's `hmac`).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};
use specwright_runtime::signature::{HmacSignature, SignatureError, StandardWebhooks};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const SIGNED_AT: u64 = 1_614_265_330;

fn headers(signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        "webhook-id",
        HeaderValue::from_static("msg_p5jXN8AQM9LWM0D4loKWxJek"),
    );
    headers.insert("webhook-timestamp", HeaderValue::from(SIGNED_AT));
    headers.insert(
        "webhook-signature",
        HeaderValue::try_from(signature).unwrap(),
    );
    headers
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn a_request_that_was_signed_lately_with_the_secret_is_trusted() {
    let scheme = StandardWebhooks::new(SECRET).unwrap();
    let verify = |signature: &str, now| scheme.verify_at(&headers(signature), BODY, at(now));
    assert_eq!(verify(SIGNATURE, SIGNED_AT), Ok(()));
    assert_eq!(verify(SIGNATURE, SIGNED_AT + 300), Ok(()));
    // Others beside it, of this version and of another one.
    let several = format!("v1a,AAAA v1,AAAA {SIGNATURE}");
    assert_eq!(verify(&several, SIGNED_AT), Ok(()));
    assert_eq!(verify(SIGNATURE, SIGNED_AT + 301), Err(SignatureError::Old));
    assert_eq!(
        verify(SIGNATURE, SIGNED_AT - 301),
        Err(SignatureError::Early)
    );
    let wide = StandardWebhooks::new(SECRET)
        .unwrap()
        .tolerance(Duration::from_secs(3600));
    assert_eq!(
        wide.verify_at(&headers(SIGNATURE), BODY, at(SIGNED_AT + 3000)),
        Ok(())
    );
    assert_eq!(
        scheme.verify(&headers(SIGNATURE), BODY),
        Err(SignatureError::Old)
    );
}

#[test]
fn signatures_of_a_public_key_alone_are_named() {
    let scheme = StandardWebhooks::new(SECRET).unwrap();
    let verify = |signature: &str| scheme.verify_at(&headers(signature), BODY, at(SIGNED_AT));
    assert_eq!(verify("v1a,AAAA v1a,BBBB"), Err(SignatureError::Asymmetric));
    assert_eq!(verify("v1a,AAAA v1,BBBB"), Err(SignatureError::Mismatch));
    let key = StandardWebhooks::new("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let error = key.unwrap_err();
    assert_eq!(error, SignatureError::Asymmetric);
    assert!(error.to_string().contains("`v1a`"), "{error}");
}

#[test]
fn what_was_changed_or_is_not_signed_is_not() {
    let scheme = StandardWebhooks::new(SECRET).unwrap();
    let now = at(SIGNED_AT);
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(scheme.verify_at(&headers(SIGNATURE), b"{}", now), mismatch);
    for signature in [
        "",
        "v1,",
        "v1,AAAA",
        SIGNATURE.trim_start_matches("v1,"),
        &SIGNATURE.replace("v1,", "v2,"),
    ] {
        assert_eq!(
            scheme.verify_at(&headers(signature), BODY, now),
            mismatch,
            "{signature}"
        );
    }
    let mut moved = headers(SIGNATURE);
    moved.insert("webhook-id", HeaderValue::from_static("msg_other"));
    assert_eq!(scheme.verify_at(&moved, BODY, now), mismatch);
    moved.insert("webhook-timestamp", HeaderValue::from_static("soon"));
    assert_eq!(
        scheme.verify_at(&moved, BODY, now),
        Err(SignatureError::Timestamp)
    );
    moved.remove("webhook-timestamp");
    let missing = Err(SignatureError::Missing("webhook-timestamp"));
    assert_eq!(scheme.verify_at(&moved, BODY, now), missing);
}

#[test]
fn a_secret_can_be_replaced_and_is_never_shown() {
    assert_eq!(
        StandardWebhooks::new("whsec_").unwrap_err(),
        SignatureError::Secret
    );
    assert_eq!(
        StandardWebhooks::new("no base64!").unwrap_err(),
        SignatureError::Secret
    );
    let scheme = StandardWebhooks::new("AAAA").unwrap().or(SECRET).unwrap();
    assert_eq!(
        scheme.verify_at(&headers(SIGNATURE), BODY, at(SIGNED_AT)),
        Ok(())
    );
    assert!(!format!("{scheme:?}").contains("MfKQ"));
    let hub = HmacSignature::new("hush", "x-signature");
    assert!(!format!("{hub:?}").contains("hush"));
}

#[test]
fn a_header_may_have_the_signature_in_digits_or_in_base64() {
    let hex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let secret = "It's a Secret to Everybody";
    let mut headers = HeaderMap::new();
    let hub = HmacSignature::new(secret, "x-hub-signature-256").prefix("sha256=");
    let body = b"Hello, World!";
    assert_eq!(
        hub.verify(&headers, body),
        Err(SignatureError::Missing("x-hub-signature-256"))
    );
    headers.insert(
        "x-hub-signature-256",
        format!("sha256={hex}").parse().unwrap(),
    );
    assert_eq!(hub.verify(&headers, body), Ok(()));
    assert_eq!(
        hub.verify(&headers, b"Hello, World"),
        Err(SignatureError::Mismatch)
    );
    for wrong in [hex, "sha256=", "sha256=7", "sha256=zz"] {
        headers.insert("x-hub-signature-256", wrong.parse().unwrap());
        assert_eq!(
            hub.verify(&headers, body),
            Err(SignatureError::Mismatch),
            "{wrong}"
        );
    }
    let base64 = "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=";
    headers.insert("x-signature", base64.parse().unwrap());
    let other = HmacSignature::new(secret, "x-signature").base64();
    assert_eq!(other.verify(&headers, body), Ok(()));
}
