//! The wire table: every style with every kind of value, as a golden client sends it, byte for byte on a socket.
//!
//! The values are those of the tables of the specification (OpenAPI 3.2, "Style Examples") and of RFC 6570, section 3.2,
//! and texts that need care. What a table has as undefined is what SUPPORTED.md says.

use super::socket::Listener;
use golden::requests_style_table::types::{Color, Keys, Nested, NestedMix, Rgb};
use golden::requests_style_table::{Client, Error};

const ANSWER: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

fn blue() -> Color {
    Color::from("blue".to_owned())
}

fn empty() -> Color {
    Color::from(String::new())
}

fn list() -> Color {
    Color::from(["blue", "black", "brown"].map(str::to_owned).to_vec())
}

fn none() -> Color {
    Color::from(Vec::<String>::new())
}

fn rgb() -> Color {
    Color::from(Rgb::new(100, 200, 150))
}

/// A text with what is reserved, what is not, a triple, and a letter that is not ASCII.
fn tricky() -> Color {
    Color::from("a b/c?d=e&f+g%20h%é;[~]#".to_owned())
}

fn start() -> (Listener, Client) {
    let server = Listener::answering(ANSWER);
    let client = Client::builder().base_url(server.url());
    (server, client.build().unwrap())
}

/// Path and query of a request.
fn target(request: &str) -> String {
    let line = request.lines().next().unwrap();
    line.split(' ').nth(1).unwrap().to_owned()
}

/// The value of a header of a request; `None` if it has none.
fn header(request: &str, name: &str) -> Option<String> {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned())
}

/// A row of the table: a call with each value, and the target of each.
macro_rules! row {
    ($server:ident, $call:expr, $prefix:literal, $($value:ident => $expected:literal),+ $(,)?) => {$(
        $call($value()).await.unwrap();
        let expected = concat!($prefix, $expected);
        assert_eq!(target(&$server.request()), expected, "{}", stringify!($call $value));
    )+};
}

#[tokio::test]
async fn paths() {
    let (server, client) = start();
    row!(server, |c| client.path_simple(c), "/simple/",
        blue => "blue", list => "blue,black,brown", rgb => "R,100,G,200,B,150",
        tricky => "a%20b%2Fc%3Fd%3De%26f%2Bg%2520h%25%C3%A9%3B%5B~%5D%23");
    row!(server, |c| client.path_simple_exploded(c), "/simple-exploded/",
        blue => "blue", list => "blue,black,brown", rgb => "R=100,G=200,B=150");
    row!(server, |c| client.path_label(c), "/label/",
        blue => ".blue", list => ".blue,black,brown", rgb => ".R,100,G,200,B,150");
    row!(server, |c| client.path_label_exploded(c), "/label-exploded/",
        blue => ".blue", list => ".blue.black.brown", rgb => ".R=100.G=200.B=150");
    row!(server, |c| client.path_matrix(c), "/matrix/",
        empty => ";color", blue => ";color=blue", list => ";color=blue,black,brown",
        rgb => ";color=R,100,G,200,B,150");
    row!(server, |c| client.path_matrix_exploded(c), "/matrix-exploded/",
        empty => ";color", blue => ";color=blue",
        list => ";color=blue;color=black;color=brown", rgb => ";R=100;G=200;B=150");
    // What would change the route is not sent: nothing at all, and a segment of one dot.
    for call in [
        client.path_simple(empty()).await,
        client.path_simple(none()).await,
    ] {
        assert!(matches!(call, Err(Error::Request(_))));
    }
    let dot = client.path_label(empty()).await;
    assert!(matches!(dot, Err(Error::Request(_))));
}

#[tokio::test]
async fn queries() {
    let (server, client) = start();
    row!(server, |c| client.query_form().color(c), "/query-form?",
        empty => "color=", blue => "color=blue", list => "color=blue,black,brown",
        none => "color=", rgb => "color=R,100,G,200,B,150",
        tricky => "color=a%20b%2Fc%3Fd%3De%26f%2Bg%2520h%25%C3%A9%3B%5B~%5D%23");
    row!(server, |c| client.query_form_exploded().color(c), "/query-form-exploded",
        empty => "?color=", blue => "?color=blue",
        list => "?color=blue&color=black&color=brown", none => "",
        rgb => "?R=100&G=200&B=150");
    row!(server, |c| client.query_space_delimited().color(c), "/query-spaceDelimited?",
        list => "color=blue%20black%20brown", rgb => "color=R%20100%20G%20200%20B%20150",
        blue => "color=blue");
    row!(server, |c| client.query_space_delimited_exploded().color(c),
        "/query-spaceDelimited-exploded?",
        list => "color=blue&color=black&color=brown", rgb => "R=100&G=200&B=150");
    row!(server, |c| client.query_pipe_delimited().color(c), "/query-pipeDelimited?",
        list => "color=blue%7Cblack%7Cbrown", rgb => "color=R%7C100%7CG%7C200%7CB%7C150",
        blue => "color=blue");
    row!(server, |c| client.query_pipe_delimited_exploded().color(c),
        "/query-pipeDelimited-exploded?",
        list => "color=blue&color=black&color=brown", rgb => "R=100&G=200&B=150");
    row!(server, |c| client.query_reserved().color(c), "/query-reserved?",
        tricky => "color=a%20b/c?d=e%26f%2Bg%20h%25%C3%A9;%5B~%5D%23",
        list => "color=blue,black,brown");
    row!(server, |c| client.query_reserved_exploded().color(c), "/query-reserved-exploded?",
        tricky => "color=a%20b/c?d=e%26f%2Bg%20h%25%C3%A9;%5B~%5D%23",
        rgb => "R=100&G=200&B=150");
}

#[tokio::test]
async fn objects_in_queries() {
    let (server, client) = start();
    let nested = Nested {
        r: Some(100),
        shades: Some(vec!["a b".to_owned(), "c".to_owned()]),
        mix: Some(NestedMix {
            of: Some(Rgb::new(1, 2, 3)),
        }),
    };
    client.query_deep_object().color(nested).await.unwrap();
    let expected = "/query-deep?color%5BR%5D=100&color%5Bshades%5D%5B0%5D=a%20b\
                    &color%5Bshades%5D%5B1%5D=c&color%5Bmix%5D%5Bof%5D%5BR%5D=1\
                    &color%5Bmix%5D%5Bof%5D%5BG%5D=2&color%5Bmix%5D%5Bof%5D%5BB%5D=3";
    assert_eq!(target(&server.request()), expected);
    let json = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    let color = || Rgb::new(100, 200, 150);
    client.query_json().color(color()).await.unwrap();
    assert_eq!(
        target(&server.request()),
        format!("/query-json?color={json}")
    );
    client.query_whole().color(color()).await.unwrap();
    assert_eq!(target(&server.request()), format!("/query-whole?{json}"));
    client.query_whole_form().color(color()).await.unwrap();
    assert_eq!(
        target(&server.request()),
        "/query-whole-form?R=100&G=200&B=150"
    );
}

#[tokio::test]
async fn empty_values_and_defaults() {
    let (server, client) = start();
    client.query_empty().color("").await.unwrap();
    assert_eq!(target(&server.request()), "/query-empty?color=");
    client.query_empty().await.unwrap();
    assert_eq!(target(&server.request()), "/query-empty");
    // A default is what the server takes, so it is not sent.
    client.query_default().await.unwrap();
    assert_eq!(target(&server.request()), "/query-default");
    client.query_default().page(1).await.unwrap();
    assert_eq!(target(&server.request()), "/query-default?page=1");
}

#[tokio::test]
async fn headers_and_cookies() {
    let (server, client) = start();
    macro_rules! sends {
        ($call:expr, $header:literal, $($value:ident => $expected:literal),+ $(,)?) => {$(
            $call($value()).await.unwrap();
            let sent = header(&server.request(), $header);
            assert_eq!(sent.as_deref(), Some($expected), "{}", stringify!($call $value));
        )+};
    }
    sends!(|c| client.header().x_color(c), "x-color",
        blue => "blue", list => "blue,black,brown", rgb => "R,100,G,200,B,150");
    sends!(|c| client.header_exploded().x_color(c), "x-color",
        list => "blue,black,brown", rgb => "R=100,G=200,B=150");
    sends!(|c| client.cookie_form().color(c), "cookie",
        empty => "color=", blue => "color=blue", list => "color=blue,black,brown",
        rgb => "color=R,100,G,200,B,150",
        tricky => "color=a%20b%2Fc%3Fd%3De%26f%2Bg%2520h%25%C3%A9%3B%5B~%5D%23");
    sends!(|c| client.cookie_form_exploded().color(c), "cookie",
        blue => "color=blue", list => "color=blue; color=black; color=brown",
        rgb => "R=100; G=200; B=150");
    let plain = || Color::from("a b/c%20d".to_owned());
    sends!(|c| client.cookie_cookie().color(c), "cookie",
        empty => "color=", blue => "color=blue", list => "color=blue,black,brown",
        rgb => "color=R,100,G,200,B,150", plain => "color=a b/c%20d");
    sends!(|c| client.cookie_cookie_exploded().color(c), "cookie",
        blue => "color=blue", list => "color=blue; color=black; color=brown",
        rgb => "R=100; G=200; B=150");
    let broken = client.cookie_cookie().color(tricky()).await;
    assert!(matches!(broken, Err(Error::Request(_))));
}

#[tokio::test]
async fn reserved_characters_stand_as_they_are_where_the_place_allows() {
    let (server, client) = start();
    row!(server, |c| client.path_reserved(c), "/reserved/",
        tricky => "a%20b%2Fc%3Fd=e&f+g%20h%25%C3%A9;%5B~%5D%23", list => "blue,black,brown");
    row!(server, |c| client.path_reserved_label(c), "/reserved-label/",
        rgb => ".R=100.G=200.B=150", tricky => ".a%20b%2Fc%3Fd=e&f+g%20h%25%C3%A9;%5B~%5D%23");
    client.cookie_reserved().color(tricky()).await.unwrap();
    let cookie = header(&server.request(), "cookie");
    let expected = "color=a%20b/c?d=e&f+g%20h%25%C3%A9%3B[~]#";
    assert_eq!(cookie.as_deref(), Some(expected));
    // A triple is sent as it is, but not where it would change the route.
    for dots in ["..", "%2e", ".%2E"] {
        let call = client.path_reserved(Color::from(dots.to_owned())).await;
        assert!(matches!(call, Err(Error::Request(_))), "{dots}");
    }
    let call = client.query_whole_text().selector("$.a.b[1:1]");
    call.await.unwrap();
    let expected = "/query-whole-text?%24.a.b%5B1%3A1%5D";
    assert_eq!(target(&server.request()), expected);
}

#[tokio::test]
async fn vectors_of_rfc_6570() {
    let (server, client) = start();
    let word = |text: &str| Color::from(text.to_owned());
    let keys = || Keys::new(";", ".", ",");
    let colors = || Color::from(["red", "green", "blue"].map(str::to_owned).to_vec());
    let mut sent = Vec::new();
    // {var}, {hello}, {list}, {list*}; {.var}, {.list}, {.list*}; {;list}, {;list*}
    client.path_simple(word("value")).await.unwrap();
    sent.push(target(&server.request()));
    client.path_simple(word("Hello World!")).await.unwrap();
    sent.push(target(&server.request()));
    client.path_simple(colors()).await.unwrap();
    sent.push(target(&server.request()));
    client.path_simple_exploded(colors()).await.unwrap();
    sent.push(target(&server.request()));
    client.path_label(word("value")).await.unwrap();
    sent.push(target(&server.request()));
    client.path_label(colors()).await.unwrap();
    sent.push(target(&server.request()));
    client.path_label_exploded(colors()).await.unwrap();
    sent.push(target(&server.request()));
    client.path_matrix(colors()).await.unwrap();
    sent.push(target(&server.request()));
    client.path_matrix_exploded(colors()).await.unwrap();
    sent.push(target(&server.request()));
    // {;keys*}, {?keys*}, and {+path} as far as a query has it.
    client.rfc_keys(keys()).await.unwrap();
    sent.push(target(&server.request()));
    client.rfc_query().keys(keys()).await.unwrap();
    sent.push(target(&server.request()));
    let path = word("/foo/bar");
    client.query_reserved().color(path).await.unwrap();
    sent.push(target(&server.request()));
    assert_eq!(
        sent,
        [
            "/simple/value",
            "/simple/Hello%20World%21",
            "/simple/red,green,blue",
            "/simple-exploded/red,green,blue",
            "/label/.value",
            "/label/.red,green,blue",
            "/label-exploded/.red.green.blue",
            "/matrix/;color=red,green,blue",
            "/matrix-exploded/;color=red;color=green;color=blue",
            "/rfc/keys;semi=%3B;dot=.;comma=%2C",
            "/rfc/query?semi=%3B&dot=.&comma=%2C",
            "/query-reserved?color=/foo/bar",
        ]
    );
}
