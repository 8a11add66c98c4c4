//! Streams are cut into items, wherever the pieces in which they arrive are cut.

use crate::emitted::runtime::framing::{Frame, Framing, Splitter};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

/// The items of a stream that arrives in two pieces.
fn frames(framing: Framing, text: &[u8], at: usize) -> Vec<(String, Option<String>)> {
    let mut splitter = Splitter::new(framing, 100);
    let (first, second) = text.split_at(at);
    splitter.push(first).unwrap();
    splitter.push(second).unwrap();
    splitter.finish();
    std::iter::from_fn(|| splitter.next_frame())
        .map(|Frame { data, id, .. }| (String::from_utf8(data).unwrap(), id))
        .collect()
}

#[test]
fn items_are_the_same_wherever_a_stream_is_cut() {
    let cases: [(Framing, &str, &[&str]); 3] = [
        (
            Framing::Events,
            "\u{feff}data: a\r\ndata:  b\r\n\r\n:c\r\rdata\n\nid: x\rdata:é\r\rid\ndata: 1\n\ndata: lost\n",
            &["a\n b", "", "é", "1"],
        ),
        (
            Framing::Lines,
            "{\"a\":1}\r\n\n  2\n\"é\"",
            &["{\"a\":1}", "2", "\"é\""],
        ),
        (
            Framing::Sequence,
            "\x1e1\n\x1e\x1e{\n}\n\x1e\"é\"\n",
            &["1", "{\n}", "\"é\""],
        ),
    ];
    for (framing, text, expected) in cases {
        for at in 0..=text.len() {
            let found = frames(framing, text.as_bytes(), at);
            let data: Vec<&str> = found.iter().map(|(data, _)| &**data).collect();
            assert_eq!(data, expected, "{framing:?} cut at {at}");
        }
    }
    let ids = frames(
        Framing::Events,
        b"data: 1\n\nid: x\ndata: 2\n\ndata: 3\n\n",
        0,
    );
    let ids: Vec<Option<&str>> = ids.iter().map(|(_, id)| id.as_deref()).collect();
    assert_eq!(ids, [None, Some("x"), Some("x")]);
}

#[test]
fn an_item_is_limited_however_it_arrives() {
    for framing in [Framing::Events, Framing::Lines, Framing::Sequence] {
        let mut splitter = Splitter::new(framing, 10);
        assert!(splitter.push(b"data:12345").is_ok());
        assert!(splitter.push(b"6").is_err());
    }
    let mut splitter = Splitter::new(Framing::Events, 12);
    assert!(splitter.push(b"data: 123456\n").is_ok());
    assert!(splitter.push(b"data: 123456\n").is_err());
}

/// The parts of a body that arrives in two pieces: media type and data of each.
fn parts(text: &[u8], at: usize) -> Vec<(String, String)> {
    let mut headers = HeaderMap::new();
    let media_type = "multipart/mixed; charset=x; boundary=\"a b\"";
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    let mut splitter = Splitter::new(Framing::Parts, 200);
    splitter.begin_again(&headers).unwrap();
    let (first, second) = text.split_at(at);
    splitter.push(first).unwrap();
    splitter.push(second).unwrap();
    splitter.finish();
    std::iter::from_fn(|| splitter.next_frame())
        .map(|frame| {
            let media_type = frame.headers.get(CONTENT_TYPE);
            let media_type = media_type.map_or("", |value| value.to_str().unwrap());
            (
                media_type.to_owned(),
                String::from_utf8(frame.data).unwrap(),
            )
        })
        .collect()
}

#[test]
fn parts_are_the_same_wherever_a_body_is_cut() {
    let text: &[u8] = b"preamble\r\n--a b \t\r\nContent-Type: application/json\r\nX: 1\r\n\r\n{\"a\":1}\r\n\
        --a b\r\n\r\ntwo\r\nlines\n--a bc\r\n--a b\n\n\n--a b\r\n\r\n\r\n--a b--\r\nepilogue\r\n--a b\r\n\r\nlost";
    let expected = [
        ("application/json", "{\"a\":1}"),
        ("", "two\r\nlines\n--a bc"),
        ("", ""),
        ("", ""),
    ];
    for at in 0..=text.len() {
        let found = parts(text, at);
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(found, expected, "cut at {at}");
    }
    let open = parts(b"--a b\r\n\r\n1\r\n--a b\r\nA: b\r\n\r\n2", 0);
    let data: Vec<&str> = open.iter().map(|(_, data)| &**data).collect();
    assert_eq!(data, ["1", "2"]);
}

#[test]
fn parts_need_a_boundary_and_have_a_limit() {
    let mut headers = HeaderMap::new();
    let mut splitter = Splitter::new(Framing::Parts, 20);
    assert!(splitter.begin_again(&headers).is_err());
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/mixed"));
    assert!(splitter.begin_again(&headers).is_err());
    let media_type = HeaderValue::from_static("multipart/mixed; boundary=b");
    headers.insert(CONTENT_TYPE, media_type);
    splitter.begin_again(&headers).unwrap();
    assert!(splitter.push(b"--b\r\n\r\n1234567890\r\n--b\r\n").is_ok());
    assert!(splitter.push(b"\r\n12345678901234567890").is_err());
}
