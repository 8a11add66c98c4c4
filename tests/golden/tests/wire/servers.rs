//! Which server a call goes to, and what stands on the socket.

use super::socket::Listener;
use golden::servers_levels::runtime::testing::{Answer, Script};
use golden::servers_levels::servers::{
    self, Files, Region, Server2Region, Server2Url, WithVariables,
};
use golden::servers_levels::{Client, ClientBuilder};

const ANSWER: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// The URLs of a call of each operation.
async fn urls(build: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Vec<String> {
    let server = Script::new().otherwise(|_| Answer::new(204));
    let client = build(Client::builder().transport(server.clone()));
    let client = client.build().unwrap();
    client.of_document().await.unwrap();
    client.of_path().await.unwrap();
    client.of_operation().await.unwrap();
    client.of_files().await.unwrap();
    let sent = server.sent();
    sent.iter().map(|sent| sent.url().to_owned()).collect()
}

#[tokio::test]
async fn a_server_is_chosen_where_an_operation_has_it() {
    assert_eq!(
        urls(|builder| builder).await,
        [
            "https://api.example.com/v1/document",
            "https://path.example.com/path",
            "https://acme.example.com/path",
            "http://localhost:80/eu/v2/files",
        ]
    );
    let several = urls(|builder| {
        let main = WithVariables::new().region(Region::Us).port("1").base("b");
        let files = Files::new().host("files.example.com");
        builder.server(main).server(files)
    });
    assert_eq!(
        several.await,
        [
            "https://us.example.com:1/b/document",
            "https://path.example.com/path",
            "https://acme.example.com/path",
            "http://files.example.com:80/eu/v2/files",
        ]
    );
    // A value for all servers holds where a server was not given one of its own.
    let shared = urls(|builder| {
        let builder = builder.server_variable("region", "us");
        builder.server(Files::new().port("8080"))
    });
    let shared = shared.await;
    assert_eq!(shared[3], "http://localhost:8080/us/v2/files");
    let one = urls(|builder| {
        let builder = builder.server(&servers::WITH_VARIABLES);
        builder.base_url("https://proxy.example.com/base/")
    });
    let one = one.await;
    assert!(
        one.iter()
            .all(|url| url.starts_with("https://proxy.example.com/base/"))
    );
}

#[test]
fn a_server_makes_a_url() {
    let url = WithVariables::new().region(Region::Us).build();
    assert_eq!(url.unwrap(), "https://us.example.com:8443/v1");
    // What breaks out of the URL is no URL.
    assert!(WithVariables::default().port("1?x#").build().is_err());
    let relative = Server2Url::new().region(Server2Region::BC).build();
    assert!(
        relative
            .unwrap_err()
            .to_string()
            .contains("give the client a base_url")
    );
}

#[tokio::test]
async fn the_path_of_a_server_stands_before_that_of_the_operation() {
    let listener = Listener::answering(ANSWER);
    let port = listener.url().rsplit(':').next().unwrap().to_owned();
    let files = Files::new().host("127.0.0.1").port(port);
    let client = Client::builder().server(files.region(Region::Us)).build();
    client.unwrap().of_files().await.unwrap();
    let request = listener.request();
    assert!(
        request.starts_with("GET /us/v2/files HTTP/1.1\r\n"),
        "{request}"
    );
}
