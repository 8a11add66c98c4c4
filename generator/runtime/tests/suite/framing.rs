//! Streams are cut into items, wherever the pieces in which they arrive are cut.

use crate::emitted::runtime::framing::{Frame, Framing, Splitter, TooLarge};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use std::time::Duration;

/// The items of a stream that arrives in pieces.
fn all(splitter: &mut Splitter, pieces: &[&[u8]]) -> Vec<Frame> {
    let mut frames = Vec::new();
    for piece in pieces {
        splitter.push(Bytes::copy_from_slice(piece));
        frames.extend(std::iter::from_fn(|| splitter.next_frame().unwrap()));
    }
    splitter.finish();
    frames.extend(std::iter::from_fn(|| splitter.next_frame().unwrap()));
    frames
}

/// What a splitter makes of a piece.
fn push(splitter: &mut Splitter, piece: &'static [u8]) -> Result<Option<Frame>, TooLarge> {
    splitter.push(Bytes::from_static(piece));
    splitter.next_frame()
}

/// The items of a stream that arrives in two pieces.
fn frames(framing: Framing, text: &[u8], at: usize) -> Vec<(String, Option<String>)> {
    let mut splitter = Splitter::new(framing, 100);
    let frames = all(&mut splitter, &[text.split_at(at).0, text.split_at(at).1]);
    let frames = frames.into_iter();
    frames
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
        assert_eq!(push(&mut splitter, b"data:12345"), Ok(None));
        assert!(push(&mut splitter, b"6").is_err());
    }
    let mut splitter = Splitter::new(Framing::Events, 12);
    assert_eq!(push(&mut splitter, b"data: 123456\n"), Ok(None));
    assert!(push(&mut splitter, b"data: 123456\n").is_err());
}

/// The parts of a body that arrives in two pieces: media type and data of each.
fn parts(text: &[u8], at: usize) -> Vec<(String, String)> {
    let mut headers = HeaderMap::new();
    let media_type = "multipart/mixed; charset=x; boundary=\"a b\"";
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    let mut splitter = Splitter::new(Framing::Parts, 200);
    splitter.begin_again(&headers).unwrap();
    let frames = all(&mut splitter, &[text.split_at(at).0, text.split_at(at).1]);
    let frames = frames.into_iter();
    frames
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
    let part = push(&mut splitter, b"--b\r\n\r\n1234567890\r\n--b\r\n").unwrap();
    assert_eq!(part.unwrap().data, b"1234567890");
    assert!(push(&mut splitter, b"\r\n12345678901234567890").is_err());
    splitter.begin_again(&headers).unwrap();
    let whole = push(&mut splitter, b"--b\r\n\r\n123456789012345678901\r\n--b--");
    assert!(whole.is_err(), "{whole:?}");
}

/// The cases of HTML, section 9.2.6, and what its steps say of lines that nobody should write.
#[test]
fn events_are_read_as_the_standard_says() {
    let read = |text: &str| {
        let mut splitter = Splitter::new(Framing::Events, 1000);
        let frames = all(&mut splitter, &[text.as_bytes()]);
        let frames: Vec<_> = frames
            .into_iter()
            .map(|frame| {
                let data = String::from_utf8(frame.data).unwrap();
                (data, frame.event, frame.id)
            })
            .collect();
        (frames, splitter.last_id, splitter.retry)
    };
    let data = |text: &str| -> Vec<String> { read(text).0.into_iter().map(|it| it.0).collect() };
    assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
    // The id of the second block is taken back by the third, and the fourth is incomplete.
    let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
    let (frames, last_id, _) = read(text);
    let first = ("first event".to_owned(), None, Some("1".to_owned()));
    let second = ("second event".to_owned(), None, None);
    assert_eq!((frames, last_id), (vec![first, second], None));
    assert_eq!(data("data\n\ndata\ndata\n\ndata:\n"), ["", "\n"]);
    assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    // Lines end with CR, LF or both, also mixed.
    assert_eq!(
        data("data:a\rdata:b\r\rdata:c\r\n\rdata:d\n\r"),
        ["a\nb", "c", "d"]
    );
    // One byte order mark is none of the text, a second one is.
    assert_eq!(
        data("\u{feff}data:a\n\n\u{feff}data:b\n\ndata:\u{feff}c\n\n"),
        ["a", "\u{feff}c"]
    );
    // Unknown fields, names in capitals and names after a space are no fields.
    assert_eq!(
        data("foo: 1\nDATA: 2\n data: 3\ndata : 4\ndata:5:6\n\n"),
        ["5:6"]
    );
    // A name without data is no event, and is none of the next event.
    let (frames, _, _) = read("event: a\n\ndata: 1\n\nevent: b\nevent:\ndata: 2\n\n");
    assert!(
        frames.iter().all(|(_, event, _)| event.is_none()),
        "{frames:?}"
    );
    // An id counts once its block is complete, also if that is no event; one with NUL is none.
    assert_eq!(read("id: 7\n\n").1.as_deref(), Some("7"));
    assert_eq!(read("id: 7\n\nid: 8\ndata: lost\n").1.as_deref(), Some("7"));
    assert_eq!(
        read("id: 7\n\nid: 8\0\n\nid: \u{e9}\n").1.as_deref(),
        Some("7")
    );
    let retries = [
        "retry: 10\n",
        "retry: 10\nretry: 1x\nretry:\nretry: -1\nretry: 1.5\n",
        "retry: 10\nretry: 99999999999999999999\n",
    ];
    for text in retries {
        assert_eq!(read(text).2, Some(Duration::from_millis(10)), "{text:?}");
    }
}

/// What is not asked for is not cut, so that many small items, each with a long id, take no more memory than one.
#[test]
fn items_are_cut_when_they_are_asked_for() {
    let mut splitter = Splitter::new(Framing::Events, 1000);
    let first = push(&mut splitter, b"id: 1\ndata: a\n\nid: 2\ndata: b\n\n").unwrap();
    assert_eq!(first.unwrap().data, b"a");
    assert_eq!(splitter.last_id.as_deref(), Some("1"));
    assert_eq!(splitter.next_frame().unwrap().unwrap().data, b"b");
    assert_eq!(splitter.last_id.as_deref(), Some("2"));
}

/// The mark that ends a value of a sequence is that of the next one, for which nobody should have to wait.
#[test]
fn a_value_of_a_sequence_is_there_with_its_line_break() {
    for value in ["{\n\"a\": [\"}\\\"\",\n{}]\n}", "12", "\"\\\\\"", "[\n]"] {
        let mut splitter = Splitter::new(Framing::Sequence, 1000);
        splitter.push(format!("\x1e{value}").into());
        assert_eq!(splitter.next_frame(), Ok(None), "{value}");
        let frame = push(&mut splitter, b"\n").unwrap().expect(value);
        assert_eq!(frame.data, value.as_bytes());
        assert_eq!(push(&mut splitter, b"\x1e"), Ok(None));
        splitter.finish();
        assert_eq!(splitter.next_frame(), Ok(None));
    }
}
