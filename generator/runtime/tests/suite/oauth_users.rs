//! The grants of OAuth 2 that a user agrees to, and servers that name their endpoints.

use std::time::Duration;

use http::{Request, Response};
use secrecy::ExposeSecret as _;
use tokio::time::Instant;

use crate::emitted::runtime::body::Body;
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::error::Error;
use crate::emitted::runtime::oauth::Scope;
use crate::emitted::runtime::oauth_code::AuthorizationCode;
use crate::emitted::runtime::oauth_device::DeviceAuthorization;
use crate::emitted::runtime::oauth_discovery::Discovery;
use crate::oauth::{LOGIN, READ, Servers, chain, refused, token, value};

#[tokio::test(start_paused = true)]
async fn the_user_agrees_in_a_browser() {
    let servers = Servers::new(|url, n| match (url, n) {
        ("https://login.example.com/token", 0) => token("t0", r#","refresh_token":"r0""#),
        ("https://login.example.com/token", _) => refused("invalid_grant"),
        (_, 0) => (200, String::new()),
        _ => (401, String::new()),
    });
    const FLOW: AuthorizationCode =
        AuthorizationCode::new("https://login.example.com/authorize?tenant=1", LOGIN);
    let question = FLOW.ask("app", "https://app.example/done").unwrap();
    let question = question.scopes([READ]).parameter("prompt", "consent");
    let url = question.url();
    let state = question.state().expose_secret();
    let challenge = value(&url, "code_challenge");
    assert_eq!((state.len(), challenge.len()), (43, 43));
    assert_eq!(
        url,
        format!(
            "https://login.example.com/authorize?tenant=1&response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fdone&scope=mail%3Aread&state={state}&code_challenge={challenge}&code_challenge_method=S256&prompt=consent"
        )
    );
    let back = |rest: &str| question.answered(&format!("https://app.example/done?{rest}#x"));
    let foreign = back("code=c&state=guess").unwrap_err();
    assert!(foreign.to_string().contains("`state` differs"), "{foreign}");
    let denied = back(&format!("error=access_denied&state={state}")).unwrap_err();
    assert!(chain(&denied).ends_with(": access_denied"), "{denied}");

    let source = back(&format!("state={state}&code=c%2F1+2")).unwrap();
    let client = Client::builder().bearer(source).transport(servers.clone());
    let client = client.build().unwrap();
    client.ping().await.unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(chain(&error).ends_with("invalid_grant"), "{error}");
    let forms = servers.forms();
    let verifier = value(&forms[0], "code_verifier");
    assert_eq!(
        forms[0],
        format!(
            "grant_type=authorization_code&code=c%2F1%202&redirect_uri=https%3A%2F%2Fapp.example%2Fdone&code_verifier={verifier}&client_id=app"
        )
    );
    use base64::Engine as _;
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(verifier);
    assert_eq!(
        challenge,
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest)
    );
    assert_eq!(
        forms[1],
        "grant_type=refresh_token&refresh_token=r0&client_id=app"
    );
    let shown = format!("{question:?}");
    assert!(
        !shown.contains(state) && !shown.contains(verifier),
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_user_agrees_on_another_device() {
    let servers = Servers::new(|url, n| {
        match (url, n) {
        ("https://login.example.com/device", _) => (
            200,
            r#"{"device_code":"d","user_code":"ABCD","verification_uri":"https://x.example","expires_in":600,"interval":2}"#.into(),
        ),
        (_, 0) => refused("authorization_pending"),
        (_, 1) => refused("slow_down"),
        (_, 2) => (0, String::new()),
        (_, 3) => token("t", r#","refresh_token":"r""#),
        (_, 4) => token("t2", ""),
        _ => refused("expired_token"),
    }
    });
    const FLOW: DeviceAuthorization =
        DeviceAuthorization::new("https://login.example.com/device", LOGIN);
    let start = Instant::now();
    let question = FLOW.ask("app", [READ], &servers, "").await.unwrap();
    assert_eq!(question.user_code(), "ABCD");
    assert_eq!(question.verification_uri(), "https://x.example");
    let source = question.source(&servers).await.unwrap();
    // 2 seconds, 2 again, then 7 because it was too often, then 14 because the connection broke.
    assert_eq!(start.elapsed(), Duration::from_secs(2 + 2 + 7 + 14));
    let client = Client::builder()
        .bearer(source)
        .transport(|request: Request<Body>| async move {
            assert_eq!(request.headers()["authorization"], "Bearer t");
            Ok(Response::new(Body::empty()))
        });
    client.build().unwrap().ping().await.unwrap();
    let forms = servers.forms();
    assert_eq!(forms[0], "scope=mail%3Aread&client_id=app");
    assert_eq!(
        forms[1],
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d&client_id=app"
    );

    let question = FLOW.ask::<Scope>("app", [], &servers, "").await.unwrap();
    question.token(&servers).await.unwrap();
    let error = question.token(&servers).await.unwrap_err();
    assert!(chain(&error).ends_with("expired_token"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_server_names_its_endpoints_and_none_but_its_own() {
    let servers = Servers::new(|url, _| {
        match url {
        "https://login.example.com/.well-known/openid-configuration" => (
            200,
            r#"{"issuer":"https://login.example.com","authorization_endpoint":"https://login.example.com/a","token_endpoint":"https://login.example.com/t","device_authorization_endpoint":"https://login.example.com/d"}"#.into(),
        ),
        "https://login.example.com/t" => token("t", ""),
        _ => (200, String::new()),
    }
    });
    const OIDC: Discovery =
        Discovery::new("https://login.example.com/.well-known/openid-configuration");
    let source = OIDC.client_credentials("app", "s");
    let client = Client::builder().bearer(source).transport(servers.clone());
    client.build().unwrap().ping().await.unwrap();
    let asked: Vec<_> = servers.asked().into_iter().map(|asked| asked.0).collect();
    assert_eq!(
        asked,
        [
            "GET https://login.example.com/.well-known/openid-configuration",
            "POST https://login.example.com/t",
            "GET https://eu.example.com/v1/ping",
        ]
    );
    let provider = OIDC.discover(&servers, "").await.unwrap();
    let flow = provider.authorization_code().unwrap();
    let question = flow.ask("app", "https://app.example").unwrap();
    assert!(question.url().starts_with("https://login.example.com/a?"));
    let state = question.state().expose_secret();
    let mixed = question.answered(&format!(
        "?state={state}&code=c&iss=https%3A%2F%2Fevil.example"
    ));
    assert!(mixed.unwrap_err().to_string().contains("`iss` differs"));
    assert!(provider.device_authorization().is_some());

    for answer in [
        r#"{"issuer":"https://evil.example","token_endpoint":"https://login.example.com/t"}"#,
        r#"{"issuer":"https://login.example.com","token_endpoint":"http://login.example.com/t"}"#,
        r#"{"issuer":"https://login.example.com"}"#,
    ] {
        let transport = move |_| async move { Ok(Response::new(Body::from(answer))) };
        let source = OIDC.client_credentials("app", "s");
        let client = Client::builder().bearer(source).transport(transport);
        let error = client.build().unwrap().ping().await.unwrap_err();
        assert!(matches!(error, Error::Credentials(_)), "{answer} {error}");
    }
}
