//! Mutual TLS as the README of a client has it, against a server that wants a certificate. All certificates are made
//! here, by authorities of our own.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::security_mutual_tls::runtime::reqwest::Reqwest;
use golden::security_mutual_tls::{Client, ClientBuilder, Error, RetryPolicy};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

/// Who signs certificates.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Authority {
            der: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }

    fn sign(&self, purpose: ExtendedKeyUsagePurpose) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![purpose];
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// What a client shows, as `client.pem` holds it.
    fn identity(&self) -> reqwest::Identity {
        let (certificate, key) = self.sign(ExtendedKeyUsagePurpose::ClientAuth);
        let pem = format!("{}{}", certificate.pem(), key.serialize_pem());
        reqwest::Identity::from_pem(pem.as_bytes()).unwrap()
    }
}

/// A server that speaks with those alone who have a certificate of the authority.
struct Server {
    url: String,
    /// What it was asked: the first line, and whether there was a token.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(authority: &Authority) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(authority.der.clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots));
        let (certificate, key) = authority.sign(ExtendedKeyUsagePurpose::ServerAuth);
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier.build().unwrap())
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // Whoever has no certificate gets no further.
                if let Some(request) = answer(&acceptor, stream).await {
                    log.lock().unwrap().push(request);
                }
            }
        });
        Server { url, requests }
    }
}

async fn answer(acceptor: &TlsAcceptor, stream: TcpStream) -> Option<String> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    assert!(stream.get_ref().1.peer_certificates().is_some());
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
    let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(answer).await.ok()?;
    let _ = stream.shutdown().await;
    let request = String::from_utf8(request).unwrap().to_lowercase();
    let token = match request.contains("authorization: bearer") {
        true => " with a token",
        false => "",
    };
    Some(format!("{}{token}", request.lines().next()?))
}

/// A client that trusts the server, with the certificate.
fn builder(
    server: &Server,
    authority: &Authority,
    identity: Option<reqwest::Identity>,
) -> ClientBuilder {
    let root = reqwest::Certificate::from_pem(authority.pem.as_bytes()).unwrap();
    let mut reqwest = reqwest::Client::builder().tls_certs_only([root]);
    if let Some(identity) = identity {
        reqwest = reqwest.identity(identity);
    }
    let client = Client::builder().base_url(&server.url);
    let client = client.retry(RetryPolicy::none());
    client.transport(Reqwest::from_builder(reqwest).unwrap())
}

#[tokio::test]
async fn a_client_is_served_by_its_certificate() {
    let authority = Authority::new();
    let server = Server::start(&authority).await;
    let client = || builder(&server, &authority, Some(authority.identity()));

    // A certificate is no credential that could be missing here, and needs no other beside it.
    let known = client().build().unwrap();
    known.alone().await.unwrap();
    known.either().await.unwrap();
    // What is asked for beside it is missing, and nothing is sent.
    let error = known.both().await.unwrap_err().to_string();
    assert!(error.contains("the operation needs `token`"), "{error}");
    assert!(!error.contains("certificate"), "{error}");

    let with_token = client().token("secret").build().unwrap();
    with_token.both().await.unwrap();
    with_token.either().await.unwrap();
    with_token.alone().await.unwrap();
    assert_eq!(
        server.requests.lock().unwrap()[..],
        [
            "get /alone http/1.1",
            "get /either http/1.1",
            "get /both http/1.1 with a token",
            "get /either http/1.1 with a token",
            "get /alone http/1.1",
        ]
    );
}

#[tokio::test]
async fn a_client_without_a_certificate_or_with_one_of_another_authority_is_not() {
    let authority = Authority::new();
    let server = Server::start(&authority).await;
    for identity in [None, Some(Authority::new().identity())] {
        let client = builder(&server, &authority, identity).build().unwrap();
        let error = client.alone().await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
    assert!(server.requests.lock().unwrap().is_empty());
}
